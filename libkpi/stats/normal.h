/* SPDX-License-Identifier: MIT */
/* normal.h - the normal distribution of mean 0 and variance 1. */
#ifndef KPI_STATS_NORMAL_H
#define KPI_STATS_NORMAL_H

/* P(Z <= x) = erfc(-x / sqrt 2) / 2, within 1e-13 of itself. */
double kpi__normal_cdf(double x);

/*
 * The x with P(Z <= x) = p, within 1e-15 of itself; -infinity and infinity at
 * 0 and 1, NaN outside [0, 1]. Algorithm AS 241, PPND16: M. J. Wichura, "The
 * percentage points of the normal distribution", Applied Statistics 37
 * (1988), 477-484.
 */
double kpi__normal_quantile(double p);

/*
 * The z with P(-z <= Z <= z) = confidence: 1.959963984540054 at 0.95. NaN
 * unless 0 <= confidence <= 1.
 */
double kpi__normal_two_sided(double confidence);

#endif
