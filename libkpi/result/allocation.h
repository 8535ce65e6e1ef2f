/* SPDX-License-Identifier: MIT */
/*
 * allocation.h - what rows have of expenses that they share. A row's pool is to
 * be allocated to all rows of its bucket that are of the one value which it
 * knows, or of any if it knows none, by their base. That is done when all rows
 * are there, so that pools merge as any sum does.
 */
#ifndef KPI_RESULT_ALLOCATION_H
#define KPI_RESULT_ALLOCATION_H

#include "result/result.h"

/* Those of one definition; all 0 if it allocates nothing. */
typedef struct kpi__allocation {
	int64_t *share; /* of each row, in minor units */
	uint8_t *state; /* likewise, what that is */
	size_t rows;
} kpi__allocation;

/* Whether the row's pool is one that other rows may share. */
int kpi__allocation_is_sound(
    const kpi_result *result, uint64_t row, const kpi__shape *shape);

/* Of the rows as they are, which change no more. KPI_ENOMEM. */
kpi_status kpi__allocations_make(kpi_result *result) KPI_MUST_CHECK;

void kpi__allocations_free(kpi_result *result);

/* What a row has of that beside a sum of its own, a numerator beyond 64 bits if
 * it can't be told; 0 of sums that it does not add to. */
kpi__wide kpi__allocated(const kpi_result *result, uint64_t row,
    const kpi__shape *shape, enum kpi__sum sum);

#endif
