/* SPDX-License-Identifier: MIT */
#include "store/db.h"

#include <string.h>
#include <time.h>

#include "base/error.h"
#include "store/path.h"
#include "store/vfs.h"

#define OPEN_ALWAYS (SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE)

static const char settings[] = "PRAGMA trusted_schema=OFF;"
			       "PRAGMA cell_size_check=ON;"
			       "PRAGMA synchronous=FULL;"
			       "PRAGMA secure_delete=ON;"
			       "PRAGMA temp_store=MEMORY;"
			       "PRAGMA recursive_triggers=OFF;";

static kpi_status
fail_corrupt(kpi__db *db, int code, kpi_error *error)
{
	char place[64] = "";

	if ((code & 0xff) == SQLITE_IOERR)
		kpi__vfs_bad_place(db->handle, place, sizeof(place));
	return kpi__fail(error, KPI_ECORRUPT, "the store is damaged: %s",
	    *place != '\0' ? place : sqlite3_errstr(code));
}

kpi_status
kpi__db_fail(kpi__db *db, int code, kpi_error *error)
{
	kpi_status status;

	if (code == SQLITE_IOERR_DATA || code == SQLITE_IOERR_CORRUPTFS) {
		status = fail_corrupt(db, code, error);
		kpi__error_system(error, code);
		return status;
	}
	switch (code & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		status = kpi__fail(
		    error, KPI_EBUSY, "another process writes into the store");
		break;
	case SQLITE_FULL:
		status =
		    kpi__fail(error, KPI_EFULL, "no space left on the device");
		break;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
	case SQLITE_SCHEMA:
		status = fail_corrupt(db, code, error);
		break;
	case SQLITE_READONLY:
	case SQLITE_PERM:
		status = kpi__fail(error, KPI_EREADONLY,
		    "the store cannot be written: expected are a file and a "
		    "directory that can be");
		break;
	case SQLITE_CANTOPEN:
		status = kpi__fail(error, KPI_EIO,
		    "the store, or a file beside it, cannot be opened: "
		    "expected are a file and a directory that can be read "
		    "and written");
		break;
	case SQLITE_NOMEM:
		status = kpi__fail(error, KPI_ENOMEM, "no memory for SQLite");
		break;
	case SQLITE_TOOBIG:
		status = kpi__fail(error, KPI_EOVERFLOW,
		    "more bytes than a row of the store holds");
		break;
	default:
		status = kpi__fail(error, KPI_EIO,
		    "the store could not be read or written: %s",
		    sqlite3_errstr(code));
	}
	kpi__error_system(error, code);
	return status;
}

kpi_status
kpi__db_run(kpi__db *db, const char *sql, kpi_error *error)
{
	const int code = sqlite3_exec(db->handle, sql, NULL, NULL, NULL);

	if (code != SQLITE_OK)
		return kpi__db_fail(
		    db, sqlite3_extended_errcode(db->handle), error);
	return KPI_OK;
}

static int64_t
now_ms(void)
{
	struct timespec now = { 0, 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000) + now.tv_nsec / 1000000;
}

/*
 * SQLite's own waiting soon looks ten times a second only: beside a process
 * that writes without a pause no turn was found in 30 s. Pauses are uneven
 * so as not to keep step with the other.
 */
static int
wait_turn(void *ctx, int waits_before)
{
	kpi__db *db = ctx;
	const struct timespec pause = { 0,
		200000 + 600000L * (waits_before * 5 % 8) };
	const int64_t now = now_ms();

	if (waits_before == 0)
		db->busy_until = now + db->busy_ms;
	if (now >= db->busy_until)
		return 0;
	(void)nanosleep(&pause, NULL);
	return 1;
}

kpi_status
kpi__db_run_in_turn(kpi__db *db, const char *sql, kpi_error *error)
{
	kpi_status status;
	int waits = 0;

	do
		status = kpi__db_run(db, sql, error);
	while (status == KPI_EBUSY && wait_turn(db, waits++));
	return status;
}

void
kpi__db_end(kpi__db *db)
{
	if (!sqlite3_get_autocommit(db->handle))
		(void)sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
}

static int
open_still(sqlite3 **out, const char *path)
{
	char uri[KPI__URI_ROOM];

	kpi__path_uri(uri, path);
	return sqlite3_open_v2(uri, out,
	    SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | OPEN_ALWAYS,
	    KPI__VFS_NAME);
}

kpi_status
kpi__db_open(kpi__db *db, const char *path, unsigned flags, int busy_ms,
    kpi_error *error)
{
	const int mode = (flags & KPI__DB_READ_ONLY) != 0
	    ? SQLITE_OPEN_READONLY
	    : SQLITE_OPEN_READWRITE;
	kpi_status status;
	int code;

	memset(db, 0, sizeof(*db));
	if ((flags & KPI__DB_STILL) != 0)
		code = open_still(&db->handle, path);
	else
		code = sqlite3_open_v2(
		    path, &db->handle, mode | OPEN_ALWAYS, KPI__VFS_NAME);
	if (db->handle == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for SQLite");
	if (code != SQLITE_OK) {
		status = kpi__db_fail(
		    db, sqlite3_extended_errcode(db->handle), error);
		kpi__db_close(db);
		return status;
	}
	sqlite3_extended_result_codes(db->handle, 1);
	db->busy_ms = busy_ms;
	sqlite3_busy_handler(db->handle, wait_turn, db);
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	status = kpi__vfs_prepare(db->handle, error);
	if (status == KPI_OK)
		status = kpi__db_run(db, settings, error);
	if (status != KPI_OK)
		kpi__db_close(db);
	return status;
}

void
kpi__db_close(kpi__db *db)
{
	for (unsigned i = 0; i < KPI__STATEMENTS; i++)
		sqlite3_finalize(db->kept[i].statement);
	sqlite3_close(db->handle);
	memset(db, 0, sizeof(*db));
}

kpi_status
kpi__db_statement(
    kpi__db *db, const char *sql, sqlite3_stmt **out, kpi_error *error)
{
	unsigned i = 0;
	int code;

	while (i < KPI__STATEMENTS - 1 && db->kept[i].sql != NULL &&
	    db->kept[i].sql != sql)
		i++;
	if (db->kept[i].sql != sql) {
		sqlite3_finalize(db->kept[i].statement);
		db->kept[i].statement = NULL;
		db->kept[i].sql = NULL;
		code = sqlite3_prepare_v3(db->handle, sql, -1,
		    SQLITE_PREPARE_PERSISTENT, &db->kept[i].statement, NULL);
		if (code != SQLITE_OK)
			return kpi__db_fail(
			    db, sqlite3_extended_errcode(db->handle), error);
		db->kept[i].sql = sql;
	}
	*out = db->kept[i].statement;
	sqlite3_reset(*out);
	return KPI_OK;
}

kpi_status
kpi__db_step(kpi__db *db, sqlite3_stmt *statement, int *row, kpi_error *error)
{
	const int code = sqlite3_step(statement);
	kpi_status status = KPI_OK;

	*row = code == SQLITE_ROW;
	if (*row)
		return KPI_OK;
	if (code != SQLITE_DONE)
		status = kpi__db_fail(
		    db, sqlite3_extended_errcode(db->handle), error);
	sqlite3_reset(statement);
	return status;
}

kpi_status
kpi__db_do(kpi__db *db, sqlite3_stmt *statement, kpi_error *error)
{
	int row;
	const kpi_status status = kpi__db_step(db, statement, &row, error);

	if (status == KPI_OK && row)
		sqlite3_reset(statement);
	return status;
}

kpi_status
kpi__db_integer(kpi__db *db, const char *sql, int64_t *out, kpi_error *error)
{
	sqlite3_stmt *statement;
	int row;
	kpi_status status = kpi__db_statement(db, sql, &statement, error);

	if (status == KPI_OK)
		status = kpi__db_step(db, statement, &row, error);
	if (status == KPI_OK && row) {
		*out = sqlite3_column_int64(statement, 0);
		sqlite3_reset(statement);
	}
	return status;
}
