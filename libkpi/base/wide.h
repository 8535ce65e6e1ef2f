/* SPDX-License-Identifier: MIT */
/*
 * wide.h - the type of the sums: 128-bit signed integers, also where the
 * compiler has none.
 */
#ifndef KPI_BASE_WIDE_H
#define KPI_BASE_WIDE_H

#include <stdint.h>

/* Two's complement: high * 2^64 + low. */
typedef struct kpi__wide {
	uint64_t low;
	int64_t high;
} kpi__wide;

static inline kpi__wide
kpi__wide_of(int64_t value)
{
	const kpi__wide w = { (uint64_t)value, value < 0 ? -1 : 0 };

	return w;
}

static inline kpi__wide
kpi__wide_add(kpi__wide a, kpi__wide b)
{
	kpi__wide w;

	w.low = a.low + b.low;
	w.high = (int64_t)((uint64_t)a.high + (uint64_t)b.high +
	    (uint64_t)(w.low < a.low));
	return w;
}

static inline kpi__wide
kpi__wide_subtract(kpi__wide a, kpi__wide b)
{
	kpi__wide w;

	w.low = a.low - b.low;
	w.high = (int64_t)((uint64_t)a.high - (uint64_t)b.high -
	    (uint64_t)(a.low < b.low));
	return w;
}

/* a * b, exact for all values. */
kpi__wide kpi__wide_product(int64_t a, int64_t b);

static inline int
kpi__wide_is_zero(const kpi__wide *w)
{
	return (w->low | (uint64_t)w->high) == 0;
}

/* Non-zero if a > b. */
static inline int
kpi__wide_exceeds(kpi__wide a, kpi__wide b)
{
	return a.high > b.high || (a.high == b.high && a.low > b.low);
}

/* Adds; non-zero and *a unchanged if the sum does not fit. */
int kpi__wide_add_checked(kpi__wide *a, kpi__wide b);

/* Non-zero if the value does not fit an int64_t; *out is then unchanged. */
int kpi__wide_to_int64(kpi__wide w, int64_t *out);

/* The whole part of w / divisor, and what is left; w is not below 0. Non-zero
 * if it does not fit an int64_t: both are then unchanged. */
int kpi__wide_divide(
    kpi__wide w, uint32_t divisor, int64_t *whole, uint32_t *left);

/* amount * part / whole, rounded down, and what is left of it; part <= whole,
 * and 0 < whole < 2^62. */
uint64_t kpi__wide_share(
    uint64_t amount, uint64_t part, uint64_t whole, uint64_t *left);

/* The nearest double, rounded once. */
double kpi__wide_to_double(kpi__wide w);

#endif
