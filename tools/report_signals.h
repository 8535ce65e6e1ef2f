/* SPDX-License-Identifier: MIT */
/*
 * report_signals.h - what the weeks of a control chart signal, in two tables:
 * those outside of their limits, and runs on one side of the median.
 */
#ifndef KPI_TOOL_REPORT_SIGNALS_H
#define KPI_TOOL_REPORT_SIGNALS_H

#include "columns.h"
#include "report.h"

/* Whole weeks, one after the other; without data those that have no row. */
struct series {
	double *value;
	uint64_t *row;
	uint32_t *signals;
	size_t count, known;
};

/* What is said of the series of all metrics. */
struct said {
	struct cells outside, runs;
	int judged; /* any of them */
};

void report_signals_init(struct said *said);
void report_signals_free(struct said *said);

/* Adds lines for the signals of a metric's series; DONE, or has complained. */
int report_signals_add(struct said *said, const struct series *s,
    const struct measured *m, size_t metric, const kpi_control_limits *l);

/* Both tables, and of an empty one that it is; nothing if none is judged. */
void report_signals_print(const struct said *said, size_t width);

#endif
