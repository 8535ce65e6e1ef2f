/* SPDX-License-Identifier: MIT */
/* staff.h - how many agents a load needs. */
#ifndef KPI_TOOL_STAFF_H
#define KPI_TOOL_STAFF_H

#include <kpi.h>

#include "arguments.h"

/* Reads the load and the target from the options; of a store contacts and
 * interval are not given, and the handle time need not be. Returns DONE, or has
 * complained. */
int staff_options(
    kpi_staffing_options *out, const struct arguments *a, int of_store);

/* "service_level" of KPI_ERLANG_SERVICE_LEVEL. */
const char *staff_target_name(int32_t target);

/* The number of --agents, 0 without it. DONE, or has complained. */
int staff_agents(int64_t *out, const struct arguments *a);

/* Plans from the store that is named. Returns what the program ends with. */
int staff_store(const struct arguments *a);

/* The names of the figures, after a comma each; agents and positions first. */
void staff_put_names(void);

/* The figures as fields of CSV or JSON, each after a comma. */
void staff_put_fields(const kpi_staffing *s, int32_t format);

/* Prints a plan for people; DONE, or has complained. */
int staff_print_plan(const kpi_plan *plan, const kpi_query *query,
    const kpi_staffing_options *load, const kpi_plan_options *options);

/* Prints a line an interval; the format is a KPI_FORMAT_. */
void staff_print_intervals(const kpi_plan *plan, int32_t format);

/* Prints the figures; the format is a KPI_FORMAT_. */
void staff_print(
    const kpi_staffing *s, const kpi_staffing_options *o, int32_t format);

#endif
