/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700 /* processes and files beyond C11 */

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <check.h>

#include "store/page_sum.h"
#include "store/vfs.h"
#include "vfs_file.h"

#define PAGE   KPI__PAGE_SIZE
#define HEADER 32
#define FRAME  (24 + PAGE)

/* Where frame `i`, from 1, begins. */
static off_t
frame(int i)
{
	return HEADER + (off_t)(i - 1) * FRAME;
}

static sqlite3_int64
count(sqlite3 *db, int *rc)
{
	return ask(db, "SELECT count(*) FROM s", rc);
}

static void
make_table(sqlite3 *db)
{
	run(db, "CREATE TABLE s(i INTEGER)");
}

START_TEST(every_flipped_byte_of_a_page_in_the_log_is_refused)
{
	sqlite3_file *log;
	unsigned char page[PAGE];
	sqlite3 *db = open_through(KPI__VFS_NAME);
	off_t size;
	int rc;

	fill(db, 8);
	size = size_of(log_path);
	ck_assert_int_gt(size, frame(6));
	(void)sqlite3_file_control(
	    db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
	for (off_t at = HEADER; at < size; at++) {
		const off_t inside = (at - HEADER) % FRAME;

		if (inside >= 4 && inside < 24)
			continue;
		flip(log_path, at, (unsigned)(at % 8));
		rc = log->pMethods->xRead(log, page, PAGE, at - inside + 24);
		ck_assert_msg(
		    rc == SQLITE_IOERR_DATA && bad_page(db) < 0,
		    "byte %d: %d", (int)at, rc);
		flip(log_path, at, (unsigned)(at % 8));
	}
	ck_assert_int_eq(
	    log->pMethods->xRead(log, page, PAGE, frame(1) + 24), SQLITE_OK);
	ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
}
END_TEST

START_TEST(a_reader_is_told_which_page_in_the_log_is_bad)
{
	sqlite3 *writer = open_through(KPI__VFS_NAME), *reader;
	char place[64];
	int rc;

	fill(writer, 50);
	reader = open_through(KPI__VFS_NAME);
	for (int i = 1; frame(i) < size_of(log_path); i++)
		flip(log_path, frame(i) + 24 + 3000, 1);
	ck_assert_int_eq(read_all(reader, &rc), -1);
	ck_assert_int_eq(rc, SQLITE_IOERR_DATA);
	ck_assert_int_eq(bad_page(reader), -2);
	kpi__vfs_bad_place(reader, place, sizeof(place));
	ck_assert_str_eq(place, "page 2 in the log");
	ck_assert_int_eq(sqlite3_close(reader), SQLITE_OK);

	/* Nor does a checkpoint carry it into the file. */
	ck_assert_int_eq(try_run(writer, "PRAGMA wal_checkpoint(TRUNCATE)"),
	    SQLITE_IOERR_DATA);
	(void)sqlite3_close(writer);
}
END_TEST

START_TEST(a_log_cut_short_under_a_reader_is_refused)
{
	sqlite3 *writer = open_through(KPI__VFS_NAME), *reader;
	int rc;

	fill(writer, 50);
	reader = open_through(KPI__VFS_NAME);
	ck_assert_int_eq(truncate(log_path, frame(5)), 0);
	ck_assert_int_eq(read_all(reader, &rc), -1);
	ck_assert_int_eq(rc, SQLITE_IOERR_DATA);
	(void)sqlite3_close(reader);
	(void)sqlite3_close(writer);
}
END_TEST

START_TEST(a_checkpoint_gives_every_page_its_sum)
{
	sqlite3 *db = open_through(KPI__VFS_NAME);
	unsigned char page[PAGE];

	fill(db, 300);
	run(db, "PRAGMA wal_checkpoint(TRUNCATE)");
	ck_assert_int_eq(size_of(log_path), 0);
	for (off_t at = 0; at < size_of(db_path); at += PAGE) {
		read_at(db_path, page, PAGE, at);
		ck_assert(kpi__page_sum_holds(page, PAGE, at / PAGE + 1));
	}
	ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
}
END_TEST

/*
 * A cache of ten pages spills pages into the log before the commit, writes
 * them there again, reads them back, and rewrites the sums of the frames.
 */
static void
spill(void)
{
	sqlite3 *db = open_through(KPI__VFS_NAME);
	int rc;

	run(db, "PRAGMA cache_size=10");
	fill(db, 400);
	run(db,
	    "BEGIN; UPDATE t SET name = name || '!';"
	    "SAVEPOINT a; UPDATE t SET name = 'gone'; ROLLBACK TO a;"
	    "UPDATE t SET body = upper(name) || body WHERE id % 3 = 0;"
	    "UPDATE t SET name = name || '?' WHERE id % 2 = 0");
	ck_assert_int_ne(read_all(db, &rc), -1);
	run(db, "COMMIT; BEGIN; DELETE FROM t WHERE id > 350");
	ck_assert_int_eq(ask(db, "SELECT count(*) FROM t", &rc), 350);
	run(db, "ROLLBACK");
	run(db, "INSERT INTO t VALUES(9999, 'last', '')");
	ck_assert_int_ne(read_all(db, &rc), -1);
}

START_TEST(pages_written_twice_into_the_log_are_recovered)
{
	static const char *const of[] = { KPI__VFS_NAME, STOCK };
	sqlite3 *db;
	int rc;

	in_child(spill);
	for (int i = 0; i < 2; i++) {
		db = open_through(of[i]);
		ck_assert_int_eq(ask(db, "SELECT count(*) FROM t", &rc), 401);
		ck_assert_int_eq(
		    ask(db, "SELECT count(*) FROM t WHERE name LIKE '%!?'",
			&rc),
		    200);
		ck_assert_int_eq(
		    ask(db,
			"SELECT count(*) FROM pragma_integrity_check "
			"WHERE integrity_check = 'ok'",
			&rc),
		    1);
		ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
	}
}
END_TEST

START_TEST(what_a_process_left_in_the_log_is_recovered)
{
	sqlite3 *db;
	int rc;

	leave_log();
	db = open_through(KPI__VFS_NAME);
	ck_assert_int_eq(count(db, &rc), 5);
	run(db, "INSERT INTO s VALUES(2)");
	ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
	db = open_through(KPI__VFS_NAME);
	ck_assert_int_eq(count(db, &rc), 6);
	ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
}
END_TEST

/* Every part of a frame: page number, commit, salts, sums, page, its sum. */
START_TEST(recovery_refuses_a_bad_frame_before_other_transactions)
{
	static const off_t inside[] = { 3, 7, 10, 18, 24, 900, FRAME - 1 };
	char place[64];
	sqlite3 *db;
	int rc;

	leave_log();
	for (int i = 0; i < 7; i++) {
		flip(log_path, frame(2) + inside[i], 5);
		(void)sqlite3_open_v2(
		    db_path, &db, SQLITE_OPEN_READWRITE, KPI__VFS_NAME);
		(void)sqlite3_extended_result_codes(db, 1);
		ck_assert_int_eq(count(db, &rc), -1);
		ck_assert_int_eq(rc, SQLITE_IOERR_DATA);
		kpi__vfs_bad_place(db, place, sizeof(place));
		ck_assert_str_eq(place, "frame 2 of the log");
		(void)sqlite3_close(db);
		flip(log_path, frame(2) + inside[i], 5);
	}
	db = open_through(KPI__VFS_NAME);
	ck_assert_int_eq(count(db, &rc), 5);
	ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
}
END_TEST

START_TEST(recovery_refuses_a_bad_header)
{
	char place[64];
	sqlite3 *db;
	int rc;

	leave_log();
	for (off_t at = 0; at < HEADER; at++) {
		flip(log_path, at, (unsigned)(at % 8));
		(void)sqlite3_open_v2(
		    db_path, &db, SQLITE_OPEN_READWRITE, KPI__VFS_NAME);
		ck_assert_int_eq(count(db, &rc), -1);
		kpi__vfs_bad_place(db, place, sizeof(place));
		ck_assert_str_eq(place, "the log's header");
		(void)sqlite3_close(db);
		flip(log_path, at, (unsigned)(at % 8));
	}
}
END_TEST

/* What a power cut leaves: the end of the log torn, at any of its bytes. */
START_TEST(recovery_takes_a_torn_end_for_the_end)
{
	unsigned char junk[FRAME];
	sqlite3 *db;
	int rc;

	for (size_t i = 0; i < FRAME; i++)
		junk[i] = (unsigned char)(i * 7);
	leave_log();
	if (_i < FRAME)
		write_at(log_path, junk, FRAME - (size_t)_i, frame(5) + _i);
	db = open_through(KPI__VFS_NAME);
	ck_assert_int_eq(count(db, &rc), _i < FRAME ? 4 : 5);
	ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
}
END_TEST

/* Rows of a transaction undone after it had spilled lie behind the end. */
static void
undo_and_go_on(void)
{
	sqlite3 *db = open_through(KPI__VFS_NAME);

	make_table(db);
	run(db,
	    "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA cache_size=10;"
	    "INSERT INTO s VALUES(1); BEGIN;"
	    "WITH n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n "
	    "WHERE i < 20000) INSERT INTO s SELECT i FROM n; ROLLBACK;"
	    "INSERT INTO s VALUES(2)");
}

START_TEST(recovery_is_not_misled_by_what_was_undone)
{
	unsigned char junk[512] = { 1, 2, 3 };
	sqlite3 *db;
	int rc;

	in_child(undo_and_go_on);
	ck_assert_int_gt(size_of(log_path), frame(20));
	if (_i == 1)
		write_at(log_path, junk, sizeof(junk), frame(2) + 1024);
	db = open_through(KPI__VFS_NAME);
	ck_assert_int_eq(count(db, &rc), _i == 1 ? 1 : 2);
	ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
}
END_TEST

static void
make_fifty(void)
{
	fill(open_through(KPI__VFS_NAME), 50);
}

/* The checkpoint is cut while it writes page 1, which the log has whole. */
START_TEST(a_page_torn_by_a_checkpoint_is_had_from_the_log)
{
	unsigned char zeros[512] = { 0 };
	sqlite3 *db = open_through(KPI__VFS_NAME);
	int rc;

	make_table(db);
	ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
	in_child(make_fifty);
	write_at(db_path, zeros, sizeof(zeros), PAGE - 512);
	db = open_through(KPI__VFS_NAME);
	ck_assert_int_eq(ask(db, "SELECT count(*) FROM t", &rc), 50);
	run(db, "PRAGMA wal_checkpoint(TRUNCATE)");
	ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
	db = open_through(KPI__VFS_NAME);
	ck_assert_int_ne(read_all(db, &rc), -1);
	ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
}
END_TEST

static void
write_and_acknowledge(int to)
{
	sqlite3 *db = open_through(KPI__VFS_NAME);

	run(db, "PRAGMA wal_autocheckpoint=7");
	for (int i = 0; i < 100000; i++) {
		run(db, "INSERT INTO s VALUES(1)");
		if (write(to, "", 1) != 1)
			return;
	}
}

static int
kill_after(int acknowledged)
{
	int ends[2], got = 0, status;
	char byte;
	pid_t pid;

	ck_assert_int_eq(pipe(ends), 0);
	if ((pid = fork()) == 0) {
		write_and_acknowledge(ends[1]);
		_exit(1);
	}
	(void)close(ends[1]);
	while (got < acknowledged && read(ends[0], &byte, 1) == 1)
		got++;
	ck_assert_int_eq(kill(pid, SIGKILL), 0);
	(void)waitpid(pid, &status, 0);
	ck_assert(WIFSIGNALED(status));
	while (read(ends[0], &byte, 1) == 1)
		got++;
	(void)close(ends[0]);
	return got;
}

START_TEST(what_a_killed_writer_acknowledged_is_there)
{
	sqlite3 *db = open_through(KPI__VFS_NAME);
	sqlite3_int64 rows = 0, now;
	int acknowledged, rc;

	make_table(db);
	ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
	for (int i = 0; i < 20; i++) {
		acknowledged = kill_after(1 + i * 7 % 40);
		db = open_through(KPI__VFS_NAME);
		now = count(db, &rc);
		ck_assert_int_ge(now, rows + acknowledged);
		ck_assert_int_le(now, rows + acknowledged + 1);
		rows = now;
		ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
	}
}
END_TEST

static void
write_pairs(void)
{
	sqlite3 *db = open_through(KPI__VFS_NAME);

	run(db, "PRAGMA wal_autocheckpoint=20");
	for (int i = 0; i < 400; i++)
		run(db,
		    "BEGIN IMMEDIATE; INSERT INTO s VALUES(1);"
		    "INSERT INTO s VALUES(zeroblob(3000)); COMMIT");
	ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
}

START_TEST(two_processes_write_and_one_reads_at_once)
{
	sqlite3 *db = open_through(KPI__VFS_NAME);
	sqlite3_int64 rows = 0, now;
	pid_t pids[2];
	int rc, status, ended = 0;

	make_table(db);
	ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
	for (int i = 0; i < 2; i++)
		if ((pids[i] = fork()) == 0) {
			write_pairs();
			_exit(0);
		}

	db = open_through(KPI__VFS_NAME);
	run(db, "PRAGMA cache_size=1");
	while (ended < 2) {
		now = ask(db, "SELECT count(i) FROM s WHERE length(i)", &rc);
		ck_assert_msg(rc == SQLITE_OK, "%d", rc);
		ck_assert_int_ge(now, rows);
		ck_assert_int_eq(now % 2, 0);
		rows = now;
		if (waitpid(pids[ended], &status, WNOHANG) == pids[ended]) {
			ck_assert_int_eq(status, 0);
			ended++;
		}
	}
	ck_assert_int_eq(count(db, &rc), 1600);
	ck_assert_int_eq(sqlite3_close(db), SQLITE_OK);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("vfs_log");
	TCase *t = tcase_create("log");

	tcase_set_timeout(t, 120);
	tcase_add_checked_fixture(t, directory_make, directory_remove);
	tcase_add_test(t, every_flipped_byte_of_a_page_in_the_log_is_refused);
	tcase_add_test(t, a_reader_is_told_which_page_in_the_log_is_bad);
	tcase_add_test(t, a_log_cut_short_under_a_reader_is_refused);
	tcase_add_test(t, a_checkpoint_gives_every_page_its_sum);
	tcase_add_test(t, pages_written_twice_into_the_log_are_recovered);
	tcase_add_test(t, what_a_process_left_in_the_log_is_recovered);
	tcase_add_test(
	    t, recovery_refuses_a_bad_frame_before_other_transactions);
	tcase_add_test(t, recovery_refuses_a_bad_header);
	tcase_add_loop_test(t, recovery_takes_a_torn_end_for_the_end, 0, 30);
	tcase_add_loop_test(
	    t, recovery_takes_a_torn_end_for_the_end, FRAME - 2, FRAME + 1);
	tcase_add_loop_test(t, recovery_is_not_misled_by_what_was_undone, 0, 2);
	tcase_add_test(t, a_page_torn_by_a_checkpoint_is_had_from_the_log);
	tcase_add_test(t, what_a_killed_writer_acknowledged_is_there);
	tcase_add_test(t, two_processes_write_and_one_reads_at_once);
	suite_add_tcase(s, t);
	return s;
}

#include "runner.h"
