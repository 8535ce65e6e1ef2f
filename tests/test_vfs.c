/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700 /* processes and files beyond C11 */

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <check.h>

#include "store/page_sum.h"
#include "store/vfs.h"
#include "vfs_file.h"

#define PAGE KPI__PAGE_SIZE

static sqlite3_int64
make(int rows)
{
	sqlite3 *db = open_through(KPI__VFS_NAME);
	sqlite3_int64 sum;
	int rc;

	fill(db, rows);
	sum = read_all(db, &rc);
	ck_assert_int_eq(rc, SQLITE_OK);
	ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
	return sum;
}

static void
check_every_sum(void)
{
	const off_t pages = size_of(db_path) / PAGE;
	unsigned char page[PAGE];

	for (off_t i = 0; i < pages; i++) {
		read_at(db_path, page, PAGE, i * PAGE);
		ck_assert_msg(kpi__page_sum_holds(page, PAGE, i + 1), "page %d",
		    (int)i + 1);
	}
}

START_TEST(what_was_written_is_read_back)
{
	const sqlite3_int64 sum = make(200);
	sqlite3 *db = open_through(KPI__VFS_NAME);
	int rc;

	ck_assert_int_eq(read_all(db, &rc), sum);
	ck_assert_int_eq(rc, SQLITE_OK);
	ck_assert_int_eq(bad_page(db), 0);
	ck_assert_int_eq(ask(db, "PRAGMA page_size", &rc), PAGE);
	ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
	check_every_sum();
}
END_TEST

START_TEST(stock_sqlite_reads_the_file)
{
	const sqlite3_int64 sum = make(200);
	sqlite3 *db = open_through(STOCK);
	sqlite3_stmt *q;
	int rc;

	ck_assert_int_eq(read_all(db, &rc), sum);
	ck_assert_int_eq(
	    sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &q, NULL),
	    SQLITE_OK);
	ck_assert_int_eq(sqlite3_step(q), SQLITE_ROW);
	ck_assert_str_eq((const char *)sqlite3_column_text(q, 0), "ok");
	(void)sqlite3_finalize(q);
	ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
}
END_TEST

static void
make_fifty(void)
{
	fill(open_through(KPI__VFS_NAME), 50);
}

START_TEST(stock_sqlite_recovers_our_log_and_moves_it_as_we_do)
{
	sqlite3 *db;
	int rc;

	in_child(make_fifty);
	db = open_through(STOCK);
	ck_assert_int_eq(ask(db, "SELECT count(*) FROM t", &rc), 50);
	run(db, "PRAGMA wal_checkpoint(TRUNCATE)");
	ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);

	check_every_sum();
	db = open_through(KPI__VFS_NAME);
	ck_assert_int_eq(ask(db, "SELECT count(*) FROM t", &rc), 50);
	ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
}
END_TEST

/* By the file's own read, so that no page in SQLite's cache helps. */
START_TEST(every_flipped_byte_of_every_page_is_refused)
{
	unsigned char page[PAGE];
	sqlite3_file *file;
	sqlite3 *db;
	off_t size;
	int rc;

	(void)make(60);
	size = size_of(db_path);
	db = open_through(KPI__VFS_NAME);
	ck_assert_int_eq(
	    sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file),
	    SQLITE_OK);
	for (off_t at = 0; at < size; at++) {
		flip(db_path, at, (unsigned)(at % 8));
		rc = file->pMethods->xRead(file, page, PAGE, at - at % PAGE);
		ck_assert_msg(rc == SQLITE_IOERR_DATA &&
			bad_page(db) == at / PAGE + 1,
		    "byte %d: %d, page %d", (int)at, rc,
		    (int)bad_page(db));
		flip(db_path, at, (unsigned)(at % 8));
	}
	ck_assert_int_eq(file->pMethods->xRead(file, page, PAGE, 0), SQLITE_OK);
	ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
}
END_TEST

START_TEST(a_query_over_a_flipped_byte_never_answers_wrongly)
{
	const sqlite3_int64 sum = make(60);
	const off_t size = size_of(db_path);
	int refused = 0, rc;

	for (off_t at = 0; at < size; at += at < 100 ? 1 : 53) {
		sqlite3 *db;

		flip(db_path, at, (unsigned)(at % 8));
		(void)sqlite3_open_v2(
		    db_path, &db, SQLITE_OPEN_READWRITE, KPI__VFS_NAME);
		if (read_all(db, &rc) != sum)
			ck_assert_int_ne(rc, SQLITE_OK);
		refused += rc != SQLITE_OK;
		ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
		flip(db_path, at, (unsigned)(at % 8));
		ck_assert_int_eq(size_of(db_path), size);
	}
	ck_assert_int_gt(refused, (int)(size / 53));
}
END_TEST

START_TEST(a_part_of_a_page_is_checked_with_all_of_it)
{
	unsigned char part[2 * PAGE];
	sqlite3_file *file;
	sqlite3 *db;

	(void)make(60);
	db = open_through(KPI__VFS_NAME);
	(void)sqlite3_file_control(
	    db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
	ck_assert_int_eq(
	    file->pMethods->xRead(file, part, PAGE - 8, PAGE), SQLITE_OK);
	ck_assert_int_eq(
	    file->pMethods->xRead(file, part, PAGE, 2 * PAGE + 512), SQLITE_OK);
	flip(db_path, 4 * PAGE - 1, 0);
	ck_assert_int_eq(
	    file->pMethods->xRead(file, part, PAGE, 2 * PAGE + 512),
	    SQLITE_IOERR_DATA);
	ck_assert_int_eq(bad_page(db), 4);
	ck_assert_int_eq(
	    file->pMethods->xRead(file, part, 16, 3 * PAGE), SQLITE_IOERR_DATA);
	ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
}
END_TEST

START_TEST(pages_in_each_others_place_are_refused)
{
	unsigned char a[PAGE], b[PAGE];
	char place[64];
	sqlite3 *db;
	int rc;

	(void)make(200);
	read_at(db_path, a, PAGE, 4 * PAGE);
	read_at(db_path, b, PAGE, 5 * PAGE);
	write_at(db_path, b, PAGE, 4 * PAGE);
	write_at(db_path, a, PAGE, 5 * PAGE);

	db = open_through(KPI__VFS_NAME);
	ck_assert_int_eq(read_all(db, &rc), -1);
	ck_assert_int_eq(rc, SQLITE_IOERR_DATA);
	kpi__vfs_bad_place(db, place, sizeof(place));
	ck_assert(strcmp(place, "page 5 of the file") == 0 ||
	    strcmp(place, "page 6 of the file") == 0);
	ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
}
END_TEST

START_TEST(a_page_of_zeros_is_refused)
{
	const unsigned char zeros[PAGE] = { 0 };
	sqlite3 *db;
	int rc;

	(void)make(200);
	write_at(db_path, zeros, PAGE, size_of(db_path) - PAGE);
	db = open_through(KPI__VFS_NAME);
	ck_assert_int_eq(read_all(db, &rc), -1);
	ck_assert_int_eq(rc, SQLITE_IOERR_DATA);
	ck_assert_int_eq(bad_page(db), size_of(db_path) / PAGE);
	ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
}
END_TEST

/* With something in the log, SQLite asks the log for the file's length. */
START_TEST(a_file_cut_short_is_refused)
{
	static const off_t lost[] = { 4 * PAGE + 1, PAGE, 2 * PAGE + 100 };
	sqlite3 *db;
	int rc;

	(void)make(200);
	db = open_through(KPI__VFS_NAME);
	run(db, "INSERT INTO t VALUES(1000, 'a', 'b')");
	for (int i = 0; i < 3; i++) {
		sqlite3 *reader = open_through(KPI__VFS_NAME);

		ck_assert_int_eq(
		    truncate(db_path, size_of(db_path) - lost[i]), 0);
		ck_assert_int_eq(read_all(reader, &rc), -1);
		ck_assert_int_eq(rc, SQLITE_IOERR_DATA);
		ck_assert_int_eq(sqlite3_close(reader), SQLITE_OK);
	}
	(void)sqlite3_close(db);
}
END_TEST

START_TEST(memory_mapping_does_not_go_round_the_sums)
{
	sqlite3 *db;
	int rc;

	(void)make(200);
	db = open_through(KPI__VFS_NAME);
	ck_assert_int_le(ask(db, "PRAGMA mmap_size=100000000", &rc), 0);
	flip(db_path, 5 * PAGE + 77, 3);
	ck_assert_int_eq(read_all(db, &rc), -1);
	ck_assert_int_eq(rc, SQLITE_IOERR_DATA);
	ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
}
END_TEST

START_TEST(the_backup_of_a_store_has_its_sums)
{
	sqlite3 *from, *to;
	sqlite3_backup *backup;
	char first[64];
	int rc;

	(void)make(200);
	from = open_through(KPI__VFS_NAME);
	run(from,
	    "DELETE FROM t WHERE id > 150; INSERT INTO t "
	    "SELECT id + 1000, name, body FROM t LIMIT 20");
	run(from, "DELETE FROM t WHERE id > 10");
	(void)strcpy(first, db_path);
	(void)strcat(db_path, "2");
	(void)sqlite3_open_v2(db_path, &to,
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, KPI__VFS_NAME);
	ck_assert_int_eq(kpi__vfs_prepare(to, NULL), KPI_OK);
	backup = sqlite3_backup_init(to, "main", from, "main");
	ck_assert_ptr_nonnull(backup);
	ck_assert_int_eq(sqlite3_backup_step(backup, -1), SQLITE_DONE);
	ck_assert_int_eq(sqlite3_backup_finish(backup), SQLITE_OK);
	ck_assert_int_eq(sqlite3_close(from), SQLITE_OK);
	ck_assert_int_eq(ask(to, "SELECT count(*) FROM t", &rc), 10);
	ck_assert_int_eq(sqlite3_close(to), SQLITE_OK);
	check_every_sum();
	(void)unlink(db_path);
	(void)strcpy(db_path, first);
}
END_TEST

START_TEST(a_page_that_another_program_wrote_is_refused_until_resealed)
{
	kpi_error error = KPI_ERROR_INIT;
	sqlite3 *db;
	int rc;

	(void)make(200);
	db = open_through(STOCK);
	run(db, "UPDATE t SET name = 'nobody' WHERE id = 100");
	ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);

	db = open_through(KPI__VFS_NAME);
	ck_assert_int_eq(read_all(db, &rc), -1);
	ck_assert_int_eq(rc, SQLITE_IOERR_DATA);
	ck_assert_int_eq(kpi__vfs_reseal(db_path, &error), KPI_EBUSY);
	ck_assert_int_eq(error.status, KPI_EBUSY);
	ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);

	ck_assert_int_eq(kpi__vfs_reseal(db_path, NULL), KPI_OK);
	check_every_sum();
	db = open_through(KPI__VFS_NAME);
	ck_assert_int_eq(
	    ask(db, "SELECT count(*) FROM t WHERE name = 'nobody'", &rc), 1);
	ck_assert_int_ne(read_all(db, &rc), -1);
	ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
}
END_TEST

static void
update_by_stock(void)
{
	run(open_through(STOCK), "UPDATE t SET name = 'x' WHERE id = 100");
}

START_TEST(so_is_one_that_another_program_left_in_the_log)
{
	sqlite3 *db;
	int rc;

	(void)make(200);
	in_child(update_by_stock);
	db = open_through(KPI__VFS_NAME);
	ck_assert_int_eq(read_all(db, &rc), -1);
	ck_assert_int_eq(rc, SQLITE_IOERR_DATA);
	ck_assert_int_lt(bad_page(db), 0);
	ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
	ck_assert_int_gt(size_of(log_path), 0);

	ck_assert_int_eq(kpi__vfs_reseal(db_path, NULL), KPI_OK);
	db = open_through(KPI__VFS_NAME);
	ck_assert_int_eq(
	    ask(db, "SELECT count(*) FROM t WHERE name = 'x'", &rc), 1);
	ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
}
END_TEST

static kpi_status
prepare_of_path(void)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status;
	sqlite3 *db;

	(void)sqlite3_open_v2(
	    db_path, &db, SQLITE_OPEN_READWRITE, KPI__VFS_NAME);
	status = kpi__vfs_prepare(db, &error);
	ck_assert_int_eq(error.status, status);
	(void)sqlite3_close(db);
	return status;
}

START_TEST(what_is_not_ours_is_neither_opened_nor_resealed)
{
	sqlite3 *db;

	ck_assert_int_eq(kpi__vfs_reseal(db_path, NULL), KPI_ENOTFOUND);

	db = open_through(STOCK);
	fill(db, 10);
	ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
	ck_assert_int_eq(prepare_of_path(), KPI_ECORRUPT);
	ck_assert_int_eq(kpi__vfs_reseal(db_path, NULL), KPI_ECORRUPT);

	write_at(db_path, "a list of my calls", 18, 0);
	ck_assert_int_eq(prepare_of_path(), KPI_ECORRUPT);
	ck_assert_int_eq(kpi__vfs_reseal(db_path, NULL), KPI_ECORRUPT);

	ck_assert_int_eq(truncate(db_path, 50), 0);
	ck_assert_int_eq(prepare_of_path(), KPI_ECORRUPT);
	ck_assert_int_eq(truncate(db_path, 0), 0);
	ck_assert_int_eq(prepare_of_path(), KPI_OK);
}
END_TEST

START_TEST(pages_without_room_for_the_sum_are_not_written)
{
	sqlite3 *db;

	(void)sqlite3_open_v2(db_path, &db,
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, KPI__VFS_NAME);
	ck_assert_int_ne(try_run(db, "CREATE TABLE t(a)"), SQLITE_OK);
	ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
}
END_TEST

static void *
register_and_find(void *ctx)
{
	for (int i = 0; i < 100; i++)
		if (kpi__vfs_register() != KPI_OK ||
		    sqlite3_vfs_find(KPI__VFS_NAME) == NULL)
			*(int *)ctx = 1;
	return NULL;
}

START_TEST(it_may_be_registered_often_and_from_many_threads)
{
	sqlite3_vfs *usual = sqlite3_vfs_find(NULL);
	int failed[4] = { 0 };
	pthread_t threads[4];

	ck_assert_str_ne(usual->zName, KPI__VFS_NAME);
	for (int i = 0; i < 4; i++)
		ck_assert_int_eq(pthread_create(&threads[i], NULL,
				     register_and_find, &failed[i]),
		    0);
	for (int i = 0; i < 4; i++) {
		(void)pthread_join(threads[i], NULL);
		ck_assert_int_eq(failed[i], 0);
	}
	ck_assert_ptr_eq(sqlite3_vfs_find(NULL), usual);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("vfs");
	TCase *t = tcase_create("file");

	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, directory_make, directory_remove);
	tcase_add_test(t, what_was_written_is_read_back);
	tcase_add_test(t, stock_sqlite_reads_the_file);
	tcase_add_test(t, stock_sqlite_recovers_our_log_and_moves_it_as_we_do);
	tcase_add_test(t, every_flipped_byte_of_every_page_is_refused);
	tcase_add_test(t, a_query_over_a_flipped_byte_never_answers_wrongly);
	tcase_add_test(t, a_part_of_a_page_is_checked_with_all_of_it);
	tcase_add_test(t, pages_in_each_others_place_are_refused);
	tcase_add_test(t, a_page_of_zeros_is_refused);
	tcase_add_test(t, a_file_cut_short_is_refused);
	tcase_add_test(t, memory_mapping_does_not_go_round_the_sums);
	tcase_add_test(t, the_backup_of_a_store_has_its_sums);
	tcase_add_test(
	    t, a_page_that_another_program_wrote_is_refused_until_resealed);
	tcase_add_test(t, so_is_one_that_another_program_left_in_the_log);
	tcase_add_test(t, what_is_not_ours_is_neither_opened_nor_resealed);
	tcase_add_test(t, pages_without_room_for_the_sum_are_not_written);
	tcase_add_test(t, it_may_be_registered_often_and_from_many_threads);
	suite_add_tcase(s, t);
	return s;
}

#include "runner.h"
