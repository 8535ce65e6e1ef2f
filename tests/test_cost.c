/* SPDX-License-Identifier: MIT */
/* cost_per_contact: what interactions and expenses come to for each. */
#include <math.h>
#include <string.h>

#include "asked.h"
#include "runner.h"
#include "spent.h"

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
contact(const char *queue, const char *agent, int64_t outcome, int64_t cost)
{
	kpi_visit visit = visit_of(outcome, SECOND, MINUTE);
	kpi_interaction one = interaction_of(MONDAY + HOUR, &visit, 1);

	visit.queue = queue;
	visit.agent = agent;
	one.cost = cost;
	add(store, &one);
}

/* Two answered and one lost: 180 of their own, of which 30 the lost one's. */
static void
three_contacts(void)
{
	contact("sales", "ann", KPI_OUTCOME_ANSWERED, 100);
	contact("care", "bob", KPI_OUTCOME_ANSWERED, 50);
	contact("sales", NULL, KPI_OUTCOME_ABANDONED, 30);
}

static kpi_query *
query_between(int64_t from, int64_t until)
{
	kpi_query *q = new_query();

	ck_assert_int_eq(kpi_query_between(q, from, until), KPI_OK);
	return q;
}

START_TEST(what_the_lost_cost_is_paid_by_the_answered)
{
	kpi_figure f;

	three_contacts();
	spend(store, MONDAY, MONDAY + DAY, 1000, KPI_UNKNOWN, NULL);
	f = ask(store, NULL, "cost_per_contact");
	ck_assert_int_eq(f.unit, KPI_UNIT_MONEY);
	ck_assert_int_eq(f.numerator, 1180);
	ck_assert_int_eq(f.denominator, 2);
	ck_assert_int_eq(f.not_counted, 1);
	ck_assert_double_eq(f.value, 590);
	ck_assert(isnan(f.lower) && isnan(f.upper));
}
END_TEST

START_TEST(an_expense_is_spread_evenly_over_its_span)
{
	kpi_query *q = query_between(MONDAY, MONDAY + DAY);

	three_contacts();
	spend(store, MONDAY - DAY, MONDAY + 9 * DAY, 1000, KPI_UNKNOWN, NULL);
	spend(store, MONDAY + DAY, MONDAY + 2 * DAY, 7777, KPI_UNKNOWN, NULL);
	spend(store, MONDAY - DAY, MONDAY, 8888, KPI_UNKNOWN, NULL);
	ck_assert_int_eq(
	    ask(store, q, "cost_per_contact").numerator, 180 + 100);
	ck_assert_int_eq(ask(store, NULL, "cost_per_contact").numerator,
	    180 + 1000 + 7777 + 8888);
	kpi_query_free(q);
}
END_TEST

static const struct {
	const char *text;
	int64_t numerator, denominator;
} ways[] = {
	{ "cost_sources=own", 180, 2 },
	{ "cost_sources=expenses", 1000, 2 },
	{ "cost_sources=own,expenses", 1180, 2 },
	{ "cost_denominator=received", 1180, 3 },
	{ "cost_denominator=resolved", 1180, 1 },
	{ "cost_denominator=agents", 1180, 2 },
	{ "cost_denominator=agents cost_sources=own", 180, 2 },
};

START_TEST(a_definition_says_what_is_added_up_and_divided_by)
{
	kpi_visit visit = visit_of(KPI_OUTCOME_ANSWERED, SECOND, MINUTE);
	kpi_interaction one = interaction_of(MONDAY, &visit, 1);
	char text[80] = "cost_per_contact ";
	kpi_figure f;

	contact("sales", NULL, KPI_OUTCOME_ABANDONED, 30);
	contact("sales", "ann", KPI_OUTCOME_ANSWERED, 100);
	visit.agent = "bob";
	one.cost = 50;
	one.resolved = 1;
	add(store, &one);
	spend(store, MONDAY, MONDAY + DAY, 1000, KPI_UNKNOWN, NULL);
	f = ask(store, NULL, strcat(text, ways[_i].text));
	ck_assert_int_eq(f.numerator, ways[_i].numerator);
	ck_assert_int_eq(f.denominator, ways[_i].denominator);
	ck_assert_double_eq(f.value,
	    (double)ways[_i].numerator / (double)ways[_i].denominator);
}
END_TEST

START_TEST(an_expense_is_of_what_it_names_and_else_a_row_of_its_own)
{
	kpi_query *q = new_query();
	kpi_result *r;

	three_contacts();
	spend(store, MONDAY, MONDAY + DAY, 400, KPI_BY_QUEUE, "sales");
	spend(store, MONDAY, MONDAY + DAY, 9, KPI_BY_QUEUE, "fax");
	spend(store, MONDAY, MONDAY + DAY, 70, KPI_BY_AGENT, "ann");
	spend(store, MONDAY, MONDAY + DAY, 1000, KPI_UNKNOWN, NULL);
	ck_assert_int_eq(kpi_query_by(q, KPI_BY_QUEUE), KPI_OK);
	r = ask_rows(store, q, "cost_per_contact");
	ck_assert_uint_eq(kpi_result_rows(r), 4);
	ck_assert_int_eq(row_of(r, "sales", NULL).numerator, 130 + 400);
	ck_assert_double_eq(row_of(r, "sales", NULL).value, 530);
	ck_assert_int_eq(row_of(r, "care", NULL).numerator, 50);
	ck_assert_int_eq(row_of(r, "fax", NULL).numerator, 9);
	ck_assert_int_eq(row_of(r, "fax", NULL).state, KPI_STATE_UNDEFINED);
	ck_assert_int_eq(row_of(r, NULL, NULL).numerator, 1070);
	ck_assert_int_eq(row_of(r, NULL, NULL).state, KPI_STATE_UNDEFINED);
	kpi_result_free(r);
	kpi_query_free(q);
}
END_TEST

START_TEST(a_filter_keeps_an_expense_by_what_it_names)
{
	kpi_query *sales = new_query(), *rest = new_query();
	kpi_query *ann = new_query(), *lost = new_query(), *none = new_query();

	three_contacts();
	spend(store, MONDAY, MONDAY + DAY, 400, KPI_BY_QUEUE, "sales");
	spend(store, MONDAY, MONDAY + DAY, 1000, KPI_UNKNOWN, NULL);
	ck_assert_int_eq(kpi_query_where(sales, KPI_BY_QUEUE, "sales"), KPI_OK);
	ck_assert_int_eq(
	    kpi_query_where_not(rest, KPI_BY_QUEUE, "sales"), KPI_OK);
	ck_assert_int_eq(kpi_query_where(ann, KPI_BY_AGENT, "ann"), KPI_OK);
	ck_assert_int_eq(
	    kpi_query_where_outcome(lost, KPI_OUTCOME_ABANDONED), KPI_OK);
	ck_assert_int_eq(kpi_query_where(none, KPI_BY_QUEUE, NULL), KPI_OK);
	ck_assert_int_eq(
	    ask(store, sales, "cost_per_contact").numerator, 530);
	ck_assert_int_eq(
	    ask(store, rest, "cost_per_contact").numerator, 1050);
	ck_assert_int_eq(ask(store, ann, "cost_per_contact").numerator, 100);
	ck_assert_int_eq(ask(store, lost, "cost_per_contact").numerator, 30);
	ck_assert_int_eq(
	    ask(store, none, "cost_per_contact").numerator, 1000);
	kpi_query_free(sales);
	kpi_query_free(rest);
	kpi_query_free(ann);
	kpi_query_free(lost);
	kpi_query_free(none);
}
END_TEST

START_TEST(where_no_cost_is_known_there_is_no_data)
{
	kpi_figure f;

	contact("sales", "ann", KPI_OUTCOME_ANSWERED, KPI_UNKNOWN);
	f = ask(store, NULL, "cost_per_contact");
	ck_assert_int_eq(f.state, KPI_STATE_NO_DATA);
	ck_assert_int_eq(f.denominator, 1);
	contact("sales", "ann", KPI_OUTCOME_ANSWERED, 0);
	f = ask(store, NULL, "cost_per_contact");
	ck_assert_int_eq(f.state, KPI_STATE_OK);
	ck_assert_double_eq(f.value, 0);
	f = ask(store, NULL, "cost_per_contact cost_sources=expenses");
	ck_assert_int_eq(f.state, KPI_STATE_NO_DATA);
	contact("sales", "ann", KPI_UNKNOWN, 3);
	f = ask(store, NULL, "cost_per_contact");
	ck_assert_int_eq(f.unknown, 1);
	ck_assert_int_eq(f.numerator, 3);
}
END_TEST

START_TEST(a_credit_note_takes_back_the_expense_to_the_unit)
{
	kpi_query *q = query_between(MONDAY + 1, MONDAY + HOUR + 7);

	contact("sales", "ann", KPI_OUTCOME_ANSWERED, -5);
	spend(store, MONDAY, MONDAY + 7 * DAY, 1000001, KPI_UNKNOWN, NULL);
	spend(store, MONDAY, MONDAY + 7 * DAY, -1000001, KPI_UNKNOWN, NULL);
	ck_assert_int_eq(ask(store, q, "cost_per_contact").numerator, -5);
	kpi_query_free(q);
}
END_TEST

START_TEST(the_greatest_amounts_are_exact_and_beyond_64_bits_refused)
{
	kpi_query *q = query_between(MONDAY, MONDAY + 2 * DAY);
	kpi_figure f = KPI_FIGURE_INIT;
	kpi_result *r;

	spend(store, MONDAY, MONDAY + 3 * DAY, INT64_MAX, KPI_UNKNOWN, NULL);
	ck_assert_int_eq(ask(store, q, "cost_per_contact").numerator,
	    INT64_C(6148914691236517204)); /* 2/3 of 2^63 - 1 */
	spend(store, MONDAY, MONDAY + DAY, INT64_MAX, KPI_UNKNOWN, NULL);
	r = ask_rows(store, q, "cost_per_contact");
	ck_assert_int_eq(kpi_result_figure(r, 0, 0, &f), KPI_EOVERFLOW);
	kpi_result_free(r);
	kpi_query_free(q);
}
END_TEST

START_TEST(days_that_cost_the_same_leave_no_doubt)
{
	kpi_figure f;

	for (int day = 0; day < 6; day++) {
		kpi_visit visit = visit_of(KPI_OUTCOME_ANSWERED, 0, MINUTE);
		kpi_interaction one =
		    interaction_of(MONDAY + day * DAY + HOUR, &visit, 1);

		one.cost = 10;
		add(store, &one);
	}
	spend(store, MONDAY, MONDAY + 6 * DAY, 600, KPI_UNKNOWN, NULL);
	f = ask(store, NULL, "cost_per_contact bounds_by=day");
	ck_assert_double_eq(f.value, 110);
	ck_assert_near(f.lower, 110, 1e-9);
	ck_assert_near(f.upper, 110, 1e-9);
	spend(store, MONDAY, MONDAY + DAY, 80, KPI_UNKNOWN, NULL);
	f = ask(store, NULL, "cost_per_contact bounds_by=day");
	/* 190 and 5 times 110: s^2 = 3200/3, of 5 degrees t = 2.570582 */
	ck_assert_near(f.value, 740 / 6.0, 1e-12);
	ck_assert_near(f.upper - f.value, 2.570582 * 40 / 3, 1e-4);
}
END_TEST

START_TEST(agents_are_not_split_and_no_other_source_is_known)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_definition *d;

	kpi_result *r;

	d = definition_of(
	    "cost_per_contact cost_denominator=agents credit=equal");
	ck_assert_int_eq(
	    kpi_cost_per_contact(&r, store, NULL, d, &error), KPI_EINVAL);
	ck_assert_str_eq(error.field, "credit");
	kpi_definition_free(d);
	ck_assert_int_eq(kpi_definition_parse(&d,
			     "cost_per_contact cost_sources=wages", NULL,
			     &error),
	    KPI_EPARSE);
	ck_assert_ptr_nonnull(strstr(error.text, "own, expenses"));
}
END_TEST

START_TEST(more_rows_than_the_query_allows_are_refused)
{
	kpi_query_options options = KPI_QUERY_OPTIONS_INIT;
	kpi_error error = KPI_ERROR_INIT;
	kpi_query *q;
	kpi_result *r;

	options.group_limit = 23;
	spend(store, MONDAY, MONDAY + DAY, 5, KPI_UNKNOWN, NULL);
	ck_assert_int_eq(kpi_query_new(&q, &options, NULL), KPI_OK);
	ck_assert_int_eq(kpi_query_by_time(q, KPI_BUCKET_HOUR), KPI_OK);
	ck_assert_int_eq(
	    kpi_cost_per_contact(&r, store, q, NULL, &error), KPI_ELIMIT);
	ck_assert_int_eq(
	    kpi_query_between(q, MONDAY, MONDAY + 23 * HOUR), KPI_OK);
	ck_assert_int_eq(
	    kpi_cost_per_contact(&r, store, q, NULL, &error), KPI_OK);
	ck_assert_uint_eq(kpi_result_rows(r), 23);
	kpi_result_free(r);
	kpi_query_free(q);
}
END_TEST

static Suite *
suite(void)
{
	const int count = sizeof(ways) / sizeof(*ways);
	Suite *s = suite_create("cost");
	TCase *tc = tcase_create("cost");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, what_the_lost_cost_is_paid_by_the_answered);
	tcase_add_test(tc, an_expense_is_spread_evenly_over_its_span);
	tcase_add_loop_test(
	    tc, a_definition_says_what_is_added_up_and_divided_by, 0, count);
	tcase_add_test(
	    tc, an_expense_is_of_what_it_names_and_else_a_row_of_its_own);
	tcase_add_test(tc, a_filter_keeps_an_expense_by_what_it_names);
	tcase_add_test(tc, where_no_cost_is_known_there_is_no_data);
	tcase_add_test(tc, a_credit_note_takes_back_the_expense_to_the_unit);
	tcase_add_test(
	    tc, the_greatest_amounts_are_exact_and_beyond_64_bits_refused);
	tcase_add_test(tc, days_that_cost_the_same_leave_no_doubt);
	tcase_add_test(
	    tc, agents_are_not_split_and_no_other_source_is_known);
	tcase_add_test(tc, more_rows_than_the_query_allows_are_refused);
	suite_add_tcase(s, tc);
	return s;
}
