/* SPDX-License-Identifier: MIT */
/*
 * queue_log_write.h - what a queue_log's reader has found, into the store.
 *
 * A call that the store has already, from another file or because the reader
 * let go of it, is merged: visits of one queue and one entry (within 2 s where
 * the entry was worked out) are one visit, of which what is known further is
 * kept. So a copy of a log, and the next file after a rotation, add nothing
 * twice.
 */
#ifndef KPI_INGEST_QUEUE_LOG_WRITE_H
#define KPI_INGEST_QUEUE_LOG_WRITE_H

#include <kpi/queue_log.h>

#include "ingest/queue_log_state.h"

typedef struct kpi__qlog_target {
	kpi_store *store;
	const kpi_allocator *allocator;
	const char *source, *channel; /* NULL: unknown */
	kpi_stop stop;                /* NULL: none */
	void *stop_ctx;
	uint64_t done, total; /* bytes, for `stop` */
	kpi_queue_log_report *report;
	uint64_t lines_before; /* read of the files before this one */
	kpi_visit *visits;     /* of the call at hand */
	unsigned char *taken;  /* of those, by a merge */
	size_t visit_room, taken_room;
} kpi__qlog_target;

void kpi__qlog_target_free(kpi__qlog_target *target);

/* KPI_ESTOPPED if the caller wants it. */
kpi_status kpi__qlog_target_ask(
    const kpi__qlog_target *target, kpi_error *error) KPI_MUST_CHECK;

/* Writes what changed, with the batch that is open. As kpi_store_add(), and
 * KPI_ESTOPPED. */
kpi_status kpi__qlog_write(kpi__qlog_target *target, kpi__qlog_state *state,
    kpi_error *error) KPI_MUST_CHECK;

/* The batch has it all: nothing is to be written any more. If it is not
 * committed the state is of no more use. */
void kpi__qlog_written(kpi__qlog_state *state);

#endif
