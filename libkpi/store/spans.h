/* SPDX-License-Identifier: MIT */
/* spans.h - what agents did, as a snapshot has it. */
#ifndef KPI_STORE_SPANS_H
#define KPI_STORE_SPANS_H

#include "store/activity.h"
#include "store/snapshot.h"

/* Spans in the order of adding: of those with one agent, start, state and
 * source the last one counts. */
uint32_t kpi__snapshot_spans(const kpi__snapshot *snapshot);
const kpi__span *kpi__snapshot_span(
    const kpi__snapshot *snapshot, uint32_t number);

/* The names that codes of spans stand for: every code is below this. */
uint32_t kpi__snapshot_span_names(const kpi__snapshot *snapshot);

/* Lives as long as the snapshot; `code` is above 0. */
const char *kpi__snapshot_span_name(
    const kpi__snapshot *snapshot, uint32_t code);

#endif
