/* SPDX-License-Identifier: MIT */
/*
 * Changes from one week to another, on a store filled by hand. The expected
 * numbers are of the formulas, in fractions, and worked out apart.
 */
#include <check.h>
#include <math.h>
#include <string.h>

#include "changing.h"

#define ROUNDING 1e-12

START_TEST(groups_are_matched_by_their_values)
{
	static const char *const queues[] = { "a", "b", "c", "d" };
	static const double now[] = { 52.0 / 70, 25.0 / 70, 127.0 / 140, NAN };
	static const double before[] = { 60.0 / 70, 49.0 / 70, NAN, 35.0 / 70 };
	kpi_change *c = change_of("service_level");

	ck_assert_uint_eq(kpi_change_rows(c), 4);
	ck_assert_uint_eq(kpi_change_count(c), 1);
	ck_assert_str_eq(kpi_change_definition(c, 0), "service_level");
	ck_assert_int_eq(kpi_change_metric(c, 0), KPI_METRIC_SERVICE_LEVEL);
	ck_assert_int_eq(kpi_change_by(c, 0), KPI_BY_QUEUE);
	ck_assert_int_eq(kpi_change_by(c, 1), 0);
	for (uint64_t row = 0; row < 4; row++) {
		const kpi_difference d = get(c, row);

		ck_assert_str_eq(kpi_change_group(c, row, 0), queues[row]);
		ck_assert_int_eq(
		    d.now_state, row == 3 ? KPI_STATE_NO_DATA : KPI_STATE_OK);
		ck_assert_int_eq(d.before_state,
		    row == 2 ? KPI_STATE_NO_DATA : KPI_STATE_OK);
		ck_assert(row == 3 ? isnan(d.now) : d.now == now[row]);
		ck_assert(row == 2 ? isnan(d.before) : d.before == before[row]);
		if (row < 2)
			ck_assert(d.difference == d.now - d.before);
		else
			ck_assert(isnan(d.difference) && isnan(d.lower) &&
			    isnan(d.chance) && d.verdict == KPI_VERDICT_NONE);
		ck_assert_int_eq(d.unit, KPI_UNIT_SHARE);
	}
	ck_assert_int_eq(kpi_change_from(c, KPI_PERIOD_NOW), MONDAY + WEEK);
	ck_assert_int_eq(
	    kpi_change_until(c, KPI_PERIOD_NOW), MONDAY + 2 * WEEK);
	ck_assert_int_eq(kpi_change_from(c, KPI_PERIOD_BEFORE), MONDAY);
	ck_assert_int_eq(kpi_change_until(c, KPI_PERIOD_BEFORE), MONDAY + WEEK);
	ck_assert_int_eq(kpi_change_from(c, 0), KPI_UNKNOWN);
	ck_assert_int_eq(kpi_change_until(c, 3), KPI_UNKNOWN);
	kpi_change_free(c);
}
END_TEST

/* 60/70 to 52/70, 49/70 to 25/70; 35/70 is gone and 127/140 is new. */
START_TEST(a_change_is_split_into_mix_and_what_changed_within)
{
	static const double within[] = { -1.0 / 30, -1.0 / 10, 0, 0 };
	static const double mix[] = { -13.0 / 1680, 5.0 / 336, 1.0 / 10,
		29.0 / 420 };
	static const double weights[4][2] = { { 0.25, 1.0 / 3 },
		{ 0.25, 1.0 / 3 }, { 0.5, 0 }, { 0, 1.0 / 3 } };
	kpi_change *c = change_of("service_level");
	const kpi_difference whole = get(c, KPI_CHANGE_WHOLE);

	for (uint64_t row = 0; row < 4; row++) {
		const kpi_difference d = get(c, row);

		ck_assert_near(d.within, within[row], 1e-16);
		ck_assert_near(d.mix, mix[row], 1e-16);
		ck_assert(d.now_weight == weights[row][0]);
		ck_assert(d.before_weight == weights[row][1]);
	}
	ck_assert(whole.now == 204.0 / 280 && whole.before == 144.0 / 210);
	ck_assert_near(whole.difference, 3.0 / 70, 1e-16);
	ck_assert_near(whole.within, -2.0 / 15, 1e-16);
	ck_assert_near(whole.mix, 37.0 / 210, 1e-16);
	ck_assert(whole.within + whole.mix == whole.difference);
	ck_assert(whole.now_weight == 1 && whole.before_weight == 1);
	kpi_change_free(c);
}
END_TEST

START_TEST(bounds_are_by_contact_and_verdicts_by_day)
{
	kpi_change *c = change_of("service_level");
	kpi_difference d = get(c, 0);

	ck_assert_str_eq(d.method, "Newcombe");
	ck_assert_int_eq(d.bounds_by, KPI_BOUNDS_CONTACT);
	ck_assert_near(d.lower, -0.24394392307335636, ROUNDING);
	ck_assert_near(d.upper, 0.019218326875515339, ROUNDING);
	ck_assert_str_eq(d.verdict_method, "linearised");
	ck_assert_int_eq(d.verdict_by, KPI_BOUNDS_DAY);
	ck_assert_near(d.verdict_lower, -0.22794142241813357, ROUNDING);
	ck_assert_near(d.verdict_upper, -0.00063000615329500354, ROUNDING);
	ck_assert_near(d.chance, 0.048929728242253095, ROUNDING);
	d = get(c, 1);
	ck_assert_near(d.lower, -0.48207613125472081, ROUNDING);
	ck_assert_near(d.verdict_upper, -0.23770869022677137, ROUNDING);
	ck_assert_near(d.chance, 1.4163473985414259e-5, ROUNDING);
	d = get(c, KPI_CHANGE_WHOLE);
	ck_assert_near(d.lower, -0.03772885553614508, ROUNDING);
	ck_assert_near(d.upper, 0.12461489917663983, ROUNDING);
	ck_assert_near(d.verdict_lower, -0.011011537688047509, ROUNDING);
	ck_assert_near(d.verdict_upper, 0.096725823402333224, ROUNDING);
	ck_assert_near(d.chance, 0.10640722277780159, ROUNDING);
	ck_assert_int_eq(d.verdict, KPI_VERDICT_WITHIN_NOISE);
	kpi_change_free(c);
}
END_TEST

/* Of three groups the least chance counts three times and the next one, of
 * 0.0489, twice. */
START_TEST(several_groups_at_once_are_adjusted)
{
	static const struct {
		const char *text;
		int32_t of_a;
		double adjusted;
	} cases[] = {
		{ "service_level", KPI_VERDICT_WITHIN_NOISE,
		    2 * 0.048929728242253095 },
		{ "service_level compare_adjust=none",
		    KPI_VERDICT_MORE_THAN_NOISE, 0.048929728242253095 },
	};

	/* a queue that is as it was */
	for (int day = 0; day < 14; day++)
		add_day(
		    store, "e", MONDAY + day * DAY, day % 2 == 0 ? 6 : 7, 10);
	for (size_t i = 0; i < COUNT(cases); i++) {
		kpi_change *c = change_of(cases[i].text);
		const kpi_difference a = get(c, 0), b = get(c, 1);

		ck_assert_int_eq(a.verdict, cases[i].of_a);
		ck_assert_near(a.adjusted, cases[i].adjusted, ROUNDING);
		ck_assert_near(a.chance, 0.048929728242253095, ROUNDING);
		ck_assert_int_eq(b.verdict, KPI_VERDICT_MORE_THAN_NOISE);
		ck_assert_near(b.adjusted,
		    (i == 0 ? 3 : 1) * 1.4163473985414259e-5, ROUNDING);
		ck_assert_int_eq(get(c, 4).verdict, KPI_VERDICT_WITHIN_NOISE);
		kpi_change_free(c);
	}
}
END_TEST

/* METRICS' fault: 400 of 500 and 300 of 500 differ by far more than calls do by
 * chance, and these calls stand and fall together, by day. */
START_TEST(significance_from_calls_that_are_not_independent)
{
	static const uint64_t in[2][5] = { { 100, 0, 100, 0, 100 },
		{ 100, 100, 0, 100, 100 } };
	kpi_change *c;
	kpi_difference d;
	kpi_query *q = new_query();

	kpi_store_close(store);
	store = new_store();
	for (int week = 0; week < 2; week++)
		for (int day = 0; day < 5; day++)
			add_day(store, NULL, MONDAY + week * WEEK + day * DAY,
			    in[week][day], 100);
	ck_assert_int_eq(
	    kpi_query_between(q, MONDAY + WEEK, MONDAY + 2 * WEEK), KPI_OK);
	ck_assert_int_eq(
	    try_change(&c, q, "service_level", NULL, NULL), KPI_OK);
	d = get(c, KPI_CHANGE_WHOLE);
	ck_assert(d.lower > 0.14 && d.upper < 0.26);
	ck_assert(d.verdict_lower < -0.3 && d.verdict_upper > 0.7);
	ck_assert(d.chance > 0.5);
	ck_assert_int_eq(d.verdict, KPI_VERDICT_WITHIN_NOISE);
	kpi_change_free(c);
	kpi_query_free(q);
}
END_TEST

START_TEST(fewer_than_five_days_say_nothing)
{
	kpi_change *c;
	kpi_difference d;

	for (int days = 4; days <= 5; days++) {
		ck_assert_int_eq(kpi_query_between(query, MONDAY + WEEK,
				     MONDAY + WEEK + days * DAY),
		    KPI_OK);
		c = change_of("service_level");
		ck_assert_int_eq(kpi_change_from(c, KPI_PERIOD_BEFORE),
		    MONDAY + WEEK - days * DAY);
		d = get(c, 1);
		ck_assert_int_eq(d.verdict == KPI_VERDICT_NONE, days == 4);
		ck_assert_int_eq(isnan(d.chance) != 0, days == 4);
		ck_assert_int_eq(d.verdict_method == NULL, days == 4);
		ck_assert_int_eq(d.verdict_by, KPI_BOUNDS_DAY);
		ck_assert(!isnan(d.lower));
		kpi_change_free(c);
	}
}
END_TEST

START_TEST(means_are_compared_by_welch_and_ratios_by_clusters)
{
	kpi_change *c = change_of("average_speed_of_answer");
	kpi_difference d = get(c, 0), whole = get(c, KPI_CHANGE_WHOLE);

	ck_assert_str_eq(d.method, "Welch");
	ck_assert_int_eq(d.unit, KPI_UNIT_MS);
	ck_assert_near(d.difference, 4000, 1e-11);
	ck_assert_near(d.lower, -666.57518306977329, 1e-9);
	ck_assert_near(d.upper, 8666.5751830697733, 1e-9);
	/* a wait of 40 s for one of 5 s is 35 s times what the level lost */
	ck_assert_near(whole.within, 35000 * 2.0 / 15, 1e-10);
	ck_assert(whole.within + whole.mix == whole.difference);
	kpi_change_free(c);
	c = change_of("average_speed_of_answer bounds_by=day");
	d = get(c, 0);
	ck_assert_str_eq(d.method, "linearised");
	ck_assert_near(d.lower, 35000 * 0.00063000615329500354, 1e-8);
	ck_assert_near(d.upper, 35000 * 0.22794142241813357, 1e-8);
	ck_assert(d.lower == d.verdict_lower && d.upper == d.verdict_upper);
	kpi_change_free(c);
}
END_TEST

START_TEST(counts_and_quantiles_have_a_difference_and_no_test)
{
	static const struct {
		const char *text;
		double a, d, whole;
	} cases[] = {
		{ "visits", 0, -70, 70 },
		{ "longest_wait", 0, NAN, 0 },
		{ "wait_p90", 0, NAN, 0 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		kpi_change *c = change_of(cases[i].text);
		const kpi_difference d = get(c, KPI_CHANGE_WHOLE);

		ck_assert(get(c, 0).difference == cases[i].a);
		ck_assert(d.difference == cases[i].whole);
		ck_assert(isnan(cases[i].d)
			? isnan(get(c, 3).difference)
			: get(c, 3).difference == cases[i].d);
		ck_assert(isnan(d.lower) && isnan(d.chance) && isnan(d.mix) &&
		    isnan(d.within) && isnan(d.now_weight));
		ck_assert_int_eq(d.verdict, KPI_VERDICT_NONE);
		ck_assert_ptr_null(d.method);
		kpi_change_free(c);
	}
}
END_TEST

START_TEST(a_mix_is_compared_row_by_row)
{
	kpi_query *q = new_query();
	kpi_difference d;
	kpi_change *c;

	ck_assert_int_eq(
	    kpi_query_between(q, MONDAY + WEEK, MONDAY + 2 * WEEK), KPI_OK);
	ck_assert_int_eq(try_change(&c, q, "channel_mix", NULL, NULL), KPI_OK);
	ck_assert_uint_eq(kpi_change_rows(c), 1);
	d = get(c, 0);
	ck_assert(d.now == 1 && d.difference == 0);
	ck_assert_str_eq(d.method, "Newcombe");
	ck_assert_int_eq(d.verdict, KPI_VERDICT_NONE);
	ck_assert(isnan(get(c, KPI_CHANGE_WHOLE).now));
	kpi_change_free(c);
	kpi_query_free(q);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("change");
	TCase *tc = tcase_create("change");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, groups_are_matched_by_their_values);
	tcase_add_test(tc, a_change_is_split_into_mix_and_what_changed_within);
	tcase_add_test(tc, bounds_are_by_contact_and_verdicts_by_day);
	tcase_add_test(tc, several_groups_at_once_are_adjusted);
	tcase_add_test(tc, significance_from_calls_that_are_not_independent);
	tcase_add_test(tc, fewer_than_five_days_say_nothing);
	tcase_add_test(tc, means_are_compared_by_welch_and_ratios_by_clusters);
	tcase_add_test(tc, counts_and_quantiles_have_a_difference_and_no_test);
	tcase_add_test(tc, a_mix_is_compared_row_by_row);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
