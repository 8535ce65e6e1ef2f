/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "stop.h"
#include "tool.h"
#include "visible.h"

/* A path twice, and what is said of it. */
#define LONGEST 10240

int
complain(int code, const char *format, ...)
{
	char text[LONGEST];
	va_list list;

	progress_clear();
	va_start(list, format);
	(void)vsnprintf(text, sizeof(text), format, list);
	va_end(list);
	(void)fputs("kpi: ", stderr);
	put_visible(stderr, text, strlen(text));
	(void)fputc('\n', stderr);
	return code;
}

static const char *
text_of(kpi_status status, const kpi_error *error)
{
	return error->text[0] == '\0' ? kpi_strerror(status) : error->text;
}

int
failed(const char *subject, kpi_status status, const kpi_error *error)
{
	const int code = status == KPI_ECORRUPT ? DAMAGED : FAILED;

	if (subject == NULL)
		return complain(code, "%s", text_of(status, error));
	return complain(code, "%s: %s", subject, text_of(status, error));
}

int
answered(const char *path, kpi_status status, const kpi_error *error)
{
	if (status == KPI_ENOTSUP || status == KPI_EINVAL)
		return complain(WRONG_USE, "%s", text_of(status, error));
	return failed(path, status, error);
}

int
refused(const char *word, kpi_status status, const kpi_error *error)
{
	return complain(status == KPI_ENOMEM ? FAILED : WRONG_USE, "%s: %s",
	    word, text_of(status, error));
}
