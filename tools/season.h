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

/* "queue billing, team a" of a row; nothing without groups. */
void season_print_group(const kpi_season *season, uint64_t row);

/* The fields of group, weekday and time that begin a line of CSV or JSON, and
 * the names of them, which stand at its top. */
void season_put_place(const kpi_season *season, uint64_t row,
    const kpi_season_cell *cell, int32_t format);
void season_put_names(const kpi_season *season);

#endif
