/* SPDX-License-Identifier: MIT */
/*
 * What figures do not depend on: the order of adding, chunk borders, memory
 * or file, one process or two, what else is asked.
 */
#define _XOPEN_SOURCE 700

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "question.h"
#include "runner.h"


/* More than a chunk holds. */
#define MANY 90000

static char path[64];

static void
make_path(void)
{
	strcpy(path, "/tmp/kpi-same-XXXXXX");
	ck_assert_int_ge(close(mkstemp(path)), 0);
}

static kpi_store *
open_path(const char *name)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *store;

	ck_assert_msg(kpi_store_open(&store, name, NULL, &error) == KPI_OK,
	    "%s", error.text);
	return store;
}

/* The interactions [from, until) of a permutation, in one batch. */
static void
add_some(kpi_store *store, const random_interactions *made,
    const uint32_t *order, size_t from, size_t until)
{
	kpi_error error = KPI_ERROR_INIT;

	ck_assert_int_eq(kpi_store_begin(store, &error), KPI_OK);
	for (size_t i = from; i < until; i++)
		ck_assert_msg(kpi_store_add(store,
				  &made->all[order == NULL ? i : order[i]],
				  &error) == KPI_OK,
		    "%s", error.text);
	ck_assert_int_eq(kpi_store_commit(store, &error), KPI_OK);
}

static uint32_t *
shuffled(random_source *s, size_t count)
{
	uint32_t *order = calloc(count, sizeof(*order));

	ck_assert_ptr_nonnull(order);
	for (uint32_t i = 0; i < count; i++) {
		const uint32_t j = random_below(s, i + 1);

		order[i] = order[j];
		order[j] = i;
	}
	return order;
}

/* The integers and texts of one-row interactions, as columns of the records
 * themselves. */
static void
add_as_columns(kpi_store *store, const random_interactions *made)
{
	const kpi_column empty = KPI_COLUMN_INIT;
	kpi_error error = KPI_ERROR_INIT;
	kpi_column columns[KPI_FIELD_TEAM];
	uint64_t count = 0;

	for (int32_t field = 1; field <= KPI_FIELD_TEAM; field++) {
		const int of_visit = field >= KPI_FIELD_ENTERED_AT;
		const int is_text =
		    of_visit ? field >= KPI_FIELD_QUEUE : field >= KPI_FIELD_ID;
		const int place =
		    of_visit ? field - KPI_FIELD_ENTERED_AT : field - 1;
		const int integers = of_visit ? 10 : 25;
		const size_t offset = sizeof(uint64_t) +
		    (is_text ? (size_t)integers * sizeof(int64_t) +
				(size_t)(place - integers) * sizeof(char *)
			     : (size_t)place * sizeof(int64_t));
		kpi_column *c = &columns[count++];

		*c = empty;
		c->field = field;
		c->type = is_text ? KPI_COLUMN_TEXT : KPI_COLUMN_INT64;
		c->data = of_visit ? (const char *)made->visits + offset
				   : (const char *)made->all + offset;
		c->stride = of_visit
		    ? (int64_t)(RANDOM_ROWS_MOST * sizeof(kpi_visit))
		    : (int64_t)sizeof(kpi_interaction);
	}
	ck_assert_msg(kpi_store_add_columns(
			  store, made->count, columns, count, &error) == KPI_OK,
	    "%s", error.text);
}

/* Asks two stores the same and compares what comes of it, byte by byte. */
static void
check_same(kpi_store *one, kpi_store *other, random_source *s,
    const int64_t *instants, uint32_t instant_count, uint32_t questions)
{
	static question q[QUESTION_METRICS];
	kpi_store *const stores[2] = { one, other };
	kpi_error error = KPI_ERROR_INIT;

	for (uint32_t i = 0; i < questions; i++) {
		kpi_definition *d[QUESTION_METRICS];
		question_rows rows;
		uint32_t metrics;
		kpi_query *query;
		unsigned char *bytes[2];
		uint64_t size[2];

		question_rows_make(&rows, s, instants, instant_count);
		metrics = question_make_each(
		    q, &rows, s, 2, instants, instant_count);
		query = question_query(&rows);
		for (uint32_t m = 0; m < metrics; m++)
			d[m] = question_definition(&q[m]);
		for (int side = 0; side < 2; side++) {
			kpi_result *result;

			ck_assert_msg(kpi_measure(&result, stores[side], query,
					  (const kpi_definition *const *)d,
					  metrics, &error) == KPI_OK,
			    "%s", error.text);
			ck_assert_int_eq(kpi_result_save(result, NULL, 0,
					     &size[side], &error),
			    KPI_EOVERFLOW);
			bytes[side] = malloc((size_t)size[side]);
			ck_assert_ptr_nonnull(bytes[side]);
			ck_assert_int_eq(kpi_result_save(result, bytes[side],
					     size[side], &size[side], &error),
			    KPI_OK);
			kpi_result_free(result);
		}
		ck_assert_msg(size[0] == size[1] &&
			memcmp(bytes[0], bytes[1], (size_t)size[0]) == 0,
		    "results differ: one of the metrics of %s",
		    question_said(&q[3], &rows));
		free(bytes[0]);
		free(bytes[1]);
		for (uint32_t m = 0; m < metrics; m++)
			kpi_definition_free(d[m]);
		kpi_query_free(query);
	}
}

/* Starts, to put ranges on. */
static uint64_t
chunks_of(kpi_store *store)
{
	kpi_store_info info = KPI_STORE_INFO_INIT;
	kpi_error error = KPI_ERROR_INIT;

	ck_assert_int_eq(kpi_store_read_info(store, &info, &error), KPI_OK);
	return info.chunks;
}

START_TEST(the_order_of_adding_changes_nothing)
{
	const uint32_t rounds = random_cases(10000) / 200 + 1;

	for (uint32_t round = 0; round < rounds; round++) {
		random_source s = { round * UINT64_C(48271) + 7 };
		const random_shape shape = random_shape_any(&s);
		int64_t instants[16];
		uint32_t count, *order;
		random_interactions made;
		kpi_store *one, *other;

		random_interactions_make(
		    &made, s.state, 1 + random_below(&s, 200), &shape);
		count = random_instants(&made, instants);
		order = shuffled(&s, made.count);
		one = open_path(NULL);
		add_some(one, &made, NULL, 0, made.count);
		other = open_path(NULL);
		for (size_t i = 0; i < made.count; i++)
			add_some(other, &made, order, i, i + 1);
		check_same(one, other, &s, instants, count, 12);
		kpi_store_close(one);
		kpi_store_close(other);
		free(order);
		random_interactions_free(&made);
	}
}
END_TEST

/* Rows by record in one order, and in another by record, or by column. */
START_TEST(chunk_borders_change_nothing)
{
	const int by_column = _i;
	random_source s = { 77 };
	const random_shape shape = { 9000, INT64_C(2592000000), 1000, by_column,
		by_column };
	int64_t instants[16];
	uint32_t count, *order;
	random_interactions made;
	kpi_store *one, *other;

	random_interactions_make(&made, 4711, MANY, &shape);
	count = random_instants(&made, instants);
	one = open_path(NULL);
	other = open_path(NULL);
	order = shuffled(&s, made.count);
	add_some(one, &made, order, 0, 1000);
	add_some(one, &made, order, 1000, made.count);
	if (by_column)
		add_as_columns(other, &made);
	else
		add_some(other, &made, NULL, 0, made.count);
	ck_assert_uint_ge(chunks_of(one), 1);
	ck_assert_uint_ge(chunks_of(other), 1);
	check_same(one, other, &s, instants, count, 12);
	kpi_store_close(one);
	kpi_store_close(other);
	free(order);
	random_interactions_free(&made);
}
END_TEST

START_TEST(memory_or_file_is_the_same)
{
	const size_t size = _i == 0 ? 500 : MANY;
	random_source s = { 13 };
	const random_shape shape = { 200, INT64_C(2592000000), 1000, 0, 0 };
	int64_t instants[16];
	uint32_t count;
	random_interactions made;
	kpi_store *one, *other;

	random_interactions_make(&made, 99, size, &shape);
	count = random_instants(&made, instants);
	one = open_path(NULL);
	add_some(one, &made, NULL, 0, made.count);
	make_path();
	other = open_path(path);
	add_some(other, &made, NULL, 0, size / 2);
	kpi_store_close(other);
	other = open_path(path);
	add_some(other, &made, NULL, size / 2, size);
	check_same(one, other, &s, instants, count, 6);
	kpi_store_close(other);
	other = open_path(path);
	check_same(one, other, &s, instants, count, 6);
	kpi_store_close(one);
	kpi_store_close(other);
	(void)unlink(path);
	random_interactions_free(&made);
}
END_TEST

/* Another process adds what this one asks about, with a handle of long ago. */
START_TEST(one_process_or_two_is_the_same)
{
	random_source s = { 31 };
	const random_shape shape = { 40, INT64_C(864000000), 1000, 0, 0 };
	int64_t instants[16];
	uint32_t count;
	random_interactions made;
	kpi_store *one, *other;
	pid_t child;
	int code;

	random_interactions_make(&made, 5, 600, &shape);
	count = random_instants(&made, instants);
	one = open_path(NULL);
	add_some(one, &made, NULL, 0, made.count);
	make_path();
	other = open_path(path);
	add_some(other, &made, NULL, 0, 200);
	for (size_t from = 200; from < 600; from += 200) {
		child = fork();
		ck_assert_int_ge(child, 0);
		if (child == 0) {
			kpi_store *theirs = open_path(path);

			add_some(theirs, &made, NULL, from, from + 200);
			kpi_store_close(theirs);
			_exit(0);
		}
		ck_assert_int_eq(waitpid(child, &code, 0), child);
		ck_assert(WIFEXITED(code) && WEXITSTATUS(code) == 0);
		if (from == 200)
			check_same(other, other, &s, instants, count, 2);
	}
	check_same(one, other, &s, instants, count, 20);
	kpi_store_close(one);
	kpi_store_close(other);
	(void)unlink(path);
	random_interactions_free(&made);
}
END_TEST

/* The row of `r` from `from` on that is of the same group and bucket. */
static uint64_t
find_row(const kpi_result *r, uint64_t from, const kpi_result *of,
    uint64_t row)
{
	for (; from < kpi_result_rows(r); from++) {
		int same = kpi_result_begin(r, from) ==
		    kpi_result_begin(of, row);

		for (uint64_t k = 0; kpi_result_by(r, k) != 0; k++) {
			const char *a = kpi_result_group(r, from, k);
			const char *b = kpi_result_group(of, row, k);

			same &= a == NULL || b == NULL ? a == b
						       : strcmp(a, b) == 0;
		}
		if (same)
			break;
	}
	return from;
}

/* Rows that only what is asked beside them has are passed over. */
static void
check_figures(
    const kpi_result *alone, const kpi_result *beside, const char *said)
{
	uint64_t at = 0;

	for (uint64_t row = 0; row < kpi_result_rows(alone); row++, at++) {
		at = find_row(beside, at, alone, row);
		ck_assert_msg(at < kpi_result_rows(beside), "%s", said);
		for (uint64_t i = 0; i < kpi_result_count(alone); i++) {
			kpi_figure one = KPI_FIGURE_INIT;
			kpi_figure other = KPI_FIGURE_INIT;

			ck_assert_int_eq(kpi_result_figure(alone, row, i, &one),
			    KPI_OK);
			ck_assert_int_eq(kpi_result_figure(beside, at, i, &other),
			    KPI_OK);
			ck_assert_msg(memcmp(&one, &other, sizeof(one)) == 0,
			    "%s of row %llu differs in one of the metrics of "
			    "%s",
			    kpi_result_definition(alone, i),
			    (unsigned long long)row, said);
		}
	}
}

/* Also one whose rows take another way into the result, as quantiles do. */
START_TEST(what_is_asked_beside_changes_nothing)
{
	static question q[QUESTION_METRICS];
	random_source s = { 1 + (uint64_t)_i };
	const random_shape shape = random_shape_any(&s);
	kpi_error error = KPI_ERROR_INIT;
	int64_t instants[16];
	random_interactions made;
	kpi_definition *d[QUESTION_METRICS + 1];
	uint32_t count, metrics;
	kpi_store *store = open_path(NULL);

	random_interactions_make(
	    &made, s.state, 1 + random_below(&s, 400), &shape);
	count = random_instants(&made, instants);
	add_some(store, &made, NULL, 0, made.count);
	for (int round = 0; round < 12; round++) {
		kpi_result *alone, *beside;
		question_rows rows;
		kpi_query *query;

		question_rows_make(&rows, &s, instants, count);
		metrics = question_make_each(q, &rows, &s, 2, instants, count);
		query = question_query(&rows);
		for (uint32_t m = 0; m < metrics; m++)
			d[m] = question_definition(&q[m]);
		ck_assert_int_eq(kpi_definition_new(&d[metrics],
				     KPI_METRIC_HANDLE_TIME_P50, NULL, &error),
		    KPI_OK);
		ck_assert_msg(kpi_measure(&alone, store, query,
				  (const kpi_definition *const *)d, metrics,
				  &error) == KPI_OK,
		    "%s", error.text);
		ck_assert_msg(kpi_measure(&beside, store, query,
				  (const kpi_definition *const *)d,
				  metrics + 1, &error) == KPI_OK,
		    "%s", error.text);
		check_figures(alone, beside, question_said(&q[0], &rows));
		kpi_result_free(alone);
		kpi_result_free(beside);
		for (uint32_t m = 0; m <= metrics; m++)
			kpi_definition_free(d[m]);
		kpi_query_free(query);
	}
	kpi_store_close(store);
	random_interactions_free(&made);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("invariance");
	TCase *tc = tcase_create("invariance");

	tcase_set_timeout(tc, 3600);
	tcase_add_test(tc, the_order_of_adding_changes_nothing);
	tcase_add_loop_test(tc, chunk_borders_change_nothing, 0, 2);
	tcase_add_loop_test(tc, memory_or_file_is_the_same, 0, 2);
	tcase_add_test(tc, one_process_or_two_is_the_same);
	tcase_add_loop_test(tc, what_is_asked_beside_changes_nothing, 0, 8);
	suite_add_tcase(s, tc);
	return s;
}
