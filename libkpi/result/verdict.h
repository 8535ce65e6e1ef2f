/* SPDX-License-Identifier: MIT */
/* verdict.h - figures by clusters, and what they say of a target. */
#ifndef KPI_RESULT_VERDICT_H
#define KPI_RESULT_VERDICT_H

#include "result/table.h"
#include "stats/difference.h"

/* The sums of the clusters of the bounds, or of the verdict. Non-zero if there
 * are more clusters than 64 bits tell. */
int kpi__cluster_sums(kpi__ratio_sums *out, const kpi_result *r, uint64_t row,
    const kpi__shape *s, int of_verdict);

/* In the value's unit; of shares and balances clipped to the scale. */
kpi__bounds kpi__cluster_bounds_of(
    const kpi__shape *s, const kpi__ratio_sums *sums);

/* The same of a difference, of estimates of numerator over denominator. */
kpi__bounds kpi__welch_of(const kpi__shape *s, const kpi__estimate *now,
    const kpi__estimate *before);

/* A goal or ceiling in the value's unit; NaN: none. */
double kpi__target_of(const kpi__shape *s, int64_t target);

/* Whether a figure is held against a target. */
int kpi__figure_judged(const kpi__shape *s, const kpi_figure *f);

/* Fills in what a figure that has state, value and target says of its target.
 */
void kpi__figure_judge(
    const kpi_result *r, uint64_t row, uint32_t index, kpi_figure *f);

/* Finds which chances are significant among the rows of each definition; to be
 * called when rows have changed. KPI_ENOMEM. */
kpi_status kpi__result_judge(kpi_result *r) KPI_MUST_CHECK;

#endif
