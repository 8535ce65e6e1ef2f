/* SPDX-License-Identifier: MIT */
/* several.h - the tests of several groups at once. */
#ifndef KPI_STATS_SEVERAL_H
#define KPI_STATS_SEVERAL_H

#include <stddef.h>

/*
 * Makes of `count` chances, in ascending order, what each is when all are
 * tested: the greatest of (count - k) chances[k], k = 0 up to its own place, at
 * most 1. What is then at most `level` is what kpi__holm_limit() lets pass.
 */
void kpi__holm_adjust(double *chances, size_t count);

/*
 * The greatest of `count` chances, in ascending order, that is still
 * significant: all up to it are, so that one false one among all is as rare
 * as `level`. -1 if none is. S. Holm, "A simple sequentially rejective
 * multiple test procedure", Scandinavian Journal of Statistics 6 (1979),
 * 65-70.
 */
double kpi__holm_limit(const double *chances, size_t count, double level);

#endif
