/* SPDX-License-Identifier: MIT */
/* student.h - Student's t distribution. */
#ifndef KPI_STATS_STUDENT_H
#define KPI_STATS_STUDENT_H

/*
 * The t with P(T <= t) = p for `df` degrees of freedom, a real number >= 1,
 * infinity included; within 1e-12 of itself. -infinity and infinity at 0 and
 * 1; NaN for p outside [0, 1] or df below 1.
 *
 * P(T > t) = I(df/2, 1/2; df/(df + t^2)) / 2 for t > 0, I being the
 * regularised incomplete beta function by its continued fraction (NIST
 * Digital Library of Mathematical Functions, 8.17.22); many degrees of freedom
 * by the expansion in 1/df (Abramowitz and Stegun, 26.7.5).
 */
double kpi__student_quantile(double p, double df);

/* The t with P(-t <= T <= t) = confidence: 2.262157162798205 at 0.95, 9. */
double kpi__student_two_sided(double confidence, double df);

/* P(|T| > t), within 1e-12 of itself; 1 for t <= 0. NaN for df below 1. */
double kpi__student_beyond(double t, double df);

#endif
