/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <string.h>

#include "time/bucket.h"
#include "time/calendar.h"
#include "tzif_bytes.h"
#include "runner.h"

#define COUNT(table) ((int)(sizeof(table) / sizeof((table)[0])))

#define MINUTE INT64_C(60000)

/* A day left out; an hour of five minutes; back and forth within two hours;
 * a clock put on within a quarter of an hour, and back. */
static const struct change apia[] = { { 1325239200, 50400 } };
static const struct change short_hour[] = {
	{ 1000001100, 3300 },
	{ 1000004400, 0 },
};
static const struct change nervous[] = {
	{ 1000000800, 3600 },
	{ 1000001400, 3660 },
	{ 1000003200, 0 },
	{ 1000005000, 1800 },
	{ 1000006800, 5400 },
	{ 1000008000, -3600 },
};
static const struct change casablanca[] = {
	{ 1774144800, 0 },
	{ 1774148400, 3600 },
	{ 1777168800, 0 },
	{ 1779588000, 3600 },
};

#define CENTRAL_EUROPE "CET-1CEST,M3.5.0,M10.5.0/3"
#define LORD_HOWE      "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0"
#define NEWFOUNDLAND   "NST3:30NDT,M3.2.0/0:01,M11.1.0/0:01"
#define SAO_PAULO      "<-03>3<-02>,M10.3.0/0,M2.3.0/0"
#define KATHMANDU      "<+0545>-5:45"
#define AMSTERDAM      "AMT-0:19:32NST-1:19:32,M5.3.1,M10.1.1/3"

static const struct {
	const char *rule;
	const struct change *changes;
	size_t count;
	int32_t before;
	int64_t around; /* seconds: half a year about it is looked at */
} zones[] = {
	{ "UTC0", NULL, 0, 0, 1000000000 },
	{ CENTRAL_EUROPE, NULL, 0, 0, 1774746000 },
	{ LORD_HOWE, NULL, 0, 0, 1775314800 },
	{ NEWFOUNDLAND, NULL, 0, 0, 1774746000 },
	{ SAO_PAULO, NULL, 0, 0, 1542513600 },
	{ KATHMANDU, NULL, 0, 0, 1000000000 },
	{ AMSTERDAM, NULL, 0, 0, -1000000000 },
	{ "<+14>-14", apia, 1, -36000, 1325239200 },
	{ "", short_hour, (size_t)COUNT(short_hour), 0, 1000000000 },
	{ "", nervous, (size_t)COUNT(nervous), 0, 1000000000 },
	{ "<+01>-1", casablanca, (size_t)COUNT(casablanca), 3600, 1774746000 },
	{ "EET-2EEST,M3.4.4/50,M10.4.4/50", NULL, 0, 0, 1774746000 },
};

static kpi__zone *
zone_number(int i)
{
	return make_zone(
	    zones[i].before, zones[i].changes, zones[i].count, zones[i].rule);
}

static uint64_t seed = 7;

static int64_t
random_between(int64_t least, int64_t most)
{
	seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
	return least + (int64_t)((seed >> 11) % (uint64_t)(most - least));
}

/* Anywhere, and often close to a change of the clock. */
static int64_t
random_instant(const kpi__zone *zone)
{
	const int64_t any = random_between(KPI__TIME_FIRST, KPI__TIME_LAST);
	const int64_t recent = random_between(-3000000000000, 3000000000000);
	const kpi__epoch e = kpi__zone_epoch(zone, recent);

	switch (random_between(0, 4)) {
	case 0:
		return any;
	case 1:
		return recent;
	default:
		if (e.until == INT64_MAX)
			return recent;
		return e.until +
		    random_between(-2 * KPI__DAY_MS, 2 * KPI__DAY_MS);
	}
}

static void
check_tile(const kpi__zone *zone, int32_t bucket, int32_t week, int64_t at)
{
	int64_t begin, until, b, u;

	ck_assert_int_eq(
	    kpi__bucket_span(zone, bucket, week, at, &begin, &until), KPI_OK);
	if (begin > at || at >= until)
		ck_abort_msg("bucket %d: %" PRId64 " not in %" PRId64
			     " to %" PRId64,
		    (int)bucket, at, begin, until);
	if (until != INT64_MAX &&
	    (kpi__bucket_span(zone, bucket, week, until, &b, &u) != KPI_OK ||
		b != until))
		ck_abort_msg("bucket %d: after %" PRId64 " comes %" PRId64,
		    (int)bucket, until, b);
	for (int i = 0; i < 4; i++) {
		const int64_t end = until == INT64_MAX ? at + 1 : until;
		const int64_t inside = i == 0 ? begin
		    : i == 1                  ? end - 1
					      : random_between(begin, end);

		if (inside < KPI__TIME_FIRST)
			continue;
		if (kpi__bucket_span(zone, bucket, week, inside, &b, &u) !=
			KPI_OK ||
		    b != begin || u != until)
			ck_abort_msg("bucket %d: %" PRId64 " and %" PRId64
				     " differ",
			    (int)bucket, at, inside);
	}
}

START_TEST(every_instant_is_in_one_bucket_and_the_next_follows)
{
	kpi__zone *zone = zone_number(_i);

	for (int i = 0; i < 1500; i++) {
		const int64_t at = random_instant(zone);

		for (int32_t bucket = KPI_BUCKET_QUARTER_HOUR;
		     bucket <= KPI_BUCKET_YEAR; bucket++)
			check_tile(zone, bucket, i % 7 + 1, at);
	}
	kpi__zone_free(zone);
}
END_TEST

/* What the buckets are by their definition, minute by minute: which one the
 * wall clock shows. */
static int64_t
shown(int32_t bucket, int64_t wall)
{
	static const int64_t lengths[] = { 0, 15, 30, 60 };
	const int64_t day = kpi__floor_div(wall, KPI__DAY_MS);
	const kpi__date d = kpi__date_of(day);

	switch (bucket) {
	case KPI_BUCKET_DAY:
		return day;
	case KPI_BUCKET_WEEK:
		return kpi__floor_div(day + 4, 7); /* from Sunday */
	case KPI_BUCKET_MONTH:
		return d.year * 12 + d.month;
	case KPI_BUCKET_QUARTER:
		return d.year * 4 + (d.month + 2) / 3;
	case KPI_BUCKET_YEAR:
		return d.year;
	default:
		return kpi__floor_div(wall, lengths[bucket] * MINUTE);
	}
}

static void
check_by_the_clock(
    const kpi__zone *zone, int32_t bucket, int64_t from, int64_t days)
{
	int64_t last_wall = INT64_MIN, last = INT64_MIN, began = INT64_MIN;
	int64_t begin, until;

	for (int64_t t = from; t < from + days * KPI__DAY_MS; t += MINUTE) {
		const int64_t wall =
		    t + kpi__zone_offset(zone, t) * INT64_C(1000);
		const int64_t now = shown(bucket, wall);
		const int begins = bucket <= KPI_BUCKET_HOUR
		    ? now != last || wall < last_wall
		    : now > last;

		last_wall = wall;
		if (!begins)
			continue;
		last = now;
		if (began != INT64_MIN) {
			ck_assert_int_eq(kpi__bucket_span(zone, bucket, 7,
					     t - 1, &begin, &until),
			    KPI_OK);
			ck_assert_int_eq(begin, began);
			ck_assert_int_eq(until, t);
		}
		/* The first one began before we looked. */
		began = t == from ? INT64_MIN : t;
	}
}

START_TEST(buckets_are_what_the_wall_clock_shows)
{
	kpi__zone *zone = zone_number(_i);
	/* Minutes begin 28 seconds later where the clock is that much off. */
	const int64_t off = zones[_i].around == -1000000000 ? 28000 : 0;
	const int64_t from =
	    kpi__floor_div(zones[_i].around * 1000, KPI__DAY_MS) * KPI__DAY_MS +
	    off - 185 * KPI__DAY_MS;
	const int64_t until = from + 370 * KPI__DAY_MS;
	int64_t at = from;

	while (at < until) {
		const int64_t day =
		    kpi__floor_div(at, KPI__DAY_MS) * KPI__DAY_MS + off;

		for (int32_t b = KPI_BUCKET_QUARTER_HOUR; b < KPI_BUCKET_DAY;
		     b++)
			check_by_the_clock(zone, b, day - KPI__DAY_MS, 3);
		at = kpi__zone_epoch(zone, at).until;
	}
	for (int32_t b = KPI_BUCKET_DAY; b < KPI_BUCKET_YEAR; b++)
		check_by_the_clock(zone, b, from, 370);
	kpi__zone_free(zone);
}
END_TEST

static const struct {
	int zone;
	int32_t bucket;
	const char *at, *begin, *until;
} spans[] = {
	/* The hour that autumn repeats is two; the one left out is none. */
	{ 1, KPI_BUCKET_HOUR, "2026-10-25T00:30Z", "2026-10-25T00:00Z",
	    "2026-10-25T01:00Z" },
	{ 1, KPI_BUCKET_HOUR, "2026-10-25T01:30Z", "2026-10-25T01:00Z",
	    "2026-10-25T02:00Z" },
	{ 1, KPI_BUCKET_HOUR, "2026-03-29T01:30Z", "2026-03-29T01:00Z",
	    "2026-03-29T02:00Z" },
	{ 1, KPI_BUCKET_DAY, "2026-10-25T12:00Z", "2026-10-24T22:00Z",
	    "2026-10-25T23:00Z" },
	{ 1, KPI_BUCKET_DAY, "2026-03-29T12:00Z", "2026-03-28T23:00Z",
	    "2026-03-29T22:00Z" },
	{ 1, KPI_BUCKET_MONTH, "2026-10-31T22:59Z", "2026-09-30T22:00Z",
	    "2026-10-31T23:00Z" },
	{ 1, KPI_BUCKET_QUARTER, "2026-05-05T00:00Z", "2026-03-31T22:00Z",
	    "2026-06-30T22:00Z" },
	{ 1, KPI_BUCKET_YEAR, "2026-07-01T00:00Z", "2025-12-31T23:00Z",
	    "2026-12-31T23:00Z" },
	/* Half an hour back: an hour, and the half of it again. */
	{ 2, KPI_BUCKET_HOUR, "2026-04-04T14:59Z", "2026-04-04T14:00Z",
	    "2026-04-04T15:00Z" },
	{ 2, KPI_BUCKET_HOUR, "2026-04-04T15:29Z", "2026-04-04T15:00Z",
	    "2026-04-04T15:30Z" },
	{ 2, KPI_BUCKET_HOUR, "2026-10-03T15:45Z", "2026-10-03T15:30Z",
	    "2026-10-03T16:00Z" },
	/* Sunday lasts on when clocks go back a minute after midnight. */
	{ 3, KPI_BUCKET_DAY, "2026-11-01T02:45Z", "2026-11-01T02:30Z",
	    "2026-11-02T03:30Z" },
	{ 3, KPI_BUCKET_DAY, "2026-11-01T02:31Z", "2026-11-01T02:30Z",
	    "2026-11-02T03:30Z" },
	/* The day begins at 01:00; the one before it lasts 25 hours. */
	{ 4, KPI_BUCKET_DAY, "2018-10-21T12:00Z", "2018-10-21T03:00Z",
	    "2018-10-22T02:00Z" },
	{ 4, KPI_BUCKET_DAY, "2018-02-18T02:30Z", "2018-02-17T02:00Z",
	    "2018-02-18T03:00Z" },
	{ 5, KPI_BUCKET_HOUR, "2026-01-01T00:00Z", "2025-12-31T23:15Z",
	    "2026-01-01T00:15Z" },
	{ 5, KPI_BUCKET_DAY, "2026-01-01T00:00Z", "2025-12-31T18:15Z",
	    "2026-01-01T18:15Z" },
	{ 5, KPI_BUCKET_QUARTER_HOUR, "2026-01-01T00:01Z", "2026-01-01T00:00Z",
	    "2026-01-01T00:15Z" },
	{ 6, KPI_BUCKET_HOUR, "1930-12-01T00:00Z", "1930-11-30T23:40:28Z",
	    "1930-12-01T00:40:28Z" },
	/* 30 December 2011 did not happen there. */
	{ 7, KPI_BUCKET_DAY, "2011-12-30T09:59Z", "2011-12-29T10:00Z",
	    "2011-12-30T10:00Z" },
	{ 7, KPI_BUCKET_DAY, "2011-12-30T10:00Z", "2011-12-30T10:00Z",
	    "2011-12-31T10:00Z" },
	/* Clocks put on within the hour: what is left of it. */
	{ 8, KPI_BUCKET_HOUR, "2001-09-09T02:04Z", "2001-09-09T02:00Z",
	    "2001-09-09T02:05Z" },
};

START_TEST(buckets_of_odd_days_are_known)
{
	kpi__zone *zone = zone_number(spans[_i].zone);
	int64_t begin, until;

	ck_assert_int_eq(kpi__bucket_span(zone, spans[_i].bucket, 1,
			     instant(spans[_i].at), &begin, &until),
	    KPI_OK);
	ck_assert_int_eq(begin, instant(spans[_i].begin));
	ck_assert_int_eq(until, instant(spans[_i].until));
	kpi__zone_free(zone);
}
END_TEST

START_TEST(weeks_begin_on_the_day_asked_for)
{
	/* 2026-10-01 is a Thursday. */
	static const char *const begins[] = { "2026-09-28", "2026-09-29",
		"2026-09-30", "2026-10-01", "2026-09-25", "2026-09-26",
		"2026-09-27" };
	int64_t begin, until;

	for (int32_t day = 1; day <= 7; day++) {
		ck_assert_int_eq(
		    kpi__bucket_span(NULL, KPI_BUCKET_WEEK, day,
			instant("2026-10-01T23:59Z"), &begin, &until),
		    KPI_OK);
		ck_assert_int_eq(begin, instant(begins[day - 1]));
		ck_assert_int_eq(until - begin, 7 * KPI__DAY_MS);
	}
}
END_TEST

START_TEST(months_stepped_from_the_31st_are_each_there_once)
{
	kpi__zone *zone = zone_number(1);
	int64_t at = instant("2023-01-31T22:59:59Z");

	for (int32_t n = 0; n < 48; n++) {
		char text[KPI__INSTANT_SIZE], month[8];
		int64_t begin, until;

		ck_assert_int_eq(kpi__bucket_span(zone, KPI_BUCKET_MONTH, 1, at,
				     &begin, &until),
		    KPI_OK);
		kpi__format_instant(text, zone, begin);
		memcpy(month, text, 7);
		month[7] = '\0';
		ck_assert_int_eq(month[0] - '0', 2);
		ck_assert_int_eq(
		    (month[2] - '0') * 10 + month[3] - '0', 23 + n / 12);
		ck_assert_int_eq(
		    (month[5] - '0') * 10 + month[6] - '0', n % 12 + 1);
		ck_assert_int_eq(memcmp(text + 7, "-01T00:00:00+", 13), 0);
		at = until;
	}
	kpi__zone_free(zone);
}
END_TEST

START_TEST(far_instants_are_in_the_edge_buckets)
{
	for (int32_t bucket = KPI_BUCKET_QUARTER_HOUR;
	     bucket <= KPI_BUCKET_YEAR; bucket++) {
		int64_t begin, until, b, u;

		ck_assert_int_eq(kpi__bucket_span(NULL, bucket, 1,
				     KPI__TIME_FIRST, &begin, &until),
		    KPI_OK);
		ck_assert_int_eq(
		    kpi__bucket_span(NULL, bucket, 1, INT64_MIN, &b, &u),
		    KPI_OK);
		ck_assert(b == begin && u == until);
		ck_assert_int_le(begin, KPI__TIME_FIRST);
		ck_assert_int_eq(kpi__bucket_span(NULL, bucket, 1,
				     KPI__TIME_LAST, &begin, &until),
		    KPI_OK);
		ck_assert_int_eq(until, INT64_MAX);
		ck_assert_int_eq(
		    kpi__bucket_span(NULL, bucket, 1, INT64_MAX - 1, &b, &u),
		    KPI_OK);
		ck_assert(b == begin && u == until);
	}
}
END_TEST

START_TEST(no_bucket_is_all_time)
{
	int64_t begin, until;

	ck_assert_int_eq(
	    kpi__bucket_span(NULL, KPI_BUCKET_NONE, 1, 5, &begin, &until),
	    KPI_OK);
	ck_assert_int_eq(begin, INT64_MIN);
	ck_assert_int_eq(until, INT64_MAX);
}
END_TEST

START_TEST(unknown_buckets_and_weekdays_are_refused)
{
	static const int32_t bad[][2] = { { -1, 1 }, { 9, 1 },
		{ KPI_BUCKET_WEEK, 0 }, { KPI_BUCKET_WEEK, 8 },
		{ KPI_BUCKET_DAY, 0 }, { KPI_BUCKET_NONE, -1 } };
	int64_t begin = 11, until = 12;

	for (int i = 0; i < COUNT(bad); i++)
		ck_assert_int_eq(kpi__bucket_span(NULL, bad[i][0], bad[i][1], 0,
				     &begin, &until),
		    KPI_EINVAL);
	ck_assert_int_eq(begin, 11);
	ck_assert_int_eq(until, 12);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("bucket");
	TCase *tc = tcase_create("core");

	tcase_set_timeout(tc, 60);
	tcase_add_loop_test(tc,
	    every_instant_is_in_one_bucket_and_the_next_follows, 0,
	    COUNT(zones));
	tcase_add_loop_test(
	    tc, buckets_are_what_the_wall_clock_shows, 0, COUNT(zones));
	tcase_add_loop_test(tc, buckets_of_odd_days_are_known, 0, COUNT(spans));
	tcase_add_test(tc, weeks_begin_on_the_day_asked_for);
	tcase_add_test(tc, months_stepped_from_the_31st_are_each_there_once);
	tcase_add_test(tc, far_instants_are_in_the_edge_buckets);
	tcase_add_test(tc, no_bucket_is_all_time);
	tcase_add_test(tc, unknown_buckets_and_weekdays_are_refused);
	suite_add_tcase(s, tc);
	return s;
}
