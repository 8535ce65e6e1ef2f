/* SPDX-License-Identifier: MIT */
/* More faults of this trade's software: of time, of agents and customers, of
 * who comes again. Each is a test that is named after it. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "asked.h"
#include "instant_text.h"
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
add_of(int64_t start, const char *customer, const char *queue)
{
	add_calls(store,
	    (call){ start, KPI_OUTCOME_ANSWERED, SECOND, MINUTE, customer,
		"amira", queue },
	    1);
}

/* A definition with the ends of what is known. */
static kpi_figure
ask_known(const kpi_query *query, const char *metric, int64_t known_from,
    int64_t as_of)
{
	char from[INSTANT_TEXT], until[INSTANT_TEXT], text[256];

	instant_text(from, known_from);
	instant_text(until, as_of);
	(void)snprintf(text, sizeof(text), "%s known_from=%s as_of=%s", metric,
	    from, until);
	return ask(store, query, text);
}

START_TEST(a_filter_that_hides_the_repeat)
{
	kpi_query *query = new_query();
	kpi_figure f;

	add_of(MONDAY, "c-42", "sales");
	add_of(MONDAY + DAY, "c-42", "support");
	ck_assert_int_eq(
	    kpi_query_where(query, KPI_BY_QUEUE, "support"), KPI_OK);
	f = ask_known(
	    query, "repeat_rate", MONDAY - 30 * DAY, MONDAY + 30 * DAY);
	ck_assert_int_eq(f.numerator, 1);
	ck_assert_int_eq(f.denominator, 1);
	kpi_query_free(query);

	query = new_query();
	ck_assert_int_eq(kpi_query_between(query, MONDAY, MONDAY + 1), KPI_OK);
	f = ask_known(query, "first_contact_resolution", MONDAY - 30 * DAY,
	    MONDAY + 30 * DAY);
	ck_assert_int_eq(f.numerator, 0);
	ck_assert_int_eq(f.denominator, 1);
	kpi_query_free(query);
}
END_TEST

/* 2026-10-25: summer time ends in Berlin at 01:00Z; the hour from 02:00 is
 * there twice. */
#define AUTUMN INT64_C(1792886400000)

START_TEST(a_numeric_offset_instead_of_a_zone)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_query *query = new_query();
	kpi_result *result;

	add_of(AUTUMN - DAY, NULL, NULL);
	add_of(AUTUMN + DAY, NULL, NULL);
	ck_assert_msg(
	    kpi_query_time_zone(query, "Europe/Berlin", &error) == KPI_OK, "%s",
	    error.text);
	ck_assert_int_eq(kpi_query_by_time(query, KPI_BUCKET_DAY), KPI_OK);
	result = ask_rows(store, query, "contacts");
	ck_assert_uint_eq(kpi_result_rows(result), 2);
	ck_assert_int_eq(kpi_result_begin(result, 0), AUTUMN - DAY - 2 * HOUR);
	ck_assert_int_eq(kpi_result_begin(result, 1), AUTUMN + DAY - HOUR);
	kpi_result_free(result);
	kpi_query_free(query);
}
END_TEST

START_TEST(the_hour_that_autumn_repeats_is_lost_or_doubled)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_query *query = new_query();
	kpi_result *result;

	add_of(AUTUMN + 30 * MINUTE, NULL, NULL);
	add_of(AUTUMN + 90 * MINUTE, NULL, NULL);
	ck_assert_int_eq(
	    kpi_query_time_zone(query, "Europe/Berlin", &error), KPI_OK);
	ck_assert_int_eq(kpi_query_by_time(query, KPI_BUCKET_HOUR), KPI_OK);
	result = ask_rows(store, query, "contacts");
	ck_assert_uint_eq(kpi_result_rows(result), 2);
	for (uint64_t row = 0; row < 2; row++) {
		ck_assert_int_eq(figure_at(result, row).numerator, 1);
		ck_assert_int_eq(kpi_result_begin(result, row),
		    AUTUMN + (int64_t)row * HOUR);
		ck_assert_int_eq(kpi_result_until(result, row),
		    AUTUMN + (int64_t)(row + 1) * HOUR);
	}
	kpi_result_free(result);
	kpi_query_free(query);
}
END_TEST

/* 31 January, 28 February, 31 March of 2026. */
START_TEST(months_stepped_from_the_31st)
{
	static const int64_t days[] = { -30, -2, 29 };
	static const int64_t begins[] = { -60, -29, -1 };
	kpi_query *query = new_query();
	kpi_result *result;

	for (int i = 0; i < 3; i++)
		add_of(MONDAY + days[i] * DAY, NULL, NULL);
	ck_assert_int_eq(kpi_query_by_time(query, KPI_BUCKET_MONTH), KPI_OK);
	result = ask_rows(store, query, "contacts");
	ck_assert_uint_eq(kpi_result_rows(result), 3);
	for (uint64_t i = 0; i < 3; i++) {
		ck_assert_int_eq(
		    kpi_result_begin(result, i), MONDAY + begins[i] * DAY);
		ck_assert_int_eq(figure_at(result, i).numerator, 1);
	}
	kpi_result_free(result);
	kpi_query_free(query);
}
END_TEST

/* Begun before midnight, waited, answered and ended after it. */
START_TEST(calls_over_midnight)
{
	static const struct {
		const char *text;
		int64_t day;
	} asked[] = {
		{ "contacts", -DAY },
		{ "service_level", -DAY },
		{ "service_level anchor=answered", 0 },
		{ "average_handle_time", -DAY },
		{ "average_handle_time anchor=ended", 0 },
	};
	kpi_query *query = new_query();

	add_calls(store,
	    (call){ MONDAY - 10 * SECOND, KPI_OUTCOME_ANSWERED, 20 * SECOND,
		MINUTE, NULL, NULL, NULL },
	    1);
	ck_assert_int_eq(kpi_query_by_time(query, KPI_BUCKET_DAY), KPI_OK);
	for (size_t i = 0; i < sizeof(asked) / sizeof(*asked); i++) {
		kpi_result *result = ask_rows(store, query, asked[i].text);

		ck_assert_uint_eq(kpi_result_rows(result), 1);
		ck_assert_int_eq(
		    kpi_result_begin(result, 0), MONDAY + asked[i].day);
		kpi_result_free(result);
	}
	kpi_query_free(query);
}
END_TEST

START_TEST(anonymous_callers_as_one_customer)
{
	kpi_figure f;

	for (int i = 0; i < 50; i++)
		add_of(MONDAY + i * HOUR, NULL, NULL);
	add_of(MONDAY, "c-42", NULL);
	f = ask(store, NULL, "customers");
	ck_assert_int_eq(f.numerator, 1);
	ck_assert_int_eq(f.unknown, 50);
	f = ask_known(
	    NULL, "repeat_rate", MONDAY - 30 * DAY, MONDAY + 30 * DAY);
	ck_assert_int_eq(f.numerator, 0);
	ck_assert_int_eq(f.denominator, 1);
	ck_assert_int_eq(f.unknown, 50);
	f = ask_known(NULL,
	    "first_contact_resolution repeat_unknown_customer=own_issue",
	    MONDAY - 30 * DAY, MONDAY + 30 * DAY);
	ck_assert_int_eq(f.numerator, 51);
	ck_assert_int_eq(f.denominator, 51);
}
END_TEST

/* Every customer comes again after four days; the last ones had no time to. */
START_TEST(the_last_days_are_too_good_for_nobody_has_called_again_yet)
{
	kpi_figure f;
	char customer[16];

	for (int day = 0; day < 20; day++) {
		(void)snprintf(customer, sizeof(customer), "c%d", day);
		add_of(MONDAY + day * DAY, customer, NULL);
		if (day + 4 < 20)
			add_of(MONDAY + (day + 4) * DAY + 1, customer, NULL);
	}
	f = ask_known(NULL, "first_contact_resolution", MONDAY - 30 * DAY,
	    MONDAY + 20 * DAY);
	ck_assert_int_eq(f.numerator, 0);
	ck_assert_int_eq(f.denominator, 13);
	ck_assert_int_eq(f.immature, 7);
	f = ask_known(NULL, "first_contact_resolution repeat_edge=include",
	    MONDAY - 30 * DAY, MONDAY + 20 * DAY);
	ck_assert_int_eq(f.numerator, 4);
	ck_assert_int_eq(f.denominator, 20);
}
END_TEST

/* Failing issues are decided when the succeeding ones of that day are, not
 * when their last contact is old enough. */
START_TEST(the_week_before_is_too_good_for_failing_issues_mature_later)
{
	kpi_figure f;

	add_of(MONDAY, "good", NULL);
	for (int day = 0; day < 12; day += 3)
		add_of(MONDAY + day * DAY, "bad", NULL);
	f = ask_known(NULL, "first_contact_resolution", MONDAY - 30 * DAY,
	    MONDAY + 12 * DAY);
	ck_assert_int_eq(f.denominator, 2);
	ck_assert_int_eq(f.numerator, 1);
	ck_assert_int_eq(f.immature, 0);
}
END_TEST

START_TEST(a_reopened_case_measured_from_its_birth_at_every_closing)
{
	kpi_interaction whole = interaction_of(MONDAY, NULL, 0);
	kpi_figure f;

	whole.first_resolved_at = MONDAY + HOUR;
	whole.reopened_at = MONDAY + DAY;
	whole.reopened_count = 1;
	whole.resolved_at = MONDAY + 9 * DAY;
	add(store, &whole);
	f = ask(store, NULL, "resolution_rate");
	ck_assert_int_eq(f.numerator, 1);
	ck_assert_int_eq(f.denominator, 1);
	f = ask(store, NULL, "resolution_rate resolution_within=2d");
	ck_assert_int_eq(f.numerator, 0);
	ck_assert_int_eq(f.denominator, 1);
	f = ask(store, NULL,
	    "resolution_rate resolution_state=first resolution_within=2d");
	ck_assert_int_eq(f.numerator, 1);
	ck_assert_int_eq(f.denominator, 1);
	/* One time of one case, and no mean of its two closings. */
	f = ask(store, NULL, "resolution_time");
	ck_assert_int_eq(f.numerator, 9 * DAY);
	ck_assert_int_eq(f.denominator, 1);
	f = ask(store, NULL, "resolution_time resolution_state=first");
	ck_assert_int_eq(f.numerator, HOUR);
	ck_assert_int_eq(f.denominator, 1);
}
END_TEST

START_TEST(reopened_and_not_resolved_again_taken_as_resolved)
{
	kpi_interaction whole = interaction_of(MONDAY, NULL, 0);
	kpi_figure f;

	whole.resolved_at = MONDAY + HOUR;
	whole.reopened_at = MONDAY + DAY;
	add(store, &whole);
	f = ask(store, NULL, "resolution_rate");
	ck_assert_int_eq(f.state, KPI_STATE_OK);
	ck_assert_int_eq(f.numerator, 0);
	ck_assert_int_eq(f.denominator, 1);

	/* The first resolution is what it was, whatever the flag says now. */
	whole = interaction_of(MONDAY, NULL, 0);
	whole.resolved = 0;
	whole.first_resolved_at = MONDAY + HOUR;
	whole.reopened_at = MONDAY + DAY;
	add(store, &whole);
	f = ask(store, NULL, "resolution_rate");
	ck_assert_int_eq(f.numerator, 0);
	ck_assert_int_eq(f.denominator, 2);
	f = ask(store, NULL, "resolution_rate resolution_state=first");
	ck_assert_int_eq(f.numerator, 2);
}
END_TEST

/* Amira talks 349 s and passes the call on; Ben, without a queue, 238 s. */
static void
add_transfer(int64_t kind)
{
	kpi_visit visits[2];
	kpi_interaction whole = interaction_of(MONDAY, visits, 2);

	visits[0] = visit_of(KPI_OUTCOME_ANSWERED, SECOND, 349 * SECOND);
	visits[0].agent = "amira";
	visits[0].queue = "support";
	visits[0].transfer = kind;
	visits[1] = visit_of(KPI_OUTCOME_ANSWERED, KPI_UNKNOWN, 238 * SECOND);
	visits[1].agent = "ben";
	whole.csat = 5;
	add(store, &whole);
}

START_TEST(blind_and_attended_transfers_lost)
{
	kpi_figure f;

	add_transfer(_i == 0 ? KPI_TRANSFER_BLIND : KPI_TRANSFER_ATTENDED);
	f = ask(store, NULL, "average_handle_time");
	ck_assert_int_eq(f.numerator, 587 * SECOND);
	ck_assert_int_eq(f.denominator, 1);
	/* The leg that came of it is no visit to a queue. */
	ck_assert_int_eq(ask(store, NULL, "visits").numerator, 1);
	ck_assert_int_eq(ask(store, NULL, "contacts").numerator, 1);
	ck_assert_int_eq(
	    ask(store, NULL, "average_speed_of_answer").denominator, 1);
}
END_TEST

START_TEST(his_handle_time_charged_with_anothers_talk)
{
	kpi_query *query = new_query();
	kpi_result *result;

	add_transfer(KPI_TRANSFER_BLIND);
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_AGENT), KPI_OK);
	result = ask_rows(store, query, "average_handle_time");
	ck_assert_uint_eq(kpi_result_rows(result), 2);
	ck_assert_str_eq(kpi_result_group(result, 0, 0), "amira");
	ck_assert_near(figure_at(result, 0).value, 349 * 1000.0, 1e-12);
	ck_assert_near(figure_at(result, 1).value, 238 * 1000.0, 1e-12);
	kpi_result_free(result);
	kpi_query_free(query);
}
END_TEST

/* Whoever spoke last has the survey, or the first, or both in equal parts. */
START_TEST(a_survey_credited_to_both_in_full)
{
	static const struct {
		const char *text;
		int64_t parts, amira, ben;
	} credits[] = {
		{ "csat", 1, 0, 1 },
		{ "csat credit=first", 1, 1, 0 },
		{ "csat credit=equal", 720720, 360360, 360360 },
	};

	add_transfer(KPI_TRANSFER_BLIND);
	for (size_t i = 0; i < 3; i++) {
		static const char *const agents[] = { "amira", "ben" };
		const int64_t expected[] = { credits[i].amira, credits[i].ben };

		for (int a = 0; a < 2; a++) {
			kpi_query *query = new_query();
			kpi_figure f;

			ck_assert_int_eq(
			    kpi_query_where(query, KPI_BY_AGENT, agents[a]),
			    KPI_OK);
			f = ask(store, query, credits[i].text);
			ck_assert_int_eq(f.parts, credits[i].parts);
			ck_assert_int_eq(f.numerator, expected[a]);
			kpi_query_free(query);
		}
	}
}
END_TEST

/* 720720 does not divide by 17: the five parts left go to who spoke first. */
START_TEST(equal_parts_that_do_not_add_up_to_the_whole)
{
	kpi_visit visits[17];
	char names[17][16];
	kpi_interaction whole = interaction_of(MONDAY, visits, 17);
	kpi_query *query = new_query();
	kpi_result *result;
	int64_t sum = 0;

	for (int i = 0; i < 17; i++) {
		(void)snprintf(names[i], sizeof(names[i]), "a%02d", i);
		visits[i] = visit_of(KPI_OUTCOME_ANSWERED, SECOND, MINUTE);
		visits[i].agent = names[i];
		visits[i].queue = "support";
	}
	whole.nps = 10;
	add(store, &whole);
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_AGENT), KPI_OK);
	result = ask_rows(store, query, "nps credit=equal");
	ck_assert_uint_eq(kpi_result_rows(result), 17);
	for (uint64_t row = 0; row < 17; row++) {
		const kpi_figure f = figure_at(result, row);

		ck_assert_int_eq(f.denominator, 42395 + (row < 5));
		sum += f.denominator;
	}
	ck_assert_int_eq(sum, 720720);
	kpi_result_free(result);
	kpi_query_free(query);
}
END_TEST

/* Two legs of one call are one draw: R = sum X / sum N by calls, and with two
 * calls one degree of freedom, t = tan(0.95 pi / 2). */
START_TEST(significance_from_calls_that_are_not_independent)
{
	static const int64_t talks[] = { 100 * SECOND, 300 * SECOND };
	const double t = tan(acos(-1) * 0.95 / 2);
	kpi_figure f;

	for (int i = 0; i < 2; i++) {
		kpi_visit visits[2];
		kpi_interaction whole = interaction_of(MONDAY + i, visits, 2);

		for (int leg = 0; leg < 2; leg++) {
			visits[leg] =
			    visit_of(KPI_OUTCOME_ANSWERED, SECOND, talks[i]);
			visits[leg].agent = leg == 0 ? "amira" : "ben";
			visits[leg].queue = "support";
		}
		add(store, &whole);
	}
	f = ask(store, NULL, "average_handle_time unit=leg");
	ck_assert_int_eq(f.denominator, 4);
	ck_assert_near(f.value, 200 * 1000.0, 1e-12);
	/* var = 2/1 x ((-200)^2 + 200^2) / 4^2 = 100^2, in s. */
	ck_assert_near(f.lower, (200 - t * 100) * 1000, 1e-9);
	ck_assert_near(f.upper, (200 + t * 100) * 1000, 1e-9);
	f = ask(store, NULL, "average_handle_time unit=leg bounds_by=none");
	ck_assert(isnan(f.lower) && isnan(f.upper));
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("faults_people");
	TCase *tc = tcase_create("faults_people");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, a_filter_that_hides_the_repeat);
	tcase_add_test(tc, a_numeric_offset_instead_of_a_zone);
	tcase_add_test(tc, the_hour_that_autumn_repeats_is_lost_or_doubled);
	tcase_add_test(tc, months_stepped_from_the_31st);
	tcase_add_test(tc, calls_over_midnight);
	tcase_add_test(tc, anonymous_callers_as_one_customer);
	tcase_add_test(
	    tc, the_last_days_are_too_good_for_nobody_has_called_again_yet);
	tcase_add_test(
	    tc, the_week_before_is_too_good_for_failing_issues_mature_later);
	tcase_add_test(
	    tc, a_reopened_case_measured_from_its_birth_at_every_closing);
	tcase_add_test(tc, reopened_and_not_resolved_again_taken_as_resolved);
	tcase_add_loop_test(tc, blind_and_attended_transfers_lost, 0, 2);
	tcase_add_test(tc, his_handle_time_charged_with_anothers_talk);
	tcase_add_test(tc, a_survey_credited_to_both_in_full);
	tcase_add_test(tc, equal_parts_that_do_not_add_up_to_the_whole);
	tcase_add_test(tc, significance_from_calls_that_are_not_independent);
	suite_add_tcase(s, tc);
	return s;
}
