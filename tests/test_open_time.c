/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>

#include "time/open_time.h"
#include "naive_hours.h"
#include "ration.h"
#include "tzif_bytes.h"
#include "runner.h"

#define COUNT(table) ((int)(sizeof(table) / sizeof((table)[0])))

#define MINUTE INT64_C(60000)
#define HOUR   (60 * MINUTE)

#define CENTRAL_EUROPE "CET-1CEST,M3.5.0,M10.5.0/3"

/* A day left out, a clock back and forth within two hours. */
static const struct change apia[] = { { 1325239200, 50400 } };
static const struct change nervous[] = {
	{ 1774746000, 3600 },
	{ 1774746600, 5400 },
	{ 1774750200, 0 },
	{ 1774753800, -3600 },
};

static const struct {
	const char *rule;
	const struct change *changes;
	size_t count;
	int32_t before;
	int64_t around; /* seconds */
	int year;
} zones[] = {
	{ "UTC0", NULL, 0, 0, 1774746000, 2026 },
	{ CENTRAL_EUROPE, NULL, 0, 0, 1774746000, 2026 },
	{ CENTRAL_EUROPE, NULL, 0, 0, 1792890000, 2026 },
	{ "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", NULL, 0, 0, 1775314800,
	    2026 },
	{ "<-03>3<-02>,M10.3.0/0,M2.3.0/0", NULL, 0, 0, 1540090800, 2018 },
	{ "<+14>-14", apia, 1, -36000, 1325239200, 2011 },
	{ "", nervous, (size_t)COUNT(nervous), 0, 1774746000, 2026 },
};

static kpi__open_time
count_open(const char *text, const kpi__zone *zone, int64_t from, int64_t until)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi__hours *hours;
	kpi__open_time t;

	ck_assert_msg(kpi__hours_parse(&hours, text, strlen(text),
			  &kpi__default_allocator, &error) == KPI_OK,
	    "%s: %s", text, error.text);
	ck_assert_int_eq(kpi__open_time_init(&t, hours, zone, from, until,
			     &kpi__default_allocator),
	    KPI_OK);
	kpi__hours_free(hours);
	return t;
}

/* Open ms between two instants, minute by minute. */
static int64_t
count_slowly(const struct naive_hours *h, const kpi__zone *zone, int64_t from,
    int64_t until)
{
	int64_t open = 0;

	for (int64_t at = from, next; at < until; at = next) {
		const int64_t local =
		    at + kpi__zone_offset(zone, at) * INT64_C(1000);

		next = at - at % MINUTE + MINUTE;
		if (next > until)
			next = until;
		if (naive_is_open(h, local / MINUTE))
			open += next - at;
	}
	return open;
}

START_TEST(what_is_open_is_what_a_clock_shows_minute_by_minute)
{
	kpi__zone *zone = make_zone(zones[_i].before, zones[_i].changes,
	    zones[_i].count, zones[_i].rule);
	uint64_t seed = 11 + (uint64_t)_i;

	for (int trial = 0; trial < 60; trial++) {
		struct naive_hours h;
		kpi__open_time t;
		int64_t from = zones[_i].around * 1000 - 9 * KPI__DAY_MS;
		int64_t at = from, open = 0;

		naive_hours_random(&h, &seed, zones[_i].year - 1);
		seed = seed * UINT64_C(6364136223846793005) + 1;
		from += (int64_t)(seed >> 40) % KPI__DAY_MS;
		t = count_open(h.text, zone, from, from + 18 * KPI__DAY_MS);
		at = from;
		for (int step = 0; step < 40; step++) {
			int64_t next;

			seed = seed * UINT64_C(6364136223846793005) + 1;
			next = at + (int64_t)(seed >> 30) % KPI__DAY_MS;
			if (next > t.until)
				next = t.until;
			open += count_slowly(&h, zone, at, next);
			at = next;
			ck_assert_msg(kpi__open_until(&t, at) == open,
			    "%s in %s at %" PRId64 ": %" PRId64
			    ", not %" PRId64,
			    h.text, zones[_i].rule, at, kpi__open_until(&t, at),
			    open);
			ck_assert_msg((kpi__open_at(&t, at) != 0) ==
				(at < t.until &&
				    count_slowly(&h, zone, at, at + 1) != 0),
			    "%s in %s at %" PRId64, h.text, zones[_i].rule, at);
		}
		kpi__open_time_free(&t);
	}
	kpi__zone_free(zone);
}
END_TEST

/* Worked out by hand, in Berlin; minutes. */
static const struct {
	const char *hours, *from, *until;
	int64_t open;
} examples[] = {
	/* Friday's last half hour and Monday's first. */
	{ "Mo-Fr 08:00-18:00", "2026-10-23T17:30:00+02:00",
	    "2026-10-26T08:30:00+01:00", 60 },
	{ "Mo-Fr 08:00-12:30,13:30-18:00", "2026-10-21T12:00:00+02:00",
	    "2026-10-21T14:00:00+02:00", 60 },
	/* Days of 23 and 25 hours. */
	{ "24/7", "2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00",
	    23 * 60 },
	{ "24/7", "2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00",
	    25 * 60 },
	{ "Su 01:00-04:00", "2026-03-29T00:00:00+01:00",
	    "2026-03-30T00:00:00+02:00", 120 },
	{ "Su 01:00-04:00", "2026-10-25T00:00:00+02:00",
	    "2026-10-26T00:00:00+01:00", 240 },
	{ "Su 02:00-03:00", "2026-03-29T00:00:00+01:00",
	    "2026-03-30T00:00:00+02:00", 0 },
	/* A night over the end of the week. */
	{ "Su 22:00-06:00", "2026-11-01T12:00:00+01:00",
	    "2026-11-02T12:00:00+01:00", 480 },
	{ "Fr-Mo 22:00-06:00", "2026-11-02T00:00:00+01:00",
	    "2026-11-03T12:00:00+01:00", 360 + 480 },
	/* A holiday leaves the night before it as it is. */
	{ "Mo-Fr 08:00-18:00; Dec 25-26 off", "2026-12-24T17:00:00+01:00",
	    "2026-12-28T09:00:00+01:00", 120 },
	{ "22:00-06:00; Dec 25 off", "2026-12-24T23:00:00+01:00",
	    "2026-12-26T12:00:00+01:00", 420 },
	{ "Mo-Fr 08:00-18:00; 2026 Dec 24 09:00-12:00",
	    "2026-12-24T00:00:00+01:00", "2026-12-25T00:00:00+01:00", 180 },
	{ "Mo-Fr 08:00-18:00; 2026 Dec 24 09:00-12:00",
	    "2025-12-24T00:00:00+01:00", "2025-12-25T00:00:00+01:00", 600 },
	{ "off", "2026-01-01T00:00:00+01:00", "2027-01-01T00:00:00+01:00", 0 },
	/* 2026 has 261 days from Monday to Friday. */
	{ "Mo-Fr 08:00-18:00", "2026-01-01T00:00:00+01:00",
	    "2027-01-01T00:00:00+01:00", 261 * 600 },
};

START_TEST(examples_are_as_worked_out_by_hand)
{
	kpi__zone *zone = make_zone(0, NULL, 0, CENTRAL_EUROPE);
	const int64_t from = instant(examples[_i].from);
	const int64_t until = instant(examples[_i].until);
	kpi__open_time t = count_open(examples[_i].hours, zone,
	    from - 400 * KPI__DAY_MS, until + KPI__DAY_MS);

	ck_assert_int_eq(kpi__open_until(&t, until) - kpi__open_until(&t, from),
	    examples[_i].open * MINUTE);
	kpi__open_time_free(&t);
	kpi__zone_free(zone);
}
END_TEST

START_TEST(it_opens_at_the_instant_and_is_closed_at_that_of_closing)
{
	kpi__open_time t = count_open("08:00-18:00", NULL, 0, 10 * KPI__DAY_MS);
	const int64_t opens = 3 * KPI__DAY_MS + 8 * HOUR;

	ck_assert_int_eq(kpi__open_at(&t, opens - 1), 0);
	ck_assert_int_ne(kpi__open_at(&t, opens), 0);
	ck_assert_int_ne(kpi__open_at(&t, opens + 10 * HOUR - 1), 0);
	ck_assert_int_eq(kpi__open_at(&t, opens + 10 * HOUR), 0);
	ck_assert_int_eq(kpi__open_until(&t, opens), 30 * HOUR);
	ck_assert_int_eq(kpi__open_until(&t, opens + 1), 30 * HOUR + 1);
	ck_assert_int_eq(kpi__open_until(&t, opens + 12 * HOUR), 40 * HOUR);
	kpi__open_time_free(&t);
}
END_TEST

START_TEST(out_of_the_range_nothing_is_open)
{
	kpi__open_time t = count_open("24/7", NULL, 1000, 5000);

	ck_assert_int_eq(kpi__open_until(&t, INT64_MIN), 0);
	ck_assert_int_eq(kpi__open_until(&t, 1000), 0);
	ck_assert_int_eq(kpi__open_until(&t, INT64_MAX), 4000);
	ck_assert_int_eq(kpi__open_at(&t, 999), 0);
	ck_assert_int_ne(kpi__open_at(&t, 1000), 0);
	ck_assert_int_ne(kpi__open_at(&t, 4999), 0);
	ck_assert_int_eq(kpi__open_at(&t, 5000), 0);
	kpi__open_time_free(&t);
	t = count_open("24/7", NULL, 1000, 1000);
	ck_assert_int_eq(kpi__open_until(&t, 1000), 0);
	ck_assert_int_eq(kpi__open_at(&t, 1000), 0);
	kpi__open_time_free(&t);
}
END_TEST

START_TEST(a_range_of_more_than_a_thousand_years_is_refused)
{
	kpi__hours *hours;
	kpi__open_time t;

	ck_assert_int_eq(
	    kpi__hours_parse(&hours, "24/7", 4, &kpi__default_allocator, NULL),
	    KPI_OK);
	ck_assert_int_eq(kpi__open_time_init(&t, hours, NULL, KPI__TIME_FIRST,
			     KPI__TIME_FIRST + KPI__OPEN_TIME_MOST + 1,
			     &kpi__default_allocator),
	    KPI_ELIMIT);
	kpi__open_time_free(&t);
	ck_assert_int_eq(
	    kpi__open_time_init(&t, hours, NULL, KPI__TIME_FIRST,
		KPI__TIME_FIRST + KPI__OPEN_TIME_MOST, &kpi__default_allocator),
	    KPI_OK);
	ck_assert_int_eq(
	    kpi__open_until(&t, KPI__TIME_LAST), KPI__OPEN_TIME_MOST);
	kpi__open_time_free(&t);
	kpi__hours_free(hours);
}
END_TEST

START_TEST(no_memory_leaves_nothing_behind)
{
	ration supply = { 0 };
	const kpi_allocator a = { ration_resize, &supply };
	kpi_status status = KPI_ENOMEM;

	for (int64_t n = 1; status == KPI_ENOMEM; n++) {
		kpi__hours *hours;
		kpi__open_time t = { 0 };

		ration_fail(&supply, n, _i);
		status = kpi__hours_parse(&hours,
		    "Jan 1 off; Mo-Fr 08:00-18:00,20:00-21:00", 40, &a, NULL);
		if (status == KPI_OK)
			status = kpi__open_time_init(
			    &t, hours, NULL, 0, 40 * KPI__DAY_MS, &a);
		kpi__open_time_free(&t);
		kpi__hours_free(hours);
		ck_assert_int_eq(supply.blocks, 0);
		ck_assert_int_eq(supply.failed, status == KPI_ENOMEM);
	}
	ck_assert_int_eq(status, KPI_OK);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("open_time");
	TCase *tc = tcase_create("core");

	tcase_add_loop_test(tc,
	    what_is_open_is_what_a_clock_shows_minute_by_minute, 0,
	    COUNT(zones));
	tcase_add_loop_test(
	    tc, examples_are_as_worked_out_by_hand, 0, COUNT(examples));
	tcase_add_test(
	    tc, it_opens_at_the_instant_and_is_closed_at_that_of_closing);
	tcase_add_test(tc, out_of_the_range_nothing_is_open);
	tcase_add_test(tc, a_range_of_more_than_a_thousand_years_is_refused);
	tcase_add_loop_test(tc, no_memory_leaves_nothing_behind, 0, 2);
	suite_add_tcase(s, tc);
	return s;
}
