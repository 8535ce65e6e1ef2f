/* SPDX-License-Identifier: MIT */
/* Tables of several batches: with one thread and with more, the same. */
#include <check.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <kpi/csv.h>

#define TABLE "test_csv_flow.csv"
#define STORE "test_csv_flow.kpi"
#define ROWS  200000 /* three batches and a piece */
#define NAMES 300000 /* more than are kept */

static uint64_t seed;

static unsigned
draw(unsigned below)
{
	seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (unsigned)(seed >> 33) % below;
}

static FILE *
begin_table(void)
{
	FILE *f = fopen(TABLE, "w");

	ck_assert_ptr_nonnull(f);
	seed = 20261128;
	(void)fputs("id,customer,queue,started_at,wait (ms),outcome,csat,ring"
		    "\n",
	    f);
	return f;
}

static void
put_row(FILE *f, int id, const char *queue, const char *wait)
{
	(void)fprintf(f,
	    "%d,customer number %u,%s,2026-10-01T%02u:00:00Z,%s,"
	    "answered,%u,\n",
	    id, draw(90000), queue, draw(24), wait, draw(6));
}

/* One row in about a thousand has something wrong, and some are updates. */
static void
write_mixed(void)
{
	static const char *const wrong[] = { "x", "-5", "1.5.2", "9 years" };
	FILE *f = begin_table();

	for (int r = 0; r < ROWS; r++) {
		const unsigned which = draw(5000);

		if (which == 0)
			(void)fputs("\"a\" b,\n", f);
		else if (which == 1)
			(void)fputs("1,2\n", f);
		else if (which == 2)
			put_row(f, r, "caf\xe9", "1000");
		else if (which == 3)
			put_row(f, (int)draw((unsigned)r + 1), "again", "7");
		else
			put_row(f, r, which % 7 == 0 ? "sales" : "\"support\"",
			    which < 8 ? wrong[which % 4] : "1250");
	}
	ck_assert_int_eq(fclose(f), 0);
}

static char *
read_store(size_t *size)
{
	FILE *f = fopen(STORE, "rb");
	char *bytes;

	ck_assert_ptr_nonnull(f);
	ck_assert_int_eq(fseek(f, 0, SEEK_END), 0);
	*size = (size_t)ftell(f);
	rewind(f);
	bytes = malloc(*size);
	ck_assert_uint_eq(fread(bytes, 1, *size, f), *size);
	ck_assert_int_eq(fclose(f), 0);
	return bytes;
}

static kpi_store *
open_with(uint64_t threads, int32_t if_exists)
{
	kpi_store_options options = KPI_STORE_OPTIONS_INIT;
	kpi_store *store;

	(void)unlink(STORE);
	options.if_exists = if_exists;
	ck_assert_int_eq(kpi_store_open(&store, STORE, &options, NULL), KPI_OK);
	ck_assert_int_eq(kpi_store_set_threads(store, threads, NULL), KPI_OK);
	return store;
}

struct outcome {
	kpi_status status;
	kpi_csv_report report;
	kpi_error error;
	size_t size; /* of the file, without what a failure leaves */
	char *bytes;
};

/* `first`: an id that the store has before, or NULL. */
static struct outcome *
import(uint64_t threads, int32_t if_exists, const kpi_csv_options *options,
    const char *first)
{
	struct outcome *o = calloc(1, sizeof(*o));
	const kpi_error none = KPI_ERROR_INIT;
	kpi_store *store = open_with(threads, if_exists);
	kpi_interaction call = KPI_INTERACTION_INIT;

	call.id = first;
	call.started_at = INT64_C(1790000000000);
	if (first != NULL)
		ck_assert_int_eq(kpi_store_add(store, &call, NULL), KPI_OK);
	o->error = none;
	o->report.size = sizeof(o->report);
	o->status =
	    kpi_import_csv(store, TABLE, options, &o->report, &o->error);
	ck_assert_int_eq(kpi_store_check(store, NULL, NULL, NULL), KPI_OK);
	kpi_store_close(store);
	o->bytes = read_store(&o->size);
	ck_assert_int_eq(unlink(STORE), 0);
	return o;
}

static void
drop(struct outcome *o)
{
	free(o->bytes);
	free(o);
}

static void
are_the_same(const struct outcome *a, const struct outcome *b)
{
	ck_assert_int_eq(a->status, b->status);
	ck_assert_mem_eq(&a->report, &b->report, sizeof(a->report));
	ck_assert_mem_eq(&a->error, &b->error, sizeof(a->error));
	ck_assert_uint_eq(a->size, b->size);
	ck_assert(memcmp(a->bytes, b->bytes, a->size) == 0);
}

START_TEST(any_number_of_threads_makes_the_same_file_and_report)
{
	struct outcome *one, *more;

	write_mixed();
	one = import(1, _i, NULL, NULL);
	ck_assert_msg(one->status == KPI_OK, "%s", one->error.text);
	ck_assert_uint_gt(one->report.interactions, ROWS - 1000);
	ck_assert_uint_gt(one->report.refused, 100);
	ck_assert_uint_gt(one->report.reason_count, 3);
	ck_assert_int_eq(
	    one->report.again.rows > 5, _i == KPI_IF_EXISTS_UPDATE);
	ck_assert_uint_gt(one->report.replaced_text, 5);
	for (uint64_t threads = 2; threads <= 3; threads++) {
		more = import(threads, _i, NULL, NULL);
		are_the_same(one, more);
		drop(more);
	}
	drop(one);
	ck_assert_int_eq(unlink(TABLE), 0);
}
END_TEST

/* Reasons found where rows are read fill the report up after one that is found
 * where the batch before them is stored. */
START_TEST(reasons_are_found_in_order_of_rows)
{
	static const char *const fields[] = { "wait", "talk", "hold",
		"after_call", "ring", "ivr", "csat", "csat_scale", "nps", "ces",
		"cost", "quality", "resolved", "outcome", "direction",
		"transfer", "ended_at", "entered_at", "resolved_at" };
	const int count = (int)(sizeof(fields) / sizeof(*fields));
	struct outcome *one, *two;
	FILE *f = fopen(TABLE, "w");

	ck_assert_ptr_nonnull(f);
	(void)fputs("id,started_at", f);
	for (int c = 0; c < count; c++)
		(void)fprintf(f, ",%s", fields[c]);
	/* one of 65,536 rows has an id for the second time */
	for (int r = 0; r < 65536 + count; r++) {
		(void)fprintf(f, "\n%d,2026-10-01T10:00:00Z", r % 65535);
		for (int c = 0; c < count; c++)
			(void)fputs(r == 65536 + c ? ",?" : ",", f);
	}
	ck_assert_int_eq(fclose(f), 0);
	one = import(1, KPI_IF_EXISTS_REFUSE, NULL, NULL);
	two = import(2, KPI_IF_EXISTS_REFUSE, NULL, NULL);
	ck_assert_uint_eq(one->report.refused, 1 + (uint64_t)count);
	ck_assert_uint_eq(one->report.reason_count, KPI_CSV_REASONS);
	are_the_same(one, two);
	drop(one);
	drop(two);
	ck_assert_int_eq(unlink(TABLE), 0);
}
END_TEST

/* In turn: nothing; a cell of the second batch; that and, of the first batch,
 * an id that the store has. */
START_TEST(the_first_row_that_fails_is_told_with_any_number_of_threads)
{
	kpi_csv_options options = KPI_CSV_OPTIONS_INIT;
	struct outcome *one, *two;
	FILE *f = begin_table();

	for (int r = 0; r < ROWS; r++)
		put_row(f, r, "q", _i > 0 && r == 66000 ? "soon" : "3");
	ck_assert_int_eq(fclose(f), 0);
	options.flags = KPI_CSV_STRICT;
	one = import(1, KPI_IF_EXISTS_REFUSE, &options, _i == 2 ? "40" : NULL);
	two = import(2, KPI_IF_EXISTS_REFUSE, &options, _i == 2 ? "40" : NULL);
	are_the_same(one, two);
	ck_assert_int_eq(one->status, _i == 0 ? KPI_OK : KPI_EPARSE);
	if (_i > 0)
		ck_assert_int_eq(one->error.line, _i == 1 ? 66002 : 42);
	drop(one);
	drop(two);
	ck_assert_int_eq(unlink(TABLE), 0);
}
END_TEST

struct asked {
	pthread_t caller;
	int is_caller;
	int count, most;
};

static int32_t
ask(void *ctx, uint64_t done, uint64_t total)
{
	struct asked *a = ctx;

	(void)done;
	(void)total;
	a->is_caller = a->is_caller && pthread_equal(a->caller, pthread_self());
	return ++a->count > a->most;
}

START_TEST(the_calling_thread_asks_whether_to_go_on_and_stops)
{
	struct asked asked = { pthread_self(), 1, 0, 30 };
	kpi_csv_options options = KPI_CSV_OPTIONS_INIT;
	kpi_store_info info = KPI_STORE_INFO_INIT;
	kpi_store *store;

	write_mixed();
	options.stop = ask;
	options.stop_ctx = &asked;
	store = open_with(2, KPI_IF_EXISTS_UPDATE);
	ck_assert_int_eq(
	    kpi_import_csv(store, TABLE, &options, NULL, NULL), KPI_ESTOPPED);
	ck_assert_int_eq(asked.count, 31);
	ck_assert(asked.is_caller);
	ck_assert_int_eq(kpi_store_read_info(store, &info, NULL), KPI_OK);
	ck_assert_uint_eq(info.interactions, 0);
	asked.most = 1000000;
	ck_assert_int_eq(
	    kpi_import_csv(store, TABLE, &options, NULL, NULL), KPI_OK);
	kpi_store_close(store);
	ck_assert_int_eq(unlink(STORE), 0);
	ck_assert_int_eq(unlink(TABLE), 0);
}
END_TEST

/* Long and short ones, of which neighbours differ in one byte. */
static void
name(char out[64], unsigned i)
{
	static const char *const before[] = { "", "a name as long as ", "c" };
	static const char *const behind[] = { "", " is and longer" };

	(void)snprintf(out, 64, "%s%u%s", before[i % 3], i, behind[i % 2]);
}

START_TEST(a_text_is_told_from_all_others_however_many_there_are)
{
	kpi_csv_report report = { .size = sizeof(report) };
	kpi_store *store = open_with(1 + (uint64_t)_i, 0);
	FILE *f = fopen(TABLE, "w");
	char text[64], id[16];

	ck_assert_ptr_nonnull(f);
	(void)fputs("id,customer,started_at\n", f);
	for (unsigned r = 0; r < NAMES + 1000; r++) {
		name(text, r % NAMES);
		(void)fprintf(f, "%u,%s,2026-10-01T10:00:00Z\n", r, text);
	}
	ck_assert_int_eq(fclose(f), 0);
	ck_assert_int_eq(
	    kpi_import_csv(store, TABLE, NULL, &report, NULL), KPI_OK);
	ck_assert_uint_eq(report.interactions, NAMES + 1000);
	for (unsigned r = 0; r < NAMES + 1000; r += 997) {
		kpi_record *record;

		name(text, r % NAMES);
		(void)snprintf(id, sizeof(id), "%u", r);
		ck_assert_int_eq(
		    kpi_store_get(&record, store, NULL, id, NULL), KPI_OK);
		ck_assert_str_eq(
		    kpi_record_interaction(record)->customer, text);
		kpi_record_free(record);
	}
	kpi_store_close(store);
	ck_assert_int_eq(unlink(STORE), 0);
	ck_assert_int_eq(unlink(TABLE), 0);
}
END_TEST

/* Fails from some allocation on, whichever thread asks for it. */
struct shortage {
	pthread_mutex_t lock;
	int64_t left;
};

static void *
resize(void *ctx, void *ptr, size_t old_size, size_t new_size)
{
	struct shortage *s = ctx;
	int is_gone;

	(void)old_size;
	if (new_size == 0) {
		free(ptr);
		return NULL;
	}
	pthread_mutex_lock(&s->lock);
	is_gone = s->left-- <= 0;
	pthread_mutex_unlock(&s->lock);
	return is_gone ? NULL : realloc(ptr, new_size);
}

START_TEST(no_memory_for_either_thread_leaves_the_store_as_it_was)
{
	struct shortage s = { PTHREAD_MUTEX_INITIALIZER, INT64_MAX };
	const kpi_allocator allocator = { resize, &s };
	kpi_store_options options = KPI_STORE_OPTIONS_INIT;
	kpi_store_info info = KPI_STORE_INFO_INIT;
	const char *const path = _i == 0 ? NULL : STORE;
	int64_t needed;
	kpi_store *store;

	write_mixed();
	(void)unlink(STORE);
	options.allocator = &allocator;
	ck_assert_int_eq(kpi_store_open(&store, path, &options, NULL), KPI_OK);
	ck_assert_int_eq(kpi_store_set_threads(store, 2, NULL), KPI_OK);
	ck_assert_int_eq(
	    kpi_import_csv(store, TABLE, NULL, NULL, NULL), KPI_OK);
	needed = INT64_MAX - s.left;
	ck_assert_int_gt(needed, 300);
	kpi_store_close(store);
	for (int64_t n = 0; n < needed * 9 / 10; n += needed / 6 + 1) {
		kpi_status status;

		s.left = INT64_MAX;
		(void)unlink(STORE);
		ck_assert_int_eq(
		    kpi_store_open(&store, path, &options, NULL), KPI_OK);
		ck_assert_int_eq(kpi_store_set_threads(store, 2, NULL), KPI_OK);
		s.left = n;
		status = kpi_import_csv(store, TABLE, NULL, NULL, NULL);
		s.left = INT64_MAX;
		ck_assert_int_eq(status, KPI_ENOMEM);
		ck_assert_int_eq(
		    kpi_store_read_info(store, &info, NULL), KPI_OK);
		ck_assert_uint_eq(info.interactions, 0);
		kpi_store_close(store);
	}
	(void)unlink(STORE);
	ck_assert_int_eq(unlink(TABLE), 0);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("csv_flow");
	TCase *c = tcase_create("csv_flow");

	tcase_set_timeout(c, 300);

	tcase_add_loop_test(
	    c, any_number_of_threads_makes_the_same_file_and_report, 0, 2);
	tcase_add_test(c, reasons_are_found_in_order_of_rows);
	tcase_add_loop_test(c,
	    the_first_row_that_fails_is_told_with_any_number_of_threads, 0, 3);
	tcase_add_test(c, the_calling_thread_asks_whether_to_go_on_and_stops);
	tcase_add_loop_test(
	    c, a_text_is_told_from_all_others_however_many_there_are, 0, 2);
	tcase_add_loop_test(
	    c, no_memory_for_either_thread_leaves_the_store_as_it_was, 0, 2);
	suite_add_tcase(s, c);
	return s;
}

#include "runner.h"
