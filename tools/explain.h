/* SPDX-License-Identifier: MIT */
/* explain.h - definitions in words: --explain. */
#ifndef KPI_TOOL_EXPLAIN_H
#define KPI_TOOL_EXPLAIN_H

#include "tool.h"

/* Refuses --explain beside a format that is no table. */
int explain_check(const struct arguments *a, int32_t format);

/* Prints text, fingerprint and words of each. Returns DONE, or has complained.
 */
int explain_definitions(const kpi_definition *const *list, size_t count);

#endif
