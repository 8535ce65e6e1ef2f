/* SPDX-License-Identifier: MIT */
/* report.h - the whole picture of a store: what is measured, what is said. */
#ifndef KPI_TOOL_REPORT_H
#define KPI_TOOL_REPORT_H

#include "definitions.h"

#define SECTION_METRICS 24

/* A table of the report: some metrics, by something. */
struct section {
	kpi_by by; /* 0: by none */
	int by_time;
	size_t most; /* lines that are shown */
	const char *metrics[SECTION_METRICS + 1];
};

/* A section as it was measured; its figures are those of `metrics`. */
struct measured {
	const struct section *section;
	const kpi_query *query; /* of its zone */
	kpi_result *result;
	int64_t at[SECTION_METRICS]; /* of each metric in it; -1: not there */
};

/* The totals are section 0. */
enum { TOTALS, QUEUES, AGENTS, CHANNELS, TIMES, WEEKS, SECTIONS };
extern const struct section report_sections[SECTIONS];

/* The figure of a row and a metric of the section; state 0 if there is none,
 * as of agents' time where only some queues are asked for. */
kpi_figure report_figure(const struct measured *m, uint64_t row, size_t metric);

/* "support", "(unknown)", "2026-10-01". */
void report_name(
    char *out, size_t size, const struct measured *m, uint64_t row);

/* What store it is of, from when to when, and what was asked for. */
void report_head(const char *path, const kpi_store_info *info,
    const kpi_query *query, const struct arguments *a, size_t width);

/* What each figure of the totals is. */
void report_legend(
    const struct measured *totals, const struct definitions *d, size_t width);

/* Each returns DONE, or has complained. */
int report_targets(const struct measured *measured,
    const struct definitions *d, const struct arguments *a, size_t width);
int report_limits(
    const struct measured *weeks, const kpi_store_info *info, size_t width);
int report_totals(
    const struct measured *m, const struct definitions *d, size_t width);
int report_groups(const struct measured *m, size_t width);
int report_callers(kpi_store *store, const kpi_query *query,
    const kpi_definition *repeat_rate, size_t width);

#endif
