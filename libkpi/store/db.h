/* SPDX-License-Identifier: MIT */
/*
 * db.h - a connection to SQLite: statements kept for the next time, failures
 * in our words. A connection is used by one thread at a time.
 */
#ifndef KPI_STORE_DB_H
#define KPI_STORE_DB_H

#include <sqlite3.h>

#include <kpi/base.h>

#define KPI__STATEMENTS 40

typedef struct kpi__db {
	sqlite3 *handle;
	int64_t busy_ms;    /* how long it waits for its turn */
	int64_t busy_until; /* of a clock of its own */
	struct {
		const char *sql; /* told apart by its address */
		sqlite3_stmt *statement;
	} kept[KPI__STATEMENTS];
} kpi__db;

#define KPI__DB_READ_ONLY 1
#define KPI__DB_STILL     2 /* nobody changes it: no lock, no log */

/* Opens a file that is there, by its full name, through our file system
 * layer. *db stays where it is until closed. */
kpi_status kpi__db_open(kpi__db *db, const char *path, unsigned flags,
    int busy_ms, kpi_error *error) KPI_MUST_CHECK;
void kpi__db_close(kpi__db *db);

/* Turns SQLite's failure `code` into ours: KPI_EBUSY, KPI_EFULL, KPI_EIO,
 * KPI_ECORRUPT with the page, KPI_EREADONLY, KPI_ENOMEM. */
kpi_status kpi__db_fail(kpi__db *db, int code, kpi_error *error);

/* Runs statements that give no rows. */
kpi_status kpi__db_run(
    kpi__db *db, const char *sql, kpi_error *error) KPI_MUST_CHECK;

/* Also where SQLite does not wait itself: where a reader becomes a writer,
 * outside a transaction. */
kpi_status kpi__db_run_in_turn(
    kpi__db *db, const char *sql, kpi_error *error) KPI_MUST_CHECK;

/* Ends the transaction that is open, if one is, without what it wrote. */
void kpi__db_end(kpi__db *db);

/* A statement ready to be bound and stepped; `sql` is a constant of the
 * program. */
kpi_status kpi__db_statement(kpi__db *db, const char *sql, sqlite3_stmt **out,
    kpi_error *error) KPI_MUST_CHECK;

/* *row: there is one; without one the statement is reset. */
kpi_status kpi__db_step(kpi__db *db, sqlite3_stmt *statement, int *row,
    kpi_error *error) KPI_MUST_CHECK;

/* Steps a statement that gives no rows and resets it. */
kpi_status kpi__db_do(
    kpi__db *db, sqlite3_stmt *statement, kpi_error *error) KPI_MUST_CHECK;

/* A statement of one integer: *out unchanged if there is no row. */
kpi_status kpi__db_integer(kpi__db *db, const char *sql, int64_t *out,
    kpi_error *error) KPI_MUST_CHECK;

#endif
