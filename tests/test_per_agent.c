/* SPDX-License-Identifier: MIT */
/* contacts_per_agent: who is counted, and what for each. */
#include <stdio.h>
#include <string.h>

#include "agent_day.h"
#include "random_interactions.h"
#include "runner.h"

/* Five received, four answered, one of them by two: three agents handled. */
static void
add_contacts(void)
{
	kpi_visit visits[2];
	kpi_interaction whole = interaction_of(at(8, 0), visits, 2);

	visits[0] = visit_of(KPI_OUTCOME_ANSWERED, 0, 10 * MINUTE);
	visits[1] = visits[0];
	visits[0].agent = "amira";
	visits[0].queue = visits[1].queue = "support";
	visits[1].agent = "ben";
	add(store, &whole);
	add_leg("amira", at(9, 0), at(9, 10));
	add_leg("chloe", at(9, 0), at(9, 10));
	add_leg(NULL, at(9, 0), at(9, 10));
	add_calls(store,
	    (call){ at(9, 0), KPI_OUTCOME_ABANDONED, MINUTE, KPI_UNKNOWN, NULL,
		"dan", NULL },
	    1);
	visits[0].agent = "eve";
	whole = interaction_of(at(9, 0), visits, 1);
	whole.direction = KPI_DIRECTION_OUTBOUND;
	add(store, &whole);
}

START_TEST(contacts_per_agent_counts_those_with_a_leg)
{
	static const struct {
		const char *numerator;
		int64_t count, not_counted;
	} cases[] = { { "received", 5, 0 }, { "answered", 4, 1 },
		{ "legs", 5, 0 } };
	char text[80];
	kpi_figure f;

	add_contacts();
	(void)snprintf(text, sizeof(text),
	    "contacts_per_agent contacts_per_agent_numerator=%s",
	    cases[_i].numerator);
	f = ask(store, NULL, text);
	ck_assert_int_eq(f.numerator, cases[_i].count);
	ck_assert_int_eq(f.denominator, 3);
	ck_assert_int_eq(f.not_counted, cases[_i].not_counted);
	ck_assert_int_eq(f.unit, KPI_UNIT_RATIO);
	ck_assert_double_eq(f.value, (double)cases[_i].count / 3);
}
END_TEST

START_TEST(an_agent_of_two_hours_is_one_in_each_and_one_in_all)
{
	kpi_query *query = new_query();
	kpi_result *result;

	add_contacts();
	ck_assert_int_eq(kpi_query_by_time(query, KPI_BUCKET_HOUR), KPI_OK);
	result = ask_rows(store, query, "contacts_per_agent");
	ck_assert_uint_eq(kpi_result_rows(result), 2);
	ck_assert_int_eq(figure_at(result, 0).numerator, 1);
	ck_assert_int_eq(figure_at(result, 0).denominator, 2);
	ck_assert_int_eq(figure_at(result, 1).numerator, 4);
	ck_assert_int_eq(figure_at(result, 1).denominator, 2);
	kpi_result_free(result);
	kpi_query_free(query);
}
END_TEST

START_TEST(contacts_without_an_agent_are_undefined)
{
	add_calls(store,
	    (call){ at(9, 0), KPI_OUTCOME_ABANDONED, MINUTE, KPI_UNKNOWN, NULL,
		NULL, NULL },
	    1);
	ck_assert_int_eq(ask(store, NULL, "contacts_per_agent").state,
	    KPI_STATE_UNDEFINED);
}
END_TEST

START_TEST(contacts_stand_to_those_who_were_there)
{
	kpi_figure f;

	add_contacts();
	add_activity("amira", KPI_ACTIVITY_READY, at(8, 0), at(10, 0));
	add_activity("ben", KPI_ACTIVITY_MEETING, at(8, 0), at(8, 5));
	add_activity("dan", KPI_ACTIVITY_TRAINING, at(8, 0), at(10, 0));
	add_activity("zoe", KPI_ACTIVITY_READY, at(8, 0), at(9, 0));
	add_activity("yan", KPI_ACTIVITY_OFFLINE, at(8, 0), at(9, 0));
	f = ask(store, NULL,
	    "contacts_per_agent contacts_per_agent_denominator=logged_in"
	    WHOLE_DAY);
	ck_assert_int_eq(f.numerator, 5);
	ck_assert_int_eq(f.denominator, 4);
	f = ask(store, NULL,
	    "contacts_per_agent contacts_per_agent_denominator=staffed"
	    WHOLE_DAY);
	ck_assert_int_eq(f.denominator, 3);
	f = ask(store, NULL,
	    "contacts_per_agent contacts_per_agent_denominator=staffed_hours"
	    WHOLE_DAY);
	/* Two hours of amira, ten minutes of ben, an hour of zoe. */
	ck_assert_int_eq(f.denominator, 3 * HOUR + 10 * MINUTE);
	ck_assert_near(f.value, 5 / (3 + 10 / 60.0), 1e-12);
}
END_TEST

static void
employ(const char *agent, int64_t hired, int64_t left)
{
	const kpi_employment blank = KPI_EMPLOYMENT_INIT;
	kpi_employment one = blank;

	one.agent = agent;
	one.hired_at = hired;
	one.left_at = left;
	ck_assert_int_eq(kpi_store_add_employment(store, &one, NULL), KPI_OK);
}

#define ROSTERED                                                               \
	"contacts_per_agent contacts_per_agent_denominator=rostered"

START_TEST(contacts_stand_to_those_who_are_employed)
{
	kpi_query *query = new_query();
	kpi_error error = KPI_ERROR_INIT;
	kpi_result *result, *again;
	kpi_definition *d;
	kpi_figure f;

	add_contacts();
	ck_assert_int_eq(ask(store, NULL, ROSTERED).state, KPI_STATE_UNDEFINED);
	employ("amira", at(0, 0), KPI_UNKNOWN);
	employ("zoe", at(0, 0), at(9, 0));
	employ("yan", at(9, 0), KPI_UNKNOWN);
	employ("xu", at(0, 0), at(8, 0));
	ck_assert_int_eq(
	    kpi_query_between(query, at(8, 0), at(10, 0)), KPI_OK);
	f = ask(store, query, ROSTERED);
	ck_assert_int_eq(f.numerator, 5);
	ck_assert_int_eq(f.denominator, 3);
	ck_assert_double_eq(f.value, 5.0 / 3);
	result = ask_rows(store, query, ROSTERED);
	again = ask_rows(store, query, ROSTERED);
	ck_assert_int_eq(
	    kpi_result_merge(result, again, &error), KPI_EMISMATCH);
	kpi_result_free(again);
	kpi_result_free(result);
	ck_assert_int_eq(kpi_query_by_time(query, KPI_BUCKET_HOUR), KPI_OK);
	result = ask_rows(store, query, ROSTERED);
	ck_assert_uint_eq(kpi_result_rows(result), 2);
	ck_assert_int_eq(figure_at(result, 0).numerator, 1);
	ck_assert_int_eq(figure_at(result, 0).denominator, 2);
	ck_assert_int_eq(figure_at(result, 1).numerator, 4);
	ck_assert_int_eq(figure_at(result, 1).denominator, 2);
	kpi_result_free(result);
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_AGENT), KPI_OK);
	d = definition_of(ROSTERED);
	ck_assert_int_eq(kpi_measure(&result, store, query,
			     (const kpi_definition *const *)&d, 1, &error),
	    KPI_ENOTSUP);
	kpi_definition_free(d);
	kpi_query_free(query);
}
END_TEST

START_TEST(distinct_agents_merge_where_agents_are_whole)
{
	static const char *const texts[] = { "contacts_per_agent",
		"occupancy" WHOLE_DAY };
	kpi_error error = KPI_ERROR_INIT;
	kpi_query *query = new_query();
	kpi_store *other = new_store();
	kpi_result *a, *b;

	add_leg("amira", at(8, 0), at(9, 0));
	a = ask_rows(store, query, texts[_i]);
	b = ask_rows(other, query, texts[_i]);
	ck_assert_int_eq(kpi_result_merge(a, b, &error), KPI_EMISMATCH);
	ck_assert_ptr_nonnull(strstr(error.text, "agent"));
	kpi_result_free(a);
	kpi_result_free(b);
	ck_assert_int_eq(
	    kpi_query_partition(query, KPI_PARTITION_AGENT), KPI_OK);
	a = ask_rows(store, query, texts[_i]);
	b = ask_rows(other, query, texts[_i]);
	ck_assert_int_eq(kpi_result_merge(a, b, &error), KPI_OK);
	kpi_result_free(a);
	kpi_result_free(b);
	kpi_query_free(query);
	kpi_store_close(other);
}
END_TEST

static int
same(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

#define AGENTS_MOST 32

/* Of one channel on one day, by looking at each interaction. */
static void
count_by_hand(const random_interactions *made, const char *channel,
    int64_t day, int64_t *received, int64_t *handled)
{
	const char *agents[AGENTS_MOST];

	*received = *handled = 0;
	for (size_t i = 0; i < made->count; i++) {
		const kpi_interaction *one = &made->all[i];

		if (!same(one->channel, channel) ||
		    one->started_at / DAY != day ||
		    one->direction == KPI_DIRECTION_OUTBOUND ||
		    one->direction == KPI_DIRECTION_INTERNAL)
			continue;
		++*received;
		for (uint64_t v = 0; v < one->visit_count; v++) {
			const char *agent = one->visits[v].agent;
			int64_t known = 0;

			if (agent == NULL ||
			    one->visits[v].outcome != KPI_OUTCOME_ANSWERED)
				continue;
			while (known < *handled && !same(agents[known], agent))
				known++;
			ck_assert_int_lt(known, AGENTS_MOST);
			agents[known] = agent;
			if (known == *handled)
				++*handled;
		}
	}
}

START_TEST(random_contacts_stand_to_the_agents_that_counting_finds)
{
	random_source r = { (uint64_t)_i * 104729 + 7 };
	random_shape shape = random_shape_any(&r);
	kpi_query *query = new_query();
	random_interactions made;
	kpi_store *random;
	kpi_result *result;
	int64_t sum = 0, received, handled;

	random_interactions_make(
	    &made, r.state, 1 + random_below(&r, 500), &shape);
	random = random_interactions_store(&made);
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_CHANNEL), KPI_OK);
	ck_assert_int_eq(kpi_query_by_time(query, KPI_BUCKET_DAY), KPI_OK);
	result = ask_rows(random, query, "contacts_per_agent");
	for (uint64_t row = 0; row < kpi_result_rows(result); row++) {
		const kpi_figure f = figure_at(result, row);

		count_by_hand(&made, kpi_result_group(result, row, 0),
		    kpi_result_begin(result, row) / DAY, &received, &handled);
		ck_assert_int_eq(f.numerator, received);
		ck_assert_int_eq(f.denominator, handled);
		sum += received;
	}
	ck_assert_int_eq(sum, ask(random, NULL, "contacts").numerator);
	kpi_result_free(result);
	kpi_query_free(query);
	kpi_store_close(random);
	random_interactions_free(&made);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("per agent");
	TCase *tc = tcase_create("per agent");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(
	    tc, contacts_per_agent_counts_those_with_a_leg, 0, 3);
	tcase_add_test(tc, an_agent_of_two_hours_is_one_in_each_and_one_in_all);
	tcase_add_test(tc, contacts_without_an_agent_are_undefined);
	tcase_add_test(tc, contacts_stand_to_those_who_were_there);
	tcase_add_test(tc, contacts_stand_to_those_who_are_employed);
	tcase_add_loop_test(tc,
	    random_contacts_stand_to_the_agents_that_counting_finds, 0, 40);
	tcase_add_loop_test(
	    tc, distinct_agents_merge_where_agents_are_whole, 0, 2);
	suite_add_tcase(s, tc);
	return s;
}
