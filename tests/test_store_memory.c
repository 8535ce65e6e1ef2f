/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/place.h"
#include "store/state.h"

/* An allocator that fails its nth request, or all from there on, and checks
 * every size that it is told. */
struct ration {
	long left;
	int lasting;
	size_t live;
};

static void *
ration_resize(void *ctx, void *ptr, size_t old_size, size_t new_size)
{
	struct ration *r = ctx;
	size_t *block = NULL;

	if (ptr != NULL) {
		block = (size_t *)ptr - 2;
		ck_assert_uint_eq(*block, old_size);
	}
	if (new_size == 0) {
		r->live -= old_size;
		free(block);
		return NULL;
	}
	if (r->left <= 0 && (r->lasting || r->left == 0)) {
		r->left--;
		return NULL;
	}
	r->left--;
	block = realloc(block, new_size + 2 * sizeof(*block));
	ck_assert_ptr_nonnull(block);
	r->live += new_size - old_size;
	*block = new_size;
	return block + 2;
}

static uint64_t
interactions(kpi_store *store, struct ration *r)
{
	const long left = r->left;
	kpi_store_info info = KPI_STORE_INFO_INIT;

	r->left = 1000000;
	ck_assert_int_eq(kpi_store_read_info(store, &info, NULL), KPI_OK);
	r->left = left;
	return info.interactions;
}

static kpi_status
add(kpi_store *store, const char *id, uint64_t visits)
{
	kpi_interaction call = KPI_INTERACTION_INIT;
	kpi_visit visit[2] = { KPI_VISIT_INIT, KPI_VISIT_INIT };

	call.id = id;
	call.source = "pbx";
	call.customer = id;
	call.started_at = 1700000000000;
	call.visits = visit;
	call.visit_count = visits;
	visit[0].queue = "support";
	visit[0].wait_ms = 1000;
	visit[0].outcome = KPI_OUTCOME_ABANDONED;
	return kpi_store_add(store, &call, NULL);
}

static kpi_status
update(kpi_store *store, const char *id)
{
	kpi_interaction call = KPI_INTERACTION_INIT;

	call.id = id;
	call.source = "pbx";
	call.csat = 3;
	call.reason = "billing";
	return kpi_store_update(store, &call, NULL, 0, NULL);
}

static kpi_status
add_columns(kpi_store *store)
{
	static const int64_t starts[] = { 5, 4, 3, 2, 1, 6, 7 };
	static const char *const ids[] = { "c0", "c1", "c2", "c3", "c4", "c5",
		NULL };
	static const char *const agents[] = { "amira", "ben" };
	static const int32_t agent[] = { 0, 1, 0, 1, -1, 0, 0 };
	kpi_column columns[3] = { KPI_COLUMN_INIT, KPI_COLUMN_INIT,
		KPI_COLUMN_INIT };

	columns[0].field = KPI_FIELD_STARTED_AT;
	columns[0].type = KPI_COLUMN_INT64;
	columns[0].data = starts;
	columns[1].field = KPI_FIELD_ID;
	columns[1].type = KPI_COLUMN_TEXT;
	columns[1].data = ids;
	columns[2].field = KPI_FIELD_AGENT;
	columns[2].type = KPI_COLUMN_DICTIONARY;
	columns[2].data = agent;
	columns[2].dictionary = agents;
	columns[2].dictionary_count = 2;
	return kpi_store_add_columns(store, 7, columns, 3, NULL);
}

static kpi_status
add_activity(kpi_store *store)
{
	kpi_activity activity = KPI_ACTIVITY_INIT;

	activity.agent = "amira";
	activity.started_at = 1;
	activity.state = KPI_ACTIVITY_READY;
	return kpi_store_add_activity(store, &activity, NULL);
}

static int
ignore(void *ctx, const kpi_activity *activity)
{
	(void)ctx;
	(void)activity;
	return 0;
}

static kpi_status
read_back(kpi_store *store)
{
	kpi_store_info info = KPI_STORE_INFO_INIT;
	kpi__buffer place;
	kpi_record *record;
	kpi_status status = kpi_store_get(&record, store, "pbx", "1", NULL);

	ck_assert((status == KPI_OK) == (record != NULL));
	kpi_record_free(record);
	kpi__buffer_init(&place, &store->allocator);
	if (status == KPI_OK)
		status = kpi__store_place(store, "log", &place, NULL);
	kpi__buffer_free(&place);
	if (status == KPI_OK)
		status = kpi_store_activities(store, ignore, NULL, NULL);
	if (status == KPI_OK)
		status = kpi_store_read_info(store, &info, NULL);
	if (status == KPI_OK)
		status = kpi_store_check(store, NULL, NULL, NULL);
	return status;
}

static kpi_status
delete_one(kpi_store *store)
{
	return kpi_store_delete(store, NULL, "c2", NULL);
}

static kpi_status
fill_batch(kpi_store *store, struct ration *r)
{
	kpi_status status = kpi_store_begin(store, NULL);
	char id[16];

	for (int i = 0; i < 9 && status == KPI_OK; i++) {
		(void)snprintf(id, sizeof(id), "%d", i);
		status = add(store, id, i == 3 ? 2 : 1);
	}
	if (status == KPI_OK)
		status = add_columns(store);
	if (status == KPI_OK)
		status = add_activity(store);
	if (status == KPI_OK)
		status = kpi__store_set_place(store, "log", "here", 4, NULL);
	if (status != KPI_OK && store->batch != NULL) {
		const long left = r->left;

		r->left = 1000000;
		ck_assert_int_eq(kpi_store_rollback(store, NULL), KPI_OK);
		r->left = left;
	}
	if (status == KPI_OK)
		status = kpi_store_commit(store, NULL);
	return status;
}

/* Every step changes all that it should, or nothing. */
static kpi_status
go_round(kpi_store *store, struct ration *r)
{
	kpi_status status;

	store->chunk_size = 4;
	store->settle_at = 4;
	status = fill_batch(store, r);
	ck_assert_uint_eq(interactions(store, r), status == KPI_OK ? 16 : 0);
	if (status == KPI_OK) {
		status = update(store, "1");
		ck_assert_uint_eq(interactions(store, r), 16);
	}
	if (status == KPI_OK)
		status = update(store, "8");
	if (status == KPI_OK) {
		status = delete_one(store);
		ck_assert_uint_eq(
		    interactions(store, r), status == KPI_OK ? 15 : 16);
	}
	if (status == KPI_OK)
		status = read_back(store);
	return status;
}

static kpi_status
live(const char *file, struct ration *r)
{
	const kpi_allocator allocator = { ration_resize, r };
	kpi_store_options options = KPI_STORE_OPTIONS_INIT;
	kpi_store *store;
	kpi_status status;

	options.allocator = &allocator;
	options.memory = 1;
	status = kpi_store_open(&store, file, &options, NULL);
	if (status == KPI_OK)
		status = go_round(store, r);
	kpi_store_close(store);
	if (status != KPI_OK || file == NULL)
		return status;
	status = kpi_store_open(&store, file, &options, NULL);
	if (status == KPI_OK)
		status = read_back(store);
	kpi_store_close(store);
	return status;
}

static void
run_out(const char *file, int lasting)
{
	kpi_status status = KPI_ENOMEM;
	long n;

	for (n = 0; status != KPI_OK; n++) {
		struct ration r = { n, lasting, 0 };

		ck_assert_int_lt(n, 20000);
		if (file != NULL)
			unlink(file);
		status = live(file, &r);
		ck_assert_msg(status == KPI_OK || status == KPI_ENOMEM,
		    "status %d at allocation %ld", (int)status, n);
		ck_assert_uint_eq(r.live, 0);
		/* What is done without memory for it succeeds later. */
		if (r.left > 0)
			ck_assert_int_eq(status, KPI_OK);
		else if (status == KPI_OK)
			status = KPI_ENOMEM;
	}
	ck_assert_int_gt(n, 100);
}

START_TEST(a_failed_allocation_changes_and_leaks_nothing)
{
	run_out(NULL, _i);
}
END_TEST

START_TEST(a_failed_allocation_leaves_the_file_as_it_was)
{
	/* In memory where that is to be had: what is tested is no disk. */
	char path[] = "/dev/shm/kpi-memory-XXXXXX";
	char spare[] = "/tmp/kpi-memory-XXXXXX";
	char *const template = access("/dev/shm", W_OK) == 0 ? path : spare;

	ck_assert_int_ge(close(mkstemp(template)), 0);
	run_out(template, _i);
	unlink(template);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("store_memory");
	TCase *tc = tcase_create("allocations");

	tcase_add_loop_test(
	    tc, a_failed_allocation_changes_and_leaks_nothing, 0, 2);
	tcase_add_loop_test(
	    tc, a_failed_allocation_leaves_the_file_as_it_was, 0, 2);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
