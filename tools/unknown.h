/* SPDX-License-Identifier: MIT */
/* unknown.h - says what of a choice cannot be met by anything in the store. */
#ifndef KPI_TOOL_UNKNOWN_H
#define KPI_TOOL_UNKNOWN_H

#include "tool.h"

/*
 * A line on stderr for each value of --where and --where-not that nothing in
 * the store has, with the nearest that something has, and for a range in which
 * nothing lies. The figures are what they are: it returns nothing.
 */
void say_unknown(kpi_store *store, const char *path, const kpi_query *query,
    const struct arguments *a);

#endif
