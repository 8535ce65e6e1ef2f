/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "arrow_made.h"
#include "opened.h"

#define START INT64_C(1700000000000)
#define ROWS  4

static const char *const ids[ROWS] = { "a", "b", "c", "d" };
static const int64_t starts[ROWS] = { START, START + 1000, START + 2000,
	START + 3000 };
static const arrow_form of_id = { .name = "id", .format = "u" };
static const arrow_form of_start = { .name = "started_at",
	.format = "tsm:UTC" };

/* A batch of ids, starts, and one column. */
static arrow_source
source_of(const arrow_form *form, struct ArrowArray column, int64_t skip)
{
	arrow_source source = { .columns = 3, .count = 1 };
	struct ArrowArray columns[3];
	const arrow_form id = { "id", "u", NULL, 0, 0, 0 };
	const char *skipped[ROWS + 2] = { "x", "y" };
	int64_t begin[ROWS + 2] = { -1, -1 };

	for (int i = 0; i < ROWS; i++) {
		skipped[i + skip] = ids[i];
		begin[i + skip] = starts[i];
	}
	source.forms[0] = id;
	source.forms[1] = of_start;
	source.forms[2] = *form;
	columns[0] = arrow_texts(&of_id, skipped, 0, ROWS + skip);
	columns[1] = arrow_numbers(&of_start, begin, 0, ROWS + skip);
	columns[2] = column;
	source.batches[0] = arrow_batch(columns, 3, skip, ROWS);
	return source;
}

static kpi_status
add(const arrow_source *source, const kpi_arrow_options *options)
{
	struct ArrowArrayStream stream = arrow_stream(source);
	const kpi_error none = KPI_ERROR_INIT;
	kpi_status status;

	error = none;
	status = kpi_store_add_arrow(store, &stream, options, &error);
	ck_assert_ptr_null(stream.release);
	ck_assert_int_eq(arrow_alive, 0);
	return status;
}

static void
must_add_source(const arrow_source *source, const kpi_arrow_options *options)
{
	const kpi_status status = add(source, options);

	ck_assert_msg(
	    status == KPI_OK, "%s: %s", source->forms[2].format, error.text);
}

/* What interaction `i` has in the field: in the visit, or the whole. */
static void
has_number(int i, size_t offset, int of_visit, int64_t expected)
{
	kpi_record *record = must_get(NULL, ids[i]);
	const kpi_interaction *whole = kpi_record_interaction(record);
	int64_t value;

	memcpy(&value,
	    of_visit ? (const char *)whole->visits + offset
		     : (const char *)whole + offset,
	    sizeof(value));
	ck_assert_int_eq(value, expected);
	ck_assert_int_eq(whole->started_at, starts[i]);
	kpi_record_free(record);
}

static const struct {
	const char *name, *format;
	size_t offset;
	int of_visit;
	int64_t values[ROWS];
} number_cases[] = {
#define REPLIES offsetof(kpi_interaction, agent_replies), 0
#define WAIT    offsetof(kpi_visit, wait_ms), 1
#define ANSWER  offsetof(kpi_interaction, first_response_at), 0
#define FLAG    offsetof(kpi_interaction, resolved), 0
#define COST    offsetof(kpi_interaction, cost), 0
	{ "agent_replies", "c", REPLIES, { 0, 127, KPI_UNKNOWN, 5 } },
	{ "agent_replies", "s", REPLIES, { 0, 32767, KPI_UNKNOWN, 5 } },
	{ "agent_replies", "i", REPLIES, { 0, INT32_MAX, KPI_UNKNOWN, 5 } },
	{ "agent_replies", "l", REPLIES, { 0, INT64_MAX, KPI_UNKNOWN, 5 } },
	{ "agent_replies", "C", REPLIES, { 0, 255, KPI_UNKNOWN, 5 } },
	{ "agent_replies", "S", REPLIES, { 0, 65535, KPI_UNKNOWN, 5 } },
	{ "agent_replies", "I", REPLIES, { 0, UINT32_MAX, KPI_UNKNOWN, 5 } },
	{ "agent_replies", "L", REPLIES, { 0, INT64_MAX, KPI_UNKNOWN, 5 } },
	{ "agent_replies", "f", REPLIES, { 0, 1 << 20, KPI_UNKNOWN, 5 } },
	{ "agent_replies", "g", REPLIES,
	    { 0, INT64_C(1) << 52, KPI_UNKNOWN, 5 } },
	{ "agent_replies", "n", REPLIES,
	    { KPI_UNKNOWN, KPI_UNKNOWN, KPI_UNKNOWN, KPI_UNKNOWN } },
	{ "cost", "c", COST, { -128, -1, KPI_UNKNOWN, 5 } },
	{ "cost", "s", COST, { -32768, -1, KPI_UNKNOWN, 5 } },
	{ "cost", "i", COST, { INT32_MIN, -1, KPI_UNKNOWN, 5 } },
	{ "cost", "l", COST, { -INT64_MAX, -1, KPI_UNKNOWN, 5 } },
	{ "cost", "g", COST, { -4503599627370496, -1, KPI_UNKNOWN, 5 } },
	{ "resolved", "b", FLAG, { 1, 0, KPI_UNKNOWN, 1 } },
	{ "resolved", "C", FLAG, { 1, 0, KPI_UNKNOWN, 1 } },
	{ "first_response_at", "tss:Europe/Berlin", ANSWER,
	    { START, START + 5000, KPI_UNKNOWN, -1000 } },
	{ "first_response_at", "tsm:+05:30", ANSWER,
	    { START, START + 5001, KPI_UNKNOWN, -1 } },
	{ "first_response_at", "tsu:UTC", ANSWER,
	    { START, START + 5001, KPI_UNKNOWN, -1 } },
	{ "first_response_at", "tsn:UTC", ANSWER,
	    { START, START + 5001, KPI_UNKNOWN, -1 } },
	{ "first_response_at", "l", ANSWER, { START, 0, KPI_UNKNOWN, -1 } },
	{ "wait", "tDs", WAIT, { 0, 7000, KPI_UNKNOWN, 86400000 } },
	{ "wait", "tDm", WAIT, { 0, 7001, KPI_UNKNOWN, 86400000 } },
	{ "wait", "tDu", WAIT, { 0, 7001, KPI_UNKNOWN, 86400000 } },
	{ "wait", "tDn", WAIT, { 0, 7001, KPI_UNKNOWN, 86400000 } },
	{ "wait", "g", WAIT, { 0, 7001, KPI_UNKNOWN, 86400000 } },
};

#define NUMBER_CASES (int)(sizeof(number_cases) / sizeof(*number_cases))

START_TEST(numbers_of_every_type_become_what_they_are)
{
	for (int shape = 0; shape < 6; shape++) {
		const int64_t skip = shape % 3 == 2 ? 2 : 0;
		const arrow_form form = { .name = number_cases[_i].name,
			.format = number_cases[_i].format,
			.offset = shape % 3 == 0 ? 0 : 9,
			.uncounted = shape >= 3 };
		int64_t values[ROWS + 2] = { 1, 1 };
		struct ArrowArray column;

		memcpy(values + skip, number_cases[_i].values,
		    sizeof(number_cases[_i].values));
		column = arrow_numbers(&form, values, 0, ROWS + skip);
		if (*form.format == 'n') {
			column.n_buffers = 0;
			column.null_count = ROWS;
		}
		open_store(0, 0);
		{
			const arrow_source source =
			    source_of(&form, column, skip);
			must_add_source(&source, NULL);
		}
		for (int i = 0; i < ROWS; i++)
			has_number(i, number_cases[_i].offset,
			    number_cases[_i].of_visit,
			    number_cases[_i].values[i]);
		close_store();
	}
}
END_TEST

static const char *const texts[ROWS] = { "support", NULL, "", "support" };
static const char *const long_texts[ROWS] = { "the queue of all the others",
	"fa\xc3\xa7"
	"ade, thirteen bytes and more",
	NULL, "the queue of all the others" };

static const char *const text_formats[][2] = { { "u", NULL }, { "U", NULL },
	{ "vu", NULL }, { "c", "u" }, { "s", "U" }, { "i", "vu" }, { "l", "u" },
	{ "C", "u" }, { "S", "u" }, { "I", "u" }, { "L", "vu" } };

#define TEXT_CASES (int)(sizeof(text_formats) / sizeof(*text_formats))

START_TEST(texts_of_every_form_become_what_they_are)
{
	for (int shape = 0; shape < 4; shape++) {
		const arrow_form form = { .name = "queue",
			.format = text_formats[_i][0],
			.words = text_formats[_i][1],
			.offset = shape % 2 == 0 ? 0 : 5,
			.uncounted = shape % 2 };
		const char *const *given = shape < 2 ? texts : long_texts;
		const arrow_source source =
		    source_of(&form, arrow_texts(&form, given, 0, ROWS), 0);

		open_store(0, 0);
		must_add_source(&source, NULL);
		for (int i = 0; i < ROWS; i++) {
			kpi_record *record = must_get(NULL, ids[i]);
			const char *queue =
			    kpi_record_interaction(record)->visits->queue;

			if (given[i] == NULL || *given[i] == '\0')
				ck_assert_ptr_null(queue);
			else
				ck_assert_str_eq(queue, given[i]);
			kpi_record_free(record);
		}
		close_store();
	}
}
END_TEST

START_TEST(codes_are_their_names_plain_or_in_a_dictionary)
{
	static const char *const words[ROWS] = { "answered", NULL, "voicemail",
		"answered" };
	static const int64_t codes[ROWS] = { KPI_OUTCOME_ANSWERED, KPI_UNKNOWN,
		KPI_OUTCOME_VOICEMAIL, KPI_OUTCOME_ANSWERED };
	const arrow_form form = { .name = "outcome",
		.format = text_formats[_i][0],
		.words = text_formats[_i][1] };
	const arrow_source source =
	    source_of(&form, arrow_texts(&form, words, 0, ROWS), 0);

	open_store(0, 0);
	must_add_source(&source, NULL);
	for (int i = 0; i < ROWS; i++)
		has_number(i, offsetof(kpi_visit, outcome), 1, codes[i]);
	close_store();
}
END_TEST

START_TEST(an_integer_in_a_field_of_texts_is_its_digits)
{
	static const int64_t numbers[ROWS] = { 7, KPI_UNKNOWN, -12, INT64_MAX };
	const arrow_form form = { .name = "customer", .format = "l" };
	const arrow_source source =
	    source_of(&form, arrow_numbers(&form, numbers, 0, ROWS), 0);
	const char *const expected[ROWS] = { "7", NULL, "-12",
		"9223372036854775807" };

	open_store(0, 0);
	must_add_source(&source, NULL);
	for (int i = 0; i < ROWS; i++) {
		kpi_record *record = must_get(NULL, ids[i]);
		const char *customer = kpi_record_interaction(record)->customer;

		if (expected[i] == NULL)
			ck_assert_ptr_null(customer);
		else
			ck_assert_str_eq(customer, expected[i]);
		kpi_record_free(record);
	}
	close_store();
}
END_TEST

/* 26 October 2025, when clocks of Berlin went back; and a summer's day. */
START_TEST(timestamps_without_a_zone_are_of_the_one_that_is_given)
{
	static const int64_t wall[ROWS] = { 1761445800000, 1751328000000,
		KPI_UNKNOWN, 1761528600000 };
	static const int64_t instants[ROWS] = { 1761438600000, 1751320800000,
		KPI_UNKNOWN, 1761525000000 };
	const arrow_form form = { .name = "first_response_at",
		.format = "tsm:" };
	kpi_arrow_options options = KPI_ARROW_OPTIONS_INIT;
	arrow_source source =
	    source_of(&form, arrow_numbers(&form, wall, 0, ROWS), 0);

	open_store(0, 0);
	ck_assert_int_eq(add(&source, NULL), KPI_EINVAL);
	ck_assert_str_eq(error.field, "first_response_at");
	options.zone = "Europe/Berlin";
	source = source_of(&form, arrow_numbers(&form, wall, 0, ROWS), 0);
	must_add_source(&source, &options);
	for (int i = 0; i < ROWS; i++)
		has_number(i, offsetof(kpi_interaction, first_response_at), 0,
		    instants[i]);
	options.zone = "Europe/Atlantis";
	source = source_of(&form, arrow_numbers(&form, wall, 0, ROWS), 0);
	ck_assert_int_eq(add(&source, &options), KPI_ENOTFOUND);
	close_store();
}
END_TEST

/* Two batches and an empty one; the last row of the last has a wait. */
static arrow_source
three_batches(int64_t wait)
{
	const arrow_form of_wait = { .name = "wait", .format = "i" };
	arrow_source source = { .columns = 2, .count = 3 };

	source.forms[0] = of_start;
	source.forms[1] = of_wait;
	for (int b = 0; b < 3; b++) {
		const int64_t rows = b == 1 ? 0 : 3 - b / 2;
		int64_t waits[3] = { 1, 2, 3 };
		struct ArrowArray columns[2];

		if (b == 2)
			waits[1] = wait;
		columns[0] = arrow_numbers(&of_start, starts, 0, rows);
		columns[1] = arrow_numbers(&of_wait, waits, 0, rows);
		source.batches[b] = arrow_batch(columns, 2, 0, rows);
	}
	return source;
}

START_TEST(all_batches_are_added_or_none_and_the_error_says_which_row)
{
	arrow_source source = three_batches(-5);

	open_store(_i, 0);
	ck_assert_int_eq(add(&source, NULL), KPI_EINVAL);
	ck_assert_int_eq(error.line, 5);
	ck_assert_str_eq(error.field, "wait");
	ck_assert_str_eq(error.text,
	    "batch 3, row 2: wait is outside its range: expected 0s to 36525d, "
	    "got -5");
	ck_assert_uint_eq(info().interactions, 0);
	source = three_batches(5);
	source.fails_at = 3;
	ck_assert_int_eq(add(&source, NULL), KPI_EIO);
	ck_assert_str_eq(
	    error.text, "the stream failed after batch 2: the cable was cut");
	ck_assert_int_ne(error.system, 0);
	ck_assert_uint_eq(info().interactions, 0);
	source = three_batches(5);
	source.no_schema = 1;
	ck_assert_int_eq(add(&source, NULL), KPI_EIO);
	source = three_batches(5);
	must_add_source(&source, NULL);
	ck_assert_uint_eq(info().interactions, 5);
	ck_assert_int_eq(kpi_store_check(store, NULL, NULL, &error), KPI_OK);
	close_store();
}
END_TEST

static int
stop_at_three(void *ctx, uint64_t done, uint64_t total)
{
	ck_assert_uint_eq(total, 0);
	*(uint64_t *)ctx = done;
	return done >= 3;
}

START_TEST(a_stream_is_stopped_and_joins_the_batch_that_is_open)
{
	kpi_arrow_options options = KPI_ARROW_OPTIONS_INIT;
	arrow_source source = three_batches(5);
	uint64_t seen = 0;

	open_store(0, 0);
	options.stop = stop_at_three;
	options.stop_ctx = &seen;
	ck_assert_int_eq(add(&source, &options), KPI_ESTOPPED);
	ck_assert_uint_eq(seen, 3);
	ck_assert_uint_eq(info().interactions, 0);
	ck_assert_int_eq(kpi_store_begin(store, &error), KPI_OK);
	source = three_batches(5);
	must_add_source(&source, NULL);
	ck_assert_uint_eq(info().interactions, 0);
	source = three_batches(-5);
	ck_assert_int_eq(add(&source, NULL), KPI_EINVAL);
	ck_assert_int_eq(kpi_store_commit(store, &error), KPI_OK);
	ck_assert_uint_eq(info().interactions, 5);
	close_store();
}
END_TEST

START_TEST(ids_of_a_later_batch_update_or_are_refused)
{
	const arrow_form form = { .name = "csat", .format = "C" };
	static const int64_t first[ROWS] = { 1, 2, 3, 4 };
	static const int64_t second[ROWS] = { 5, KPI_UNKNOWN, 5, 5 };
	arrow_source source, more;

	for (int update = 0; update < 2; update++) {
		open_store(0, update);
		source =
		    source_of(&form, arrow_numbers(&form, first, 0, ROWS), 0);
		more =
		    source_of(&form, arrow_numbers(&form, second, 0, ROWS), 0);
		source.batches[1] = more.batches[0];
		source.count = 2;
		if (!update) {
			ck_assert_int_eq(add(&source, NULL), KPI_EEXISTS);
			ck_assert_int_eq(error.line, 5);
			ck_assert_str_eq(error.field, "id");
		} else {
			must_add_source(&source, NULL);
			ck_assert_uint_eq(info().interactions, ROWS);
			has_number(0, offsetof(kpi_interaction, csat), 0, 5);
			has_number(1, offsetof(kpi_interaction, csat), 0, 2);
		}
		close_store();
	}
}
END_TEST

START_TEST(what_is_no_stream_is_refused_and_what_is_one_is_released)
{
	arrow_source source = three_batches(5);
	struct ArrowArrayStream stream = arrow_stream(&source);
	kpi_arrow_options options = KPI_ARROW_OPTIONS_INIT;

	open_store(0, 0);
	ck_assert_int_eq(
	    kpi_store_add_arrow(NULL, &stream, NULL, &error), KPI_EINVAL);
	ck_assert_ptr_null(stream.release);
	ck_assert_int_eq(arrow_alive, 0);
	ck_assert_int_eq(
	    kpi_store_add_arrow(store, &stream, NULL, &error), KPI_EINVAL);
	ck_assert_int_eq(
	    kpi_store_add_arrow(store, NULL, NULL, &error), KPI_EINVAL);
	source = three_batches(5);
	options.size = 4;
	ck_assert_int_eq(add(&source, &options), KPI_EINVAL);
	close_store();
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("arrow");
	TCase *tc = tcase_create("arrow");

	tcase_add_loop_test(
	    tc, numbers_of_every_type_become_what_they_are, 0, NUMBER_CASES);
	tcase_add_loop_test(
	    tc, texts_of_every_form_become_what_they_are, 0, TEXT_CASES);
	tcase_add_loop_test(
	    tc, codes_are_their_names_plain_or_in_a_dictionary, 0, TEXT_CASES);
	tcase_add_test(tc, an_integer_in_a_field_of_texts_is_its_digits);
	tcase_add_test(
	    tc, timestamps_without_a_zone_are_of_the_one_that_is_given);
	tcase_add_loop_test(tc,
	    all_batches_are_added_or_none_and_the_error_says_which_row, 0, 2);
	tcase_add_test(
	    tc, a_stream_is_stopped_and_joins_the_batch_that_is_open);
	tcase_add_test(tc, ids_of_a_later_batch_update_or_are_refused);
	tcase_add_test(
	    tc, what_is_no_stream_is_refused_and_what_is_one_is_released);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
