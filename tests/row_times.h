/* SPDX-License-Identifier: MIT */
/* row_times.h - the instants of rows, worked out from a record alone as
 * kpi-metrics(7) says. */
#ifndef KPI_TESTS_ROW_TIMES_H
#define KPI_TESTS_ROW_TIMES_H

#include <kpi.h>

/* KPI_UNKNOWN where it is not known. */
typedef struct row_times {
	int64_t entered;
	int64_t spoke; /* answered or, where that is not known, what was before */
	int64_t ended; /* of a leg of known length always */
} row_times;

/* Of the rows of an interaction, of which there are visit_count. */
void row_times_find(row_times *out, const kpi_interaction *whole);

/* Unknown if one is. */
int64_t plus(int64_t a, int64_t b);
int64_t known_or_zero(int64_t a);

#endif
