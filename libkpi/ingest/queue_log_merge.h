/* SPDX-License-Identifier: MIT */
/* queue_log_merge.h - one call's visits: as records, and with those kept. */
#ifndef KPI_INGEST_QUEUE_LOG_MERGE_H
#define KPI_INGEST_QUEUE_LOG_MERGE_H

#include "ingest/queue_log_calls.h"

/* The visit as a record; its texts are those of the names. */
kpi_visit kpi__qlog_visit_record(const kpi__qlog_visit *visit);

/* What a merge came to. */
typedef struct kpi__qlog_merged {
	uint64_t count;   /* visits in `out` */
	uint64_t changed; /* that were added or completed */
	int was_open;     /* a kept one went on */
} kpi__qlog_merged;

/*
 * The visits that the store keeps and those of the call, into `out`, which
 * has room for all of both, in order of entry; `taken` has room for those
 * kept. A new one for which a call has too many is marked as refused.
 */
kpi__qlog_merged kpi__qlog_merge(kpi_visit *out, unsigned char *taken,
    const kpi_interaction *kept, const kpi__qlog_call *call);

/* By entry; equal ones stay in order. */
void kpi__qlog_sort_visits(kpi_visit *visits, uint64_t count);

#endif
