/* SPDX-License-Identifier: MIT */
/* A figure opened: who is in it, and as what. */
#include <string.h>

#include "explaining.h"
#include "runner.h"

static void
is_unit(kpi_explanation *e, uint64_t i, const char *id, int32_t role,
    const char *class)
{
	const kpi_explained u = unit_of(e, i);

	ck_assert_str_eq(u.id, id);
	ck_assert_str_eq(u.source, "pbx");
	ck_assert_str_eq(u.customer, "c-1");
	ck_assert_msg(u.role == role, "%s: role %d", id, (int)u.role);
	ck_assert_str_eq(u.outcome_class, class);
	ck_assert_int_eq(u.numerator, role == KPI_ROLE_NUMERATOR);
	ck_assert_int_eq(u.denominator, role <= KPI_ROLE_DENOMINATOR);
	ck_assert_int_eq(u.excluded, role > KPI_ROLE_REPRESENTED);
	ck_assert_int_eq(u.row, 1);
}

START_TEST(a_service_level_is_who_was_answered_in_time_who_was_not_and_the_rest)
{
	kpi_store *store = calls();
	kpi_explanation *e = open_figure(store, NULL, "service_level");
	kpi_figure f = KPI_FIGURE_INIT;

	ck_assert_int_eq(kpi_explanation_figure(e, &f), KPI_OK);
	ck_assert_int_eq(f.numerator, 1);
	ck_assert_int_eq(f.denominator, 3);
	ck_assert_uint_eq(kpi_explanation_count(e), 5);
	is_unit(e, 0, "in time", KPI_ROLE_NUMERATOR, "answered_in");
	is_unit(e, 1, "late", KPI_ROLE_DENOMINATOR, "answered_out");
	is_unit(e, 2, "gone", KPI_ROLE_DENOMINATOR, "abandoned_in");
	is_unit(e, 3, "menu", KPI_ROLE_NOT_COUNTED, "self_served");
	is_unit(e, 4, "odd", KPI_ROLE_UNKNOWN, "unknown");
	kpi_explanation_free(e);
	kpi_store_close(store);
}
END_TEST

/* Friday at four to Monday at nine are three hours of a week from 8 to 18. */
START_TEST(in_business_hours_its_values_are_those_of_the_figure)
{
	kpi_calendar calendar = KPI_CALENDAR_INIT;
	kpi_interaction ticket = interaction_of(MONDAY + 4 * DAY + 16 * HOUR,
	    NULL, 0);
	kpi_store *store = new_store();
	kpi_explanation *e;

	calendar.hours = "Mo-Fr 08:00-18:00";
	ck_assert_int_eq(
	    kpi_store_add_calendar(store, &calendar, NULL), KPI_OK);
	ticket.first_response_at = MONDAY + 7 * DAY + 9 * HOUR;
	add(store, &ticket);
	e = open_figure(
	    store, NULL, "first_response_time business_hours=calendar");
	ck_assert_uint_eq(kpi_explanation_count(e), 1);
	ck_assert_int_eq(unit_of(e, 0).numerator, 3 * HOUR);
	kpi_explanation_free(e);
	e = open_figure(store, NULL,
	    "first_response_within business_hours=calendar "
	    "first_response_threshold=3h");
	ck_assert_int_eq(unit_of(e, 0).role, KPI_ROLE_NUMERATOR);
	kpi_explanation_free(e);
	kpi_store_close(store);
}
END_TEST

static const char *const of_roster[] = { "turnover",
	"contacts_per_agent contacts_per_agent_denominator=rostered" };

START_TEST(what_the_roster_says_is_of_no_interaction)
{
	kpi_employment one = KPI_EMPLOYMENT_INIT;
	kpi_definition *d = definition_of(of_roster[_i]);
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *store = calls();
	kpi_explanation *e;

	one.agent = "amira";
	one.hired_at = MONDAY;
	ck_assert_int_eq(kpi_store_add_employment(store, &one, NULL), KPI_OK);
	ck_assert_int_eq(
	    kpi_explain(&e, store, NULL, d, NULL, &error), KPI_ENOTSUP);
	ck_assert_ptr_null(e);
	ck_assert_str_eq(error.field, "the roster");
	kpi_definition_free(d);
	kpi_store_close(store);
}
END_TEST

START_TEST(roles_that_are_asked_for_are_listed_alone)
{
	kpi_store *store = calls();
	kpi_explanation *e = open_roles(store, NULL, "service_level",
	    KPI_ROLE_BIT(KPI_ROLE_UNKNOWN) |
		KPI_ROLE_BIT(KPI_ROLE_NUMERATOR));
	kpi_figure f = KPI_FIGURE_INIT;

	ck_assert_uint_eq(kpi_explanation_count(e), 2);
	is_unit(e, 0, "in time", KPI_ROLE_NUMERATOR, "answered_in");
	is_unit(e, 1, "odd", KPI_ROLE_UNKNOWN, "unknown");
	ck_assert_int_eq(kpi_explanation_figure(e, &f), KPI_OK);
	ck_assert_int_eq(f.denominator, 3);
	kpi_explanation_free(e);
	kpi_store_close(store);
}
END_TEST

/* VICIdial's drops to answered. */
START_TEST(what_is_in_the_numerator_alone_is_also_left_out_of_the_denominator)
{
	kpi_store *store = calls();
	kpi_explanation *e = open_figure(store, NULL,
	    "abandonment_rate abandonment_denominator=answered "
	    "abandonment_numerator=abandoned");
	const kpi_explained u = unit_of(e, 2);

	ck_assert_str_eq(u.id, "gone");
	ck_assert_int_eq(u.role, KPI_ROLE_NUMERATOR);
	ck_assert_int_eq(u.left_out, KPI_ROLE_NOT_COUNTED);
	ck_assert_int_eq(u.numerator, 1);
	ck_assert_int_eq(u.denominator, 0);
	ck_assert_int_eq(u.excluded, 1);
	kpi_explanation_free(e);
	e = open_roles(store, NULL,
	    "abandonment_rate abandonment_denominator=answered "
	    "abandonment_numerator=abandoned",
	    KPI_ROLE_BIT(KPI_ROLE_NOT_COUNTED));
	ck_assert_uint_eq(kpi_explanation_count(e), 2);
	kpi_explanation_free(e);
	kpi_store_close(store);
}
END_TEST

START_TEST(a_mean_has_each_value_and_a_class_without_a_threshold_that_it_lacks)
{
	kpi_store *store = calls();
	kpi_explanation *e = open_roles(store, NULL, "average_speed_of_answer",
	    KPI_ROLE_BIT(KPI_ROLE_NUMERATOR));

	ck_assert_uint_eq(kpi_explanation_count(e), 2);
	ck_assert_int_eq(unit_of(e, 0).value, 20 * SECOND);
	ck_assert_int_eq(unit_of(e, 0).numerator, 20 * SECOND);
	ck_assert_int_eq(unit_of(e, 1).numerator, 21 * SECOND);
	ck_assert_str_eq(unit_of(e, 1).outcome_class, "answered");
	kpi_explanation_free(e);
	kpi_store_close(store);
}
END_TEST

START_TEST(the_longest_wait_and_a_quantile_are_those_who_waited_so_long)
{
	kpi_store *store = calls();
	kpi_explanation *e = open_roles(
	    store, NULL, "longest_wait", KPI_ROLE_BIT(KPI_ROLE_NUMERATOR));

	ck_assert_uint_eq(kpi_explanation_count(e), 1);
	ck_assert_str_eq(unit_of(e, 0).id, "late");
	ck_assert_int_eq(unit_of(e, 0).value, 21 * SECOND);
	kpi_explanation_free(e);
	e = open_roles(
	    store, NULL, "wait_p50", KPI_ROLE_BIT(KPI_ROLE_NUMERATOR));
	ck_assert_uint_eq(kpi_explanation_count(e), 1);
	ck_assert_str_eq(unit_of(e, 0).id, "in time");
	ck_assert_int_eq(unit_of(e, 0).numerator, 0);
	kpi_explanation_free(e);
	kpi_store_close(store);
}
END_TEST

START_TEST(legs_and_visits_are_told_by_the_place_of_their_row)
{
	kpi_store *store = new_store();
	kpi_visit v[3] = { visit_of(KPI_OUTCOME_ABANDONED, SECOND, 0),
		visit_of(KPI_OUTCOME_ANSWERED, SECOND, MINUTE),
		visit_of(KPI_OUTCOME_ANSWERED, SECOND, 2 * MINUTE) };
	kpi_interaction i = interaction_of(MONDAY, v, 3);
	kpi_query *q = new_query();
	kpi_explanation *e;

	v[1].agent = "amira";
	v[2].agent = "ben";
	for (int k = 0; k < 3; k++)
		v[k].queue = "sales";
	add(store, &i);
	e = open_figure(store, NULL, "average_handle_time");
	ck_assert_uint_eq(kpi_explanation_count(e), 1);
	ck_assert_int_eq(unit_of(e, 0).row, 0);
	ck_assert_int_eq(unit_of(e, 0).numerator, 3 * MINUTE);
	ck_assert_ptr_null(unit_of(e, 0).outcome_class);
	ck_assert_ptr_null(unit_of(e, 0).id);
	kpi_explanation_free(e);
	ck_assert_int_eq(kpi_query_where(q, KPI_BY_AGENT, "ben"), KPI_OK);
	e = open_figure(store, q, "average_handle_time");
	ck_assert_uint_eq(kpi_explanation_count(e), 1);
	ck_assert_int_eq(unit_of(e, 0).row, 3);
	ck_assert_int_eq(unit_of(e, 0).numerator, 2 * MINUTE);
	kpi_explanation_free(e);
	e = open_figure(store, NULL, "service_level");
	ck_assert_uint_eq(kpi_explanation_count(e), 3);
	for (uint64_t k = 0; k < 3; k++)
		ck_assert_int_eq(unit_of(e, k).row, (int64_t)k + 1);
	kpi_explanation_free(e);
	kpi_query_free(q);
	kpi_store_close(store);
}
END_TEST

START_TEST(what_has_begun_and_is_over_is_one_unit_of_a_level)
{
	kpi_store *store = new_store();
	kpi_explanation *e;

	add_named(store, "over", at(9, 0), KPI_OUTCOME_ANSWERED, SECOND);
	add_named(store, "waits", at(9, 5), KPI_OUTCOME_WAITING, KPI_UNKNOWN);
	e = open_figure(store, NULL, "backlog");
	ck_assert_uint_eq(kpi_explanation_count(e), 2);
	ck_assert_int_eq(unit_of(e, 0).role, KPI_ROLE_NOT_COUNTED);
	ck_assert_int_eq(unit_of(e, 0).numerator, 0);
	ck_assert_int_eq(unit_of(e, 1).role, KPI_ROLE_NUMERATOR);
	ck_assert_str_eq(unit_of(e, 1).id, "waits");
	kpi_explanation_free(e);
	kpi_store_close(store);
}
END_TEST

/* Of answers at once the one whose contact is the later neighbour: by id. */
START_TEST(of_a_customer_the_answer_that_counts_represents_the_others)
{
	kpi_store *store = new_store();
	kpi_explanation *e;

	for (int k = 2; k >= 0; k--) {
		static const char *const ids[] = { "a", "b", "c" };
		kpi_interaction i = interaction_of(MONDAY, NULL, 0);
		kpi_visit v = visit_of(KPI_OUTCOME_ANSWERED, 0, MINUTE);

		i.visits = &v;
		i.visit_count = 1;
		i.id = ids[k];
		i.customer = "c-1";
		i.nps = 10 - 5 * (k == 2);
		i.survey_answered_at = MONDAY + HOUR;
		add(store, &i);
	}
	e = open_figure(store, NULL, "nps nps_per=customer");
	ck_assert_uint_eq(kpi_explanation_count(e), 3);
	for (uint64_t k = 0; k < 3; k++) {
		const kpi_explained u = unit_of(e, k);
		const int counts = strcmp(u.id, "c") == 0;

		ck_assert_int_eq(u.role,
		    counts ? KPI_ROLE_NUMERATOR : KPI_ROLE_REPRESENTED);
		ck_assert_int_eq(u.numerator, counts ? -1 : 0);
		ck_assert_int_eq(u.denominator, counts);
	}
	kpi_explanation_free(e);
	kpi_store_close(store);
}
END_TEST

START_TEST(a_share_of_a_mix_is_its_row_of_a_whole)
{
	kpi_store *store = new_store();
	kpi_query *q = new_query();
	kpi_error error = KPI_ERROR_INIT;
	kpi_explanation *e;

	for (int k = 0; k < 5; k++) {
		kpi_visit v = visit_of(KPI_OUTCOME_ANSWERED, 0, MINUTE);
		kpi_interaction i = interaction_of(MONDAY + k, &v, 1);

		i.channel = k == 0 ? NULL : k == 1 ? "chat" : "voice";
		add(store, &i);
	}
	ck_assert_int_eq(
	    refused(store, NULL, "channel_mix", &error), KPI_EINVAL);
	ck_assert_str_eq(error.field, "channel");
	ck_assert_int_eq(kpi_query_where(q, KPI_BY_CHANNEL, "chat"), KPI_OK);
	e = open_figure(store, q, "channel_mix");
	ck_assert_uint_eq(kpi_explanation_count(e), 5);
	for (uint64_t k = 0; k < 5; k++)
		ck_assert_int_eq(unit_of(e, k).role,
		    k == 1 ? KPI_ROLE_NUMERATOR : KPI_ROLE_DENOMINATOR);
	kpi_explanation_free(e);
	ck_assert_int_eq(kpi_query_where(q, KPI_BY_CHANNEL, "fax"), KPI_OK);
	ck_assert_int_eq(
	    refused(store, q, "channel_mix", &error), KPI_EINVAL);
	kpi_query_free(q);
	q = new_query();
	ck_assert_int_eq(kpi_query_where(q, KPI_BY_CHANNEL, "fax"), KPI_OK);
	ck_assert_int_eq(
	    refused(store, q, "channel_mix", &error), KPI_ENOTFOUND);
	ck_assert_str_eq(
	    error.text, "there is no such row: nothing of \"fax\" is counted");
	kpi_query_free(q);
	kpi_store_close(store);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("explain");
	TCase *t = tcase_create("");

	tcase_add_test(t,
	    a_service_level_is_who_was_answered_in_time_who_was_not_and_the_rest);
	tcase_add_test(
	    t, in_business_hours_its_values_are_those_of_the_figure);
	tcase_add_loop_test(t, what_the_roster_says_is_of_no_interaction, 0, 2);
	tcase_add_test(t, roles_that_are_asked_for_are_listed_alone);
	tcase_add_test(t,
	    what_is_in_the_numerator_alone_is_also_left_out_of_the_denominator);
	tcase_add_test(t,
	    a_mean_has_each_value_and_a_class_without_a_threshold_that_it_lacks);
	tcase_add_test(
	    t, the_longest_wait_and_a_quantile_are_those_who_waited_so_long);
	tcase_add_test(
	    t, legs_and_visits_are_told_by_the_place_of_their_row);
	tcase_add_test(t, what_has_begun_and_is_over_is_one_unit_of_a_level);
	tcase_add_test(
	    t, of_a_customer_the_answer_that_counts_represents_the_others);
	tcase_add_test(t, a_share_of_a_mix_is_its_row_of_a_whole);
	suite_add_tcase(s, t);
	return s;
}
