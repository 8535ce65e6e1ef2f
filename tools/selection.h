/* SPDX-License-Identifier: MIT */
/* selection.h - the options that say which rows and which groups. */
#ifndef KPI_TOOL_SELECTION_H
#define KPI_TOOL_SELECTION_H

#include "tool.h"

#define SELECTION                                                              \
	(TAKES(FROM) | TAKES(UNTIL) | TAKES(ZONE) | TAKES(WHERE) |             \
	    TAKES(WHERE_NOT) | TAKES(OUTCOME) | TAKES(LEAST) | TAKES(MOST))
#define GROUPS (TAKES(BY) | TAKES(EVERY) | TAKES(WEEK_START))

/* The query that the options ask for; free it with kpi_query_free(). Returns
 * DONE, or has complained and *out is NULL. */
int selection_make(kpi_query **out, const struct arguments *a);

#endif
