/* SPDX-License-Identifier: MIT */
/* spent.h - expenses added by hand, and the rows of what they come to. */
#ifndef KPI_TESTS_SPENT_H
#define KPI_TESTS_SPENT_H

#include <kpi.h>

/* Adds an expense, and fails the test if it is refused; of NULL by
 * KPI_UNKNOWN. */
void spend(kpi_store *store, int64_t from, int64_t until, int64_t amount,
    int64_t by, const char *of);

/* An answered interaction of one row without a cost of its own; the agent's
 * name is the team's. */
void add_answered(kpi_store *store, int64_t at, const char *queue,
    const char *team, int64_t talk_ms);

/* Groups by one dimension, or by two. */
kpi_query *query_by(kpi_by first, kpi_by second);

/* Names that may be NULL, unknown. */
int is_text(const char *a, const char *b);

/* The first definition's figure in the row of these values; there must be one.
 * Without a second dimension `second` is NULL. */
kpi_figure row_of(const kpi_result *r, const char *first, const char *second);

/* What the rows' numerators of the first definition add up to. */
int64_t sum_of(const kpi_result *r);

/* Both have the same rows, and in each the same numerator. */
void check_numerators(const kpi_result *r, const kpi_result *expected);

/* Saves it, and fails the test if there is no room; the size. */
uint64_t saved(const kpi_result *r, unsigned char *bytes, uint64_t room);

#endif
