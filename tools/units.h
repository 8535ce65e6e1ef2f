/* SPDX-License-Identifier: MIT */
/* units.h - the units of a figure as they are printed. */
#ifndef KPI_TOOL_UNITS_H
#define KPI_TOOL_UNITS_H

#include "tool.h"

/* Some units of a figure, and who asks. */
struct units {
	kpi_explanation *explanation;
	kpi_figure figure;
	const kpi_query *query;
	const char *definition;
	uint64_t offset, limit;
};

/* The figure, the units, and where they go on. Return KPI_OK, or what the
 * library answered. */
kpi_status units_print_table(const struct units *u, kpi_error *error);
kpi_status units_print_cells(
    const struct units *u, int32_t format, kpi_error *error);

/* Name of a role; "" of none. */
const char *role_name(int32_t role);

#endif
