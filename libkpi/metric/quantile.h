/* SPDX-License-Identifier: MIT */
/* quantile.h - quantiles, picked from the values that a scan has kept. */
#ifndef KPI_METRIC_QUANTILE_H
#define KPI_METRIC_QUANTILE_H

#include "metric/levels.h"

/* One of them, and where it stands among the values of a slot. */
typedef struct kpi__asked_quantile {
	const kpi__shape *shape;
	uint32_t definition, pile;
	int keeps; /* the values go into the result */
	uint32_t beyond; /* millionths of the way to the next value */
	int bounded;
} kpi__asked_quantile;

/* Those of a scan: each asks for places among the values of its pile. */
typedef struct kpi__quantiles {
	kpi__scan *scan;
	kpi__asked_quantile *asked; /* by pile, then by what is kept */
	uint64_t *place;            /* some for each */
	int64_t *value;
	uint32_t count, room;
} kpi__quantiles;

/* Finds those among `count` that the scan gathered. KPI_ENOMEM; to be freed
 * after a failure too. */
kpi_status kpi__quantiles_init(kpi__quantiles *q, kpi__scan *scan,
    const kpi__shape *shapes, const kpi__gathered *gathered, uint32_t count,
    const kpi_allocator *a, kpi_error *error) KPI_MUST_CHECK;
void kpi__quantiles_free(kpi__quantiles *q, const kpi_allocator *a);

/* Adds those of a slot to the sums and bags of the row that is being made.
 * KPI_ESTOPPED, KPI_ENOMEM, KPI_EOVERFLOW. */
kpi_status kpi__quantiles_put(
    kpi__quantiles *q, uint32_t slot, kpi__sink *sink) KPI_MUST_CHECK;

#endif
