/* SPDX-License-Identifier: MIT */
/* agents.h - what agents spent their time on, into a result. */
#ifndef KPI_METRIC_AGENTS_H
#define KPI_METRIC_AGENTS_H

#include "metric/claim.h"
#include "metric/sink.h"

/* Goes through agents' time for all claims that are of it, once for those
 * of one rule. As kpi__agent_time_run(). */
kpi_status kpi__agents_add(kpi__sink *sink, const kpi__claim *claims,
    uint32_t count) KPI_MUST_CHECK;

#endif
