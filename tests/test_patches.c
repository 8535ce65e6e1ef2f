/* SPDX-License-Identifier: MIT */
/* Late answers of one chunk, however many. */
#define _XOPEN_SOURCE 700

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/snapshot.h"
#include "store/state.h"

#define CALLS 4096  /* a chunk */
#define MOST  32768 /* bytes that a single answer may ask for */

static char path[32];
static int32_t truth[CALLS];

struct counted {
	size_t bytes;
};

static void *
counting_resize(void *ctx, void *ptr, size_t old_size, size_t new_size)
{
	struct counted *counted = ctx;

	(void)old_size;
	if (new_size == 0) {
		free(ptr);
		return NULL;
	}
	counted->bytes += new_size;
	return realloc(ptr, new_size);
}

static void
open_store(kpi_store **store, struct counted *counted)
{
	const kpi_allocator allocator = { counting_resize, counted };
	kpi_store_options options = KPI_STORE_OPTIONS_INIT;

	options.allocator = &allocator;
	ck_assert_int_eq(kpi_store_open(store, path, &options, NULL), KPI_OK);
	(*store)->chunk_size = CALLS;
	(*store)->settle_at = CALLS;
}

static void
add(kpi_store *store)
{
	ck_assert_int_eq(kpi_store_begin(store, NULL), KPI_OK);
	for (int i = 0; i < CALLS; i++) {
		kpi_interaction call = KPI_INTERACTION_INIT;
		kpi_visit visit = KPI_VISIT_INIT;
		char id[16];

		(void)snprintf(id, sizeof(id), "%d", i);
		visit.outcome = KPI_OUTCOME_ABANDONED;
		call.id = id;
		call.started_at = 1700000000000 + i;
		call.visits = &visit;
		call.visit_count = 1;
		ck_assert_int_eq(kpi_store_add(store, &call, NULL), KPI_OK);
		truth[i] = -1;
	}
	ck_assert_int_eq(kpi_store_commit(store, NULL), KPI_OK);
	ck_assert_uint_eq(store->present->sealed->count, 1);
}

static void
answer(kpi_store *store, int i, int32_t mark)
{
	kpi_interaction call = KPI_INTERACTION_INIT;
	char id[16];

	(void)snprintf(id, sizeof(id), "%d", i);
	call.id = id;
	call.nps = mark;
	ck_assert_int_eq(kpi_store_update(store, &call, NULL, 0, NULL), KPI_OK);
	truth[i] = mark;
}

static void
check_all(kpi_store *store)
{
	for (int i = 0; i < CALLS; i++) {
		kpi_record *record;
		char id[16];

		(void)snprintf(id, sizeof(id), "%d", i);
		ck_assert_int_eq(
		    kpi_store_get(&record, store, NULL, id, NULL), KPI_OK);
		ck_assert_int_eq(kpi_record_interaction(record)->nps,
		    truth[i] < 0 ? KPI_UNKNOWN : truth[i]);
		kpi_record_free(record);
	}
}

START_TEST(an_answer_costs_the_same_however_many_came_before)
{
	struct counted counted = { 0 };
	size_t first, again;
	kpi_store *store;

	strcpy(path, "/tmp/kpi-patches-XXXXXX");
	ck_assert_int_ge(close(mkstemp(path)), 0);
	open_store(&store, &counted);
	add(store);
	answer(store, 7, 3);
	counted.bytes = 0;
	answer(store, 9, 4);
	first = counted.bytes;

	ck_assert_int_eq(kpi_store_begin(store, NULL), KPI_OK);
	for (int i = CALLS; i-- > 100;)
		answer(store, i, i % 11);
	ck_assert_int_eq(kpi_store_commit(store, NULL), KPI_OK);
	for (int i = 0; i < 300; i += 7) {
		counted.bytes = 0;
		answer(store, i, 10 - i % 11);
		again = counted.bytes;
		ck_assert_uint_lt(again, first + MOST);
	}
	check_all(store);
	kpi_store_close(store);

	open_store(&store, &counted);
	check_all(store);
	ck_assert_int_eq(kpi_store_check(store, NULL, NULL, NULL), KPI_OK);
	kpi_store_close(store);
	ck_assert_int_eq(unlink(path), 0);
}
END_TEST

START_TEST(answers_that_are_rolled_back_leave_those_before)
{
	struct counted counted = { 0 };
	kpi_store *store;

	strcpy(path, "/tmp/kpi-patches-XXXXXX");
	ck_assert_int_ge(close(mkstemp(path)), 0);
	open_store(&store, &counted);
	add(store);
	ck_assert_int_eq(kpi_store_begin(store, NULL), KPI_OK);
	for (int i = 0; i < 600; i += 5)
		answer(store, i, i % 11);
	ck_assert_int_eq(kpi_store_commit(store, NULL), KPI_OK);
	for (int round = 0; round < 3; round++) {
		int32_t before[CALLS];

		memcpy(before, truth, sizeof(before));
		ck_assert_int_eq(kpi_store_begin(store, NULL), KPI_OK);
		for (int i = round; i < 1000; i += 3)
			answer(store, i, (i + round) % 11);
		ck_assert_int_eq(kpi_store_rollback(store, NULL), KPI_OK);
		memcpy(truth, before, sizeof(before));
		check_all(store);
		answer(store, 300 + round, round);
	}
	kpi_store_close(store);
	open_store(&store, &counted);
	check_all(store);
	kpi_store_close(store);
	ck_assert_int_eq(unlink(path), 0);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("patches");
	TCase *t = tcase_create("patches");

	tcase_set_timeout(t, 300);
	tcase_add_test(t, an_answer_costs_the_same_however_many_came_before);
	tcase_add_test(t, answers_that_are_rolled_back_leave_those_before);
	suite_add_tcase(s, t);
	return s;
}

#include "runner.h"
