/* SPDX-License-Identifier: MIT */
/* First contact resolution where it is not the customer's silence that tells,
 * and where the unit is no issue. */
#include <string.h>

#include "asked.h"
#include "runner.h"

#define FCR       "first_contact_resolution"
#define MARK      FCR " fcr_method=mark fcr_unit=contact"
#define DERIVED   FCR " fcr_method=derived fcr_unit=contact"
#define SURVEY    FCR " fcr_method=survey fcr_unit=contact"
#define KNOWN     " known_from=2025-01-01T00:00:00Z as_of=2027-01-01T00:00:00Z"

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

/* A contact of one answered row that everything speaks for. */
static kpi_interaction
good(kpi_visit *visit)
{
	kpi_interaction i;

	*visit = answered_by("amira", KPI_TRANSFER_NONE);
	i = interaction_of(MONDAY, visit, 1);
	i.resolved = 1;
	i.first_contact = 1;
	i.resolvable = 1;
	i.agent_replies = 1;
	i.customer_replies = 0;
	return i;
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

START_TEST(a_mark_is_the_agents_word_and_none_is_unknown)
{
	kpi_visit v;
	kpi_interaction i = good(&v);

	add(store, &i);
	i.first_contact = 0;
	add(store, &i);
	i.first_contact = KPI_UNKNOWN;
	add(store, &i);
	v.outcome = KPI_OUTCOME_ABANDONED;
	add(store, &i);
	i.first_contact = 1;
	i.resolved = 0;
	add(store, &i);
	check(MARK, 1, 2, 1, 2);
	check(MARK " fcr_denominator=received", 2, 3, 2, 0);
	check(MARK " fcr_denominator=resolved", 1, 2, 2, 1);
}
END_TEST

/* What the customer says counts, and not what became of the contact. */
START_TEST(a_survey_tells_where_both_questions_are_answered)
{
	kpi_visit v;
	kpi_interaction i = good(&v);

	v.outcome = KPI_OUTCOME_ABANDONED;
	i.first_contact = 0;
	i.survey_resolved = 1;
	i.survey_contacts = 1;
	add(store, &i);
	i.survey_contacts = 2;
	add(store, &i);
	i.survey_contacts = 1;
	i.survey_resolved = 0;
	add(store, &i);
	i.survey_contacts = KPI_UNKNOWN;
	add(store, &i);
	i.survey_resolved = KPI_UNKNOWN;
	i.survey_contacts = 3;
	add(store, &i);
	check(SURVEY, 1, 3, 2, 0);
	check(SURVEY " fcr_net=1", 1, 3, 2, 0);
	check(SURVEY " fcr_denominator=resolved", 1, 3, 2, 0);
}
END_TEST

START_TEST(net_leaves_out_what_could_not_be_resolved_at_once)
{
	kpi_visit v;
	kpi_interaction i = good(&v);

	add(store, &i);
	i.first_contact = 0;
	i.resolvable = 0;
	add(store, &i);
	i.resolvable = KPI_UNKNOWN;
	add(store, &i);
	check(MARK, 1, 3, 0, 0);
	check(MARK " fcr_net=1", 1, 1, 1, 1);
	i.customer = "c-1";
	i.resolvable = 0;
	add(store, &i);
	i.customer = "c-2";
	i.resolvable = 1;
	add(store, &i);
	check(FCR " fcr_net=1" KNOWN, 1, 1, 3, 1);
}
END_TEST

/* One thing that speaks against it, and what is asked. */
enum against {
	OPEN, REOPENED, REOPENED_ONCE, REOPENED_LATER, TRANSFERRED, CONSULTED,
	TWO_AGENTS, SAME_AGENT, CUSTOMER_REPLIED, TWO_REPLIES, NO_REPLY,
	UNANSWERED
};

static void
speak_against(kpi_interaction *i, kpi_visit visits[2], enum against what)
{
	switch (what) {
	case OPEN:
		i->resolved = 0;
		break;
	case REOPENED:
		i->reopened_at = MONDAY + HOUR;
		break;
	case REOPENED_ONCE:
		i->reopened_count = 1;
		break;
	case REOPENED_LATER:
		i->reopened_count = 1;
		i->reopened_at = MONDAY + HOUR;
		break;
	case TRANSFERRED:
		visits[0].transfer = KPI_TRANSFER_BLIND;
		break;
	case CONSULTED:
		visits[0].transfer = KPI_TRANSFER_CONSULT;
		break;
	case TWO_AGENTS:
	case SAME_AGENT:
		visits[1] = visits[0];
		visits[1].agent = what == TWO_AGENTS ? "ben" : "amira";
		i->visit_count = 2;
		break;
	case CUSTOMER_REPLIED:
		i->customer_replies = 1;
		break;
	case TWO_REPLIES:
		i->agent_replies = 2;
		break;
	case NO_REPLY:
		i->agent_replies = 0;
		break;
	case UNANSWERED:
		visits[0].outcome = KPI_OUTCOME_ABANDONED;
		break;
	}
}

static const struct {
	enum against against;
	const char *asked;
	int resolved;
} derived[] = {
	{ OPEN, "fcr_requires=resolved", 0 },
	{ OPEN, "fcr_requires=no_transfer,no_reopen", 1 },
	{ REOPENED, "fcr_requires=no_reopen", 0 },
	{ REOPENED, "fcr_requires=resolved", 1 },
	{ REOPENED_ONCE, "fcr_requires=no_reopen", 0 },
	{ REOPENED_LATER, "fcr_requires=no_reopen as_of=2026-03-02T01:00:00Z",
	    1 },
	{ REOPENED_LATER,
	    "fcr_requires=no_reopen as_of=2026-03-02T01:00:00.001Z", 0 },
	{ TRANSFERRED, "fcr_requires=no_transfer", 0 },
	{ TRANSFERRED, "fcr_requires=resolved,one_agent", 1 },
	{ CONSULTED, "fcr_requires=no_transfer", 1 },
	{ TWO_AGENTS, "fcr_requires=one_agent", 0 },
	{ TWO_AGENTS, "fcr_requires=no_transfer", 1 },
	{ SAME_AGENT, "fcr_requires=one_agent", 1 },
	{ CUSTOMER_REPLIED, "fcr_requires=no_customer_reply", 0 },
	{ CUSTOMER_REPLIED, "fcr_requires=resolved", 1 },
	{ TWO_REPLIES, "fcr_max_replies=1", 0 },
	{ TWO_REPLIES, "fcr_max_replies=2", 1 },
	{ TWO_REPLIES, "fcr_min_replies=2", 1 },
	{ NO_REPLY, "fcr_max_replies=1", 1 },
	{ NO_REPLY, "fcr_min_replies=1 fcr_max_replies=1", 0 },
	{ UNANSWERED, "fcr_denominator=received fcr_requires=one_agent", 0 },
	{ UNANSWERED, "fcr_denominator=received fcr_requires=no_transfer", 1 },
};

START_TEST(what_is_required_and_fails_is_not_resolved_at_first_contact)
{
	char text[256] = DERIVED " ";
	kpi_visit visits[2];
	kpi_interaction i = good(visits);

	speak_against(&i, visits, derived[_i].against);
	add(store, &i);
	strcat(text, derived[_i].asked);
	check(text, derived[_i].resolved, 1, 0, 0);
}
END_TEST

START_TEST(what_is_not_known_decides_nothing_beside_what_fails)
{
	kpi_visit v;
	kpi_interaction i = good(&v);

	v.transfer = KPI_UNKNOWN;
	add(store, &i);
	check(DERIVED, 0, 0, 1, 0);
	i.resolved = 0;
	add(store, &i);
	check(DERIVED, 0, 1, 1, 0);
	v.transfer = KPI_TRANSFER_NONE;
	i.resolved = KPI_UNKNOWN;
	i.resolved_at = MONDAY + HOUR;
	add(store, &i);
	check(DERIVED, 1, 2, 1, 0);
}
END_TEST

START_TEST(one_of_a_nameless_leg_is_one_agent_and_of_two_nobody_knows)
{
	kpi_visit v[2];
	kpi_interaction i = good(v);

	v[0].agent = NULL;
	add(store, &i);
	check(DERIVED " fcr_requires=one_agent", 1, 1, 0, 0);
	v[1] = answered_by("ben", KPI_TRANSFER_NONE);
	i.visit_count = 2;
	add(store, &i);
	check(DERIVED " fcr_requires=one_agent", 1, 1, 1, 0);
}
END_TEST

static void
add_case(const char *name, int64_t day, int64_t outcome)
{
	kpi_visit v = visit_of(outcome, SECOND, MINUTE);
	kpi_interaction i = interaction_of(MONDAY + day * DAY, &v, 1);

	i.case_id = name;
	i.first_contact = day == 0;
	add(store, &i);
}

/* However late the second contact of a case is. */
START_TEST(a_case_of_one_contact_was_resolved_at_first_contact)
{
	add_case("k-1", 0, KPI_OUTCOME_ANSWERED);
	add_case("k-1", 300, KPI_OUTCOME_ANSWERED);
	add_case("k-2", 1, KPI_OUTCOME_ABANDONED);
	add_case("k-2", 2, KPI_OUTCOME_ANSWERED);
	add_case("k-3", 0, KPI_OUTCOME_ABANDONED);
	add_case("k-4", 0, KPI_OUTCOME_ANSWERED);
	add_case("k-4", 1, KPI_OUTCOME_ABANDONED);
	add_case(NULL, 0, KPI_OUTCOME_ANSWERED);
	add_case(NULL, 0, KPI_OUTCOME_ANSWERED);
	check(FCR " fcr_unit=case", 3, 5, 0, 0);
	check(FCR " fcr_unit=case fcr_method=mark", 4, 5, 0, 0);
}
END_TEST

/* What came before is looked for, what came after is not. */
START_TEST(an_issue_may_be_judged_by_the_mark_of_its_first_contact)
{
	kpi_visit v;
	kpi_interaction i = good(&v);

	i.customer = "c-1";
	add(store, &i);
	i.started_at += DAY;
	i.first_contact = 0;
	add(store, &i);
	check(FCR " fcr_method=mark" KNOWN, 1, 1, 0, 0);
	check(MARK, 1, 2, 0, 0);
	ck_assert_int_eq(
	    ask(store, NULL, FCR " fcr_method=mark").truncated, 2);
}
END_TEST

START_TEST(a_call_that_ended_in_the_menu_is_not_carried_on)
{
	static const int64_t before[] = { KPI_OUTCOME_BEFORE_QUEUE,
		KPI_OUTCOME_SELF_SERVED, KPI_OUTCOME_ABANDONED };

	for (size_t i = 0; i < 3; i++) {
		const int64_t start = MONDAY + (int64_t)i * DAY;
		const call first = { start, before[i], SECOND, KPI_UNKNOWN,
			"customer", NULL, NULL };
		const call again = { start + 5 * MINUTE, KPI_OUTCOME_ANSWERED,
			SECOND, MINUTE, "customer", NULL, NULL };

		kpi_store_close(store);
		store = new_store();
		add_calls(store, first, 1);
		add_calls(store, again, 1);
		check(FCR " fcr_unit=contact repeat_gap=15min" KNOWN, i < 2,
		    i < 2, 0, i < 2 ? 1 : 2);
		check("repeat_rate repeat_gap=15min" KNOWN, 0, 1, 0, 1);
	}
}
END_TEST

START_TEST(fewest_replies_above_the_most_are_refused)
{
	kpi_definition *d = definition_of(DERIVED " fcr_max_replies=1");
	kpi_error error = KPI_ERROR_INIT;
	kpi_result *result;

	ck_assert_int_eq(
	    kpi_definition_set(d, "fcr_min_replies", "2", &error), KPI_OK);
	ck_assert_int_eq(kpi_measure(&result, store, NULL,
			     (const kpi_definition *const *)&d, 1, &error),
	    KPI_EINVAL);
	ck_assert_str_eq(error.field, "fcr_min_replies");
	kpi_definition_free(d);
}
END_TEST

/* Five tickets as help desks see them. */
static void
add_tickets(void)
{
	static const struct {
		int64_t resolved, agent, customer, reopened, first, may;
		int agents;
	} tickets[] = {
		{ 1, 1, 0, 0, 1, 1, 1 },
		{ 1, 0, 0, 0, 1, 1, 1 },
		{ 1, 2, 0, 0, 0, 1, 2 },
		{ 1, 1, 2, 1, 0, 0, 1 },
		{ 0, 1, 0, 0, 0, 1, 1 },
	};

	for (size_t t = 0; t < sizeof(tickets) / sizeof(*tickets); t++) {
		kpi_visit v[2] = { answered_by("amira", 0),
			answered_by("ben", 0) };
		kpi_interaction i = interaction_of(
		    MONDAY, v, (uint64_t)tickets[t].agents);

		i.resolved = tickets[t].resolved;
		i.agent_replies = tickets[t].agent;
		i.customer_replies = tickets[t].customer;
		i.reopened_count = tickets[t].reopened;
		i.first_contact = tickets[t].first;
		i.resolvable = tickets[t].may;
		add(store, &i);
	}
}

static const struct {
	const char *preset;
	int64_t numerator, denominator;
} desks[] = {
	{ "zendesk", 3, 4 },
	{ "zendesk-exactly-one", 2, 4 },
	{ "freshservice", 3, 4 },
	{ "intercom", 2, 5 },
	{ "metricnet-gross", 2, 5 },
	{ "metricnet-net", 2, 4 },
};

START_TEST(help_desks_count_the_same_tickets_in_six_ways)
{
	kpi_figure f;

	add_tickets();
	f = ask_preset(
	    store, "first_contact_resolution", desks[_i].preset, NULL);
	ck_assert_int_eq(f.numerator, desks[_i].numerator);
	ck_assert_int_eq(f.denominator, desks[_i].denominator);
}
END_TEST

#define LENGTH(table) (int)(sizeof(table) / sizeof(*(table)))

static Suite *
suite(void)
{
	Suite *s = suite_create("first_contact");
	TCase *tc = tcase_create("first_contact");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, a_mark_is_the_agents_word_and_none_is_unknown);
	tcase_add_test(tc, a_survey_tells_where_both_questions_are_answered);
	tcase_add_test(tc, net_leaves_out_what_could_not_be_resolved_at_once);
	tcase_add_loop_test(tc,
	    what_is_required_and_fails_is_not_resolved_at_first_contact, 0,
	    LENGTH(derived));
	tcase_add_test(tc, what_is_not_known_decides_nothing_beside_what_fails);
	tcase_add_test(
	    tc, one_of_a_nameless_leg_is_one_agent_and_of_two_nobody_knows);
	tcase_add_test(
	    tc, a_case_of_one_contact_was_resolved_at_first_contact);
	tcase_add_test(
	    tc, an_issue_may_be_judged_by_the_mark_of_its_first_contact);
	tcase_add_test(tc, a_call_that_ended_in_the_menu_is_not_carried_on);
	tcase_add_test(tc, fewest_replies_above_the_most_are_refused);
	tcase_add_loop_test(tc, help_desks_count_the_same_tickets_in_six_ways,
	    0, LENGTH(desks));
	suite_add_tcase(s, tc);
	return s;
}
