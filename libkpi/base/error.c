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
