/* SPDX-License-Identifier: MIT */
/*
 * queue_log_kept.h - where the readers of a source's logs stand, in the store.
 *
 * Each file has a place of its own, by device and inode; what is no file has
 * one for all. The source names the place that reached furthest in time: it
 * knows the calls and log-ins that are open where the next file begins.
 */
#ifndef KPI_INGEST_QUEUE_LOG_KEPT_H
#define KPI_INGEST_QUEUE_LOG_KEPT_H

#include "ingest/queue_log_file.h"
#include "ingest/queue_log_state.h"

typedef struct kpi__qlog_kept {
	kpi_store *store;
	kpi__buffer source_key;
	kpi__buffer key, place;             /* of this log; empty: none */
	kpi__buffer furthest_key, furthest; /* of the source; likewise */
	int64_t began, until; /* first and last stamp of the furthest */
} kpi__qlog_kept;

void kpi__qlog_kept_init(
    kpi__qlog_kept *kept, kpi_store *store, const kpi_allocator *a);
void kpi__qlog_kept_free(kpi__qlog_kept *kept);

/* Reads what the store keeps; `source` NULL is the empty one. As
 * kpi__store_place(), KPI_ECORRUPT. */
kpi_status kpi__qlog_kept_read(kpi__qlog_kept *kept, const char *source,
    const kpi__qlog_file *file, kpi_error *error) KPI_MUST_CHECK;

/* Whether this log's own place is the one that reached furthest. */
int kpi__qlog_kept_is_furthest(const kpi__qlog_kept *kept);

/*
 * Keeps the state as the place of the log, with the batch that is open, and
 * as the source's if none reached further. KPI_EBUSY: another import has moved
 * the file's place since it was read.
 */
kpi_status kpi__qlog_kept_write(kpi__qlog_kept *kept,
    const kpi__qlog_state *state, const kpi__qlog_file *file,
    kpi_error *error) KPI_MUST_CHECK;

#endif
