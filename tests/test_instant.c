/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "time/calendar.h"
#include "time/instant.h"
#include "tzif_bytes.h"
#include "runner.h"

#define CENTRAL_EUROPE "CET-1CEST,M3.5.0,M10.5.0/3"

START_TEST(every_day_of_ten_thousand_years_is_its_date)
{
	kpi__date d = { 0, 1, 1 };
	int64_t day = kpi__day_of(0, 1, 1);
	int32_t weekday = kpi__weekday_of(day);

	ck_assert_int_eq(day, -719528);
	for (; d.year <= 10000; day++) {
		const kpi__date found = kpi__date_of(day);

		if (found.year != d.year || found.month != d.month ||
		    found.day != d.day ||
		    kpi__day_of(d.year, d.month, d.day) != day ||
		    kpi__weekday_of(day) != weekday)
			ck_abort_msg(
			    "%d-%d-%d", (int)d.year, (int)d.month, (int)d.day);
		weekday = weekday % 7 + 1;
		if (++d.day > kpi__month_length(d.year, d.month)) {
			d.day = 1;
			d.month++;
		}
		if (d.month > 12) {
			d.month = 1;
			d.year++;
		}
	}
}
END_TEST

static const struct {
	int32_t year, month, days;
} months[] = {
	{ 1900, 2, 28 },
	{ 2000, 2, 29 },
	{ 2023, 2, 28 },
	{ 2024, 2, 29 },
	{ 2100, 2, 28 },
	{ 2024, 1, 31 },
	{ 2024, 4, 30 },
	{ 2024, 12, 31 },
};

START_TEST(february_has_29_days_in_leap_years_alone)
{
	ck_assert_int_eq(kpi__month_length(months[_i].year, months[_i].month),
	    months[_i].days);
}
END_TEST

START_TEST(known_days_have_their_weekdays)
{
	ck_assert_int_eq(kpi__weekday_of(0), 4);
	ck_assert_int_eq(kpi__weekday_of(kpi__day_of(2026, 10, 1)), 4);
	ck_assert_int_eq(kpi__weekday_of(kpi__day_of(2000, 1, 3)), 1);
	ck_assert_int_eq(kpi__weekday_of(kpi__day_of(1, 1, 1)), 1);
	ck_assert_int_eq(kpi__weekday_of(kpi__day_of(1969, 12, 28)), 7);
}
END_TEST

START_TEST(a_day_past_its_month_counts_on)
{
	ck_assert_int_eq(kpi__day_of(2023, 2, 31), kpi__day_of(2023, 3, 3));
	ck_assert_int_eq(kpi__day_of(2024, 3, 0), kpi__day_of(2024, 2, 29));
}
END_TEST

/* The text, read in Central Europe, is the instant. */
static const struct {
	const char *text;
	int64_t utc_ms;
} read[] = {
	{ "1970-01-01T00:00:00Z", 0 },
	{ "1970-01-01", -3600000 },
	{ "2026-10-01", 1790805600000 },
	{ "2026-10-01T00:00", 1790805600000 },
	{ "2026-10-01 00:00:00", 1790805600000 },
	{ "2026-10-01T00:00:00+02:00", 1790805600000 },
	{ "2026-10-01T00:00:00+0200", 1790805600000 },
	{ "2026-09-30T22:00Z", 1790805600000 },
	{ "2026-09-30T22:00:00-00:00", 1790805600000 },
	{ "2026-09-30T18:00:00-0400", 1790805600000 },
	{ "2026-10-01T00:19:32+02:19:32", 1790805600000 },
	{ "2026-10-01T00:00:00.1", 1790805600100 },
	{ "2026-10-01T00:00:00.123", 1790805600123 },
	{ "2026-10-01T00:00:00.123999999Z", 1790812800123 },
	{ "2024-02-29T12:00Z", 1709208000000 },
	{ "0001-01-01T00:00:00Z", KPI__TIME_FIRST },
	{ "9999-12-31T23:59:59.999Z", KPI__TIME_LAST },
	{ "0000-12-31T19:00:00-05:00", KPI__TIME_FIRST },
	/* Shown twice: the first; never: the change. */
	{ "2026-10-25T02:30", 1792888200000 },
	{ "2026-03-29T02:30", 1774746000000 },
	{ "2026-03-29T02:00", 1774746000000 },
	{ "2026-03-29T03:00", 1774746000000 },
};

START_TEST(iso_8601_is_read)
{
	kpi__zone *zone = make_zone(0, NULL, 0, CENTRAL_EUROPE);
	int64_t utc_ms = 1;

	ck_assert_int_eq(kpi__parse_instant(read[_i].text,
			     strlen(read[_i].text), zone, &utc_ms),
	    KPI_OK);
	ck_assert_int_eq(utc_ms, read[_i].utc_ms);
	kpi__zone_free(zone);
}
END_TEST

static const char *const refused[] = {
	"",
	" ",
	"2026",
	"2026-10",
	"2026-1-01",
	"26-10-01",
	"2026-13-01",
	"2026-00-01",
	"2026-10-00",
	"2026-10-32",
	"2026-04-31",
	"2023-02-29",
	"1900-02-29",
	"2026-10-01T",
	"2026-10-01t00:00",
	"2026-10-01Z",
	"2026-10-01+02:00",
	"2026-10-01T00",
	"2026-10-01T0000",
	"2026-10-01T24:00",
	"2026-10-01T00:60",
	"2026-10-01T23:59:60Z",
	"2026-10-01T00:00:",
	"2026-10-01T00:00:00.",
	"2026-10-01T00:00:00.1234567890",
	"2026-10-01T00:00:00,5",
	"2026-10-01T00:00Zx",
	"2026-10-01T00:00 ",
	" 2026-10-01T00:00",
	"2026-10-01T00:00+",
	"2026-10-01T00:00+02",
	"2026-10-01T00:00+2:00",
	"2026-10-01T00:00+02:60",
	"2026-10-01T00:00+26:00",
	"2026-10-01T00:00+02:00:",
	"2026-10-01T00:00+02000",
	"-026-10-01",
	"2026/10/01",
	"0001-01-01T00:00:00+00:01",
	"0000-12-31T23:59Z",
	"9999-12-31T23:59:59-00:01",
	"10000-01-01",
};

START_TEST(what_is_no_instant_is_refused)
{
	int64_t utc_ms = 77;

	ck_assert_int_eq(
	    kpi__parse_instant(refused[_i], strlen(refused[_i]), NULL, &utc_ms),
	    KPI_EPARSE);
	ck_assert_int_eq(utc_ms, 77);
}
END_TEST

START_TEST(no_byte_past_the_text_is_read)
{
	const char whole[] = "2026-10-01T00:00:00.123+02:00:30";
	int64_t utc_ms;

	for (size_t size = 0; size < sizeof(whole); size++) {
		char *text = malloc(size + (size == 0));

		ck_assert_ptr_nonnull(text);
		memcpy(text, whole, size);
		(void)!kpi__parse_instant(text, size, NULL, &utc_ms);
		free(text);
	}
	ck_assert_int_eq(
	    kpi__parse_instant("2026-10-01\0", 11, NULL, &utc_ms), KPI_EPARSE);
}
END_TEST

static const struct {
	const char *rule;
	int64_t utc_ms;
	const char *text;
} written[] = {
	{ CENTRAL_EUROPE, 1790805600000, "2026-10-01T00:00:00+02:00" },
	{ CENTRAL_EUROPE, 1790805600123, "2026-10-01T00:00:00.123+02:00" },
	{ CENTRAL_EUROPE, 1790805600007, "2026-10-01T00:00:00.007+02:00" },
	{ CENTRAL_EUROPE, 1792888200000, "2026-10-25T02:30:00+02:00" },
	{ CENTRAL_EUROPE, 1792891800000, "2026-10-25T02:30:00+01:00" },
	{ "UTC0", 0, "1970-01-01T00:00:00+00:00" },
	{ "UTC0", -1, "1969-12-31T23:59:59.999+00:00" },
	{ "AMT-0:19:32", 0, "1970-01-01T00:19:32+00:19:32" },
	{ "NST3:30", 0, "1969-12-31T20:30:00-03:30" },
	{ "UTC0", INT64_MAX, "9999-12-31T23:59:59.999+00:00" },
	{ "UTC0", INT64_MIN, "0001-01-01T00:00:00+00:00" },
	{ "AAA-14", INT64_MAX, "10000-01-01T13:59:59.999+14:00" },
	{ "AAA24:59:59", INT64_MIN, "0000-12-30T23:00:01-24:59:59" },
};

START_TEST(instants_are_written_with_their_offset)
{
	kpi__zone *zone = make_zone(0, NULL, 0, written[_i].rule);
	char text[KPI__INSTANT_SIZE];

	kpi__format_instant(text, zone, written[_i].utc_ms);
	ck_assert_str_eq(text, written[_i].text);
	kpi__zone_free(zone);
}
END_TEST

START_TEST(what_is_written_is_read_back)
{
	kpi__zone *zone = make_zone(0, NULL, 0, CENTRAL_EUROPE);
	uint64_t seed = 1;

	for (int i = 0; i < 20000; i++) {
		char text[KPI__INSTANT_SIZE];
		int64_t utc_ms, back;

		seed =
		    seed * UINT64_C(6364136223846793005) + 1442695040888963407;
		utc_ms = KPI__TIME_FIRST +
		    (int64_t)((seed >> 11) %
			(uint64_t)(KPI__TIME_LAST - KPI__TIME_FIRST -
			    KPI__DAY_MS));
		kpi__format_instant(text, zone, utc_ms);
		ck_assert_int_eq(
		    kpi__parse_instant(text, strlen(text), NULL, &back),
		    KPI_OK);
		ck_assert_int_eq(back, utc_ms);
	}
	kpi__zone_free(zone);
}
END_TEST

#define COUNT(table) ((int)(sizeof(table) / sizeof((table)[0])))

static Suite *
suite(void)
{
	Suite *s = suite_create("instant");
	TCase *tc = tcase_create("calendar");

	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, every_day_of_ten_thousand_years_is_its_date);
	tcase_add_loop_test(
	    tc, february_has_29_days_in_leap_years_alone, 0, COUNT(months));
	tcase_add_test(tc, known_days_have_their_weekdays);
	tcase_add_test(tc, a_day_past_its_month_counts_on);
	suite_add_tcase(s, tc);
	tc = tcase_create("text");
	tcase_add_loop_test(tc, iso_8601_is_read, 0, COUNT(read));
	tcase_add_loop_test(
	    tc, what_is_no_instant_is_refused, 0, COUNT(refused));
	tcase_add_test(tc, no_byte_past_the_text_is_read);
	tcase_add_loop_test(
	    tc, instants_are_written_with_their_offset, 0, COUNT(written));
	tcase_add_test(tc, what_is_written_is_read_back);
	suite_add_tcase(s, tc);
	return s;
}
