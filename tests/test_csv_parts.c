/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ingest/csv_marks.h"
#include "ingest/csv_name.h"
#include "ingest/csv_number.h"
#include "ingest/csv_time.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static uint64_t seed = 1;

static unsigned
draw(unsigned below)
{
	seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (unsigned)(seed >> 33) % below;
}

START_TEST(marks_are_found_as_in_their_plainest_form)
{
	static const char likely[] = ",;\t\"\n\r \"a\x01\x80\xff\x0b\x2b\x2d";
	char bytes[300];
	uint32_t fast[300], plain[300];

	for (int round = 0; round < 20000; round++) {
		const uint32_t from = draw(40), until = from + draw(250);
		const char separator = likely[draw(3)];
		uint32_t count;

		for (size_t i = 0; i < sizeof(bytes); i++)
			bytes[i] = draw(3) > 0 ? (char)draw(256)
					       : likely[draw(COUNT(likely))];
		count = kpi__csv_marks(bytes, from, until, separator, fast);
		ck_assert_uint_eq(count,
		    kpi__csv_marks_plain(bytes, from, until, separator, plain));
		ck_assert_mem_eq(fast, plain, count * sizeof(*fast));
	}
}
END_TEST

START_TEST(digits_are_read_as_the_number_they_are)
{
	char bytes[32];

	for (int round = 0; round < 300000; round++) {
		const size_t from = draw(8), size = draw(18);
		int64_t value = -7, plain = -7;
		int is_one = size >= 1 && size <= 15;

		for (size_t i = 0; i < sizeof(bytes); i++)
			bytes[i] = (char)('0' + draw(10));
		if (draw(3) == 0)
			bytes[from + draw((unsigned)size + 1)] = (char)draw(256);
		for (size_t i = 0; i < size; i++)
			is_one = is_one && bytes[from + i] >= '0' &&
			    bytes[from + i] <= '9';
		ck_assert_int_eq(
		    kpi__csv_digits(bytes + from, size, &value), is_one);
		if (is_one)
			ck_assert(kpi__csv_scaled(
			    bytes + from, size, 1, ',', 1, &plain));
		ck_assert_int_eq(value, plain);
	}
}
END_TEST

START_TEST(every_byte_is_told_from_a_mark)
{
	char bytes[16];
	uint32_t mark[16];

	for (int b = 0; b < 256; b++)
		for (uint32_t at = 0; at < 8; at++) {
			memset(bytes, 'x', sizeof(bytes));
			bytes[at] = (char)b;
			ck_assert_uint_eq(
			    kpi__csv_marks(bytes, 0, 16, ';', mark),
			    b == ';' || b == '\n' || b == '"');
		}
}
END_TEST

static const struct {
	const char *text;
	int64_t scale;
	char separator;
	int exact, is;
	int64_t value;
} numbers[] = {
	{ "0", 1, ',', 1, 1, 0 },
	{ "12", 1000, ',', 0, 1, 12000 },
	{ "-12", 1, ',', 1, 1, -12 },
	{ "+12", 1, ',', 1, 1, 12 },
	{ "5.0", 1, ',', 1, 1, 5 },
	{ "5.5", 1, ',', 1, 0, 0 },
	{ "5.5", 1, ',', 0, 1, 6 },
	{ ".5", 1000, ',', 0, 1, 500 },
	{ "0.0004", 1000, ',', 0, 1, 0 },
	{ "0.0005", 1000, ',', 0, 1, 1 },
	{ "12.34", 100, ',', 1, 1, 1234 },
	{ "12.345", 100, ',', 1, 0, 0 },
	{ "3383.436944", 3600000, ',', 0, 1, INT64_C(12180372998) },
	{ "1.00000000001", 1, ',', 1, 0, 0 },
	{ "1,5", 1000, ';', 0, 1, 1500 },
	{ "1,5", 1000, ',', 0, 0, 0 },
	{ "1,500", 1000, '\t', 0, 0, 0 },
	{ "1.000,5", 1, ';', 0, 0, 0 },
	{ "1000000000000000", 1, ',', 1, 1, INT64_C(1000000000000000) },
	{ "1000000000000001", 1, ',', 1, 0, 0 },
	{ "999999999999999", 86400000, ',', 0, 0, 0 },
	{ "99999999999999999999999", 1, ',', 0, 0, 0 },
	{ "", 1, ',', 0, 0, 0 },
	{ "-", 1, ',', 0, 0, 0 },
	{ ".", 1, ',', 0, 0, 0 },
	{ "5.", 1, ',', 0, 0, 0 },
	{ "1e3", 1, ',', 0, 0, 0 },
	{ "0x1", 1, ',', 0, 0, 0 },
	{ "1 2", 1, ',', 0, 0, 0 },
};

START_TEST(a_number_is_scaled)
{
	int64_t value = 77;
	const int is = kpi__csv_scaled(numbers[_i].text,
	    strlen(numbers[_i].text), numbers[_i].scale, numbers[_i].separator,
	    numbers[_i].exact, &value);

	ck_assert_int_eq(is, numbers[_i].is);
	ck_assert_int_eq(value, is ? numbers[_i].value : 77);
}
END_TEST

static const struct {
	const char *text;
	const char *form;
	int is;
	int64_t ms;
} durations[] = {
	{ "0:00:08", "", 1, 8000 },
	{ "1:02:03.5", "", 1, 3723500 },
	{ "100:00:00", "", 1, 360000000 },
	{ "5:30", "", KPI__CSV_NO_DURATION, 0 },
	{ "5:30", "m:ss", 1, 330000 },
	{ "90:30", "m:ss", 1, 5430000 },
	{ "5:30", "h:mm", 1, 19800000 },
	{ "5:60", "m:ss", KPI__CSV_NO_DURATION, 0 },
	{ "0:60:00", "", KPI__CSV_NO_DURATION, 0 },
	{ "1:2:3:4", "", KPI__CSV_NO_DURATION, 0 },
	{ "1:", "m:ss", KPI__CSV_NO_DURATION, 0 },
	{ ":30", "m:ss", KPI__CSV_NO_DURATION, 0 },
	{ "8", "", KPI__CSV_NO_UNIT, 0 },
	{ "8", "s", 1, 8000 },
	{ "8", "ms", 1, 8 },
	{ "8", "min", 1, 480000 },
	{ "1.5", "h", 1, 5400000 },
	{ "8 s", "min", 1, 8000 },
	{ "8 Secs", "", 1, 8000 },
	{ "250ms", "", 1, 250 },
	{ "0:00:08", "s", 1, 8000 },
	{ "8m", "", KPI__CSV_NO_DURATION, 0 },
	{ "s", "", KPI__CSV_NO_DURATION, 0 },
	{ "-", "", KPI__CSV_NO_DURATION, 0 },
	{ "", "s", KPI__CSV_NO_DURATION, 0 },
	{ "99999999999999:00:00", "", KPI__CSV_NO_DURATION, 0 },
};

START_TEST(a_duration_says_its_unit_or_the_form_does)
{
	const kpi__field *const wait = kpi__field_find(KPI_FIELD_WAIT);
	kpi__csv_form form;
	int64_t ms = 0;

	ck_assert_int_eq(
	    kpi__csv_form_read(&form, wait, durations[_i].form, NULL), KPI_OK);
	ck_assert_int_eq(kpi__csv_duration(durations[_i].text,
			     strlen(durations[_i].text), &form, ',', &ms),
	    durations[_i].is);
	if (durations[_i].is == 1)
		ck_assert_int_eq(ms, durations[_i].ms);
}
END_TEST

#define NINE INT64_C(1790845200000) /* 2026-10-01T09:00:00Z */

static const struct {
	const char *pattern, *text;
	int is, is_local;
	int64_t ms;
} times[] = {
	{ "%d/%m/%Y %H:%M", "01/10/2026 09:00", 1, 1, NINE },
	{ "%d/%m/%Y %H:%M", "1/10/2026  9:00", 1, 1, NINE },
	{ "%m/%d/%y %I:%M %p", "10/1/26 9:00 AM", 1, 1, NINE },
	{ "%m/%d/%y %I:%M:%S%p", "10/1/26 12:00:01am", 1, 1,
	    NINE - 9 * 3600000 + 1000 },
	{ "%m/%d/%y %I:%M %p", "10/1/26 12:30 pm", 1, 1, NINE + 12600000 },
	{ "%a %b %e %T %z %Y", "Thu Oct  1 11:00:00 +0200 2026", 1, 0, NINE },
	{ "%d %B %Y, %H.%M", "1 October 2026, 09.00", 1, 1, NINE },
	{ "%FT%T.%f%z", "2026-10-01T09:00:00.25Z", 1, 0, NINE + 250 },
	{ "%D %R", "10/01/26 09:00", 1, 1, NINE },
	{ "%d.%m.%y%%", "01.10.26%", 1, 1, NINE - 9 * 3600000 },
	{ "%d/%m/%y", "01/01/69", 1, 1, -INT64_C(31536000000) },
	{ "%d/%m/%Y", "31/02/2026", 0, 0, 0 },
	{ "%d/%m/%Y", "32/01/2026", 0, 0, 0 },
	{ "%d/%m/%Y", "01/13/2026", 0, 0, 0 },
	{ "%d/%m/%Y", "01/10/2026 09:00", 0, 0, 0 },
	{ "%d/%m/%Y", "01-10-2026", 0, 0, 0 },
	{ "%d/%m/%Y", "", 0, 0, 0 },
	{ "%d/%m/%Y %H:%M", "01/10/2026 24:00", 0, 0, 0 },
	{ "%d/%m/%Y %I:%M %p", "01/10/2026 13:00 PM", 0, 0, 0 },
	{ "%d %b %Y", "1 Okt 2026", 0, 0, 0 },
	{ "%d %b %Y", "1 J 2026", 0, 0, 0 },
	{ "%F%z", "0001-01-01+01:00", 0, 0, 0 },
};

START_TEST(a_pattern_reads_times)
{
	int64_t ms = 77;
	int is_local = 0;
	const int is = kpi__csv_pattern_read(times[_i].pattern, times[_i].text,
	    strlen(times[_i].text), NULL, &ms, &is_local);

	ck_assert_int_eq(
	    kpi__csv_pattern_check(times[_i].pattern, NULL), KPI_OK);
	ck_assert_int_eq(is, times[_i].is);
	ck_assert_int_eq(ms, is ? times[_i].ms : 77);
	ck_assert_int_eq(is_local, times[_i].is_local);
}
END_TEST

START_TEST(a_time_of_iso_8601_has_an_offset_or_not)
{
	static const struct {
		const char *text;
		int is, is_local;
	} cases[] = {
		{ "2026-10-01T09:00:00Z", 1, 0 },
		{ "2026-10-01T11:00:00+02:00", 1, 0 },
		{ "2026-10-01 05:00-0400", 1, 0 },
		{ "2026-10-01 09:00:00", 1, 1 },
		{ "2026-10-01 09:00:00.000", 1, 1 },
		{ "2026-10-01T09", 0, 0 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t ms = NINE;
		int is_local = 0;

		ck_assert_int_eq(
		    kpi__csv_iso_read(cases[i].text, strlen(cases[i].text),
			NULL, &ms, &is_local),
		    cases[i].is);
		ck_assert_int_eq(ms, NINE);
		ck_assert_int_eq(is_local, cases[i].is_local);
	}
}
END_TEST

START_TEST(every_field_is_found_by_its_name)
{
	for (uint32_t f = 0; f < KPI__FIELDS; f++) {
		const kpi__field *const field = kpi__field_at(f);
		kpi__csv_form form;
		int is_own;

		ck_assert_ptr_eq(kpi__csv_field_named(field->name,
				     strlen(field->name), &form, &is_own),
		    field);
		ck_assert_int_eq(is_own, 1);
	}
}
END_TEST

static const struct {
	const char *name;
	int32_t field; /* 0: none */
	int64_t scale;
} names[] = {
	{ "Wait (s)", KPI_FIELD_WAIT, 1000 },
	{ "wait_ms", KPI_FIELD_WAIT, 1 },
	{ "TALK TIME [min]", KPI_FIELD_TALK, 60000 },
	{ "billsec", KPI_FIELD_TALK, 1000 },
	{ "Opened at", KPI_FIELD_STARTED_AT, 1 },
	{ "Agent Name", KPI_FIELD_AGENT, 1 },
	{ "ACW (sec)", KPI_FIELD_AFTER_CALL, 1000 },
	{ "queue s", 0, 0 },
	{ "date", 0, 0 },
	{ "s", 0, 0 },
	{ "(s)", 0, 0 },
	{ "", 0, 0 },
	{ "--", 0, 0 },
};

START_TEST(a_usual_name_is_a_field_with_its_unit)
{
	kpi__csv_form form;
	int is_own;
	const kpi__field *const field = kpi__csv_field_named(
	    names[_i].name, strlen(names[_i].name), &form, &is_own);

	ck_assert_int_eq(field == NULL ? 0 : field->number, names[_i].field);
	if (field != NULL)
		ck_assert_int_eq(form.scale, names[_i].scale);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("csv_parts");
	TCase *t = tcase_create("csv_parts");

	tcase_add_test(t, marks_are_found_as_in_their_plainest_form);
	tcase_add_test(t, digits_are_read_as_the_number_they_are);
	tcase_add_test(t, every_byte_is_told_from_a_mark);
	tcase_add_loop_test(t, a_number_is_scaled, 0, (int)COUNT(numbers));
	tcase_add_loop_test(t, a_duration_says_its_unit_or_the_form_does, 0,
	    (int)COUNT(durations));
	tcase_add_loop_test(t, a_pattern_reads_times, 0, (int)COUNT(times));
	tcase_add_test(t, a_time_of_iso_8601_has_an_offset_or_not);
	tcase_add_test(t, every_field_is_found_by_its_name);
	tcase_add_loop_test(
	    t, a_usual_name_is_a_field_with_its_unit, 0, (int)COUNT(names));
	suite_add_tcase(s, t);
	return s;
}

#include "runner.h"
