/* SPDX-License-Identifier: MIT */
/* resolution.h - what interactions say of their resolution. */
#ifndef KPI_QUERY_RESOLUTION_H
#define KPI_QUERY_RESOLUTION_H

#include "query/batch.h"

enum kpi__said { KPI__SAID_NOTHING, KPI__SAID_RESOLVED, KPI__SAID_OPEN };

typedef struct kpi__resolution {
	int64_t at; /* KPI_UNKNOWN: not known when */
	uint8_t is; /* enum kpi__said, by as_of */
} kpi__resolution;

/*
 * What an interaction says by its mark, the instants of its last and first
 * resolution and of its last reopening: of the last resolution, which a later
 * reopening undoes, or of the `first`.
 */
kpi__resolution kpi__resolution_of(int64_t flag, int64_t at, int64_t first_at,
    int64_t reopened, int first, int64_t as_of);

/* Hands what each whole of the batch says to take(), with its start. */
void kpi__each_resolution(kpi__batch *b, int first, int64_t as_of,
    void (*take)(void *ctx, uint32_t i, int64_t start, kpi__resolution r),
    void *ctx);

#endif
