/* SPDX-License-Identifier: MIT */
/* turnover of parts: what merges to the last digit, and what is refused. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "asked.h"
#include "runner.h"

/* 2026-01-01T00:00:00Z, and the months after it. */
#define JANUARY  INT64_C(1767225600000)
#define FEBRUARY (JANUARY + 31 * DAY)
#define APRIL    (JANUARY + 90 * DAY)

static void
hire(kpi_store *store, int number, int64_t hired_at, int64_t left_at)
{
	kpi_employment e = KPI_EMPLOYMENT_INIT;
	char agent[16];

	(void)snprintf(agent, sizeof(agent), "%d", number);
	e.agent = agent;
	e.hired_at = hired_at;
	e.left_at = left_at;
	ck_assert_int_eq(kpi_store_add_employment(store, &e, NULL), KPI_OK);
}

/* 90 people in January and 120 from February on, of whom 6 leave in March. */
static kpi_store *
make_quarter(void)
{
	kpi_store *store = new_store();

	for (int i = 0; i < 120; i++)
		hire(store, i, i < 90 ? JANUARY - DAY : FEBRUARY,
		    i < 6 ? APRIL : KPI_UNKNOWN);
	return store;
}

static kpi_result *
of_range(kpi_store *store, int64_t from, int64_t until, int32_t bucket,
    const char *text)
{
	kpi_query *q = new_query();
	kpi_result *r;

	ck_assert_int_eq(kpi_query_between(q, from, until), KPI_OK);
	ck_assert_int_eq(kpi_query_by_time(q, bucket), KPI_OK);
	r = ask_rows(store, q, text);
	kpi_query_free(q);
	return r;
}

static const struct {
	const char *text;
	int adds_up;
} ways[] = {
	{ "turnover", 1 },
	{ "turnover turnover_annual=0", 1 },
	{ "turnover turnover_denominator=month_ends", 1 },
	{ "turnover turnover_denominator=ends", 0 },
	{ "turnover turnover_denominator=start", 0 },
	{ "turnover turnover_denominator=ever", 0 },
};

START_TEST(spans_that_touch_are_the_whole_span_or_are_refused)
{
	static const int64_t ends[] = { JANUARY, JANUARY + 10 * DAY + 5 * HOUR,
		FEBRUARY, APRIL };
	kpi_store *store = make_quarter();
	kpi_result *whole =
	    of_range(store, JANUARY, APRIL, KPI_BUCKET_NONE, ways[_i].text);
	kpi_result *all =
	    of_range(store, ends[2], ends[3], KPI_BUCKET_NONE, ways[_i].text);
	kpi_error error = KPI_ERROR_INIT;

	for (int i = 0; i < 2; i++) {
		kpi_result *part = of_range(store, ends[i], ends[i + 1],
		    KPI_BUCKET_NONE, ways[_i].text);

		ck_assert_int_eq(kpi_result_merge(all, part, &error),
		    ways[_i].adds_up ? KPI_OK : KPI_EMISMATCH);
		kpi_result_free(part);
	}
	if (ways[_i].adds_up)
		ck_assert_double_eq(
		    figure_at(all, 0).value, figure_at(whole, 0).value);
	else
		ck_assert_ptr_nonnull(
		    strstr(error.text, "does not add up over time"));
	kpi_result_free(all);
	kpi_result_free(whole);
	kpi_store_close(store);
}
END_TEST

START_TEST(months_of_two_ranges_stand_side_by_side)
{
	kpi_store *store = make_quarter();
	kpi_result *whole =
	    of_range(store, JANUARY, APRIL, KPI_BUCKET_MONTH, ways[_i].text);
	kpi_result *first =
	    of_range(store, JANUARY, FEBRUARY, KPI_BUCKET_MONTH, ways[_i].text);
	kpi_result *rest =
	    of_range(store, FEBRUARY, APRIL, KPI_BUCKET_MONTH, ways[_i].text);

	ck_assert_int_eq(kpi_result_merge(rest, first, NULL), KPI_OK);
	ck_assert_uint_eq(kpi_result_rows(rest), 3);
	for (uint64_t row = 0; row < 3; row++)
		ck_assert_double_eq(
		    figure_at(rest, row).value, figure_at(whole, row).value);
	kpi_result_free(whole);
	kpi_result_free(first);
	kpi_result_free(rest);
	kpi_store_close(store);
}
END_TEST

START_TEST(the_roster_is_in_one_part_alone)
{
	kpi_store *with = make_quarter(), *without = new_store();
	kpi_result *a =
	    of_range(with, JANUARY, APRIL, KPI_BUCKET_NONE, ways[_i].text);
	kpi_result *b =
	    of_range(with, JANUARY, APRIL, KPI_BUCKET_NONE, ways[_i].text);
	kpi_result *empty =
	    of_range(without, JANUARY, APRIL, KPI_BUCKET_NONE, ways[_i].text);
	const double value = figure_at(a, 0).value;
	kpi_error error = KPI_ERROR_INIT;

	ck_assert_int_eq(kpi_result_merge(a, b, &error), KPI_EMISMATCH);
	ck_assert_ptr_nonnull(strstr(error.text, "roster is in both"));
	ck_assert_int_eq(kpi_result_merge(a, empty, &error), KPI_OK);
	ck_assert_int_eq(kpi_result_merge(empty, b, &error), KPI_OK);
	ck_assert_double_eq(figure_at(a, 0).value, value);
	ck_assert_double_eq(figure_at(empty, 0).value, value);
	kpi_result_free(a);
	kpi_result_free(b);
	kpi_result_free(empty);
	kpi_store_close(with);
	kpi_store_close(without);
}
END_TEST

START_TEST(a_saved_result_is_read_with_its_rate)
{
	kpi_store *store = make_quarter();
	kpi_result *r =
	    of_range(store, JANUARY, APRIL, KPI_BUCKET_MONTH, ways[_i].text);
	kpi_result *again;
	unsigned char bytes[8192];
	uint64_t size = 0;

	ck_assert_int_eq(
	    kpi_result_save(r, bytes, sizeof(bytes), &size, NULL), KPI_OK);
	ck_assert_int_eq(
	    kpi_result_load(&again, bytes, size, NULL, NULL), KPI_OK);
	for (uint64_t row = 0; row < 3; row++)
		ck_assert_double_eq(
		    figure_at(again, row).value, figure_at(r, row).value);
	kpi_result_free(r);
	kpi_result_free(again);
	kpi_store_close(store);
}
END_TEST

static Suite *
suite(void)
{
	const int count = sizeof(ways) / sizeof(*ways);
	Suite *s = suite_create("turnover_merge");
	TCase *tc = tcase_create("merge");

	tcase_add_loop_test(
	    tc, spans_that_touch_are_the_whole_span_or_are_refused, 0, count);
	tcase_add_loop_test(
	    tc, months_of_two_ranges_stand_side_by_side, 0, count);
	tcase_add_loop_test(tc, the_roster_is_in_one_part_alone, 0, count);
	tcase_add_loop_test(tc, a_saved_result_is_read_with_its_rate, 0, count);
	suite_add_tcase(s, tc);
	return s;
}
