/* SPDX-License-Identifier: MIT */
/* alike.h - rows of one bucket that have some dimensions in common. */
#ifndef KPI_RESULT_ALIKE_H
#define KPI_RESULT_ALIKE_H

#include "result/result.h"

/*
 * Numbers what the rows are alike in: one number for all rows of a bucket that
 * have the same values in the dimensions of a mask, bit by place. `of` has
 * room for a number a row; *count is how many numbers there are. KPI_ENOMEM.
 */
kpi_status kpi__rows_alike(const kpi_result *result, uint32_t dimensions,
    uint32_t *of, size_t *count) KPI_MUST_CHECK;

#endif
