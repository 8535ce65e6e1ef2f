/* SPDX-License-Identifier: MIT */
/* synonym.h - what the trade calls a metric beside its name here. */
#ifndef KPI_TOOL_SYNONYM_H
#define KPI_TOOL_SYNONYM_H

/* The metric that "AHT", "service level" or "service-level" is; NULL: none, or
 * one that is called so here as well. */
const char *metric_called(const char *word);

#endif
