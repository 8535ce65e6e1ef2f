/* SPDX-License-Identifier: MIT */
/* queue_log_state.h - all that a queue_log's reader knows between two lines. */
#ifndef KPI_INGEST_QUEUE_LOG_STATE_H
#define KPI_INGEST_QUEUE_LOG_STATE_H

#include <kpi/queue_log.h>

#include "ingest/queue_log_agents.h"
#include "ingest/queue_log_calls.h"

typedef struct kpi__qlog_state {
	kpi__qlog_names names;
	kpi__qlog_calls calls;
	kpi__qlog_agents agents;
	int64_t began, last;  /* first and last stamp, ms; KPI_UNKNOWN: none */
	int64_t others_began; /* see kpi__qlog_state_is_late(); KPI_UNKNOWN */
	uint64_t order;       /* lines read, of this file and those before */
	uint64_t number;      /* lines read of this file */
	uint64_t offset;      /* bytes likewise: where the next line begins */
} kpi__qlog_state;

void kpi__qlog_state_init(kpi__qlog_state *state, const kpi_allocator *a);
void kpi__qlog_state_free(kpi__qlog_state *state);

/*
 * The file begins before the end of what other files of the source, which
 * began at others_began, have told: it is a copy of theirs, or was read out of
 * order. What they told stays.
 */
int kpi__qlog_state_is_late(const kpi__qlog_state *state);

/*
 * Reads the next line, `size` bytes without its newline, and counts it in the
 * report. KPI_ENOMEM: the state is of no more use.
 */
kpi_status kpi__qlog_state_line(kpi__qlog_state *state, const char *bytes,
    size_t size, kpi_queue_log_report *report) KPI_MUST_CHECK;

/* The next line is too long to be read. */
void kpi__qlog_state_long_line(
    kpi__qlog_state *state, kpi_queue_log_report *report);

#endif
