/* SPDX-License-Identifier: MIT */
#include "paper.h"
#include "result/rounded.h"

START_TEST(a_gap_in_a_table_says_no_data)
{
	kpi_result *r = series(0, 1);

	ck_assert_prints(r, KPI_FORMAT_TABLE,
	    "time        service_level  95 % by contact  counted  left out\n"
	    "2026-10-24         50.0 %      15.0\xe2\x80\x93"
	    "85.0 %"
	    "   2 of 4\n"
	    "2026-10-25        no data\n"
	    "2026-10-26        no data\n"
	    "2026-10-27       immature                            5 "
	    "immature\n");
	kpi_result_free(r);
}
END_TEST

START_TEST(a_series_by_group_shows_none)
{
	kpi_result *r = series(1, 1);

	ck_assert_prints(r, KPI_FORMAT_TABLE,
	    "agent  time        service_level  95 % by contact  counted  left "
	    "out\n"
	    "amira  2026-10-24         50.0 %      15.0\xe2\x80\x93"
	    "85.0 %"
	    "   2 of 4\n"
	    "amira  2026-10-27       immature                            5 "
	    "immature\n");
	kpi_result_free(r);
}
END_TEST

START_TEST(the_hour_that_autumn_repeats_is_two)
{
	const kpi__frame frame = frame_of(0, KPI_BUCKET_HOUR);
	const kpi__shape shape = shape_of("contacts", KPI_METRIC_CONTACTS,
	    KPI__COUNT, KPI_UNIT_COUNT, BIT(NUMERATOR));
	const int64_t two = instant("2026-10-25T02:00:00+02:00");
	const int64_t three = instant("2026-10-25T03:00:00+01:00");
	static const int64_t one = 1;
	kpi_result *r = new_result(&frame, &shape, 1);

	add_row(r, NULL, two, two + 3600000, &one);
	add_row(r, NULL, three, three + 3600000, &one);
	finish(r);
	ck_assert_prints(r, KPI_FORMAT_TABLE,
	    "time                     contacts\n"
	    "2026-10-25 02:00 +02:00         1\n"
	    "2026-10-25 02:00 +01:00         0\n"
	    "2026-10-25 03:00 +01:00         1\n");
	kpi_result_free(r);
}
END_TEST

START_TEST(without_groups_metrics_stand_below_one_another)
{
	const kpi__frame frame = frame_of(0, KPI_BUCKET_NONE);
	kpi__shape shapes[3];
	static const int64_t sums[] = { 3, 0, 0, 4, 0, 1060, 860, 9, 585,
		1000 };
	kpi_result *r;

	shapes[0] = share_shape("service_level service_level_threshold=30s");
	shapes[1] = shape_of("average_handle_time",
	    KPI_METRIC_AVERAGE_HANDLE_TIME, KPI__MEAN, KPI_UNIT_MS, BOTH);
	shapes[2] = shape_of("contacts", KPI_METRIC_CONTACTS, KPI__COUNT,
	    KPI_UNIT_COUNT, BIT(NUMERATOR));
	shapes[1].bounded = 0;
	r = new_result(&frame, shapes, 3);
	add_row(r, NULL, KPI_UNKNOWN, KPI_UNKNOWN, sums);
	finish(r);
	ck_assert_prints(r, KPI_FORMAT_TABLE,
	    "metric                value  95 % by contact      counted  left "
	    "out\n"
	    "service_level [1]    81.1 %      78.7\xe2\x80\x93"
	    "83.4 %  860 of 1060  3 unknown, 4 immature\n"
	    "average_handle_time   0.1 s                             9\n"
	    "contacts               1000\n"
	    "\n"
	    "[1] service_level service_level_threshold=30s\n");
	kpi_result_free(r);
}
END_TEST

static kpi_result *
two_metrics(const char *first)
{
	const kpi__frame frame = frame_of(1, KPI_BUCKET_NONE);
	kpi__shape shapes[2];
	static const char *const groups[] = { "am\xc3\xa9lie",
		"\xe6\x97\xa5\xe6\x9c\xac", "e\xcc\x81", NULL };
	static const int64_t sums[] = { 20, 10, 2000 };
	kpi_result *r;

	shapes[0] = shape_of(
	    first, KPI_METRIC_SERVICE_LEVEL, KPI__SHARE, KPI_UNIT_SHARE, BOTH);
	shapes[1] = shape_of("contacts", KPI_METRIC_CONTACTS, KPI__COUNT,
	    KPI_UNIT_COUNT, BIT(NUMERATOR));
	r = new_result(&frame, shapes, 2);
	for (int i = 0; i < 4; i++)
		add_row(r, &groups[i], KPI_UNKNOWN, KPI_UNKNOWN, sums);
	finish(r);
	return r;
}

#define ANSWERED                                                            \
	"service_level_denominator=answered_short,answered_in,answered_out"
#define LONG_NAME "first_contact_resolution_of_what_is_resolvable"
#define SPACES    "                                         "
#define FIGURE                                                                 \
	"  50.0 %      29.9\xe2\x80\x93"                                       \
	"70.1 %  10 of 20\n"

START_TEST(groups_are_lines_and_metrics_columns_where_they_fit)
{
	kpi_result *r = two_metrics("service_level");

	ck_assert_prints(r, KPI_FORMAT_TABLE,
	    "agent      service_level  95 % by contact  contacts\n"
	    "am\xc3\xa9lie            50.0 %      29.9\xe2\x80\x93"
	    "70.1 %"
	    "      2000\n"
	    "e\xcc\x81                 50.0 %      29.9\xe2\x80\x93"
	    "70.1 %"
	    "      2000\n"
	    "\xe6\x97\xa5\xe6\x9c\xac              50.0 %      29.9\xe2\x80\x93"
	    "70.1 %      2000\n"
	    "(unknown)         50.0 %      29.9\xe2\x80\x93"
	    "70.1 %"
	    "      2000\n");
	kpi_result_free(r);
}
END_TEST

START_TEST(a_definition_of_its_own_stands_below_the_table)
{
	kpi_result *r = two_metrics("service_level credit=equal " ANSWERED);

	ck_assert_prints(r, KPI_FORMAT_TABLE,
	    "agent      service_level [1]  95 % by contact  contacts\n"
	    "am\xc3\xa9lie                50.0 %      29.9\xe2\x80\x93"
	    "70.1 %      2000\n"
	    "e\xcc\x81                     50.0 %      29.9\xe2\x80\x93"
	    "70.1 %      2000\n"
	    "\xe6\x97\xa5\xe6\x9c\xac                  50.0 %      29.9"
	    "\xe2\x80\x93"
	    "70.1 %      2000\n"
	    "(unknown)             50.0 %      29.9\xe2\x80\x93"
	    "70.1 %      2000\n"
	    "\n"
	    "[1] service_level credit=equal\n"
	    "    " ANSWERED "\n");
	kpi_result_free(r);
}
END_TEST

START_TEST(a_table_wider_than_a_terminal_has_a_line_a_figure)
{
	kpi_result *r = two_metrics(LONG_NAME);

	ck_assert_prints(r, KPI_FORMAT_TABLE,
	    "agent      metric" SPACES "  value  95 % by contact   counted\n"
	    "am\xc3\xa9lie     " LONG_NAME FIGURE
	    "am\xc3\xa9lie     contacts" SPACES " 2000\n"
	    "e\xcc\x81          " LONG_NAME FIGURE
	    "e\xcc\x81          contacts" SPACES " 2000\n"
	    "\xe6\x97\xa5\xe6\x9c\xac       " LONG_NAME FIGURE
	    "\xe6\x97\xa5\xe6\x9c\xac       contacts" SPACES " 2000\n"
	    "(unknown)  " LONG_NAME FIGURE "(unknown)  contacts" SPACES
	    " 2000\n");
	kpi_result_free(r);
}
END_TEST

START_TEST(a_table_lets_nobody_steer_the_terminal)
{
	kpi_result *r = counts_by_agent_and_queue("\x1b[31mred\xc2\x9b",
	    "a\xe2\x80\xae"
	    "b\n");

	ck_assert_prints(r, KPI_FORMAT_TABLE,
	    "agent      queue  contacts\n"
	    "\xef\xbf\xbd[31mred\xef\xbf\xbd  a\xef\xbf\xbd"
	    "b\xef\xbf\xbd"
	    "          1\n");
	kpi_result_free(r);
}
END_TEST

START_TEST(numbers_are_rounded_for_people)
{
	static const struct {
		double x;
		int32_t unit;
		const char *text;
	} cases[] = {
		{ 0.8113207547169812, KPI_UNIT_SHARE, "81.1 %" },
		{ 1, KPI_UNIT_SHARE, "100.0 %" },
		{ 0, KPI_UNIT_SHARE, "0.0 %" },
		{ 0.99999, KPI_UNIT_SHARE, "100.0 %" },
		{ 12345, KPI_UNIT_MS, "12.3 s" },
		{ 59949, KPI_UNIT_MS, "59.9 s" },
		{ 59950, KPI_UNIT_MS, "1:00" },
		{ 185000, KPI_UNIT_MS, "3:05" },
		{ 3599499, KPI_UNIT_MS, "59:59" },
		{ 3599500, KPI_UNIT_MS, "1:00:00" },
		{ 36610000, KPI_UNIT_MS, "10:10:10" },
		{ -3200, KPI_UNIT_MS, "-3.2 s" },
		{ -62000, KPI_UNIT_MS, "-1:02" },
		{ 11.84, KPI_UNIT_POINTS, "11.8" },
		{ -0.04, KPI_UNIT_POINTS, "0.0" },
		{ -33.35, KPI_UNIT_POINTS, "-33.4" },
		{ 3.9, KPI_UNIT_MARK, "3.90" },
		{ 1.005, KPI_UNIT_RATIO, "1.00" },
		{ 12, KPI_UNIT_COUNT, "12" },
		{ 12.25, KPI_UNIT_COUNT, "12.3" },
		{ 1e18, KPI_UNIT_COUNT, "1e18" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		kpi__buffer b;

		kpi__buffer_init(&b, &kpi__default_allocator);
		kpi__put_value(&b, cases[i].x, cases[i].unit);
		kpi__buffer_put_byte(&b, 0);
		ck_assert_int_eq(b.status, KPI_OK);
		ck_assert_str_eq((const char *)b.bytes, cases[i].text);
		kpi__buffer_free(&b);
	}
}
END_TEST

START_TEST(bounds_name_their_unit_once)
{
	static const struct {
		double lower, upper;
		int32_t unit;
		const char *text;
	} cases[] = {
		{ 0.787, 0.834, KPI_UNIT_SHARE,
		    "78.7\xe2\x80\x93"
		    "83.4 %" },
		{ 11200, 12900, KPI_UNIT_MS,
		    "11.2\xe2\x80\x93"
		    "12.9 s" },
		{ 58100, 62000, KPI_UNIT_MS,
		    "58.1 s\xe2\x80\x93"
		    "1:02" },
		{ 181000, 209000, KPI_UNIT_MS,
		    "3:01\xe2\x80\x93"
		    "3:29" },
		{ -3.2, 18.4, KPI_UNIT_POINTS, "-3.2 to 18.4" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		kpi__buffer b;

		kpi__buffer_init(&b, &kpi__default_allocator);
		kpi__put_span(
		    &b, cases[i].lower, cases[i].upper, cases[i].unit);
		kpi__buffer_put_byte(&b, 0);
		ck_assert_int_eq(b.status, KPI_OK);
		ck_assert_str_eq((const char *)b.bytes, cases[i].text);
		kpi__buffer_free(&b);
	}
}
END_TEST

START_TEST(a_table_says_what_to_do_about_marks_of_other_scales)
{
	const kpi__frame frame = frame_of(0, KPI_BUCKET_NONE);
	const kpi__shape shape = shape_of("csat", KPI_METRIC_CSAT, KPI__SHARE,
	    KPI_UNIT_SHARE, BOTH | BIT(MIXED));
	static const int64_t sums[] = { 1, 4, 3 };
	kpi_result *r = new_result(&frame, &shape, 1);

	add_row(r, NULL, KPI_UNKNOWN, KPI_UNKNOWN, sums);
	finish(r);
	ck_assert_prints(r, KPI_FORMAT_TABLE,
	    " csat  counted\n"
	    "mixed   3 of 4\n"
	    "\n"
	    "mixed: Some marks are not of the scale that csat_scale, or "
	    "ces_version, says:\n"
	    "    set it to theirs, or ask for them apart.\n");
	kpi_result_free(r);
}
END_TEST

START_TEST(a_table_says_that_a_window_is_longer_than_what_is_known)
{
	const kpi__frame frame = frame_of(0, KPI_BUCKET_NONE);
	kpi__shape shape = shape_of("repeat_rate", KPI_METRIC_REPEAT_RATE,
	    KPI__SHARE, KPI_UNIT_SHARE, BOTH | BIT(TRUNCATED));
	static const int64_t none[] = { 4, 0, 0 }, one[] = { 3, 1, 0 },
			     awaited[] = { 4, 0, 0, 4 };
	kpi_result *r;

	shape.as_of = 86400000;
	shape.known_from = 0;
	r = new_result(&frame, &shape, 1);
	add_row(r, NULL, KPI_UNKNOWN, KPI_UNKNOWN, none);
	finish(r);
	ck_assert_prints(r, KPI_FORMAT_TABLE,
	    "repeat_rate  left out\n"
	    "    no data  4 truncated\n"
	    "\n"
	    "undecided: Of repeat_rate all is left out: its window reaches back "
	    "before\n"
	    "    1970-01-01T00:00:00+00:00 or past 1970-01-02T00:00:00+00:00, where "
	    "what the\n"
	    "    store knows ends.\n");
	kpi_result_free(r);
	/* Who lacks a reply yet is too near to nothing. */
	shape.sums = BOTH | BIT(IMMATURE) | BIT(AWAITED);
	r = new_result(&frame, &shape, 1);
	add_row(r, NULL, KPI_UNKNOWN, KPI_UNKNOWN, awaited);
	finish(r);
	ck_assert_prints(r, KPI_FORMAT_TABLE,
	    "repeat_rate  left out\n"
	    "   immature  4 immature\n");
	kpi_result_free(r);
	shape.sums = BOTH | BIT(TRUNCATED);
	r = new_result(&frame, &shape, 1);
	add_row(r, NULL, KPI_UNKNOWN, KPI_UNKNOWN, one);
	finish(r);
	ck_assert_prints(r, KPI_FORMAT_TABLE,
	    "repeat_rate  95 % by contact  counted  left out\n"
	    "      0.0 %       0.0\xe2\x80\x93"
	    "79.3 %   0 of 1  3 truncated\n");
	kpi_result_free(r);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("table");
	TCase *tc = tcase_create("table");

	tcase_add_unchecked_fixture(tc, make_directory, remove_directory);
	tcase_add_test(tc, a_gap_in_a_table_says_no_data);
	tcase_add_test(tc, a_series_by_group_shows_none);
	tcase_add_test(tc, the_hour_that_autumn_repeats_is_two);
	tcase_add_test(tc, without_groups_metrics_stand_below_one_another);
	tcase_add_test(tc, groups_are_lines_and_metrics_columns_where_they_fit);
	tcase_add_test(tc, a_definition_of_its_own_stands_below_the_table);
	tcase_add_test(tc, a_table_wider_than_a_terminal_has_a_line_a_figure);
	tcase_add_test(tc, a_table_lets_nobody_steer_the_terminal);
	tcase_add_test(tc, numbers_are_rounded_for_people);
	tcase_add_test(tc, bounds_name_their_unit_once);
	tcase_add_test(
	    tc, a_table_says_what_to_do_about_marks_of_other_scales);
	tcase_add_test(
	    tc, a_table_says_that_a_window_is_longer_than_what_is_known);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
