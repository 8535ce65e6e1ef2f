/* SPDX-License-Identifier: MIT */
/* average_wait and longest_wait: who waited, and how long. */
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

static void
add_wait(int64_t outcome, int64_t wait)
{
	add_calls(store,
	    (call){ MONDAY, outcome, wait,
		outcome == KPI_OUTCOME_ANSWERED ? MINUTE : KPI_UNKNOWN, NULL,
		NULL, "support" },
	    1);
}

START_TEST(who_was_answered_and_who_left_waited)
{
	kpi_figure f;

	add_wait(KPI_OUTCOME_ANSWERED, 10 * SECOND);
	add_wait(KPI_OUTCOME_ABANDONED, 40 * SECOND);
	add_wait(KPI_OUTCOME_TIMED_OUT, 90 * SECOND);
	add_wait(KPI_OUTCOME_TURNED_AWAY, 0);
	f = ask(store, NULL, "average_wait");
	ck_assert_int_eq(f.numerator, 50 * SECOND);
	ck_assert_int_eq(f.denominator, 2);
	ck_assert_int_eq(f.not_counted, 2);
	ck_assert_near(f.value, 25 * SECOND, 0);
	f = ask(store, NULL, "average_wait average_wait_outcomes=queued");
	ck_assert_int_eq(f.numerator, 140 * SECOND);
	ck_assert_int_eq(f.denominator, 3);
	f = ask(store, NULL, "average_speed_of_answer");
	ck_assert_near(f.value, 10 * SECOND, 0);
}
END_TEST

START_TEST(a_short_abandon_has_not_waited)
{
	kpi_figure f;

	add_wait(KPI_OUTCOME_ANSWERED, 10 * SECOND);
	add_wait(KPI_OUTCOME_ABANDONED, 5 * SECOND);
	f = ask(store, NULL, "average_wait");
	ck_assert_int_eq(f.denominator, 2);
	f = ask(store, NULL, "average_wait short_abandon_threshold=5s");
	ck_assert_int_eq(f.denominator, 1);
	ck_assert_int_eq(f.not_counted, 1);
	f = ask(store, NULL,
	    "longest_wait longest_wait_outcomes=abandoned_long "
	    "short_abandon_threshold=5s");
	ck_assert_int_eq(f.state, KPI_STATE_NO_DATA);
}
END_TEST

START_TEST(a_wait_that_is_not_known_is_neither_0_nor_counted)
{
	kpi_figure f;

	add_wait(KPI_OUTCOME_ANSWERED, KPI_UNKNOWN);
	add_wait(KPI_OUTCOME_ABANDONED, KPI_UNKNOWN);
	add_wait(KPI_OUTCOME_VOICEMAIL, KPI_UNKNOWN);
	add_wait(KPI_OUTCOME_ANSWERED, 30 * SECOND);
	f = ask(store, NULL, "average_wait");
	ck_assert_int_eq(f.denominator, 1);
	ck_assert_int_eq(f.unknown, 2);
	ck_assert_int_eq(f.not_counted, 1);
	ck_assert_near(f.value, 30 * SECOND, 0);
	f = ask(store, NULL, "longest_wait");
	ck_assert_int_eq(f.denominator, 1);
	ck_assert_int_eq(f.unknown, 3);
	ck_assert_near(f.value, 30 * SECOND, 0);
}
END_TEST

START_TEST(what_never_queued_has_a_wait_only_where_one_is_given)
{
	kpi_figure f;

	add_wait(KPI_OUTCOME_TURNED_AWAY, KPI_UNKNOWN);
	add_wait(KPI_OUTCOME_TURNED_AWAY, 3 * SECOND);
	f = ask(store, NULL, "average_wait average_wait_outcomes=turned_away");
	ck_assert_int_eq(f.numerator, 3 * SECOND);
	ck_assert_int_eq(f.denominator, 1);
	ck_assert_int_eq(f.unknown, 1);
}
END_TEST

START_TEST(who_waits_yet_has_waited_until_as_of)
{
	kpi_figure f;

	add_wait(KPI_OUTCOME_ANSWERED, 30 * SECOND);
	add_wait(KPI_OUTCOME_WAITING, KPI_UNKNOWN);
	f = ask(store, NULL, "longest_wait as_of=2026-03-02T00:05:00Z");
	ck_assert_near(f.value, 5 * MINUTE, 0);
	ck_assert_int_eq(f.denominator, 2);
	f = ask(store, NULL,
	    "longest_wait as_of=2026-03-02T00:05:00Z "
	    "longest_wait_outcomes=answered,abandoned");
	ck_assert_near(f.value, 30 * SECOND, 0);
	ck_assert_int_eq(f.not_counted, 1);
	f = ask(store, NULL,
	    "average_wait average_wait_outcomes=answered,waiting "
	    "as_of=2026-03-02T00:05:00Z");
	ck_assert_near(f.value, 165 * SECOND, 0);
}
END_TEST

START_TEST(the_longest_wait_of_nothing_is_no_data)
{
	kpi_figure f = ask(store, NULL, "longest_wait");

	ck_assert_int_eq(f.state, KPI_STATE_NO_DATA);
	add_wait(KPI_OUTCOME_ANSWERED, 0);
	f = ask(store, NULL, "longest_wait");
	ck_assert_int_eq(f.state, KPI_STATE_OK);
	ck_assert_near(f.value, 0, 0);
}
END_TEST

START_TEST(waits_of_an_interaction_add_up_to_its_answer)
{
	kpi_visit visits[2] = {
		visit_of(KPI_OUTCOME_TIMED_OUT, MINUTE, KPI_UNKNOWN),
		visit_of(KPI_OUTCOME_ANSWERED, 15 * SECOND, MINUTE)
	};
	kpi_interaction whole = interaction_of(MONDAY, visits, 2);

	visits[0].queue = "a";
	visits[1].queue = "b";
	add(store, &whole);
	ck_assert_near(ask(store, NULL, "longest_wait").value, MINUTE, 0);
	ck_assert_near(
	    ask(store, NULL, "longest_wait unit=interaction").value,
	    75 * SECOND, 0);
	ck_assert_near(
	    ask(store, NULL, "average_wait unit=interaction").value,
	    75 * SECOND, 0);
}
END_TEST

START_TEST(a_little_wait_does_not_count_where_a_least_one_is_set)
{
	kpi_figure f;

	add_wait(KPI_OUTCOME_ANSWERED, 0);
	add_wait(KPI_OUTCOME_ANSWERED, 10 * SECOND);
	f = ask(store, NULL, "average_wait wait_min=1ms");
	ck_assert_int_eq(f.denominator, 1);
	ck_assert_int_eq(f.not_counted, 1);
	ck_assert_near(f.value, 10 * SECOND, 0);
}
END_TEST

/* Waits of more than 49 days do not fit four bytes. */
START_TEST(a_wait_of_months_is_not_cut)
{
	add_wait(KPI_OUTCOME_ANSWERED, 10 * SECOND);
	add_wait(KPI_OUTCOME_ANSWERED, 60 * DAY);
	ck_assert_near(ask(store, NULL, "longest_wait").value, 60 * DAY, 0);
}
END_TEST

/* One wait counts whole for each of whom it is split between. */
START_TEST(the_longest_wait_is_not_split_by_credit)
{
	kpi_visit legs[2] = {
		visit_of(KPI_OUTCOME_ANSWERED, 40 * SECOND, MINUTE),
		visit_of(KPI_OUTCOME_ANSWERED, 7 * SECOND, MINUTE)
	};
	kpi_interaction whole = interaction_of(MONDAY, legs, 2);
	kpi_query *query = new_query();
	kpi_result *result;

	legs[0].agent = "amira";
	legs[1].agent = "ben";
	legs[0].queue = legs[1].queue = "support";
	add(store, &whole);
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_AGENT), KPI_OK);
	result = ask_rows(
	    store, query, "longest_wait unit=interaction credit=equal");
	ck_assert_uint_eq(kpi_result_rows(result), 2);
	for (uint64_t row = 0; row < 2; row++) {
		const kpi_figure f = figure_at(result, row);

		ck_assert_near(f.value, 40 * SECOND, 0);
		ck_assert_int_eq(2 * f.denominator, f.parts);
		ck_assert_int_eq(f.numerator, 40 * SECOND * f.parts);
	}
	kpi_result_free(result);
	result = ask_rows(store, query, "longest_wait");
	ck_assert_near(figure_at(result, 0).value, 40 * SECOND, 0);
	ck_assert_near(figure_at(result, 1).value, 7 * SECOND, 0);
	kpi_result_free(result);
	kpi_query_free(query);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("waits");
	TCase *tc = tcase_create("waits");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, who_was_answered_and_who_left_waited);
	tcase_add_test(tc, a_short_abandon_has_not_waited);
	tcase_add_test(tc, a_wait_that_is_not_known_is_neither_0_nor_counted);
	tcase_add_test(
	    tc, what_never_queued_has_a_wait_only_where_one_is_given);
	tcase_add_test(tc, who_waits_yet_has_waited_until_as_of);
	tcase_add_test(tc, the_longest_wait_of_nothing_is_no_data);
	tcase_add_test(tc, waits_of_an_interaction_add_up_to_its_answer);
	tcase_add_test(
	    tc, a_little_wait_does_not_count_where_a_least_one_is_set);
	tcase_add_test(tc, a_wait_of_months_is_not_cut);
	tcase_add_test(tc, the_longest_wait_is_not_split_by_credit);
	suite_add_tcase(s, tc);
	return s;
}
