/* SPDX-License-Identifier: MIT */
/*
 * sums.h - many sums of 128 bits. Nearly all fit 64, and while all do, no more
 * is kept of any.
 */
#ifndef KPI_RESULT_SUMS_H
#define KPI_RESULT_SUMS_H

#include <kpi/base.h>
#include <stddef.h>

#include "base/wide.h"

/* All 0 is none. */
typedef struct kpi__sums {
	uint64_t *low;
	int64_t *high; /* NULL: each is its lower word, signed */
	size_t set; /* none behind it is */
	size_t low_room, high_room;
} kpi__sums;

/* Makes room for `count`; KPI_ENOMEM leaves the sums as they were. */
kpi_status kpi__sums_reserve(
    kpi__sums *s, const kpi_allocator *a, size_t count) KPI_MUST_CHECK;
void kpi__sums_free(kpi__sums *s, const kpi_allocator *a);

/* From now on they may be wide. KPI_ENOMEM. */
kpi_status kpi__sums_widen(kpi__sums *s, const kpi_allocator *a) KPI_MUST_CHECK;

/* Puts some at a place; KPI_ENOMEM where one of them is the first wide one. */
kpi_status kpi__sums_put(kpi__sums *s, const kpi_allocator *a, size_t at,
    const kpi__wide *sums, size_t count) KPI_MUST_CHECK;

/* The same with sums of 64 bits, which may stand there or behind it. */
void kpi__sums_put_short(
    kpi__sums *s, size_t at, const uint64_t *sums, size_t count);

/* Copies some; where `from` may be wide, `to` may be too. */
void kpi__sums_copy(
    kpi__sums *to, size_t at, const kpi__sums *from, size_t of, size_t count);

static inline kpi__wide
kpi__sums_get(const kpi__sums *s, size_t at)
{
	const kpi__wide wide = { s->low[at],
		s->high != NULL ? s->high[at] : (int64_t)s->low[at] < 0 ? -1
									: 0 };

	return wide;
}

#endif
