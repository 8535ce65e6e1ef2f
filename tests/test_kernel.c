/* SPDX-License-Identifier: MIT */
/* The loops of a scan answer as the plainest form of them does, for every
 * remainder that a vector leaves. */
#include <check.h>
#include <string.h>

#include "base/bin.h"
#include "query/decode.h"
#include "query/kernel.h"
#include "random_interactions.h"

#include "runner.h"

#define MOST   600 /* more than two runs of a sum */
#define ROUNDS 400

static random_source source;

/* Mostly usual durations, some at the ends of what is short. */
static uint32_t
random_edge(void)
{
	static const uint32_t edge[] = { 0, 1, KPI__SHORT_UNKNOWN,
		KPI__SHORT_UNKNOWN - 1, (UINT32_C(1) << 28) - 1,
		UINT32_C(1) << 28, (UINT32_C(1) << 31) - 1 };

	return edge[random_below(&source, sizeof(edge) / sizeof(*edge))];
}

static uint32_t
random_short(void)
{
	return random_one_in(&source, 8) ? random_edge()
					 : random_below(&source, 2000000);
}

static uint32_t
random_count(int round)
{
	return round < 70 ? (uint32_t)round : random_below(&source, MOST + 1);
}

static void
fill_shorts(uint32_t *value)
{
	for (int i = 0; i < MOST; i++)
		value[i] = random_short();
}

static void
fill_keys(uint8_t *key, uint32_t below)
{
	for (int i = 0; i < MOST; i++)
		key[i] = (uint8_t)random_below(&source, below);
}

/* A column whose data has its width in bytes, with all ones among them. */
static kpi__column
random_column(uint8_t *data, uint8_t width)
{
	static const int64_t bases[] = { 0, 1, 7, -3, UINT32_MAX - 5,
		INT64_C(1) << 40 };
	kpi__column c = { data, 0, MOST, width, 0, 0 };
	int64_t longs[MOST];

	c.base = width == 8
	    ? 0
	    : bases[random_below(
		  &source, sizeof(bases) / sizeof(*bases))];
	if (width == 0) {
		c.data = NULL;
		if (random_one_in(&source, 3))
			c.base = KPI_UNKNOWN;
		return c;
	}
	c.has_unknown = width < 8 && random_one_in(&source, 2);
	for (int i = 0; i < MOST; i++) {
		longs[i] = random_one_in(&source, 500)
		    ? ((int64_t)1 << random_below(&source, 62)) -
			random_one_in(&source, 2)
		    : random_below(&source, 400);
		if (random_one_in(&source, 10))
			longs[i] = KPI_UNKNOWN;
	}
	if (width == 8)
		memcpy(data, longs, sizeof(longs));
	else
		for (int i = 0; i < MOST * width; i++)
			data[i] = random_one_in(&source, 3)
			    ? UINT8_MAX
			    : (uint8_t)random_below(&source, 256);
	return c;
}

START_TEST(short_values_of_a_column_are_its_values)
{
	static const uint8_t widths[] = { 0, 1, 2, 4, 8 };
	static int64_t data[MOST];
	uint32_t out[MOST], from, count;

	for (int round = 0; round < ROUNDS; round++) {
		const kpi__column c = random_column(
		    (uint8_t *)data, widths[random_below(&source, 5)]);
		int fits = 1;

		count = random_count(round);
		from = random_below(&source, MOST - count + 1);
		for (uint32_t i = 0; i < count; i++) {
			const int64_t v = kpi__column_value(&c, from + i);

			fits &= v == KPI_UNKNOWN ||
			    (v >= 0 && v < KPI__SHORT_UNKNOWN);
		}
		/* A base alone may be refused: nothing is lost by it. */
		if (!kpi__kernel_shorten(&c, from, count, out)) {
			ck_assert(!fits || c.base < 0 ||
			    c.base >= UINT32_MAX);
			continue;
		}
		ck_assert(fits);
		for (uint32_t i = 0; i < count; i++) {
			const int64_t v = kpi__column_value(&c, from + i);

			ck_assert_uint_eq(out[i],
			    v == KPI_UNKNOWN ? KPI__SHORT_UNKNOWN
					     : (uint32_t)v);
		}
	}
}
END_TEST

START_TEST(bytes_of_a_column_are_its_values_or_the_ends)
{
	static const uint8_t widths[] = { 0, 1, 2, 4, 8 };
	static int64_t data[MOST];
	uint8_t out[MOST];

	for (int round = 0; round < ROUNDS; round++) {
		const kpi__column c = random_column(
		    (uint8_t *)data, widths[random_below(&source, 5)]);
		const uint32_t count = random_count(round);
		const uint32_t from = random_below(&source, MOST - count + 1);

		kpi__decode_bytes(&c, from, count, out);
		for (uint32_t i = 0; i < count; i++) {
			const int64_t v = kpi__column_value(&c, from + i);

			ck_assert_uint_eq(
			    out[i], v < 0 ? 255 : v > 254 ? 254 : (uint64_t)v);
		}
	}
}
END_TEST

START_TEST(wait_keys_say_outcome_threshold_short_and_unknown)
{
	uint8_t outcome[MOST], key[MOST];
	uint32_t wait[MOST];

	for (int round = 0; round < ROUNDS; round++) {
		const uint32_t count = random_count(round);
		const uint32_t threshold = random_below(&source, 2000000);
		const uint32_t until = random_one_in(&source, 2)
		    ? 0
		    : random_below(&source, 1000000);

		fill_keys(outcome, KPI_OUTCOME_WAITING + 1);
		fill_shorts(wait);
		kpi__kernel_wait_keys(
		    outcome, wait, threshold, until, count, key);
		for (uint32_t i = 0; i < count; i++) {
			uint8_t expected = outcome[i];

			if (wait[i] > threshold)
				expected |= 16;
			if (outcome[i] == KPI_OUTCOME_ABANDONED &&
			    wait[i] < until)
				expected |= 32;
			if (wait[i] == KPI__SHORT_UNKNOWN)
				expected |= 64;
			ck_assert_uint_eq(key[i], expected);
		}
	}
}
END_TEST

START_TEST(parts_are_added_unknown_ones_as_nothing)
{
	static uint32_t value[KPI__SHORT_PARTS][MOST];
	const uint32_t *part[KPI__SHORT_PARTS];
	uint32_t sum[MOST];

	for (int round = 0; round < ROUNDS; round++) {
		const uint32_t count = random_count(round);
		const uint32_t parts =
		    1 + random_below(&source, KPI__SHORT_PARTS);
		int fits = 1;

		for (uint32_t p = 0; p < KPI__SHORT_PARTS; p++) {
			fill_shorts(value[p]);
			part[p] = value[p];
			/* Else no round has sums that are all short. */
			for (int i = 0; i < MOST && round % 2; i++)
				if (value[p][i] == KPI__SHORT_UNKNOWN - 1)
					value[p][i] = 5;
		}
		const int added =
		    kpi__kernel_add_parts(part, parts, count, sum);

		for (uint32_t i = 0; i < count; i++) {
			uint64_t expected = 0;

			for (uint32_t p = 0; p < parts; p++)
				expected += value[p][i] == KPI__SHORT_UNKNOWN
				    ? 0
				    : value[p][i];
			fits &= expected < KPI__SHORT_UNKNOWN;
			if (added)
				ck_assert_uint_eq(sum[i], expected);
		}
		ck_assert_int_eq(added, fits);
	}
}
END_TEST

START_TEST(sums_and_squares_are_exact)
{
	uint32_t value[MOST];
	uint8_t key[MOST];

	for (int round = 0; round < ROUNDS; round++) {
		const uint32_t count = random_count(round);
		kpi__wide sum, squares;
		kpi__wide expected[2] = { { 0, 0 }, { 0, 0 } };

		fill_shorts(value);
		/* Squares of many great values are beyond 64 bits. */
		if (round % 3 == 0) {
			value[0] = random_edge();
			for (int i = 1; i < MOST; i++)
				value[i] = value[0];
		}
		fill_keys(key, 8);
		kpi__kernel_sum(value, key, 5, 4, count, &sum, &squares);
		for (uint32_t i = 0; i < count; i++) {
			if ((key[i] & 5) != 4)
				continue;
			expected[0] = kpi__wide_add(
			    expected[0], kpi__wide_of(value[i]));
			expected[1] = kpi__wide_add(expected[1],
			    kpi__wide_product(value[i], value[i]));
		}
		ck_assert_mem_eq(&sum, &expected[0], sizeof(sum));
		ck_assert_mem_eq(&squares, &expected[1], sizeof(squares));
	}
}
END_TEST

START_TEST(what_has_another_code_is_kept_no_longer)
{
	for (int round = 0; round < ROUNDS; round++) {
		const uint32_t count = random_count(round);
		const uint32_t wanted = random_below(&source, 4);
		uint32_t code[MOST];
		uint8_t keep[MOST], was[MOST];

		for (int i = 0; i < MOST; i++)
			code[i] = random_one_in(&source, 9)
			    ? UINT32_MAX
			    : random_below(&source, 4);
		fill_keys(keep, 2);
		memcpy(was, keep, sizeof(was));
		kpi__kernel_keep_code(code, wanted, count, keep);
		for (uint32_t i = 0; i < MOST; i++)
			ck_assert_uint_eq(keep[i],
			    i < count && code[i] != wanted ? 0 : was[i]);
	}
}
END_TEST

START_TEST(what_lies_outside_is_found_unless_it_is_not_kept)
{
	int64_t at[70];
	uint8_t keep[70];

	for (uint32_t count = 0; count < 70; count++) {
		for (uint32_t i = 0; i < count; i++)
			at[i] = random_one_in(&source, 2) ? -5 : 99;
		memset(keep, 1, sizeof(keep));
		at[count] = 100;
		ck_assert(kpi__kernel_lie_within(at, NULL, -5, 100, count));
		ck_assert(kpi__kernel_lie_within(at, keep, -5, 100, count));
		for (uint32_t i = 0; i < count; i++) {
			const int64_t was = at[i];

			at[i] = i % 2 ? -6 : 100;
			ck_assert(!kpi__kernel_lie_within(
			    at, NULL, -5, 100, count));
			ck_assert(!kpi__kernel_lie_within(
			    at, keep, -5, 100, count));
			keep[i] = 0;
			ck_assert(kpi__kernel_lie_within(
			    at, keep, -5, 100, count));
			keep[i] = 1;
			at[i] = was;
		}
	}
}
END_TEST

START_TEST(runs_end_at_the_first_that_lies_outside)
{
	int64_t at[200];

	for (uint32_t count = 0; count < 200; count++) {
		const uint32_t first = random_below(&source, count + 1);

		for (uint32_t i = 0; i < 200; i++)
			at[i] = random_one_in(&source, 2) ? -5 : 99;
		ck_assert_uint_eq(
		    kpi__kernel_run(at, -5, 100, count), count);
		at[first] = count % 2 ? -6 : 100;
		ck_assert_uint_eq(kpi__kernel_run(at, -5, 100, count), first);
	}
}
END_TEST

START_TEST(values_are_chosen_by_their_keys)
{
	uint32_t value[MOST], chosen[MOST];
	uint8_t key[MOST];

	for (int round = 0; round < ROUNDS; round++) {
		const uint32_t count = random_count(round);
		kpi__key_set set = { { 0 }, 0, 0, 0 };

		fill_shorts(value);
		fill_keys(key, 16);
		for (unsigned k = 0; k < 16; k++)
			set.in[k] = (uint8_t)(round % 2
				? k % 4 == 1
				: random_one_in(&source, 2));
		kpi__key_set_find(&set);
		ck_assert(round % 2 == 0 || set.exact);
		kpi__kernel_choose(value, key, &set, count, chosen);
		for (uint32_t i = 0; i < count; i++)
			ck_assert_uint_eq(
			    chosen[i], set.in[key[i]] ? value[i] : 0);
	}
}
END_TEST

START_TEST(bins_of_many_are_those_of_each)
{
	uint32_t value[MOST], bin[MOST];

	for (int round = 0; round < ROUNDS; round++) {
		const uint32_t count = random_count(round);

		for (int i = 0; i < MOST; i++) {
			const uint32_t power = UINT32_C(1)
			    << random_below(&source, 32);

			value[i] = random_one_in(&source, 2)
			    ? power + random_below(&source, 3) - 1
			    : UINT32_MAX / power -
				random_below(&source, 2) * power / 300;
		}
		kpi__kernel_bins(value, count, bin);
		for (uint32_t i = 0; i < count; i++)
			ck_assert_uint_eq(bin[i], kpi__bin_of(value[i]));
	}
}
END_TEST

START_TEST(values_at_places_are_those_of_the_column)
{
	static const uint8_t widths[] = { 1, 2, 4, 8 };

	for (int round = 0; round < ROUNDS; round++) {
		int64_t data[MOST];
		int64_t gathered[MOST];
		const kpi__column c = random_column(
		    (uint8_t *)data, widths[round % 4]);
		const uint32_t count = random_count(round);
		kpi__column few = c;
		uint32_t at[MOST];

		for (uint32_t i = 0; i < count; i++)
			at[i] = random_below(&source, MOST);
		kpi__gather(&c, at, count, gathered);
		few.data = gathered;
		for (uint32_t i = 0; i < count; i++)
			ck_assert_int_eq(kpi__column_value(&few, i),
			    kpi__column_value(&c, at[i]));
	}
}
END_TEST

/* Mostly some keys, and rarely any. */
static void
fill_usual_keys(uint8_t *key, uint32_t below, int others)
{
	fill_keys(key, below);
	for (int i = 0; i < MOST; i++) {
		key[i] = (uint8_t)(key[i] * 37 + 5);
		if (others > 0 && random_one_in(&source, (uint32_t)others))
			key[i] = (uint8_t)random_below(&source, 256);
	}
}

START_TEST(keys_are_counted_usual_or_not_kept_or_not)
{
	static uint32_t counts[KPI__COUNT_LANES][512];
	static const int others[] = { 0, 2, 50, 2000 };
	kpi__usual usual = { { 0 }, 0, 0, 0 };
	uint8_t key[MOST], keep[MOST];

	for (int round = 0; round < ROUNDS; round++) {
		const uint32_t count = random_count(round);
		const int kept = random_one_in(&source, 2);
		uint32_t expected[256] = { 0 };

		if (round % 20 == 0)
			memset(&usual, 0, sizeof(usual));
		memset(counts, 0, sizeof(counts));
		fill_usual_keys(key, (uint32_t)(1 + round / 20),
		    others[round / 20 % 4]);
		fill_keys(keep, 2);
		for (uint32_t i = 0; i < count; i++)
			expected[key[i]] += kept ? keep[i] : 1;
		if (round % 2)
			kpi__kernel_count_usual(key, kept ? keep : NULL, count,
			    &usual, counts);
		else
			kpi__kernel_count(
			    key, kept ? keep : NULL, count, counts);
		for (uint32_t k = 0; k < 256; k++)
			ck_assert_uint_eq(counts[0][k] + counts[1][k] +
				counts[2][k] + counts[3][k],
			    expected[k]);
	}
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("kernel");
	TCase *t = tcase_create("kernel");

	source = (random_source){ 1 };
	tcase_add_test(t, short_values_of_a_column_are_its_values);
	tcase_add_test(t, bytes_of_a_column_are_its_values_or_the_ends);
	tcase_add_test(t, wait_keys_say_outcome_threshold_short_and_unknown);
	tcase_add_test(t, parts_are_added_unknown_ones_as_nothing);
	tcase_add_test(t, sums_and_squares_are_exact);
	tcase_add_test(t, what_has_another_code_is_kept_no_longer);
	tcase_add_test(t, what_lies_outside_is_found_unless_it_is_not_kept);
	tcase_add_test(t, runs_end_at_the_first_that_lies_outside);
	tcase_add_test(t, values_are_chosen_by_their_keys);
	tcase_add_test(t, bins_of_many_are_those_of_each);
	tcase_add_test(t, values_at_places_are_those_of_the_column);
	tcase_add_test(t, keys_are_counted_usual_or_not_kept_or_not);
	suite_add_tcase(s, t);
	return s;
}
