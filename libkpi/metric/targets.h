/* SPDX-License-Identifier: MIT */
/* targets.h - what single groups are to reach, of a definition. */
#ifndef KPI_METRIC_TARGETS_H
#define KPI_METRIC_TARGETS_H

#include "metric/definition.h"
#include "result/result.h"

/* A walk over the groups whose target is not that of all. */
typedef struct kpi__targets {
	const kpi_definition *definition;
	size_t goal, ceiling; /* the next override of each */
} kpi__targets;

void kpi__targets_begin(kpi__targets *walk, const kpi_definition *definition);

/*
 * The next one by the name's bytes, whose goal and ceiling are its own or else
 * those of all; its name is the definition's. Zero at the end.
 */
int kpi__targets_next(kpi__targets *walk, kpi__goal *out);

/*
 * Sets what figures are held against. The shape's goals are an array of
 * kpi__shape.goal_count by `a`, of names that are the definition's.
 * KPI_ENOMEM.
 */
kpi_status kpi__targets_shape(kpi__shape *shape,
    const kpi_definition *definition, const kpi_allocator *a) KPI_MUST_CHECK;

#endif
