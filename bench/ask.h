/* SPDX-License-Identifier: MIT */
/* ask.h - the questions of the benchmark, put to a store. */
#ifndef BENCH_ASK_H
#define BENCH_ASK_H

#include <kpi.h>

#include "yardstick.h"

enum { WORKLOADS = 4 };

typedef struct workload {
	const char *name;
	const char *const *definitions;
	uint32_t count;
	int by_agent_month;
	void (*yard)(yard *y);
	/* The numbers of a row, as the yardstick has them. */
	void (*read)(const kpi_result *result, uint64_t row, int64_t *number);
} workload;

extern const workload workloads[WORKLOADS];

/* Definitions and query of a workload, made once. */
typedef struct asked {
	const workload *of;
	kpi_definition *definition[16];
	kpi_query *query;
} asked;

/* Each ends the program on failure. */
void ask_prepare(asked *a, const workload *w);
kpi_result *ask(const asked *a, kpi_store *store);
void ask_free(asked *a);

/* The sum of all values that there are. */
double ask_sum(const asked *a, const kpi_result *result);

/* Ends the program, and says where, unless the yard has the same numbers in
 * the same groups. */
void ask_compare(const asked *a, const kpi_result *result, const yard *y);

#endif
