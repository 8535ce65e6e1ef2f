/* SPDX-License-Identifier: MIT */
/* transfer_rate, escalation_rate: who was passed on, and who did it. */
#include <check.h>
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

static kpi_visit
leg(const char *agent, int64_t transfer)
{
	kpi_visit v = visit_of(KPI_OUTCOME_ANSWERED, 0, MINUTE);

	v.agent = agent;
	v.queue = "support";
	v.transfer = transfer;
	return v;
}

static void
add_legs(kpi_visit first, kpi_visit second)
{
	kpi_visit both[2] = { first, second };
	const kpi_interaction whole = interaction_of(MONDAY, both, 2);

	add(store, &whole);
}

static void
add_leg(kpi_visit v)
{
	const kpi_interaction whole = interaction_of(MONDAY, &v, 1);

	add(store, &whole);
}

START_TEST(the_transfer_debited_to_the_agent_who_received_it)
{
	kpi_query *query = new_query();
	kpi_result *result;
	kpi_figure f;

	add_legs(leg("amira", KPI_TRANSFER_BLIND),
	    leg("ben", KPI_TRANSFER_NONE));
	f = ask(store, NULL, "transfer_rate");
	ck_assert_int_eq(f.numerator, 1);
	ck_assert_int_eq(f.denominator, 1);
	ck_assert_int_eq(f.unit, KPI_UNIT_SHARE);
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_AGENT), KPI_OK);
	result = ask_rows(store, query, "transfer_rate");
	ck_assert_uint_eq(kpi_result_rows(result), 2);
	ck_assert_str_eq(kpi_result_group(result, 0, 0), "amira");
	ck_assert_near(figure_at(result, 0).value, 1, 0);
	ck_assert_near(figure_at(result, 1).value, 0, 0);
	kpi_result_free(result);
	kpi_query_free(query);
}
END_TEST

START_TEST(a_whole_interaction_by_agent_is_refused_with_the_reason)
{
	kpi_definition *d = definition_of("transfer_rate unit=interaction");
	kpi_error error = KPI_ERROR_INIT;
	kpi_query *query = new_query();
	kpi_result *result;

	ck_assert_int_eq(kpi_query_by(query, KPI_BY_TEAM), KPI_OK);
	ck_assert_int_eq(kpi_measure(&result, store, query,
			     (const kpi_definition *const *)&d, 1, &error),
	    KPI_ENOTSUP);
	ck_assert_ptr_null(result);
	ck_assert_str_eq(error.field, "unit");
	ck_assert_ptr_nonnull(strstr(error.text, "unit=leg"));
	ck_assert_int_eq(kpi_measure(&result, store, NULL,
			     (const kpi_definition *const *)&d, 1, &error),
	    KPI_OK);
	kpi_result_free(result);
	kpi_definition_free(d);
	kpi_query_free(query);
}
END_TEST

START_TEST(each_kind_counts_if_it_is_named)
{
	static const struct {
		const char *text;
		int64_t count;
	} cases[] = {
		{ "transfer_rate", 3 },
		{ "transfer_rate transfer_kinds=blind", 1 },
		{ "transfer_rate transfer_kinds=consult,menu", 2 },
		{ "transfer_rate transfer_kinds="
		  "blind,attended,queue,consult,conference,menu",
		    6 },
	};

	for (int64_t kind = KPI_TRANSFER_NONE; kind <= KPI_TRANSFER_MENU;
	     kind++)
		add_leg(leg("amira", kind));
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const kpi_figure f = ask(store, NULL, cases[i].text);

		ck_assert_int_eq(f.numerator, cases[i].count);
		ck_assert_int_eq(f.denominator, 7);
		ck_assert_int_eq(f.unknown, 0);
	}
}
END_TEST

START_TEST(a_unit_counts_once_and_an_event_each_time)
{
	kpi_figure f;

	add_legs(leg("amira", KPI_TRANSFER_BLIND),
	    leg("ben", KPI_TRANSFER_QUEUE));
	f = ask(store, NULL, "transfer_rate");
	ck_assert_int_eq(f.numerator, 1);
	f = ask(store, NULL, "transfer_rate transfer_count=event");
	ck_assert_int_eq(f.numerator, 2);
	ck_assert_int_eq(f.denominator, 1);
	ck_assert_int_eq(f.unit, KPI_UNIT_RATIO);
	ck_assert_near(f.value, 2, 0);
	ck_assert(f.lower != f.lower && f.upper != f.upper);
}
END_TEST

START_TEST(whether_it_was_passed_on_may_be_known_and_how_often_not)
{
	kpi_figure f;

	add_legs(leg("amira", KPI_TRANSFER_BLIND), leg("ben", KPI_UNKNOWN));
	add_legs(leg("amira", KPI_TRANSFER_NONE), leg("ben", KPI_UNKNOWN));
	f = ask(store, NULL, "transfer_rate");
	ck_assert_int_eq(f.numerator, 1);
	ck_assert_int_eq(f.denominator, 1);
	ck_assert_int_eq(f.unknown, 1);
	f = ask(store, NULL, "transfer_rate transfer_count=event");
	ck_assert_int_eq(f.denominator, 0);
	ck_assert_int_eq(f.unknown, 2);
	ck_assert_int_eq(f.state, KPI_STATE_NO_DATA);
}
END_TEST

START_TEST(nobody_passes_on_who_was_not_answered)
{
	kpi_visit left = visit_of(KPI_OUTCOME_ABANDONED, MINUTE, KPI_UNKNOWN);
	kpi_figure f;

	left.transfer = KPI_TRANSFER_QUEUE;
	add_leg(left);
	add_leg(leg("amira", KPI_TRANSFER_NONE));
	add_leg(visit_of(KPI_UNKNOWN, MINUTE, KPI_UNKNOWN));
	f = ask(store, NULL, "transfer_rate");
	ck_assert_int_eq(f.numerator, 0);
	ck_assert_int_eq(f.denominator, 1);
	ck_assert_int_eq(f.not_counted, 1);
	ck_assert_int_eq(f.unknown, 1);
	f = ask(store, NULL, "transfer_rate transfer_denominator=received");
	ck_assert_int_eq(f.numerator, 0);
	ck_assert_int_eq(f.denominator, 2);
	ck_assert_int_eq(f.unknown, 1);
}
END_TEST

START_TEST(a_direct_transfer_is_a_leg_and_no_visit)
{
	kpi_visit direct = leg("ben", KPI_TRANSFER_BLIND);

	direct.queue = NULL;
	add_legs(leg("amira", KPI_TRANSFER_ATTENDED), direct);
	ck_assert_int_eq(
	    ask(store, NULL, "transfer_rate unit=visit").denominator, 1);
	ck_assert_int_eq(
	    ask(store, NULL, "transfer_rate unit=leg").denominator, 2);
	ck_assert_int_eq(
	    ask(store, NULL, "transfer_rate unit=leg").numerator, 2);
}
END_TEST

static kpi_visit
tiered(const char *agent, int64_t transfer, int64_t tier)
{
	kpi_visit v = leg(agent, transfer);

	v.tier = tier;
	return v;
}

START_TEST(passed_on_to_a_higher_tier_is_escalated_and_to_another_not)
{
	static const struct {
		int64_t transfer, from, to, escalated, unknown;
	} cases[] = {
		{ KPI_TRANSFER_BLIND, 1, 2, 1, 0 },
		{ KPI_TRANSFER_BLIND, 1, 1, 0, 0 },
		{ KPI_TRANSFER_BLIND, 2, 1, 0, 0 },
		{ KPI_TRANSFER_BLIND, KPI_UNKNOWN, 2, 0, 1 },
		{ KPI_TRANSFER_BLIND, 1, KPI_UNKNOWN, 0, 1 },
		{ KPI_TRANSFER_NONE, 1, 2, 0, 0 },
		{ KPI_TRANSFER_CONSULT, 1, 2, 0, 0 },
		{ KPI_UNKNOWN, 1, 2, 1, 0 },
		{ KPI_UNKNOWN, 2, 1, 0, 0 },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		kpi_figure f;

		add_legs(tiered("amira", cases[i].transfer, cases[i].from),
		    tiered("ben", KPI_TRANSFER_NONE, cases[i].to));
		f = ask(store, NULL, "escalation_rate");
		ck_assert_msg(f.numerator == cases[i].escalated &&
			f.unknown == cases[i].unknown &&
			f.denominator == 1 - cases[i].unknown,
		    "case %d: %d of %d", (int)i, (int)f.numerator,
		    (int)f.denominator);
		teardown();
		setup();
	}
}
END_TEST

static void
add_marked(kpi_visit *v, uint64_t count, int64_t escalated)
{
	kpi_interaction whole = interaction_of(MONDAY, v, count);

	whole.escalated = escalated;
	add(store, &whole);
}

START_TEST(a_ticket_that_is_marked_is_escalated_whatever_its_tiers)
{
	kpi_visit kept = leg("amira", KPI_TRANSFER_NONE);
	kpi_visit passed = leg("amira", KPI_TRANSFER_QUEUE);
	kpi_visit nobody = visit_of(KPI_UNKNOWN, KPI_UNKNOWN, KPI_UNKNOWN);
	kpi_figure f;

	add_marked(&kept, 1, 1);
	add_marked(&passed, 1, 0);
	add_marked(&passed, 1, KPI_UNKNOWN);
	add_marked(&nobody, 1, 1);
	f = ask(store, NULL, "escalation_rate");
	ck_assert_int_eq(f.numerator, 1);
	ck_assert_int_eq(f.denominator, 2);
	ck_assert_int_eq(f.unknown, 2);
	/* Of all that arrived it need not be known who was answered. */
	f = ask(store, NULL, "escalation_rate transfer_denominator=received");
	ck_assert_int_eq(f.numerator, 2);
	ck_assert_int_eq(f.denominator, 3);
	ck_assert_int_eq(f.unknown, 1);
	/* That it happened is known, and not how often. */
	f = ask(store, NULL, "escalation_rate transfer_count=event");
	ck_assert_int_eq(f.numerator, 0);
	ck_assert_int_eq(f.denominator, 1);
	ck_assert_int_eq(f.unknown, 3);
}
END_TEST

START_TEST(an_escalation_is_debited_to_who_made_it)
{
	kpi_visit legs[] = { tiered("amira", KPI_TRANSFER_ATTENDED, 1),
		tiered("ben", KPI_TRANSFER_ATTENDED, 2),
		tiered("chloe", KPI_TRANSFER_NONE, 3) };
	kpi_query *query = new_query();
	kpi_result *result;

	add_marked(legs, 3, 1);
	ck_assert_int_eq(
	    ask(store, NULL, "escalation_rate transfer_count=event").numerator,
	    2);
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_AGENT), KPI_OK);
	result = ask_rows(store, query, "escalation_rate");
	ck_assert_uint_eq(kpi_result_rows(result), 3);
	ck_assert_near(figure_at(result, 0).value, 1, 0);
	ck_assert_near(figure_at(result, 1).value, 1, 0);
	/* The mark says that one was, not that she was it. */
	ck_assert_near(figure_at(result, 2).value, 0, 0);
	kpi_result_free(result);
	kpi_query_free(query);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("transfers");
	TCase *tc = tcase_create("transfers");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, the_transfer_debited_to_the_agent_who_received_it);
	tcase_add_test(
	    tc, a_whole_interaction_by_agent_is_refused_with_the_reason);
	tcase_add_test(tc, each_kind_counts_if_it_is_named);
	tcase_add_test(tc, a_unit_counts_once_and_an_event_each_time);
	tcase_add_test(
	    tc, whether_it_was_passed_on_may_be_known_and_how_often_not);
	tcase_add_test(tc, nobody_passes_on_who_was_not_answered);
	tcase_add_test(tc, a_direct_transfer_is_a_leg_and_no_visit);
	tcase_add_test(
	    tc, passed_on_to_a_higher_tier_is_escalated_and_to_another_not);
	tcase_add_test(
	    tc, a_ticket_that_is_marked_is_escalated_whatever_its_tiers);
	tcase_add_test(tc, an_escalation_is_debited_to_who_made_it);
	suite_add_tcase(s, tc);
	return s;
}
