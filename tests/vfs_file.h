/* SPDX-License-Identifier: MIT */
/* vfs_file.h - small databases to damage, for the tests of the layer. */
#ifndef KPI_TESTS_VFS_FILE_H
#define KPI_TESTS_VFS_FILE_H

#include <sys/types.h>

#include <sqlite3.h>

#define STOCK NULL

/* Paths of the test's database and its log, in a directory of its own. */
extern char db_path[64], log_path[64];

void directory_make(void);
void directory_remove(void);

/* Opened through the layer (NULL: SQLite's own), WAL, full synchronisation. */
sqlite3 *open_through(const char *vfs);
void run(sqlite3 *db, const char *sql);
int try_run(sqlite3 *db, const char *sql); /* the extended code */

/* What a query of one number answers; -1 on a failure, in *rc. */
sqlite3_int64 ask(sqlite3 *db, const char *sql, int *rc);

/* A table and an index of `rows` rows, about 300 bytes each. */
void fill(sqlite3 *db, int rows);
/* Reads all that fill() made: a sum over every byte; -1 on a failure. */
sqlite3_int64 read_all(sqlite3 *db, int *rc);

/* The page that the connection refused last: its number in the file, or the
 * same negative if it stood in the log; 0: none, or something else. */
sqlite3_int64 bad_page(sqlite3 *db);

/* Runs `child` in a process that ends without closing anything. */
void in_child(void (*child)(void));
/* A child's writer with a log of transactions, a row each, left behind. */
void leave_log(void);

/* Bytes of a file, behind SQLite's back. */
off_t size_of(const char *path);
void read_at(const char *path, void *to, size_t size, off_t at);
void write_at(const char *path, const void *from, size_t size, off_t at);
void flip(const char *path, off_t at, unsigned bit);

#endif
