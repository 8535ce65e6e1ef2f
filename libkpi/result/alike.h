/* SPDX-License-Identifier: MIT */
/* alike.h - rows of one bucket that have some dimensions in common. */
#ifndef KPI_RESULT_ALIKE_H
#define KPI_RESULT_ALIKE_H

#include "result/result.h"

/*
 * Puts the rows of each bucket that have the same values in the dimensions of a
 * mask (bit 0 the first) into one class. `of` has room for the class of each
 * row, from 0 on; *count is how many there are. KPI_ENOMEM.
 */
kpi_status kpi__rows_alike(const kpi_result *result, uint32_t dimensions,
    uint32_t *of, size_t *count) KPI_MUST_CHECK;

#endif
