/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

#include <kpi.h>

#include "opened.h"
#include "store/state.h"

static atomic_int done;

/* More of them than the store has reading connections. */
#define READERS 8
#define CHUNK   500

/* Calls by customer, whose names are read from wherever they are. */
static void
ask_by_customer(uint64_t *rows)
{
	kpi_query *query;
	kpi_result *result;

	ck_assert_int_eq(kpi_query_new(&query, NULL, NULL), KPI_OK);
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_CUSTOMER), KPI_OK);
	ck_assert_int_eq(
	    kpi_contacts(&result, store, query, NULL, NULL), KPI_OK);
	*rows = kpi_result_rows(result);
	for (uint64_t row = 0; row < *rows; row += 97)
		ck_assert_ptr_nonnull(kpi_result_group(result, row, 0));
	kpi_result_free(result);
	kpi_query_free(query);
}

static void *
read_on(void *ctx)
{
	uint64_t before = 0, customers = 0, rows;

	(void)ctx;
	while (!atomic_load(&done)) {
		const uint64_t now = info().interactions;
		kpi_record *record;

		ck_assert_uint_eq(now % 50, 0);
		ck_assert_uint_ge(now, before);
		before = now;
		if (now == 0)
			continue;
		record = must_get(NULL, "0");
		ck_assert_str_eq(kpi_record_interaction(record)->customer, "0");
		kpi_record_free(record);
		ask_by_customer(&rows);
		ck_assert_uint_ge(rows, customers);
		customers = rows;
	}
	return NULL;
}

static void
answer_late(kpi_store *writer, int number)
{
	kpi_interaction answer = KPI_INTERACTION_INIT;
	char id[16];

	(void)snprintf(id, sizeof(id), "%d", number);
	answer.id = id;
	answer.csat = 4;
	ck_assert_int_eq(
	    kpi_store_update(writer, &answer, NULL, 0, NULL), KPI_OK);
}

/* 100 commits of 50 calls each into `writer`, while others read `store`. Tails
 * become chunks, chunks have late answers, texts and ids go into runs. */
static void
write_while_read(kpi_store *writer)
{
	pthread_t readers[READERS];
	char id[16];

	writer->chunk_size = CHUNK;
	writer->settle_at = CHUNK;
	atomic_store(&done, 0);
	for (int t = 0; t < READERS; t++)
		ck_assert_int_eq(
		    pthread_create(&readers[t], NULL, read_on, NULL), 0);
	for (int i = 0; i < 5000; i++) {
		kpi_interaction call = call_of(id);

		(void)snprintf(id, sizeof(id), "%d", i);
		call.customer = id;
		if (i % 50 == 0)
			ck_assert_int_eq(kpi_store_begin(writer, NULL), KPI_OK);
		ck_assert_int_eq(kpi_store_add(writer, &call, NULL), KPI_OK);
		if (i % 50 != 49)
			continue;
		answer_late(writer, i / 2);
		ck_assert_int_eq(kpi_store_commit(writer, NULL), KPI_OK);
	}
	atomic_store(&done, 1);
	for (int t = 0; t < READERS; t++)
		pthread_join(readers[t], NULL);
	ck_assert_uint_eq(info().interactions, 5000);
	ck_assert_uint_ge(info().chunks, 9);
}

START_TEST(readers_see_whole_commits_while_one_writes)
{
	open_store(_i, 0);
	write_while_read(store);
	close_store();
}
END_TEST

START_TEST(readers_see_whole_commits_of_another_handle)
{
	kpi_store *writer;

	open_store(1, 0);
	ck_assert_int_eq(
	    kpi_store_open(&writer, opened_path(), NULL, NULL), KPI_OK);
	write_while_read(writer);
	kpi_store_close(writer);
	close_store();
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("threads");
	TCase *tc = tcase_create("threads");

	tcase_set_timeout(tc, 300);
	tcase_add_loop_test(
	    tc, readers_see_whole_commits_while_one_writes, 0, 2);
	tcase_add_test(tc, readers_see_whole_commits_of_another_handle);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
