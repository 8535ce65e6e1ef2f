/* SPDX-License-Identifier: MIT */
/*
 * Rows of groups and buckets add up to the total, as each metric says; and
 * what by nature does not is told apart.
 */
#include <stdio.h>
#include <string.h>

#include "asked.h"
#include "question.h"
#include "runner.h"


/* The longest of all is that of one of the rows. */
static void
add_up(const question *q, kpi_figure *sum, const kpi_figure *f)
{
	if (q->metric != KPI_METRIC_LONGEST_WAIT)
		sum->numerator += f->numerator;
	else if (f->numerator > sum->numerator)
		sum->numerator = f->numerator;
	sum->denominator += f->denominator;
	sum->unknown += f->unknown;
	sum->in_progress += f->in_progress;
	sum->truncated += f->truncated;
	sum->immature += f->immature;
	sum->not_counted += f->not_counted;
}

/* Settles what would make the total another figure than its rows'. */
static void
make_additive(question *q)
{
	static const struct {
		const char *parameter, *value;
	} settled[] = { { "csat_per", "answer" }, { "nps_per", "answer" } };
	const char *unit = question_value(q, "unit");

	for (size_t i = 0; i < sizeof(settled) / sizeof(*settled); i++)
		if (question_value(q, settled[i].parameter) != NULL)
			question_set(q, settled[i].parameter, settled[i].value);
	if (unit != NULL && strcmp(unit, "automatic") == 0)
		question_set(q, "unit", "leg");
}

static void
check_sum(const question *q, const question_rows *rows, kpi_store *store)
{
	kpi_definition *own = question_definition(q);
	const kpi_definition *d = own;
	kpi_error error = KPI_ERROR_INIT;
	kpi_figure sum = KPI_FIGURE_INIT, total = KPI_FIGURE_INIT;
	question_rows whole = *rows;
	kpi_query *queries[2];
	kpi_result *results[2];
	int64_t parts = 1;

	whole.by_count = 0;
	whole.bucket = KPI_BUCKET_NONE;
	queries[0] = question_query(rows);
	queries[1] = question_query(&whole);
	for (int i = 0; i < 2; i++)
		ck_assert_msg(kpi_measure(&results[i], store, queries[i], &d, 1,
				  &error) == KPI_OK,
		    "%s", error.text);
	for (uint64_t row = 0; row < kpi_result_rows(results[0]); row++) {
		const kpi_figure f = figure_at(results[0], row);

		parts = f.parts;
		add_up(q, &sum, &f);
	}
	total = figure_at(results[1], 0);
	/* The total is not split if no agent is named in it. */
	parts /= total.parts;
	ck_assert_msg(sum.numerator == total.numerator * parts &&
		sum.denominator == total.denominator * parts &&
		sum.unknown == total.unknown * parts &&
		sum.in_progress == total.in_progress * parts &&
		sum.truncated == total.truncated * parts &&
		sum.immature == total.immature * parts &&
		sum.not_counted == total.not_counted * parts,
	    "rows of %lld/%lld, a total of %lld/%lld: %s",
	    (long long)sum.numerator, (long long)sum.denominator,
	    (long long)total.numerator, (long long)total.denominator,
	    question_said(q, rows));
	for (int i = 0; i < 2; i++) {
		kpi_result_free(results[i]);
		kpi_query_free(queries[i]);
	}
	kpi_definition_free(own);
}

/* A group by direction means every direction, a total its own; a customer or
 * agent of two groups is one; and a mix is of its groups. */
static int
is_additive(const question *q, const question_rows *rows)
{
	const char *unit = question_value(q, "fcr_unit");
	const char *cost = question_value(q, "cost_denominator");

	for (uint32_t i = 0; i < rows->by_count; i++)
		if (rows->by[i] == KPI_BY_DIRECTION)
			return 0;
	return question_among(q->metric) == 0 &&
	    q->metric != KPI_METRIC_CUSTOMERS &&
	    q->metric != KPI_METRIC_REPEAT_CUSTOMER_RATE &&
	    (unit == NULL || strcmp(unit, "customer") != 0) &&
	    (cost == NULL || strcmp(cost, "agents") != 0);
}

START_TEST(rows_add_up_to_the_total)
{
	const uint32_t wanted = random_cases(10000) / 5 + QUESTION_METRICS;
	static question q;
	uint32_t checked = 0;

	for (uint32_t round = 0; checked < wanted; round++) {
		random_source s = { round * UINT64_C(16807) + 11 };
		const random_shape shape = random_shape_any(&s);
		int64_t instants[8];
		random_interactions made;
		question_rows rows;
		kpi_store *store;

		random_interactions_make(
		    &made, s.state, 8 + random_below(&s, 100), &shape);
		for (int i = 0; i < 8; i++)
			instants[i] = made.all[i].started_at;
		store = random_interactions_store(&made);
		for (uint32_t i = 0; i < 4 * QUESTION_METRICS; i++) {
			question_rows_make(&rows, &s, instants, 8);
			if (rows.by_count == 0 &&
			    rows.bucket == KPI_BUCKET_NONE)
				rows.bucket = KPI_BUCKET_DAY;
			question_make(&q, &s,
			    question_metric(i % QUESTION_METRICS),
			    random_one_in(&s, 3), instants, 8);
			make_additive(&q);
			if (!is_additive(&q, &rows))
				continue;
			check_sum(&q, &rows, store);
			checked++;
		}
		kpi_store_close(store);
		random_interactions_free(&made);
	}
}
END_TEST

static int64_t
sum_of(const kpi_result *result)
{
	int64_t sum = 0;

	for (uint64_t row = 0; row < kpi_result_rows(result); row++)
		sum += figure_at(result, row).numerator;
	return sum;
}

START_TEST(a_customer_of_two_queues_is_one_customer)
{
	kpi_store *store = new_store();
	kpi_query *query = new_query();
	kpi_result *result;

	for (int i = 0; i < 4; i++)
		add_calls(store,
		    (call){ MONDAY + i, KPI_OUTCOME_ANSWERED, 0, 0,
			i == 3 ? "other" : "c-42", NULL,
			i % 2 == 0 ? "sales" : "support" },
		    1);
	ck_assert_int_eq(ask(store, NULL, "customers").numerator, 2);
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_QUEUE), KPI_OK);
	result = ask_rows(store, query, "customers");
	ck_assert_int_eq(sum_of(result), 3);
	kpi_result_free(result);
	kpi_query_free(query);
	kpi_store_close(store);
}
END_TEST

START_TEST(a_group_by_direction_has_directions_that_the_total_has_not)
{
	kpi_store *store = new_store();
	kpi_query *query = new_query();
	kpi_result *result;

	for (int64_t direction = 1; direction <= 3; direction++) {
		kpi_interaction whole = interaction_of(MONDAY, NULL, 0);

		whole.direction = direction;
		add(store, &whole);
	}
	ck_assert_int_eq(ask(store, NULL, "contacts").numerator, 1);
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_DIRECTION), KPI_OK);
	result = ask_rows(store, query, "contacts");
	ck_assert_uint_eq(kpi_result_rows(result), 3);
	ck_assert_str_eq(kpi_result_group(result, 0, 0), "inbound");
	ck_assert_str_eq(kpi_result_group(result, 1, 0), "internal");
	ck_assert_str_eq(kpi_result_group(result, 2, 0), "outbound");
	ck_assert_int_eq(sum_of(result), 3);
	kpi_result_free(result);
	kpi_query_free(query);
	kpi_store_close(store);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("groups");
	TCase *tc = tcase_create("groups");

	tcase_set_timeout(tc, 3600);
	tcase_add_test(tc, rows_add_up_to_the_total);
	tcase_add_test(tc, a_customer_of_two_queues_is_one_customer);
	tcase_add_test(
	    tc, a_group_by_direction_has_directions_that_the_total_has_not);
	suite_add_tcase(s, tc);
	return s;
}
