/* SPDX-License-Identifier: MIT */
#include "output.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tool.h"
#include "visible.h"

static const char *const formats[] = { "table", "csv", "json" };

#define FORMATS (sizeof(formats) / sizeof(*formats))

static const char *
format_name(const void *ctx, size_t i)
{
	(void)ctx;
	return formats[i];
}

int
output_format(int32_t *out, const struct arguments *a)
{
	const char *name = argument_value(a, FORMAT, formats[0]);
	const char *near;

	for (size_t i = 0; i < FORMATS; i++) {
		if (strcmp(formats[i], name) == 0) {
			*out = KPI_FORMAT_TABLE + (int32_t)i;
			return DONE;
		}
	}
	near = nearest(name, format_name, NULL, FORMATS);
	if (near != NULL)
		return complain(WRONG_USE,
		    "there is no format \"%s\"; the nearest is \"%s\"", name,
		    near);
	return complain(WRONG_USE,
	    "there is no format \"%s\"; expected is table, csv or json", name);
}

int
output_write(void *ctx, const char *text, size_t size)
{
	(void)ctx;
	return fwrite(text, 1, size, stdout) != size;
}

int
output_finish(int code)
{
	int bad;

	errno = 0;
	bad = ferror(stdout);
	if (fflush(stdout) == 0 && !bad)
		return code;
	(void)complain(FAILED, "the output cannot be written%s%s",
	    errno == 0 ? "" : ": ", errno == 0 ? "" : strerror(errno));
	return code == DONE ? FAILED : code;
}

void
put_padded(const char *text, size_t width)
{
	put_visible(stdout, text, strlen(text));
	for (size_t w = output_width(text); w < width; w++)
		(void)putchar(' ');
}

/* Up to a space; of a list that no line would hold, up to a comma. */
static size_t
word_size(const char *text, size_t room)
{
	const size_t size = strcspn(text, " ");
	const size_t comma = strcspn(text, ",");

	if (size <= room)
		return size;
	return comma + 1 < size ? comma + 1 : size;
}

void
put_wrapped_to(const char *text, size_t column, size_t width)
{
	size_t at = column;
	int is_first = 1;

	while (*text != '\0') {
		const int spaced = *text == ' ';
		const size_t size = word_size(
		    text + spaced, width > column ? width - 1 - column : 0);

		if (!is_first && at + (size_t)spaced + size > width - 1) {
			(void)printf("\n%*s", (int)column, "");
			at = column;
		} else if (spaced) {
			(void)putchar(' ');
			at++;
		}
		put_visible(stdout, text + spaced, size);
		at += size;
		text += (size_t)spaced + size;
		is_first = 0;
	}
	(void)putchar('\n');
}

void
put_wrapped(const char *text, size_t column)
{
	put_wrapped_to(text, column, TERMINAL);
}

void
put_csv(const char *before, const char *text)
{
	(void)fputs(before, stdout);
	if (text == NULL)
		return;
	if (strpbrk(text, "\",\r\n") == NULL) {
		(void)fputs(text, stdout);
		return;
	}
	(void)putchar('"');
	for (; *text != '\0'; text++) {
		if (*text == '"')
			(void)putchar('"');
		(void)putchar(*text);
	}
	(void)putchar('"');
}

void
put_json(const char *before, const char *name, const char *text)
{
	(void)printf("%s\"%s\":", before, name);
	if (text == NULL) {
		(void)fputs("null", stdout);
		return;
	}
	(void)putchar('"');
	for (; *text != '\0'; text++) {
		const unsigned char c = (unsigned char)*text;

		if (c < ' ')
			(void)printf("\\u%04x", (unsigned)c);
		else if (c == '"' || c == '\\')
			(void)printf("\\%c", c);
		else
			(void)putchar(c);
	}
	(void)putchar('"');
}

void
put_number(double value, const char *none)
{
	char text[32];

	if (isnan(value)) {
		(void)fputs(none, stdout);
		return;
	}
	for (int digits = 15; digits <= 17; digits++) {
		(void)snprintf(text, sizeof(text), "%.*g", digits, value);
		if (strtod(text, NULL) == value)
			break;
	}
	(void)fputs(text, stdout);
}

void
put_text_field(
    int32_t format, const char *name, const char *text, int is_first)
{
	if (format == KPI_FORMAT_CSV)
		put_csv(is_first ? "" : ",", text);
	else
		put_json(is_first ? "{" : ",", name, text);
}

void
put_number_field(int32_t format, const char *name, double value)
{
	if (format == KPI_FORMAT_CSV)
		(void)putchar(',');
	else
		(void)printf(",\"%s\":", name);
	put_number(value, format == KPI_FORMAT_CSV ? "" : "null");
}
