/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <kpi.h>
#include <math.h>
#include <string.h>

#include "random_interactions.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static kpi_control_limits
limits_of(const double *values, uint64_t count, int32_t centre)
{
	kpi_control_limits l = KPI_CONTROL_LIMITS_INIT;
	kpi_error error = KPI_ERROR_INIT;

	ck_assert_msg(
	    kpi_control_limits_of(&l, values, count, centre, &error) == KPI_OK,
	    "%s", error.text);
	return l;
}

START_TEST(limits_are_those_of_a_published_chart)
{
	static const double values[] = { 5045, 4350, 4350, 3975, 4290, 4430,
		4485, 4285, 3980, 3925, 3645, 3760, 3300, 3685, 3463, 5200 };
	const kpi_control_limits l =
	    limits_of(values, COUNT(values), KPI_CENTRE_MEAN);

	ck_assert_double_eq_tol(l.centre, 4135.50, 0.005);
	ck_assert_double_eq_tol(l.range, 355.93, 0.005);
	ck_assert_double_eq_tol(l.lower, 3188.72, 0.01);
	ck_assert_double_eq_tol(l.upper, 5082.28, 0.01);
	ck_assert_double_eq_tol(l.range_limit, 1163.19, 0.01);
	ck_assert_uint_eq(l.values, 16);
	ck_assert_uint_eq(l.ranges, 15);
}
END_TEST

START_TEST(the_constants_are_the_rounded_ones)
{
	static const double values[] = { 3, 4, 5 };
	const kpi_control_limits mean = limits_of(values, 3, KPI_CENTRE_MEAN);
	const kpi_control_limits median =
	    limits_of(values, 3, KPI_CENTRE_MEDIAN);

	ck_assert_double_eq_tol(mean.lower, 1.340, 1e-12);
	ck_assert_double_eq_tol(mean.upper, 6.660, 1e-12);
	ck_assert_double_eq_tol(mean.range_limit, 3.268, 1e-12);
	ck_assert_double_eq_tol(median.lower, 4 - 3.145, 1e-12);
	ck_assert_double_eq_tol(median.upper, 4 + 3.145, 1e-12);
	ck_assert_double_eq_tol(median.range_limit, 3.865, 1e-12);
}
END_TEST

START_TEST(no_range_lies_across_a_gap)
{
	static const double values[] = { 1, 2, NAN, 100, 103, INFINITY, 7 };
	const kpi_control_limits l =
	    limits_of(values, COUNT(values), KPI_CENTRE_MEAN);

	ck_assert_uint_eq(l.values, 5);
	ck_assert_uint_eq(l.ranges, 2);
	ck_assert_double_eq_tol(l.range, 2, 1e-12);
	ck_assert_double_eq_tol(l.centre, 213 / 5.0, 1e-12);
}
END_TEST

START_TEST(the_median_does_not_follow_one_wild_value)
{
	static const double values[] = { 10, 12, 11, 1000, 11, 13 };
	const kpi_control_limits l =
	    limits_of(values, COUNT(values), KPI_CENTRE_MEDIAN);

	ck_assert_double_eq_tol(l.centre, 11.5, 1e-12);
	ck_assert_double_eq_tol(l.range, 2, 1e-12);
}
END_TEST

START_TEST(limits_beyond_a_double_are_refused)
{
	static const double great[] = { 1e308, 1e308, 1.1e308 };
	static const double far[] = { -1e308, 1e308, -1e308 };
	kpi_control_limits l = KPI_CONTROL_LIMITS_INIT;

	l.centre = 77;
	for (int32_t by = KPI_CENTRE_MEAN; by <= KPI_CENTRE_MEDIAN; by++)
		ck_assert_int_eq(kpi_control_limits_of(&l, far, 3, by, NULL),
		    KPI_EOVERFLOW);
	ck_assert_int_eq(
	    kpi_control_limits_of(&l, great, 3, KPI_CENTRE_MEAN, NULL),
	    KPI_EOVERFLOW);
	ck_assert_double_eq(l.centre, 77);
}
END_TEST

START_TEST(fewer_than_two_neighbours_are_refused)
{
	static const double one[] = { 5 }, apart[] = { 5, NAN, 6 };
	static const double three[] = { 3, 4, 5 };
	kpi_control_limits l = KPI_CONTROL_LIMITS_INIT;
	kpi_error error = KPI_ERROR_INIT;

	l.centre = 77;
	ck_assert_int_eq(
	    kpi_control_limits_of(&l, one, 1, KPI_CENTRE_MEAN, &error),
	    KPI_ENOTFOUND);
	ck_assert_str_eq(
	    error.text, "limits need two adjacent values at least");
	ck_assert_int_eq(
	    kpi_control_limits_of(&l, apart, 3, KPI_CENTRE_MEAN, NULL),
	    KPI_ENOTFOUND);
	ck_assert_int_eq(
	    kpi_control_limits_of(&l, three, 0, KPI_CENTRE_MEAN, NULL),
	    KPI_ENOTFOUND);
	ck_assert_int_eq(
	    kpi_control_limits_of(&l, three, 3, 0, NULL), KPI_EINVAL);
	ck_assert_int_eq(
	    kpi_control_limits_of(&l, NULL, 3, KPI_CENTRE_MEAN, NULL),
	    KPI_EINVAL);
	ck_assert_int_eq(
	    kpi_control_limits_of(NULL, three, 3, KPI_CENTRE_MEAN, NULL),
	    KPI_EINVAL);
	ck_assert(l.centre == 77);
	l.size = 8;
	ck_assert_int_eq(
	    kpi_control_limits_of(&l, three, 3, KPI_CENTRE_MEAN, NULL),
	    KPI_EINVAL);
}
END_TEST

START_TEST(a_series_that_never_changes_signals_nothing)
{
	double values[100];
	uint32_t signals[100];

	for (uint64_t i = 0; i < COUNT(values); i++)
		values[i] = 0.1;
	for (uint64_t count = 2; count <= COUNT(values); count++) {
		for (int32_t c = KPI_CENTRE_MEAN; c <= KPI_CENTRE_MEDIAN; c++) {
			const kpi_control_limits l =
			    limits_of(values, count, c);

			ck_assert(l.centre == 0.1);
			ck_assert_int_eq(kpi_control_signals_of(signals, &l,
					     values, count, 5, NULL),
			    KPI_OK);
			for (uint64_t i = 0; i < count; i++)
				ck_assert_uint_eq(signals[i], 0);
		}
	}
}
END_TEST

static kpi_control_limits
around(double centre)
{
	kpi_control_limits l = KPI_CONTROL_LIMITS_INIT;

	l.centre = centre;
	l.lower = centre - 10;
	l.upper = centre + 10;
	l.range_limit = 12;
	return l;
}

/*
 * The signals of a series against limits of 10 around 0 and 12 for ranges, as
 * one letter a value: '.' none, 'o' outside, 'r' range, 'u' run, '*' several.
 */
static const char *
signals_of(const double *values, uint64_t count, int32_t chart_run)
{
	static const char letters[] = ".or*u***";
	static char text[64];
	const kpi_control_limits l = around(0);
	kpi_error error = KPI_ERROR_INIT;
	uint32_t signals[64];

	ck_assert_uint_lt(count, COUNT(text));
	ck_assert_msg(kpi_control_signals_of(signals, &l, values, count,
			  chart_run, &error) == KPI_OK,
	    "%s", error.text);
	for (uint64_t i = 0; i < count; i++) {
		ck_assert_uint_lt(signals[i], 8);
		text[i] = letters[signals[i]];
	}
	text[count] = '\0';
	return text;
}

START_TEST(eight_on_one_side_are_a_run_and_seven_are_none)
{
	static const double above[] = { -1, 1, 2, 1, 3, 1, 2, 1, 4, -1 };
	static const double below[] = { -1, -2, -1, -3, -1, -2, -1, -4 };
	static const double both[] = { 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1,
		-1, -1, -1, -1, -1, 2 };

	ck_assert_str_eq(signals_of(above, 10, KPI_CHART_RUN), ".uuuuuuuu.");
	ck_assert_str_eq(signals_of(above, 8, KPI_CHART_RUN), "........");
	ck_assert_str_eq(signals_of(below, 8, KPI_CHART_RUN), "uuuuuuuu");
	ck_assert_str_eq(signals_of(below, 7, KPI_CHART_RUN), ".......");
	ck_assert_str_eq(
	    signals_of(both, 18, KPI_CHART_RUN), "uuuuuuuuuuuuuuuuu.");
	ck_assert_str_eq(signals_of(both, 18, 9), "uuuuuuuuu.........");
	ck_assert_str_eq(signals_of(below, 5, 5), "uuuuu");
	ck_assert_str_eq(signals_of(below, 4, 5), "....");
}
END_TEST

START_TEST(a_gap_and_a_value_on_the_centre_end_a_run)
{
	static const double ends[] = { 0, NAN, INFINITY, -INFINITY, -1 };
	double values[16];

	for (size_t e = 0; e < COUNT(ends); e++) {
		for (size_t i = 0; i < 16; i++)
			values[i] = 1;
		values[7] = ends[e];
		ck_assert_str_eq(
		    signals_of(values, 16, KPI_CHART_RUN), "........uuuuuuuu");
		ck_assert_str_eq(
		    signals_of(values, 15, KPI_CHART_RUN), "...............");
		values[8] = ends[e];
		ck_assert_str_eq(
		    signals_of(values, 16, KPI_CHART_RUN), "................");
	}
}
END_TEST

START_TEST(a_value_on_a_limit_is_within_it)
{
	static const double values[] = { 10, 10.5, -1.5, -10, -10.5, 1.5, -11 };

	ck_assert_str_eq(signals_of(values, 7, KPI_CHART_RUN), ".o..o.*");
}
END_TEST

START_TEST(a_range_is_of_the_value_before_and_never_across_a_gap)
{
	static const double values[] = { 7, -6, 6, NAN, -9, INFINITY, 9, -9 };

	ck_assert_str_eq(signals_of(values, 8, KPI_CHART_RUN), ".r.....r");
}
END_TEST

START_TEST(one_wild_week_is_outside_and_far_from_both_its_neighbours)
{
	static const double week[] = { 3.1, 3.4, 2.9, 3.3, 3.0, 3.2, 6.9, 3.1,
		3.5, 3.3 };
	const kpi_control_limits l = limits_of(week, 10, KPI_CENTRE_MEDIAN);
	uint32_t signals[10];

	ck_assert_int_eq(
	    kpi_control_signals_of(signals, &l, week, 10, KPI_CHART_RUN, NULL),
	    KPI_OK);
	for (int i = 0; i < 10; i++)
		ck_assert_uint_eq(signals[i],
		    i == 6       ? KPI_SIGNAL_OUTSIDE | KPI_SIGNAL_RANGE
			: i == 7 ? KPI_SIGNAL_RANGE
				 : 0);
}
END_TEST

START_TEST(runs_are_on_a_side_of_the_centre_that_was_chosen)
{
	static const double values[] = { 2, 3, 2, 3, 2, 3, 2, 3, 1000, 1, 1, 1,
		1, 1, 1, 1, 1 };
	const uint64_t count = COUNT(values);
	uint32_t signals[COUNT(values)];
	kpi_control_limits l = limits_of(values, count, KPI_CENTRE_MEDIAN);

	ck_assert(l.centre == 2);
	ck_assert_int_eq(kpi_control_signals_of(
			     signals, &l, values, count, KPI_CHART_RUN, NULL),
	    KPI_OK);
	ck_assert_uint_eq(signals[0], 0);
	ck_assert_uint_eq(signals[7], 0);
	ck_assert_uint_eq(signals[9] & KPI_SIGNAL_RUN, KPI_SIGNAL_RUN);
	l = limits_of(values, count, KPI_CENTRE_MEAN);
	ck_assert_int_eq(kpi_control_signals_of(
			     signals, &l, values, count, KPI_CHART_RUN, NULL),
	    KPI_OK);
	ck_assert_uint_eq(signals[0], KPI_SIGNAL_RUN);
	ck_assert_uint_eq(signals[7], KPI_SIGNAL_RUN);
}
END_TEST

/* By the words of the contract: each value looks at its own neighbours. */
static uint32_t
naive(const kpi_control_limits *l, const double *v, int64_t count, int64_t i,
    int32_t chart_run)
{
	uint32_t mask = 0;

	if (!isfinite(v[i]))
		return 0;
	if (!(v[i] >= l->lower && v[i] <= l->upper))
		mask += KPI_SIGNAL_OUTSIDE;
	if (i > 0 && isfinite(v[i - 1]) &&
	    (v[i] - v[i - 1] > l->range_limit ||
		v[i - 1] - v[i] > l->range_limit))
		mask += KPI_SIGNAL_RANGE;
	for (int64_t from = i - chart_run + 1; from <= i; from++) {
		int above = 0, below = 0;

		if (from < 0 || from + chart_run > count)
			continue;
		for (int64_t k = from; k < from + chart_run; k++) {
			above += isfinite(v[k]) && v[k] > l->centre;
			below += isfinite(v[k]) && v[k] < l->centre;
		}
		if (above == chart_run || below == chart_run)
			return mask + KPI_SIGNAL_RUN;
	}
	return mask;
}

START_TEST(random_series_signal_what_every_value_says_of_itself)
{
	const uint32_t cases = random_cases(3000);
	uint64_t seen[8] = { 0 };

	for (uint32_t n = 0; n < cases; n++) {
		random_source s = { n + 1 };
		const uint32_t count = random_below(&s, 60);
		const int32_t chart_run = 5 + (int32_t)random_below(&s, 16);
		const uint32_t turns = 2 + random_below(&s, 40);
		const kpi_control_limits l = around(3);
		double values[60];
		uint32_t signals[60];
		int side = 1;

		for (uint32_t i = 0; i < count; i++) {
			if (random_one_in(&s, turns))
				side = -side;
			values[i] = 3 + side * (double)random_below(&s, 12);
			if (random_one_in(&s, turns))
				values[i] = random_one_in(&s, 2) ? NAN : 3;
		}
		memset(signals, 255, sizeof(signals));
		ck_assert_int_eq(kpi_control_signals_of(signals, &l, values,
				     count, chart_run, NULL),
		    KPI_OK);
		for (uint32_t i = 0; i < count; i++) {
			ck_assert_msg(signals[i] ==
				naive(&l, values, count, i, chart_run),
			    "case %u, value %u", n, i);
			seen[signals[i]]++;
		}
		for (uint32_t i = count; i < 60; i++)
			ck_assert_uint_eq(signals[i], UINT32_MAX);
	}
	for (size_t i = 0; i < COUNT(seen); i++)
		ck_assert_msg(cases < 3000 || seen[i] > 0,
		    "no value with signals %zu", i);
}
END_TEST

static void
refuses(const kpi_control_limits *l, const double *values, int32_t chart_run,
    kpi_status expected, const char *field)
{
	kpi_error error = KPI_ERROR_INIT;
	uint32_t signals[3] = { 77, 77, 77 };

	ck_assert_int_eq(
	    kpi_control_signals_of(signals, l, values, 3, chart_run, &error),
	    expected);
	ck_assert_int_eq(error.status, expected);
	ck_assert_str_eq(error.field, field);
	ck_assert_uint_ne(strlen(error.text), 0);
	ck_assert_uint_eq(signals[0], 77);
}

START_TEST(a_run_of_other_lengths_and_limits_that_are_none_are_refused)
{
	static const double three[] = { 3, 4, 5 };
	struct {
		kpi_control_limits limits;
		uint64_t more;
	} later = { around(4), 1 };
	kpi_control_limits l = around(4);
	const struct {
		double *limit;
		const char *field;
	} used[] = {
		{ &l.centre, "centre" },
		{ &l.lower, "lower" },
		{ &l.upper, "upper" },
		{ &l.range_limit, "range_limit" },
	};

	refuses(&l, three, 4, KPI_EINVAL, "chart_run");
	refuses(&l, three, 21, KPI_EINVAL, "chart_run");
	refuses(&l, three, 0, KPI_EINVAL, "chart_run");
	refuses(&l, three, -8, KPI_EINVAL, "chart_run");
	refuses(&l, NULL, 8, KPI_EINVAL, "");
	refuses(NULL, three, 8, KPI_EINVAL, "");
	ck_assert_int_eq(
	    kpi_control_signals_of(NULL, &l, three, 3, 8, NULL), KPI_EINVAL);
	for (size_t i = 0; i < COUNT(used); i++) {
		l = around(4);
		*used[i].limit = NAN;
		refuses(&l, three, 8, KPI_EINVAL, used[i].field);
	}
	l = around(4);
	l.size = 8;
	refuses(&l, three, 8, KPI_EINVAL, "");
	later.limits.size = sizeof(later);
	refuses(&later.limits, three, 8, KPI_ENOTSUP, "");
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("control");
	TCase *t = tcase_create("control");

	tcase_add_test(t, limits_are_those_of_a_published_chart);
	tcase_add_test(t, the_constants_are_the_rounded_ones);
	tcase_add_test(t, no_range_lies_across_a_gap);
	tcase_add_test(t, the_median_does_not_follow_one_wild_value);
	tcase_add_test(t, limits_beyond_a_double_are_refused);
	tcase_add_test(t, fewer_than_two_neighbours_are_refused);
	tcase_add_test(t, a_series_that_never_changes_signals_nothing);
	tcase_add_test(t, eight_on_one_side_are_a_run_and_seven_are_none);
	tcase_add_test(t, a_gap_and_a_value_on_the_centre_end_a_run);
	tcase_add_test(t, a_value_on_a_limit_is_within_it);
	tcase_add_test(
	    t, a_range_is_of_the_value_before_and_never_across_a_gap);
	tcase_add_test(
	    t, one_wild_week_is_outside_and_far_from_both_its_neighbours);
	tcase_add_test(t, runs_are_on_a_side_of_the_centre_that_was_chosen);
	tcase_add_test(t, random_series_signal_what_every_value_says_of_itself);
	tcase_add_test(
	    t, a_run_of_other_lengths_and_limits_that_are_none_are_refused);
	suite_add_tcase(s, t);
	return s;
}

#include "runner.h"
