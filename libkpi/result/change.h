/* SPDX-License-Identifier: MIT */
/* change.h - the inside of a change: two results, row by row. */
#ifndef KPI_RESULT_CHANGE_H
#define KPI_RESULT_CHANGE_H

#include <kpi/change.h>

#include "result/result.h"
#include "stats/split.h"

struct kpi_change {
	kpi_allocator allocator;
	uint32_t by_count, count;
	kpi_by by[KPI__MAX_BY];
	int64_t range[2][2]; /* of now, of before: from, until */
	char **definitions;  /* texts */
	int32_t *metrics;
	size_t rows;
	char **groups;           /* by_count a row; NULL: unknown */
	kpi_difference *figures; /* `count` a row; the last row is the whole */
};

/* Where a group stands in both results; KPI__NO_ROW: in none of one's. */
#define KPI__NO_ROW UINT64_MAX

typedef struct kpi__match {
	uint64_t now, before;
} kpi__match;

/* What one definition is in both results. */
typedef struct kpi__compared {
	const kpi_result *now, *before;
	uint32_t index;
} kpi__compared;

/*
 * The difference of a row without its parts and weights, not yet adjusted;
 * numerators and denominators go to *sums. KPI_EOVERFLOW if a sum is beyond 64
 * bits.
 */
kpi_status kpi__difference_read(kpi_difference *out, kpi__twice *sums,
    const kpi__compared *compared, const kpi__match *match) KPI_MUST_CHECK;

/* Of values whose sums are known: neither bounds nor a test. */
void kpi__difference_of_sums(
    kpi_difference *out, const kpi__twice *sums, const kpi__compared *compared);

/*
 * Adds weights and parts to the differences of `rows` rows, whose sums stand
 * in `sums`, one in `stride` of them and so the whole's behind them. Where
 * rows do not add up to the whole there are no parts.
 */
void kpi__difference_split(kpi_difference *figures, const kpi__twice *sums,
    size_t rows, size_t stride, const kpi__shape *shape);

#endif
