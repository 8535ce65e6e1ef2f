/* SPDX-License-Identifier: MIT */
/* What breaks Arrow's interface, or cannot be what a field takes. */
#include <check.h>
#include <float.h>
#include <math.h>
#include <string.h>

#include "arrow_made.h"
#include "opened.h"

#define START INT64_C(1700000000000)
#define ROWS  3

static const int64_t starts[ROWS] = { START, START + 1, START + 2 };
static const int64_t waits[ROWS] = { 1000, KPI_UNKNOWN, 3000 };
static const char *const queues[ROWS] = { "support", NULL,
	"a queue whose name is long" };

/* What is spoilt: `a` is the batch, or its column `c`. */
struct spoilt {
	struct ArrowArray *batch, *wait, *plain, *view, *coded;
};

#define BREAK(name) static void name(struct spoilt *s)

/* clang-format off */
BREAK(nothing) { (void)s; }
BREAK(batch_length) { s->batch->length = -1; }
BREAK(batch_offset) { s->batch->offset = -1; }
BREAK(batch_longer) { s->batch->length = ROWS + 1; }
BREAK(batch_beyond) { s->batch->offset = 1; }
BREAK(batch_endless) { s->batch->length = INT64_MAX; }
BREAK(batch_children) { s->batch->n_children--; }
BREAK(batch_no_children) { s->batch->children = NULL; }
BREAK(batch_null_child) { s->batch->children[1] = NULL; }
BREAK(batch_null_rows) { s->batch->null_count = 1; }
BREAK(batch_null_bits)
{
	s->batch->null_count = -1;
	s->batch->buffers[0] = arrow_memory(s->batch, 1);
}
BREAK(batch_dictionary) { s->batch->dictionary = s->wait; }
BREAK(child_length) { s->wait->length = -2; }
BREAK(child_offset) { s->wait->offset = -1; }
BREAK(child_shorter) { s->wait->length = ROWS - 1; }
BREAK(child_endless) { s->wait->offset = INT64_MAX; }
BREAK(child_buffers) { s->wait->n_buffers = 3; }
BREAK(child_no_buffers) { s->wait->buffers = NULL; }
BREAK(child_no_values) { s->wait->buffers[1] = NULL; }
BREAK(child_no_bitmap) { s->wait->buffers[0] = NULL; }
BREAK(child_nulls) { s->wait->null_count = ROWS + 1; }
BREAK(child_nulls_below) { s->wait->null_count = -2; }
BREAK(child_children) { s->wait->n_children = 1; }
BREAK(child_released)
{
	s->wait->release(s->wait);
}
BREAK(child_dictionary) { s->wait->dictionary = s->plain; }
BREAK(text_no_offsets) { s->plain->buffers[1] = NULL; }
BREAK(text_no_bytes) { s->plain->buffers[2] = NULL; }
BREAK(text_decreasing)
{
	((int32_t *)(uintptr_t)s->plain->buffers[1])[1] = 40;
}
BREAK(text_below)
{
	((int32_t *)(uintptr_t)s->plain->buffers[1])[0] = -1;
}
BREAK(text_not_utf8)
{
	((char *)(uintptr_t)s->plain->buffers[2])[0] = '\xff';
}
BREAK(text_with_nul)
{
	((char *)(uintptr_t)s->plain->buffers[2])[1] = '\0';
}
BREAK(view_buffers) { s->view->n_buffers = 2; }
BREAK(view_no_sizes) { s->view->buffers[3] = NULL; }
BREAK(view_no_bytes) { s->view->buffers[2] = NULL; }
BREAK(view_below)
{
	((int32_t *)(uintptr_t)s->view->buffers[1])[8] = -1;
}
BREAK(view_no_such_buffer)
{
	((int32_t *)(uintptr_t)s->view->buffers[1])[10] = 1;
}
BREAK(view_buffer_below)
{
	((int32_t *)(uintptr_t)s->view->buffers[1])[10] = -1;
}
BREAK(view_past_the_end)
{
	((int32_t *)(uintptr_t)s->view->buffers[1])[8] = 1000;
}
BREAK(view_offset_below)
{
	((int32_t *)(uintptr_t)s->view->buffers[1])[11] = -1;
}
BREAK(place_beyond)
{
	((int8_t *)(uintptr_t)s->coded->buffers[1])[2] = 2;
}
BREAK(place_below)
{
	((int8_t *)(uintptr_t)s->coded->buffers[1])[2] = -1;
}
BREAK(no_dictionary) { s->coded->dictionary = NULL; }
BREAK(dictionary_length) { s->coded->dictionary->length = -1; }
BREAK(dictionary_released)
{
	s->coded->dictionary->release(s->coded->dictionary);
}
BREAK(dictionary_decreasing)
{
	((int32_t *)(uintptr_t)s->coded->dictionary->buffers[1])[1] = 99;
}
/* clang-format on */

static const struct {
	void (*breaks)(struct spoilt *s);
	const char *says, *field;
	int64_t line;
} cases[] = {
	{ nothing, NULL, NULL, 0 },
	{ batch_length, "length or offset below 0", "", 0 },
	{ batch_offset, "length or offset below 0", "", 0 },
	{ batch_longer, "shorter than its batch", "started_at", 0 },
	{ batch_beyond, "shorter than its batch", "started_at", 0 },
	{ batch_endless, "no memory has room for", "", 0 },
	{ batch_children, "another number of columns", "", 0 },
	{ batch_no_children, "has no columns", "", 0 },
	{ batch_null_child, "is not there", "wait", 0 },
	{ batch_null_rows, "rows that are null", "", 0 },
	{ batch_null_bits, "rows that are null", "", 0 },
	{ batch_dictionary, "has a dictionary", "", 0 },
	{ child_length, "length or offset below 0", "wait", 0 },
	{ child_offset, "length or offset below 0", "wait", 0 },
	{ child_shorter, "shorter than its batch", "wait", 0 },
	{ child_endless, "no memory has room for", "wait", 0 },
	{ child_buffers, "number of buffers", "wait", 0 },
	{ child_no_buffers, "has no buffers", "wait", 0 },
	{ child_no_values, "no buffer of values", "wait", 0 },
	{ child_no_bitmap, "no bitmap", "wait", 0 },
	{ child_nulls, "count of nulls", "wait", 0 },
	{ child_nulls_below, "count of nulls", "wait", 0 },
	{ child_children, "has children", "wait", 0 },
	{ child_released, "was released", "wait", 0 },
	{ child_dictionary, "has a dictionary", "wait", 0 },
	{ text_no_offsets, "no buffer of values", "queue", 0 },
	{ text_no_bytes, "no buffer of bytes", "queue", 1 },
	{ text_decreasing, "offsets that decrease", "queue", 1 },
	{ text_below, "offsets that decrease", "queue", 1 },
	{ text_not_utf8, "not valid UTF-8", "queue", 1 },
	{ text_with_nul, "not valid UTF-8", "queue", 1 },
	{ view_buffers, "number of buffers", "team", 0 },
	{ view_no_sizes, "no buffer of sizes", "team", 0 },
	{ view_no_bytes, "buffer that there is not", "team", 3 },
	{ view_below, "length below 0", "team", 3 },
	{ view_no_such_buffer, "buffer that there is not", "team", 3 },
	{ view_buffer_below, "buffer that there is not", "team", 3 },
	{ view_past_the_end, "past the end", "team", 3 },
	{ view_offset_below, "past the end", "team", 3 },
	{ place_beyond, "no such place", "agent", 3 },
	{ place_below, "no such place", "agent", 3 },
	{ no_dictionary, "has no dictionary", "agent", 0 },
	{ dictionary_length, "length or offset below 0", "agent", 0 },
	{ dictionary_released, "was released", "agent", 0 },
	{ dictionary_decreasing, "offsets that decrease", "agent", 0 },
};

#define CASES (int)(sizeof(cases) / sizeof(*cases))

static const arrow_form forms[] = {
	{ .name = "started_at", .format = "tsm:UTC" },
	{ .name = "wait", .format = "l" },
	{ .name = "queue", .format = "u" },
	{ .name = "team", .format = "vu" },
	{ .name = "agent", .format = "c", .words = "u" },
};

static kpi_status
add(const arrow_source *source)
{
	struct ArrowArrayStream stream = arrow_stream(source);
	const kpi_error none = KPI_ERROR_INIT;
	kpi_status status;

	error = none;
	status = kpi_store_add_arrow(store, &stream, NULL, &error);
	ck_assert_ptr_null(stream.release);
	ck_assert_int_eq(arrow_alive, 0);
	return status;
}

START_TEST(an_array_that_breaks_the_interface_is_refused_where_it_does)
{
	arrow_source source = { .columns = 5, .count = 1 };
	struct ArrowArray columns[5];
	struct spoilt s;

	memcpy(source.forms, forms, sizeof(forms));
	columns[0] = arrow_numbers(&forms[0], starts, 0, ROWS);
	columns[1] = arrow_numbers(&forms[1], waits, 0, ROWS);
	for (int c = 2; c < 5; c++)
		columns[c] = arrow_texts(&forms[c], queues, 0, ROWS);
	source.batches[0] = arrow_batch(columns, 5, 0, ROWS);
	s.batch = &source.batches[0];
	s.wait = s.batch->children[1];
	s.plain = s.batch->children[2];
	s.view = s.batch->children[3];
	s.coded = s.batch->children[4];
	cases[_i].breaks(&s);
	open_store(0, 0);
	if (cases[_i].says == NULL) {
		ck_assert_int_eq(add(&source), KPI_OK);
		ck_assert_uint_eq(info().interactions, ROWS);
	} else {
		ck_assert_int_eq(add(&source), KPI_EINVAL);
		ck_assert_msg(strstr(error.text, cases[_i].says) != NULL,
		    "%s: %s", cases[_i].says, error.text);
		ck_assert_str_eq(error.field, cases[_i].field);
		ck_assert_int_eq(error.line, cases[_i].line);
		ck_assert_uint_eq(info().interactions, 0);
	}
	close_store();
}
END_TEST

static const struct {
	arrow_form form;
	const char *says;
} types[] = {
	{ { .name = "wait", .format = "e" }, "of format e" },
	{ { .name = "wait", .format = "tsm:UTC" }, "expected duration" },
	{ { .name = "wait", .format = "tdD" }, "expected duration" },
	{ { .name = "wait", .format = "u" }, "expected duration" },
	{ { .name = "wait", .format = "+l" }, "of format +l" },
	{ { .name = "wait", .format = "" }, "of format " },
	{ { .name = "wait", .format = "b" }, "of format b" },
	{ { .name = "wait", .format = NULL }, "has no format" },
	{ { .name = "wait", .format = "i", .words = "l" }, "of format l" },
	{ { .name = "queue", .format = "u", .words = "u" }, "no integers" },
	{ { .name = "queue", .format = "z" }, "expected utf8" },
	{ { .name = "queue", .format = "g" }, "expected utf8" },
	{ { .name = "queue", .format = "c", .words = "z" }, "of format z" },
	{ { .name = "resolved", .format = "u" }, "expected bool" },
	{ { .name = "csat", .format = "u" }, "expected integers" },
	{ { .name = "outcome", .format = "z" }, "or names as text" },
	{ { .name = "first_response_at", .format = "tDm" },
	    "expected timestamp" },
	{ { .name = "first_response_at", .format = "tsm:" },
	    "without a time zone" },
	{ { .name = "ended_at", .format = "u" }, "expected timestamp" },
	{ { .name = "started_at", .format = "l" }, "two columns" },
	{ { .name = "waits", .format = "l" }, "the nearest is \"wait\"" },
	{ { .name = "zzzzzzzzz", .format = "l" }, "no field for the column" },
	{ { .name = "\xff", .format = "l" }, "no field for the column" },
	{ { .name = NULL, .format = "l" }, "has no name" },
};

#define TYPES (int)(sizeof(types) / sizeof(*types))

START_TEST(a_column_that_no_field_takes_is_refused_before_a_batch_is_read)
{
	arrow_source source = { .columns = 2, .count = 0, .fails_at = 1 };

	source.forms[0] = forms[0];
	source.forms[1] = types[_i].form;
	open_store(0, 0);
	ck_assert_int_eq(add(&source), KPI_EINVAL);
	ck_assert_msg(strstr(error.text, types[_i].says) != NULL, "%s: %s",
	    types[_i].says, error.text);
	close_store();
}
END_TEST

static const struct {
	const char *name, *format;
	int64_t raw; /* bits, as the format has them */
	double real;
	const char *says;
} values[] = {
	{ "wait", "l", -5, 0,
	    "outside its range: expected 0s to 36525d, got -5" },
	{ "wait", "l", INT64_MIN, 0, "got -9223372036854775808" },
	{ "wait", "L", INT64_MIN, 0, "does not fit" },
	{ "wait", "g", 0, 1.5, "is not whole: expected 0s to 36525d, got 1.5" },
	{ "wait", "g", 0, 1e300, "does not fit 64 bits" },
	{ "wait", "g", 0, (double)INFINITY, "does not fit 64 bits" },
	{ "wait", "g", 0, -9223372036854775808.0, "does not fit 64 bits" },
	{ "wait", "tDu", 1001, 0, "no whole number of milliseconds" },
	{ "wait", "tDn", 1000001, 0, "no whole number of milliseconds" },
	{ "wait", "tDs", INT64_MAX, 0, "does not fit 64 bits of milliseconds" },
	{ "wait", "tDs", INT64_MIN, 0, "does not fit 64 bits of milliseconds" },
	{ "ended_at", "tss:UTC", 253402300800, 0, "years 1 to 9999, got" },
	{ "csat", "l", 12, 0, "got 12" },
	{ "outcome", "l", 0, 0, "got 0" },
};

#define VALUES (int)(sizeof(values) / sizeof(*values))

START_TEST(a_value_that_no_field_takes_is_said_with_batch_and_row)
{
	static const int64_t zeros[ROWS];
	const arrow_form form = { .name = values[_i].name,
		.format = values[_i].format };
	arrow_source source = { .columns = 2, .count = 1 };
	struct ArrowArray columns[2];
	char *at;

	source.forms[0] = forms[0];
	source.forms[1] = form;
	columns[0] = arrow_numbers(&forms[0], starts, 0, ROWS);
	columns[1] = arrow_numbers(
	    &form, values[_i].name[0] == 'o' ? starts : zeros, 0, ROWS);
	at = (char *)(uintptr_t)columns[1].buffers[1];
	if (values[_i].name[0] == 'o') {
		const int64_t answered[ROWS] = { 1, 1, 1 };
		memcpy(at, answered, sizeof(answered));
	}
	if (*form.format == 'g')
		memcpy(at + 16, &values[_i].real, 8);
	else
		memcpy(at + 16, &values[_i].raw, 8);
	source.batches[0] = arrow_batch(columns, 2, 0, ROWS);
	open_store(0, 0);
	ck_assert_int_eq(add(&source), KPI_EINVAL);
	ck_assert_msg(strstr(error.text, values[_i].says) != NULL, "%s: %s",
	    values[_i].says, error.text);
	ck_assert_msg(
	    strncmp(error.text, "batch 1, row 3: ", 16) == 0, "%s", error.text);
	ck_assert_int_eq(error.line, 3);
	ck_assert_str_eq(error.field, values[_i].name);
	close_store();
}
END_TEST

START_TEST(words_that_are_no_names_are_not_repeated)
{
	static const char *const words[ROWS] = { "answered", "answred",
		"a customer's secret" };

	for (int coded = 0; coded < 2; coded++) {
		for (int from = 0; from < 2; from++) {
			const arrow_form form = { .name = "outcome",
				.format = coded ? "c" : "u",
				.words = coded ? "u" : NULL };
			arrow_source source = { .columns = 2, .count = 1 };
			struct ArrowArray columns[2];

			source.forms[0] = forms[0];
			source.forms[1] = form;
			columns[0] = arrow_numbers(&forms[0], starts, 0, 2);
			columns[1] = arrow_texts(&form, words + from, 0, 2);
			source.batches[0] = arrow_batch(columns, 2, 0, 2);
			open_store(0, 0);
			ck_assert_int_eq(add(&source), KPI_EINVAL);
			ck_assert_ptr_nonnull(
			    strstr(error.text, "the nearest is \"answered\""));
			ck_assert_ptr_null(strstr(error.text, "answred"));
			close_store();
		}
	}
}
END_TEST

START_TEST(not_a_number_is_unknown)
{
	const arrow_form form = { .name = "csat", .format = "g" };
	static const int64_t marks[ROWS] = { 4, 4, 4 };
	arrow_source source = { .columns = 2, .count = 1 };
	struct ArrowArray columns[2];
	const double nan_ = (double)NAN;
	kpi_iterator *iterator;
	const kpi_interaction *call;
	int known = 0;

	source.forms[0] = forms[0];
	source.forms[1] = form;
	columns[0] = arrow_numbers(&forms[0], starts, 0, ROWS);
	columns[1] = arrow_numbers(&form, marks, 0, ROWS);
	memcpy((char *)(uintptr_t)columns[1].buffers[1] + 8, &nan_, 8);
	source.batches[0] = arrow_batch(columns, 2, 0, ROWS);
	open_store(0, 0);
	ck_assert_int_eq(add(&source), KPI_OK);
	ck_assert_int_eq(
	    kpi_store_iterate(&iterator, store, NULL, &error), KPI_OK);
	while (kpi_iterator_next(iterator, &call, &error) == KPI_OK &&
	    call != NULL) {
		known += call->csat == 4;
		ck_assert(call->csat == 4 || call->csat == KPI_UNKNOWN);
	}
	ck_assert_int_eq(known, 2);
	kpi_iterator_free(iterator);
	close_store();
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("arrow_hostile");
	TCase *tc = tcase_create("arrow_hostile");

	tcase_add_loop_test(tc,
	    an_array_that_breaks_the_interface_is_refused_where_it_does, 0,
	    CASES);
	tcase_add_loop_test(tc,
	    a_column_that_no_field_takes_is_refused_before_a_batch_is_read, 0,
	    TYPES);
	tcase_add_loop_test(tc,
	    a_value_that_no_field_takes_is_said_with_batch_and_row, 0, VALUES);
	tcase_add_test(tc, words_that_are_no_names_are_not_repeated);
	tcase_add_test(tc, not_a_number_is_unknown);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
