/* SPDX-License-Identifier: MIT */
/* turnover.h - what the roster says, into a result. */
#ifndef KPI_METRIC_TURNOVER_H
#define KPI_METRIC_TURNOVER_H

#include "metric/claim.h"
#include "metric/sink.h"

/*
 * Makes the claim one of the roster. KPI_ENOTSUP: a query that groups, or
 * filters by anything but agents.
 */
kpi_status kpi__claim_roster(
    kpi__claim *claim, kpi_error *error) KPI_MUST_CHECK;

/* For all claims that are of the roster. KPI_ELIMIT, KPI_ESTOPPED,
 * KPI_ENOMEM. */
kpi_status kpi__turnover_add(
    kpi__sink *sink, const kpi__claim *claims, uint32_t count) KPI_MUST_CHECK;

#endif
