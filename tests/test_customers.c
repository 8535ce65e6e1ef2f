/* SPDX-License-Identifier: MIT */
/* Where the units are customers: first contact resolution of them, and those
 * who came again. */
#include "asked.h"
#include "runner.h"

#define FCR       "first_contact_resolution"
#define KNOWN     " known_from=2025-01-01T00:00:00Z as_of=2027-01-01T00:00:00Z"
#define CUSTOMERS FCR " fcr_unit=customer" KNOWN
#define AGAIN     "repeat_customer_rate" KNOWN

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
answered_by(const char *agent, int64_t transfer)
{
	kpi_visit v = visit_of(KPI_OUTCOME_ANSWERED, SECOND, MINUTE);

	v.agent = agent;
	v.transfer = transfer;
	return v;
}

static void
check(const char *text, int64_t numerator, int64_t denominator,
    int64_t unknown, int64_t not_counted)
{
	const kpi_figure f = ask(store, NULL, text);

	ck_assert_msg(f.numerator == numerator &&
		f.denominator == denominator && f.unknown == unknown &&
		f.not_counted == not_counted && f.truncated == 0 &&
		f.immature == 0,
	    "%s: %d/%d, unknown %d, not counted %d, truncated %d, immature %d",
	    text, (int)f.numerator, (int)f.denominator, (int)f.unknown,
	    (int)f.not_counted, (int)f.truncated, (int)f.immature);
}

static void
add_of(const char *customer, double day, const char *agent, const char *queue)
{
	add_calls(store,
	    (call){ MONDAY + (int64_t)(day * (double)DAY),
		KPI_OUTCOME_ANSWERED, SECOND, MINUTE, customer, agent, queue },
	    1);
}

START_TEST(a_customer_with_one_failed_issue_has_failed)
{
	add_of("c-1", 0, "amira", "sales");
	add_of("c-1", 20, "amira", "sales");
	add_of("c-1", 21, "amira", "sales");
	add_of("c-2", 0, "amira", "sales");
	add_of("c-2", 30, "ben", "sales");
	add_of(NULL, 3, "ben", "sales");
	check(FCR KNOWN, 3, 4, 1, 0);
	check(CUSTOMERS, 1, 2, 1, 0);
	check(CUSTOMERS " repeat_unknown_customer=own_issue", 2, 3, 0, 0);
}
END_TEST

START_TEST(a_customer_of_two_groups_is_one_in_each_and_is_not_split)
{
	kpi_visit v[2] = { answered_by("amira", 0), answered_by("ben", 0) };
	kpi_interaction i = interaction_of(MONDAY, v, 2);
	kpi_query *query = new_query();
	kpi_result *result;
	kpi_figure f;

	i.customer = "c-1";
	add(store, &i);
	i.started_at += 2 * DAY;
	add(store, &i);
	i.started_at += 30 * DAY;
	i.visit_count = 1;
	add(store, &i);
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_AGENT), KPI_OK);
	result = ask_rows(store, query, CUSTOMERS " credit=equal");
	ck_assert_uint_eq(kpi_result_rows(result), 2);
	for (uint64_t row = 0; row < 2; row++) {
		f = figure_at(result, row);
		ck_assert_int_eq(f.parts, 1);
		ck_assert_int_eq(f.numerator, 0);
		ck_assert_int_eq(f.denominator, 1);
	}
	kpi_result_free(result);
	kpi_query_free(query);
}
END_TEST

/* Of each group the contacts in it tell. */
START_TEST(a_customer_fails_where_the_failed_issue_is)
{
	kpi_query *query = new_query();
	kpi_result *result;

	add_of("c-1", 0, "amira", "sales");
	add_of("c-1", 1, "amira", "support");
	add_of("c-1", 20, "ben", "support");
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_QUEUE), KPI_OK);
	result = ask_rows(store, query, CUSTOMERS);
	ck_assert_str_eq(kpi_result_group(result, 0, 0), "sales");
	ck_assert_int_eq(figure_at(result, 0).numerator, 0);
	ck_assert_int_eq(figure_at(result, 1).numerator, 1);
	ck_assert_int_eq(ask(store, NULL, CUSTOMERS).numerator, 0);
	kpi_result_free(result);
	kpi_query_free(query);
}
END_TEST

START_TEST(the_first_reason_to_leave_a_customer_out_is_told)
{
	kpi_figure f;

	add_of("c-1", 0, "amira", "sales");
	add_calls(store,
	    (call){ MONDAY + 40 * DAY, KPI_UNKNOWN, 0, 0, "c-1", NULL, NULL },
	    1);
	add_of("c-2", 0, "amira", "sales");
	add_of("c-2", 40, "amira", "sales");
	f = ask(store, NULL, FCR " fcr_unit=customer");
	ck_assert_int_eq(f.denominator, 0);
	ck_assert_int_eq(f.unknown, 1);
	ck_assert_int_eq(f.truncated, 1);
	ck_assert_int_eq(f.immature, 0);
	ck_assert_int_eq(f.state, KPI_STATE_NO_DATA);
}
END_TEST

START_TEST(who_came_again_once_is_a_repeat_customer)
{
	add_of("c-1", 0, "amira", "sales");
	add_of("c-1", 2, "amira", "sales");
	add_of("c-1", 4, "amira", "sales");
	add_of("c-2", 0, "amira", "sales");
	add_of("c-2", 8, "amira", "sales");
	add_of("c-3", 7, "amira", "sales");
	add_of(NULL, 7, "amira", "sales");
	add_calls(store,
	    (call){ MONDAY, KPI_OUTCOME_SELF_SERVED, KPI_UNKNOWN, KPI_UNKNOWN,
		"c-4", NULL, NULL },
	    2);
	check(AGAIN, 1, 3, 1, 1);
	check(AGAIN " repeat_window=8d", 2, 3, 1, 1);
	check(AGAIN " repeat_unknown_customer=own_issue", 1, 4, 0, 1);
}
END_TEST

/* In a group as in a range: who came again there. */
START_TEST(a_repeat_customer_is_one_where_the_repeat_is)
{
	kpi_query *query = new_query();
	kpi_result *result;

	add_of("c-1", 0, "amira", "sales");
	add_of("c-1", 1, "ben", "support");
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_QUEUE), KPI_OK);
	result = ask_rows(store, query, AGAIN);
	ck_assert_int_eq(figure_at(result, 0).numerator, 0);
	ck_assert_int_eq(figure_at(result, 1).numerator, 1);
	ck_assert_int_eq(figure_at(result, 1).denominator, 1);
	kpi_result_free(result);
	result = ask_rows(store, query, AGAIN " repeat_credit=earlier");
	ck_assert_int_eq(figure_at(result, 0).numerator, 1);
	ck_assert_int_eq(figure_at(result, 1).numerator, 0);
	kpi_result_free(result);
	kpi_query_free(query);
}
END_TEST

/* Six of seven; by day the first is with the last, on its later day. */
START_TEST(a_customer_is_one_draw_and_by_day_of_the_latest_that_tells)
{
	kpi_figure f;

	add_of("c-1", 30, "amira", "sales");
	add_of("c-1", 0, "amira", "sales");
	add_of("c-2", 1, "amira", "sales");
	add_of("c-2", 2, "amira", "sales");
	add_of("c-3", 2, "amira", "sales");
	add_of("c-4", 3, "amira", "sales");
	add_of("c-5", 4, "amira", "sales");
	add_of("c-6", 5, "amira", "sales");
	add_of("c-7", 30, "amira", "sales");
	check(CUSTOMERS, 6, 7, 0, 0);
	f = ask(store, NULL, CUSTOMERS " bounds_by=customer");
	ck_assert_double_eq_tol(f.lower, 0.507584021, 1e-8);
	f = ask(store, NULL, CUSTOMERS " bounds_by=day");
	ck_assert_double_eq_tol(f.lower, 0.475943362, 1e-8);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("customers");
	TCase *tc = tcase_create("customers");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, a_customer_with_one_failed_issue_has_failed);
	tcase_add_test(tc, a_customer_of_two_groups_is_one_in_each_and_is_not_split);
	tcase_add_test(tc, a_customer_fails_where_the_failed_issue_is);
	tcase_add_test(tc, the_first_reason_to_leave_a_customer_out_is_told);
	tcase_add_test(tc, who_came_again_once_is_a_repeat_customer);
	tcase_add_test(tc, a_repeat_customer_is_one_where_the_repeat_is);
	tcase_add_test(
	    tc, a_customer_is_one_draw_and_by_day_of_the_latest_that_tells);
	suite_add_tcase(s, tc);
	return s;
}
