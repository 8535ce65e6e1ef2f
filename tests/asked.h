/* SPDX-License-Identifier: MIT */
/* asked.h - small stores filled by hand, and one figure asked of them. */
#ifndef KPI_TESTS_ASKED_H
#define KPI_TESTS_ASKED_H

#include <kpi.h>

#define SECOND INT64_C(1000)
#define MINUTE (60 * SECOND)
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

/* 2026-03-02T00:00:00Z, a Monday. */
#define MONDAY INT64_C(1772409600000)

/* An interaction of one row: what is not given is unknown. */
typedef struct call {
	int64_t start;
	int64_t outcome; /* KPI_OUTCOME_ */
	int64_t wait, talk;
	const char *customer, *agent, *queue;
} call;

kpi_store *new_store(void);

/* Adds it, and fails the test with the library's words if it is refused. */
void add(kpi_store *store, const kpi_interaction *interaction);

/* Adds `count` of a kind; KPI_UNKNOWN and NULL as in the records. */
void add_calls(kpi_store *store, call of, uint64_t count);

/* Its record and row, to be filled further and added. */
kpi_visit visit_of(int64_t outcome, int64_t wait_ms, int64_t talk_ms);
kpi_interaction interaction_of(
    int64_t started_at, kpi_visit *visits, uint64_t count);

/* "service_level service_level_threshold=30s". */
kpi_definition *definition_of(const char *text);

/* Its figure of the only row; `query` may be NULL. */
kpi_figure ask(kpi_store *store, const kpi_query *query, const char *text);

/* By preset, and then "parameter=value" or NULL. */
kpi_figure ask_preset(kpi_store *store, const char *metric, const char *preset,
    const char *setting);

/* The result of a definition, to be read by row. */
kpi_result *ask_rows(
    kpi_store *store, const kpi_query *query, const char *text);

/* The figure of a row and the first definition. */
kpi_figure figure_at(const kpi_result *result, uint64_t row);

kpi_query *new_query(void);

/* That Monday, at a time of day. */
int64_t at(int hour, int minute);

int is_near(double value, double expected, double tolerance);

#define ck_assert_near(value, expected, tolerance)                             \
	ck_assert_msg(is_near(value, expected, tolerance),                     \
	    "%s is %.17g, expected %.17g", #value, (double)(value),            \
	    (double)(expected))

#endif
