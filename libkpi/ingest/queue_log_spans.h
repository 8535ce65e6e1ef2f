/* SPDX-License-Identifier: MIT */
/* queue_log_spans.h - an agent's segments, and the spans that come of them. */
#ifndef KPI_INGEST_QUEUE_LOG_SPANS_H
#define KPI_INGEST_QUEUE_LOG_SPANS_H

#include "ingest/queue_log_agents.h"

/* From segment->begin on things stand so; not before the last turn. */
kpi_status kpi__qlog_agent_turn(kpi__qlog_agents *agents,
    kpi__qlog_agent *agent, kpi__qlog_segment segment) KPI_MUST_CHECK;

/* The agent was logged in (or else paused) from `from` to now. It must have
 * fewer than KPI__QLOG_SEGMENTS segments. */
kpi_status kpi__qlog_agent_was(kpi__qlog_agents *agents, kpi__qlog_agent *agent,
    int64_t from, int login) KPI_MUST_CHECK;

kpi_status kpi__qlog_agent_write_open(
    kpi__qlog_agents *agents, kpi__qlog_agent *agent) KPI_MUST_CHECK;

#endif
