/* SPDX-License-Identifier: MIT */
/* self_service_rate: who got by without an agent. */
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
add_menu(int64_t start, int64_t outcome, int64_t menu, const char *customer)
{
	kpi_visit v = visit_of(outcome, KPI_UNKNOWN, KPI_UNKNOWN);
	kpi_interaction one = interaction_of(start, &v, 1);

	one.ivr_ms = menu;
	one.customer = customer;
	add(store, &one);
}

static const struct {
	int64_t outcome, menu;
	const char *text;
	int64_t served, entered, unknown;
} cases[] = {
	{ KPI_OUTCOME_SELF_SERVED, MINUTE, "self_service_rate", 1, 1, 0 },
	{ KPI_OUTCOME_SELF_SERVED, 0, "self_service_rate", 1, 1, 0 },
	{ KPI_OUTCOME_SELF_SERVED, KPI_UNKNOWN, "self_service_rate", 1, 1, 0 },
	{ KPI_OUTCOME_BEFORE_QUEUE, MINUTE, "self_service_rate", 0, 1, 0 },
	{ KPI_OUTCOME_BEFORE_QUEUE, MINUTE,
	    "self_service_rate "
	    "self_service_numerator=before_queue,self_served",
	    1, 1, 0 },
	{ KPI_OUTCOME_ANSWERED, MINUTE, "self_service_rate", 0, 1, 0 },
	{ KPI_OUTCOME_ABANDONED, 1, "self_service_rate", 0, 1, 0 },
	{ KPI_OUTCOME_ANSWERED, 0, "self_service_rate", 0, 0, 0 },
	{ KPI_OUTCOME_ANSWERED, KPI_UNKNOWN, "self_service_rate", 0, 0, 1 },
	{ KPI_UNKNOWN, MINUTE, "self_service_rate", 0, 0, 1 },
	{ KPI_OUTCOME_SELF_SERVED, 5 * SECOND,
	    "self_service_rate self_service_min=5s", 1, 1, 0 },
	{ KPI_OUTCOME_SELF_SERVED, 5 * SECOND,
	    "self_service_rate self_service_min=5001ms", 0, 0, 0 },
	{ KPI_OUTCOME_SELF_SERVED, KPI_UNKNOWN,
	    "self_service_rate self_service_min=1ms", 0, 0, 1 },
};

START_TEST(who_entered_the_menu_is_served_there_or_not)
{
	kpi_figure f;

	add_menu(MONDAY, cases[_i].outcome, cases[_i].menu, NULL);
	f = ask(store, NULL, cases[_i].text);
	ck_assert_int_eq(f.numerator, cases[_i].served);
	ck_assert_int_eq(f.denominator, cases[_i].entered);
	ck_assert_int_eq(f.unknown, cases[_i].unknown);
	ck_assert_int_eq(
	    f.not_counted, 1 - cases[_i].entered - cases[_i].unknown);
}
END_TEST

#define STRICT "self_service_rate self_service_window=1d"
#define LATER  STRICT " as_of=2026-04-01T00:00:00Z"

START_TEST(who_seeks_an_agent_within_the_window_was_not_served)
{
	add_menu(MONDAY, KPI_OUTCOME_SELF_SERVED, MINUTE, "ann");
	add_menu(MONDAY + DAY, KPI_OUTCOME_ABANDONED, 0, "ann");
	ck_assert_int_eq(ask(store, NULL, "self_service_rate").numerator, 1);
	ck_assert_int_eq(ask(store, NULL, LATER).numerator, 0);
	ck_assert_int_eq(ask(store, NULL, LATER).denominator, 1);
	add_menu(MONDAY, KPI_OUTCOME_SELF_SERVED, MINUTE, "bea");
	add_menu(MONDAY + DAY + 1, KPI_OUTCOME_ANSWERED, 0, "bea");
	/* To come back to the menu is to seek no agent. */
	add_menu(MONDAY, KPI_OUTCOME_SELF_SERVED, MINUTE, "cem");
	add_menu(MONDAY + HOUR, KPI_OUTCOME_SELF_SERVED, MINUTE, "cem");
	ck_assert_int_eq(ask(store, NULL, LATER).numerator, 3);
	ck_assert_int_eq(ask(store, NULL, LATER).denominator, 4);
}
END_TEST

START_TEST(the_last_day_is_immature_whether_served_or_not)
{
	static const char now[] = STRICT " as_of=2026-03-03T00:00:00Z";
	kpi_figure f;

	add_menu(MONDAY, KPI_OUTCOME_SELF_SERVED, MINUTE, "ann");
	add_menu(MONDAY, KPI_OUTCOME_ANSWERED, MINUTE, "bea");
	add_menu(MONDAY - 1, KPI_OUTCOME_ANSWERED, MINUTE, "cem");
	f = ask(store, NULL, now);
	ck_assert_int_eq(f.denominator, 1);
	ck_assert_int_eq(f.immature, 2);
}
END_TEST

START_TEST(nobody_knows_what_an_unknown_customer_did_later)
{
	kpi_figure f;

	add_menu(MONDAY, KPI_OUTCOME_SELF_SERVED, MINUTE, NULL);
	add_menu(MONDAY, KPI_OUTCOME_ANSWERED, MINUTE, NULL);
	add_menu(MONDAY, KPI_OUTCOME_ANSWERED, 0, NULL);
	f = ask(store, NULL, LATER);
	ck_assert_int_eq(f.denominator, 0);
	ck_assert_int_eq(f.unknown, 2);
	ck_assert_int_eq(f.not_counted, 1);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("self_service");
	TCase *tc = tcase_create("self_service");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc, who_entered_the_menu_is_served_there_or_not, 0,
	    (int)(sizeof(cases) / sizeof(*cases)));
	tcase_add_test(
	    tc, who_seeks_an_agent_within_the_window_was_not_served);
	tcase_add_test(tc, the_last_day_is_immature_whether_served_or_not);
	tcase_add_test(tc, nobody_knows_what_an_unknown_customer_did_later);
	suite_add_tcase(s, tc);
	return s;
}
