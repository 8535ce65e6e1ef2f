/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <math.h>
#include <stddef.h>

#include "stats/normal.h"
#include "stats/student.h"

#include "runner.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static void
close_to(double got, double expected, double relative)
{
	ck_assert_msg(fabs(got - expected) <= relative * fabs(expected),
	    "%.17g is not %.17g", got, expected);
}

static const struct {
	double p, z;
} normal_quantiles[] = {
	{ 1e-300, -37.047096299361199 },
	{ 1e-20, -9.2623400897984076 },
	{ 0.0000005, -4.8916384756985904 },
	{ 0.025, -1.9599639845400542 },
	{ 0.07, -1.4757910281791707 },
	{ 0.25, -0.67448975019608174 },
	{ 0.5, 0 },
	{ 0.5000001, 2.5066282733116483e-7 },
	{ 0.6, 0.25334710313579974 },
	{ 0.9, 1.2815515655446006 },
	{ 0.975, 1.9599639845400539 },
	{ 0.9999995, 4.891638475714779 },
};

START_TEST(normal_quantiles_are_right_to_the_last_digits)
{
	close_to(kpi__normal_quantile(normal_quantiles[_i].p),
	    normal_quantiles[_i].z, 1e-15);
}
END_TEST

START_TEST(normal_probabilities_keep_their_digits_in_the_tail)
{
	close_to(kpi__normal_cdf(-37), 5.7255712225245768e-300, 1e-13);
	close_to(kpi__normal_cdf(-8), 6.2209605742717841e-16, 1e-14);
	close_to(kpi__normal_cdf(-1.5), 0.066807201268858066, 1e-15);
	close_to(kpi__normal_cdf(0), 0.5, 0);
	close_to(kpi__normal_cdf(1), 0.84134474606854295, 1e-15);
	close_to(kpi__normal_cdf(6), 0.99999999901341235, 1e-15);
}
END_TEST

static const struct {
	double t, df, chance;
} chances[] = {
	{ 12.706204736174705, 1, 0.05 },
	{ 4.3026527297494639, 2, 0.05 },
	{ 2.2621571627982055, 9, 0.05 },
	{ 1, 1, 0.5 },
	{ 2, 2, 0.18350341907227397 },
	{ 1.9599639845400542, INFINITY, 0.05 },
	{ 0, 5, 1 },
	{ -3, 5, 1 },
	{ INFINITY, 5, 0 },
};

START_TEST(chances_undo_the_quantiles)
{
	close_to(kpi__student_beyond(chances[_i].t, chances[_i].df),
	    chances[_i].chance, 1e-12);
	ck_assert(isnan(kpi__student_beyond(NAN, 5)));
	ck_assert(isnan(kpi__student_beyond(1, 0.5)));
}
END_TEST

START_TEST(quantiles_end_in_infinity_and_stop_outside_0_and_1)
{
	ck_assert(isinf(kpi__normal_quantile(0)));
	ck_assert(kpi__normal_quantile(0) < 0);
	ck_assert(isinf(kpi__normal_quantile(1)));
	ck_assert(kpi__normal_quantile(1) > 0);
	ck_assert(isnan(kpi__normal_quantile(-0.1)));
	ck_assert(isnan(kpi__normal_quantile(1.1)));
	ck_assert(isnan(kpi__normal_quantile(NAN)));
	ck_assert(isinf(kpi__student_quantile(0, 3)));
	ck_assert(kpi__student_quantile(0, 3) < 0);
	ck_assert(kpi__student_quantile(1, 3) > 0);
	ck_assert(isnan(kpi__student_quantile(1.1, 3)));
	ck_assert(isnan(kpi__student_quantile(NAN, 3)));
	ck_assert(isnan(kpi__student_quantile(0.9, 0.5)));
	ck_assert(isnan(kpi__student_quantile(0.9, NAN)));
}
END_TEST

static const struct {
	double p, df, t;
} student_quantiles[] = {
	{ 0.975, 1, 12.706204736174705 },
	{ 0.975, 2, 4.3026527297494639 },
	{ 0.975, 3, 3.1824463052837096 },
	{ 0.975, 9, 2.2621571627982055 },
	{ 0.975, 29, 2.0452296421327043 },
	{ 0.975, 100, 1.9839715185235523 },
	{ 0.975, 199, 1.9719565442517538 },
	{ 0.975, 200, 1.9718962236339094 },
	{ 0.975, 1000, 1.9623390808264085 },
	{ 0.975, 9999999, 1.9599642217672292 },
	{ 0.975, 1e12, 1.9599639845424265 },
	{ 0.75, 1, 1 },
	{ 0.9, 4, 1.5332062740589439 },
	{ 0.55, 7, 0.13029279659177739 },
	{ 0.5, 5, 0 },
	{ 0.995, 5, 4.0321429835552281 },
	{ 0.9995, 30, 3.6459586350420218 },
	{ 0.9999995, 60, 5.4489478322860689 },
	{ 0.9999995, 300, 4.9951188333449298 },
	{ 0.95, 2.5, 2.5582186141359366 },
	{ 0.025, 9, -2.2621571627982055 },
};

/* What p itself was rounded by shows in the tail: 1e-10 there. */
START_TEST(student_quantiles_are_those_of_the_tables)
{
	close_to(kpi__student_quantile(
		     student_quantiles[_i].p, student_quantiles[_i].df),
	    student_quantiles[_i].t,
	    student_quantiles[_i].p > 0.999 ? 1e-10 : 1e-12);
}
END_TEST

static const double degrees[] = { 1, 1.5, 2, 5, 30, 199, 200, 201, 1e4, 1e9,
	INFINITY };
static const double tails[] = { 1e-30, 1e-9, 0.0005, 0.025, 0.1, 0.2499, 0.25,
	0.2501, 0.4, 0.4999999 };

START_TEST(student_shrinks_to_normal_as_degrees_grow)
{
	for (size_t i = 0; i < COUNT(tails); i++) {
		const double z = kpi__normal_quantile(tails[i]);
		double before = -INFINITY;

		for (size_t j = 0; j < COUNT(degrees); j++) {
			const double t =
			    kpi__student_quantile(tails[i], degrees[j]);

			ck_assert(t > before);
			ck_assert(t <= z);
			before = t;
		}
		close_to(before, z, 0);
	}
}
END_TEST

START_TEST(student_grows_with_the_probability_without_a_step_back)
{
	for (size_t j = 0; j < COUNT(degrees); j++)
		for (size_t i = 1; i < COUNT(tails); i++)
			ck_assert(kpi__student_quantile(tails[i], degrees[j]) >
			    kpi__student_quantile(tails[i - 1], degrees[j]));
}
END_TEST

START_TEST(one_and_two_degrees_have_a_closed_form)
{
	const double pi = 3.14159265358979323846;

	for (size_t i = 0; i < COUNT(tails); i++) {
		const double p = tails[i];

		close_to(kpi__student_quantile(p, 1), -1 / tan(pi * p),
		    p > 0.49 ? 1e-8 : 1e-12);
		close_to(kpi__student_quantile(p, 2),
		    -2 * (0.5 - p) * sqrt(1 / (2 * p * (1 - p))), 1e-12);
	}
}
END_TEST

START_TEST(two_sided_is_the_quantile_of_half_the_rest)
{
	close_to(kpi__normal_two_sided(0.95), 1.959963984540054, 1e-15);
	close_to(kpi__normal_two_sided(0.5), 0.67448975019608174, 1e-15);
	close_to(kpi__student_two_sided(0.95, 9), 2.2621571627982055, 1e-12);
	ck_assert(isnan(kpi__normal_two_sided(1.5)));
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("student");
	TCase *tc = tcase_create("core");

	tcase_add_loop_test(tc, normal_quantiles_are_right_to_the_last_digits,
	    0, (int)COUNT(normal_quantiles));
	tcase_add_test(tc, normal_probabilities_keep_their_digits_in_the_tail);
	tcase_add_loop_test(tc, chances_undo_the_quantiles, 0, COUNT(chances));
	tcase_add_test(tc, quantiles_end_in_infinity_and_stop_outside_0_and_1);
	tcase_add_loop_test(tc, student_quantiles_are_those_of_the_tables, 0,
	    (int)COUNT(student_quantiles));
	tcase_add_test(tc, student_shrinks_to_normal_as_degrees_grow);
	tcase_add_test(
	    tc, student_grows_with_the_probability_without_a_step_back);
	tcase_add_test(tc, one_and_two_degrees_have_a_closed_form);
	tcase_add_test(tc, two_sided_is_the_quantile_of_half_the_rest);
	suite_add_tcase(s, tc);
	return s;
}
