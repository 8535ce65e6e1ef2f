/* SPDX-License-Identifier: MIT */
/* The parts of a handle time, each a metric of its own. */
#include <check.h>

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

static kpi_visit
leg(int64_t talk, int64_t hold, int64_t after_call, const char *agent)
{
	kpi_visit v = visit_of(KPI_OUTCOME_ANSWERED, 0, talk);

	v.hold_ms = hold;
	v.after_call_ms = after_call;
	v.agent = agent;
	return v;
}

static void
add_leg(kpi_visit v)
{
	const kpi_interaction whole = interaction_of(MONDAY, &v, 1);

	add(store, &whole);
}

START_TEST(the_parts_add_up_to_the_handle_time)
{
	static const char *const parts[] = { "average_talk_time",
		"average_hold_time", "average_after_call_time" };
	static const int64_t sums[] = { 160 * SECOND, 25 * SECOND,
		70 * SECOND };
	double sum = 0;

	add_leg(leg(60 * SECOND, 25 * SECOND, 40 * SECOND, "amira"));
	add_leg(leg(100 * SECOND, KPI_UNKNOWN, 30 * SECOND, "amira"));
	for (int i = 0; i < 3; i++) {
		const kpi_figure f = ask(store, NULL, parts[i]);

		ck_assert_int_eq(f.numerator, sums[i]);
		ck_assert_int_eq(f.denominator, 2);
		ck_assert_int_eq(f.unit, KPI_UNIT_MS);
		sum += f.value;
	}
	ck_assert_near(
	    sum, ask(store, NULL, "average_handle_time").value, 1e-12);
}
END_TEST

START_TEST(a_part_is_the_handle_time_of_that_part_alone)
{
	kpi_figure part, whole;

	add_leg(leg(60 * SECOND, 25 * SECOND, 40 * SECOND, "amira"));
	add_leg(leg(KPI_UNKNOWN, KPI_UNKNOWN, KPI_UNKNOWN, "ben"));
	part = ask(store, NULL, "average_hold_time");
	whole = ask(store, NULL, "average_handle_time handle_parts=hold");
	ck_assert_int_eq(part.numerator, whole.numerator);
	ck_assert_int_eq(part.denominator, whole.denominator);
	ck_assert_int_eq(part.in_progress, whole.in_progress);
}
END_TEST

START_TEST(with_part_counts_who_had_it)
{
	kpi_figure f;

	add_leg(leg(60 * SECOND, 30 * SECOND, 0, "amira"));
	add_leg(leg(60 * SECOND, 0, 0, "amira"));
	add_leg(leg(60 * SECOND, KPI_UNKNOWN, 0, "amira"));
	f = ask(store, NULL, "average_hold_time");
	ck_assert_int_eq(f.denominator, 3);
	ck_assert_near(f.value, 10 * SECOND, 0);
	f = ask(store, NULL, "average_hold_time part_denominator=with_part");
	ck_assert_int_eq(f.denominator, 1);
	ck_assert_int_eq(f.not_counted, 2);
	ck_assert_near(f.value, 30 * SECOND, 0);
}
END_TEST

/* Ended, and how long was talked is not known: no part of it is counted, for
 * a mean over others would be of other units than the talk's. */
START_TEST(without_a_talk_no_part_is_counted)
{
	kpi_visit ended = leg(KPI_UNKNOWN, 5 * SECOND, 9 * SECOND, "amira");
	kpi_figure f;

	ended.ended_at = MONDAY + MINUTE;
	add_leg(ended);
	add_leg(leg(KPI_UNKNOWN, 5 * SECOND, KPI_UNKNOWN, "ben"));
	add_leg(leg(60 * SECOND, 7 * SECOND, 0, "amira"));
	f = ask(store, NULL, "average_hold_time");
	ck_assert_int_eq(f.numerator, 7 * SECOND);
	ck_assert_int_eq(f.denominator, 1);
	ck_assert_int_eq(f.unknown, 1);
	ck_assert_int_eq(f.in_progress, 1);
	f = ask(store, NULL, "average_after_call_time");
	ck_assert_int_eq(f.denominator, 1);
	ck_assert_int_eq(f.unknown, 1);
}
END_TEST

START_TEST(by_agent_a_part_is_the_legs_own)
{
	kpi_visit legs[2] = { leg(60 * SECOND, 5 * SECOND, 0, "amira"),
		leg(200 * SECOND, 45 * SECOND, 0, "ben") };
	const kpi_interaction whole = interaction_of(MONDAY, legs, 2);
	kpi_query *query = new_query();
	kpi_result *result;

	add(store, &whole);
	ck_assert_int_eq(
	    ask(store, NULL, "average_hold_time").numerator, 50 * SECOND);
	ck_assert_int_eq(ask(store, NULL, "average_hold_time").denominator, 1);
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_AGENT), KPI_OK);
	result = ask_rows(store, query, "average_hold_time");
	ck_assert_uint_eq(kpi_result_rows(result), 2);
	ck_assert_int_eq(figure_at(result, 0).numerator, 5 * SECOND);
	ck_assert_int_eq(figure_at(result, 1).numerator, 45 * SECOND);
	kpi_result_free(result);
	kpi_query_free(query);
}
END_TEST

START_TEST(a_part_of_nothing_is_no_data)
{
	ck_assert_int_eq(ask(store, NULL, "average_talk_time").state,
	    KPI_STATE_NO_DATA);
	add_calls(store,
	    (call){ MONDAY, KPI_OUTCOME_ABANDONED, 5, KPI_UNKNOWN, NULL, NULL,
		NULL },
	    1);
	ck_assert_int_eq(ask(store, NULL, "average_talk_time").state,
	    KPI_STATE_NO_DATA);
	ck_assert_int_eq(ask(store, NULL, "average_talk_time").not_counted, 1);
}
END_TEST

/* Three legs of all parts a century, shared by two agents. */
START_TEST(a_sum_that_does_not_fit_is_refused)
{
	const int64_t century = 36525 * DAY;
	kpi_definition *d = definition_of(
	    "average_handle_time credit=equal unit=interaction");
	kpi_query *query = new_query();
	kpi_visit visits[3];
	kpi_interaction whole = interaction_of(MONDAY, visits, 3);
	kpi_error error = KPI_ERROR_INIT;
	kpi_result *result;
	kpi_status status;

	for (int i = 0; i < 3; i++)
		visits[i] = leg(
		    century, century, century, i == 0 ? "amira" : "ben");
	add(store, &whole);
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_AGENT), KPI_OK);
	status = kpi_measure(&result, store, query,
	    (const kpi_definition *const[]){ d }, 1, &error);
	ck_assert_int_eq(status, KPI_EOVERFLOW);
	ck_assert_str_eq(
	    error.text, "the sums of an interaction are too large");
	ck_assert_ptr_null(result);
	kpi_definition_free(d);
	kpi_query_free(query);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("handle parts");
	TCase *tc = tcase_create("handle parts");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, the_parts_add_up_to_the_handle_time);
	tcase_add_test(tc, a_part_is_the_handle_time_of_that_part_alone);
	tcase_add_test(tc, with_part_counts_who_had_it);
	tcase_add_test(tc, without_a_talk_no_part_is_counted);
	tcase_add_test(tc, by_agent_a_part_is_the_legs_own);
	tcase_add_test(tc, a_part_of_nothing_is_no_data);
	tcase_add_test(tc, a_sum_that_does_not_fit_is_refused);
	suite_add_tcase(s, tc);
	return s;
}
