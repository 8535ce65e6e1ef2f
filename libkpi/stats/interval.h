/* SPDX-License-Identifier: MIT */
/*
 * interval.h - the bounds of a figure, were its units independent draws.
 *
 * z is kpi__normal_two_sided(confidence), confidence lies in (0, 1). What has
 * no bounds, and sums that belong to no data at all, give NaN, NaN.
 */
#ifndef KPI_STATS_INTERVAL_H
#define KPI_STATS_INTERVAL_H

#include <stdint.h>

#include "base/wide.h"

typedef struct kpi__bounds {
	double lower, upper;
} kpi__bounds;

/* NaN, NaN. */
kpi__bounds kpi__bounds_none(void);

/*
 * Wilson's score interval for a share, in [0, 1]:
 *     (k + z^2/2 +- z sqrt(k (n - k)/n + z^2/4)) / (n + z^2)
 * The lower bound at k = 0 is 0 and the upper one at k = n is 1, exactly. None
 * for n <= 0 and for k outside [0, n]: that is a ratio, not a share.
 * E. B. Wilson, Journal of the American Statistical Association 22 (1927), 209.
 */
kpi__bounds kpi__wilson(double successes, double n, double z);

/*
 * The same where a unit counts with weight w (a part of 1/720720): `successes`
 * is the sum of w over the successes, `weight` over all, `squares` that of
 * w^2 over all; n = weight^2 / squares, k = n successes / weight. The unit of
 * the weights does not matter.
 */
kpi__bounds kpi__wilson_weighted(
    double successes, double weight, double squares, double z);

/* What is estimated, its standard error (NaN: it has none) and the degrees of
 * freedom that this rests on. */
typedef struct kpi__estimate {
	double value, error, degrees;
} kpi__estimate;

/* value +- t(degrees) error; none without an error. */
kpi__bounds kpi__estimate_bounds(const kpi__estimate *e, double confidence);

/*
 * sum/n with the error s / sqrt n, s^2 = (n squares - sum^2) / (n (n - 1)), and
 * n - 1 degrees: the difference is taken exactly, so that many large values
 * that lie close together lose no digits. No error for n < 2.
 */
kpi__estimate kpi__mean_estimate(
    uint64_t n, kpi__wide sum, kpi__wide squares);

/* Sums over clusters c (an interaction, a day) of their X_c and N_c. */
typedef struct kpi__ratio_sums {
	uint64_t clusters;
	kpi__wide x, n;       /* sum X_c, sum N_c */
	kpi__wide xx, xn, nn; /* sum X_c^2, sum X_c N_c, sum N_c^2 */
} kpi__ratio_sums;

/*
 * R = sum X / sum N, linearised, with C - 1 degrees: error sqrt var,
 *     var = C/(C - 1) sum (X_c - R N_c)^2 / (sum N)^2,
 * the sum of squares taken exactly. No error for fewer than 2 clusters and for
 * sum N <= 0. W. G. Cochran, Sampling Techniques, 3rd ed., 6.3.
 */
kpi__estimate kpi__ratio_estimate(const kpi__ratio_sums *sums);

/* With fewer clusters than this nothing is said of days or customers. */
#define KPI__FEWEST_CLUSTERS 5

/* The same of days or customers: none for fewer than KPI__FEWEST_CLUSTERS. */
kpi__estimate kpi__cluster_estimate(const kpi__ratio_sums *sums);

/* Its bounds. */
kpi__bounds kpi__cluster_bounds(
    const kpi__ratio_sums *sums, double confidence);

/*
 * How probable a distance from R to `value` is, or a greater one, were `value`
 * what the clusters are drawn from: P(|T| > |R - value| / sqrt var), T of C - 1
 * degrees. R that differs from `value` without any spread: 0; R = value: 1.
 * NaN where kpi__cluster_bounds() has none.
 */
double kpi__cluster_chance(const kpi__ratio_sums *sums, double value);

/*
 * A balance: of every answer -1, 0 or 1. Counts may be fractions (credit).
 * The variance of one answer on [-1, 1]: (P + D)/n - ((P - D)/n)^2; NaN where
 * there is no answer or a count is below 0.
 */
double kpi__balance_variance(
    double detractors, double passives, double promoters);

/*
 * 100 (P - D)/n, in points: adjusted Wald, with 3/4 detractors, 3/2 passives,
 * 3/4 promoters added, clipped to [-100, 100] and then widened to hold the
 * score of the counts given. None where there is no answer or a count is below
 * 0. B. Rocks, "Interval estimation for the Net Promoter Score", The American
 * Statistician 70 (2016), 365-372.
 */
kpi__bounds kpi__balance_bounds(
    double detractors, double passives, double promoters, double z);

#endif
