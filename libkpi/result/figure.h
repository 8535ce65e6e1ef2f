/* SPDX-License-Identifier: MIT */
/* figure.h - figures inside the library: those of gaps, and their units. */
#ifndef KPI_RESULT_FIGURE_H
#define KPI_RESULT_FIGURE_H

#include "result/result.h"
#include "stats/difference.h"

#define KPI__MS_OF_HOUR 3600000.0

/* A figure of which nothing is known yet, not even whose: no data. */
kpi_figure kpi__figure_none(const kpi__shape *shape);

/* The figure of a bucket in which there is nothing at all: that of a row all
 * of whose sums are 0. A count is 0 then, all else no data. */
kpi_figure kpi__figure_empty(const kpi__shape *shape);

/* State, counts and value of a figure, without bounds; non-zero if a sum is
 * beyond 64 bits. */
int kpi__figure_read(
    const kpi_result *r, uint64_t row, uint32_t index, kpi_figure *f);

/* Of a mean with bounds by contact, of numerator over denominator. */
kpi__estimate kpi__figure_estimate(const kpi_result *r, uint64_t row,
    const kpi__shape *s, const kpi_figure *f);

/* The answers of a balance; NaN where there is none. */
kpi__balance kpi__figure_balance(const kpi_result *r, uint64_t row,
    const kpi__shape *s, const kpi_figure *f);

/* "share", "ms", ...; "" for no such unit. */
const char *kpi__unit_name(int32_t unit);

#endif
