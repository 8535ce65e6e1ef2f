/* SPDX-License-Identifier: MIT */
/* wholes.h - what a mix is a share of: the rows that differ in one dimension
 * alone, added up. */
#ifndef KPI_RESULT_WHOLES_H
#define KPI_RESULT_WHOLES_H

#include "result/result.h"

/* Those of one definition; all 0 if it is no mix. */
typedef struct kpi__wholes {
	uint32_t *of;   /* of each row, its place */
	kpi__wide *sum; /* of each whole, the sums that the definition has */
	size_t rows, count;
} kpi__wholes;

/* Of the rows as they are, which change no more. KPI_ENOMEM, KPI_EOVERFLOW. */
kpi_status kpi__wholes_make(kpi_result *result) KPI_MUST_CHECK;

void kpi__wholes_free(kpi_result *result);

/*
 * A sum of the whole that a row of a mix is in, 0 if the definition has
 * none of that name. A row that is in none is all there is of its own.
 */
kpi__wide kpi__whole_sum(const kpi_result *result, uint64_t row,
    const kpi__shape *shape, enum kpi__sum sum);

#endif
