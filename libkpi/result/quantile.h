/* SPDX-License-Identifier: MIT */
/* quantile.h - figures of quantiles, from what was picked or from values. */
#ifndef KPI_RESULT_QUANTILE_H
#define KPI_RESULT_QUANTILE_H

#include "result/table.h"

/* Fills in value and numerator, which is the whole part of the value, in
 * parts; non-zero if it does not fit. */
int kpi__quantile_read(
    const kpi_result *r, uint64_t row, const kpi__shape *s, kpi_figure *f);

/* Bounds of a figure that has a value: two of the values, or the ends of the
 * bin that it is of, which the figure then says. */
void kpi__quantile_bound(
    const kpi_result *r, uint64_t row, const kpi__shape *s, kpi_figure *f);

/* Whether the sums and values of a row that was saved may be those of one. */
int kpi__quantile_is_sound(
    const kpi_result *r, uint64_t row, const kpi__shape *s);

#endif
