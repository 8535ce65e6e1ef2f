/* SPDX-License-Identifier: MIT */
/* comparable.h - whether two results are parts of one. */
#ifndef KPI_RESULT_COMPARABLE_H
#define KPI_RESULT_COMPARABLE_H

#include "result/result.h"

/* KPI_OK, or KPI_EMISMATCH with the first thing in which they differ or
 * which forbids that they merge. */
kpi_status kpi__results_comparable(
    const kpi_result *a, const kpi_result *b, kpi_error *error) KPI_MUST_CHECK;

#endif
