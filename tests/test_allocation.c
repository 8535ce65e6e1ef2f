/* SPDX-License-Identifier: MIT */
/* What rows share of a pool: whole units, none lost, by largest remainder. */
#include "base/wide.h"
#include "naive_shares.h"
#include "random_interactions.h"
#include "result/packed.h"
#include "results.h"
#include "runner.h"

#define MOST 40

enum { KNOWN, DENOMINATOR, NUMERATOR, EXPENSES, POOL, BASE, SUMS };

typedef struct given {
	const char *group[2]; /* queue and team */
	int64_t begin;
	int64_t sums[SUMS];
} given;

static kpi__shape
cost_shape(void)
{
	kpi__shape s = shape_of("cost_per_contact", KPI_METRIC_COST_PER_CONTACT,
	    KPI__RATIO, KPI_UNIT_MONEY,
	    BOTH | BIT(KNOWN) | BIT(EXPENSES) | BIT(POOL) | BIT(BASE));

	s.bounded = KPI_BOUNDS_NONE;
	return s;
}

static kpi_result *
result_of(const given *rows, size_t count)
{
	kpi__frame frame = empty_frame();
	kpi__shape shape = cost_shape();
	kpi_result *r;

	frame.by_count = 2;
	frame.by[0] = KPI_BY_QUEUE;
	frame.by[1] = KPI_BY_TEAM;
	frame.bucket = KPI_BUCKET_HOUR;
	r = new_result(&frame, &shape, 1);
	for (size_t i = 0; i < count; i++)
		add_row(r, rows[i].group, rows[i].begin,
		    rows[i].begin + 3600000, rows[i].sums);
	finish(r);
	return r;
}

static int
is_text(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

static kpi_figure
figure_of(const kpi_result *r, const given *of)
{
	kpi_figure f = KPI_FIGURE_INIT;
	uint64_t row = 0;

	while (kpi_result_begin(r, row) != of->begin ||
	    !is_text(kpi_result_group(r, row, 0), of->group[0]) ||
	    !is_text(kpi_result_group(r, row, 1), of->group[1]))
		ck_assert_uint_lt(++row, kpi_result_rows(r));
	ck_assert_int_eq(kpi_result_figure(r, row, 0, &f), KPI_OK);
	return f;
}

START_TEST(what_rounding_leaves_goes_to_the_largest_remainders)
{
	/* 2.5, 4.17, 3.33 */
	const given rows[] = {
		{ { "a", NULL }, 0, { 0, 1, 0, 0, 0, 15 } },
		{ { "b", NULL }, 0, { 0, 1, 100, 0, 0, 25 } },
		{ { "c", NULL }, 0, { 0, 1, 0, 0, 0, 20 } },
		{ { NULL, NULL }, 0, { 0, 0, 0, 1, 10, 0 } },
	};
	kpi_result *r = result_of(rows, 4);

	ck_assert_int_eq(figure_of(r, &rows[0]).numerator, 3);
	ck_assert_int_eq(figure_of(r, &rows[1]).numerator, 104);
	ck_assert_int_eq(figure_of(r, &rows[2]).numerator, 3);
	ck_assert_int_eq(figure_of(r, &rows[0]).state, KPI_STATE_OK);
	ck_assert_int_eq(figure_of(r, &rows[3]).numerator, 0);
	ck_assert_int_eq(figure_of(r, &rows[3]).state, KPI_STATE_NO_DATA);
	kpi_result_free(r);
}
END_TEST

START_TEST(of_equal_remainders_the_first_row_has_the_unit)
{
	const given rows[] = {
		{ { "b", NULL }, 0, { 0, 1, 0, 0, 0, 7 } },
		{ { "a", NULL }, 0, { 0, 1, 0, 0, 0, 7 } },
		{ { NULL, NULL }, 0, { 0, 1, 0, 1, -5, 7 } },
	};
	kpi_result *r = result_of(rows, 3);

	ck_assert_int_eq(figure_of(r, &rows[1]).numerator, -2);
	ck_assert_int_eq(figure_of(r, &rows[0]).numerator, -2);
	ck_assert_int_eq(figure_of(r, &rows[2]).numerator, -1);
	kpi_result_free(r);
}
END_TEST

START_TEST(a_pool_that_nobody_can_share_stays_where_it_is)
{
	const given rows[] = {
		{ { "a", NULL }, 0, { 0, 1, 0, 0, 0, 0 } },
		{ { "a", NULL }, 3600000, { 0, 1, 0, 0, 0, 5 } },
		{ { NULL, NULL }, 0, { 0, 1, 0, 1, 10, 0 } },
	};
	kpi_result *r = result_of(rows, 3);

	ck_assert_int_eq(figure_of(r, &rows[2]).numerator, 10);
	ck_assert_int_eq(figure_of(r, &rows[2]).state, KPI_STATE_OK);
	ck_assert_int_eq(figure_of(r, &rows[0]).state, KPI_STATE_NO_DATA);
	ck_assert_int_eq(figure_of(r, &rows[1]).numerator, 0);
	ck_assert_int_eq(figure_of(r, &rows[1]).state, KPI_STATE_NO_DATA);
	kpi_result_free(r);
}
END_TEST

static void
share(const given *rows, size_t count, const given *from, int64_t *cost)
{
	int64_t base[MOST];

	for (size_t i = 0; i < count; i++) {
		const int is_of = rows[i].begin == from->begin &&
		    (from->group[0] == NULL ||
			is_text(rows[i].group[0], from->group[0])) &&
		    (from->group[1] == NULL ||
			is_text(rows[i].group[1], from->group[1]));

		base[i] = is_of ? rows[i].sums[BASE] : 0;
	}
	if (!naive_share(from->sums[POOL], base, count, cost))
		cost[from - rows] += from->sums[POOL];
}

/* In the order that results have: by text, unknown last. */
static int
compare_given(const void *a, const void *b)
{
	const given *x = a, *y = b;

	for (int k = 0; k < 2; k++) {
		const char *s = x->group[k], *t = y->group[k];

		if (!is_text(s, t))
			return s == NULL ? 1 : t == NULL ? -1 : strcmp(s, t);
	}
	return (x->begin > y->begin) - (x->begin < y->begin);
}

static size_t
make_rows(random_source *s, given *rows)
{
	static const char *const names[] = { NULL, "a", "b", "c" };
	size_t count = 0;

	for (uint32_t at = 0; at < 2 * 16; at++) {
		given *row = &rows[count];
		const int knows_two = at % 4 != 0 && at / 4 % 4 != 0;

		if (random_one_in(s, 3))
			continue;
		memset(row, 0, sizeof(*row));
		row->group[0] = names[at % 4];
		row->group[1] = names[at / 4 % 4];
		row->begin = at < 16 ? 0 : 3600000;
		row->sums[KNOWN] = 1;
		row->sums[DENOMINATOR] = 1;
		row->sums[NUMERATOR] = random_below(s, 50);
		row->sums[BASE] = random_one_in(s, 3) ? 0 : random_below(s, 9);
		if (!knows_two && !random_one_in(s, 3)) {
			row->sums[EXPENSES] = 1;
			row->sums[POOL] = (int64_t)random_below(s, 400) - 100;
		}
		count++;
	}
	qsort(rows, count, sizeof(*rows), compare_given);
	return count;
}

START_TEST(random_pools_are_what_unit_by_unit_gives)
{
	random_source s = { (uint64_t)_i * 7919 + 17 };
	int64_t cost[MOST] = { 0 }, sum = 0, spent = 0;
	given rows[MOST];
	const size_t count = make_rows(&s, rows);
	kpi_result *r = result_of(rows, count), *loaded;
	kpi_status status;
	uint64_t size;
	unsigned char *bytes = saved_bytes(r, &size);

	status = kpi_result_load(&loaded, bytes, size, NULL, NULL);
	ck_assert_int_eq(status, KPI_OK);
	for (size_t i = 0; i < count; i++)
		if (rows[i].sums[POOL] != 0)
			share(rows, count, &rows[i], cost);
	for (size_t i = 0; i < count; i++) {
		const int64_t is = figure_of(r, &rows[i]).numerator;

		ck_assert_int_eq(is, rows[i].sums[NUMERATOR] + cost[i]);
		ck_assert_int_eq(figure_of(loaded, &rows[i]).numerator, is);
		sum += is;
		spent += rows[i].sums[NUMERATOR] + rows[i].sums[POOL];
	}
	ck_assert_int_eq(sum, spent);
	free(bytes);
	kpi_result_free(r);
	kpi_result_free(loaded);
}
END_TEST

START_TEST(a_pool_of_a_row_that_knows_two_values_is_refused)
{
	const given rows[] = {
		{ { "a", "x" }, 0, { 1, 1, 0, 1, 3, 7 } },
		{ { "a", NULL }, 0, { 1, 1, 0, 1, 3, 7 } },
	};
	kpi_result *loaded;
	uint64_t size;

	for (size_t i = 0; i < 2; i++) {
		kpi_result *r = result_of(&rows[i], 1);
		unsigned char *bytes = saved_bytes(r, &size);
		const kpi_status status =
		    kpi_result_load(&loaded, bytes, size, NULL, NULL);

		ck_assert_int_eq(status, i == 0 ? KPI_ECORRUPT : KPI_OK);
		if (status == KPI_OK)
			kpi_result_free(loaded);
		free(bytes);
		kpi_result_free(r);
	}
}
END_TEST

START_TEST(the_greatest_pools_are_exact_and_beyond_64_bits_refused)
{
	static const struct {
		int64_t amount, base, first;
		kpi_status status;
	} all[] = {
		{ INT64_MAX, 1, INT64_C(4611686018427387904), KPI_OK },
		{ INT64_MIN, 1, INT64_C(-4611686018427387904), KPI_OK },
		{ 3, (INT64_C(1) << 61) - 1, 2, KPI_OK },
		{ 3, INT64_C(1) << 61, 0, KPI_EOVERFLOW },
	};
	kpi_figure f = KPI_FIGURE_INIT;

	for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++) {
		const given rows[] = {
			{ { "a", NULL }, 0, { 0, 1, 0, 0, 0, all[i].base } },
			{ { "b", NULL }, 0, { 0, 1, 0, 0, 0, all[i].base } },
			{ { NULL, NULL }, 0, { 0, 0, 0, 1, all[i].amount, 0 } },
		};
		kpi_result *r = result_of(rows, 3);

		ck_assert_int_eq(
		    kpi_result_figure(r, 0, 0, &f), all[i].status);
		if (all[i].status == KPI_OK)
			ck_assert_int_eq(f.numerator, all[i].first);
		kpi_result_free(r);
	}
}
END_TEST

static int64_t
random_62(random_source *s)
{
	const int64_t high = random_below(s, UINT32_C(1) << 31);

	return high << 31 | random_below(s, UINT32_C(1) << 31);
}

START_TEST(a_share_is_exact)
{
	random_source s = { 4711 };

	for (int i = 0; i < 20000; i++) {
		const int64_t limit = INT64_C(1) << (1 + i % 62);
		const int64_t whole = 1 + random_62(&s) % (limit - 1);
		const int64_t part =
		    random_one_in(&s, 9) ? whole : random_62(&s) % whole;
		const int64_t amount = random_one_in(&s, 4)
		    ? INT64_MAX - random_below(&s, 100)
		    : random_62(&s) >> i % 60;
		uint64_t left;
		const uint64_t share = kpi__wide_share((uint64_t)amount,
		    (uint64_t)part, (uint64_t)whole, &left);
		const kpi__wide is = kpi__wide_add(
		    kpi__wide_product((int64_t)share, whole),
		    kpi__wide_of((int64_t)left));
		const kpi__wide expected = kpi__wide_product(amount, part);

		ck_assert_uint_lt(left, (uint64_t)whole);
		ck_assert(is.low == expected.low && is.high == expected.high);
	}
}
END_TEST

START_TEST(without_memory_there_is_no_result)
{
	const given row = { { NULL, NULL }, 0, { 0, 0, 0, 1, 9, 4 } };
	kpi__frame frame = empty_frame();
	kpi__shape shape = cost_shape();
	int done = 0;

	for (int64_t at = 1; !done; at++) {
		struct failing f = { .fail_at = at };
		const kpi_allocator a = { failing_resize, &f };
		kpi__wide sums[SUMS];
		kpi_status status;
		kpi_result *r;

		status = kpi__result_new(&r, &a, &frame, &shape, 1, NULL);
		for (int i = 0; i < SUMS; i++)
			sums[i] = kpi__wide_of(row.sums[i]);
		if (status == KPI_OK) {
			status = kpi__result_add(r, row.group, KPI_UNKNOWN,
			    KPI_UNKNOWN, sums, NULL);
			if (status == KPI_OK)
				status = kpi__result_finish(r, NULL);
			kpi_result_free(r);
		}
		done = status == KPI_OK;
		ck_assert(done || status == KPI_ENOMEM);
		ck_assert_int_eq(f.bytes, 0);
	}
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("allocation");
	TCase *tc = tcase_create("allocation");

	tcase_add_test(
	    tc, what_rounding_leaves_goes_to_the_largest_remainders);
	tcase_add_test(tc, of_equal_remainders_the_first_row_has_the_unit);
	tcase_add_test(tc, a_pool_that_nobody_can_share_stays_where_it_is);
	tcase_add_loop_test(tc, random_pools_are_what_unit_by_unit_gives, 0,
	    (int)random_cases(300));
	tcase_add_test(tc, a_pool_of_a_row_that_knows_two_values_is_refused);
	tcase_add_test(
	    tc, the_greatest_pools_are_exact_and_beyond_64_bits_refused);
	tcase_add_test(tc, a_share_is_exact);
	tcase_add_test(tc, without_memory_there_is_no_result);
	suite_add_tcase(s, tc);
	return s;
}
