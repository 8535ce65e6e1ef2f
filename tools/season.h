/* SPDX-License-Identifier: MIT */
/* season.h - when in the week how much comes. */
#ifndef KPI_TOOL_SEASON_H
#define KPI_TOOL_SEASON_H

#include <kpi.h>

/* Prints a table a group for people; DONE, or has complained. */
int season_print_table(
    const kpi_season *season, const kpi_query *query, const char *definition);

/* Prints a line a cell; the format is a KPI_FORMAT_. */
void season_print_lines(const kpi_season *season, int32_t format);

#endif
