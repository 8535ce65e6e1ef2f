/* SPDX-License-Identifier: MIT */
/*
 * order.h - where quantiles and their bounds stand among values in ascending
 * order.
 *
 * Places count from 0, q is in millionths, 0 to 1,000,000: in doubles
 * ceil(0.07 * 100) would be 8.
 */
#ifndef KPI_STATS_ORDER_H
#define KPI_STATS_ORDER_H

#include <stdint.h>

#define KPI__ORDER_WHOLE 1000000

/* Between two values: so many millionths of the way from one to the next. */
typedef struct kpi__order_place {
	uint64_t at;
	uint32_t beyond;
} kpi__order_place;

/* The ceil(q n)-th smallest of n > 0; for q = 0 the smallest. */
kpi__order_place kpi__order_nearest(uint64_t n, uint32_t q);

/* At q (n - 1), with what lies between two values. */
kpi__order_place kpi__order_linear(uint64_t n, uint32_t q);

/*
 * The places of two of n independent values between which the quantile of
 * what they are drawn from lies with at least this confidence: neither what
 * lies below nor what lies above is more probable than half of the rest,
 * counted exactly. 0 if there are no such values on both sides, and *lower and
 * *upper are unchanged. H. A. David, H. N. Nagaraja, Order Statistics, 3rd ed.,
 * 7.1.
 */
int kpi__order_bounds(uint64_t *lower, uint64_t *upper, uint64_t n, uint32_t q,
    double confidence);

#endif
