/* SPDX-License-Identifier: MIT */
#include "paper.h"

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
	    "\"metric\":\"service_level\","
	    "\"fingerprint\":\"4e3a33b9d6f177e9\",\"value\":0.8113207547169812,"
	    "\"numerator\":860,\"denominator\":1060,"
	    "\"excluded\":{\"unknown\":2},\"lower\":0.7866589048231057,"
	    "\"upper\":0.8337342886623534,\"state\":\"ok\"}\n"
	    "{\"group\":{\"agent\":null},"
	    "\"time\":\"2026-10-01T00:00:00+02:00\","
	    "\"metric\":\"service_level\","
	    "\"fingerprint\":\"4e3a33b9d6f177e9\",\"value\":null,"
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
	    "\"fingerprint\":\"17f458ee83d31930\","
	    "\"value\":1,\"numerator\":1,\"denominator\":1,"
	    "\"excluded\":{},\"lower\":null,\"upper\":null,"
	    "\"state\":\"ok\"}\n"
	    "{\"group\":{},\"time\":null,\"metric\":\"contacts\","
	    "\"definition\":\"contacts credit=equal\","
	    "\"fingerprint\":\"0f32c49e8139a9d0\","
	    "\"value\":1.5,\"numerator\":1.5,\"denominator\":1.5,"
	    "\"excluded\":{},\"lower\":null,\"upper\":null,"
	    "\"state\":\"ok\"}\n");
	kpi_result_free(r);
}
END_TEST

static kpi_result *
judged(int32_t bounded, int64_t ceiling)
{
	const kpi__frame frame = frame_of(1, KPI_BUCKET_NONE);
	kpi__shape shapes[2];
	static const char *const groups[] = { "amira", "ben" };
	static const int64_t good[] = GOOD_DAYS, even[] = EVEN_DAYS;
	int64_t sums[12];
	kpi_result *r;

	shapes[0] = judged_shape("service_level verdict_by=day");
	shapes[0].bounded = bounded;
	shapes[0].ceiling = ceiling;
	shapes[1] = shape_of("contacts", KPI_METRIC_CONTACTS, KPI__COUNT,
	    KPI_UNIT_COUNT, BIT(NUMERATOR));
	r = new_result(&frame, shapes, 2);
	for (int i = 0; i < 2; i++) {
		memcpy(sums, i == 0 ? good : even, sizeof(good));
		sums[11] = 60;
		add_row(r, &groups[i], KPI_UNKNOWN, KPI_UNKNOWN, sums);
	}
	finish(r);
	return r;
}

#define OF_CONTACTS(agent)                                                     \
	"{\"group\":{\"agent\":\"" agent                                       \
	"\"},\"time\":null,\"metric\":\"contacts\","                            \
	"\"fingerprint\":\"17f458ee83d31930\","                            \
	"\"value\":60,\"numerator\":60,\"denominator\":60,"                    \
	"\"excluded\":{},\"lower\":null,\"upper\":null,\"state\":\"ok\"}\n"

START_TEST(json_says_target_and_verdict_where_one_is_asked)
{
	kpi_result *r = judged(KPI_BOUNDS_NONE, 900000);

	ck_assert_prints(r, KPI_FORMAT_JSON,
	    "{\"group\":{\"agent\":\"amira\"},\"time\":null,"
	    "\"metric\":\"service_level\","
	    "\"definition\":\"service_level verdict_by=day\","
	    "\"fingerprint\":\"825a93c4b0cb4bbb\","
	    "\"value\":0.9,\"numerator\":54,\"denominator\":60,"
	    "\"excluded\":{},\"lower\":null,\"upper\":null,"
	    "\"state\":\"ok\",\"target\":0.8,\"target_ceiling\":0.9,"
	    "\"verdict\":\"met within noise\","
	    "\"verdict_lower\":0.9,\"verdict_upper\":0.9}\n"
	    OF_CONTACTS("amira")
	    "{\"group\":{\"agent\":\"ben\"},\"time\":null,"
	    "\"metric\":\"service_level\","
	    "\"definition\":\"service_level verdict_by=day\","
	    "\"fingerprint\":\"825a93c4b0cb4bbb\","
	    "\"value\":0.7,\"numerator\":42,"
	    "\"denominator\":60,\"excluded\":{},\"lower\":null,"
	    "\"upper\":null,\"state\":\"ok\",\"target\":0.8,"
	    "\"target_ceiling\":0.9,\"verdict\":\"missed\","
	    "\"verdict_lower\":0.7,"
	    "\"verdict_upper\":0.7}\n"
	    OF_CONTACTS("ben"));
	kpi_result_free(r);
}
END_TEST

START_TEST(csv_has_columns_of_verdicts_where_one_is_asked)
{
	kpi_result *r = judged(KPI_BOUNDS_NONE, KPI_UNKNOWN);

	ck_assert_prints(r, KPI_FORMAT_CSV,
	    "agent,time,metric,definition,value,numerator,denominator,unknown,"
	    "in_progress,truncated,immature,not_counted,no_activity,lower,upper,"
	    "unit,state,"
	    "target,target_ceiling,verdict,verdict_lower,verdict_upper\r\n"
	    "amira,,service_level,service_level verdict_by=day,0.9,54,60,0,0,"
	    "0,0,0,0,,,share,ok,0.8,,met,0.9,0.9\r\n"
	    "amira,,contacts,contacts,60,60,60,0,0,0,0,0,0,,,count,ok,,,,,\r\n"
	    "ben,,service_level,service_level verdict_by=day,"
	    "0.7,42,60,0,0,0,0,0,0,,,share,ok,0.8,,missed,"
	    "0.7,0.7\r\n"
	    "ben,,contacts,contacts,60,60,60,0,0,0,0,0,0,,,count,ok,,,,,\r\n");
	kpi_result_free(r);
}
END_TEST

START_TEST(a_table_says_by_what_it_judges)
{
	kpi_result *r = judged(KPI_BOUNDS_CONTACT, KPI_UNKNOWN);

	ck_assert_prints(r, KPI_FORMAT_TABLE,
	    "agent  metric              value  95 % by contact  target  "
	    "95 % by day  verdict   counted\n"
	    "amira  service_level [1]  90.0 %      79.9\xe2\x80\x93"
	    "95.3 %  80.0 %  90.0\xe2\x80\x93"
	    "90.0 %  met      54 of 60\n"
	    "amira  contacts               60\n"
	    "ben    service_level [1]  70.0 %      57.5\xe2\x80\x93"
	    "80.1 %  80.0 %  70.0\xe2\x80\x93"
	    "70.0 %  missed   42 of 60\n"
	    "ben    contacts               60\n"
	    "\n"
	    "[1] service_level verdict_by=day\n");
	kpi_result_free(r);
	r = judged(KPI_BOUNDS_NONE, 900000);
	ck_assert_prints(r, KPI_FORMAT_TABLE,
	    "agent  service_level [1]       target  95 % by day  verdict"
	    "           contacts\n"
	    "amira             90.0 %  80.0\xe2\x80\x93"
	    "90.0 %  90.0\xe2\x80\x93"
	    "90.0 %  met within noise        60\n"
	    "ben               70.0 %  80.0\xe2\x80\x93"
	    "90.0 %  70.0\xe2\x80\x93"
	    "70.0 %  missed                  60\n"
	    "\n"
	    "[1] service_level verdict_by=day\n");
	kpi_result_free(r);
}
END_TEST

START_TEST(json_escapes_what_json_must)
{
	kpi_result *r = counts_by_agent_and_queue(
	    "\"a\\b\"\n\t\x01\x1f", "\xc3\xa9\xe6\x97\xa5/\x7f");

	ck_assert_prints(r, KPI_FORMAT_JSON,
	    "{\"group\":{\"agent\":\"\\\"a\\\\b\\\"\\n\\t\\u0001\\u001f\","
	    "\"queue\":\"\xc3\xa9\xe6\x97\xa5/\x7f\"},\"time\":null,"
	    "\"metric\":\"contacts\","
	    "\"fingerprint\":\"17f458ee83d31930\",\"value\":1,\"numerator\":1,"
	    "\"denominator\":1,\"excluded\":{},\"lower\":null,"
	    "\"upper\":null,\"state\":\"ok\"}\n");
	kpi_result_free(r);
}
END_TEST

#define CSV_HEADER                                                             \
	"time,metric,definition,value,numerator,denominator,unknown,"          \
	"in_progress,truncated,immature,not_counted,no_activity,lower,upper,"  \
	"unit,state\r\n"

START_TEST(csv_quotes_what_rfc_4180_must)
{
	kpi_result *r =
	    counts_by_agent_and_queue("say \"hi\", amira\r\n", NULL);

	ck_assert_prints(r, KPI_FORMAT_CSV,
	    "agent,queue," CSV_HEADER "\"say \"\"hi\"\", amira\r\n\",,,"
	    "contacts,contacts,1,1,1,0,0,0,0,0,0,,,count,ok\r\n");
	kpi_result_free(r);
}
END_TEST

#define CSV_NONE                                                               \
	",service_level,service_level,,0,0,0,0,0,0,0,0,,,share,no data\r\n"

START_TEST(a_series_without_groups_shows_its_gaps)
{
	kpi_result *r = series(0, 0);

	ck_assert_uint_eq(kpi_result_rows(r), 2);
	ck_assert_prints(r, KPI_FORMAT_CSV,
	    CSV_HEADER
	    "2026-10-24T00:00:00+02:00,service_level,service_level,0.5,2,4,"
	    "0,0,0,0,0,0,,,share,ok\r\n"
	    "2026-10-25T00:00:00+02:00" CSV_NONE
	    "2026-10-26T00:00:00+01:00" CSV_NONE
	    "2026-10-27T00:00:00+01:00,service_level,service_level,,0,0,"
	    "0,0,0,5,0,0,,,share,immature\r\n");
	kpi_result_free(r);
}
END_TEST

/* Two rows of one contact each, so many hours apart. */
static kpi_result *
contacts_apart(int64_t hours)
{
	const int64_t first = instant("2026-10-23T22:00:00Z"), hour = 3600000;
	const kpi__frame frame = frame_of(0, KPI_BUCKET_HOUR);
	const kpi__shape shape = shape_of("contacts", KPI_METRIC_CONTACTS,
	    KPI__COUNT, KPI_UNIT_COUNT, BIT(NUMERATOR));
	static const int64_t one = 1;
	kpi_result *r = new_result(&frame, &shape, 1);

	add_row(r, NULL, first, first + hour, &one);
	add_row(r, NULL, first + hours * hour, first + (hours + 1) * hour,
	    &one);
	finish(r);
	return r;
}

#define CSV_CONTACTS(n)                                                        \
	",contacts,contacts," #n "," #n "," #n ",0,0,0,0,0,0,,,count,ok\r\n"

/* A row that is there for another metric says the same. */
START_TEST(a_count_of_an_empty_bucket_is_0)
{
	kpi_result *r = contacts_apart(2);

	ck_assert_prints(r, KPI_FORMAT_CSV,
	    CSV_HEADER "2026-10-24T00:00:00+02:00" CSV_CONTACTS(1)
		"2026-10-24T01:00:00+02:00" CSV_CONTACTS(0)
		"2026-10-24T02:00:00+02:00" CSV_CONTACTS(1));
	ck_assert_prints(r, KPI_FORMAT_TABLE,
	    "time                     contacts\n"
	    "2026-10-24 00:00 +02:00         1\n"
	    "2026-10-24 01:00 +02:00         0\n"
	    "2026-10-24 02:00 +02:00         1\n");
	kpi_result_free(r);
}
END_TEST

static int
count_lines(void *ctx, const char *text, size_t size)
{
	size_t *lines = ctx;

	for (size_t i = 0; i < size; i++)
		*lines += text[i] == '\n';
	return 0;
}

START_TEST(a_gap_that_would_never_end_is_not_told)
{
	static const int32_t formats[] = { KPI_FORMAT_TABLE, KPI_FORMAT_CSV,
		KPI_FORMAT_JSON };
	static const size_t told[] = { 5003, 5003, 5002 };
	kpi_result *r = contacts_apart(5001);

	for (int i = 0; i < 3; i++) {
		size_t lines = 0;

		ck_assert_int_eq(kpi_result_print(r, formats[i], count_lines,
				     &lines, NULL),
		    KPI_OK);
		ck_assert_uint_eq(lines, told[i]);
	}
	kpi_result_free(r);
	r = contacts_apart(24 * 365 * 5000);
	ck_assert_prints(r, KPI_FORMAT_CSV,
	    CSV_HEADER "2026-10-24T00:00:00+02:00" CSV_CONTACTS(1)
		"7023-06-30T00:00:00+02:00" CSV_CONTACTS(1));
	ck_assert_prints(r, KPI_FORMAT_TABLE,
	    "time                     contacts\n"
	    "2026-10-24 00:00 +02:00         1\n"
	    "...\n"
	    "7023-06-30 00:00 +02:00         1\n");
	kpi_result_free(r);
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
			struct failing f = { 0, 0, INT64_MAX, 0, 0 };
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
	tcase_add_test(tc, json_says_target_and_verdict_where_one_is_asked);
	tcase_add_test(tc, csv_has_columns_of_verdicts_where_one_is_asked);
	tcase_add_test(tc, a_table_says_by_what_it_judges);
	tcase_add_test(tc, json_escapes_what_json_must);
	tcase_add_test(tc, csv_quotes_what_rfc_4180_must);
	tcase_add_test(tc, a_series_without_groups_shows_its_gaps);
	tcase_add_test(tc, a_count_of_an_empty_bucket_is_0);
	tcase_add_test(tc, a_gap_that_would_never_end_is_not_told);
	tcase_add_test(tc, a_failed_write_ends_the_print);
	tcase_add_test(tc,
	    a_loaded_result_prints_in_the_zone_that_it_is_told_where_to_find);
	tcase_add_test(tc, no_failed_allocation_breaks_a_print);
	tcase_add_test(tc, much_is_written_piece_by_piece);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
