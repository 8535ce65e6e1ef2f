/* SPDX-License-Identifier: MIT */
/*
 * Faults that software of this trade has: each a test that is named after it.
 * Those of time, people and repeats are in test_faults_people.c.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "asked.h"
#include "runner.h"

static kpi_store *store;

static void
setup(void)
{
	store = new_store();
}

static void
teardown(void)
{
	kpi_store_close(store);
}

static void
add_one(int64_t start, int64_t outcome, int64_t wait, const char *queue)
{
	add_calls(store,
	    (call){ start, outcome, wait, MINUTE, NULL, "amira", queue }, 1);
}

START_TEST(denominator_not_stated)
{
	kpi_figure f;
	kpi_result *result;

	add_one(MONDAY, KPI_OUTCOME_ANSWERED, SECOND, NULL);
	add_one(MONDAY, KPI_OUTCOME_ABANDONED, SECOND, NULL);
	f = ask(store, NULL, "service_level");
	ck_assert_int_eq(f.numerator, 1);
	ck_assert_int_eq(f.denominator, 2);
	/* The result says by which definition, in full where it differs. */
	result = ask_rows(
	    store, NULL, "service_level service_level_denominator=answered");
	ck_assert_str_eq(kpi_result_definition(result, 0),
	    "service_level service_level_denominator=answered_short,"
	    "answered_in,answered_out");
	ck_assert_int_eq(figure_at(result, 0).denominator, 1);
	kpi_result_free(result);
}
END_TEST

/* Every threshold is met by what is exactly as long. */
static const struct {
	const char *text;
	int64_t numerator, denominator;
} inclusive[] = {
	{ "service_level service_level_threshold=10s", 1, 2 },
	{ "service_level service_level_threshold=9999ms", 0, 2 },
	{ "abandonment_rate short_abandon_threshold=10s", 0, 1 },
	{ "abandonment_rate short_abandon_threshold=9999ms", 1, 2 },
	{ "service_level service_level_threshold=10s wait_min=10s", 1, 2 },
	{ "service_level wait_min=10001ms", 0, 0 },
	{ "contacts contacts_classes=answered_short "
	  "short_answer_threshold=1min",
	    1, 1 },
	{ "contacts contacts_classes=answered_short "
	  "short_answer_threshold=59999ms",
	    0, 0 },
};

START_TEST(less_here_and_less_or_equal_there)
{
	kpi_figure f;

	add_one(MONDAY, KPI_OUTCOME_ANSWERED, 10 * SECOND, NULL);
	add_one(MONDAY, KPI_OUTCOME_ABANDONED, 10 * SECOND, NULL);
	f = ask(store, NULL, inclusive[_i].text);
	ck_assert_msg(f.numerator == inclusive[_i].numerator &&
		f.denominator == inclusive[_i].denominator,
	    "%s: %d of %d", inclusive[_i].text, (int)f.numerator,
	    (int)f.denominator);
}
END_TEST

START_TEST(less_here_and_less_or_equal_there_by_queue)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_definition *d = definition_of("service_level");
	kpi_result *result;

	add_one(MONDAY, KPI_OUTCOME_ANSWERED, 10 * SECOND, "vip");
	add_one(MONDAY, KPI_OUTCOME_ANSWERED, 10 * SECOND + 1, "vip");
	add_one(MONDAY, KPI_OUTCOME_ANSWERED, 20 * SECOND, "sales");
	ck_assert_int_eq(kpi_definition_set_for(d, "service_level_threshold",
			     KPI_BY_QUEUE, "vip", "10s", &error),
	    KPI_OK);
	ck_assert_int_eq(kpi_measure(&result, store, NULL,
			     (const kpi_definition *const *)&d, 1, &error),
	    KPI_OK);
	ck_assert_int_eq(figure_at(result, 0).numerator, 2);
	ck_assert_int_eq(figure_at(result, 0).denominator, 3);
	kpi_result_free(result);
	kpi_definition_free(d);
}
END_TEST

START_TEST(closed_ranges_count_the_border_twice)
{
	kpi_query *query = new_query();
	int64_t sum = 0;

	add_one(MONDAY, KPI_OUTCOME_ANSWERED, SECOND, NULL);
	add_one(MONDAY + DAY, KPI_OUTCOME_ANSWERED, SECOND, NULL);
	add_one(MONDAY + 2 * DAY, KPI_OUTCOME_ANSWERED, SECOND, NULL);
	for (int day = 0; day < 2; day++) {
		ck_assert_int_eq(kpi_query_between(query, MONDAY + day * DAY,
				     MONDAY + (day + 1) * DAY),
		    KPI_OK);
		sum += ask(store, query, "contacts").numerator;
	}
	ck_assert_int_eq(sum, 2);
	kpi_query_free(query);
}
END_TEST

START_TEST(hourly_rows_do_not_add_up_to_the_total)
{
	kpi_query *query = new_query();
	kpi_figure all, sum = KPI_FIGURE_INIT;
	kpi_result *result;

	for (int i = 0; i < 200; i++)
		add_one(MONDAY + i * 7 * MINUTE,
		    i % 5 == 0 ? KPI_OUTCOME_ABANDONED : KPI_OUTCOME_ANSWERED,
		    i * 200, NULL);
	all = ask(store, NULL, "service_level");
	ck_assert_int_eq(kpi_query_by_time(query, KPI_BUCKET_HOUR), KPI_OK);
	result = ask_rows(store, query, "service_level");
	ck_assert_uint_gt(kpi_result_rows(result), 20);
	for (uint64_t row = 0; row < kpi_result_rows(result); row++) {
		sum.numerator += figure_at(result, row).numerator;
		sum.denominator += figure_at(result, row).denominator;
	}
	ck_assert_int_eq(sum.numerator, all.numerator);
	ck_assert_int_eq(sum.denominator, all.denominator);
	ck_assert_int_eq(all.denominator, 200);
	kpi_result_free(result);
	kpi_query_free(query);
}
END_TEST

START_TEST(empty_shown_as_0_or_100_percent)
{
	static const char *const metrics[] = { "service_level",
		"abandonment_rate", "answer_rate", "resolution_rate", "csat" };

	/* Something is there, but nothing of which these are made. */
	add_one(MONDAY, KPI_OUTCOME_SELF_SERVED, SECOND, NULL);
	for (size_t i = 0; i < sizeof(metrics) / sizeof(*metrics); i++) {
		const kpi_figure f = ask(store, NULL, metrics[i]);

		ck_assert_int_eq(f.state, KPI_STATE_NO_DATA);
		ck_assert(isnan(f.value));
	}
}
END_TEST

START_TEST(something_of_nothing_is_undefined_and_not_infinite)
{
	kpi_figure f;

	add_one(MONDAY, KPI_OUTCOME_ABANDONED, SECOND, NULL);
	f = ask_preset(store, "abandonment_rate", "vicidial", NULL);
	ck_assert_int_eq(f.state, KPI_STATE_UNDEFINED);
	ck_assert(isnan(f.value));
}
END_TEST

START_TEST(unanswered_counted_as_a_response_time_of_0)
{
	kpi_figure f;

	add_one(MONDAY, KPI_OUTCOME_ANSWERED, 30 * SECOND, NULL);
	add_one(MONDAY, KPI_OUTCOME_ABANDONED, KPI_UNKNOWN, NULL);
	add_one(MONDAY, KPI_OUTCOME_ANSWERED, KPI_UNKNOWN, NULL);
	f = ask(store, NULL, "average_speed_of_answer");
	ck_assert_near(f.value, 30 * (double)SECOND, 1e-12);
	ck_assert_int_eq(f.denominator, 1);
	ck_assert_int_eq(f.unknown, 1);
	ck_assert_int_eq(f.not_counted, 1);
}
END_TEST

START_TEST(blank_survey_answers_filled_with_the_middle_mark)
{
	static const int64_t marks[] = { 5, 4, 4, 3, 1, KPI_UNKNOWN };
	kpi_figure f;

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		kpi_interaction whole = interaction_of(MONDAY, NULL, 0);

		whole.csat = marks[i];
		add(store, &whole);
	}
	f = ask(store, NULL, "csat_mean");
	ck_assert_near(f.value, 3.40, 1e-12);
	ck_assert_int_eq(f.denominator, 5);
}
END_TEST

START_TEST(averages_of_averages)
{
	kpi_query *query = new_query();
	kpi_result *result;

	add_calls(store,
	    (call){ MONDAY, KPI_OUTCOME_ANSWERED, 93, 0, NULL, NULL, NULL }, 1);
	add_calls(store,
	    (call){
		MONDAY + DAY, KPI_OUTCOME_ANSWERED, 80, 0, NULL, NULL, NULL },
	    1);
	add_calls(store,
	    (call){
		MONDAY + DAY, KPI_OUTCOME_ANSWERED, 100, 0, NULL, NULL, NULL },
	    1);
	ck_assert_int_eq(kpi_query_by_time(query, KPI_BUCKET_MONTH), KPI_OK);
	result = ask_rows(store, query, "average_speed_of_answer");
	ck_assert_uint_eq(kpi_result_rows(result), 1);
	ck_assert_near(figure_at(result, 0).value, 91, 1e-12);
	kpi_result_free(result);
	kpi_query_free(query);
}
END_TEST

START_TEST(truncation_before_averaging)
{
	add_one(MONDAY, KPI_OUTCOME_ANSWERED, 1999, NULL);
	add_one(MONDAY, KPI_OUTCOME_ANSWERED, 1998, NULL);
	ck_assert_near(
	    ask(store, NULL, "average_speed_of_answer").value, 1998.5, 1e-12);
}
END_TEST

START_TEST(a_filter_on_the_numerator_only)
{
	kpi_query *query = new_query();
	kpi_figure f;

	add_one(MONDAY, KPI_OUTCOME_ANSWERED, SECOND, "sales");
	add_one(MONDAY, KPI_OUTCOME_ANSWERED, MINUTE, "sales");
	add_one(MONDAY, KPI_OUTCOME_ANSWERED, SECOND, "support");
	add_one(MONDAY, KPI_OUTCOME_ABANDONED, SECOND, NULL);
	ck_assert_int_eq(kpi_query_where(query, KPI_BY_QUEUE, "sales"), KPI_OK);
	f = ask(store, query, "service_level");
	ck_assert_int_eq(f.numerator, 1);
	ck_assert_int_eq(f.denominator, 2);
	kpi_query_free(query);
	query = new_query();
	ck_assert_int_eq(
	    kpi_query_where_not(query, KPI_BY_QUEUE, "sales"), KPI_OK);
	f = ask(store, query, "service_level");
	ck_assert_int_eq(f.numerator, 1);
	ck_assert_int_eq(f.denominator, 2);
	kpi_query_free(query);
}
END_TEST

/* One case that took nine contacts, and one that took one. */
START_TEST(a_share_over_events_instead_of_cases)
{
	kpi_figure f;

	for (int i = 0; i < 10; i++) {
		kpi_interaction whole = interaction_of(MONDAY + i, NULL, 0);

		whole.case_id = i < 9 ? "long" : "short";
		whole.resolved = i != 9;
		add(store, &whole);
	}
	f = ask(store, NULL, "resolution_rate");
	ck_assert_near(f.value, 0.9, 1e-12);
	f = ask(store, NULL, "resolution_rate unit=case");
	ck_assert_int_eq(f.denominator, 2);
	ck_assert_near(f.value, 0.5, 1e-12);
}
END_TEST

START_TEST(re_entry_of_one_call_counted_twice)
{
	kpi_visit visits[3];
	kpi_interaction whole = interaction_of(MONDAY, visits, 3);

	for (int i = 0; i < 3; i++) {
		visits[i] = visit_of(
		    i == 2 ? KPI_OUTCOME_ANSWERED : KPI_OUTCOME_TIMED_OUT,
		    MINUTE, i == 2 ? MINUTE : KPI_UNKNOWN);
		visits[i].queue = "support";
	}
	whole.customer = "c-42";
	add(store, &whole);
	ck_assert_int_eq(ask(store, NULL, "contacts").numerator, 1);
	ck_assert_int_eq(ask(store, NULL, "customers").numerator, 1);
	ck_assert_int_eq(ask(store, NULL, "visits").numerator, 3);
	ck_assert_int_eq(
	    ask(store, NULL, "repeat_rate repeat_edge=include").numerator, 0);
	ck_assert_int_eq(
	    ask(store, NULL, "average_handle_time").denominator, 1);
}
END_TEST

/* 38.7 s of which the telephone rang 4.2 s. */
START_TEST(ring_added_to_a_wait_that_contains_it)
{
	kpi_visit visit = visit_of(KPI_OUTCOME_ANSWERED, 38700, MINUTE);
	kpi_interaction whole = interaction_of(MONDAY, &visit, 1);

	visit.ring_ms = 4200;
	add(store, &whole);
	ck_assert_near(
	    ask(store, NULL, "average_speed_of_answer").value, 38700, 1e-12);
	ck_assert_int_eq(
	    ask(store, NULL, "service_level service_level_threshold=38700ms")
		.numerator,
	    1);
}
END_TEST

#define LENGTH(table) (int)(sizeof(table) / sizeof(*(table)))

static Suite *
suite(void)
{
	Suite *s = suite_create("faults");
	TCase *tc = tcase_create("faults");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, denominator_not_stated);
	tcase_add_loop_test(
	    tc, less_here_and_less_or_equal_there, 0, LENGTH(inclusive));
	tcase_add_test(tc, less_here_and_less_or_equal_there_by_queue);
	tcase_add_test(tc, closed_ranges_count_the_border_twice);
	tcase_add_test(tc, hourly_rows_do_not_add_up_to_the_total);
	tcase_add_test(tc, empty_shown_as_0_or_100_percent);
	tcase_add_test(tc, something_of_nothing_is_undefined_and_not_infinite);
	tcase_add_test(tc, unanswered_counted_as_a_response_time_of_0);
	tcase_add_test(tc, blank_survey_answers_filled_with_the_middle_mark);
	tcase_add_test(tc, averages_of_averages);
	tcase_add_test(tc, truncation_before_averaging);
	tcase_add_test(tc, a_filter_on_the_numerator_only);
	tcase_add_test(tc, a_share_over_events_instead_of_cases);
	tcase_add_test(tc, re_entry_of_one_call_counted_twice);
	tcase_add_test(tc, ring_added_to_a_wait_that_contains_it);
	suite_add_tcase(s, tc);
	return s;
}
