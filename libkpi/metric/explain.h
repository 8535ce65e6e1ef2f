/* SPDX-License-Identifier: MIT */
/*
 * explain.h - the units of a figure, a page of them at a time.
 *
 * How many units lie where in time is counted once, in bins; a page is read
 * where its bins say that it lies, and a bin that has too many is counted in
 * bins of its own: of starts, and of one start of the places in the store.
 */
#ifndef KPI_METRIC_EXPLAIN_H
#define KPI_METRIC_EXPLAIN_H

#include <kpi/explain.h>

#include "metric/claim.h"
#include "query/opening.h"

#define KPI__PAGE_UNITS 4096  /* of a page, where bins are small */
#define KPI__BIN_UNITS  16384 /* more in one bin are counted anew */
#define KPI__BINS       8192  /* 2^13 */
#define KPI__BIN_LEVELS 8     /* ceil(64 / 13) of starts, 3 of places */

/* Bin i has the starts (or ordinals) from `from` + (i << shift) on. */
typedef struct kpi__bins {
	kpi__window window;
	int by_ordinal;
	uint32_t shift;
	uint64_t from;
	uint64_t first;   /* units before it */
	uint64_t *before; /* KPI__BINS + 1: units of the bins before each */
} kpi__bins;

/* What a figure's units are to it. */
typedef struct kpi__casting {
	const kpi__shape *shape;
	const kpi_figure *figure;
	int64_t roles; /* that are listed */
} kpi__casting;

typedef struct kpi__pages {
	kpi__opening *opening;
	kpi__casting casting;
	const kpi_allocator *allocator;
	kpi__bins level[KPI__BIN_LEVELS];
	uint32_t levels; /* in use */
	kpi__opened *page, *scratch;
	size_t count, room, scratch_room;
	uint64_t first; /* place of the page's first unit */
} kpi__pages;

/* Finds the role of a unit, and where that or `left_out` is listed returns
 * non-zero; of what is counted the denominator is set. */
int kpi__role_of(const kpi__casting *r, kpi__opened *unit, int32_t *role,
    int32_t *left_out);

/* Counts all that is listed. To be freed after a failure too. */
kpi_status kpi__pages_init(kpi__pages *p, kpi__opening *opening,
    const kpi__casting *casting, kpi_error *error) KPI_MUST_CHECK;
void kpi__pages_free(kpi__pages *p);

uint64_t kpi__pages_units(const kpi__pages *p);

/* The unit of a place that there is, which lives until the next call. */
kpi_status kpi__pages_unit(kpi__pages *p, uint64_t index, kpi__opened **out,
    kpi_error *error) KPI_MUST_CHECK;

#endif
