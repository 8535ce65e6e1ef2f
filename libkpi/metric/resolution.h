/* SPDX-License-Identifier: MIT */
/* resolution.h - what interactions say of their resolution. */
#ifndef KPI_METRIC_RESOLUTION_H
#define KPI_METRIC_RESOLUTION_H

#include "metric/claim.h"

enum kpi__said { KPI__SAID_NOTHING, KPI__SAID_RESOLVED, KPI__SAID_OPEN };

typedef struct kpi__resolution {
	int64_t at; /* KPI_UNKNOWN: not known when */
	uint8_t is; /* enum kpi__said, by as_of */
} kpi__resolution;

/*
 * Hands what each whole of the batch says to take(), with its start: of its
 * last resolution, which a later reopening undoes, or of its `first`.
 */
void kpi__each_resolution(kpi__batch *b, int first, int64_t as_of,
    void (*take)(void *ctx, uint32_t i, int64_t start, kpi__resolution r),
    void *ctx);

#endif
