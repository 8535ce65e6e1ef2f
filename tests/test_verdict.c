/* SPDX-License-Identifier: MIT */
/*
 * Verdicts on targets, on stores filled by hand. The expected numbers are of
 * the formula, worked out apart.
 */
#include <check.h>
#include <math.h>
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
		{ worse, "target_goal=0.6 target_ceiling=0.77", KPI_VERDICT_MET,
		    41.0 / 60, 0.6043346882841382, 0.7623319783825285 },
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
		ck_assert_int_eq(figure_at(result, 0).verdict, KPI_VERDICT_MET);
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

static Suite *
suite(void)
{
	Suite *s = suite_create("verdict");
	TCase *tc = tcase_create("verdict");

	tcase_add_test(tc, a_figure_is_judged_by_its_days);
	tcase_add_test(tc, where_less_is_better_a_goal_is_not_to_be_passed);
	tcase_add_test(tc, fewer_than_five_days_say_nothing);
	tcase_add_test(tc, several_groups_at_once_are_adjusted);
	tcase_add_test(tc, speed_of_answer_has_a_target_of_20_s);
	tcase_add_test(tc, on_the_target_is_met_within_noise);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
