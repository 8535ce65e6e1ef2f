/* SPDX-License-Identifier: MIT */
/* The same rows by column and by Arrow, in whatever form and batches, are the
 * same to every metric. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arrow_made.h"
#include "random_interactions.h"

#define MOST         400
#define MOST_BATCHES 8
#define FIELDS       KPI_FIELD_TEAM

static kpi_error error = KPI_ERROR_INIT;

/* Where a field of row 0 stands, and how far it is to that of the next. */
static kpi_column
column_of(int32_t field, const random_interactions *made)
{
	const int of_visit = field >= KPI_FIELD_ENTERED_AT;
	const int is_text =
	    of_visit ? field >= KPI_FIELD_QUEUE : field >= KPI_FIELD_ID;
	const size_t place =
	    (size_t)(of_visit ? field - KPI_FIELD_ENTERED_AT : field - 1);
	const size_t integers = of_visit ? 10 : 25;
	const size_t offset = sizeof(uint64_t) +
	    (is_text ? integers * sizeof(int64_t) +
			(place - integers) * sizeof(char *)
		     : place * sizeof(int64_t));
	kpi_column c = KPI_COLUMN_INIT;

	c.field = field;
	c.type = is_text ? KPI_COLUMN_TEXT : KPI_COLUMN_INT64;
	c.data = of_visit ? (const char *)made->visits + offset
			  : (const char *)made->all + offset;
	c.stride = of_visit ? (int64_t)(RANDOM_ROWS_MOST * sizeof(kpi_visit))
			    : (int64_t)sizeof(kpi_interaction);
	return c;
}

static int64_t
number_at(const kpi_column *c, int64_t row)
{
	int64_t value;

	memcpy(&value, (const char *)c->data + row * c->stride, sizeof(value));
	return value;
}

static int
all_within(const kpi_column *c, int64_t rows, int64_t least, int64_t most,
    int64_t unit)
{
	for (int64_t r = 0; r < rows; r++) {
		const int64_t v = number_at(c, r);

		if (v != KPI_UNKNOWN &&
		    (v < least || v > most || v % unit != 0))
			return 0;
	}
	return 1;
}

static const char *
integer_format(random_source *s, const kpi_column *c, int64_t rows)
{
	static const struct {
		const char *format;
		int64_t least, most;
	} all[] = {
		{ "c", INT8_MIN, INT8_MAX },
		{ "C", 0, UINT8_MAX },
		{ "s", INT16_MIN, INT16_MAX },
		{ "S", 0, UINT16_MAX },
		{ "i", INT32_MIN, INT32_MAX },
		{ "I", 0, UINT32_MAX },
		{ "f", -(1 << 24), 1 << 24 },
		{ "g", -(INT64_C(1) << 53), INT64_C(1) << 53 },
		{ "L", 0, INT64_MAX },
		{ "l", -INT64_MAX, INT64_MAX },
	};
	const size_t count = sizeof(all) / sizeof(*all);
	size_t i = random_below(s, (uint32_t)count);

	while (
	    i < count - 1 && !all_within(c, rows, all[i].least, all[i].most, 1))
		i++;
	return all[i].format;
}

static const char *
number_format(
    random_source *s, const char *kind, const kpi_column *c, int64_t rows)
{
	static const char *const times[2][4] = {
		{ "tsm:UTC", "tsu:Europe/Berlin", "tsn:UTC", "tss:UTC" },
		{ "tDm", "tDu", "tDn", "tDs" },
	};
	const int duration = strcmp(kind, "duration") == 0;
	const int instant = strcmp(kind, "instant") == 0;
	const int whole = all_within(c, rows, -INT64_MAX, INT64_MAX, 1000);

	if ((duration || instant) && !random_one_in(s, 3))
		return times[duration][random_below(s, whole ? 4 : 3)];
	if (strcmp(kind, "flag") == 0 && random_one_in(s, 2))
		return "b";
	return integer_format(s, c, rows);
}

static const char *
text_format(random_source *s)
{
	static const char *const formats[] = { "u", "U", "vu" };

	return formats[random_below(s, 3)];
}

/* Their order in the batch has to be the same throughout. */
static uint32_t
make_forms(random_source *s, arrow_source *source,
    const random_interactions *made, kpi_column columns[FIELDS])
{
	static const char *const places[] = { "s", "i", "l", "S", "I", "L" };
	const uint32_t first = random_below(s, FIELDS);

	for (uint32_t i = 0; i < FIELDS; i++) {
		const int32_t field = (int32_t)((i + first) % FIELDS) + 1;
		kpi_entry entry = KPI_ENTRY_INIT;
		arrow_form *form = &source->forms[i];

		columns[i] = column_of(field, made);
		ck_assert_int_eq(
		    kpi_catalogue_number(KPI_TABLE_FIELDS, field, &entry),
		    KPI_OK);
		memset(form, 0, sizeof(*form));
		form->name = entry.name;
		form->uncounted = random_one_in(s, 3);
		if (columns[i].type == KPI_COLUMN_INT64) {
			form->format = number_format(
			    s, entry.kind, &columns[i], (int64_t)made->count);
		} else if (random_one_in(s, 2)) {
			form->format = text_format(s);
		} else {
			form->format = places[random_below(s, 6)];
			form->words = text_format(s);
		}
	}
	source->columns = FIELDS;
	return FIELDS;
}

static void
make_batch(random_source *s, arrow_source *source, const kpi_column *columns,
    int64_t begin, int64_t until)
{
	const int64_t skip =
	    random_below(s, 3) < begin ? random_below(s, 3) : 0;
	const int64_t from = skip <= begin ? begin - skip : begin;
	struct ArrowArray made[FIELDS];

	for (uint32_t i = 0; i < FIELDS; i++) {
		const char *data =
		    (const char *)columns[i].data + from * columns[i].stride;
		arrow_form form = source->forms[i];

		form.offset = random_one_in(s, 2) ? 0 : random_below(s, 20);
		made[i] = columns[i].type == KPI_COLUMN_INT64
		    ? arrow_numbers(&form, (const int64_t *)(const void *)data,
			  columns[i].stride, until - from)
		    : arrow_texts(&form,
			  (const char *const *)(const void *)data,
			  columns[i].stride, until - from);
	}
	source->batches[source->count++] =
	    arrow_batch(made, FIELDS, begin - from, until - begin);
}

static void
add_by_arrow(
    kpi_store *store, random_source *s, const random_interactions *made)
{
	const int64_t rows = (int64_t)made->count;
	const int batches = 1 + (int)random_below(s, MOST_BATCHES);
	struct ArrowArrayStream stream;
	kpi_column columns[FIELDS];
	arrow_source source;
	int64_t begin = 0;

	memset(&source, 0, sizeof(source));
	make_forms(s, &source, made, columns);
	for (int b = 0; b < batches; b++) {
		const int64_t more = b == batches - 1
		    ? rows - begin
		    : (int64_t)random_below(s, (uint32_t)(rows - begin) + 1);

		make_batch(s, &source, columns, begin, begin + more);
		begin += more;
	}
	stream = arrow_stream(&source);
	ck_assert_msg(
	    kpi_store_add_arrow(store, &stream, NULL, &error) == KPI_OK, "%s",
	    error.text);
	ck_assert_int_eq(arrow_alive, 0);
}

static void
add_by_column(kpi_store *store, const random_interactions *made)
{
	kpi_column columns[FIELDS];

	for (int32_t f = 1; f <= FIELDS; f++)
		columns[f - 1] = column_of(f, made);
	ck_assert_msg(kpi_store_add_columns(store, made->count, columns, FIELDS,
			  &error) == KPI_OK,
	    "%s", error.text);
}

static unsigned char *
saved(kpi_result *result, uint64_t *size)
{
	unsigned char *bytes;

	ck_assert_int_eq(
	    kpi_result_save(result, NULL, 0, size, NULL), KPI_EOVERFLOW);
	bytes = malloc((size_t)*size);
	ck_assert_ptr_nonnull(bytes);
	ck_assert_int_eq(
	    kpi_result_save(result, bytes, *size, size, NULL), KPI_OK);
	kpi_result_free(result);
	return bytes;
}

static void
same_to_all(kpi_store *a, kpi_store *b, const kpi_query *query)
{
	kpi_entry metric = KPI_ENTRY_INIT;

	for (uint64_t m = 0;
	     kpi_catalogue_entry(KPI_TABLE_METRICS, m, &metric) == KPI_OK;
	     m++) {
		kpi_definition *definition;
		kpi_result *results[2];
		kpi_status status[2];
		unsigned char *bytes[2];
		uint64_t size[2];

		ck_assert_int_eq(kpi_definition_new(
				     &definition, metric.number, NULL, &error),
		    KPI_OK);
		for (int i = 0; i < 2; i++)
			status[i] = kpi_measure(&results[i], i == 0 ? a : b,
			    query, (const kpi_definition *const *)&definition,
			    1, &error);
		kpi_definition_free(definition);
		ck_assert_int_eq(status[0], status[1]);
		if (status[0] != KPI_OK)
			continue;
		for (int i = 0; i < 2; i++)
			bytes[i] = saved(results[i], &size[i]);
		ck_assert_uint_eq(size[0], size[1]);
		ck_assert_msg(memcmp(bytes[0], bytes[1], (size_t)size[0]) == 0,
		    "%s", metric.name);
		free(bytes[0]);
		free(bytes[1]);
	}
}

START_TEST(rows_by_arrow_are_rows_by_column_to_every_metric)
{
	const uint32_t cases = random_cases(10000) / 200 + 1;

	for (uint32_t n = 0; n < cases; n++) {
		random_source s = { 7000 + n };
		random_shape shape = random_shape_any(&s);
		random_interactions made;
		kpi_store *a, *b;
		kpi_query *query;

		shape.one_row = 1;
		random_interactions_make(
		    &made, s.state, 1 + random_below(&s, MOST), &shape);
		ck_assert_int_eq(
		    kpi_store_open(&a, NULL, NULL, &error), KPI_OK);
		ck_assert_int_eq(
		    kpi_store_open(&b, NULL, NULL, &error), KPI_OK);
		add_by_column(a, &made);
		add_by_arrow(b, &s, &made);
		ck_assert_int_eq(kpi_query_new(&query, NULL, &error), KPI_OK);
		same_to_all(a, b, query);
		ck_assert_int_eq(kpi_query_by(query, KPI_BY_AGENT), KPI_OK);
		ck_assert_int_eq(
		    kpi_query_by_time(query, KPI_BUCKET_DAY), KPI_OK);
		same_to_all(a, b, query);
		kpi_query_free(query);
		kpi_store_close(a);
		kpi_store_close(b);
		random_interactions_free(&made);
	}
}
END_TEST

/*
 * Batches of a start, a wait and an agent, whose dictionary is each batch's
 * own or, if `shared`, the same one; the last row of all has `wait`.
 */
static arrow_source
many(int batches, int64_t rows, int shared, int64_t wait, int64_t *starts,
    int64_t *waits, const char **agents)
{
	static const arrow_form forms[] = {
		{ .name = "started_at", .format = "l" },
		{ .name = "wait", .format = "l" },
		{ .name = "agent", .format = "c", .words = "u" },
	};
	static const int32_t offsets[] = { 0, 3, 8 };
	static const char bytes[] = "benamira";
	static const void *words[] = { NULL, offsets, bytes };
	arrow_source source;
	int64_t row = 0;

	memset(&source, 0, sizeof(source));
	memcpy(source.forms, forms, sizeof(forms));
	source.columns = 3;
	source.count = batches;
	for (int b = 0; b < batches; b++) {
		const int64_t first = row;
		struct ArrowArray columns[3];

		for (int64_t r = 0; r < rows; r++, row++) {
			starts[row] = RANDOM_EPOCH + row * 1000;
			waits[row] = row % 60000;
			agents[row] = (row + shared) % (2 + b % 2) == shared
			    ? "ben"
			    : "amira";
		}
		if (shared)
			agents[first] = "ben";
		if (b == batches - 1)
			waits[row - 1] = wait;
		columns[0] = arrow_numbers(&forms[0], starts + first, 0, rows);
		columns[1] = arrow_numbers(&forms[1], waits + first, 0, rows);
		columns[2] = arrow_texts(&forms[2], agents + first, 0, rows);
		if (shared) {
			columns[2].dictionary->buffers = words;
			columns[2].dictionary->length = 2;
			columns[2].dictionary->null_count = 0;
		}
		source.batches[b] = arrow_batch(columns, 3, 0, rows);
	}
	return source;
}

static const struct {
	int batches, shared;
	int64_t rows;
} many_cases[] = {
	{ 3, 0, 40000 },
	{ 3, 1, 40000 },
	{ 2, 1, 65536 },
	{ 2, 0, 65537 },
	{ ARROW_BATCHES, 1, 1 },
	{ ARROW_BATCHES, 0, 5 },
	{ ARROW_BATCHES, 1, 300 },
};

#define MANY_CASES (int)(sizeof(many_cases) / sizeof(*many_cases))

static void
add_three_columns(kpi_store *store, uint64_t rows, const int64_t *starts,
    const int64_t *waits, const char **agents)
{
	kpi_column columns[3] = { KPI_COLUMN_INIT, KPI_COLUMN_INIT,
		KPI_COLUMN_INIT };

	columns[0].field = KPI_FIELD_STARTED_AT;
	columns[0].type = KPI_COLUMN_INT64;
	columns[0].data = starts;
	columns[1].field = KPI_FIELD_WAIT;
	columns[1].type = KPI_COLUMN_INT64;
	columns[1].data = waits;
	columns[2].field = KPI_FIELD_AGENT;
	columns[2].type = KPI_COLUMN_TEXT;
	columns[2].data = agents;
	ck_assert_int_eq(
	    kpi_store_add_columns(store, rows, columns, 3, &error), KPI_OK);
}

START_TEST(rows_of_many_batches_are_added_at_once_and_told_apart)
{
	const int batches = many_cases[_i].batches;
	const int64_t rows = many_cases[_i].rows, all = batches * rows;
	int64_t *starts = malloc((size_t)all * sizeof(*starts));
	int64_t *waits = malloc((size_t)all * sizeof(*waits));
	const char **agents = malloc((size_t)all * sizeof(*agents));
	struct ArrowArrayStream stream;
	arrow_source source;
	kpi_store *a, *b;
	kpi_query *query;
	char said[64];

	ck_assert(starts != NULL && waits != NULL && agents != NULL);
	ck_assert_int_eq(kpi_store_open(&a, NULL, NULL, &error), KPI_OK);
	ck_assert_int_eq(kpi_store_open(&b, NULL, NULL, &error), KPI_OK);
	source = many(
	    batches, rows, many_cases[_i].shared, -7, starts, waits, agents);
	stream = arrow_stream(&source);
	ck_assert_int_eq(
	    kpi_store_add_arrow(b, &stream, NULL, &error), KPI_EINVAL);
	ck_assert_int_eq(error.line, all);
	(void)snprintf(said, sizeof(said), "batch %d, row %d: wait is ",
	    batches, (int)rows);
	ck_assert_msg(
	    strncmp(error.text, said, strlen(said)) == 0, "%s", error.text);
	ck_assert_ptr_nonnull(strstr(error.text, "got -7"));
	source = many(
	    batches, rows, many_cases[_i].shared, 7, starts, waits, agents);
	stream = arrow_stream(&source);
	ck_assert_msg(kpi_store_add_arrow(b, &stream, NULL, &error) == KPI_OK,
	    "%s", error.text);
	ck_assert_int_eq(arrow_alive, 0);
	add_three_columns(a, (uint64_t)all, starts, waits, agents);
	ck_assert_int_eq(kpi_query_new(&query, NULL, &error), KPI_OK);
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_AGENT), KPI_OK);
	same_to_all(a, b, query);
	ck_assert_int_eq(kpi_store_check(b, NULL, NULL, &error), KPI_OK);
	kpi_query_free(query);
	kpi_store_close(a);
	kpi_store_close(b);
	free(starts);
	free(waits);
	free(agents);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("arrow_random");
	TCase *tc = tcase_create("arrow_random");

	tcase_add_test(tc, rows_by_arrow_are_rows_by_column_to_every_metric);
	tcase_add_loop_test(tc,
	    rows_of_many_batches_are_added_at_once_and_told_apart, 0,
	    MANY_CASES);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
