/* SPDX-License-Identifier: MIT */
/*
 * difference.h - the difference of two figures of independent data: its bounds
 * and how probable it is by chance.
 *
 * Now less before, everywhere. What lacks an error or bounds on one side has
 * none: NaN.
 */
#ifndef KPI_STATS_DIFFERENCE_H
#define KPI_STATS_DIFFERENCE_H

#include "stats/interval.h"

/*
 * Of shares, from the bounds of each by Wilson's score:
 *     d - sqrt((p1 - l1)^2 + (u0 - p0)^2), d + sqrt((u1 - p1)^2 + (p0 - l0)^2)
 * R. G. Newcombe, "Interval estimation for the difference between independent
 * proportions", Statistics in Medicine 17 (1998), 873-890, method 10.
 */
kpi__bounds kpi__newcombe(double now, const kpi__bounds *of_now, double before,
    const kpi__bounds *of_before);

/*
 * d +- t(df) sqrt(e1^2 + e0^2), df = (e1^2 + e0^2)^2 / (e1^4/f1 + e0^4/f0).
 * B. L. Welch, "The generalization of 'Student's' problem when several
 * different population variances are involved", Biometrika 34 (1947), 28-35.
 */
kpi__bounds kpi__welch(
    const kpi__estimate *now, const kpi__estimate *before, double confidence);

/* P(|T| > |d| / sqrt(e1^2 + e0^2)), T of as many degrees: 1 where d is 0, and
 * 0 where there is a difference and no spread. */
double kpi__welch_chance(const kpi__estimate *now, const kpi__estimate *before);

/* How many detractors, passives and promoters; fractions where credit is
 * split. */
typedef struct kpi__balance {
	double detractors, passives, promoters;
} kpi__balance;

/*
 * Of balances, in points: the difference of the scores to which 3/4, 3/2 and
 * 3/4 were added +- z times the root of the sum of their variances, clipped to
 * [-200, 200] and widened to hold the difference of the counts given.
 */
kpi__bounds kpi__balance_difference(
    const kpi__balance *now, const kpi__balance *before, double z);

#endif
