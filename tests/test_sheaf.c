/* SPDX-License-Identifier: MIT */
/* Interactions of the tail that a file keeps by column. */
#include <check.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "sample_store.h"
#include "store/sheaf.h"

#define COUNT 400 /* that come at once: enough for a sheaf */

static char path[64];
static kpi_error error = KPI_ERROR_INIT;

static kpi_store *
open_store(const char *file, uint32_t flags)
{
	kpi_store_options options = KPI_STORE_OPTIONS_INIT;
	kpi_store *store;

	options.flags = flags;
	ck_assert_msg(kpi_store_open(&store, file, &options, &error) == KPI_OK,
	    "%s", error.text);
	return store;
}

static void
fill(kpi_store *store)
{
	ck_assert_msg(
	    sample_fill(store, COUNT, &error) == KPI_OK, "%s", error.text);
}

static kpi_store *
new_file(void)
{
	(void)snprintf(path, sizeof(path), "%s/kpi-sheaf-%ld.kpi",
	    sample_directory(), (long)getpid());
	return open_store(path, KPI_OPEN_MUST_CREATE);
}

static void
fill_file(void)
{
	kpi_store *store = new_file();

	fill(store);
	kpi_store_close(store);
}

static uint32_t
sheaves(const kpi_store *store)
{
	const kpi__list *tail = store->present->tail;
	uint32_t count = 0;

	for (uint32_t p = 0; p < tail->count; p++)
		count += tail->at[p]->chunk != NULL;
	return count;
}

/* What a store in memory was told must be what the other says. */
static void
compare(kpi_store *store, kpi_store *memory)
{
	sample_answer ours[SAMPLE_PARTS], theirs[SAMPLE_PARTS];

	sample_ask_all(ours, store);
	sample_ask_all(theirs, memory);
	for (int part = 0; part < SAMPLE_PARTS; part++) {
		if (part == SAMPLE_INFO) /* tells where it is kept */
			continue;
		ck_assert_msg(ours[part].status == theirs[part].status &&
			ours[part].size == theirs[part].size &&
			(ours[part].size == 0 ||
			    memcmp(ours[part].bytes, theirs[part].bytes,
				ours[part].size) == 0),
		    "part %d: %s", part, ours[part].text);
	}
	sample_free(ours);
	sample_free(theirs);
}

/* The n-th that came by column. */
static void
must_find(kpi_store *store, int n)
{
	kpi_record *record;
	char id[16];

	(void)snprintf(id, sizeof(id), "c%d", n);
	ck_assert_msg(
	    kpi_store_get(&record, store, "pbx", id, &error) == KPI_OK,
	    "%s: %s", id, error.text);
	ck_assert_str_eq(kpi_record_interaction(record)->id, id);
	kpi_record_free(record);
}

static void
change(kpi_store *store)
{
	ck_assert_int_eq(sample_answer_late(store, "c9", 3, &error), KPI_OK);
	ck_assert_int_eq(sample_answer_late(store, "c390", 1, &error), KPI_OK);
	ck_assert_int_eq(sample_replace_visits(store, "c13", &error), KPI_OK);
	ck_assert_int_eq(kpi_store_delete(store, "pbx", "c20", &error), KPI_OK);
	ck_assert_int_eq(sample_add(store, COUNT + 1, &error), KPI_OK);
}

START_TEST(what_came_at_once_is_the_same_to_who_reads_it_by_column)
{
	kpi_store *store, *memory = open_store(NULL, 0);

	fill(memory);
	fill_file();
	store = open_store(path, KPI_OPEN_READ_ONLY);
	ck_assert_uint_gt(sheaves(store), 0);
	for (int n = 0; n < COUNT; n += 13)
		must_find(store, n);
	compare(store, memory);
	ck_assert_uint_gt(sheaves(store), 0);
	kpi_store_close(store);
	kpi_store_close(memory);
	ck_assert_int_eq(unlink(path), 0);
}
END_TEST

/* Opened once more the file is as before, with so many sheaves; then it and
 * the other store go. */
static void
end_anew(kpi_store *memory, uint32_t least, uint32_t most)
{
	kpi_store *store = open_store(path, 0);

	ck_assert_uint_ge(sheaves(store), least);
	ck_assert_uint_le(sheaves(store), most);
	compare(store, memory);
	kpi_store_close(store);
	kpi_store_close(memory);
	ck_assert_int_eq(unlink(path), 0);
}

START_TEST(who_writes_goes_on_from_it_and_who_reads_beside_follows)
{
	kpi_store *store, *beside, *memory = open_store(NULL, 0);

	fill(memory);
	fill_file();
	beside = open_store(path, KPI_OPEN_READ_ONLY);
	store = open_store(path, 0);
	change(store);
	change(memory);
	ck_assert_uint_eq(sheaves(store), 0);
	ck_assert_uint_gt(sheaves(beside), 0);
	compare(store, memory);
	compare(beside, memory);
	kpi_store_close(store);
	compare(beside, memory);
	kpi_store_close(beside);

	end_anew(memory, 1, UINT32_MAX);
}
END_TEST

static void
add_singles(kpi_store *store, uint32_t from, uint32_t until)
{
	for (uint32_t n = from; n < until; n++)
		ck_assert_int_eq(sample_add(store, n, &error), KPI_OK);
}

/* Blocks of 64 and 256 are full then, and one has begun. */
START_TEST(what_came_one_by_one_is_kept_by_column_once_there_are_many)
{
	kpi_store *store, *beside, *memory = open_store(NULL, 0);

	store = new_file();
	add_singles(store, 0, 300);
	beside = open_store(path, KPI_OPEN_READ_ONLY);
	ck_assert_uint_eq(sheaves(beside), 0);
	ck_assert_int_eq(kpi_store_delete(store, "pbx", "i70", &error), KPI_OK);
	add_singles(store, 300, 340);
	add_singles(memory, 0, 340);
	ck_assert_int_eq(
	    kpi_store_delete(memory, "pbx", "i70", &error), KPI_OK);
	compare(beside, memory);
	ck_assert_uint_eq(sheaves(beside), 1);
	ck_assert_int_eq(sample_answer_late(store, "i80", 4, &error), KPI_OK);
	ck_assert_int_eq(sample_answer_late(memory, "i80", 4, &error), KPI_OK);
	compare(beside, memory);
	kpi_store_close(beside);
	kpi_store_close(store);

	end_anew(memory, 1, 1);
}
END_TEST

/* Every piece is asked for; a value that cannot be may be found then. */
static void
read_all(kpi_store *store, const unsigned char *bytes, size_t size,
    int64_t count, int is_whole)
{
	kpi__reader r = { bytes, bytes + size, 0 };
	kpi__version *v = NULL;
	kpi_status status = kpi__sheaf_open(
	    &v, store, &r, count, store->present->codes, &error);

	ck_assert(status == KPI_OK || status == KPI_ECORRUPT);
	ck_assert(!is_whole || status == KPI_OK);
	if (status != KPI_OK)
		return;
	for (uint32_t i = 1; i <= KPI__FIELDS; i++) {
		kpi__item *item = NULL;

		if ((v->chunk->fields >> i & 1) == 0)
			continue;
		status = kpi__sheaf_fetch(v->chunk, i, &item, &error);
		ck_assert(status == KPI_OK || status == KPI_ECORRUPT);
		ck_assert(!is_whole || status == KPI_OK);
		kpi__item_free(&store->allocator, item);
	}
	kpi__version_release(&store->allocator, v);
}

START_TEST(a_forged_sheaf_does_no_harm)
{
	const size_t step = (size_t)sample_rounds(1, 7);
	kpi_store *store = open_store(NULL, 0);
	const kpi__version *v;
	kpi__buffer b;
	uint32_t count;

	ck_assert_int_eq(sample_fill(store, 60, &error), KPI_OK);
	v = store->present->tail->at[0];
	count = v->part.interactions;
	ck_assert_uint_gt(v->part.rows, count);
	kpi__buffer_init(&b, &store->allocator);
	ck_assert_int_eq(
	    kpi__sheaf_put(&b, store, v, 0, count, &error), KPI_OK);
	ck_assert_int_eq(b.status, KPI_OK);
	read_all(store, b.bytes, b.size, count, 1);
	for (size_t cut = 0; cut < b.size; cut++) {
		kpi__reader r = { b.bytes, b.bytes + cut, 0 };
		kpi__version *none;

		ck_assert_int_eq(kpi__sheaf_open(&none, store, &r, count,
				     store->present->codes, &error),
		    KPI_ECORRUPT);
	}
	for (size_t at = 0; at < b.size; at += step)
		for (unsigned bit = 0; bit < 8; bit++) {
			b.bytes[at] ^= (unsigned char)(1U << bit);
			read_all(store, b.bytes, b.size, count, 0);
			b.bytes[at] ^= (unsigned char)(1U << bit);
		}
	read_all(store, b.bytes, b.size, count - 1, 0);
	read_all(store, b.bytes, b.size, count + 1, 0);
	read_all(store, b.bytes, b.size, 0, 0);
	read_all(store, b.bytes, b.size, -1, 0);
	read_all(store, b.bytes, b.size, INT64_MAX, 0);
	kpi__buffer_free(&b);
	kpi_store_close(store);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("sheaf");
	TCase *t = tcase_create("sheaf");

	tcase_add_test(
	    t, what_came_at_once_is_the_same_to_who_reads_it_by_column);
	tcase_add_test(
	    t, who_writes_goes_on_from_it_and_who_reads_beside_follows);
	tcase_add_test(
	    t, what_came_one_by_one_is_kept_by_column_once_there_are_many);
	tcase_add_test(t, a_forged_sheaf_does_no_harm);
	suite_add_tcase(s, t);
	return s;
}

#include "runner.h"
