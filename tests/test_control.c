/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <kpi.h>
#include <math.h>

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

static Suite *
suite(void)
{
	Suite *s = suite_create("control");
	TCase *t = tcase_create("control");

	tcase_add_test(t, limits_are_those_of_a_published_chart);
	tcase_add_test(t, the_constants_are_the_rounded_ones);
	tcase_add_test(t, no_range_lies_across_a_gap);
	tcase_add_test(t, the_median_does_not_follow_one_wild_value);
	tcase_add_test(t, fewer_than_two_neighbours_are_refused);
	suite_add_tcase(s, t);
	return s;
}

#include "runner.h"
