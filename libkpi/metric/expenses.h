/* SPDX-License-Identifier: MIT */
/* expenses.h - what was spent, into a result. */
#ifndef KPI_METRIC_EXPENSES_H
#define KPI_METRIC_EXPENSES_H

#include "metric/claim.h"
#include "metric/sink.h"

/* For all claims that are of expenses. KPI_ELIMIT, KPI_ESTOPPED,
 * KPI_ENOMEM. */
kpi_status kpi__expenses_add(
    kpi__sink *sink, const kpi__claim *claims, uint32_t count) KPI_MUST_CHECK;

#endif
