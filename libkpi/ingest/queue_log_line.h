/* SPDX-License-Identifier: MIT */
/* queue_log_line.h - one line of a queue_log, taken apart in place. */
#ifndef KPI_INGEST_QUEUE_LOG_LINE_H
#define KPI_INGEST_QUEUE_LOG_LINE_H

#include <stddef.h>
#include <stdint.h>

/* Bytes of the line that it was taken from. */
typedef struct kpi__slice {
	const char *at;
	size_t size;
} kpi__slice;

#define KPI__QLOG_PARAMETERS 16
#define KPI__QLOG_LATEST     INT64_C(253402300799) /* 9999-12-31T23:59:59Z */

typedef struct kpi__qlog_line {
	int64_t time; /* seconds since 1970 */
	kpi__slice call, queue, agent, event;
	kpi__slice parameter[KPI__QLOG_PARAMETERS]; /* the last has the rest */
	size_t parameter_count;
} kpi__qlog_line;

/*
 * Takes apart `size` bytes without their newline; a carriage return at the
 * end is dropped. KPI__QLOG_FINE, or why it is damaged: KPI__QLOG_EMPTY,
 * KPI__QLOG_FIELDS, KPI__QLOG_TIME.
 */
int kpi__qlog_line_read(kpi__qlog_line *line, const char *bytes, size_t size);

/* Parameter `i` from 0 as a whole number up to 10^9; -1 if it is missing or
 * anything else. */
int64_t kpi__qlog_line_number(const kpi__qlog_line *line, size_t i);

/* Parameter `i`; empty if it is missing. */
kpi__slice kpi__qlog_line_parameter(const kpi__qlog_line *line, size_t i);

/* Digits alone, at most `most`; -1 if not. */
int64_t kpi__slice_number(kpi__slice slice, int64_t most);

int kpi__slice_is(kpi__slice slice, const char *text);

#endif
