/* SPDX-License-Identifier: MIT */
/* staff.h - how many agents a load needs. */
#ifndef KPI_TOOL_STAFF_H
#define KPI_TOOL_STAFF_H

#include <kpi.h>

#include "arguments.h"

/* Reads the load and the target from the options. Returns DONE, or has
 * complained. */
int staff_options(kpi_staffing_options *out, const struct arguments *a);

/* Prints the figures; the format is a KPI_FORMAT_. */
void staff_print(
    const kpi_staffing *s, const kpi_staffing_options *o, int32_t format);

#endif
