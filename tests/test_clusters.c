/* SPDX-License-Identifier: MIT */
/*
 * Bounds by days and customers, beside the formula written out over the same
 * definition's figures of each day or customer: asked as groups.
 */
#include <check.h>
#include <math.h>
#include <string.h>

#include "naive_clusters.h"
#include "question.h"
#include "random_ledger.h"

#define METRICS   15
#define CONTACTS  3 /* metrics up to this one count */
#define QUESTIONS 20

static kpi_result *
measure(kpi_store *store, const kpi_query *query, const kpi_definition *d)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_result *result;

	ck_assert_msg(
	    kpi_measure(&result, store, query, &d, 1, &error) == KPI_OK,
	    "%s: %s", error.text, kpi_definition_text(d));
	return result;
}

static kpi_query *
query_of(const question_rows *rows, const char *zone, int known)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_query *q = question_query(rows);

	ck_assert_msg(
	    kpi_query_time_zone(q, zone, &error) == KPI_OK, "%s", error.text);
	if (known)
		ck_assert_int_eq(
		    kpi_query_where_not(q, KPI_BY_CUSTOMER, NULL), KPI_OK);
	return q;
}

static void
set(kpi_definition *d, const char *name, const char *value)
{
	kpi_error error = KPI_ERROR_INIT;

	ck_assert_msg(kpi_definition_set(d, name, value, &error) == KPI_OK,
	    "%s", error.text);
}

/* What each metric's target might be. */
static const char *
goal_of(const kpi_entry *metric)
{
	return strcmp(metric->unit, "ms") == 0 ? "20s" : "0.5";
}

static void
check_question(const question *q, const question_rows *rows, kpi_store *store,
    const char *zone, int by_day)
{
	static naive_clusters of;
	kpi_entry metric = KPI_ENTRY_INIT;
	question_rows finer = *rows;
	kpi_definition *d = question_definition(q);
	kpi_query *query = query_of(rows, zone, !by_day), *fine_query;
	kpi_result *coarse, *fine;
	const char *kind;

	ck_assert_int_eq(
	    kpi_catalogue_number(KPI_TABLE_METRICS, q->metric, &metric),
	    KPI_OK);
	kind = metric.kind;
	if (question_value(q, "csat_score") != NULL &&
	    strcmp(question_value(q, "csat_score"), "net") == 0)
		kind = "balance";
	if (by_day)
		finer.bucket = KPI_BUCKET_DAY;
	else
		finer.by[finer.by_count++] = KPI_BY_CUSTOMER;
	fine_query = query_of(&finer, zone, !by_day);
	fine = measure(store, fine_query, d);
	set(d, "bounds_by", by_day ? "day" : "customer");
	set(d, "verdict_by", by_day ? "day" : "customer");
	set(d, "target_goal", goal_of(&metric));
	coarse = measure(store, query, d);
	for (uint64_t row = 0; row < kpi_result_rows(coarse); row++) {
		kpi_figure f = KPI_FIGURE_INIT;

		ck_assert_int_eq(kpi_result_figure(coarse, row, 0, &f), KPI_OK);
		if (f.state != KPI_STATE_OK) {
			ck_assert(isnan(f.lower) && isnan(f.verdict_lower));
			ck_assert_int_eq(f.verdict, KPI_VERDICT_NONE);
			continue;
		}
		if (f.unit == KPI_UNIT_RATIO && !by_day) {
			ck_assert(isnan(f.lower) && isnan(f.verdict_lower));
			continue;
		}
		if (f.unit == KPI_UNIT_RATIO)
			kind = "ratio";
		naive_gather(&of, coarse, row, fine);
		naive_check(
		    &of, kind, &f, f.lower, f.upper, question_said(q, rows));
		naive_check(&of, kind, &f, f.verdict_lower, f.verdict_upper,
		    question_said(q, rows));
	}
	kpi_result_free(coarse);
	kpi_result_free(fine);
	kpi_query_free(fine_query);
	kpi_query_free(query);
	kpi_definition_free(d);
}

/* Whether a day, or a customer, asked for alone is counted as in the whole. */
static int
can_be_asked(const question *q, const question_rows *rows, int by_day)
{
	static const char *const per[] = { "csat_per", "nps_per", "fcr_unit" };

	if (question_value(q, "cost_denominator") != NULL &&
	    strcmp(question_value(q, "cost_denominator"), "agents") == 0)
		return 0;
	if (by_day &&
	    (rows->bucket == KPI_BUCKET_HOUR ||
		rows->bucket == KPI_BUCKET_QUARTER_HOUR))
		return 0;
	if (!by_day)
		return !question_rows_name(rows, KPI_BY_CUSTOMER) &&
		    rows->by_count < 3;
	for (size_t i = 0; i < 3; i++)
		if (question_value(q, per[i]) != NULL &&
		    strcmp(question_value(q, per[i]), "customer") == 0)
			return 0;
	return 1;
}

static void
check_metric(int32_t metric, int by_day)
{
	static const char *const zones[] = { "UTC", "Europe/Berlin",
		"Pacific/Auckland" };
	const uint32_t wanted = (random_cases(3000) + METRICS - 1) / METRICS;

	for (uint32_t done = 0, seed = 1; done < wanted; seed++) {
		random_source s = { seed * UINT64_C(1000033) +
			(uint64_t)metric * 7919 };
		const random_shape shape = random_shape_any(&s);
		int64_t instants[8];
		random_interactions made;
		random_ledger ledger;
		kpi_store *store;

		random_interactions_make(
		    &made, s.state, 8 + random_below(&s, 300), &shape);
		for (int i = 0; i < 8; i++)
			instants[i] = made.all[i].started_at;
		store = random_interactions_store(&made);
		random_ledger_make(&ledger, &s, 0, random_below(&s, 12));
		random_ledger_add(store, &ledger);
		for (int i = 0; i < QUESTIONS && done < wanted; i++) {
			static question q;
			question_rows rows;

			question_rows_make(&rows, &s, instants, 8);
			question_make(
			    &q, &s, metric, random_one_in(&s, 3), instants, 8);
			if (!can_be_asked(&q, &rows, by_day))
				continue;
			check_question(&q, &rows, store,
			    zones[random_below(&s, 3)], by_day);
			done++;
		}
		kpi_store_close(store);
		random_ledger_free(&ledger);
		random_interactions_free(&made);
	}
}

START_TEST(bounds_by_day_are_the_formula_over_days)
{
	check_metric(_i + 1, 1);
}
END_TEST

START_TEST(bounds_by_day_of_costs_are_the_formula_over_days)
{
	check_metric(KPI_METRIC_COST_PER_CONTACT, 1);
}
END_TEST

START_TEST(bounds_by_customer_are_the_formula_over_customers)
{
	check_metric(
	    _i == METRICS ? KPI_METRIC_REPEAT_CUSTOMER_RATE : _i + 1, 0);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("clusters");
	TCase *tc = tcase_create("clusters");

	tcase_set_timeout(tc, 3600);
	tcase_add_loop_test(
	    tc, bounds_by_day_are_the_formula_over_days, CONTACTS, METRICS);
	tcase_add_test(tc, bounds_by_day_of_costs_are_the_formula_over_days);
	tcase_add_loop_test(tc,
	    bounds_by_customer_are_the_formula_over_customers, CONTACTS,
	    METRICS + 1);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
