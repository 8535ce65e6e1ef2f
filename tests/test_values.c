/* SPDX-License-Identifier: MIT */
/* Quantiles of values that a result keeps: what merges, what is saved, and how
 * far off they may be. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bag.h"
#include "base/bytes.h"
#include "base/checksum.h"
#include "base/memory.h"
#include "result/packed.h"

#include "asked.h"
#include "ration.h"
#include "runner.h"

#define PARTS 5
#define EACH  2000

static uint64_t state;

static uint64_t
random_number(void)
{
	state = state * UINT64_C(6364136223846793005) +
	    UINT64_C(1442695040888963407);
	return state >> 20;
}

static int
compare_values(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static kpi__bag
bag_of(int64_t *value, size_t count)
{
	kpi__bag bag = { NULL, 0, 0, 0 };

	qsort(value, count, sizeof(*value), compare_values);
	for (size_t i = 0; i < count; i++)
		ck_assert_int_eq(kpi__bag_append(&bag, &kpi__default_allocator,
				     value[i], 1),
		    KPI_OK);
	return bag;
}

static kpi__bag
unite(kpi__bag *x, kpi__bag *y)
{
	kpi__bag both = { NULL, 0, 0, 0 };

	ck_assert_int_eq(
	    kpi__bag_unite(&both, &kpi__default_allocator, x, y), KPI_OK);
	kpi__bag_free(x, &kpi__default_allocator);
	kpi__bag_free(y, &kpi__default_allocator);
	return both;
}

/* How many different values there are: few, just as many as are kept one by
 * one, one more, and many. */
static const uint64_t kinds[] = { 50, 4096, 4097, 1000000000 };

START_TEST(a_union_is_the_same_by_any_path)
{
	static int64_t all[PARTS * EACH * 4];
	const size_t count = sizeof(all) / sizeof(*all), part = count / PARTS;
	kpi__bag whole, bag[PARTS];
	size_t left = PARTS;

	state = (uint64_t)_i;
	for (size_t i = 0; i < count; i++)
		all[i] = (int64_t)(i < kinds[_i / 8]
			? i * 1000003 % kinds[_i / 8]
			: random_number() % kinds[_i / 8]) * 1009;
	for (size_t i = 0; i < PARTS; i++)
		bag[i] = bag_of(all + i * part, part);
	while (left > 1) {
		const size_t x = random_number() % left;
		kpi__bag one = bag[x];
		size_t y;

		bag[x] = bag[--left];
		y = random_number() % left;
		bag[y] = unite(&bag[y], &one);
	}
	whole = bag_of(all, count);
	ck_assert_uint_eq(whole.binned, _i >= 16);
	ck_assert_uint_eq(bag[0].binned, whole.binned);
	ck_assert_uint_eq(bag[0].count, whole.count);
	ck_assert_int_eq(memcmp(bag[0].entry, whole.entry,
			     whole.count * sizeof(*whole.entry)),
	    0);
	kpi__bag_free(&bag[0], &kpi__default_allocator);
	kpi__bag_free(&whole, &kpi__default_allocator);
}
END_TEST

/* Calls of one queue, with waits below `most`. */
static void
fill(kpi_store *store, int64_t *wait, uint64_t count, uint64_t most)
{
	kpi_error error = KPI_ERROR_INIT;

	ck_assert_int_eq(kpi_store_begin(store, &error), KPI_OK);
	for (uint64_t i = 0; i < count; i++) {
		kpi_visit v = visit_of(KPI_OUTCOME_ANSWERED, 0, MINUTE);
		const kpi_interaction whole = interaction_of(MONDAY, &v, 1);

		wait[i] = (int64_t)(random_number() % most);
		v.wait_ms = wait[i];
		v.queue = i % 3 == 0 ? "a" : "b";
		add(store, &whole);
	}
	ck_assert_int_eq(kpi_store_commit(store, &error), KPI_OK);
}

#define ASKED 3
static const char *const asked[ASKED] = {
	"wait_p50 quantile_from=values",
	"wait_p99 quantile_from=values quantile_rule=linear",
	"wait_quantile quantile=0.07 quantile_from=values"
};
static const uint64_t shares[ASKED] = { 500000, 990000, 70000 };

static kpi_result *
measured(kpi_store *store)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_definition *made[ASKED];
	const kpi_definition *all[ASKED];
	kpi_query *query = new_query();
	kpi_result *r;

	ck_assert_int_eq(kpi_query_by(query, KPI_BY_QUEUE), KPI_OK);
	for (int i = 0; i < ASKED; i++)
		all[i] = made[i] = definition_of(asked[i]);
	ck_assert_msg(
	    kpi_measure(&r, store, query, all, ASKED, &error) == KPI_OK, "%s",
	    error.text);
	for (int i = 0; i < ASKED; i++)
		kpi_definition_free(made[i]);
	kpi_query_free(query);
	return r;
}

static unsigned char *
saved(const kpi_result *r, uint64_t *size)
{
	unsigned char *bytes;

	ck_assert_int_eq(
	    kpi_result_save(r, NULL, 0, size, NULL), KPI_EOVERFLOW);
	bytes = malloc(*size);
	ck_assert_ptr_nonnull(bytes);
	ck_assert_int_eq(
	    kpi_result_save(r, bytes, *size, size, NULL), KPI_OK);
	return bytes;
}

static void
check_same(const kpi_result *a, const kpi_result *b)
{
	uint64_t size, other;
	unsigned char *x = saved(a, &size), *y = saved(b, &other);

	ck_assert_uint_eq(size, other);
	ck_assert_int_eq(memcmp(x, y, size), 0);
	free(x);
	free(y);
}

/* The quantile by definition, of values in ascending order. */
static double
expected(const int64_t *value, uint64_t count, int i)
{
	const uint64_t rank = (shares[i] * count + 999999) / 1000000;
	const uint64_t at = shares[i] * (count - 1);
	const double low = (double)value[at / 1000000];

	if (i != 1)
		return (double)value[rank - 1];
	return low +
	    (double)(at % 1000000) / 1e6 *
	    ((double)value[at / 1000000 + (at % 1000000 != 0)] - low);
}

static void
check_figures(const kpi_result *r, int64_t *wait, uint64_t count)
{
	static int64_t of_group[PARTS * EACH];

	for (uint64_t row = 0; row < 2; row++) {
		uint64_t n = 0, different = 0;

		for (uint64_t i = 0; i < count; i++)
			if (((i % EACH) % 3 == 0) == (row == 0))
				of_group[n++] = wait[i];
		qsort(of_group, n, sizeof(*of_group), compare_values);
		for (uint64_t i = 0; i < n; i++)
			different += i == 0 || of_group[i] != of_group[i - 1];
		for (int i = 0; i < ASKED; i++) {
			const double value = expected(of_group, n, i);
			kpi_figure f = KPI_FIGURE_INIT;

			ck_assert_int_eq(kpi_result_figure(
					     r, row, (uint64_t)i, &f),
			    KPI_OK);
			ck_assert_int_eq(f.denominator, (int64_t)n);
			ck_assert_near(f.value, value,
			    different <= 4096 ? 1e-15 : 1.0 / 256);
			ck_assert_int_eq(f.bounds_by,
			    different <= 4096 ? KPI_BOUNDS_CONTACT
					      : KPI_BOUNDS_BIN);
			if (different <= 4096)
				continue;
			ck_assert(f.lower <= value && value <= f.upper);
			ck_assert(f.lower <= f.value && f.value <= f.upper);
			ck_assert(i == 1 ||
			    f.upper - f.lower <= f.lower / 256);
		}
	}
}

START_TEST(results_of_parts_are_that_of_the_whole_in_any_order)
{
	static int64_t wait[PARTS * EACH];
	kpi_store *part[PARTS], *whole = new_store();
	kpi_result *of[PARTS], *all;
	size_t left = PARTS;

	state = 1000 + (uint64_t)_i;
	for (size_t i = 0; i < PARTS; i++) {
		const uint64_t before = state;

		part[i] = new_store();
		fill(part[i], wait + i * EACH, EACH, kinds[_i]);
		state = before;
		fill(whole, wait + i * EACH, EACH, kinds[_i]);
		of[i] = measured(part[i]);
	}
	all = measured(whole);
	check_figures(all, wait, PARTS * EACH);
	while (left > 1) {
		const size_t x = random_number() % left;
		kpi_result *const one = of[x];
		kpi_error error = KPI_ERROR_INIT;
		size_t y;

		of[x] = of[--left];
		y = random_number() % left;
		ck_assert_msg(kpi_result_merge(of[y], one, &error) == KPI_OK,
		    "%s", error.text);
		kpi_result_free(one);
	}
	check_same(of[0], all);
	check_figures(of[0], wait, PARTS * EACH);
	kpi_result_free(of[0]);
	kpi_result_free(all);
	for (size_t i = 0; i < PARTS; i++)
		kpi_store_close(part[i]);
	kpi_store_close(whole);
}
END_TEST

/* Parts of a wait of months, which do not fit four bytes, and of split ones. */
START_TEST(split_and_long_values_are_kept_too)
{
	kpi_store *store = new_store();
	kpi_visit legs[3];
	kpi_interaction whole = interaction_of(MONDAY, legs, 3);
	kpi_query *query = new_query();
	kpi_result *r, *again;
	kpi_figure f;

	for (int i = 0; i < 3; i++) {
		legs[i] = visit_of(KPI_OUTCOME_ANSWERED, 60 * DAY, MINUTE);
		legs[i].agent = i == 0 ? "amira" : i == 1 ? "ben" : "carl";
		legs[i].queue = "support";
	}
	add(store, &whole);
	add_calls(store,
	    (call){ MONDAY, KPI_OUTCOME_ANSWERED, SECOND, MINUTE, NULL,
		"amira", "support" },
	    1);
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_AGENT), KPI_OK);
	r = ask_rows(store, query,
	    "wait_p75 unit=interaction credit=equal quantile_from=values");
	f = figure_at(r, 0);
	ck_assert_int_eq(f.denominator, 720720 + 720720 / 3);
	ck_assert_near(f.value, SECOND, 0);
	again = ask_rows(store, query,
	    "wait_p75 unit=interaction credit=equal quantile_from=values");
	ck_assert_int_eq(kpi_result_merge(r, again, NULL), KPI_OK);
	f = figure_at(r, 0);
	ck_assert_int_eq(f.denominator, 2 * (720720 + 720720 / 3));
	ck_assert_near(f.value, SECOND, 0);
	kpi_result_free(r);
	kpi_result_free(again);
	kpi_query_free(query);
	ck_assert_near(
	    ask(store, NULL, "wait_p99 quantile_from=values").value, 60 * DAY,
	    0);
	kpi_store_close(store);
}
END_TEST

static void
sign(unsigned char *bytes, uint64_t size)
{
	const size_t body = (size_t)size - KPI__RESULT_SUM_SIZE;

	kpi__put64(bytes + body, kpi__checksum(bytes, body, KPI__RESULT_SEED));
}

/* What is loaded all the same is a result in its one form. */
static void
check_forged(const unsigned char *bytes, uint64_t size)
{
	kpi_result *r;
	unsigned char *again;
	uint64_t other;

	if (kpi_result_load(&r, bytes, size, NULL, NULL) != KPI_OK)
		return;
	again = saved(r, &other);
	ck_assert_uint_eq(other, size);
	ck_assert_int_eq(memcmp(again, bytes, size), 0);
	for (uint64_t row = 0; row < kpi_result_rows(r); row++)
		for (uint64_t i = 0; i < kpi_result_count(r); i++) {
			kpi_figure f = KPI_FIGURE_INIT;

			(void)!kpi_result_figure(r, row, i, &f);
			ck_assert(f.state != KPI_STATE_OK || !isnan(f.value));
		}
	free(again);
	kpi_result_free(r);
}

START_TEST(forged_values_are_refused_or_in_their_one_form)
{
	static int64_t wait[3 * EACH];
	kpi_store *store = new_store();
	kpi_result *r;
	unsigned char *bytes;
	uint64_t size, stride;

	state = 7;
	/* one by one, and by bins */
	fill(store, wait, _i == 0 ? 60 : 3 * EACH, _i == 0 ? 40 : 100000000);
	r = _i == 0 ? measured(store)
		    : ask_rows(store, NULL, "wait_p50 quantile_from=values");
	bytes = saved(r, &size);
	stride = _i == 0 ? 1 : 1 + size / 1500;
	for (uint64_t at = 5; at < size - KPI__RESULT_SUM_SIZE; at += stride) {
		const unsigned char before = bytes[at];

		for (unsigned by = 1; by < 256; by = 3 * by + 1) {
			bytes[at] = (unsigned char)(before + by);
			sign(bytes, size);
			check_forged(bytes, size);
		}
		bytes[at] = before;
	}
	sign(bytes, size);
	check_forged(bytes, size);
	free(bytes);
	kpi_result_free(r);
	kpi_store_close(store);
}
END_TEST

static ration supply;
static const kpi_allocator allocator = { ration_resize, &supply };

static kpi_status
go_round(kpi_store *store, const kpi_definition *const *all)
{
	kpi_query_options options = KPI_QUERY_OPTIONS_INIT;
	kpi_result_options of_result = KPI_RESULT_OPTIONS_INIT;
	static unsigned char bytes[1 << 20];
	kpi_result *r, *again;
	kpi_query *query;
	uint64_t size;
	kpi_status status;

	options.allocator = of_result.allocator = &allocator;
	status = kpi_query_new(&query, &options, NULL);
	if (status != KPI_OK)
		return status;
	status = kpi_query_by(query, KPI_BY_QUEUE);
	if (status == KPI_OK)
		status = kpi_measure(&r, store, query, all, ASKED + 1, NULL);
	kpi_query_free(query);
	if (status != KPI_OK)
		return status;
	status = kpi_result_save(r, bytes, sizeof(bytes), &size, NULL);
	if (status == KPI_OK)
		status =
		    kpi_result_load(&again, bytes, size, &of_result, NULL);
	if (status == KPI_OK) {
		/* one of them is final */
		status = kpi_result_merge(r, again, NULL);
		if (status == KPI_EMISMATCH)
			status = KPI_OK;
		kpi_result_free(again);
	}
	kpi_result_free(r);
	return status;
}

/* Few and many values; one of the definitions is final in the first round,
 * and in the second all merge. */
START_TEST(every_allocation_fails_without_loss)
{
	kpi_store_options options = KPI_STORE_OPTIONS_INIT;
	static int64_t wait[3 * EACH];
	kpi_definition *made[ASKED + 1];
	const kpi_definition *all[ASKED + 1];
	const int once = _i % 2;
	kpi_store *store;
	kpi_status status;
	int64_t bytes, n = 1;

	options.allocator = &allocator;
	ration_fail(&supply, 0, 0);
	ck_assert_int_eq(
	    kpi_store_open(&store, NULL, &options, NULL), KPI_OK);
	state = 3;
	fill(store, wait, _i / 2 == 0 ? 100 : 3 * EACH, 100000000);
	for (int i = 0; i <= ASKED; i++)
		all[i] = made[i] = definition_of(
		    i < ASKED ? asked[i]
			: _i / 2 == 0
			? "wait_p90"
			: "handle_time_p90 quantile_from=values");
	bytes = supply.bytes;
	do {
		ration_fail(&supply, n++, once);
		status = go_round(store, all);
		ck_assert_msg(status == KPI_OK ||
			(status == KPI_ENOMEM && supply.failed),
		    "allocation %lld: %d", (long long)n, (int)status);
		ck_assert_msg(supply.bytes == bytes,
		    "allocation %lld: %lld bytes are lost", (long long)n,
		    (long long)(supply.bytes - bytes));
	} while (supply.failed);
	ck_assert_int_eq(status, KPI_OK);
	ck_assert_int_gt(n, 50);
	for (int i = 0; i <= ASKED; i++)
		kpi_definition_free(made[i]);
	kpi_store_close(store);
	ck_assert_int_eq(supply.bytes, 0);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("values");
	TCase *tc = tcase_create("values");

	tcase_add_loop_test(tc, a_union_is_the_same_by_any_path, 0, 32);
	tcase_add_loop_test(
	    tc, results_of_parts_are_that_of_the_whole_in_any_order, 0, 4);
	tcase_add_test(tc, split_and_long_values_are_kept_too);
	tcase_add_loop_test(
	    tc, forged_values_are_refused_or_in_their_one_form, 0, 2);
	tcase_add_loop_test(tc, every_allocation_fails_without_loss, 0, 4);
	suite_add_tcase(s, tc);
	return s;
}
