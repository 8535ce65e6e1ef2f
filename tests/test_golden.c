/* SPDX-License-Identifier: MIT */
/* Figures of waits and handling that are known from outside: published
 * examples, and cases whose answer is worked out by hand. */
#include <math.h>
#include <stdio.h>

#include "asked.h"
#include "runner.h"

#define LENGTH(table) (int)(sizeof(table) / sizeof(*(table)))

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
add_waits(int64_t outcome, int64_t wait, uint64_t count)
{
	add_calls(store,
	    (call){ MONDAY, outcome, wait, MINUTE, NULL, NULL, NULL }, count);
}

/* 1000 answered, 860 of them in time; 60 abandoned: 10 within 5 s, 20 within
 * 20 s. */
static void
add_thousand(void)
{
	add_waits(KPI_OUTCOME_ANSWERED, 20 * SECOND, 860);
	add_waits(KPI_OUTCOME_ANSWERED, 20 * SECOND + 1, 140);
	add_waits(KPI_OUTCOME_ABANDONED, 5 * SECOND, 10);
	add_waits(KPI_OUTCOME_ABANDONED, 20 * SECOND, 10);
	add_waits(KPI_OUTCOME_ABANDONED, 21 * SECOND, 40);
}

static const struct {
	const char *preset, *setting;
	double percent;
} thousand[] = {
	{ "icmi1", NULL, 83.018867924528 },
	{ "cisco-positive", NULL, 83.018867924528 },
	{ "icmi2", NULL, 86 },
	{ "cisco-handled", NULL, 86 },
	{ "att-cms", NULL, 86 },
	{ "wazo", NULL, 86 },
	{ "default", NULL, 81.132075471698 },
	{ "icmi3", NULL, 81.132075471698 },
	{ "cisco-negative", NULL, 81.132075471698 },
	{ "icmi4", NULL, 82.692307692308 },
	{ "cisco-ignored", NULL, 82.692307692308 },
	{ "bright-pattern", NULL, 82.692307692308 },
	{ "icmi5", NULL, 82.075471698113 },
	{ "talkdesk", "short_abandon_threshold=5s", 81.904761904762 },
	{ "stat-server", "short_abandon_threshold=5s", 81.904761904762 },
	{ "ringcentral", "short_abandon_threshold=5s", 81.904761904762 },
	{ "genesys", "short_abandon_threshold=5s", 81.904761904762 },
};

START_TEST(one_set_of_calls_has_the_level_of_each_formula)
{
	kpi_figure f;

	add_thousand();
	f = ask_preset(
	    store, "service_level", thousand[_i].preset, thousand[_i].setting);
	ck_assert_int_eq(f.state, KPI_STATE_OK);
	ck_assert_msg(is_near(100 * f.value, thousand[_i].percent, 1e-9),
	    "%s: %.15g, expected %.15g", thousand[_i].preset, 100 * f.value,
	    thousand[_i].percent);
}
END_TEST

START_TEST(stat_server_takes_short_abandons_out)
{
	add_waits(KPI_OUTCOME_ANSWERED, SECOND, 200);
	add_waits(KPI_OUTCOME_ANSWERED, MINUTE, 100);
	add_waits(KPI_OUTCOME_ABANDONED, 5 * SECOND, 50);
	add_waits(KPI_OUTCOME_ABANDONED, MINUTE, 50);
	ck_assert_near(100 *
		ask_preset(store, "service_level", "stat-server",
		    "short_abandon_threshold=5s")
		    .value,
	    57.142857142857, 1e-9);
}
END_TEST

START_TEST(without_abandons_the_level_is_that_of_the_answered)
{
	add_waits(KPI_OUTCOME_ANSWERED, SECOND, 136);
	add_waits(KPI_OUTCOME_ANSWERED, MINUTE, 34);
	ck_assert_near(ask(store, NULL, "service_level").value, 0.8, 1e-12);
}
END_TEST

static kpi_result *
level_of(uint64_t in, uint64_t all)
{
	kpi_store *part = new_store();
	kpi_result *result;

	add_calls(part,
	    (call){ MONDAY, KPI_OUTCOME_ANSWERED, SECOND, 0, NULL, NULL, NULL },
	    in);
	add_calls(part,
	    (call){ MONDAY, KPI_OUTCOME_ANSWERED, MINUTE, 0, NULL, NULL, NULL },
	    all - in);
	result = ask_rows(part, NULL, "service_level");
	kpi_store_close(part);
	return result;
}

START_TEST(levels_merge_by_their_contacts)
{
	kpi_result *small = level_of(234, 300), *large = level_of(1020, 1200);
	kpi_error error = KPI_ERROR_INIT;

	ck_assert_near(figure_at(small, 0).value, 0.78, 1e-12);
	ck_assert_near(figure_at(large, 0).value, 0.85, 1e-12);
	ck_assert_int_eq(kpi_result_merge(small, large, &error), KPI_OK);
	ck_assert_near(figure_at(small, 0).value, 0.836, 1e-12);
	kpi_result_free(small);
	kpi_result_free(large);
}
END_TEST

static const struct {
	const char *preset;
	double percent;
} icm[] = {
	{ "cisco-icm-ignored", 77.7777777777778 },
	{ "cisco-icm-negative", 70 },
	{ "cisco-icm-positive", 80 },
};

/* 70 in time, 10 abandoned in time, 20 beyond the threshold, some of which
 * wait yet. */
START_TEST(who_waits_beyond_the_threshold_counts_in_icm)
{
	kpi_visit waiting =
	    visit_of(KPI_OUTCOME_WAITING, KPI_UNKNOWN, KPI_UNKNOWN);
	kpi_interaction whole = interaction_of(MONDAY, &waiting, 1);

	add_waits(KPI_OUTCOME_ANSWERED, SECOND, 70);
	add_waits(KPI_OUTCOME_ABANDONED, SECOND, 10);
	add_waits(KPI_OUTCOME_ANSWERED, MINUTE, 12);
	add_waits(KPI_OUTCOME_OVERFLOWED, MINUTE, 5);
	for (int i = 0; i < 3; i++)
		add(store, &whole);
	ck_assert_near(100 *
		ask_preset(store, "service_level", icm[_i].preset, NULL).value,
	    icm[_i].percent, 1e-9);
}
END_TEST

START_TEST(an_abandon_beyond_t_is_never_in_time_however_short)
{
	static const char *const numerators[] = { "answered_in,abandoned_in",
		"answered_in,abandoned_short_in",
		"answered_in,abandoned_in,abandoned_short_in" };
	char text[256];
	kpi_figure f;

	add_waits(KPI_OUTCOME_ANSWERED, SECOND, 1);
	add_waits(KPI_OUTCOME_ABANDONED, 25 * SECOND, 1);
	for (size_t i = 0; i < 3; i++) {
		(void)snprintf(text, sizeof(text),
		    "service_level service_level_denominator=answered,"
		    "abandoned service_level_numerator=%s "
		    "short_abandon_threshold=30s",
		    numerators[i]);
		f = ask(store, NULL, text);
		ck_assert_int_eq(f.numerator, 1);
		ck_assert_int_eq(f.denominator, 2);
	}
	f = ask(store, NULL,
	    "service_level service_level_denominator=answered,"
	    "abandoned_short_out short_abandon_threshold=30s");
	ck_assert_int_eq(f.denominator, 2);
}
END_TEST

START_TEST(an_overflow_is_two_visits_and_one_interaction)
{
	kpi_visit visits[2];
	kpi_interaction whole = interaction_of(MONDAY, visits, 2);
	kpi_query *query = new_query();
	kpi_result *result;
	kpi_figure f;

	visits[0] = visit_of(KPI_OUTCOME_TIMED_OUT, MINUTE, KPI_UNKNOWN);
	visits[0].queue = "A";
	visits[1] = visit_of(KPI_OUTCOME_ANSWERED, 15 * SECOND, MINUTE);
	visits[1].queue = "B";
	visits[1].agent = "amira";
	add(store, &whole);

	ck_assert_int_eq(ask(store, NULL, "visits").numerator, 2);
	f = ask(store, NULL,
	    "service_level service_level_denominator=answered,timed_out_out");
	ck_assert_int_eq(f.numerator, 1);
	ck_assert_int_eq(f.denominator, 2);

	ck_assert_int_eq(ask(store, NULL, "contacts").numerator, 1);
	f = ask(store, NULL, "average_speed_of_answer unit=interaction");
	ck_assert_int_eq(f.numerator, 75 * SECOND);
	ck_assert_int_eq(f.denominator, 1);
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_QUEUE), KPI_OK);
	result = ask_rows(store, query, "contacts contacts_classes=answered");
	ck_assert_uint_eq(kpi_result_rows(result), 1);
	ck_assert_str_eq(kpi_result_group(result, 0, 0), "A");
	ck_assert_int_eq(figure_at(result, 0).numerator, 1);
	kpi_result_free(result);
	kpi_query_free(query);
}
END_TEST

/* One agent contact from 05:23 to 06:15. */
START_TEST(a_contact_stands_whole_in_the_bucket_of_its_end)
{
	kpi_query *query = new_query();
	kpi_result *result;

	add_calls(store,
	    (call){ at(5, 23), KPI_OUTCOME_ANSWERED, 0, 52 * MINUTE, NULL,
		"amira", NULL },
	    1);
	ck_assert_int_eq(
	    kpi_query_by_time(query, KPI_BUCKET_HALF_HOUR), KPI_OK);
	result = ask_rows(store, query, "average_handle_time anchor=ended");
	ck_assert_uint_eq(kpi_result_rows(result), 1);
	ck_assert_int_eq(kpi_result_begin(result, 0), at(6, 0));
	ck_assert_int_eq(figure_at(result, 0).numerator, 52 * MINUTE);
	kpi_result_free(result);
	kpi_query_free(query);
}
END_TEST

static int64_t
half_hour_of(const char *text)
{
	kpi_query *query = new_query();
	kpi_result *result;
	int64_t begin;

	ck_assert_int_eq(
	    kpi_query_by_time(query, KPI_BUCKET_HALF_HOUR), KPI_OK);
	result = ask_rows(store, query, text);
	ck_assert_uint_eq(kpi_result_rows(result), 1);
	begin = kpi_result_begin(result, 0);
	kpi_result_free(result);
	kpi_query_free(query);
	return begin;
}

START_TEST(answered_and_ended_stand_each_in_their_own_half_hour)
{
	add_calls(store,
	    (call){ at(10, 25), KPI_OUTCOME_ANSWERED, 0, 20 * MINUTE, NULL,
		NULL, NULL },
	    1);
	ck_assert_int_eq(
	    half_hour_of("service_level anchor=answered"), at(10, 0));
	ck_assert_int_eq(
	    half_hour_of("average_handle_time anchor=ended"), at(10, 30));
}
END_TEST

START_TEST(queued_and_answered_stand_each_in_their_own_half_hour)
{
	add_calls(store,
	    (call){ at(7, 28), KPI_OUTCOME_ANSWERED, 4 * MINUTE, MINUTE, NULL,
		NULL, NULL },
	    1);
	ck_assert_int_eq(half_hour_of("visits anchor=queued"), at(7, 0));
	ck_assert_int_eq(
	    half_hour_of("service_level anchor=answered"), at(7, 30));
}
END_TEST

static void
add_mark_on(int day, int64_t talk)
{
	add_calls(store,
	    (call){ MONDAY + day * DAY, KPI_OUTCOME_ANSWERED, 0, talk, NULL,
		NULL, NULL },
	    1);
}

/* Day 1 has 93, day 8 has 80 and 100: 273/3, never the mean of 93 and 90. */
START_TEST(averages_merge_by_their_sums)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_query *query = new_query();
	kpi_result *first, *second;

	add_mark_on(0, 93);
	add_mark_on(7, 80);
	add_mark_on(7, 100);
	ck_assert_near(
	    ask(store, NULL, "average_handle_time").value, 91, 1e-12);
	ck_assert_int_eq(
	    kpi_query_between(query, MONDAY, MONDAY + DAY), KPI_OK);
	first = ask_rows(store, query, "average_handle_time");
	ck_assert_int_eq(
	    kpi_query_between(query, MONDAY + DAY, MONDAY + 8 * DAY), KPI_OK);
	second = ask_rows(store, query, "average_handle_time");
	ck_assert_near(figure_at(second, 0).value, 90, 1e-12);
	ck_assert_int_eq(kpi_result_merge(first, second, &error), KPI_OK);
	ck_assert_near(figure_at(first, 0).value, 91, 1e-12);
	kpi_result_free(first);
	kpi_result_free(second);
	kpi_query_free(query);
}
END_TEST

START_TEST(a_period_without_contacts_has_no_rate)
{
	kpi_query *query = new_query();
	kpi_figure f;

	add_mark_on(0, 93);
	ck_assert_int_eq(
	    kpi_query_between(query, MONDAY + DAY, MONDAY + 2 * DAY), KPI_OK);
	f = ask(store, query, "service_level");
	ck_assert_int_eq(f.state, KPI_STATE_NO_DATA);
	ck_assert(isnan(f.value));
	kpi_query_free(query);
}
END_TEST

START_TEST(the_ring_is_part_of_the_wait)
{
	kpi_visit visit = visit_of(KPI_OUTCOME_ANSWERED, 10 * SECOND, MINUTE);
	kpi_interaction whole = interaction_of(MONDAY, &visit, 1);

	visit.ring_ms = 9 * SECOND;
	add(store, &whole);
	ck_assert_near(ask(store, NULL, "average_speed_of_answer").value,
	    10 * (double)SECOND, 1e-12);
	ck_assert_near(
	    ask(store, NULL, "average_speed_of_answer wait_parts=queue").value,
	    (double)SECOND, 1e-12);
}
END_TEST

START_TEST(who_talks_yet_counts_for_the_level_and_not_for_handle_time)
{
	kpi_figure f;

	add_waits(KPI_OUTCOME_ANSWERED, SECOND, 2);
	add_calls(store,
	    (call){ MONDAY, KPI_OUTCOME_ANSWERED, SECOND, KPI_UNKNOWN, NULL,
		NULL, NULL },
	    1);
	f = ask(store, NULL, "average_handle_time");
	ck_assert_int_eq(f.denominator, 2);
	ck_assert_int_eq(f.in_progress, 1);
	ck_assert_int_eq(ask(store, NULL, "service_level").denominator, 3);
}
END_TEST

static const struct {
	uint64_t successes, n;
	double lower, upper, tolerance;
} wilson[] = {
	{ 18, 20, 0.6989663547715128, 0.972133518786232, 1e-12 },
	{ 4, 20, 0.0806576625797981, 0.4160174322518935, 1e-12 },
	{ 1, 30, 0.005908590, 0.16670391, 1e-7 },
	{ 30, 30, 0.8864866, 1, 1e-7 },
	{ 280, 400, 0.6534, 0.7428, 1e-4 },
};

START_TEST(shares_have_the_bounds_of_wilson)
{
	kpi_figure f;

	add_waits(KPI_OUTCOME_ANSWERED, SECOND, wilson[_i].successes);
	add_waits(
	    KPI_OUTCOME_ANSWERED, MINUTE, wilson[_i].n - wilson[_i].successes);
	f = ask(store, NULL, "service_level");
	ck_assert_near(f.lower, wilson[_i].lower, wilson[_i].tolerance);
	ck_assert_near(f.upper, wilson[_i].upper, wilson[_i].tolerance);
}
END_TEST

START_TEST(all_or_none_reach_the_end_exactly)
{
	kpi_figure f;

	add_waits(KPI_OUTCOME_ANSWERED, SECOND, 30);
	f = ask(store, NULL, "service_level");
	ck_assert(f.upper == 1);
	f = ask(store, NULL, "abandonment_rate");
	ck_assert(f.lower == 0);
}
END_TEST

START_TEST(a_ratio_above_one_has_no_bounds)
{
	kpi_figure f;

	add_waits(KPI_OUTCOME_ANSWERED, SECOND, 10);
	add_waits(KPI_OUTCOME_ABANDONED, SECOND, 11);
	f = ask_preset(store, "abandonment_rate", "vicidial", NULL);
	ck_assert_int_eq(f.state, KPI_STATE_OK);
	ck_assert_int_eq(f.unit, KPI_UNIT_RATIO);
	ck_assert_near(f.value, 1.1, 1e-12);
	ck_assert(isnan(f.lower) && isnan(f.upper));
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("golden");
	TCase *tc = tcase_create("golden");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc, one_set_of_calls_has_the_level_of_each_formula,
	    0, LENGTH(thousand));
	tcase_add_test(tc, stat_server_takes_short_abandons_out);
	tcase_add_test(tc, without_abandons_the_level_is_that_of_the_answered);
	tcase_add_test(tc, levels_merge_by_their_contacts);
	tcase_add_loop_test(
	    tc, who_waits_beyond_the_threshold_counts_in_icm, 0, LENGTH(icm));
	tcase_add_test(tc, an_abandon_beyond_t_is_never_in_time_however_short);
	tcase_add_test(tc, an_overflow_is_two_visits_and_one_interaction);
	tcase_add_test(tc, a_contact_stands_whole_in_the_bucket_of_its_end);
	tcase_add_test(
	    tc, answered_and_ended_stand_each_in_their_own_half_hour);
	tcase_add_test(
	    tc, queued_and_answered_stand_each_in_their_own_half_hour);
	tcase_add_test(tc, averages_merge_by_their_sums);
	tcase_add_test(tc, a_period_without_contacts_has_no_rate);
	tcase_add_test(tc, the_ring_is_part_of_the_wait);
	tcase_add_test(
	    tc, who_talks_yet_counts_for_the_level_and_not_for_handle_time);
	tcase_add_loop_test(
	    tc, shares_have_the_bounds_of_wilson, 0, LENGTH(wilson));
	tcase_add_test(tc, all_or_none_reach_the_end_exactly);
	tcase_add_test(tc, a_ratio_above_one_has_no_bounds);
	suite_add_tcase(s, tc);
	return s;
}
