/* SPDX-License-Identifier: MIT */
/* agents.h - what agents spent their time on: declared, and into a result. */
#ifndef KPI_METRIC_AGENTS_H
#define KPI_METRIC_AGENTS_H

#include "metric/claim.h"
#include "metric/sink.h"

/*
 * Makes the claim one of agents' time, by its definition's rule. KPI_ENOTSUP: a
 * query that groups or filters by anything but agents, since a ready agent
 * waits for any contact.
 */
kpi_status kpi__claim_time(kpi__claim *claim, kpi_error *error) KPI_MUST_CHECK;

/* A sum of it is that of the cells, a mask of KPI__TIME_BIT(). */
void kpi__claim_time_cells(kpi__claim *claim, int sum, uint32_t cells);

/* Goes through agents' time for all claims that are of it, once for those
 * of one rule. As kpi__agent_time_run(). */
kpi_status kpi__agents_add(kpi__sink *sink, const kpi__claim *claims,
    uint32_t count) KPI_MUST_CHECK;

#endif
