/* SPDX-License-Identifier: MIT */
/* changing.h - a store of two weeks that differ, and what changed in it. */
#ifndef KPI_TESTS_CHANGING_H
#define KPI_TESTS_CHANGING_H

#include "asked.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define WEEK         (7 * DAY)

/* Queues a and b in both weeks, d in the first, c in the second, which the
 * query asks for by queue. */
extern kpi_store *store;
extern kpi_query *query;

void setup(void);
void teardown(void);

/* `calls` of a day, of which `in` were answered within 20 s. */
void add_day(
    kpi_store *to, const char *queue, int64_t day, uint64_t in, uint64_t calls);

/* By one definition. */
kpi_status try_change(kpi_change **out, const kpi_query *q, const char *text,
    const kpi_change_options *options, kpi_error *error);

/* The query's week and the one before. */
kpi_change *change_of(const char *text);

/* Of the first definition. */
kpi_difference get(const kpi_change *c, uint64_t row);

/* A week from 0, by queue or as a whole. */
kpi_result *week(int number, int grouped, const char *text);

/* Without wholes. */
kpi_change *compare(const kpi_result *now, const kpi_result *before);

/* NaN is equal to NaN. */
int same(double x, double y);

#endif
