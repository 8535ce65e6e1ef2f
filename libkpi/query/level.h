/* SPDX-License-Identifier: MIT */
/* level.h - the units of a level: what began, and was over or was not. */
#ifndef KPI_QUERY_LEVEL_H
#define KPI_QUERY_LEVEL_H

#include "query/select.h"

/* Whether an interaction is over. */
enum kpi__closing {
	KPI__STILL_OPEN,
	KPI__CLOSED,
	KPI__CLOSING_UNKNOWN /* it is, or may be; when is not known */
};

/*
 * When each interaction was over, and in *state enum kpi__closing; KPI_UNKNOWN
 * unless KPI__CLOSED. That is its end or, where its rows know of none, its
 * resolution as it stood at as_of; never before its start.
 */
const int64_t *kpi__batch_closed(kpi__batch *b, const uint8_t **state);

/* Takes away what has no part in the range: keep[i] of each interaction. */
void kpi__level_keep(const kpi_query *query, const kpi__stream *stream,
    kpi__batch *b, uint8_t *keep);

/* Where each stands in time, not before the range. */
const int64_t *kpi__level_times(
    const kpi_query *query, const kpi__stream *stream, kpi__batch *b);

/* Where a level is asked last: the end of the range, or else as_of. */
int64_t kpi__level_end(const kpi_query *query, int64_t as_of);

#endif
