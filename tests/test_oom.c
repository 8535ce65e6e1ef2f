/* SPDX-License-Identifier: MIT */
/* Every allocation of everything that a store is told and asked fails. */
#include <check.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "queue_log_text.h"
#include "ration.h"
#include "sample_store.h"

#define LOG   "test_oom.log"
#define CHUNK 6

static ration supply;
static const kpi_allocator allocator = { ration_resize, &supply };
static const char *path; /* NULL: in memory */

static void
remove_store(void)
{
	static const char *const suffix[] = { "", "-wal", "-shm" };
	char name[128];

	for (int i = 0; i < 3 && path != NULL; i++) {
		(void)snprintf(name, sizeof(name), "%s%s", path, suffix[i]);
		(void)unlink(name);
	}
}

static kpi_status
open_store(kpi_store **store)
{
	kpi_store_options options = KPI_STORE_OPTIONS_INIT;
	kpi_status status;

	options.allocator = &allocator;
	options.if_exists = KPI_IF_EXISTS_UPDATE;
	status = kpi_store_open(store, path, &options, NULL);
	if (status == KPI_OK)
		sample_small_chunks(*store, CHUNK);
	else
		ck_assert_ptr_null(*store);
	return status;
}

/* A batch of it all. In one, a call that failed may be made again. */
static kpi_status
batch_call(kpi_store *store, int call)
{
	switch (call) {
	case 0:
		return sample_add(store, 20, NULL);
	case 1:
		return sample_answer_late(store, "c3", 1, NULL);
	case 2:
		return kpi_store_delete(store, "pbx", "c2", NULL);
	case 3:
		return sample_add_activity(store, 3, NULL);
	case 4:
		return sample_keep_place(store, NULL);
	case 5:
		return sample_replace_visits(store, "i20", NULL);
	case 6:
		return sample_add_employment(store, 3, NULL);
	case 7:
		return sample_add_expense(store, 3, NULL);
	default:
		return sample_add(store, 21, NULL);
	}
}

static kpi_status
batch(kpi_store *store)
{
	kpi_status status = kpi_store_begin(store, NULL);

	if (status != KPI_OK)
		return status;
	for (int call = 0; call < 9 && status == KPI_OK; call++) {
		status = batch_call(store, call);
		if (status == KPI_ENOMEM && supply.once)
			status = batch_call(store, call);
	}
	if (status == KPI_OK)
		return kpi_store_commit(store, NULL);
	ck_assert_int_eq(kpi_store_rollback(store, NULL), KPI_OK);
	return status;
}

/* What a store is told, a step each that is made or not. */
#define STEPS 25

static kpi_status
take_step(kpi_store *store, int step)
{
	switch (step) {
	case 0:
		return sample_add_columns(store, 14, NULL);
	case 1:
		return sample_answer_late(store, "c7", 4, NULL);
	case 2:
		return sample_answer_late(store, "c13", 5, NULL);
	case 3:
		return kpi_store_delete(store, "pbx", "c1", NULL);
	case 4:
		return sample_replace_visits(store, "c4", NULL);
	case 5:
		return sample_add_activity(store, 0, NULL);
	case 6:
		return sample_add_activity(store, 1, NULL);
	case 7:
		return batch(store);
	case 8:
		return kpi_import_queue_log(store, LOG, NULL, NULL, NULL);
	case 9:
		return sample_add(store, 4, NULL); /* for the second time */
	case 10:
		return kpi_store_erase_customer(store, "p3", NULL);
	case 11:
		return sample_add_employment(store, 0, NULL);
	case 12:
		return sample_add_expense(store, 0, NULL);
	default:
		return sample_add(store, (uint32_t)step - 13, NULL);
	}
}

static sample_answer told[STEPS + 1][SAMPLE_PARTS];

/* What takes long is seen each so many failing allocations only, unless
 * KPI_THOROUGH says that there is time for each. */
static int
stride(int usual, int wrapped)
{
	const char *const thorough = getenv("KPI_THOROUGH");

	return thorough != NULL && *thorough != '\0'
	    ? 1
	    : sample_rounds(usual, wrapped);
}

static void
holds(kpi_store *store, int step, int64_t n)
{
	const int first = n % stride(8, 8) == 0 ? 0 : SAMPLE_ROWS;

	for (int part = first; part < SAMPLE_PARTS; part++) {
		const sample_answer *const expected = &told[step][part];
		sample_answer answer;

		sample_ask(&answer, store, part, NULL);
		if (answer.status != expected->status ||
		    answer.size != expected->size ||
		    (answer.size > 0 &&
			memcmp(answer.bytes, expected->bytes, answer.size) !=
			    0))
			ck_abort_msg("allocation %lld, after step %d: another "
				     "answer to %d: %d %s",
			    (long long)n, step, part, (int)answer.status,
			    answer.text);
		free(answer.bytes);
	}
}

static void
learn(void)
{
	kpi_store *store;

	log_write(LOG, log_sample, strlen(log_sample));
	remove_store();
	ration_fail(&supply, 0, 0);
	ck_assert_int_eq(open_store(&store), KPI_OK);
	sample_ask_all(told[0], store);
	for (int step = 0; step < STEPS; step++) {
		ck_assert_int_eq(take_step(store, step), KPI_OK);
		sample_ask_all(told[step + 1], store);
		for (int part = 0; part < SAMPLE_PARTS; part++)
			ck_assert_int_eq(told[step + 1][part].status, KPI_OK);
	}
	kpi_store_close(store);
	ck_assert_int_eq(supply.bytes, 0);
}

static void
forget(void)
{
	for (int step = 0; step <= STEPS; step++)
		sample_free(told[step]);
	remove_store();
	ck_assert_int_eq(unlink(LOG), 0);
}

/* 1 if an allocation failed. */
static int
tell_all(int64_t n, int once)
{
	kpi_store *store;
	kpi_status status;
	int failed;

	remove_store();
	ration_fail(&supply, n, once);
	status = open_store(&store);
	if (status == KPI_ENOMEM) {
		ck_assert_int_eq(supply.blocks, 0);
		ration_fail(&supply, 0, 0);
		status = open_store(&store);
		supply.failed = 1;
	}
	ck_assert_int_eq(status, KPI_OK);
	for (int step = 0; step < STEPS; step++) {
		status = take_step(store, step);
		if (status == KPI_ENOMEM) {
			ck_assert(supply.failed);
			ration_fail(&supply, 0, 0);
			holds(store, step, n);
			supply.failed = 1;
			status = take_step(store, step);
		}
		ck_assert_msg(status == KPI_OK,
		    "allocation %lld, step %d: status %d", (long long)n, step,
		    (int)status);
	}
	failed = supply.failed;
	ration_fail(&supply, 0, 0);
	holds(store, STEPS, n);
	kpi_store_close(store);
	ck_assert_msg(supply.blocks == 0 && supply.bytes == 0,
	    "allocation %lld: %lld bytes are lost", (long long)n,
	    (long long)supply.bytes);
	return failed;
}

static void
tell_with_failures(int once, int between)
{
	int64_t n = 1;

	learn();
	while (tell_all(n, once))
		n += between;
	ck_assert_int_gt(n, 100);
	forget();
}

static void
set_path(int in_file)
{
	static char name[64];

	(void)snprintf(name, sizeof(name), "%s/test_oom-%ld.kpi",
	    sample_directory(), (long)getpid());
	path = in_file ? name : NULL;
}

START_TEST(what_a_store_is_told_is_told_or_not)
{
	set_path(_i / 2);
	tell_with_failures(_i % 2, stride(path == NULL ? 1 : 3, 97));
}
END_TEST

static void
fill(kpi_store **store)
{
	kpi_error error = KPI_ERROR_INIT;

	remove_store();
	ration_fail(&supply, 0, 0);
	ck_assert_int_eq(open_store(store), KPI_OK);
	ck_assert_msg(
	    sample_fill(*store, 15, &error) == KPI_OK, "%s", error.text);
	ck_assert_int_eq(kpi_store_set_memory(*store, 1), KPI_OK);
}

/* 1 if an allocation failed. */
static int
ask_once(kpi_store *store, int part, int64_t n, int once,
    const sample_answer *expected)
{
	const int64_t bytes = supply.bytes;
	sample_answer answer;
	int failed;

	ration_fail(&supply, n, once);
	sample_ask(&answer, store, part, &allocator);
	failed = supply.failed;
	ration_fail(&supply, 0, 0);
	if (answer.status == KPI_OK) {
		ck_assert_uint_eq(answer.size, expected->size);
		ck_assert(answer.size == 0 ||
		    memcmp(answer.bytes, expected->bytes, answer.size) == 0);
	} else {
		ck_assert_msg(answer.status == KPI_ENOMEM && failed,
		    "allocation %lld: %d %s", (long long)n, (int)answer.status,
		    answer.text);
		ck_assert_str_ne(answer.text, "");
	}
	/* Of a file, it may keep what it has read. */
	if (path == NULL)
		ck_assert_msg(supply.bytes == bytes,
		    "allocation %lld: %lld bytes", (long long)n,
		    (long long)(supply.bytes - bytes));
	free(answer.bytes);
	return failed;
}

START_TEST(what_a_store_is_asked_is_answered_or_not)
{
	sample_answer answers[SAMPLE_PARTS];
	kpi_store *store;

	set_path(_i / 2);
	fill(&store);
	sample_ask_all(answers, store);
	for (int part = 0; part < SAMPLE_PARTS; part++) {
		int64_t n = 1;

		while (ask_once(store, part, n, _i % 2, &answers[part]))
			n += stride(path == NULL ? 1 : 3, 97);
	}
	sample_free(answers);
	kpi_store_close(store);
	ck_assert_int_eq(supply.bytes, 0);
	remove_store();
}
END_TEST

/* A caller of an earlier release has room for its status and system's code. */
START_TEST(an_error_is_written_no_further_than_its_size)
{
	static const struct {
		int32_t metric;
		const char *parameter, *value;
	} asked[] = { { KPI_METRIC_CONTACTS, NULL, NULL },
		{ KPI_METRIC_REPEAT_RATE, "repeat_from", "end" },
		{ KPI_METRIC_RESOLUTION_RATE, "unit", "case" },
		{ KPI_METRIC_OCCUPANCY, NULL, NULL } };
	const size_t room = offsetof(kpi_error, field);
	kpi_definition *d;
	kpi_store *store;
	kpi_error error, after;
	int64_t n = 0;

	set_path(0);
	fill(&store);
	ck_assert_int_eq(kpi_definition_new(&d, asked[_i].metric, NULL, NULL),
	    KPI_OK);
	if (asked[_i].parameter != NULL)
		ck_assert_int_eq(kpi_definition_set(d, asked[_i].parameter,
				     asked[_i].value, NULL),
		    KPI_OK);
	do {
		kpi_result *result;
		kpi_status status;

		memset(&error, 0x5a, sizeof(error));
		memset(&after, 0x5a, sizeof(after));
		error.size = room;
		ration_fail(&supply, ++n, 0);
		status = kpi_measure(&result, store, NULL,
		    (const kpi_definition *const[]){ d }, 1, &error);
		kpi_result_free(result);
		ck_assert(supply.failed == (status == KPI_ENOMEM));
		ck_assert(status == KPI_OK || error.status == status);
		ck_assert_int_eq(memcmp((char *)&error + room,
				     (char *)&after + room,
				     sizeof(error) - room),
		    0);
	} while (supply.failed);
	ck_assert_int_gt(n, 5);
	ration_fail(&supply, 0, 0);
	kpi_definition_free(d);
	kpi_store_close(store);
}
END_TEST

static int
ignore(void *ctx, const char *text, size_t size)
{
	(void)ctx;
	(void)text;
	(void)size;
	return 0;
}

static kpi_status
save_load_merge(kpi_result *result)
{
	kpi_result_options options = KPI_RESULT_OPTIONS_INIT;
	static unsigned char bytes[65536];
	kpi_result *again;
	uint64_t size;
	kpi_status status =
	    kpi_result_save(result, bytes, sizeof(bytes), &size, NULL);

	options.allocator = &allocator;
	if (status == KPI_OK)
		status = kpi_result_load(&again, bytes, size, &options, NULL);
	if (status != KPI_OK)
		return status;
	status = kpi_result_merge(result, again, NULL);
	for (int32_t f = KPI_FORMAT_TABLE;
	     f <= KPI_FORMAT_JSON && status == KPI_OK; f++)
		status = kpi_result_print(result, f, ignore, NULL, NULL);
	kpi_result_free(again);
	return status;
}

static kpi_status
measure(kpi_store *store)
{
	kpi_query_options options = KPI_QUERY_OPTIONS_INIT;
	kpi_result *result;
	kpi_query *query;
	kpi_status status;

	options.allocator = &allocator;
	status = kpi_query_new(&query, &options, NULL);
	if (status == KPI_OK)
		status = kpi_query_partition(query, KPI_PARTITION_CUSTOMER);
	if (status == KPI_OK)
		status = kpi_query_by(query, KPI_BY_REASON);
	if (status == KPI_OK)
		status = kpi_first_contact_resolution(
		    &result, store, query, NULL, NULL);
	if (status == KPI_OK) {
		status = save_load_merge(result);
		kpi_result_free(result);
	}
	kpi_query_free(query);
	return status;
}

static kpi_status
go_round(void)
{
	kpi_store *store;
	kpi_status status = open_store(&store);

	if (status == KPI_OK)
		status = sample_fill(store, 15, NULL);
	if (status == KPI_OK)
		status = measure(store);
	kpi_store_close(store);
	return status;
}

START_TEST(a_full_round_fails_as_a_whole)
{
	const int once = _i % 2;
	int64_t n = 1;
	kpi_status status;

	set_path(_i / 2);
	do {
		remove_store();
		ration_fail(&supply, n, once);
		status = go_round();
		ck_assert_msg(
		    status == KPI_OK || (status == KPI_ENOMEM && supply.failed),
		    "allocation %lld: status %d", (long long)n, (int)status);
		ck_assert_msg(supply.blocks == 0 && supply.bytes == 0,
		    "allocation %lld: %lld bytes are lost", (long long)n,
		    (long long)supply.bytes);
		n += sample_rounds(1, 97);
	} while (supply.failed);
	ck_assert_int_gt(n, 300);
	ck_assert_int_eq(status, KPI_OK);
	remove_store();
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("oom");
	TCase *t = tcase_create("oom");

	/* Once and from then on, in memory and in a file. */
	tcase_set_timeout(t, 600);
	tcase_add_loop_test(t, what_a_store_is_told_is_told_or_not, 0, 4);
	tcase_add_loop_test(t, what_a_store_is_asked_is_answered_or_not, 0, 4);
	tcase_add_loop_test(
	    t, an_error_is_written_no_further_than_its_size, 0, 4);
	tcase_add_loop_test(t, a_full_round_fails_as_a_whole, 0, 4);
	suite_add_tcase(s, t);
	return s;
}

#include "runner.h"
