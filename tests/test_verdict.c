/* SPDX-License-Identifier: MIT */
/*
 * Verdicts on targets, and bounds by days and customers, on stores filled by
 * hand. The expected numbers are of the formula, worked out apart.
 */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "asked.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define ROUNDING     1e-12

/* Of ten calls that day, how many were answered within 20 s. */
static void
add_day(kpi_store *store, const char *queue, int day, uint64_t in)
{
	call of = { MONDAY + day * DAY + 10 * HOUR, KPI_OUTCOME_ANSWERED,
		5 * SECOND, 60 * SECOND, NULL, NULL, queue };

	add_calls(store, of, in);
	of.start += MINUTE;
	of.wait = 40 * SECOND;
	add_calls(store, of, 10 - in);
}

static void
add_days(kpi_store *store, const char *queue, const uint8_t *in, int days)
{
	for (int day = 0; day < days; day++)
		add_day(store, queue, day, in[day]);
}

static const uint8_t good[] = { 10, 9, 10, 9, 9, 10 };
static const uint8_t fair[] = { 9, 8, 9, 10, 7, 9 };
static const uint8_t poor[] = { 8, 7, 9, 8, 6, 7 };
static const uint8_t worse[] = { 6, 7, 8, 7, 6, 7 };
static const uint8_t worst[] = { 5, 6, 4, 5, 7, 5 };

START_TEST(a_figure_is_judged_by_its_days)
{
	static const struct {
		const uint8_t *in;
		const char *target;
		int32_t verdict;
		double value, lower, upper;
	} cases[] = {
		{ good, "target_goal=0.8", KPI_VERDICT_MET, 0.95,
		    0.8925200427379101, 1 },
		{ fair, "target_goal=0.8", KPI_VERDICT_MET_WITHIN_NOISE,
		    52.0 / 60, 0.7582814198337688, 0.9750519134995645 },
		{ poor, "target_goal=0.8", KPI_VERDICT_MISSED_WITHIN_NOISE,
		    0.75, 0.6399342615291987, 0.8600657384708013 },
		{ worst, "target_goal=0.8", KPI_VERDICT_MISSED, 32.0 / 60,
		    0.4249480865004355, 0.6417185801662312 },
		{ good, "target_goal=0.8 target_ceiling=0.9",
		    KPI_VERDICT_MISSED_WITHIN_NOISE, 0.95, 0.8925200427379101,
		    1 },
		{ good, "target_goal=0.5 target_ceiling=0.85",
		    KPI_VERDICT_MISSED, 0.95, 0.8925200427379101, 1 },
		{ worse, "target_goal=0.6 target_ceiling=0.77",
		    KPI_VERDICT_MET, 41.0 / 60, 0.6043346882841382,
		    0.7623319783825285 },
		{ worse, "target_goal=0.61 target_ceiling=1",
		    KPI_VERDICT_MET_WITHIN_NOISE, 41.0 / 60, 0.6043346882841382,
		    0.7623319783825285 },
		{ worse, "target_goal=0.5 target_ceiling=0.75",
		    KPI_VERDICT_MET_WITHIN_NOISE, 41.0 / 60, 0.6043346882841382,
		    0.7623319783825285 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		kpi_store *store = new_store();
		char text[128] = "service_level verdict_by=day ";
		kpi_figure f;

		strcat(text, cases[i].target);
		add_days(store, NULL, cases[i].in, 6);
		f = ask(store, NULL, text);
		ck_assert_msg(f.verdict == cases[i].verdict, "case %d: %d",
		    (int)i, (int)f.verdict);
		ck_assert_near(f.value, cases[i].value, ROUNDING);
		ck_assert_near(f.verdict_lower, cases[i].lower, ROUNDING);
		ck_assert_near(f.verdict_upper, cases[i].upper, ROUNDING);
		ck_assert_int_eq(f.bounds_by, KPI_BOUNDS_CONTACT);
		ck_assert(f.lower != f.verdict_lower);
		kpi_store_close(store);
	}
}
END_TEST

/* The abandonment of the same days: what is not answered within is gone. */
START_TEST(where_less_is_better_a_goal_is_not_to_be_passed)
{
	static const struct {
		uint64_t gone;
		int32_t verdict;
	} cases[] = {
		{ 0, KPI_VERDICT_MET },
		{ 1, KPI_VERDICT_MET_WITHIN_NOISE },
		{ 2, KPI_VERDICT_MISSED },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		kpi_store *store = new_store();
		kpi_figure f;

		for (int day = 0; day < 6; day++) {
			call of = { MONDAY + day * DAY, KPI_OUTCOME_ANSWERED,
				5 * SECOND, SECOND, NULL, NULL, NULL };

			add_calls(store, of, 9);
			of.outcome = KPI_OUTCOME_ABANDONED;
			add_calls(
			    store, of, cases[i].gone + (day == 0 && i > 0));
		}
		f = ask(store, NULL,
		    "abandonment_rate verdict_by=day target_goal=0.12");
		ck_assert_msg(f.verdict == cases[i].verdict, "case %d: %d",
		    (int)i, (int)f.verdict);
		ck_assert_near(f.target, 0.12, 0);
		ck_assert(isnan(f.target_ceiling));
		kpi_store_close(store);
	}
}
END_TEST

START_TEST(fewer_than_five_days_say_nothing)
{
	kpi_store *store = new_store();
	const char *text =
	    "service_level bounds_by=day verdict_by=day target_goal=0.8";
	kpi_figure f;

	add_days(store, NULL, good, 4);
	f = ask(store, NULL, text);
	ck_assert_int_eq(f.verdict, KPI_VERDICT_NONE);
	ck_assert(isnan(f.lower) && isnan(f.verdict_upper));
	ck_assert_near(f.target, 0.8, 0);
	add_day(store, NULL, 4, 9);
	f = ask(store, NULL, text);
	ck_assert_int_eq(f.verdict, KPI_VERDICT_MET);
	ck_assert_int_eq(f.bounds_by, KPI_BOUNDS_DAY);
	ck_assert(f.lower == f.verdict_lower && f.lower > 0.8);
	kpi_store_close(store);
}
END_TEST

/* Chances of 0.0011, 0.0127, 0.17, none, 0.30 and 0.30: 0.0127 x 3 is below
 * 0.05, 0.0127 x 4 is not. */
START_TEST(several_groups_at_once_are_adjusted)
{
	static const struct {
		const char *text;
		int groups;
		int32_t worse;
	} cases[] = {
		{ "service_level verdict_by=day target_goal=0.8", 6,
		    KPI_VERDICT_MISSED_WITHIN_NOISE },
		{ "service_level verdict_by=day target_goal=0.8 "
		  "compare_adjust=none",
		    6, KPI_VERDICT_MISSED },
		{ "service_level verdict_by=day target_goal=0.8", 5,
		    KPI_VERDICT_MISSED },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		kpi_store *store = new_store();
		kpi_query *query = new_query();
		kpi_result *result;

		add_days(store, "a", good, 6);
		add_days(store, "b", worse, 6);
		add_days(store, "c", fair, 6);
		add_days(store, "d", good, 3);
		add_days(store, "e", poor, 6);
		if (cases[i].groups == 6)
			add_days(store, "f", poor, 6);
		ck_assert_int_eq(kpi_query_by(query, KPI_BY_QUEUE), KPI_OK);
		result = ask_rows(store, query, cases[i].text);
		ck_assert_uint_eq(
		    kpi_result_rows(result), (uint64_t)cases[i].groups);
		ck_assert_int_eq(
		    figure_at(result, 0).verdict, KPI_VERDICT_MET);
		ck_assert_msg(figure_at(result, 1).verdict == cases[i].worse,
		    "case %d", (int)i);
		ck_assert_int_eq(
		    figure_at(result, 2).verdict, KPI_VERDICT_MET_WITHIN_NOISE);
		ck_assert_int_eq(
		    figure_at(result, 3).verdict, KPI_VERDICT_NONE);
		kpi_result_free(result);
		kpi_query_free(query);
		kpi_store_close(store);
	}
}
END_TEST

/* Calls about midnight in Berlin are of two days there, of one in UTC. */
START_TEST(days_are_those_of_the_zone)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *store = new_store();
	kpi_query *query = new_query();

	for (int day = 0; day < 3; day++) {
		call of = { MONDAY + day * DAY + 22 * HOUR + 30 * MINUTE,
			KPI_OUTCOME_ANSWERED, SECOND, SECOND, NULL, NULL,
			NULL };

		add_calls(store, of, 1 + (uint64_t)day);
		of.start += HOUR;
		add_calls(store, of, 1);
	}
	ck_assert(isnan(
	    ask(store, query, "average_speed_of_answer bounds_by=day").lower));
	ck_assert_int_eq(
	    kpi_query_time_zone(query, "Europe/Berlin", &error), KPI_OK);
	ck_assert(isnan(
	    ask(store, query, "average_speed_of_answer bounds_by=day").lower));
	/* a fourth evening: five mornings and evenings begin five days */
	add_calls(store,
	    (call){ MONDAY + 3 * DAY + 23 * HOUR + 30 * MINUTE,
		KPI_OUTCOME_ANSWERED, SECOND, SECOND, NULL, NULL, NULL },
	    1);
	ck_assert_near(
	    ask(store, query, "average_speed_of_answer bounds_by=day").lower,
	    1000, 0);
	kpi_query_free(query);
	query = new_query();
	ck_assert(isnan(
	    ask(store, query, "average_speed_of_answer bounds_by=day").lower));
	kpi_query_free(query);
	kpi_store_close(store);
}
END_TEST

/* An interaction of two rows whose customer nobody knows. */
static void
add_nameless(kpi_store *store, int64_t start, const char *first,
    const char *second)
{
	kpi_visit visits[2];
	kpi_interaction whole;

	visits[0] = visit_of(KPI_OUTCOME_OVERFLOWED, 5 * SECOND, KPI_UNKNOWN);
	visits[0].queue = first;
	visits[1] = visit_of(KPI_OUTCOME_ANSWERED, 5 * SECOND, SECOND);
	visits[1].queue = second;
	whole = interaction_of(start, visits, 2);
	add(store, &whole);
}

START_TEST(each_unknown_customer_is_one_alone)
{
	const char *text = "service_level bounds_by=customer "
			   "service_level_denominator=queued";
	kpi_store *store = new_store();
	kpi_query *query = new_query();
	kpi_result *result;
	kpi_figure f;

	for (int i = 0; i < 4; i++)
		add_nameless(store, MONDAY + i * MINUTE, "a", "b");
	ck_assert(isnan(ask(store, NULL, text).lower));
	/* one more interaction is one more customer, of two visits */
	add_nameless(store, MONDAY + DAY, "a", "a");
	f = ask(store, NULL, text);
	ck_assert_near(f.value, 0.5, 0);
	ck_assert_near(f.lower, 0.5, 0);
	ck_assert_near(f.upper, 0.5, 0);
	/* of queue a five, of queue b four */
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_QUEUE), KPI_OK);
	result = ask_rows(store, query, text);
	ck_assert_near(figure_at(result, 0).value, 1.0 / 6, ROUNDING);
	/* t(4) sqrt(5/4 (4/36 + (1 - 2/6)^2)) / 6, cut off at 0 */
	ck_assert_near(figure_at(result, 0).upper,
	    1.0 / 6 + 2.7764451051977987 * sqrt(1.25 * (4.0 / 36 + 4.0 / 9)) / 6,
	    ROUNDING);
	ck_assert_near(figure_at(result, 0).lower, 0, 0);
	ck_assert(isnan(figure_at(result, 1).lower));
	kpi_result_free(result);
	kpi_query_free(query);
	kpi_store_close(store);
}
END_TEST

/* Two answers of one customer on two days: the later one alone is a draw. */
START_TEST(a_latest_answer_stands_on_its_own_day)
{
	kpi_store *store = new_store();
	kpi_visit visit = visit_of(KPI_OUTCOME_ANSWERED, SECOND, SECOND);
	static const struct {
		const char *customer;
		int day, mark;
	} answers[] = { { "a", 0, 1 }, { "a", 1, 5 }, { "b", 1, 5 },
		{ "b", 0, 1 }, { "c", 2, 1 }, { "d", 3, 5 }, { NULL, 4, 5 },
		{ NULL, 5, 1 } };
	kpi_figure f;

	for (size_t i = 0; i < COUNT(answers); i++) {
		kpi_interaction whole =
		    interaction_of(MONDAY + answers[i].day * DAY, &visit, 1);

		whole.customer = answers[i].customer;
		whole.csat = answers[i].mark;
		add(store, &whole);
	}
	/* days 1 to 5 have 2/2, 0/1, 1/1, 1/1, 0/1: 4/6 */
	f = ask(store, NULL, "csat csat_per=customer bounds_by=day");
	ck_assert_near(f.value, 4.0 / 6, ROUNDING);
	ck_assert_near(f.lower,
	    fmax(0,
		4.0 / 6 -
		    2.7764451051977987 *
			sqrt(1.25 * (4.0 / 9 + 4.0 / 9 + 3 * 1.0 / 9 -
					1.0 / 9 + 4.0 / 9)) /
			6),
	    ROUNDING);
	/* six customers, 4 of 6: sum of squares 4/9 + 4/9 + 4/9 */
	f = ask(store, NULL, "csat csat_per=customer bounds_by=customer");
	ck_assert_near(f.lower,
	    4.0 / 6 - 2.570581835636314 * sqrt(1.2 * 12 / 9) / 6, ROUNDING);
	kpi_store_close(store);
}
END_TEST

START_TEST(speed_of_answer_has_a_target_of_20_s)
{
	kpi_store *store = new_store();
	kpi_figure f;

	add_days(store, NULL, good, 6);
	f = ask(store, NULL, "average_speed_of_answer");
	ck_assert_near(f.target, 20000, 0);
	ck_assert_int_eq(f.verdict, KPI_VERDICT_NONE);
	f = ask(store, NULL, "average_speed_of_answer verdict_by=day");
	ck_assert_int_eq(f.verdict, KPI_VERDICT_MET);
	f = ask(store, NULL,
	    "average_speed_of_answer verdict_by=day target_goal=1s");
	ck_assert_int_eq(f.verdict, KPI_VERDICT_MISSED);
	f = ask(store, NULL, "average_speed_of_answer target_goal=none");
	ck_assert(isnan(f.target));
	kpi_store_close(store);
}
END_TEST

/* 18 of 20, 7 of 10, 4 of 5, 9 of 10, 2 of 5: 40 of 50 is 0.8 to the bit. */
START_TEST(on_the_target_is_met_within_noise)
{
	static const struct {
		uint64_t in, out;
	} days[] = { { 18, 2 }, { 7, 3 }, { 4, 1 }, { 9, 1 }, { 2, 3 } };
	kpi_store *store = new_store();
	kpi_figure f;

	for (int day = 0; day < 5; day++) {
		call of = { MONDAY + day * DAY, KPI_OUTCOME_ANSWERED, SECOND,
			SECOND, NULL, NULL, NULL };

		add_calls(store, of, days[day].in);
		of.wait = 21 * SECOND;
		add_calls(store, of, days[day].out);
	}
	f = ask(store, NULL, "service_level verdict_by=day target_goal=0.8");
	ck_assert_int_eq(f.verdict, KPI_VERDICT_MET_WITHIN_NOISE);
	ck_assert_near(f.verdict_lower, 0.6036756838522439, ROUNDING);
	kpi_store_close(store);
}
END_TEST

/* Issues take contacts: unlike counts have draws of days alone. */
START_TEST(ratios_of_unlike_counts_have_bounds_by_day_only)
{
	static const char *const without[] = { "contacts_per_issue",
		"contacts_per_issue bounds_by=customer verdict_by=customer "
		"target_goal=1.5",
		"service_level anchor=own_event",
		"service_level anchor=own_event bounds_by=customer" };
	static const char *const by_day[] = {
		"contacts_per_issue bounds_by=day repeat_edge=include",
		"service_level anchor=own_event bounds_by=day",
		"abandonment_rate bounds_by=day abandonment_numerator=answered "
		"abandonment_denominator=answered_out" };
	kpi_store *store = new_store();

	for (int day = 0; day < 6; day++)
		for (int i = 0; i < 6; i++) {
			call of = { MONDAY + day * DAY, KPI_OUTCOME_ANSWERED,
				i % 2 == 0 ? SECOND : MINUTE, SECOND,
				i + day < 8 ? "a" : "b", NULL, NULL };

			add_calls(store, of, 1);
		}
	for (size_t i = 0; i < COUNT(without); i++) {
		const kpi_figure f = ask(store, NULL, without[i]);

		ck_assert_msg(isnan(f.lower), "%s", without[i]);
		ck_assert_int_eq(f.bounds_by, KPI_BOUNDS_NONE);
		ck_assert_int_eq(f.verdict, KPI_VERDICT_NONE);
	}
	for (size_t i = 0; i < COUNT(by_day); i++) {
		const kpi_figure f = ask(store, NULL, by_day[i]);

		ck_assert_msg(!isnan(f.lower), "%s", by_day[i]);
		ck_assert_int_eq(f.unit, KPI_UNIT_RATIO);
	}
	kpi_store_close(store);
}
END_TEST

/* Five calls of a century, each in 720720 parts, are beyond 64 bits in a day
 * and within them where each has a day of its own. */
START_TEST(a_day_beyond_64_bits_is_refused)
{
	for (int days_apart = 0; days_apart < 2; days_apart++) {
		kpi_error error = KPI_ERROR_INIT;
		kpi_store *store = new_store();
		kpi_query *query = new_query();
		kpi_definition *d =
		    definition_of("average_speed_of_answer unit=interaction "
				  "credit=equal bounds_by=day");
		kpi_result *result;
		kpi_status status;

		for (int i = 0; i < 5; i++) {
			const call of = { MONDAY + i * days_apart * DAY,
				KPI_OUTCOME_ANSWERED, INT64_C(3155760000000),
				SECOND, NULL, "amira", NULL };

			add_calls(store, of, 1);
		}
		ck_assert_int_eq(kpi_query_by(query, KPI_BY_AGENT), KPI_OK);
		status = kpi_measure(&result, store, query,
		    (const kpi_definition *const *)&d, 1, &error);
		ck_assert_int_eq(
		    status, days_apart == 0 ? KPI_EOVERFLOW : KPI_OK);
		ck_assert(days_apart != 0 ||
		    strstr(error.text, "too large") != NULL);
		kpi_result_free(result);
		kpi_definition_free(d);
		kpi_query_free(query);
		kpi_store_close(store);
	}
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("verdict");
	TCase *tc = tcase_create("verdict");

	tcase_add_test(tc, a_figure_is_judged_by_its_days);
	tcase_add_test(tc, where_less_is_better_a_goal_is_not_to_be_passed);
	tcase_add_test(tc, fewer_than_five_days_say_nothing);
	tcase_add_test(tc, several_groups_at_once_are_adjusted);
	tcase_add_test(tc, days_are_those_of_the_zone);
	tcase_add_test(tc, each_unknown_customer_is_one_alone);
	tcase_add_test(tc, a_latest_answer_stands_on_its_own_day);
	tcase_add_test(tc, speed_of_answer_has_a_target_of_20_s);
	tcase_add_test(tc, on_the_target_is_met_within_noise);
	tcase_add_test(tc, ratios_of_unlike_counts_have_bounds_by_day_only);
	tcase_add_test(tc, a_day_beyond_64_bits_is_refused);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
