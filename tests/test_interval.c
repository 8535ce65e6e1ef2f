/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>

#include "stats/exact.h"
#include "stats/interval.h"
#include "stats/normal.h"
#include "stats/several.h"

#include "estimates.h"
#include "runner.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define Z95          1.959963984540054

static void
close_to(double got, double expected, double relative)
{
	ck_assert_msg(fabs(got - expected) <= relative * fabs(expected),
	    "%.17g is not %.17g", got, expected);
}

static void
near(kpi__bounds got, double lower, double upper, double absolute)
{
	ck_assert_msg(fabs(got.lower - lower) <= absolute &&
		fabs(got.upper - upper) <= absolute,
	    "[%.17g, %.17g] is not [%.17g, %.17g]", got.lower, got.upper, lower,
	    upper);
}

static void
none(kpi__bounds got)
{
	ck_assert(isnan(got.lower));
	ck_assert(isnan(got.upper));
}

static kpi__wide
times(int64_t a, int64_t b)
{
	return kpi__wide_product(a, b);
}

static const struct {
	double k, n, lower, upper;
} shares[] = {
	{ 18, 20, 0.6989663547715127, 0.9721335187862318 },
	{ 4, 20, 0.0806576625797981, 0.4160174322518936 },
	{ 1, 30, 0.0059085903816124, 0.1667039099140917 },
	{ 30, 30, 0.8864866068260313, 1 },
	{ 0, 30, 0, 0.1135133931739690 },
	{ 280, 400, 0.6533627542224785, 0.7428323280438029 },
	{ 860, 1060, 0.7866589048231057, 0.8337342886623535 },
	{ 2.5, 10, 0.0809478242099944, 0.5578185757214502 },
};

START_TEST(wilson_gives_the_known_bounds)
{
	near(kpi__wilson(shares[_i].k, shares[_i].n, Z95), shares[_i].lower,
	    shares[_i].upper, 4e-16);
}
END_TEST

START_TEST(wilson_keeps_the_digits_of_one_in_a_million_billion)
{
	close_to(
	    kpi__wilson(1, 1e15, Z95).lower, 1.7652455493515297e-16, 1e-14);
	close_to(
	    kpi__wilson(1, 1e15, Z95).upper, 5.6649342657589496e-15, 1e-14);
}
END_TEST

START_TEST(wilson_ends_are_exact_whatever_the_number)
{
	for (double n = 1; n < 1e15; n = 3 * n + 1) {
		ck_assert(kpi__wilson(0, n, Z95).lower == 0);
		ck_assert(kpi__wilson(n, n, Z95).upper == 1);
		ck_assert(kpi__wilson(0, n, Z95).upper > 0);
		ck_assert(kpi__wilson(n, n, Z95).lower < 1);
	}
}
END_TEST

START_TEST(eleven_of_ten_is_no_share_and_has_no_wilson_bounds)
{
	none(kpi__wilson(11, 10, Z95));
	none(kpi__wilson(-1, 10, Z95));
	none(kpi__wilson(0, 0, Z95));
	none(kpi__wilson(NAN, 10, Z95));
	none(kpi__wilson_weighted(0, 0, 0, Z95));
	none(kpi__wilson_weighted(11, 10, 10, Z95));
}
END_TEST

START_TEST(wilson_holds_the_value_mirrors_and_widens)
{
	for (double n = 1; n <= 40; n++)
		for (double k = 0; k <= n; k++) {
			const kpi__bounds b = kpi__wilson(k, n, Z95);
			const kpi__bounds m = kpi__wilson(n - k, n, Z95);
			const kpi__bounds w = kpi__wilson(k, n, 2.6);

			ck_assert(0 <= b.lower && b.upper <= 1);
			ck_assert(b.lower <= k / n && k / n <= b.upper);
			near(m, 1 - b.upper, 1 - b.lower, 3e-16);
			ck_assert(k == 0 || w.lower < b.lower);
			ck_assert(k == n || w.upper > b.upper);
		}
}
END_TEST

START_TEST(equal_weights_weigh_nothing)
{
	const double part = 720720;

	near(kpi__wilson_weighted(18 * part, 20 * part, 20 * part * part, Z95),
	    0.6989663547715127, 0.9721335187862318, 1e-15);
	ck_assert(
	    kpi__wilson_weighted(30 * part, 30 * part, 30 * part * part, Z95)
		.upper == 1);
}
END_TEST

/* 8 wholes and 4 halves: weight 10, squares 9, so n = 100/9. */
START_TEST(unequal_weights_count_as_fewer_units)
{
	const kpi__bounds b = kpi__wilson_weighted(7, 10, 9, Z95);
	const kpi__bounds expected = kpi__wilson(700.0 / 90, 100.0 / 9, Z95);

	near(b, expected.lower, expected.upper, 1e-15);
	ck_assert(b.lower > kpi__wilson(7, 10, Z95).lower);
	ck_assert(b.lower < kpi__wilson(8.4, 12, Z95).lower);
}
END_TEST

START_TEST(mean_gives_the_known_bounds)
{
	near(mean_bounds(100, kpi__wide_of(390), kpi__wide_of(1660), 0.95),
	    3.6648857465311248, 4.1351142534688752, 1e-12);
	near(mean_bounds(
		 1000, kpi__wide_of(6865), kpi__wide_of(50855), 0.95),
	    6.7451443745578517, 6.9848556254421483, 1e-12);
	near(mean_bounds(2, kpi__wide_of(3), kpi__wide_of(5), 0.95),
	    -4.8531023680873523, 7.8531023680873523, 1e-11);
	near(mean_bounds(2, kpi__wide_of(3), kpi__wide_of(5), 0.5), 1, 2,
	    1e-12);
}
END_TEST

START_TEST(one_value_has_no_spread)
{
	none(mean_bounds(0, kpi__wide_of(0), kpi__wide_of(0), 0.95));
	none(mean_bounds(1, kpi__wide_of(5), kpi__wide_of(25), 0.95));
	near(mean_bounds(2, kpi__wide_of(10), kpi__wide_of(50), 0.95), 5,
	    5, 0);
}
END_TEST

START_TEST(sums_of_no_possible_data_have_no_bounds)
{
	const kpi__ratio_sums impossible = { 3, kpi__wide_of(9),
		kpi__wide_of(3), kpi__wide_of(1), kpi__wide_of(9),
		kpi__wide_of(3) };

	none(mean_bounds(3, kpi__wide_of(9), kpi__wide_of(1), 0.95));
	none(ratio_bounds(&impossible, 0.95));
}
END_TEST

/* Half of ten million durations 10^9 ms, half a millisecond more. */
START_TEST(large_values_close_together_lose_no_digits)
{
	const int64_t half = 5000000, a = 1000000000, b = a + 1;
	const kpi__wide sum = kpi__wide_add(times(half, a), times(half, b));
	const kpi__wide squares =
	    kpi__wide_add(times(half, a * a), times(half, b * b));
	const kpi__bounds bounds =
	    mean_bounds(10000000, sum, squares, 0.95);

	near(bounds, 1000000000.4996901, 1000000000.5003099, 2.5e-7);
}
END_TEST

START_TEST(squares_past_64_bits_are_taken_whole)
{
	const int64_t a = INT64_C(4000000000000000000);
	const kpi__wide squares = kpi__wide_add(times(a, a), times(a, a));
	const kpi__bounds b =
	    mean_bounds(2, kpi__wide_of(0), squares, 0.95);

	close_to(b.upper, 12.706204736174705 * 4e18, 1e-12);
	close_to(b.lower, -12.706204736174705 * 4e18, 1e-12);
}
END_TEST

static kpi__ratio_sums
gather(const int64_t (*clusters)[2], size_t count)
{
	kpi__ratio_sums s = { 0 };

	s.clusters = count;
	for (size_t i = 0; i < count; i++) {
		const int64_t x = clusters[i][0], n = clusters[i][1];

		s.x = kpi__wide_add(s.x, kpi__wide_of(x));
		s.n = kpi__wide_add(s.n, kpi__wide_of(n));
		s.xx = kpi__wide_add(s.xx, times(x, x));
		s.xn = kpi__wide_add(s.xn, times(x, n));
		s.nn = kpi__wide_add(s.nn, times(n, n));
	}
	return s;
}

START_TEST(ratio_gives_the_known_bounds)
{
	const int64_t plain[][2] = { { 300, 2 }, { 90, 1 }, { 500, 3 },
		{ 120, 1 } };
	const int64_t odd[][2] = { { -300, 2 }, { 90, 1 }, { 500, 3 }, { 0, 0 },
		{ 120, 1 } };
	kpi__ratio_sums s = gather(plain, COUNT(plain));

	near(ratio_bounds(&s, 0.95), 96.818926182419545,
	    191.75250238900903, 1e-10);
	s = gather(odd, COUNT(odd));
	near(ratio_bounds(&s, 0.95), -177.72228470215849,
	    294.86514184501563, 1e-10);
}
END_TEST

START_TEST(ratio_of_large_values_loses_no_digits)
{
	const int64_t large[][2] = { { 3000000001, 3 }, { 2000000000, 2 },
		{ 999999999, 1 }, { 7000000004, 7 } };
	const kpi__ratio_sums s = gather(large, COUNT(large));

	near(ratio_bounds(&s, 0.95), 999999999.64458285,
	    1000000000.9708018, 2.5e-7);
}
END_TEST

START_TEST(ratio_over_clusters_of_one_is_the_mean)
{
	const int64_t ones[][2] = { { 3, 1 }, { 8, 1 }, { 1, 1 }, { 7, 1 },
		{ 7, 1 } };
	const kpi__ratio_sums s = gather(ones, COUNT(ones));
	const kpi__bounds mean = mean_bounds(5, s.x, s.xx, 0.95);

	near(ratio_bounds(&s, 0.95), mean.lower, mean.upper, 1e-13);
}
END_TEST

START_TEST(ratio_needs_two_clusters_and_something_to_divide_by)
{
	const int64_t clusters[][2] = { { 3, 1 }, { 8, 1 } };
	const int64_t empty[][2] = { { 3, 0 }, { 8, 0 } };
	kpi__ratio_sums s = gather(clusters, 1);

	none(ratio_bounds(&s, 0.95));
	s = gather(empty, 2);
	none(ratio_bounds(&s, 0.95));
	s = gather(clusters, 2);
	ck_assert(ratio_bounds(&s, 0.95).lower < 5.5);
}
END_TEST

/* Ten calls on each of six days: 6, 7, 8, 7, 6, 7 of them in time. */
START_TEST(a_chance_is_where_its_bounds_end)
{
	kpi__ratio_sums sums = { 6, { 41, 0 }, { 60, 0 }, { 283, 0 },
		{ 410, 0 }, { 600, 0 } };
	const kpi__bounds bounds = kpi__cluster_bounds(&sums, 0.95);

	near(bounds, 0.6043346882841382, 0.7623319783825285, 1e-14);
	close_to(kpi__cluster_chance(&sums, 0.8), 0.0126766024780145, 1e-12);
	close_to(kpi__cluster_chance(&sums, bounds.lower), 0.05, 1e-9);
	close_to(kpi__cluster_chance(&sums, bounds.upper), 0.05, 1e-9);
	close_to(kpi__cluster_chance(&sums, 41.0 / 60), 1, 0);
	sums.clusters = 4;
	none(kpi__cluster_bounds(&sums, 0.95));
	ck_assert(isnan(kpi__cluster_chance(&sums, 0.8)));
}
END_TEST

START_TEST(clusters_that_agree_have_no_spread)
{
	const kpi__ratio_sums sums = { 5, { 25, 0 }, { 50, 0 }, { 125, 0 },
		{ 250, 0 }, { 500, 0 } };

	near(kpi__cluster_bounds(&sums, 0.95), 0.5, 0.5, 0);
	close_to(kpi__cluster_chance(&sums, 0.5), 1, 0);
	ck_assert(kpi__cluster_chance(&sums, 0.6) == 0);
}
END_TEST

static const struct {
	double chances[4];
	size_t count;
	double limit;
} several[] = {
	{ { 0 }, 0, -1 },
	{ { 0.05 }, 1, 0.05 },
	{ { 0.051 }, 1, -1 },
	{ { 0.01, 0.02, 0.03, 0.04 }, 4, 0.01 },
	{ { 0.0125, 0.016, 0.02, 0.04 }, 4, 0.04 },
	{ { 0.013, 0.013, 0.013, 0.013 }, 4, -1 },
	{ { 0.0125, 0.0125, 0.026, 0.026 }, 4, 0.0125 },
};

START_TEST(holm_goes_down_until_one_is_not_significant)
{
	const double limit = kpi__holm_limit(
	    several[_i].chances, several[_i].count, 0.05);

	ck_assert(limit == several[_i].limit);
}
END_TEST

START_TEST(more_confidence_is_wider)
{
	const int64_t clusters[][2] = { { 300, 2 }, { 90, 1 }, { 500, 3 } };
	const kpi__ratio_sums s = gather(clusters, COUNT(clusters));
	const double levels[] = { 0.5, 0.8, 0.95, 0.999, 0.999999 };
	double mean = 0, ratio = 0, balance = 0;

	for (size_t i = 0; i < COUNT(levels); i++) {
		const kpi__bounds m = mean_bounds(
		    100, kpi__wide_of(390), kpi__wide_of(1660), levels[i]);
		const kpi__bounds r = ratio_bounds(&s, levels[i]);
		const kpi__bounds b = kpi__balance_bounds(
		    170, 330, 500, kpi__normal_two_sided(levels[i]));

		ck_assert(m.upper - m.lower > mean);
		ck_assert(r.upper - r.lower > ratio);
		ck_assert(b.upper - b.lower > balance);
		mean = m.upper - m.lower;
		ratio = r.upper - r.lower;
		balance = b.upper - b.lower;
	}
}
END_TEST

static const struct {
	double detractors, passives, promoters, lower, upper;
} balances[] = {
	{ 17, 33, 50, 17.55605018796637, 46.521619714946252 },
	{ 0, 0, 1, -48.498649420252025, 100 },
	{ 1, 0, 0, -100, 48.498649420252025 },
	{ 0, 1, 0, -60.011395954441372, 60.011395954441372 },
	{ 1, 2, 3, -26.743258794104538, 71.187703238548983 },
	{ 1, 0, 1, -73.335137205651801, 73.335137205651801 },
	{ 0, 0, 10000, 99.928448507389608, 100 },
};

START_TEST(balance_gives_the_known_bounds)
{
	near(kpi__balance_bounds(balances[_i].detractors, balances[_i].passives,
		 balances[_i].promoters, Z95),
	    balances[_i].lower, balances[_i].upper, 1e-11);
}
END_TEST

START_TEST(balance_holds_the_score_on_the_scale)
{
	for (double d = 0; d <= 8; d++)
		for (double p = 0; p <= 8; p++)
			for (double P = d + p > 0 ? 0 : 1; P <= 8; P++) {
				const double score =
				    100 * (P - d) / (d + p + P);
				const kpi__bounds b =
				    kpi__balance_bounds(d, p, P, Z95);
				const kpi__bounds m =
				    kpi__balance_bounds(P, p, d, Z95);

				ck_assert(-100 <= b.lower && b.upper <= 100);
				ck_assert(b.lower <= score);
				ck_assert(score <= b.upper);
				near(m, -b.upper, -b.lower, 0);
			}
}
END_TEST

START_TEST(no_answer_has_no_balance)
{
	none(kpi__balance_bounds(0, 0, 0, Z95));
	none(kpi__balance_bounds(-1, 5, 5, Z95));
	ck_assert(isnan(kpi__balance_variance(0, 0, 0)));
	ck_assert(isnan(kpi__balance_variance(5, 5, -1)));
}
END_TEST

START_TEST(variance_of_an_answer_is_on_minus_one_to_one)
{
	close_to(kpi__balance_variance(1, 2, 3), 0.555555555556, 1e-11);
	close_to(
	    sqrt(kpi__balance_variance(1, 2, 3) / 6), 0.304290309725, 1e-11);
	close_to(kpi__balance_variance(1, 0, 1), 1, 0);
	close_to(kpi__balance_variance(0, 1, 1), 0.25, 0);
	close_to(kpi__balance_variance(1, 1, 1), 0.666666666667, 1e-11);
}
END_TEST

START_TEST(exact_integers_carry_sign_and_limbs)
{
	const kpi__exact one = kpi__exact_of(kpi__wide_of(1));
	const kpi__exact minus = kpi__exact_of(kpi__wide_of(-1));
	const kpi__wide most = { UINT64_MAX, INT64_MAX };
	const kpi__wide least = { 0, INT64_MIN };
	const kpi__exact top = kpi__exact_of(most);
	const kpi__exact bottom = kpi__exact_of(least);
	kpi__exact e;

	e = kpi__exact_add(one, minus);
	close_to(kpi__exact_to_double(e), 0, 0);
	e = kpi__exact_multiply(minus, minus);
	close_to(kpi__exact_to_double(e), 1, 0);
	e = kpi__exact_add(kpi__exact_add(top, bottom), one);
	close_to(kpi__exact_to_double(e), 0, 0);
	e = kpi__exact_multiply(kpi__exact_multiply(bottom, bottom), bottom);
	close_to(kpi__exact_to_double(e), -0x1p381, 0);
	e = kpi__exact_multiply(kpi__exact_multiply(top, top), bottom);
	close_to(kpi__exact_to_double(e), -0x1p381, 1e-15);
}
END_TEST

/* (2^127 - 1)^2 - (2^127)^2 + 2^128 = 1: nothing of 254 bits may be lost. */
START_TEST(exact_differences_are_exact)
{
	const kpi__wide most = { UINT64_MAX, INT64_MAX };
	const kpi__wide least = { 0, INT64_MIN };
	const kpi__exact top = kpi__exact_of(most);
	const kpi__exact bottom = kpi__exact_of(least);
	kpi__exact e;

	e = kpi__exact_subtract(
	    kpi__exact_multiply(top, top), kpi__exact_multiply(bottom, bottom));
	e = kpi__exact_subtract(e, kpi__exact_add(bottom, bottom));
	close_to(kpi__exact_to_double(e), 1, 0);
}
END_TEST

static void
add_shares(TCase *tc)
{
	tcase_add_loop_test(
	    tc, wilson_gives_the_known_bounds, 0, (int)COUNT(shares));
	tcase_add_test(tc, wilson_keeps_the_digits_of_one_in_a_million_billion);
	tcase_add_test(tc, wilson_ends_are_exact_whatever_the_number);
	tcase_add_test(tc, eleven_of_ten_is_no_share_and_has_no_wilson_bounds);
	tcase_add_test(tc, wilson_holds_the_value_mirrors_and_widens);
	tcase_add_test(tc, equal_weights_weigh_nothing);
	tcase_add_test(tc, unequal_weights_count_as_fewer_units);
}

static void
add_means(TCase *tc)
{
	tcase_add_test(tc, mean_gives_the_known_bounds);
	tcase_add_test(tc, one_value_has_no_spread);
	tcase_add_test(tc, sums_of_no_possible_data_have_no_bounds);
	tcase_add_test(tc, large_values_close_together_lose_no_digits);
	tcase_add_test(tc, squares_past_64_bits_are_taken_whole);
	tcase_add_test(tc, ratio_gives_the_known_bounds);
	tcase_add_test(tc, ratio_of_large_values_loses_no_digits);
	tcase_add_test(tc, ratio_over_clusters_of_one_is_the_mean);
	tcase_add_test(tc, ratio_needs_two_clusters_and_something_to_divide_by);
	tcase_add_test(tc, a_chance_is_where_its_bounds_end);
	tcase_add_test(tc, clusters_that_agree_have_no_spread);
	tcase_add_loop_test(tc, holm_goes_down_until_one_is_not_significant, 0,
	    COUNT(several));
	tcase_add_test(tc, more_confidence_is_wider);
	tcase_add_test(tc, exact_integers_carry_sign_and_limbs);
	tcase_add_test(tc, exact_differences_are_exact);
}

static void
add_balances(TCase *tc)
{
	tcase_add_loop_test(
	    tc, balance_gives_the_known_bounds, 0, (int)COUNT(balances));
	tcase_add_test(tc, balance_holds_the_score_on_the_scale);
	tcase_add_test(tc, no_answer_has_no_balance);
	tcase_add_test(tc, variance_of_an_answer_is_on_minus_one_to_one);
}

static Suite *
suite(void)
{
	Suite *s = suite_create("interval");
	TCase *tc = tcase_create("core");

	add_shares(tc);
	add_means(tc);
	add_balances(tc);
	suite_add_tcase(s, tc);
	return s;
}
