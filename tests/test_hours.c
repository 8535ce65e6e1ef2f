/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "time/calendar.h"
#include "time/hours.h"
#include "naive_hours.h"
#include "runner.h"

#define COUNT(table) ((int)(sizeof(table) / sizeof((table)[0])))

static kpi__hours *
hours_of(const char *text)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi__hours *hours;

	ck_assert_msg(kpi__hours_parse(&hours, text, strlen(text),
			  &kpi__default_allocator, &error) == KPI_OK,
	    "%s: %s", text, error.text);
	return hours;
}

static void
check_text(const kpi__hours *hours, const char *text)
{
	kpi__buffer b;

	kpi__buffer_init(&b, &kpi__default_allocator);
	kpi__hours_text(hours, &b);
	kpi__buffer_put_byte(&b, 0);
	ck_assert_int_eq(b.status, KPI_OK);
	ck_assert_str_eq((const char *)b.bytes, text);
	kpi__buffer_free(&b);
}

static const struct {
	const char *written, *canonical;
} texts[] = {
	{ "Mo-Fr 08:00-18:00", "Mo-Fr 08:00-18:00" },
	{ "24/7", "24/7" },
	{ "00:00-24:00", "24/7" },
	{ "Mo-Su 00:00-24:00", "24/7" },
	{ "24/7; Dec 25 off", "24/7; Dec 25 off" },
	{ "mo-fr 8:00-12:30 , 13:30 - 18:00;SA 10:00-14:00",
	    "Mo-Fr 08:00-12:30,13:30-18:00; Sa 10:00-14:00" },
	{ "  closed  ", "off" },
	{ "Mo,We,Fr 09:00-10:00", "Mo,We,Fr 09:00-10:00" },
	{ "Fr,Mo,Tu 09:00-10:00", "Mo-Tu,Fr 09:00-10:00" },
	{ "Fr-Mo 09:00-10:00", "Fr-Mo 09:00-10:00" },
	{ "Su,Mo off", "Su-Mo off" },
	{ "Su-Sa 09:00-10:00", "09:00-10:00" },
	{ "13:00-14:00,09:00-10:00", "09:00-10:00,13:00-14:00" },
	{ "09:00-10:00,10:00-11:00,10:30-12:00", "09:00-12:00" },
	{ "09:00-10:00,11:00-12:00,09:30-11:00", "09:00-12:00" },
	{ "Fr 22:00-06:00", "Fr 22:00-06:00" },
	{ "Fr 22:00-30:00", "Fr 22:00-06:00" },
	{ "Fr 22:00-00:00", "Fr 22:00-24:00" },
	{ "Fr 08:00-32:00", "Fr 08:00-32:00" },
	{ "Fr 20:00-02:00,01:00-04:00", "Fr 01:00-04:00,20:00-02:00" },
	{ "Dec 25-26 off", "Dec 25-26 off" },
	{ "Dec 25,26 off", "Dec 25,Dec 26 off" },
	{ "Jan 01,Dec 25-26 off", "Jan 1,Dec 25-26 off" },
	{ "Dec 24-Jan 2 off", "Dec 24-Jan 2 off" },
	{ "2026 Dec 24 09:00-12:00", "2026 Dec 24 09:00-12:00" },
	{ "2026 Dec 24-Jan 2 off", "2026 Dec 24-2027 Jan 2 off" },
	{ "2026 Dec 24-2027 Jan 2 off", "2026 Dec 24-2027 Jan 2 off" },
	{ "2026 Apr 3,6,May 1 off", "2026 Apr 3,2026 Apr 6,2026 May 1 off" },
	{ "Jul-Aug Mo-Fr 09:00-12:00", "Jul-Aug Mo-Fr 09:00-12:00" },
	{ "Jul 1-Aug 31 off", "Jul-Aug off" },
	{ "Feb 1-29 off", "Feb off" },
	{ "Feb 1-28 off", "Feb 1-28 off" },
	{ "2026 Feb off", "2026 Feb off" },
	{ "2027 Dec-Feb off", "2027 Dec-2028 Feb off" },
	{ "2028 Mar-Feb off", "2028 Mar-2029 Feb off" },
	{ "2026 Feb 1-28 off", "2026 Feb off" },
	{ "Feb 29 off", "Feb 29 off" },
	{ "Dec 09:00-12:00", "Dec 09:00-12:00" },
	{ "Dec 24 09:00-12:00", "Dec 24 09:00-12:00" },
	{ "Dec 24 We 09:00-12:00", "Dec 24 We 09:00-12:00" },
	{ "0800 Dec 24 off", "0800 Dec 24 off" },
};

START_TEST(a_text_has_one_form)
{
	kpi__hours *hours = hours_of(texts[_i].written);

	check_text(hours, texts[_i].canonical);
	kpi__hours_free(hours);
	hours = hours_of(texts[_i].canonical);
	check_text(hours, texts[_i].canonical);
	kpi__hours_free(hours);
}
END_TEST

static const struct {
	const char *text;
	int column;
	const char *error; /* a part of it */
} wrong[] = {
	{ "", 1, "end where a date (Dec 24), a weekday (Mo to Su)" },
	{ "  ", 3, "the hours end where" },
	{ "Mo-Fr", 6, "the hours end where" },
	{ "Mo-Fr 08:00-18:00;", 19, "the hours end where" },
	{ "Monday 08:00-18:00", 1,
	    "expected a date (Dec 24), a weekday (Mo to "
	    "Su), a time (08:00-17:30), off or 24/7, not \"Monday\"" },
	{ "Mo-Fri 08:00-18:00", 4,
	    "expected a weekday, Mo to Su, not \"Fri\"" },
	{ "Mo-Fr 8-17", 7,
	    "a time from 00:00 to 23:59, as in 08:00-17:30, not "
	    "\"8-17\"" },
	{ "Mo-Fr 8am-5pm", 7, "a time from 00:00 to 23:59" },
	{ "Mo-Fr 24:00-26:00", 7, "a time from 00:00 to 23:59" },
	{ "Mo-Fr 08:60-18:00", 7, "a time from 00:00 to 23:59" },
	{ "Mo-Fr 08:00-48:01", 13, "a time of closing from 00:00 to 48:00" },
	{ "Mo-Fr 08:00", 12, "the hours end where - and the time of closing" },
	{ "Mo-Fr 08:00+", 12, "- and the time of closing" },
	{ "Mo-Fr 08:00-08:00", 13, "00:00-24:00 is a whole day" },
	{ "Mo-Fr 0800-1800", 7,
	    "a time from 00:00 to 23:59, as in "
	    "08:00-17:30, not \"0800-1800\"" },
	{ "0800-1800", 1, "times as in 08:00-17:30, not \"0800-1800\"" },
	{ "Mo-Fr 08:00-18:00, Sa 10:00-14:00", 20, "not \"Sa\"" },
	{ "Mo-Fr 08:00-18:00 Sa 10:00-14:00", 19,
	    "expected ; before another rule, or the end, not \"Sa\"" },
	{ "2026-12-24 off", 1,
	    "expected the date as 2026 Dec 24, not \"2026-12-24\"" },
	{ "Mo-Fr 08:00-18:00; 2026-01-01 off", 20, "the date as 2026 Jan 1" },
	{ "2026-13-24 off", 1, "a date as 2026 Dec 24" },
	{ "2026 off", 6, "expected a month, Jan to Dec, not \"off\"" },
	{ "2026 09:00-12:00", 6, "a month after the year, as in 2026 Dec 24" },
	{ "2026", 5, "a month after the year, as in 2026 Dec 24" },
	{ "0000 Dec 24 off", 1, "a year from 0001 on" },
	{ "24.12. off", 1, "a time from 00:00 to 23:59" },
	{ "December 24 off", 1, "not \"December\"" },
	{ "Feb 30 off", 1, "a day of Feb, 1 to 29, not \"Feb\"" },
	{ "2026 Feb 29 off", 1, "a day of Feb, 1 to 28" },
	{ "Dec 0 off", 1, "a day of Dec, 1 to 31" },
	{ "Dec 25-32 off", 8, "a day of Dec, 1 to 31" },
	{ "Dec 26-25 off", 8, "an end that is not before the beginning" },
	{ "2027 Jan 2-2026 Dec 24 off", 12,
	    "an end that is not before the beginning" },
	{ "24/7; 9999 Dec 31-Jan 3 off", 19, "in the year 9999 or before" },
	{ "Dec 24-2027 Jan 2 off", 8, "no year here" },
	{ "Dec 24-off", 8, "a month, Jan to Dec" },
	{ "PH off", 1, "the dates of holidays, as in Dec 25-26 off" },
	{ "Mo Dec 24 off", 4, "not \"Dec\"" },
	{ "08:00-18:00\t", 12, "or the end" },
	{ "sunrise-sunset", 1, "a time (08:00-17:30)" },
	{ "24/8", 1, "a time from" },
};

START_TEST(a_wrong_text_is_refused_with_its_column)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi__hours *hours = (kpi__hours *)&error;

	ck_assert_int_eq(
	    kpi__hours_parse(&hours, wrong[_i].text, strlen(wrong[_i].text),
		&kpi__default_allocator, &error),
	    KPI_EPARSE);
	ck_assert_ptr_null(hours);
	ck_assert_str_eq(error.field, "hours");
	ck_assert_msg(strstr(error.text, wrong[_i].error) != NULL, "%s: %s",
	    wrong[_i].text, error.text);
	ck_assert_msg(error.column == wrong[_i].column, "%s: column %d",
	    wrong[_i].text, (int)error.column);
}
END_TEST

START_TEST(no_byte_of_a_text_is_read_past_its_size)
{
	static const char all[] =
	    "2026 Dec 24-2027 Jan 2,Feb 3 Mo-We,Fr 08:00-12:30,22:00-06:00; "
	    "24/7; PH off";

	for (size_t size = 0; size < sizeof(all); size++) {
		char *exact = malloc(size == 0 ? 1 : size);
		kpi__hours *hours;

		ck_assert_ptr_nonnull(exact);
		memcpy(exact, all, size);
		if (kpi__hours_parse(&hours, exact, size,
			&kpi__default_allocator, NULL) == KPI_OK)
			kpi__hours_free(hours);
		free(exact);
	}
}
END_TEST

static int
is_open(const kpi__hours *hours, int64_t minute)
{
	for (int64_t back = 0; back <= 1; back++) {
		const kpi__open_span *span;
		const size_t count =
		    kpi__hours_of_day(hours, minute / 1440 - back, &span);
		const int64_t at = minute % 1440 + back * 1440;

		for (size_t i = 0; i < count; i++)
			if (at >= span[i].begin && at < span[i].until)
				return 1;
	}
	return 0;
}

START_TEST(random_hours_open_what_their_rules_name_and_keep_it_as_text)
{
	uint64_t seed = 5;

	for (int trial = 0; trial < 400; trial++) {
		struct naive_hours h;
		kpi__hours *hours, *again;
		kpi__buffer b;

		naive_hours_random(&h, &seed, 2025);
		hours = hours_of(h.text);
		kpi__buffer_init(&b, &kpi__default_allocator);
		kpi__hours_text(hours, &b);
		kpi__buffer_put_byte(&b, 0);
		again = hours_of((const char *)b.bytes);
		check_text(again, (const char *)b.bytes);
		/* 2024 to 2028, leap days and turns of the year among them. */
		for (int64_t m = INT64_C(19700) * 1440;
		     m < INT64_C(21500) * 1440; m += 997) {
			const int open = naive_is_open(&h, m);

			if (is_open(hours, m) != open ||
			    is_open(again, m) != open)
				ck_abort_msg("%s, or %s, at minute %d", h.text,
				    (const char *)b.bytes, (int)m);
		}
		kpi__buffer_free(&b);
		kpi__hours_free(again);
		kpi__hours_free(hours);
	}
}
END_TEST

/* Pieces of hours, put together at random. */
START_TEST(whatever_is_understood_has_one_form)
{
	static const char *const piece[] = { "Mo", "Fr", "su", "-", "-", ",",
		",", ";", " ", " ", "08:00", "22:30", "6:00", "30:00", "24/7",
		"off", "Dec", "Feb", "2026", "2028", "29", "24", "1", "0" };
	uint64_t seed = 17;
	int understood = 0;

	for (int trial = 0; trial < 300000; trial++) {
		char text[160] = "";
		kpi__hours *hours, *again;
		kpi__buffer b;

		for (int n = 2 + trial % 9; n > 0; n--) {
			seed = seed * UINT64_C(6364136223846793005) + 1;
			(void)strcat(text, piece[(seed >> 33) % COUNT(piece)]);
		}
		if (kpi__hours_parse(&hours, text, strlen(text),
			&kpi__default_allocator, NULL) != KPI_OK)
			continue;
		understood++;
		kpi__buffer_init(&b, &kpi__default_allocator);
		kpi__hours_text(hours, &b);
		kpi__buffer_put_byte(&b, 0);
		ck_assert_int_eq(b.status, KPI_OK);
		again = hours_of((const char *)b.bytes);
		check_text(again, (const char *)b.bytes);
		kpi__buffer_free(&b);
		kpi__hours_free(again);
		kpi__hours_free(hours);
	}
	ck_assert_int_gt(understood, 500);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("hours");
	TCase *tc = tcase_create("core");

	tcase_add_loop_test(tc, a_text_has_one_form, 0, COUNT(texts));
	tcase_add_loop_test(
	    tc, a_wrong_text_is_refused_with_its_column, 0, COUNT(wrong));
	tcase_add_test(tc, no_byte_of_a_text_is_read_past_its_size);
	tcase_add_test(
	    tc, random_hours_open_what_their_rules_name_and_keep_it_as_text);
	tcase_add_test(tc, whatever_is_understood_has_one_form);
	suite_add_tcase(s, tc);
	return s;
}
