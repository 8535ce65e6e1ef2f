/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700

#include <check.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/snapshot.h"
#include "store/state.h"
#include "store/vfs.h"
#include "store_model.h"

#define LINE 2048

static char path[64];
static unsigned char *whole; /* the file as it should be */
static size_t whole_size;
static char *truth; /* what is read from it */
static uint64_t seed;

static void
make_store(void)
{
	kpi_store *store;
	struct model_one one;
	int done = 0;

	ck_assert_int_eq(kpi_store_open(&store, path, NULL, NULL), KPI_OK);
	store->chunk_size = 20;
	store->settle_at = 20;
	ck_assert_int_eq(kpi_store_begin(store, NULL), KPI_OK);
	for (int i = 0; i < 100; i++) {
		model_make(&one, &seed, 0);
		done += kpi_store_add(store, &one.whole, NULL) == KPI_OK;
	}
	ck_assert_int_eq(kpi_store_commit(store, NULL), KPI_OK);
	for (int i = 0; i < 20; i++) {
		model_make(&one, &seed, 1);
		done += kpi_store_update(store, &one.whole, NULL, 0, NULL) ==
		    KPI_OK;
	}
	ck_assert_int_gt(done, 60);
	kpi_store_close(store);
}

/* Everything that a store says, as one text; NULL and its status if it
 * refuses. */
static char *
read_all(kpi_status *status)
{
	kpi__snapshot *snapshot = NULL;
	kpi_store *store;
	char *text = NULL;
	size_t size = 0;

	*status = kpi_store_open(&store, path, NULL, NULL);
	if (*status != KPI_OK)
		return NULL;
	*status = kpi__snapshot_take(&snapshot, store, NULL);
	for (uint32_t p = 0;
	     *status == KPI_OK && p < kpi__snapshot_parts(snapshot); p++) {
		const kpi__part *part = kpi__snapshot_part(snapshot, p);

		for (uint32_t i = 0; i < part->interactions; i++) {
			kpi_record *record;

			if (part->dead != NULL &&
			    (part->dead[i / 64] >> i % 64 & 1) != 0)
				continue;
			*status =
			    kpi__snapshot_record(snapshot, p, i, &record, NULL);
			if (*status != KPI_OK)
				break;
			text = realloc(text, size + LINE);
			model_print(
			    kpi_record_interaction(record), text + size, LINE);
			size += strlen(text + size);
			kpi_record_free(record);
		}
	}
	kpi__snapshot_release(snapshot);
	kpi_store_close(store);
	if (*status != KPI_OK) {
		free(text);
		text = NULL;
	}
	return text;
}

static void
set_up(void)
{
	kpi_status status;
	int fd;

	strcpy(path,
	    access("/dev/shm", W_OK) == 0 ? "/dev/shm/kpi-damage-XXXXXX"
					  : "/tmp/kpi-damage-XXXXXX");
	ck_assert_int_ge(close(mkstemp(path)), 0);
	seed = 7;
	make_store();
	fd = open(path, O_RDONLY);
	whole_size = (size_t)lseek(fd, 0, SEEK_END);
	ck_assert_uint_gt(whole_size, 30000);
	whole = malloc(whole_size);
	ck_assert_int_eq(pread(fd, whole, whole_size, 0), (ssize_t)whole_size);
	close(fd);
	truth = read_all(&status);
	ck_assert_ptr_nonnull(truth);
}

static void
tear_down(void)
{
	unlink(path);
	free(whole);
	free(truth);
}

static void
write_file(const unsigned char *bytes, size_t size)
{
	const int fd = open(path, O_WRONLY | O_TRUNC);

	ck_assert_int_eq(write(fd, bytes, size), (ssize_t)size);
	close(fd);
}

/* The store must say what it said, or that it is damaged. */
static int
refuses(void)
{
	kpi_status status;
	char *text = read_all(&status);

	if (text == NULL)
		ck_assert_int_eq(status, KPI_ECORRUPT);
	else
		ck_assert_str_eq(text, truth);
	free(text);
	return status != KPI_OK;
}

START_TEST(a_flipped_bit_is_refused_or_does_no_harm)
{
	int refused = 0;

	for (int i = 0; i < 300; i++) {
		const size_t at = model_random(&seed, (uint32_t)whole_size);
		const unsigned char bit =
		    (unsigned char)(1u << model_random(&seed, 8));

		whole[at] ^= bit;
		write_file(whole, whole_size);
		refused += refuses();
		whole[at] ^= bit;
	}
	ck_assert_int_gt(refused, 200);
}
END_TEST

START_TEST(a_file_that_was_cut_is_refused)
{
	for (int i = 0; i < 40; i++) {
		write_file(
		    whole, model_random(&seed, (uint32_t)whole_size) + 1);
		ck_assert(refuses());
	}
}
END_TEST

START_TEST(pages_that_changed_places_are_refused)
{
	const uint32_t pages = (uint32_t)whole_size / KPI__PAGE_SIZE;
	unsigned char *copy = malloc(whole_size);

	for (int i = 0; i < 60; i++) {
		const size_t a = model_random(&seed, pages);
		const size_t b = model_random(&seed, pages);

		memcpy(copy, whole, whole_size);
		memcpy(copy + a * KPI__PAGE_SIZE, whole + b * KPI__PAGE_SIZE,
		    KPI__PAGE_SIZE);
		write_file(copy, whole_size);
		if (refuses())
			ck_assert_uint_ne(a, b);
	}
	free(copy);
}
END_TEST

START_TEST(what_is_damaged_behind_the_sums_does_no_harm)
{
	kpi_status status;

	/* As somebody would who writes hostile files: the sums are right. */
	for (int i = 0; i < 300; i++) {
		const size_t at = model_random(&seed, (uint32_t)whole_size);
		const unsigned char was = whole[at];

		whole[at] = (unsigned char)model_random(&seed, 256);
		write_file(whole, whole_size);
		whole[at] = was;
		if (kpi_store_reseal(path, NULL) != KPI_OK)
			continue;
		free(read_all(&status));
		ck_assert(status == KPI_OK || status == KPI_ECORRUPT ||
		    status == KPI_EVERSION);
	}
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("damage");
	TCase *tc = tcase_create("damage");

	tcase_add_checked_fixture(tc, set_up, tear_down);
	tcase_add_test(tc, a_flipped_bit_is_refused_or_does_no_harm);
	tcase_add_test(tc, a_file_that_was_cut_is_refused);
	tcase_add_test(tc, pages_that_changed_places_are_refused);
	tcase_add_test(tc, what_is_damaged_behind_the_sums_does_no_harm);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
