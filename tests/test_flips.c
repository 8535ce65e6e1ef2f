/* SPDX-License-Identifier: MIT */
/* A damaged store is refused or read right, never believed. */
#define _POSIX_C_SOURCE 200809L

#include <check.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "damage.h"

#define PAGE 4096

static damage_image image;
static int refused, same;
static uint64_t seed;

static void
begin(void)
{
	refused = same = 0;
	seed = 20261125;
}

static void
try(const damage_file *file, const damage_file *log, int oldest,
    const char *what, size_t n)
{
	if (damage_try(&image, file, log, oldest, what, n) == DAMAGE_REFUSED)
		refused++;
	else
		same++;
}

static void
tell(const char *what)
{
	printf("# %s: %d refused, %d as before\n", what, refused, same);
}

static size_t
flip(damage_file *file, size_t bit)
{
	file->bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
	return bit;
}

/* One bit of the file, then of its header page, which is read first. */
static void
flip_file(int rounds, size_t limit)
{
	for (int i = 0; i < rounds; i++) {
		const size_t bit = (size_t)sample_random(&seed, limit * 8);

		flip(&image.file, bit);
		try(&image.file, &image.log, image.states - 1, "bit", bit);
		flip(&image.file, bit);
	}
}

START_TEST(a_flipped_bit_is_refused_or_of_no_effect)
{
	const int rounds = sample_rounds(300, 20);

	begin();
	damage_make_closed(&image, 150, _i == 0 ? 0 : 60);
	flip_file(rounds, image.file.size);
	ck_assert_int_gt(refused, rounds / 2);
	flip_file(rounds / 3, 100);
	tell(_i == 0 ? "bits of a store that is all tail"
		     : "bits of a store with chunks");
	damage_free(&image);
}
END_TEST

START_TEST(a_flipped_bit_of_the_log_loses_at_most_what_nobody_could_tell)
{
	const int rounds = sample_rounds(300, 20);

	begin();
	damage_make_open(&image, 40, _i == 0 ? 0 : 30);
	for (int i = 0; i < rounds; i++) {
		const size_t bit =
		    (size_t)sample_random(&seed, image.log.size * 8);
		/* The last transaction may be a write that was torn. */
		const int last = image.states - 1;
		const int torn = bit / 8 >= image.log_size[last - 1];

		flip(&image.log, bit);
		try(&image.file, &image.log, torn ? last - 1 : last,
		    "bit of the log", bit);
		flip(&image.log, bit);
	}
	ck_assert_int_gt(refused, rounds / 2);
	flip_file(rounds / 3, image.file.size);
	tell("bits of a log");
	damage_free(&image);
}
END_TEST

START_TEST(a_file_cut_short_is_refused)
{
	const int rounds = sample_rounds(60, 8);

	begin();
	damage_make_closed(&image, 150, _i == 0 ? 0 : 60);
	for (int i = 0; i < rounds; i++) {
		damage_file cut = image.file;

		cut.size = (size_t)sample_random(&seed, image.file.size);
		if (i % 2 == 0)
			cut.size -= cut.size % PAGE;
		try(&cut, &image.log, 0, "length", cut.size);
	}
	ck_assert_int_eq(same, 0);
	damage_free(&image);
}
END_TEST

START_TEST(a_log_cut_short_gives_the_last_whole_commit)
{
	const int rounds = sample_rounds(60, 8);

	begin();
	damage_make_open(&image, 40, 0);
	for (int i = 0; i < rounds; i++) {
		damage_file cut = image.log;
		const int states = image.states;
		int last = 0;

		cut.size = (size_t)sample_random(&seed, image.log.size + 1);
		while (
		    last + 1 < states && image.log_size[last + 1] <= cut.size)
			last++;
		image.states = last + 1;
		try(&image.file, &cut, last, "length of the log", cut.size);
		image.states = states;
	}
	tell("lengths of a log");
	ck_assert_int_gt(same, rounds / 2);
	damage_free(&image);
}
END_TEST

static size_t
pages_of(const damage_file *file)
{
	return file->size / PAGE;
}

static void
put_page(damage_file *file, size_t to, const unsigned char *page)
{
	memcpy(file->bytes + to * PAGE, page, PAGE);
}

START_TEST(pages_that_changed_places_are_refused)
{
	const int rounds = sample_rounds(100, 10);

	begin();
	damage_make_closed(&image, 150, _i == 0 ? 0 : 60);
	for (int i = 0; i < rounds; i++) {
		const size_t a =
		    (size_t)sample_random(&seed, pages_of(&image.file));
		const size_t b =
		    (size_t)sample_random(&seed, pages_of(&image.file));
		unsigned char pages[3][PAGE];

		if (a == b)
			continue;
		memset(pages[2], 0, PAGE);
		memcpy(pages[0], image.file.bytes + a * PAGE, PAGE);
		memcpy(pages[1], image.file.bytes + b * PAGE, PAGE);
		put_page(&image.file, b, pages[i % 3 == 2 ? 2 : 0]);
		if (i % 3 == 0)
			put_page(&image.file, a, pages[1]);
		try(&image.file, &image.log, 0, "page", b);
		put_page(&image.file, a, pages[0]);
		put_page(&image.file, b, pages[1]);
	}
	tell("pages swapped, doubled and lost");
	ck_assert_int_gt(refused, rounds / 2);
	damage_free(&image);
}
END_TEST

#define STRANGER "test_flips-stranger.kpi"

static void
make_stock(int reserve)
{
	sqlite3 *db;

	ck_assert_int_eq(sqlite3_open(STRANGER, &db), SQLITE_OK);
	ck_assert_int_eq(sqlite3_file_control(
			     db, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserve),
	    SQLITE_OK);
	ck_assert_int_eq(sqlite3_exec(db,
			     "CREATE TABLE meta(commits, epoch);"
			     "INSERT INTO meta VALUES(1, 2)",
			     NULL, NULL, NULL),
	    SQLITE_OK);
	ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
}

static void
make_bytes(const void *bytes, size_t size)
{
	FILE *const f = fopen(STRANGER, "wb");

	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(fwrite(bytes, 1, size, f), size);
	ck_assert_int_eq(fclose(f), 0);
}

/* Who only reads a store leaves its log behind. */
static void
remove_stranger(void)
{
	(void)unlink(STRANGER "-wal");
	(void)unlink(STRANGER "-shm");
	(void)unlink(STRANGER);
}

static void
make_stranger(int kind)
{
	static const char text[] = "This is not a store.\n";
	unsigned char noise[9000];

	remove_stranger();
	switch (kind) {
	case 0:
		make_stock(0);
		break;
	case 1:
		make_stock(8);
		break;
	case 2:
		make_bytes(text, sizeof(text) - 1);
		break;
	case 3:
		begin();
		for (size_t i = 0; i < sizeof(noise); i++)
			noise[i] = (unsigned char)sample_random(&seed, 256);
		make_bytes(noise, sizeof(noise));
		break;
	case 4:
		memset(noise, 0, sizeof(noise));
		make_bytes(noise, 8192);
		break;
	default:
		make_bytes("\n", 2);
	}
}

static size_t
stranger_bytes(unsigned char bytes[32768])
{
	FILE *const f = fopen(STRANGER, "rb");
	size_t size;

	ck_assert_ptr_nonnull(f);
	size = fread(bytes, 1, 32768, f);
	ck_assert_int_eq(fclose(f), 0);
	return size;
}

START_TEST(what_is_no_store_is_refused_and_left_as_it_was)
{
	static const uint64_t flags[] = { 0, KPI_OPEN_READ_ONLY,
		KPI_OPEN_MUST_EXIST };
	static unsigned char before[32768], after[32768];

	for (size_t i = 0; i < sizeof(flags) / sizeof(*flags); i++) {
		kpi_store_options options = KPI_STORE_OPTIONS_INIT;
		kpi_error error = KPI_ERROR_INIT;
		kpi_store *store;
		size_t size;

		make_stranger(_i);
		size = stranger_bytes(before);
		options.flags = flags[i];
		ck_assert_int_eq(
		    kpi_store_open(&store, STRANGER, &options, &error),
		    KPI_ECORRUPT);
		ck_assert_ptr_null(store);
		ck_assert_str_ne(error.text, "");
		ck_assert_uint_eq(stranger_bytes(after), size);
		ck_assert_mem_eq(before, after, size);
		ck_assert_int_ne(access(STRANGER "-wal", F_OK), 0);
	}
	ck_assert_int_eq(unlink(STRANGER), 0);
}
END_TEST

START_TEST(an_empty_file_is_no_store_that_existed)
{
	kpi_store_options options = KPI_STORE_OPTIONS_INIT;
	kpi_store *store;

	remove_stranger();
	make_bytes("", 0);
	options.flags = KPI_OPEN_MUST_EXIST;
	ck_assert_int_eq(
	    kpi_store_open(&store, STRANGER, &options, NULL), KPI_ECORRUPT);
	options.flags = KPI_OPEN_READ_ONLY;
	ck_assert_int_eq(
	    kpi_store_open(&store, STRANGER, &options, NULL), KPI_ECORRUPT);
	options.flags = 0;
	ck_assert_int_eq(
	    kpi_store_open(&store, STRANGER, &options, NULL), KPI_OK);
	kpi_store_close(store);
	options.flags = KPI_OPEN_READ_ONLY;
	ck_assert_int_eq(
	    kpi_store_open(&store, STRANGER, &options, NULL), KPI_OK);
	kpi_store_close(store);
	remove_stranger();
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("flips");
	TCase *t = tcase_create("flips");

	tcase_set_timeout(t, 600);
	tcase_add_loop_test(t, a_flipped_bit_is_refused_or_of_no_effect, 0, 2);
	tcase_add_loop_test(t,
	    a_flipped_bit_of_the_log_loses_at_most_what_nobody_could_tell, 0,
	    2);
	tcase_add_loop_test(t, a_file_cut_short_is_refused, 0, 2);
	tcase_add_test(t, a_log_cut_short_gives_the_last_whole_commit);
	tcase_add_loop_test(t, pages_that_changed_places_are_refused, 0, 2);
	tcase_add_loop_test(
	    t, what_is_no_store_is_refused_and_left_as_it_was, 0, 6);
	tcase_add_test(t, an_empty_file_is_no_store_that_existed);
	suite_add_tcase(s, t);
	return s;
}

#include "runner.h"
