/* SPDX-License-Identifier: MIT */
/* own_targets.h - a store of groups that are to reach different targets. */
#ifndef KPI_TESTS_OWN_TARGETS_H
#define KPI_TESTS_OWN_TARGETS_H

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "asked.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define DAYS         6
#define CALLS        10

/* Of ten calls that day, how many were answered within 20 s; everybody is
 * called by the name. */
static inline void
add_day(kpi_store *store, const char *name, int day, int in)
{
	kpi_error error = KPI_ERROR_INIT;

	ck_assert_int_eq(kpi_store_begin(store, &error), KPI_OK);
	for (int i = 0; i < CALLS; i++) {
		kpi_visit visit = visit_of(KPI_OUTCOME_ANSWERED,
		    i < in ? 5 * SECOND : 40 * SECOND, MINUTE);
		kpi_interaction whole =
		    interaction_of(MONDAY + day * DAY + 10 * HOUR, &visit, 1);

		visit.queue = visit.team = visit.agent = name;
		whole.channel = name;
		add(store, &whole);
	}
	ck_assert_int_eq(kpi_store_commit(store, &error), KPI_OK);
}

static inline void
add_days(kpi_store *store, const char *name, const int in[DAYS])
{
	for (int day = 0; day < DAYS; day++)
		add_day(store, name, day, in[day]);
}

static const int good[] = { 10, 9, 10, 9, 9, 10 }; /* 95 % */
static const int fair[] = { 9, 8, 9, 10, 7, 9 };   /* 86.7 % */
static const int worst[] = { 5, 6, 4, 5, 7, 5 };   /* 53.3 % */

static inline kpi_definition *
parsed(const char *text)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_definition *d;

	ck_assert_msg(kpi_definition_parse(&d, text, NULL, &error) == KPI_OK,
	    "%s: %s", text, error.text);
	return d;
}

static inline kpi_result *
measured(kpi_store *store, const kpi_query *query, const char *text)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_definition *d = parsed(text);
	kpi_result *result;

	ck_assert_msg(
	    kpi_measure(&result, store, query,
		(const kpi_definition *const *)&d, 1, &error) == KPI_OK,
	    "%s", error.text);
	kpi_definition_free(d);
	return result;
}

static inline kpi_query *
grouped(kpi_by by)
{
	kpi_query *query = new_query();

	ck_assert_int_eq(kpi_query_by(query, by), KPI_OK);
	return query;
}

/* care, other, sales and, last, the unknown one. */
static inline kpi_store *
four_groups(void)
{
	kpi_store *store = new_store();

	add_days(store, "sales", fair);
	add_days(store, "care", good);
	add_days(store, "other", good);
	add_days(store, NULL, worst);
	return store;
}

static inline int
is_target(const kpi_figure *f, double goal, double ceiling)
{
	return (f->target == goal || (isnan(f->target) && isnan(goal))) &&
	    (f->target_ceiling == ceiling ||
		(isnan(f->target_ceiling) && isnan(ceiling)));
}

#endif
