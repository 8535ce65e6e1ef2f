/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <unistd.h>

#include "result/rounded.h"
#include "result/width.h"
#include "results.h"
#include "tzif_bytes.h"

/* What was printed, and after how many bytes writing fails. */
struct paper {
	char text[65536];
	size_t size, room;
};

static int
write_paper(void *ctx, const char *text, size_t size)
{
	struct paper *p = ctx;

	if (size > p->room - p->size)
		return 1;
	memcpy(p->text + p->size, text, size);
	p->size += size;
	p->text[p->size] = '\0';
	return 0;
}

static void
ck_assert_prints(const kpi_result *r, int32_t format, const char *expected)
{
	static struct paper paper;
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status;

	paper.size = 0;
	paper.room = sizeof(paper.text) - 1;
	paper.text[0] = '\0';
	status = kpi_result_print(r, format, write_paper, &paper, &error);
	ck_assert_msg(status == KPI_OK, "%s", error.text);
	ck_assert_str_eq(paper.text, expected);
}

/* A directory of one zone, "CET", which moves its clocks as Berlin does. */
static char directory[] = "/tmp/test_print_XXXXXX";

static void
make_directory(void)
{
	unsigned char bytes[TZIF_ROOM];
	const size_t size = sound_file(bytes);
	char path[64];
	FILE *file;

	ck_assert_ptr_nonnull(mkdtemp(directory));
	snprintf(path, sizeof(path), "%s/CET", directory);
	file = fopen(path, "wb");
	ck_assert_ptr_nonnull(file);
	ck_assert_uint_eq(fwrite(bytes, 1, size, file), size);
	ck_assert_int_eq(fclose(file), 0);
}

static void
remove_directory(void)
{
	char path[64];

	snprintf(path, sizeof(path), "%s/CET", directory);
	ck_assert_int_eq(unlink(path), 0);
	ck_assert_int_eq(rmdir(directory), 0);
}

static kpi__frame
frame_of(uint32_t by_count, int32_t bucket)
{
	kpi__frame f = empty_frame();

	f.by_count = by_count;
	f.by[0] = KPI_BY_AGENT;
	f.by[1] = KPI_BY_QUEUE;
	f.bucket = bucket;
	f.zone = "CET";
	f.zone_directory = directory;
	return f;
}

START_TEST(json_is_one_object_a_line_with_null_where_there_is_no_value)
{
	const kpi__frame frame = frame_of(1, KPI_BUCKET_MONTH);
	const kpi__shape shape = share_shape("service_level");
	static const char *const groups[] = { "amira", NULL };
	static const int64_t sums[] = { 2, 0, 0, 0, 0, 1060, 860 };
	static const int64_t none[] = { 0, 1, 2, 3, 4, 0, 0 };
	const int64_t october = instant("2026-10-01T00:00:00+02:00");
	const int64_t november = instant("2026-11-01T00:00:00+01:00");
	kpi_result *r = new_result(&frame, &shape, 1);

	add_row(r, &groups[1], october, november, none);
	add_row(r, &groups[0], october, november, sums);
	finish(r);
	ck_assert_prints(r, KPI_FORMAT_JSON,
	    "{\"group\":{\"agent\":\"amira\"},"
	    "\"time\":\"2026-10-01T00:00:00+02:00\","
	    "\"metric\":\"service_level\",\"value\":0.8113207547169812,"
	    "\"numerator\":860,\"denominator\":1060,"
	    "\"excluded\":{\"unknown\":2},\"lower\":0.7866589048231057,"
	    "\"upper\":0.8337342886623534,\"state\":\"ok\"}\n"
	    "{\"group\":{\"agent\":null},"
	    "\"time\":\"2026-10-01T00:00:00+02:00\","
	    "\"metric\":\"service_level\",\"value\":null,"
	    "\"numerator\":0,\"denominator\":0,"
	    "\"excluded\":{\"in_progress\":1,\"truncated\":2,"
	    "\"immature\":3,\"not_counted\":4},\"lower\":null,"
	    "\"upper\":null,\"state\":\"immature\"}\n");
	kpi_result_free(r);
}
END_TEST

START_TEST(json_tells_two_definitions_of_one_metric_apart)
{
	const kpi__frame frame = frame_of(0, KPI_BUCKET_NONE);
	kpi__shape shapes[2];
	static const int64_t sums[] = { 1, 720720 * 3 / 2 };
	kpi_result *r;

	shapes[0] = shapes[1] = shape_of("contacts", KPI_METRIC_CONTACTS,
	    KPI__COUNT, KPI_UNIT_COUNT, BIT(NUMERATOR));
	shapes[1].text = shape_text("contacts credit=equal");
	shapes[1].parts = 720720;
	r = new_result(&frame, shapes, 2);
	add_row(r, NULL, KPI_UNKNOWN, KPI_UNKNOWN, sums);
	finish(r);
	ck_assert_prints(r, KPI_FORMAT_JSON,
	    "{\"group\":{},\"time\":null,\"metric\":\"contacts\","
	    "\"value\":1,\"numerator\":1,\"denominator\":1,"
	    "\"excluded\":{},\"lower\":null,\"upper\":null,"
	    "\"state\":\"ok\"}\n"
	    "{\"group\":{},\"time\":null,\"metric\":\"contacts\","
	    "\"definition\":\"contacts credit=equal\","
	    "\"value\":1.5,\"numerator\":1.5,\"denominator\":1.5,"
	    "\"excluded\":{},\"lower\":null,\"upper\":null,"
	    "\"state\":\"ok\"}\n");
	kpi_result_free(r);
}
END_TEST

static kpi_result *
counts_by_agent_and_queue(const char *agent, const char *queue)
{
	const kpi__frame frame = frame_of(2, KPI_BUCKET_NONE);
	const kpi__shape shape = shape_of("contacts", KPI_METRIC_CONTACTS,
	    KPI__COUNT, KPI_UNIT_COUNT, BIT(NUMERATOR));
	const char *const group[] = { agent, queue };
	static const int64_t one = 1;
	kpi_result *r = new_result(&frame, &shape, 1);

	add_row(r, group, KPI_UNKNOWN, KPI_UNKNOWN, &one);
	finish(r);
	return r;
}

START_TEST(json_escapes_what_json_must)
{
	kpi_result *r = counts_by_agent_and_queue(
	    "\"a\\b\"\n\t\x01\x1f", "\xc3\xa9\xe6\x97\xa5/\x7f");

	ck_assert_prints(r, KPI_FORMAT_JSON,
	    "{\"group\":{\"agent\":\"\\\"a\\\\b\\\"\\n\\t\\u0001\\u001f\","
	    "\"queue\":\"\xc3\xa9\xe6\x97\xa5/\x7f\"},\"time\":null,"
	    "\"metric\":\"contacts\",\"value\":1,\"numerator\":1,"
	    "\"denominator\":1,\"excluded\":{},\"lower\":null,"
	    "\"upper\":null,\"state\":\"ok\"}\n");
	kpi_result_free(r);
}
END_TEST

#define CSV_HEADER                                                             \
	"time,metric,definition,value,numerator,denominator,unknown,"          \
	"in_progress,truncated,immature,not_counted,lower,upper,unit,"         \
	"state\r\n"

START_TEST(csv_quotes_what_rfc_4180_must)
{
	kpi_result *r =
	    counts_by_agent_and_queue("say \"hi\", amira\r\n", NULL);

	ck_assert_prints(r, KPI_FORMAT_CSV,
	    "agent,queue," CSV_HEADER "\"say \"\"hi\"\", amira\r\n\",,,"
	    "contacts,contacts,1,1,1,0,0,0,0,0,,,count,ok\r\n");
	kpi_result_free(r);
}
END_TEST

/* Of days; three days after the first there is another. */
static kpi_result *
series(uint32_t by_count, int32_t bounded)
{
	const kpi__frame frame = frame_of(by_count, KPI_BUCKET_DAY);
	kpi__shape shape = share_shape("service_level");
	static const char *const group[] = { "amira" };
	static const int64_t first[] = { 0, 0, 0, 0, 0, 4, 2 };
	static const int64_t last[] = { 0, 0, 0, 5, 0, 0, 0 };
	kpi_result *r;

	shape.bounded = bounded;
	r = new_result(&frame, &shape, 1);
	add_row(r, group, instant("2026-10-23T22:00:00Z"),
	    instant("2026-10-24T22:00:00Z"), first);
	add_row(r, group, instant("2026-10-26T23:00:00Z"),
	    instant("2026-10-27T23:00:00Z"), last);
	finish(r);
	return r;
}

#define CSV_NONE                                                               \
	",service_level,service_level,,0,0,0,0,0,0,0,,,share,no data\r\n"

START_TEST(a_series_without_groups_shows_its_gaps)
{
	kpi_result *r = series(0, 0);

	ck_assert_uint_eq(kpi_result_rows(r), 2);
	ck_assert_prints(r, KPI_FORMAT_CSV,
	    CSV_HEADER
	    "2026-10-24T00:00:00+02:00,service_level,service_level,0.5,2,4,"
	    "0,0,0,0,0,,,share,ok\r\n"
	    "2026-10-25T00:00:00+02:00" CSV_NONE
	    "2026-10-26T00:00:00+01:00" CSV_NONE
	    "2026-10-27T00:00:00+01:00,service_level,service_level,,0,0,"
	    "0,0,0,5,0,,,share,immature\r\n");
	kpi_result_free(r);
	r = series(0, 1);
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
	    "2026-10-25 02:00 +01:00   no data\n"
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
	    "metric                                      value  "
	    "95 % by contact      counted  left out\n"
	    "service_level service_level_threshold=30s  81.1 %      "
	    "78.7\xe2\x80\x93"
	    "83.4 %  860 of 1060  3 unknown, 4 immature\n"
	    "average_handle_time                         0.1 s"
	    "                             9\n"
	    "contacts                                     1000\n");
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

#define LONG_DEFINITION                                                        \
	"service_level service_level_denominator=answered,abandoned_long"
#define FIGURE                                                                 \
	"  50.0 %      29.9\xe2\x80\x93"                                       \
	"70.1 %  10 of 20\n"
#define SPACES "                                                          "

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
	r = two_metrics(LONG_DEFINITION);
	ck_assert_prints(r, KPI_FORMAT_TABLE,
	    "agent      metric" SPACES "  value  95 % by contact   counted\n"
	    "am\xc3\xa9lie     " LONG_DEFINITION FIGURE
	    "am\xc3\xa9lie     contacts" SPACES " 2000\n"
	    "e\xcc\x81          " LONG_DEFINITION FIGURE
	    "e\xcc\x81          contacts" SPACES " 2000\n"
	    "\xe6\x97\xa5\xe6\x9c\xac       " LONG_DEFINITION FIGURE
	    "\xe6\x97\xa5\xe6\x9c\xac       contacts" SPACES " 2000\n"
	    "(unknown)  " LONG_DEFINITION FIGURE "(unknown)  contacts" SPACES
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

START_TEST(a_failed_write_ends_the_print)
{
	static const int32_t formats[] = { KPI_FORMAT_TABLE, KPI_FORMAT_CSV,
		KPI_FORMAT_JSON };
	static struct paper paper;
	kpi_result *r = series(0, 1);

	paper.room = 10;
	for (int i = 0; i < 3; i++) {
		kpi_error error = KPI_ERROR_INIT;

		ck_assert_int_eq(kpi_result_print(r, formats[i], write_paper,
				     &paper, &error),
		    KPI_EIO);
		ck_assert_int_eq(error.status, KPI_EIO);
	}
	ck_assert_int_eq(
	    kpi_result_print(r, 4, write_paper, &paper, NULL), KPI_EINVAL);
	ck_assert_int_eq(
	    kpi_result_print(r, 0, write_paper, &paper, NULL), KPI_EINVAL);
	ck_assert_int_eq(
	    kpi_result_print(NULL, 1, write_paper, &paper, NULL), KPI_EINVAL);
	ck_assert_int_eq(
	    kpi_result_print(r, 1, NULL, &paper, NULL), KPI_EINVAL);
	kpi_result_free(r);
}
END_TEST

START_TEST(a_loaded_result_prints_in_the_zone_that_it_is_told_where_to_find)
{
	kpi_result_options options = KPI_RESULT_OPTIONS_INIT;
	static struct paper paper;
	kpi_result *r = series(0, 1), *loaded;
	uint64_t size;
	unsigned char *bytes = saved_bytes(r, &size);
	kpi_status status;

	options.zone_directory = directory;
	status = kpi_result_load(&loaded, bytes, size, &options, NULL);
	ck_assert_int_eq(status, KPI_OK);
	paper.room = sizeof(paper.text) - 1;
	status =
	    kpi_result_print(r, KPI_FORMAT_JSON, write_paper, &paper, NULL);
	ck_assert_int_eq(status, KPI_OK);
	ck_assert_prints(loaded, KPI_FORMAT_JSON, paper.text);
	kpi_result_free(loaded);
	options.zone_directory = "/nonexistent";
	status = kpi_result_load(&loaded, bytes, size, &options, NULL);
	ck_assert_int_eq(status, KPI_OK);
	ck_assert_int_eq(kpi_result_print(loaded, KPI_FORMAT_JSON, write_paper,
			     &paper, NULL),
	    KPI_ENOTFOUND);
	kpi_result_free(loaded);
	free(bytes);
	kpi_result_free(r);
}
END_TEST

START_TEST(no_failed_allocation_breaks_a_print)
{
	kpi_result *r = series(0, 1);
	uint64_t size;
	unsigned char *bytes = saved_bytes(r, &size);

	for (int32_t format = KPI_FORMAT_TABLE; format <= KPI_FORMAT_JSON;
	     format++) {
		kpi_status status = KPI_ENOMEM;

		for (int64_t at = 1; status != KPI_OK; at++) {
			static struct paper paper;
			struct failing f = { 0, 0, INT64_MAX, 0 };
			const kpi_allocator a = { failing_resize, &f };
			kpi_result_options options = KPI_RESULT_OPTIONS_INIT;
			kpi_result *loaded;

			paper.size = 0;
			paper.room = sizeof(paper.text) - 1;
			options.allocator = &a;
			options.zone_directory = directory;
			status = kpi_result_load(
			    &loaded, bytes, size, &options, NULL);
			ck_assert_int_eq(status, KPI_OK);
			f.fail_at = f.calls + at;
			status = kpi_result_print(
			    loaded, format, write_paper, &paper, NULL);
			ck_assert(status == KPI_OK || status == KPI_ENOMEM);
			ck_assert_int_lt(at, 100);
			kpi_result_free(loaded);
			ck_assert_int_eq(f.bytes, 0);
		}
	}
	free(bytes);
	kpi_result_free(r);
}
END_TEST

START_TEST(much_is_written_piece_by_piece)
{
	const kpi__frame frame = frame_of(1, KPI_BUCKET_NONE);
	const kpi__shape shape = share_shape("service_level");
	static const int64_t sums[] = { 0, 0, 0, 0, 0, 3, 2 };
	static struct paper paper;
	kpi_result *r = new_result(&frame, &shape, 1);
	size_t lines = 0;
	char name[32];
	const char *group = name;

	for (int i = 0; i < 250; i++) {
		snprintf(name, sizeof(name), "agent-%d", i);
		add_row(r, &group, KPI_UNKNOWN, KPI_UNKNOWN, sums);
	}
	finish(r);
	paper.size = 0;
	paper.room = sizeof(paper.text) - 1;
	ck_assert_int_eq(
	    kpi_result_print(r, KPI_FORMAT_JSON, write_paper, &paper, NULL),
	    KPI_OK);
	ck_assert_uint_gt(paper.size, 50000);
	for (size_t i = 0; i < paper.size; i++)
		lines += paper.text[i] == '\n';
	ck_assert_uint_eq(lines, 250);
	kpi_result_free(r);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("print");
	TCase *tc = tcase_create("print");

	tcase_add_unchecked_fixture(tc, make_directory, remove_directory);
	tcase_add_test(
	    tc, json_is_one_object_a_line_with_null_where_there_is_no_value);
	tcase_add_test(tc, json_tells_two_definitions_of_one_metric_apart);
	tcase_add_test(tc, json_escapes_what_json_must);
	tcase_add_test(tc, csv_quotes_what_rfc_4180_must);
	tcase_add_test(tc, a_series_without_groups_shows_its_gaps);
	tcase_add_test(tc, a_series_by_group_shows_none);
	tcase_add_test(tc, the_hour_that_autumn_repeats_is_two);
	tcase_add_test(tc, without_groups_metrics_stand_below_one_another);
	tcase_add_test(tc, groups_are_lines_and_metrics_columns_where_they_fit);
	tcase_add_test(tc, a_table_lets_nobody_steer_the_terminal);
	tcase_add_test(tc, numbers_are_rounded_for_people);
	tcase_add_test(tc, bounds_name_their_unit_once);
	tcase_add_test(tc, a_failed_write_ends_the_print);
	tcase_add_test(tc,
	    a_loaded_result_prints_in_the_zone_that_it_is_told_where_to_find);
	tcase_add_test(tc, no_failed_allocation_breaks_a_print);
	tcase_add_test(tc, much_is_written_piece_by_piece);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
