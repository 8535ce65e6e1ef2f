/* SPDX-License-Identifier: MIT */
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Cuts `text` before a character that would not be whole. */
static void
cut_between_characters(char *text, size_t length)
{
	size_t back = 0;

	while (back < 4 && back < length &&
	    ((unsigned char)text[length - 1 - back] & 0xc0) == 0x80)
		back++;
	if (back < length && (unsigned char)text[length - 1 - back] >= 0xc0)
		text[length - 1 - back] = '\0';
}

static void
copy_text(char *to, size_t room, const char *from)
{
	const size_t length = strlen(from);

	if (length < room) {
		memcpy(to, from, length + 1);
		return;
	}
	memcpy(to, from, room - 1);
	to[room - 1] = '\0';
	if (((unsigned char)from[room - 1] & 0xc0) == 0x80)
		cut_between_characters(to, room - 1);
}

kpi_status
kpi__fail_as(kpi_error *error, const kpi_error *from)
{
	kpi_error ours = *from;

	if (error == NULL || error->size < sizeof(error->size))
		return ours.status;
	ours.size = error->size;
	memcpy(error, &ours,
	    error->size < sizeof(ours) ? (size_t)error->size : sizeof(ours));
	return ours.status;
}

static kpi_status
fail(kpi_error *error, kpi_status status, const char *field,
    const char *format, va_list args)
{
	kpi_error ours = KPI_ERROR_INIT;
	char text[1024];

	if (error == NULL || error->size < sizeof(error->size))
		return status;

	ours.status = status;
	copy_text(ours.field, sizeof(ours.field), field);
	if (vsnprintf(text, sizeof(text), format, args) < 0)
		copy_text(text, sizeof(text), kpi_strerror(status));
	copy_text(ours.text, sizeof(ours.text), text);

	return kpi__fail_as(error, &ours);
}

kpi_status
kpi__fail(kpi_error *error, kpi_status status, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	(void)fail(error, status, "", format, args);
	va_end(args);
	return status;
}

kpi_status
kpi__fail_at(kpi_error *error, kpi_status status, const char *field,
    const char *format, ...)
{
	va_list args;

	va_start(args, format);
	(void)fail(error, status, field, format, args);
	va_end(args);
	return status;
}

void
kpi__error_place(kpi_error *error, int64_t line, int64_t column)
{
	if (error == NULL || error->size < offsetof(kpi_error, status))
		return;
	error->line = line;
	error->column = column;
}

void
kpi__error_system(kpi_error *error, int32_t code)
{
	if (error == NULL || error->size < offsetof(kpi_error, field))
		return;
	error->system = code;
}

#define LONGEST 64

/* Damerau-Levenshtein distance of two words of at most LONGEST bytes. */
static size_t
distance(const char *a, size_t m, const char *b, size_t n)
{
	size_t rows[3][LONGEST + 1], *before = rows[0], *last = rows[1],
	    *now = rows[2], *spare;

	for (size_t j = 0; j <= n; j++)
		last[j] = j;
	memset(before, 0, sizeof(rows[0]));
	for (size_t i = 1; i <= m; i++) {
		now[0] = i;
		for (size_t j = 1; j <= n; j++) {
			size_t best = last[j - 1] + (a[i - 1] != b[j - 1]);

			if (last[j] + 1 < best)
				best = last[j] + 1;
			if (now[j - 1] + 1 < best)
				best = now[j - 1] + 1;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1] && before[j - 2] + 1 < best)
				best = before[j - 2] + 1;
			now[j] = best;
		}
		spare = before, before = last, last = now, now = spare;
	}
	return last[n];
}

const char *
kpi__nearest(const char *word, const char *(*name)(const void *ctx, size_t i),
    const void *ctx, size_t count)
{
	const size_t length = strlen(word);
	size_t best = length / 3 + 2;
	const char *found = NULL;

	if (length > LONGEST)
		return NULL;
	for (size_t i = 0; i < count; i++) {
		const char *candidate = name(ctx, i);
		const size_t n = strlen(candidate);
		size_t d;

		if (n > LONGEST)
			continue;
		d = distance(word, length, candidate, n);
		if (d < best) {
			best = d;
			found = candidate;
		}
	}
	return found;
}
