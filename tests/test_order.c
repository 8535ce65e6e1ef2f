/* SPDX-License-Identifier: MIT */
/* Places of quantiles and of their bounds, against counting; bins. */
#include <check.h>
#include <math.h>
#include <stddef.h>

#include "base/bin.h"
#include "base/wide.h"
#include "stats/order.h"

#include "runner.h"

#define MOST 80

/* How probable it is that `k` of n values lie below the quantile, from the
 * recurrence of Pascal's triangle. */
static void
binomial(double chance[MOST + 1], uint32_t n, double q)
{
	chance[0] = 1;
	for (uint32_t i = 1; i <= n; i++) {
		chance[i] = 0;
		for (uint32_t k = i; k > 0; k--)
			chance[k] = chance[k] * (1 - q) + chance[k - 1] * q;
		chance[0] *= 1 - q;
	}
}

static void
check_bounds(uint32_t n, uint32_t q, double confidence)
{
	double chance[MOST + 1], below = 0, above = 0;
	const double rest = (1 - confidence) / 2;
	uint64_t lower = 1000, upper = 1000;
	int64_t from = -1, until = (int64_t)n;

	binomial(chance, n, q / 1e6);
	/* The last place before which so few values are unlikely. */
	for (uint32_t k = 0; k < n; k++) {
		below += chance[k];
		if (below > rest)
			break;
		from = k;
	}
	for (uint32_t k = n; k > 0; k--) {
		above += chance[k];
		if (above > rest)
			break;
		until = k - 1;
	}
	if (kpi__order_bounds(&lower, &upper, n, q, confidence)) {
		ck_assert_int_eq((int64_t)lower, from);
		ck_assert_int_eq((int64_t)upper, until);
	} else {
		ck_assert(from < 0 || until == (int64_t)n);
		ck_assert_uint_eq(lower, 1000);
		ck_assert_uint_eq(upper, 1000);
	}
}

START_TEST(bounds_are_the_narrowest_places_that_the_binomial_allows)
{
	static const uint32_t shares[] = { 1, 70000, 250000, 333333, 500000,
		750000, 900000, 990000, 999999 };
	static const double confidences[] = { 0.5, 0.9, 0.95, 0.999 };

	for (uint32_t n = 1; n <= MOST; n++)
		for (size_t i = 0; i < sizeof(shares) / sizeof(*shares); i++)
			for (size_t c = 0; c < 4; c++)
				check_bounds(n, shares[i], confidences[c]);
}
END_TEST

/* The 40th and the 61st of 100, as tables of the median have it. */
START_TEST(bounds_of_a_median_are_those_of_the_tables)
{
	static const struct {
		uint64_t n, lower, upper;
	} table[] = { { 6, 1, 6 }, { 10, 2, 9 }, { 20, 6, 15 }, { 50, 18, 33 },
		{ 100, 40, 61 }, { 1000, 469, 532 } };
	uint64_t lower, upper;

	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		ck_assert(kpi__order_bounds(
		    &lower, &upper, table[i].n, 500000, 0.95));
		ck_assert_uint_eq(lower + 1, table[i].lower);
		ck_assert_uint_eq(upper + 1, table[i].upper);
	}
	ck_assert(!kpi__order_bounds(&lower, &upper, 5, 500000, 0.95));
	ck_assert(!kpi__order_bounds(&lower, &upper, 0, 500000, 0.95));
	ck_assert(!kpi__order_bounds(&lower, &upper, 100, 0, 0.95));
	ck_assert(!kpi__order_bounds(&lower, &upper, 100, 1000000, 0.95));
}
END_TEST

/* n q +- 1.96 sqrt(n q (1 - q)), to within a place or two. */
START_TEST(bounds_of_many_are_those_of_the_normal_distribution)
{
	const uint64_t n = UINT64_C(40000000);
	uint64_t lower, upper;

	ck_assert(kpi__order_bounds(&lower, &upper, n, 900000, 0.95));
	ck_assert(fabs((double)lower - (0.9 * (double)n - 1.959963985 *
			   sqrt(0.09 * (double)n))) < 3);
	ck_assert(fabs((double)upper - (0.9 * (double)n + 1.959963985 *
			   sqrt(0.09 * (double)n))) < 3);
}
END_TEST

START_TEST(a_rank_is_not_rounded_as_doubles_are)
{
	ck_assert_uint_eq(kpi__order_nearest(100, 70000).at, 6);
	ck_assert_uint_eq(kpi__order_nearest(3, 0).at, 0);
	ck_assert_uint_eq(kpi__order_nearest(3, 333333).at, 0);
	ck_assert_uint_eq(kpi__order_nearest(3, 333334).at, 1);
	ck_assert_uint_eq(kpi__order_nearest(3, 1000000).at, 2);
	for (uint64_t n = 1; n < 3000; n += 7)
		for (uint32_t q = 1; q <= 1000000; q += 9973) {
			const uint64_t at = kpi__order_nearest(n, q).at;

			ck_assert((at + 1) * 1000000 >= q * n);
			ck_assert(at * 1000000 < q * n);
		}
}
END_TEST

START_TEST(ranks_of_more_values_than_there_are_do_not_overflow)
{
	const uint64_t n = UINT64_C(1) << 60;

	ck_assert_uint_eq(kpi__order_nearest(n, 500000).at, n / 2 - 1);
	ck_assert_uint_eq(kpi__order_nearest(n, 1000000).at, n - 1);
	ck_assert_uint_eq(kpi__order_linear(n + 1, 250000).at, n / 4);
	ck_assert_uint_eq(kpi__order_linear(n + 1, 250000).beyond, 0);
	ck_assert_uint_eq(kpi__order_linear(2, 300000).at, 0);
	ck_assert_uint_eq(kpi__order_linear(2, 300000).beyond, 300000);
}
END_TEST

static void
check_bin(uint64_t value)
{
	const uint32_t bin = kpi__bin_of(value);
	const uint64_t begin = kpi__bin_begin(bin), width = kpi__bin_width(bin);

	ck_assert(begin <= value && value - begin < width);
	ck_assert((width - 1) << 8 <= begin);
	ck_assert_uint_eq(kpi__bin_of(begin), bin);
	ck_assert_uint_eq(kpi__bin_of(begin + width - 1), bin);
	ck_assert_uint_eq(kpi__bin_of(begin + width), bin + 1);
}

START_TEST(no_value_is_further_from_another_of_its_bin_than_a_256th)
{
	for (uint64_t value = 0; value < 100000; value++)
		check_bin(value);
	for (unsigned bit = 16; bit < 62; bit++)
		for (int64_t by = -2; by <= 2; by++)
			check_bin((UINT64_C(1) << bit) + (uint64_t)by);
	ck_assert_uint_eq(kpi__bin_of(UINT32_MAX), KPI__SHORT_BINS - 1);
}
END_TEST

START_TEST(a_wide_number_is_divided_as_a_whole)
{
	int64_t whole = 7;
	uint32_t left = 7;
	kpi__wide w =
	    kpi__wide_product(INT64_MAX - 4, 1000000);

	ck_assert_int_eq(kpi__wide_divide(w, 1000000, &whole, &left), 0);
	ck_assert_int_eq(whole, INT64_MAX - 4);
	ck_assert_uint_eq(left, 0);
	w = kpi__wide_add(w, kpi__wide_of(4999999));
	ck_assert_int_eq(kpi__wide_divide(w, 1000000, &whole, &left), 0);
	ck_assert_int_eq(whole, INT64_MAX);
	ck_assert_uint_eq(left, 999999);
	w = kpi__wide_add(w, kpi__wide_of(1));
	ck_assert_int_ne(kpi__wide_divide(w, 1000000, &whole, &left), 0);
	ck_assert_int_eq(whole, INT64_MAX);
	ck_assert_uint_eq(left, 999999);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("order");
	TCase *tc = tcase_create("order");

	tcase_add_test(
	    tc, bounds_are_the_narrowest_places_that_the_binomial_allows);
	tcase_add_test(tc, bounds_of_a_median_are_those_of_the_tables);
	tcase_add_test(
	    tc, bounds_of_many_are_those_of_the_normal_distribution);
	tcase_add_test(tc, a_rank_is_not_rounded_as_doubles_are);
	tcase_add_test(
	    tc, ranks_of_more_values_than_there_are_do_not_overflow);
	tcase_add_test(
	    tc, no_value_is_further_from_another_of_its_bin_than_a_256th);
	tcase_add_test(tc, a_wide_number_is_divided_as_a_whole);
	suite_add_tcase(s, tc);
	return s;
}
