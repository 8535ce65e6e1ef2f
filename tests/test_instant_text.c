/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include <kpi.h>

#include "runner.h"

static kpi_query *query;

static void
open_query(void)
{
	ck_assert_int_eq(kpi_query_new(&query, NULL, NULL), KPI_OK);
	ck_assert_int_eq(
	    kpi_query_time_zone(query, "Europe/Berlin", NULL), KPI_OK);
}

static void
close_query(void)
{
	kpi_query_free(query);
}

static const struct {
	const char *text, *utc, *berlin;
} texts[] = {
	{ "2026-10-01", "2026-10-01T00:00:00+00:00",
	    "2026-10-01T00:00:00+02:00" },
	{ "2026-12-01 09:30", "2026-12-01T09:30:00+00:00",
	    "2026-12-01T09:30:00+01:00" },
	{ "2026-10-01T00:00:00Z", "2026-10-01T00:00:00+00:00",
	    "2026-10-01T02:00:00+02:00" },
	{ "2026-10-01T00:00:00.250-0230", "2026-10-01T02:30:00.250+00:00",
	    "2026-10-01T04:30:00.250+02:00" },
	/* shown twice, and never */
	{ "2026-10-25T02:30", "2026-10-25T02:30:00+00:00",
	    "2026-10-25T02:30:00+02:00" },
	{ "2026-03-29T02:30", "2026-03-29T02:30:00+00:00",
	    "2026-03-29T03:00:00+02:00" },
};

START_TEST(a_time_without_an_offset_is_wall_time_in_the_zone_of_the_query)
{
	const kpi_query *const of[] = { NULL, query };
	const char *const right[] = { texts[_i].utc, texts[_i].berlin };

	for (int i = 0; i < 2; i++) {
		char text[KPI_INSTANT_TEXT];
		int64_t at = 0;

		ck_assert_int_eq(
		    kpi_instant_parse(&at, of[i], texts[_i].text, NULL),
		    KPI_OK);
		ck_assert_int_eq(
		    kpi_instant_format(of[i], at, text, sizeof(text), NULL),
		    KPI_OK);
		ck_assert_str_eq(text, right[i]);
	}
}
END_TEST

static const char *const wrong[] = { "", "yesterday", "2026-1-01", "2026-10-01T", "2026-10-01T24:00", "2026-10-01T09",
	"2026-10-01T09:30+2", "2026-10-01Z", " 2026-10-01", "2026-10-01 ",
	"0000-12-31", "1790812800000" };

START_TEST(what_is_no_time_says_how_a_time_is_written)
{
	kpi_error error = KPI_ERROR_INIT;
	int64_t at = 7;

	ck_assert_int_eq(
	    kpi_instant_parse(&at, query, wrong[_i], &error), KPI_EPARSE);
	ck_assert_int_eq(at, 7);
	ck_assert_int_eq(error.status, KPI_EPARSE);
	ck_assert_ptr_nonnull(strstr(error.text, "2026-10-01T09:30"));
}
END_TEST

static const char *const days[] = { "2026-13-01", "2026-02-29",
	"2026-11-31T09:30", "2026-00-10" };

START_TEST(a_day_that_no_calendar_has_is_told_so)
{
	kpi_error error = KPI_ERROR_INIT;
	char said[64];
	int64_t at = 7;

	(void)snprintf(
	    said, sizeof(said), "there is no day \"%.10s\"", days[_i]);
	ck_assert_int_eq(
	    kpi_instant_parse(&at, query, days[_i], &error), KPI_EPARSE);
	ck_assert_int_eq(at, 7);
	ck_assert_str_eq(error.text, said);
}
END_TEST

START_TEST(nothing_is_written_where_there_is_no_instant_or_no_room)
{
	static const int64_t none[] = { KPI_UNKNOWN, INT64_MAX,
		INT64_C(-62135596800001), INT64_C(253402300800000) };
	char text[KPI_INSTANT_TEXT] = "as it was";

	for (size_t i = 0; i < sizeof(none) / sizeof(*none); i++)
		ck_assert_int_eq(kpi_instant_format(
				     query, none[i], text, sizeof(text), NULL),
		    KPI_EINVAL);
	ck_assert_int_eq(kpi_instant_format(NULL, 0, text,
			     sizeof("1970-01-01T00:00:00+00:00") - 1, NULL),
	    KPI_EINVAL);
	ck_assert_int_eq(
	    kpi_instant_format(NULL, 0, NULL, 40, NULL), KPI_EINVAL);
	ck_assert_str_eq(text, "as it was");
	ck_assert_int_eq(kpi_instant_format(NULL, 0, text,
			     sizeof("1970-01-01T00:00:00+00:00"), NULL),
	    KPI_OK);
	ck_assert_str_eq(text, "1970-01-01T00:00:00+00:00");
	ck_assert_int_eq(
	    kpi_instant_parse(NULL, NULL, "2026-10-01", NULL), KPI_EINVAL);
	ck_assert_int_eq(
	    kpi_instant_parse(&(int64_t){ 0 }, NULL, NULL, NULL), KPI_EINVAL);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("instant_text");
	TCase *c = tcase_create("instant_text");

	tcase_add_checked_fixture(c, open_query, close_query);
	tcase_add_loop_test(c,
	    a_time_without_an_offset_is_wall_time_in_the_zone_of_the_query, 0,
	    sizeof(texts) / sizeof(*texts));
	tcase_add_loop_test(c, a_day_that_no_calendar_has_is_told_so, 0,
	    sizeof(days) / sizeof(*days));
	tcase_add_loop_test(c, what_is_no_time_says_how_a_time_is_written, 0,
	    sizeof(wrong) / sizeof(*wrong));
	tcase_add_test(
	    c, nothing_is_written_where_there_is_no_instant_or_no_room);
	suite_add_tcase(s, c);
	return s;
}
