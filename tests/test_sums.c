/* SPDX-License-Identifier: MIT */
/* Sums that mostly fit 64 bits are what was put there, whichever of them is the
 * first that does not. */
#include <check.h>
#include <stdlib.h>

#include "random_interactions.h"
#include "result/sums.h"

#include "runner.h"

#define MOST 200

static void *
resize(void *ctx, void *ptr, size_t had, size_t size)
{
	int *left = ctx;

	(void)had;
	if (size == 0) {
		free(ptr);
		return NULL;
	}
	return *left == 0 || (*left)-- == 0 ? NULL : realloc(ptr, size);
}

static kpi__wide
random_wide(random_source *source, uint32_t wide)
{
	static const int64_t edges[] = { 0, 1, -1, INT64_MAX, INT64_MIN, 77 };
	kpi__wide w = kpi__wide_of(edges[random_below(source, 6)]);

	if (wide != 0 && random_one_in(source, wide))
		w.high = random_one_in(source, 2) ? ~w.high : w.high - 5;
	return w;
}

static void
check_all(const kpi__sums *s, const kpi__wide *model, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const kpi__wide w = kpi__sums_get(s, i);

		ck_assert_uint_eq(w.low, model[i].low);
		ck_assert_int_eq(w.high, model[i].high);
	}
}

START_TEST(sums_are_what_was_put_there_wide_or_not)
{
	random_source source = { 9 + (uint64_t)_i };
	const uint32_t wide = _i % 3 == 0 ? 0 : 1 + random_below(&source, 90);
	int left = -1;
	const kpi_allocator a = { resize, &left };
	kpi__sums sums = { 0 }, copy = { 0 };
	kpi__wide model[MOST], copied[MOST];
	size_t count = 0;

	while (count < MOST) {
		size_t more = 1 + random_below(&source, 20);
		size_t at = random_below(&source, (uint32_t)count + 1);

		more = more > MOST - count ? MOST - count : more;
		ck_assert_int_eq(
		    kpi__sums_reserve(&sums, &a, count + more), KPI_OK);
		for (size_t i = 0; i < more; i++)
			model[count + i] = random_wide(&source, wide);
		ck_assert_int_eq(
		    kpi__sums_put(&sums, &a, count, model + count, more),
		    KPI_OK);
		count += more;
		model[at] = random_wide(&source, wide);
		ck_assert_int_eq(
		    kpi__sums_put(&sums, &a, at, model + at, 1), KPI_OK);
		check_all(&sums, model, count);
	}
	ck_assert(wide != 0 || sums.high == NULL);

	/* To a place that may be wide, in another order. */
	ck_assert_int_eq(kpi__sums_reserve(&copy, &a, MOST), KPI_OK);
	if (sums.high != NULL || _i % 2)
		ck_assert_int_eq(kpi__sums_widen(&copy, &a), KPI_OK);
	for (size_t i = 0; i < MOST; i += 10) {
		const size_t from = (i + 70) % MOST;

		kpi__sums_copy(&copy, i, &sums, from, 10);
		for (size_t k = 0; k < 10; k++)
			copied[i + k] = model[from + k];
	}
	check_all(&copy, copied, MOST);
	kpi__sums_free(&sums, &a);
	kpi__sums_free(&copy, &a);
}
END_TEST

START_TEST(the_first_wide_sum_may_lack_memory_and_changes_no_other)
{
	const kpi__wide narrow[3] = { { 5, 0 }, { UINT64_MAX, -1 }, { 7, 0 } };
	const kpi__wide wide = { UINT64_MAX, 0 };
	int left = -1;
	const kpi_allocator a = { resize, &left };
	kpi__sums sums = { 0 };

	ck_assert_int_eq(kpi__sums_reserve(&sums, &a, 4), KPI_OK);
	ck_assert_int_eq(kpi__sums_put(&sums, &a, 0, narrow, 3), KPI_OK);
	left = 0;
	ck_assert_int_eq(kpi__sums_put(&sums, &a, 3, &wide, 1), KPI_ENOMEM);
	check_all(&sums, narrow, 3);
	left = -1;
	ck_assert_int_eq(kpi__sums_put(&sums, &a, 3, &wide, 1), KPI_OK);
	check_all(&sums, narrow, 3);
	check_all(&(kpi__sums){ sums.low + 3, sums.high + 3, 1, 1, 1 }, &wide,
	    1);
	kpi__sums_free(&sums, &a);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("sums");
	TCase *t = tcase_create("sums");

	suite_add_tcase(s, t);
	tcase_add_loop_test(
	    t, sums_are_what_was_put_there_wide_or_not, 0, 60);
	tcase_add_test(
	    t, the_first_wide_sum_may_lack_memory_and_changes_no_other);
	return s;
}
