/* SPDX-License-Identifier: MIT */
#include <kpi/queue_log.h>

#include <string.h>

#include "ingest/queue_log_event.h"
#include "ingest/queue_log_report.h"

/* 1973: in a line whose verb we do not know, a number from here on is taken
 * for a time stamp. */
#define OLD 100000000

static int
is_verb(kpi__slice name)
{
	for (size_t i = 0; i < name.size; i++) {
		const char c = name.at[i];

		if ((c < 'A' || c > 'Z') && c != '_' &&
		    (i == 0 || c < '0' || c > '9'))
			return 0;
	}
	return name.size > 0;
}

static int
is_log_line(const char *bytes, size_t size)
{
	const kpi__slice none = { "", 0 };
	kpi__qlog_line line;

	if (kpi__qlog_line_read(&line, bytes, size) != KPI__QLOG_FINE)
		return 0;
	return kpi__qlog_event_named(line.event) !=
	    kpi__qlog_event_named(none) ||
	    (line.time >= OLD && is_verb(line.event));
}

int32_t
kpi_is_queue_log(const void *bytes, uint64_t size)
{
	const char *at = bytes;
	size_t left =
	    size > KPI_QUEUE_LOG_SIGHT ? KPI_QUEUE_LOG_SIGHT : (size_t)size;

	if (bytes == NULL)
		return 0;
	while (left > 0) {
		const char *const newline = memchr(at, '\n', left);
		const size_t length =
		    newline == NULL ? left : (size_t)(newline - at);

		if (is_log_line(at, length))
			return 1;
		left -= length + (newline != NULL);
		at += length + 1;
	}
	return 0;
}
