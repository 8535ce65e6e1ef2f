/* SPDX-License-Identifier: MIT */
/* cost_per_contact with cost_allocation: who shares what. */
#include <stdio.h>
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

/* Three of sales with a minute each, one of care with six. */
static void
four_contacts(void)
{
	for (int i = 0; i < 3; i++)
		add_answered(store, MONDAY + HOUR, "sales", i == 0 ? "ann" : "bob", MINUTE);
	add_answered(store, MONDAY + HOUR, "care", "ann", 6 * MINUTE);
}

START_TEST(the_office_is_shared_by_contacts_or_by_work)
{
	static const struct {
		const char *text;
		int64_t sales, care, none;
	} ways[] = {
		{ "cost_per_contact", 0, 0, 1001 },
		{ "cost_per_contact cost_allocation=none", 0, 0, 1001 },
		{ "cost_per_contact cost_allocation=contacts", 751, 250, 0 },
		{ "cost_per_contact cost_allocation=handle_time", 334, 667, 0 },
	};
	kpi_query *q = query_by(KPI_BY_QUEUE, 0);

	four_contacts();
	spend(store, MONDAY, MONDAY + DAY, 1001, KPI_UNKNOWN, NULL);
	for (size_t i = 0; i < sizeof(ways) / sizeof(*ways); i++) {
		kpi_result *r = ask_rows(store, q, ways[i].text);

		ck_assert_int_eq(
		    row_of(r, "sales", NULL).numerator, ways[i].sales);
		ck_assert_int_eq(
		    row_of(r, "care", NULL).numerator, ways[i].care);
		ck_assert_int_eq(row_of(r, NULL, NULL).numerator, ways[i].none);
		ck_assert_int_eq(row_of(r, "sales", NULL).state,
		    ways[i].sales > 0 ? KPI_STATE_OK : KPI_STATE_NO_DATA);
		kpi_result_free(r);
	}
	kpi_query_free(q);
}
END_TEST

START_TEST(what_names_a_queue_is_shared_by_its_rows_alone)
{
	kpi_query *q = query_by(KPI_BY_QUEUE, KPI_BY_TEAM);
	kpi_result *r;

	four_contacts();
	spend(store, MONDAY, MONDAY + DAY, 100, KPI_BY_QUEUE, "sales");
	spend(store, MONDAY, MONDAY + DAY, 7, KPI_BY_TEAM, "ann");
	spend(store, MONDAY, MONDAY + DAY, 5, KPI_BY_CHANNEL, "voice");
	spend(store, MONDAY, MONDAY + DAY, 9, KPI_BY_QUEUE, "fax");
	r = ask_rows(store, q, "cost_per_contact cost_allocation=contacts");
	ck_assert_int_eq(row_of(r, "sales", "ann").numerator, 33 + 3);
	ck_assert_int_eq(row_of(r, "sales", "bob").numerator, 67);
	ck_assert_int_eq(row_of(r, "care", "ann").numerator, 4);
	ck_assert_int_eq(row_of(r, "fax", NULL).numerator, 9);
	ck_assert_int_eq(row_of(r, NULL, NULL).numerator, 5);
	ck_assert_int_eq(row_of(r, NULL, NULL).state, KPI_STATE_UNDEFINED);
	kpi_result_free(r);
	kpi_query_free(q);
}
END_TEST

START_TEST(what_a_filter_may_have_cut_off_is_not_shared)
{
	static const char text[] = "cost_per_contact cost_allocation=contacts";
	kpi_query *q = query_by(KPI_BY_TEAM, 0);
	kpi_result *r;

	four_contacts();
	spend(store, MONDAY, MONDAY + DAY, 100, KPI_BY_QUEUE, "sales");
	spend(store, MONDAY, MONDAY + DAY, 40, KPI_UNKNOWN, NULL);
	ck_assert_int_eq(kpi_query_where_not(q, KPI_BY_QUEUE, "care"), KPI_OK);
	r = ask_rows(store, q, text);
	ck_assert_int_eq(row_of(r, NULL, NULL).numerator, 140);
	ck_assert_int_eq(row_of(r, "bob", NULL).numerator, 0);
	kpi_result_free(r);
	kpi_query_free(q);
	q = query_by(KPI_BY_TEAM, 0);
	ck_assert_int_eq(kpi_query_where(q, KPI_BY_QUEUE, "sales"), KPI_OK);
	r = ask_rows(store, q, text);
	ck_assert_int_eq(row_of(r, "ann", NULL).numerator, 33);
	ck_assert_int_eq(row_of(r, "bob", NULL).numerator, 67);
	kpi_result_free(r);
	ck_assert_int_eq(kpi_query_where(q, KPI_BY_QUEUE, "care"), KPI_OK);
	r = ask_rows(store, q, text);
	ck_assert_int_eq(row_of(r, NULL, NULL).numerator, 100);
	kpi_result_free(r);
	kpi_query_free(q);
}
END_TEST

START_TEST(agents_share_by_the_work_of_their_legs)
{
	kpi_query *q = query_by(KPI_BY_AGENT, 0);
	kpi_visit legs[2] = { visit_of(KPI_OUTCOME_ANSWERED, 0, MINUTE),
		visit_of(KPI_OUTCOME_ANSWERED, 0, 3 * MINUTE) };
	kpi_interaction one = interaction_of(MONDAY, legs, 2);
	kpi_result *r;

	legs[0].agent = "ann";
	legs[0].hold_ms = 2 * MINUTE;
	legs[1].agent = "bob";
	legs[1].after_call_ms = MINUTE;
	one.cost = 60;
	add(store, &one);
	spend(store, MONDAY, MONDAY + DAY, 700, KPI_UNKNOWN, NULL);
	r = ask_rows(store, q, "cost_per_contact cost_allocation=handle_time");
	ck_assert_int_eq(row_of(r, "ann", NULL).numerator, 300);
	ck_assert_int_eq(row_of(r, "ann", NULL).state, KPI_STATE_UNDEFINED);
	ck_assert_int_eq(row_of(r, "bob", NULL).numerator, 460);
	kpi_result_free(r);
	r = ask_rows(store, q,
	    "cost_per_contact cost_allocation=handle_time "
	    "cost_denominator=agents");
	ck_assert_int_eq(row_of(r, "ann", NULL).numerator, 300);
	ck_assert_int_eq(row_of(r, "ann", NULL).denominator, 1);
	ck_assert_int_eq(row_of(r, "bob", NULL).numerator, 460);
	kpi_result_free(r);
	r = ask_rows(store, q,
	    "cost_per_contact cost_allocation=contacts credit=equal");
	ck_assert_int_eq(row_of(r, "ann", NULL).numerator,
	    380 * row_of(r, "ann", NULL).parts);
	ck_assert_double_eq(row_of(r, "bob", NULL).value, 760);
	kpi_result_free(r);
	kpi_query_free(q);
}
END_TEST

START_TEST(what_is_shared_out_has_no_bounds_by_day)
{
	static const char *const by[] = { "bounds_by", "verdict_by" };
	kpi_error error = KPI_ERROR_INIT;
	char text[100];
	kpi_result *r;

	for (int i = 0; i < 2; i++) {
		kpi_definition *d;

		(void)snprintf(text, sizeof(text),
		    "cost_per_contact %s=day", by[i]);
		d = definition_of(text);
		ck_assert_int_eq(
		    kpi_cost_per_contact(&r, store, NULL, d, NULL), KPI_OK);
		kpi_result_free(r);
		ck_assert_int_eq(kpi_definition_set(d, "cost_allocation",
				     "contacts", NULL),
		    KPI_OK);
		ck_assert_int_eq(
		    kpi_cost_per_contact(&r, store, NULL, d, &error),
		    KPI_EINVAL);
		ck_assert_str_eq(error.field, by[i]);
		ck_assert_ptr_nonnull(
		    strstr(error.text, "expected cost_allocation=none"));
		kpi_definition_free(d);
	}
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("cost_allocation");
	TCase *tc = tcase_create("allocation");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, the_office_is_shared_by_contacts_or_by_work);
	tcase_add_test(tc, what_names_a_queue_is_shared_by_its_rows_alone);
	tcase_add_test(tc, what_a_filter_may_have_cut_off_is_not_shared);
	tcase_add_test(tc, agents_share_by_the_work_of_their_legs);
	tcase_add_test(tc, what_is_shared_out_has_no_bounds_by_day);
	suite_add_tcase(s, tc);
	return s;
}
