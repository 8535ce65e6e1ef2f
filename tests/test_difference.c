/* SPDX-License-Identifier: MIT */
/*
 * Differences and their parts. Expected numbers are of the formulas, worked
 * out apart to 40 digits, or printed where a source is named.
 */
#include <check.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>

#include "stats/difference.h"
#include "stats/several.h"
#include "stats/split.h"

#include "runner.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define Z95          1.959963984540054

static void
near(double got, double expected, double absolute)
{
	ck_assert_msg(fabs(got - expected) <= absolute, "%.17g is not %.17g",
	    got, expected);
}

static void
between(kpi__bounds got, double lower, double upper)
{
	near(got.lower, lower, 1e-12 * fmax(1, fabs(lower)));
	near(got.upper, upper, 1e-12 * fmax(1, fabs(upper)));
}

static void
none(kpi__bounds got)
{
	ck_assert(isnan(got.lower));
	ck_assert(isnan(got.upper));
}

static kpi__bounds
newcombe(double k, double n, double k0, double n0)
{
	const kpi__bounds now = kpi__wilson(k, n, Z95);
	const kpi__bounds before = kpi__wilson(k0, n0, Z95);

	return kpi__newcombe(k / n, &now, k0 / n0, &before);
}

/* To four digits these are method 10 of Newcombe's table II, (a) to (h). */
static const struct {
	double k, n, k0, n0, lower, upper;
} shares[] = {
	{ 56, 70, 48, 80, 0.052431472402364878, 0.33387265403690598 },
	{ 9, 10, 3, 10, 0.17052272393450288, 0.80901797353548798 },
	{ 6, 7, 2, 7, 0.058227927482312202, 0.80624963752422776 },
	{ 5, 56, 0, 29, -0.038137147903536903, 0.19256001385511162 },
	{ 0, 10, 0, 20, -0.16112515805281939, 0.27753279986288925 },
	{ 0, 10, 0, 10, -0.27753279986288925, 0.27753279986288925 },
	{ 10, 10, 0, 20, 0.67908603714191467, 1 },
	{ 10, 10, 0, 10, 0.60750935043052416, 1 },
};

START_TEST(shares_have_the_bounds_that_newcombe_printed)
{
	for (size_t i = 0; i < COUNT(shares); i++) {
		const kpi__bounds swapped = newcombe(
		    shares[i].k0, shares[i].n0, shares[i].k, shares[i].n);

		between(newcombe(shares[i].k, shares[i].n, shares[i].k0,
			    shares[i].n0),
		    shares[i].lower, shares[i].upper);
		between(swapped, -shares[i].upper, -shares[i].lower);
	}
	none(newcombe(11, 10, 3, 10));
	none(newcombe(3, 10, 0, 0));
}
END_TEST

START_TEST(means_have_the_degrees_of_welch)
{
	const kpi__estimate a = { 27, sqrt(2), 6 };
	const kpi__estimate b = { 20, sqrt(30.0 / 11), 10 };
	const kpi__estimate c = { 0.5, 0.1, 4 };
	const kpi__estimate d = { 1.0 / 3, sqrt(0.02), 9 };

	between(
	    kpi__welch(&a, &b, 0.95), 2.3871429119781031, 11.612857088021897);
	near(kpi__welch_chance(&a, &b), 0.0054082643706476108, 1e-14);
	between(kpi__welch(&c, &d, 0.95), -0.20763759369481487,
	    0.54097092702814821);
	near(kpi__welch_chance(&c, &d), 0.35353484783958852, 1e-13);
	near(kpi__welch_chance(&d, &c), 0.35353484783958852, 1e-13);
	between(kpi__welch(&d, &c, 0.95), -0.54097092702814821,
	    0.20763759369481487);
}
END_TEST

START_TEST(without_any_spread_a_difference_is_certain)
{
	const kpi__estimate a = { 0.5, 0, 4 };
	const kpi__estimate b = { 0.25, 0, 4 };
	const kpi__estimate unknown = { 0.5, NAN, 0 };

	between(kpi__welch(&a, &b, 0.95), 0.25, 0.25);
	ck_assert(kpi__welch_chance(&a, &b) == 0);
	ck_assert(kpi__welch_chance(&a, &a) == 1);
	none(kpi__welch(&a, &unknown, 0.95));
	none(kpi__welch(&unknown, &a, 0.95));
	ck_assert(isnan(kpi__welch_chance(&a, &unknown)));
}
END_TEST

START_TEST(balances_are_compared_by_their_adjusted_scores)
{
	const kpi__balance now = { 17, 33, 50 }, before = { 25, 35, 40 };
	const kpi__balance good = { 0, 0, 1 }, bad = { 1, 0, 0 };
	const kpi__balance nobody = { 0, 0, 0 };
	const kpi__balance less_than_none = { -1, 3, 3 };

	between(kpi__balance_difference(&now, &before, Z95),
	    -3.5631397045976194, 38.514596015277231);
	between(kpi__balance_difference(&before, &now, Z95),
	    -38.514596015277231, 3.5631397045976194);
	/* widened from 153.9 to hold the 200 that it is */
	between(kpi__balance_difference(&good, &bad, Z95), -53.942786826225846,
	    200);
	none(kpi__balance_difference(&now, &nobody, Z95));
	none(kpi__balance_difference(&nobody, &now, Z95));
	none(kpi__balance_difference(&less_than_none, &now, Z95));
}
END_TEST

START_TEST(holm_adjusts_as_its_limit_judges)
{
	double chances[] = { 0.004, 0.01, 0.02, 0.03, 0.6, 0.9 };
	static const double adjusted[] = { 0.024, 0.05, 0.08, 0.09, 1, 1 };

	ck_assert(kpi__holm_limit(chances, 6, 0.05) == 0.01);
	kpi__holm_adjust(chances, 6);
	for (int i = 0; i < 6; i++)
		near(chances[i], adjusted[i], 1e-15);
	kpi__holm_adjust(chances, 0);
}
END_TEST

static uint64_t seed;

static int64_t
below(int64_t n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (int64_t)((seed >> 33) % (uint64_t)n);
}

static kpi__side
random_side(int64_t most)
{
	kpi__side s = { 0, below(4) == 0 ? 0 : below(most) };

	s.x = s.n == 0 ? 0 : below(s.n + 1);
	return s;
}

#define GROUPS 7

typedef struct parts {
	kpi__twice group[GROUPS], whole;
} parts;

static parts
random_parts(int64_t most)
{
	parts p;

	p.whole.now = p.whole.before = (kpi__side){ 0, 0 };
	for (int i = 0; i < GROUPS; i++) {
		p.group[i].now = random_side(most);
		p.group[i].before = random_side(most);
		p.whole.now.x += p.group[i].now.x;
		p.whole.now.n += p.group[i].now.n;
		p.whole.before.x += p.group[i].before.x;
		p.whole.before.n += p.group[i].before.n;
	}
	return p;
}

static parts
swapped(const parts *p)
{
	parts q = *p;

	for (int i = 0; i < GROUPS; i++) {
		q.group[i].now = p->group[i].before;
		q.group[i].before = p->group[i].now;
	}
	q.whole.now = p->whole.before;
	q.whole.before = p->whole.now;
	return q;
}

static double
value(const kpi__side *s)
{
	return (double)s->x / (double)s->n;
}

static kpi__split
split(const parts *p, double *mix)
{
	kpi__running within = { 0, 0 }, rest = { 0, 0 };

	for (int i = 0; i < GROUPS; i++) {
		kpi__running_add(
		    &within, kpi__within_part(&p->group[i], &p->whole));
		kpi__running_add(&rest, kpi__mix_part(&p->group[i], &p->whole));
	}
	*mix = kpi__running_sum(&rest);
	return kpi__split_of(value(&p->whole.now), value(&p->whole.before),
	    kpi__running_sum(&within));
}

/* The mix is what is left of the difference, and the formula says the same. */
START_TEST(within_and_mix_are_the_difference_to_the_bit)
{
	static const int64_t most[] = { 3, 50, 100000, INT64_C(1000000000000) };
	int all = 0;

	seed = 17;
	for (int round = 0; round < 20000; round++) {
		const parts p = random_parts(most[round % 4]);
		const parts q = swapped(&p);
		kpi__split s, back;
		double mix, other;

		if (p.whole.now.n == 0 || p.whole.before.n == 0)
			continue;
		s = split(&p, &mix);
		ck_assert(s.within + s.mix == s.difference);
		near(s.mix, mix, 4e-15);
		near(s.difference, value(&p.whole.now) - value(&p.whole.before),
		    3e-16);
		all++;
		back = split(&q, &other);
		ck_assert(back.difference == -s.difference);
		ck_assert(back.within == -s.within && back.mix == -s.mix);
	}
	ck_assert_int_gt(all, 15000);
}
END_TEST

/* Groups' rates of 0.90 and 0.10 stay, weights go from 0.5 and 0.5 to 0.8 and
 * 0.2: 0.50 becomes 0.74, all of it mix. */
START_TEST(rates_that_stay_are_all_mix)
{
	static const kpi__twice a = { { 72, 80 }, { 45, 50 } };
	static const kpi__twice b = { { 2, 20 }, { 5, 50 } };
	static const kpi__twice whole = { { 74, 100 }, { 50, 100 } };
	const double within =
	    kpi__within_part(&a, &whole) + kpi__within_part(&b, &whole);
	const kpi__split s = kpi__split_of(0.74, 0.5, within);

	ck_assert(within == 0 && s.within == 0);
	near(s.mix, 0.24, 1e-16);
	ck_assert(s.mix == s.difference && s.mix == 0.74 - 0.5);
	near(
	    kpi__mix_part(&a, &whole) + kpi__mix_part(&b, &whole), 0.24, 1e-16);
}
END_TEST

/* Parts far greater than what is left of them still add up. */
START_TEST(parts_that_cancel_add_up_too)
{
	static const kpi__twice a = { { 1, 1 }, { 0, 999 } };
	static const kpi__twice b = { { 0, 999 }, { 1, 1 } };
	static const kpi__twice whole = { { 1, 1000 }, { 1, 1000 } };
	const double within =
	    kpi__within_part(&a, &whole) + kpi__within_part(&b, &whole);
	const kpi__split s = kpi__split_of(0.001, 0.001, within);

	ck_assert(s.difference == 0 && s.within == 0 && s.mix == 0);
	near(kpi__within_part(&a, &whole), 0.5, 1e-16);
	near(kpi__mix_part(&a, &whole), -0.498002, 1e-15);
	ck_assert(kpi__split_of(0.3, 0.1 + 1e-20, 1e6 / 3).within +
		kpi__split_of(0.3, 0.1 + 1e-20, 1e6 / 3).mix ==
	    kpi__split_of(0.3, 0.1 + 1e-20, 1e6 / 3).difference);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("difference");
	TCase *tc = tcase_create("difference");

	tcase_add_test(tc, shares_have_the_bounds_that_newcombe_printed);
	tcase_add_test(tc, means_have_the_degrees_of_welch);
	tcase_add_test(tc, without_any_spread_a_difference_is_certain);
	tcase_add_test(tc, balances_are_compared_by_their_adjusted_scores);
	tcase_add_test(tc, holm_adjusts_as_its_limit_judges);
	tcase_add_test(tc, within_and_mix_are_the_difference_to_the_bit);
	tcase_add_test(tc, rates_that_stay_are_all_mix);
	tcase_add_test(tc, parts_that_cancel_add_up_too);
	suite_add_tcase(s, tc);
	return s;
}
