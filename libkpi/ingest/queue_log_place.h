/* SPDX-License-Identifier: MIT */
/*
 * queue_log_place.h - a reader's state as bytes, for the store to keep.
 *
 * The bytes hold no customer: a call's customer is in the store with its row.
 */
#ifndef KPI_INGEST_QUEUE_LOG_PLACE_H
#define KPI_INGEST_QUEUE_LOG_PLACE_H

#include "base/buffer.h"
#include "ingest/queue_log_state.h"

/* What a file begins with. */
typedef struct kpi__qlog_head {
	uint64_t size; /* bytes, up to KPI__QLOG_HEAD */
	uint64_t hash; /* of so many */
} kpi__qlog_head;

#define KPI__QLOG_HEAD  KPI_QUEUE_LOG_SIGHT
#define KPI__QLOG_PLACE 1 /* version of the bytes */

/* Appends to `out`; a failure stands in out->status. Everything must have
 * been written to the store. */
void kpi__qlog_place_put(
    const kpi__qlog_state *state, const kpi__qlog_head *head, kpi__buffer *out);

/* Reads the head alone. KPI_ECORRUPT. */
kpi_status kpi__qlog_place_head(
    const void *bytes, size_t size, kpi__qlog_head *head) KPI_MUST_CHECK;

/* Into a state that was just made. KPI_ENOMEM, KPI_ECORRUPT; the state is
 * then to be freed. */
kpi_status kpi__qlog_place_get(
    const void *bytes, size_t size, kpi__qlog_state *state) KPI_MUST_CHECK;

#endif
