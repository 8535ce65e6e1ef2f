/* SPDX-License-Identifier: MIT */
/* targets.h - what figures are to reach: --target, and --set target_goal. */
#ifndef KPI_TOOL_TARGETS_H
#define KPI_TOOL_TARGETS_H

#include "definitions.h"

/*
 * Sets each --target to the metric that it names, and asks for a verdict on
 * each metric that has a target of the command's; the verdict that --set asks
 * for is of those alone that have one. What was given in full is changed by
 * --target alone. Comes after definitions_apply(). Returns DONE, or has
 * complained.
 */
int targets_apply(struct definitions *d, const struct arguments *a);

#define TARGETS_BY 64

/* Non-zero if the definition asks for a verdict; by what: "day", ... */
int targets_judge_by(const kpi_definition *d, char out[TARGETS_BY]);

#endif
