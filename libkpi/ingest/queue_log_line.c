/* SPDX-License-Identifier: MIT */
#include "ingest/queue_log_line.h"

#include <string.h>

#include "ingest/queue_log_report.h"

#define LONGEST_DURATION INT64_C(1000000000)

/* The bytes up to the next bar, and *at behind it; *at NULL: no bar. */
static kpi__slice
next_field(const char **at, const char *end)
{
	kpi__slice field = { *at, 0 };
	const char *bar = memchr(*at, '|', (size_t)(end - *at));

	field.size = (size_t)((bar == NULL ? end : bar) - field.at);
	*at = bar == NULL ? NULL : bar + 1;
	return field;
}

int64_t
kpi__slice_number(kpi__slice slice, int64_t most)
{
	int64_t value = 0;

	if (slice.size == 0)
		return -1;
	for (size_t i = 0; i < slice.size; i++) {
		const char c = slice.at[i];

		if (c < '0' || c > '9')
			return -1;
		value = value * 10 + (c - '0');
		if (value > most)
			return -1;
	}
	return value;
}

int
kpi__slice_is(kpi__slice slice, const char *text)
{
	return slice.size == strlen(text) &&
	    memcmp(slice.at, text, slice.size) == 0;
}

int
kpi__qlog_line_read(kpi__qlog_line *line, const char *bytes, size_t size)
{
	kpi__slice time,
	    *const fields[] = { &time, &line->call, &line->queue, &line->agent,
		    &line->event };
	const char *at = bytes, *end;

	if (size > 0 && bytes[size - 1] == '\r')
		size--;
	if (size == 0)
		return KPI__QLOG_EMPTY;
	end = bytes + size;
	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++) {
		if (at == NULL)
			return KPI__QLOG_FIELDS;
		*fields[i] = next_field(&at, end);
	}
	if (line->event.size == 0)
		return KPI__QLOG_FIELDS;
	line->time = kpi__slice_number(time, KPI__QLOG_LATEST);
	if (line->time < 0)
		return KPI__QLOG_TIME;

	line->parameter_count = 0;
	while (at != NULL && line->parameter_count < KPI__QLOG_PARAMETERS - 1)
		line->parameter[line->parameter_count++] = next_field(&at, end);
	if (at != NULL) {
		const kpi__slice rest = { at, (size_t)(end - at) };

		line->parameter[line->parameter_count++] = rest;
	}
	return KPI__QLOG_FINE;
}

kpi__slice
kpi__qlog_line_parameter(const kpi__qlog_line *line, size_t i)
{
	const kpi__slice none = { "", 0 };

	return i < line->parameter_count ? line->parameter[i] : none;
}

int64_t
kpi__qlog_line_number(const kpi__qlog_line *line, size_t i)
{
	return kpi__slice_number(
	    kpi__qlog_line_parameter(line, i), LONGEST_DURATION);
}
