/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/error.h"
#include "base/stop.h"
#include "store/disk.h"

#define STEPS 1000 /* of SQLite's machine between two questions to stop */

static const char sql_check[] = "PRAGMA quick_check(1)";

struct question {
	kpi_stop stop;
	void *ctx;
	kpi_status status; /* KPI_ESTOPPED once it has asked for it */
};

static int
ask(void *ctx)
{
	struct question *q = ctx;

	q->status = kpi__stopped(q->stop, q->ctx, 0, 0, NULL);
	return q->status != KPI_OK;
}

static kpi_status
quick_check(kpi__db *db, kpi_error *error)
{
	sqlite3_stmt *statement;
	const char *text;
	int row;
	kpi_status status = kpi__db_statement(db, sql_check, &statement, error);

	if (status == KPI_OK)
		status = kpi__db_step(db, statement, &row, error);
	if (status != KPI_OK || !row)
		return status;
	text = (const char *)sqlite3_column_text(statement, 0);
	if (text == NULL || strcmp(text, "ok") != 0)
		status =
		    kpi__fail(error, KPI_ECORRUPT, "the store is damaged: %s",
			text == NULL ? "SQLite does not say where" : text);
	sqlite3_reset(statement);
	return status;
}

/* On a connection of its own, which has no page in memory yet: SQLite's check
 * follows every tree, chain and list, and so reads all pages in use. */
kpi_status
kpi__disk_check(
    kpi_store *store, kpi_stop stop, void *stop_ctx, kpi_error *error)
{
	struct question question = { stop, stop_ctx, KPI_OK };
	const kpi__disk *disk = store->disk;
	kpi__db db;
	kpi_status status = kpi__store_process(store, error);

	if (status == KPI_OK)
		status = kpi__db_open(&db, disk->path,
		    disk->is_still ? KPI__DB_STILL : KPI__DB_READ_ONLY,
		    disk->busy_ms, error);
	if (status != KPI_OK)
		return status;
	if (stop != NULL)
		sqlite3_progress_handler(db.handle, STEPS, ask, &question);
	status = quick_check(&db, error);
	sqlite3_progress_handler(db.handle, 0, NULL, NULL);
	if (question.status != KPI_OK)
		status = kpi__fail(error, question.status, "%s",
		    kpi_strerror(question.status));
	kpi__db_close(&db);
	return status;
}
