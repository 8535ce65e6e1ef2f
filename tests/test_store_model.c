/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/state.h"
#include "store_model.h"

/* One handle, or two on one file, and the model of what is committed. */
struct world {
	kpi_store *store[2];
	int handles;
	char path[64];
	struct model *committed, *batch;
	int in_batch; /* 1 + the handle that has one open */
	uint64_t seed;
};

static kpi_store *
open_one(const char *path, uint32_t chunk_size)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *store;

	ck_assert_msg(kpi_store_open(&store, path, NULL, &error) == KPI_OK,
	    "%s", error.text);
	store->chunk_size = chunk_size;
	store->settle_at = chunk_size;
	return store;
}

static void
open_world(struct world *w, int handles, uint32_t chunk_size, uint64_t seed)
{
	memset(w, 0, sizeof(*w));
	w->handles = handles < 1 ? 1 : handles;
	w->seed = seed;
	w->committed = calloc(1, sizeof(struct model));
	w->batch = calloc(1, sizeof(struct model));
	if (handles > 0) {
		/* In memory where that is to be had: no disk is tested. */
		strcpy(w->path,
		    access("/dev/shm", W_OK) == 0 ? "/dev/shm/kpi-model-XXXXXX"
						  : "/tmp/kpi-model-XXXXXX");
		ck_assert_int_ge(close(mkstemp(w->path)), 0);
		unlink(w->path);
	}
	for (int h = 0; h < w->handles; h++)
		w->store[h] =
		    open_one(handles > 0 ? w->path : NULL, chunk_size);
}

static void
close_world(struct world *w)
{
	for (int h = 0; h < w->handles; h++)
		kpi_store_close(w->store[h]);
	if (*w->path != '\0')
		unlink(w->path);
	free(w->committed);
	free(w->batch);
}

static void
copy_model(struct model *to, const struct model *from)
{
	to->count = from->count;
	for (size_t i = 0; i < from->count; i++)
		model_copy(&to->one[i], &from->one[i]);
}

/* What a call changes now. */
static struct model *
now(struct world *w)
{
	return w->in_batch ? w->batch : w->committed;
}

static void
try_add(struct world *w, kpi_store *store)
{
	const int named = model_random(&w->seed, 8) != 0;
	struct model_one one;
	kpi_status status;
	size_t at;

	model_make(&one, &w->seed, 0);
	if (!named)
		one.whole.id = NULL;
	at = model_find(now(w), one.whole.source, one.whole.id);
	status = kpi_store_add(store, &one.whole, NULL);
	ck_assert_int_eq(status, at == MODEL_MOST ? KPI_OK : KPI_EEXISTS);
	if (status == KPI_OK)
		model_add(now(w), &one);
}

static void
try_update(struct world *w, kpi_store *store)
{
	const int32_t clear =
	    model_random(&w->seed, 2) == 0 ? KPI_FIELD_CUSTOMER : 0;
	struct model_one one;
	kpi_status status;
	size_t at;

	model_make(&one, &w->seed, 1);
	at = model_find(now(w), one.whole.source, one.whole.id);
	status = kpi_store_update(store, &one.whole, &clear, clear != 0, NULL);
	ck_assert_int_eq(status, at == MODEL_MOST ? KPI_ENOTFOUND : KPI_OK);
	if (status == KPI_OK)
		model_update(now(w), at, &one, clear);
}

static void
try_delete(struct world *w, kpi_store *store)
{
	struct model_one one;
	kpi_status status;
	size_t at;

	model_make(&one, &w->seed, 1);
	at = model_find(now(w), one.whole.source, one.whole.id);
	status = kpi_store_delete(store, one.whole.source, one.whole.id, NULL);
	ck_assert_int_eq(status, at == MODEL_MOST ? KPI_ENOTFOUND : KPI_OK);
	if (status == KPI_OK)
		model_delete(now(w), at);
}

#define MOST_ROWS 40

static void
try_columns(struct world *w, kpi_store *store)
{
	const uint32_t rows = model_random(&w->seed, MOST_ROWS) + 1;
	struct model *model = now(w);
	struct model_one one[MOST_ROWS];
	kpi_column columns[KPI__FIELDS];
	const size_t before = model->count;
	int exists = 0;
	kpi_status status;

	for (uint32_t r = 0; r < rows; r++) {
		model_make(&one[r], &w->seed, 0);
		one[r].whole.visit_count = 1;
		if (model_random(&w->seed, 16) != 0)
			one[r].whole.id = NULL;
		exists |= model_find(model, one[r].whole.source,
			      one[r].whole.id) != MODEL_MOST;
		if (!exists)
			model_add(model, &one[r]);
	}
	for (uint32_t f = 0; f < KPI__FIELDS; f++) {
		const kpi__field *field = kpi__field_at(f);
		const kpi_column column = KPI_COLUMN_INIT;

		columns[f] = column;
		columns[f].field = field->number;
		columns[f].type = field->type == KPI__TYPE_TEXT
		    ? KPI_COLUMN_TEXT
		    : KPI_COLUMN_INT64;
		columns[f].stride = sizeof(*one);
		columns[f].data = (const char *)one + field->offset +
		    (field->of_visit ? offsetof(struct model_one, visits) : 0);
	}
	status = kpi_store_add_columns(store, rows, columns, KPI__FIELDS, NULL);
	ck_assert_int_eq(status, exists ? KPI_EEXISTS : KPI_OK);
	if (exists)
		model->count = before;
}

static void
try_batch(struct world *w, int handle)
{
	kpi_store *store = w->store[handle];

	if (w->in_batch) {
		store = w->store[w->in_batch - 1];
		w->in_batch = 0;
		if (model_random(&w->seed, 3) == 0) {
			ck_assert_int_eq(
			    kpi_store_rollback(store, NULL), KPI_OK);
			return;
		}
		ck_assert_int_eq(kpi_store_commit(store, NULL), KPI_OK);
		copy_model(w->committed, w->batch);
		return;
	}
	ck_assert_int_eq(kpi_store_begin(store, NULL), KPI_OK);
	w->in_batch = handle + 1;
	copy_model(w->batch, w->committed);
}

static void
try_get(const struct world *w, kpi_store *store, uint64_t *seed)
{
	char expected[2048], found[2048];
	struct model_one one;
	kpi_record *record;
	kpi_status status;
	size_t at;

	model_make(&one, seed, 1);
	at = model_find(w->committed, one.whole.source, one.whole.id);
	status =
	    kpi_store_get(&record, store, one.whole.source, one.whole.id, NULL);
	ck_assert_int_eq(status, at == MODEL_MOST ? KPI_ENOTFOUND : KPI_OK);
	if (status != KPI_OK)
		return;
	model_print(&w->committed->one[at].whole, expected, sizeof(expected));
	model_print(kpi_record_interaction(record), found, sizeof(found));
	ck_assert_str_eq(found, expected);
	kpi_record_free(record);
}

static void
step(struct world *w)
{
	int handle = (int)model_random(&w->seed, (uint32_t)w->handles);
	kpi_store *store;

	/* A batch keeps the other handle from writing, not from reading. */
	try_get(w, w->store[handle], &w->seed);
	if (w->in_batch)
		handle = w->in_batch - 1;
	store = w->store[handle];
	switch (model_random(&w->seed, 12)) {
	case 0:
		try_batch(w, handle);
		break;
	case 1:
		try_delete(w, store);
		break;
	case 2:
		try_columns(w, store);
		break;
	case 3:
	case 4:
	case 5:
	case 6:
		try_update(w, store);
		break;
	default:
		try_add(w, store);
	}
}

/* Fewer are enough for a slow checker. */
static int
steps(void)
{
	const char *const given = getenv("KPI_STEPS");

	return given == NULL ? 150 : (int)strtol(given, NULL, 10);
}

static void
run(int handles, uint32_t chunk_size, uint64_t seed)
{
	const int count = steps();
	struct world w;

	open_world(&w, handles, chunk_size, seed);
	for (int i = 0; i < count && w.committed->count < 1500; i++) {
		step(&w);
		if (i % 8 == 0)
			for (int h = 0; h < w.handles; h++)
				model_compare(w.committed, w.store[h]);
	}
	if (w.in_batch)
		try_batch(&w, 0);
	for (int h = 0; h < w.handles; h++) {
		model_compare(w.committed, w.store[h]);
		ck_assert_int_eq(
		    kpi_store_check(w.store[h], NULL, NULL, NULL), KPI_OK);
	}
	if (handles > 0) {
		kpi_store_close(w.store[0]);
		w.store[0] = open_one(w.path, chunk_size);
		model_compare(w.committed, w.store[0]);
	}
	close_world(&w);
}

/* Few chunks, many, none. */
static const uint32_t sizes[] = { 5, 24, 65536 };

START_TEST(a_store_in_memory_holds_what_it_was_told)
{
	for (uint64_t seed = 0; seed < 10; seed++)
		run(0, sizes[_i], seed);
}
END_TEST

START_TEST(a_store_in_a_file_holds_what_it_was_told)
{
	for (uint64_t seed = 100; seed < 105; seed++)
		run(1, sizes[_i], seed);
}
END_TEST

START_TEST(two_handles_on_one_file_see_the_same)
{
	for (uint64_t seed = 200; seed < 205; seed++)
		run(2, sizes[_i], seed);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("store_model");
	TCase *tc = tcase_create("random");

	tcase_add_loop_test(tc, a_store_in_memory_holds_what_it_was_told, 0, 3);
	tcase_add_loop_test(tc, a_store_in_a_file_holds_what_it_was_told, 0, 3);
	tcase_add_loop_test(tc, two_handles_on_one_file_see_the_same, 0, 3);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
