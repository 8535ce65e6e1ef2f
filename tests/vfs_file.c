/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700 /* processes and files beyond C11 */

#include "vfs_file.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <check.h>

#include "store/vfs.h"

char db_path[64], log_path[64];
static char shm_path[64], directory[32];

void
directory_make(void)
{
	(void)strcpy(directory, "test_vfs.XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(directory));
	(void)snprintf(db_path, sizeof(db_path), "%s/db", directory);
	(void)snprintf(log_path, sizeof(log_path), "%s/db-wal", directory);
	(void)snprintf(shm_path, sizeof(shm_path), "%s/db-shm", directory);
	ck_assert_int_eq(kpi__vfs_register(), KPI_OK);
}

void
directory_remove(void)
{
	(void)unlink(db_path);
	(void)unlink(log_path);
	(void)unlink(shm_path);
	ck_assert_int_eq(rmdir(directory), 0);
}

int
try_run(sqlite3 *db, const char *sql)
{
	return sqlite3_exec(db, sql, NULL, NULL, NULL);
}

void
run(sqlite3 *db, const char *sql)
{
	const int rc = try_run(db, sql);

	ck_assert_msg(
	    rc == SQLITE_OK, "%s: %d %s", sql, rc, sqlite3_errmsg(db));
}

sqlite3 *
open_through(const char *vfs)
{
	sqlite3 *db;

	ck_assert_int_eq(sqlite3_open_v2(db_path, &db,
			     SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, vfs),
	    SQLITE_OK);
	(void)sqlite3_extended_result_codes(db, 1);
	(void)sqlite3_busy_timeout(db, 10000);
	if (vfs != STOCK)
		ck_assert_int_eq(kpi__vfs_prepare(db, NULL), KPI_OK);
	(void)try_run(db,
	    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
	    "PRAGMA wal_autocheckpoint=0");
	return db;
}

sqlite3_int64
ask(sqlite3 *db, const char *sql, int *rc)
{
	sqlite3_int64 answer = -1;
	sqlite3_stmt *q = NULL;

	*rc = sqlite3_prepare_v2(db, sql, -1, &q, NULL);
	if (*rc == SQLITE_OK && (*rc = sqlite3_step(q)) == SQLITE_ROW) {
		answer = sqlite3_column_int64(q, 0);
		*rc = SQLITE_OK;
	}
	(void)sqlite3_finalize(q);
	return answer;
}

sqlite3_int64
bad_page(sqlite3 *db)
{
	char place[64];
	long long number = 0;

	kpi__vfs_bad_place(db, place, sizeof(place));
	if (sscanf(place, "page %lld of the file", &number) == 1 &&
	    strstr(place, "log") == NULL)
		return number;
	return sscanf(place, "page %lld in the log", &number) == 1 ? -number
								   : 0;
}

void
fill(sqlite3 *db, int rows)
{
	char sql[512];

	(void)snprintf(sql, sizeof(sql),
	    "CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT, body BLOB);"
	    "CREATE INDEX t_name ON t(name);"
	    "WITH n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i<%d)"
	    " INSERT INTO t SELECT i, 'customer ' || (i*7919 %% 1000),"
	    " CASE i WHEN 5 THEN zeroblob(9000) ELSE"
	    " substr(hex(i*1234567) || hex(zeroblob(150)), 1, 250) END FROM n",
	    rows);
	run(db, sql);
}

sqlite3_int64
read_all(sqlite3 *db, int *rc)
{
	sqlite3_int64 sum = 17;
	sqlite3_stmt *q = NULL;
	const unsigned char *p;

	*rc = sqlite3_prepare_v2(db,
	    "SELECT id || '.' || name, body FROM t NOT INDEXED UNION ALL "
	    "SELECT * FROM (SELECT name, '' FROM t INDEXED BY t_name "
	    "WHERE name > '' ORDER BY name)",
	    -1, &q, NULL);
	while (*rc == SQLITE_OK && (*rc = sqlite3_step(q)) == SQLITE_ROW) {
		for (int c = 0; c < 2; c++) {
			p = sqlite3_column_blob(q, c);
			for (int i = 0; i < sqlite3_column_bytes(q, c); i++)
				sum = (sum * 31 + p[i]) % 1000000007;
		}
		*rc = SQLITE_OK;
	}
	(void)sqlite3_finalize(q);
	if (*rc != SQLITE_DONE)
		return -1;
	*rc = SQLITE_OK;
	return sum;
}

void
in_child(void (*child)(void))
{
	const pid_t pid = fork();
	int status;

	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		child();
		(void)raise(SIGKILL);
	}
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

static void
write_five(void)
{
	sqlite3 *db = open_through(KPI__VFS_NAME);

	run(db, "CREATE TABLE s(i INTEGER); PRAGMA wal_checkpoint(TRUNCATE)");
	for (int i = 0; i < 5; i++)
		run(db, "INSERT INTO s VALUES(1)");
}

void
leave_log(void)
{
	in_child(write_five);
	ck_assert_int_eq(size_of(log_path), 32 + 5 * (24 + KPI__PAGE_SIZE));
}

off_t
size_of(const char *path)
{
	struct stat st;

	ck_assert_int_eq(stat(path, &st), 0);
	return st.st_size;
}

void
read_at(const char *path, void *to, size_t size, off_t at)
{
	const int fd = open(path, O_RDONLY);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(pread(fd, to, size, at), (ssize_t)size);
	ck_assert_int_eq(close(fd), 0);
}

void
write_at(const char *path, const void *from, size_t size, off_t at)
{
	const int fd = open(path, O_WRONLY);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(pwrite(fd, from, size, at), (ssize_t)size);
	ck_assert_int_eq(close(fd), 0);
}

void
flip(const char *path, off_t at, unsigned bit)
{
	unsigned char byte;

	read_at(path, &byte, 1, at);
	byte ^= (unsigned char)(1U << bit);
	write_at(path, &byte, 1, at);
}
