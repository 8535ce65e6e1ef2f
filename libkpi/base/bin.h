/* SPDX-License-Identifier: MIT */
/*
 * bin.h - bins of values from 0: one each below 512, above that 256 for each
 * power of two, so that no value differs from another of its bin by more than
 * 2^-8 of itself.
 */
#ifndef KPI_BASE_BIN_H
#define KPI_BASE_BIN_H

#include <stdint.h>

#define KPI__BIN_BITS 8

/* Bins of values below 2^32. */
#define KPI__SHORT_BINS 6400

static inline uint32_t
kpi__bin_of(uint64_t value)
{
	const unsigned shift = 63 - KPI__BIN_BITS -
	    (unsigned)__builtin_clzll(value | UINT64_C(1) << KPI__BIN_BITS);

	return (uint32_t)(shift << KPI__BIN_BITS) + (uint32_t)(value >> shift);
}

/* How far its values are apart at most, as a power of two. */
static inline unsigned
kpi__bin_shift(uint32_t bin)
{
	return bin >> KPI__BIN_BITS == 0 ? 0 : (bin >> KPI__BIN_BITS) - 1;
}

static inline uint64_t
kpi__bin_width(uint32_t bin)
{
	return UINT64_C(1) << kpi__bin_shift(bin);
}

/* Its least value. */
static inline uint64_t
kpi__bin_begin(uint32_t bin)
{
	const unsigned shift = kpi__bin_shift(bin);

	return (uint64_t)(bin - (shift << KPI__BIN_BITS)) << shift;
}

#endif
