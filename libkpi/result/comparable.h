/* SPDX-License-Identifier: MIT */
/* comparable.h - whether two results are parts of one, or periods of a
 * change. */
#ifndef KPI_RESULT_COMPARABLE_H
#define KPI_RESULT_COMPARABLE_H

#include "result/result.h"

/* KPI_OK, or KPI_EMISMATCH with the first thing in which they differ or
 * which forbids that they merge. */
kpi_status kpi__results_comparable(
    const kpi_result *a, const kpi_result *b, kpi_error *error) KPI_MUST_CHECK;

/* Whether two results may be the periods of one change: alike but for range,
 * as_of and partition. KPI_OK, KPI_EMISMATCH, or KPI_EINVAL for buckets. */
kpi_status kpi__results_changeable(const kpi_result *now,
    const kpi_result *before, kpi_error *error) KPI_MUST_CHECK;

/* Whether one result is the other without its groups. */
kpi_status kpi__result_is_whole(const kpi_result *groups,
    const kpi_result *whole, kpi_error *error) KPI_MUST_CHECK;

#endif
