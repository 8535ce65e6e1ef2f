/* SPDX-License-Identifier: MIT */
/* estimates.h - the bounds of means and ratios, from their sums. */
#ifndef KPI_TESTS_ESTIMATES_H
#define KPI_TESTS_ESTIMATES_H

#include "stats/interval.h"

static inline kpi__bounds
mean_bounds(uint64_t n, kpi__wide sum, kpi__wide squares, double confidence)
{
	const kpi__estimate e = kpi__mean_estimate(n, sum, squares);

	return kpi__estimate_bounds(&e, confidence);
}

static inline kpi__bounds
ratio_bounds(const kpi__ratio_sums *sums, double confidence)
{
	const kpi__estimate e = kpi__ratio_estimate(sums);

	return kpi__estimate_bounds(&e, confidence);
}

#endif
