/* SPDX-License-Identifier: MIT */
/*
 * Seasonal indices, by hand and beside a count minute by minute with the
 * system's own clock.
 */
#include <check.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "asked.h"
#include "random_interactions.h"

#define WEEK  (7 * DAY)
#define CELLS 672

static const int32_t buckets[] = { KPI_BUCKET_QUARTER_HOUR,
	KPI_BUCKET_HALF_HOUR, KPI_BUCKET_HOUR };
static const int minutes[] = { 15, 30, 60 };

static kpi_query *
query_by(int32_t bucket, int64_t from, int64_t until)
{
	kpi_query *q = new_query();

	ck_assert_int_eq(kpi_query_by_time(q, bucket), KPI_OK);
	ck_assert_int_eq(kpi_query_between(q, from, until), KPI_OK);
	return q;
}

/* Takes the query. */
static kpi_season *
season_of(kpi_store *store, kpi_query *q, const char *text, int32_t period)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_result *r = ask_rows(store, q, text);
	kpi_season *s;

	ck_assert_msg(kpi_season_of(&s, r, 0, period, &error) == KPI_OK, "%s",
	    error.text);
	kpi_result_free(r);
	kpi_query_free(q);
	return s;
}

static kpi_season_cell
get(const kpi_season *s, uint64_t row, uint64_t cell)
{
	kpi_season_cell c = KPI_SEASON_CELL_INIT;

	ck_assert_int_eq(kpi_season_get(s, row, cell, &c), KPI_OK);
	return c;
}

static void
add_at(kpi_store *store, int64_t start, const char *queue, uint64_t count)
{
	const call of = { start, KPI_OUTCOME_ANSWERED, SECOND, MINUTE, NULL,
		NULL, queue };

	add_calls(store, of, count);
}

/* Two weeks: Mondays at ten 4 and 2, Tuesdays at eleven 3 and 3. */
static kpi_store *
two_weeks(void)
{
	kpi_store *store = new_store();

	add_at(store, MONDAY + 10 * HOUR, "a", 4);
	add_at(store, MONDAY + DAY + 11 * HOUR + 59 * MINUTE, "b", 3);
	add_at(store, MONDAY + WEEK + 10 * HOUR + MINUTE, "a", 2);
	add_at(store, MONDAY + WEEK + DAY + 11 * HOUR, "b", 3);
	return store;
}

START_TEST(an_index_is_a_cells_mean_over_the_mean_of_all)
{
	kpi_store *store = two_weeks();
	kpi_season *s = season_of(store,
	    query_by(KPI_BUCKET_HOUR, MONDAY, MONDAY + 2 * WEEK), "contacts",
	    KPI_BUCKET_WEEK);

	ck_assert_uint_eq(kpi_season_rows(s), 1);
	ck_assert_uint_eq(kpi_season_cells(s), 168);
	ck_assert_uint_eq(kpi_season_periods(s), 2);
	ck_assert_int_eq(kpi_season_from(s), MONDAY);
	ck_assert_int_eq(kpi_season_until(s), MONDAY + 2 * WEEK);
	for (uint64_t i = 0; i < 168; i++) {
		const kpi_season_cell c = get(s, 0, i);
		const int is_busy = i == 10 || i == 24 + 11;

		ck_assert_int_eq(c.weekday, 1 + (int)i / 24);
		ck_assert_int_eq(c.minute, (int)i % 24 * 60);
		ck_assert_int_eq(c.count, is_busy ? 6 : 0);
		ck_assert_int_eq(c.parts, 1);
		ck_assert(c.times == 2);
		ck_assert(c.mean == (is_busy ? 3 : 0));
		ck_assert_near(c.index, is_busy ? 84.0 : 0.0, 1e-12);
	}
	kpi_season_free(s);
	kpi_store_close(store);
}
END_TEST

START_TEST(each_group_has_a_season_of_its_own)
{
	kpi_store *store = two_weeks();
	kpi_query *q = query_by(KPI_BUCKET_HOUR, MONDAY, MONDAY + 2 * WEEK);
	kpi_season *s;

	add_at(store, MONDAY + 6 * DAY, NULL, 1);
	ck_assert_int_eq(kpi_query_by(q, KPI_BY_QUEUE), KPI_OK);
	s = season_of(store, q, "visits", 0);
	ck_assert_uint_eq(kpi_season_rows(s), 3);
	ck_assert_int_eq(kpi_season_by(s, 0), KPI_BY_QUEUE);
	ck_assert_int_eq(kpi_season_by(s, 1), 0);
	ck_assert_str_eq(kpi_season_group(s, 0, 0), "a");
	ck_assert_str_eq(kpi_season_group(s, 1, 0), "b");
	ck_assert_ptr_null(kpi_season_group(s, 2, 0));
	ck_assert_near(get(s, 0, 10).index, 168, 1e-12);
	ck_assert_near(get(s, 1, 35).index, 168, 1e-12);
	ck_assert_near(get(s, 2, 144).index, 168, 1e-12);
	ck_assert(get(s, 0, 35).index == 0);
	kpi_season_free(s);
	kpi_store_close(store);
}
END_TEST

START_TEST(a_day_is_a_period_too)
{
	kpi_store *store = two_weeks();
	kpi_season *s = season_of(store,
	    query_by(KPI_BUCKET_HALF_HOUR, MONDAY, MONDAY + DAY), "contacts",
	    KPI_BUCKET_DAY);

	ck_assert_uint_eq(kpi_season_cells(s), 48);
	ck_assert_uint_eq(kpi_season_periods(s), 1);
	ck_assert_int_eq(get(s, 0, 20).weekday, 0);
	ck_assert_int_eq(get(s, 0, 20).minute, 600);
	ck_assert(get(s, 0, 20).mean == 4);
	ck_assert_near(get(s, 0, 20).index, 48, 1e-12);
	kpi_season_free(s);
	kpi_store_close(store);
}
END_TEST

/* From a Wednesday until a Thursday there are two whole weeks. */
START_TEST(only_whole_weeks_count)
{
	kpi_store *store = two_weeks();
	kpi_season *s;

	add_at(store, MONDAY - DAY, "a", 100);
	add_at(store, MONDAY + 2 * WEEK, "a", 100);
	s = season_of(store,
	    query_by(
		KPI_BUCKET_HOUR, MONDAY - 5 * DAY, MONDAY + 2 * WEEK + 3 * DAY),
	    "contacts", KPI_BUCKET_WEEK);
	ck_assert_uint_eq(kpi_season_periods(s), 2);
	ck_assert_int_eq(kpi_season_from(s), MONDAY);
	ck_assert_int_eq(kpi_season_until(s), MONDAY + 2 * WEEK);
	ck_assert_int_eq(get(s, 0, 0).count, 0);
	ck_assert_int_eq(get(s, 0, 10).count, 6);
	kpi_season_free(s);
	kpi_store_close(store);
}
END_TEST

/* The first call comes on a Monday at ten: its week counts. */
START_TEST(an_open_range_ends_with_the_days_on_which_there_is_anything)
{
	kpi_store *store = two_weeks();
	kpi_season *s;

	add_at(store, MONDAY + WEEK + 6 * DAY + 22 * HOUR, "a", 1);
	s = season_of(store,
	    query_by(KPI_BUCKET_HOUR, KPI_UNKNOWN, KPI_UNKNOWN), "contacts",
	    KPI_BUCKET_WEEK);
	ck_assert_uint_eq(kpi_season_periods(s), 2);
	ck_assert_int_eq(kpi_season_from(s), MONDAY);
	kpi_season_free(s);
	kpi_store_close(store);
}
END_TEST

START_TEST(weeks_begin_when_the_querys_do)
{
	kpi_store *store = two_weeks();
	kpi_query *q =
	    query_by(KPI_BUCKET_HOUR, MONDAY - DAY, MONDAY + 2 * WEEK);
	kpi_season *s;

	ck_assert_int_eq(kpi_query_week_start(q, 7), KPI_OK);
	s = season_of(store, q, "contacts", KPI_BUCKET_WEEK);
	ck_assert_uint_eq(kpi_season_periods(s), 2);
	ck_assert_int_eq(kpi_season_from(s), MONDAY - DAY);
	ck_assert_int_eq(get(s, 0, 0).weekday, 7);
	ck_assert_int_eq(get(s, 0, 24).weekday, 1);
	ck_assert_int_eq(get(s, 0, 24 + 10).count, 6);
	kpi_season_free(s);
	kpi_store_close(store);
}
END_TEST

START_TEST(nothing_at_all_has_means_and_no_index)
{
	kpi_store *store = new_store();
	kpi_season *s =
	    season_of(store, query_by(KPI_BUCKET_HOUR, MONDAY, MONDAY + WEEK),
		"contacts", KPI_BUCKET_WEEK);

	ck_assert_uint_eq(kpi_season_rows(s), 1);
	ck_assert(get(s, 0, 0).mean == 0);
	ck_assert(isnan(get(s, 0, 0).index));
	kpi_season_free(s);
	kpi_store_close(store);
}
END_TEST

/* A zone, and a range about its change of clocks. */
static const struct {
	const char *zone;
	int64_t from;
	int weeks;
	int32_t week_start;
} scenes[] = {
	{ "Europe/Berlin", INT64_C(1773010800000), 5, 1 },    /* 2026-03-09 */
	{ "Europe/Berlin", INT64_C(1792360800000), 1, 1 },    /* 2026-10-19 */
	{ "America/New_York", INT64_C(1772341200000), 4, 7 }, /* 2026-03-01 */
	{ "Australia/Lord_Howe", INT64_C(1774184400000), 4, 1 },
	{ "Australia/Lord_Howe", INT64_C(1790515800000), 3, 1 },
	{ "UTC", MONDAY, 3, 1 },
};

#define SCENES ((int)(sizeof(scenes) / sizeof(*scenes)))

struct naive {
	int64_t count[CELLS];
	int64_t minutes[CELLS]; /* that there were */
};

static int
cell_of(int64_t at, int length, int32_t week_start)
{
	const time_t seconds = (time_t)(at / 1000);
	struct tm tm;

	ck_assert_ptr_nonnull(localtime_r(&seconds, &tm));
	return ((tm.tm_wday + 7 - week_start % 7) % 7 * 1440 + tm.tm_hour * 60 +
		   tm.tm_min) /
	    length;
}

/* Every minute of the range is looked at. */
static void
count_minutes(struct naive *n, int scene, int length, int64_t until)
{
	for (int64_t t = scenes[scene].from; t < until; t += MINUTE)
		n->minutes[cell_of(t, length, scenes[scene].week_start)]++;
}

static int64_t
end_of(int scene)
{
	int64_t t = scenes[scene].from + scenes[scene].weeks * WEEK - 2 * HOUR;
	struct tm tm;
	time_t seconds;

	do {
		t += 30 * MINUTE;
		seconds = (time_t)(t / 1000);
		ck_assert_ptr_nonnull(localtime_r(&seconds, &tm));
	} while (tm.tm_hour != 0 || tm.tm_min != 0);
	return t;
}

static void
compare(const kpi_season *s, const struct naive *n, int length)
{
	double means = 0, indices = 0;
	int there = 0;

	for (uint64_t i = 0; i < kpi_season_cells(s); i++) {
		if (n->minutes[i] == 0)
			continue;
		means += (double)n->count[i] * length / (double)n->minutes[i];
		there++;
	}
	for (uint64_t i = 0; i < kpi_season_cells(s); i++) {
		const kpi_season_cell c = get(s, 0, i);
		const double mean =
		    (double)n->count[i] * length / (double)n->minutes[i];

		ck_assert_int_eq(c.count, n->count[i]);
		ck_assert(c.times == (double)n->minutes[i] / length);
		if (n->minutes[i] == 0) {
			ck_assert(isnan(c.mean) && isnan(c.index));
			continue;
		}
		ck_assert_near(c.mean, mean, 1e-13 * mean);
		ck_assert_near(
		    c.index, mean / (means / there), 1e-12 * c.index);
		indices += c.index;
	}
	ck_assert_near(indices / there, 1, 1e-12);
}

static kpi_store *
random_calls(struct naive *n, int scene, int length, int64_t until)
{
	random_source source = { (uint64_t)scene + 1 };
	kpi_store *store = new_store();
	kpi_error error = KPI_ERROR_INIT;
	const int64_t from = scenes[scene].from;

	ck_assert_int_eq(kpi_store_begin(store, &error), KPI_OK);
	for (int i = 0; i < 5000; i++) {
		const int64_t t = from - DAY +
		    (int64_t)random_below(
			&source, (uint32_t)((until - from + 2 * DAY) / 1000)) *
			1000;
		kpi_visit visit = visit_of(KPI_OUTCOME_ANSWERED, 0, 0);
		const kpi_interaction whole = interaction_of(t, &visit, 1);

		add(store, &whole);
		if (t >= from && t < until)
			n->count[cell_of(
			    t, length, scenes[scene].week_start)]++;
	}
	ck_assert_int_eq(kpi_store_commit(store, &error), KPI_OK);
	return store;
}

START_TEST(cells_are_those_of_the_systems_own_clock)
{
	const int scene = _i / 3, bucket = _i % 3;
	struct naive n;
	kpi_store *store;
	kpi_season *s;
	kpi_query *q;
	int64_t until;

	ck_assert_int_eq(setenv("TZ", scenes[scene].zone, 1), 0);
	tzset();
	until = end_of(scene);
	memset(&n, 0, sizeof(n));
	count_minutes(&n, scene, minutes[bucket], until);
	store = random_calls(&n, scene, minutes[bucket], until);
	q = query_by(buckets[bucket], scenes[scene].from - DAY, until + DAY);
	ck_assert_int_eq(
	    kpi_query_time_zone(q, scenes[scene].zone, NULL), KPI_OK);
	ck_assert_int_eq(
	    kpi_query_week_start(q, scenes[scene].week_start), KPI_OK);
	s = season_of(store, q, "contacts", KPI_BUCKET_WEEK);
	ck_assert_int_eq(kpi_season_from(s), scenes[scene].from);
	ck_assert_int_eq(kpi_season_until(s), until);
	ck_assert_uint_eq(kpi_season_periods(s), (uint64_t)scenes[scene].weeks);
	compare(s, &n, minutes[bucket]);
	kpi_season_free(s);
	kpi_store_close(store);
}
END_TEST

START_TEST(what_has_no_season_is_refused_with_what_is_missing)
{
	static const struct {
		const char *text;
		int32_t bucket, period;
		int64_t from, until;
		kpi_status status;
		const char *field, *said;
	} wrong[] = {
		{ "contacts", KPI_BUCKET_DAY, 0, MONDAY, MONDAY + WEEK,
		    KPI_EINVAL, "every", "expected is 15min, 30min or hour" },
		{ "contacts", KPI_BUCKET_NONE, 0, MONDAY, MONDAY + WEEK,
		    KPI_EINVAL, "every", "no buckets of time" },
		{ "average_handle_time", KPI_BUCKET_HOUR, 0, MONDAY,
		    MONDAY + WEEK, KPI_EINVAL, "metric",
		    "not of average_handle_time" },
		{ "backlog", KPI_BUCKET_HOUR, 0, MONDAY, MONDAY + WEEK,
		    KPI_EINVAL, "metric", "not of backlog" },
		{ "contacts", KPI_BUCKET_HOUR, KPI_BUCKET_MONTH, MONDAY,
		    MONDAY + WEEK, KPI_EINVAL, "period", "not 6" },
		{ "contacts", KPI_BUCKET_HOUR, 0, MONDAY, MONDAY + WEEK - 1,
		    KPI_ENOTFOUND, "",
		    "the first one is from 2026-03-02 until 2026-03-09, of "
		    "which 1 day is missing" },
		{ "contacts", KPI_BUCKET_HOUR, 0, MONDAY + DAY,
		    MONDAY + WEEK + DAY, KPI_ENOTFOUND, "",
		    "no whole week from 2026-03-03 until 2026-03-10: the first "
		    "one is from 2026-03-09 until 2026-03-16, of which 6 days "
		    "are missing" },
		{ "contacts", KPI_BUCKET_HOUR, KPI_BUCKET_DAY, MONDAY + HOUR,
		    MONDAY + 5 * HOUR, KPI_ENOTFOUND, "", "no whole day" },
	};

	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		kpi_error error = KPI_ERROR_INIT;
		kpi_store *store = two_weeks();
		kpi_query *q =
		    query_by(wrong[i].bucket, wrong[i].from, wrong[i].until);
		kpi_result *r = ask_rows(store, q, wrong[i].text);
		kpi_season *s;

		ck_assert_int_eq(
		    kpi_season_of(&s, r, 0, wrong[i].period, &error),
		    wrong[i].status);
		ck_assert_ptr_null(s);
		ck_assert_msg(strstr(error.text, wrong[i].said) != NULL,
		    "\"%s\"", error.text);
		ck_assert_str_eq(error.field, wrong[i].field);
		kpi_result_free(r);
		kpi_query_free(q);
		kpi_store_close(store);
	}
}
END_TEST

START_TEST(an_empty_store_has_no_ends)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *store = new_store();
	kpi_query *q = query_by(KPI_BUCKET_HOUR, KPI_UNKNOWN, KPI_UNKNOWN);
	kpi_result *r = ask_rows(store, q, "contacts");
	kpi_season *s;

	ck_assert_int_eq(kpi_season_of(&s, r, 0, 0, &error), KPI_ENOTFOUND);
	ck_assert_ptr_nonnull(strstr(error.text, "there is nothing"));
	kpi_result_free(r);
	kpi_query_free(q);
	kpi_store_close(store);
}
END_TEST

START_TEST(nothing_stands_past_the_end)
{
	kpi_season_cell c = KPI_SEASON_CELL_INIT;
	kpi_store *store = two_weeks();
	kpi_query *q = query_by(KPI_BUCKET_HOUR, MONDAY, MONDAY + WEEK);
	kpi_result *r = ask_rows(store, q, "contacts");
	kpi_season *s;

	ck_assert_int_eq(kpi_season_of(NULL, r, 0, 0, NULL), KPI_EINVAL);
	ck_assert_int_eq(kpi_season_of(&s, NULL, 0, 0, NULL), KPI_EINVAL);
	ck_assert_int_eq(kpi_season_of(&s, r, 1, 0, NULL), KPI_EINVAL);
	ck_assert_int_eq(kpi_season_of(&s, r, 0, 0, NULL), KPI_OK);
	ck_assert_int_eq(kpi_season_get(s, 1, 0, &c), KPI_EINVAL);
	ck_assert_int_eq(kpi_season_get(s, 0, 168, &c), KPI_EINVAL);
	ck_assert_int_eq(kpi_season_get(NULL, 0, 0, &c), KPI_EINVAL);
	c.size = 0;
	ck_assert_int_eq(kpi_season_get(s, 0, 0, &c), KPI_EINVAL);
	ck_assert_ptr_null(kpi_season_group(s, 0, 0));
	ck_assert_uint_eq(kpi_season_rows(NULL), 0);
	ck_assert_uint_eq(kpi_season_cells(NULL), 0);
	ck_assert_uint_eq(kpi_season_periods(NULL), 0);
	ck_assert_int_eq(kpi_season_by(NULL, 0), 0);
	ck_assert_int_eq(kpi_season_from(NULL), KPI_UNKNOWN);
	ck_assert_int_eq(kpi_season_until(NULL), KPI_UNKNOWN);
	kpi_season_free(NULL);
	kpi_season_free(s);
	kpi_result_free(r);
	kpi_query_free(q);
	kpi_store_close(store);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("season");
	TCase *tc = tcase_create("season");

	tcase_add_test(tc, an_index_is_a_cells_mean_over_the_mean_of_all);
	tcase_add_test(tc, each_group_has_a_season_of_its_own);
	tcase_add_test(tc, a_day_is_a_period_too);
	tcase_add_test(tc, only_whole_weeks_count);
	tcase_add_test(
	    tc, an_open_range_ends_with_the_days_on_which_there_is_anything);
	tcase_add_test(tc, weeks_begin_when_the_querys_do);
	tcase_add_test(tc, nothing_at_all_has_means_and_no_index);
	tcase_add_loop_test(
	    tc, cells_are_those_of_the_systems_own_clock, 0, 3 * SCENES);
	tcase_add_test(tc, what_has_no_season_is_refused_with_what_is_missing);
	tcase_add_test(tc, an_empty_store_has_no_ends);
	tcase_add_test(tc, nothing_stands_past_the_end);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
