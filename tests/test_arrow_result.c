/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include <kpi.h>

#include "opened.h"

#define START INT64_C(1700000000000)
#define DAY   INT64_C(86400000)

static void
fill_store(void)
{
	static const char *const queues[] = { "support", NULL, "sales" };

	open_store(0, 0);
	for (int i = 0; i < 60; i++) {
		kpi_visit visit = KPI_VISIT_INIT, both[2];
		kpi_interaction call = KPI_INTERACTION_INIT;

		visit.queue = queues[i % 3];
		visit.agent = i % 2 ? "amira" : "bo";
		visit.wait_ms = i * 1000;
		visit.talk_ms = 60000;
		visit.outcome =
		    i % 7 ? KPI_OUTCOME_ANSWERED : KPI_OUTCOME_ABANDONED;
		call.started_at = START + i * DAY / 13;
		call.csat = i % 5 ? i % 6 : KPI_UNKNOWN;
		both[0] = both[1] = visit;
		both[1].agent = "chloe";
		call.visits = both;
		call.visit_count = i % 4 ? 1 : 2;
		must_add(&call);
	}
}

/* Of queues, or agents, that are not to reach 80 %. */
static const struct {
	const char *name[2], *goal;
	double target;
} own[] = { { { "sales", "bo" }, "0.9", 0.9 },
	{ { "support", "amira" }, "none", NAN } };

static double
target_of(const char *group)
{
	for (size_t i = 0; i < 4 && group != NULL; i++)
		if (strcmp(own[i / 2].name[i % 2], group) == 0)
			return own[i / 2].target;
	return 0.8;
}

/* By day in Berlin and queue, or with parts by agent; or of all. */
static kpi_result *
measured(int groups, int parts, int verdicts)
{
	static const char *const metrics[] = { "service_level", "csat",
		"average_handle_time" };
	kpi_definition *definitions[3];
	kpi_result *result;
	kpi_query *query;

	ck_assert_int_eq(kpi_query_new(&query, NULL, &error), KPI_OK);
	if (groups) {
		ck_assert_int_eq(
		    kpi_query_by(query, parts ? KPI_BY_AGENT : KPI_BY_QUEUE),
		    KPI_OK);
		ck_assert_int_eq(
		    kpi_query_by_time(query, KPI_BUCKET_DAY), KPI_OK);
		ck_assert_int_eq(
		    kpi_query_time_zone(query, "Europe/Berlin", &error),
		    KPI_OK);
	}
	for (int i = 0; i < 3; i++) {
		kpi_entry entry = KPI_ENTRY_INIT;

		ck_assert_int_eq(kpi_catalogue_find(KPI_TABLE_METRICS,
				     metrics[i], &entry, &error),
		    KPI_OK);
		ck_assert_int_eq(kpi_definition_new(&definitions[i],
				     entry.number, NULL, &error),
		    KPI_OK);
	}
	if (parts)
		ck_assert_msg(kpi_definition_set(definitions[1], "credit",
				  "equal", &error) == KPI_OK,
		    "%s", error.text);
	if (verdicts) {
		ck_assert_msg(kpi_definition_set(definitions[0], "target_goal",
				  "0.8", &error) == KPI_OK,
		    "%s", error.text);
		for (size_t i = 0; i < 2; i++)
			ck_assert_msg(kpi_definition_set_for(definitions[0],
					  "target_goal",
					  parts ? KPI_BY_AGENT : KPI_BY_QUEUE,
					  own[i].name[parts != 0], own[i].goal,
					  &error) == KPI_OK,
			    "%s", error.text);
		ck_assert_msg(kpi_definition_set(definitions[0], "verdict_by",
				  "day", &error) == KPI_OK,
		    "%s", error.text);
	}
	ck_assert_msg(kpi_measure(&result, store, query,
			  (const kpi_definition *const *)definitions, 3,
			  &error) == KPI_OK,
	    "%s", error.text);
	for (int i = 0; i < 3; i++)
		kpi_definition_free(definitions[i]);
	kpi_query_free(query);
	return result;
}

struct batch {
	struct ArrowArrayStream stream;
	struct ArrowSchema schema;
	struct ArrowArray array;
};

static struct batch
taken(const kpi_result *result)
{
	struct batch b;
	struct ArrowArray none;

	ck_assert_msg(kpi_result_arrow(result, &b.stream, &error) == KPI_OK,
	    "%s", error.text);
	ck_assert_int_eq(b.stream.get_schema(&b.stream, &b.schema), 0);
	ck_assert_int_eq(b.stream.get_next(&b.stream, &b.array), 0);
	ck_assert_ptr_nonnull(b.array.release);
	ck_assert_int_eq(b.stream.get_next(&b.stream, &none), 0);
	ck_assert_ptr_null(none.release);
	ck_assert_ptr_null(b.stream.get_last_error(&b.stream));
	ck_assert_str_eq(b.schema.format, "+s");
	ck_assert_int_eq(b.schema.n_children, b.array.n_children);
	ck_assert_int_eq(b.array.length,
	    (int64_t)(kpi_result_rows(result) * kpi_result_count(result)));
	return b;
}

static void
release(struct batch *b)
{
	b->array.release(&b->array);
	b->schema.release(&b->schema);
	b->stream.release(&b->stream);
	ck_assert_ptr_null(b->stream.release);
}

static int
find(const struct batch *b, const char *name)
{
	for (int i = 0; i < b->schema.n_children; i++)
		if (strcmp(b->schema.children[i]->name, name) == 0)
			return i;
	return -1;
}

static int
is_null(const struct ArrowArray *a, int64_t at)
{
	const unsigned char *valid = a->buffers[0];

	return valid != NULL && (valid[at >> 3] >> (at & 7) & 1) == 0;
}

static const char *
text(const struct ArrowArray *a, int64_t at)
{
	static char out[512];
	const int32_t *offset;

	if (is_null(a, at))
		return NULL;
	if (a->dictionary != NULL) {
		at = ((const int32_t *)a->buffers[1])[at];
		a = a->dictionary;
		ck_assert_int_lt(at, a->length);
	}
	offset = a->buffers[1];
	(void)snprintf(out, sizeof(out), "%.*s",
	    (int)(offset[at + 1] - offset[at]),
	    (const char *)a->buffers[2] + offset[at]);
	return out;
}

static void
same_text(const char *got, const char *expected)
{
	if (expected == NULL)
		ck_assert_ptr_null(got);
	else
		ck_assert_str_eq(got, expected);
}

static void
same_real(const struct ArrowArray *a, int64_t at, double expected)
{
	ck_assert_int_eq(is_null(a, at), isnan(expected));
	if (!isnan(expected))
		ck_assert(((const double *)a->buffers[1])[at] == expected);
}

static const char *
name_of(int32_t table, int32_t number)
{
	static kpi_entry entry;

	entry.size = sizeof(entry);
	if (kpi_catalogue_number(table, number, &entry) != KPI_OK)
		return NULL;
	return entry.name;
}

static void
same_count(const struct batch *b, const char *name, int64_t at,
    const kpi_figure *f, int64_t sum, int whole)
{
	const int c = find(b, name);

	ck_assert_int_ge(c, 0);
	ck_assert_str_eq(b->schema.children[c]->format, whole ? "l" : "g");
	if (whole)
		ck_assert_int_eq(
		    ((const int64_t *)b->array.children[c]->buffers[1])[at],
		    sum);
	else
		ck_assert(
		    ((const double *)b->array.children[c]->buffers[1])[at] ==
		    (double)sum / (double)f->parts);
}

static void
same_figure(const struct batch *b, const kpi_result *result, int64_t at,
    int whole, int verdicts)
{
	const uint64_t count = kpi_result_count(result);
	struct ArrowArray *const *const a = b->array.children;
	const uint64_t row = (uint64_t)at / count, index = (uint64_t)at % count;
	kpi_figure f = KPI_FIGURE_INIT;
	kpi_entry metric = KPI_ENTRY_INIT;

	ck_assert_int_eq(kpi_result_figure(result, row, index, &f), KPI_OK);
	same_real(a[find(b, "value")], at, f.value);
	same_real(a[find(b, "lower")], at, f.lower);
	same_real(a[find(b, "upper")], at, f.upper);
	same_count(b, "numerator", at, &f, f.numerator, whole);
	same_count(b, "denominator", at, &f, f.denominator, whole);
	same_count(b, "unknown", at, &f, f.unknown, whole);
	same_count(b, "in_progress", at, &f, f.in_progress, whole);
	same_count(b, "truncated", at, &f, f.truncated, whole);
	same_count(b, "immature", at, &f, f.immature, whole);
	same_count(b, "not_counted", at, &f, f.not_counted, whole);
	same_count(b, "no_activity", at, &f, f.no_activity, whole);
	same_text(
	    text(a[find(b, "state")], at), name_of(KPI_TABLE_STATES, f.state));
	same_text(text(a[find(b, "definition")], at),
	    kpi_result_definition(result, index));
	ck_assert_int_eq(kpi_catalogue_number(KPI_TABLE_METRICS,
			     kpi_result_metric(result, index), &metric),
	    KPI_OK);
	same_text(text(a[find(b, "metric")], at), metric.name);
	same_text(text(a[find(b, "unit")], at), metric.unit);
	if (!verdicts)
		return;
	same_real(a[find(b, "target")], at,
	    index == 0 ? target_of(kpi_result_group(result, row, 0))
		       : (double)NAN);
	same_real(a[find(b, "verdict_lower")], at, f.verdict_lower);
	same_text(text(a[find(b, "verdict")], at),
	    name_of(KPI_TABLE_VERDICTS, f.verdict));
}

static void
same_group(const struct batch *b, const kpi_result *result, int64_t at)
{
	const uint64_t row = (uint64_t)at / kpi_result_count(result);
	struct ArrowArray *const *const a = b->array.children;

	same_text(text(a[0], at), kpi_result_group(result, row, 0));
	ck_assert_int_eq(((const int64_t *)a[1]->buffers[1])[at],
	    kpi_result_begin(result, row));
	ck_assert_int_eq(((const int64_t *)a[2]->buffers[1])[at],
	    kpi_result_until(result, row));
}

START_TEST(a_batch_has_every_figure_of_the_result)
{
	const int groups = _i & 1, parts = _i & 2, verdicts = _i & 4;
	kpi_result *result;
	struct batch b;

	fill_store();
	result = measured(groups, parts, verdicts);
	b = taken(result);
	ck_assert_int_gt(b.array.length, groups ? 20 : 2);
	for (int64_t i = 0; i < b.array.length; i++) {
		same_figure(&b, result, i, !(parts && groups), verdicts);
		if (groups)
			same_group(&b, result, i);
	}
	for (int i = 0; i < b.array.n_children; i++) {
		int64_t nulls = 0;

		for (int64_t r = 0; r < b.array.length; r++)
			nulls += is_null(b.array.children[i], r);
		ck_assert_int_eq(b.array.children[i]->null_count, nulls);
		ck_assert(nulls == 0 ||
		    b.schema.children[i]->flags == ARROW_FLAG_NULLABLE);
	}
	if (groups) {
		ck_assert_str_eq(
		    b.schema.children[0]->name, parts ? "agent" : "queue");
		ck_assert_str_eq(
		    b.schema.children[1]->format, "tsm:Europe/Berlin");
	} else {
		ck_assert_int_eq(find(&b, "time"), -1);
	}
	ck_assert_int_eq(find(&b, "target") >= 0, verdicts != 0);
	release(&b);
	kpi_result_free(result);
	close_store();
}
END_TEST

static int
collect(void *ctx, const char *bytes, size_t size)
{
	strncat(
	    ctx, bytes, size < 4095 - strlen(ctx) ? size : 4095 - strlen(ctx));
	return 0;
}

START_TEST(the_columns_are_named_as_in_the_csv)
{
	char csv[4096] = "", *name;
	kpi_result *result;
	struct batch b;
	int i = 0;

	fill_store();
	result = measured(1, 0, 1);
	b = taken(result);
	ck_assert_int_eq(
	    kpi_result_print(result, KPI_FORMAT_CSV, collect, csv, &error),
	    KPI_OK);
	*strstr(csv, "\r\n") = '\0';
	for (name = strtok(csv, ","); name != NULL; name = strtok(NULL, ",")) {
		ck_assert_str_eq(b.schema.children[i++]->name, name);
		if (strcmp(name, "time") == 0)
			ck_assert_str_eq(b.schema.children[i++]->name, "until");
	}
	ck_assert_int_eq(b.schema.n_children, i);
	release(&b);
	kpi_result_free(result);
	close_store();
}
END_TEST

/* Bit 0: the stream goes first, 1: the batch before its child, 2: the schema
 * before its child. */
START_TEST(what_was_taken_is_released_in_any_order_and_after_the_result)
{
	struct ArrowSchema child_schema;
	struct ArrowArray child, words;
	kpi_result *result;
	struct batch b;
	int value;

	fill_store();
	result = measured(1, 0, 0);
	b = taken(result);
	kpi_result_free(result);
	close_store();
	if (_i & 1)
		b.stream.release(&b.stream);
	value = find(&b, "state");
	child = *b.array.children[value];
	b.array.children[value]->release = NULL;
	words = *child.dictionary;
	child.dictionary->release = NULL;
	child_schema = *b.schema.children[value];
	b.schema.children[value]->release = NULL;
	if (_i & 2)
		b.array.release(&b.array);
	if (_i & 4)
		b.schema.release(&b.schema);
	ck_assert_str_eq(child_schema.name, "state");
	child_schema.release(&child_schema);
	ck_assert_int_gt(words.length, 0);
	child.release(&child);
	ck_assert_int_eq(((const int32_t *)words.buffers[1])[0], 0);
	words.release(&words);
	if (!(_i & 2))
		b.array.release(&b.array);
	if (!(_i & 4))
		b.schema.release(&b.schema);
	if (!(_i & 1))
		b.stream.release(&b.stream);
}
END_TEST

START_TEST(a_stream_that_nobody_reads_is_released_whole)
{
	struct ArrowArrayStream stream;
	kpi_result *result;

	fill_store();
	result = measured(1, 0, 0);
	ck_assert_int_eq(kpi_result_arrow(result, &stream, &error), KPI_OK);
	stream.release(&stream);
	ck_assert_int_eq(kpi_result_arrow(NULL, &stream, &error), KPI_EINVAL);
	ck_assert_ptr_null(stream.release);
	ck_assert_int_eq(kpi_result_arrow(result, NULL, &error), KPI_EINVAL);
	kpi_result_free(result);
	close_store();
}
END_TEST

START_TEST(a_result_without_rows_is_a_batch_without_rows)
{
	kpi_result *result;
	struct batch b;

	open_store(0, 0);
	result = measured(1, 0, 0);
	b = taken(result);
	ck_assert_int_eq(b.array.length, 0);
	release(&b);
	kpi_result_free(result);
	close_store();
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("arrow_result");
	TCase *tc = tcase_create("arrow_result");

	tcase_add_loop_test(tc, a_batch_has_every_figure_of_the_result, 0, 8);
	tcase_add_test(tc, the_columns_are_named_as_in_the_csv);
	tcase_add_loop_test(tc,
	    what_was_taken_is_released_in_any_order_and_after_the_result, 0, 8);
	tcase_add_test(tc, a_stream_that_nobody_reads_is_released_whole);
	tcase_add_test(tc, a_result_without_rows_is_a_batch_without_rows);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
