/* SPDX-License-Identifier: MIT */
/* change.h - how a change is printed. */
#ifndef KPI_TOOL_CHANGE_H
#define KPI_TOOL_CHANGE_H

#include "definitions.h"

/* A table for people, each metric on its own; instants are in the query's
 * zone. Returns DONE, or has complained. */
int change_print_table(
    const kpi_change *c, const kpi_query *query, const struct definitions *d);

/* As CSV or JSON: a line a group and metric, then one a metric of all. */
void change_print_lines(const kpi_change *c, int32_t format);

#endif
