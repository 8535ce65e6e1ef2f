/* SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L

#include "store/disk.h"

#include <sched.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "store/blob.h"
#include "store/draft.h"

static const char sql_commit_number[] = "SELECT commits FROM meta";
/* Pieces are read once, and what is decoded has a cache of its own. */
static const char sql_few_pages[] = "PRAGMA cache_size=-256";
static const char sql_pages[] = "PRAGMA page_count";

static unsigned
flags_of(const kpi__disk *disk)
{
	if (disk->is_still)
		return KPI__DB_STILL;
	return disk->writer.handle == NULL ? KPI__DB_READ_ONLY : 0;
}

kpi_status
kpi__disk_borrow(kpi__disk *disk, kpi__db **out, kpi_error *error)
{
	kpi_status status = KPI_OK;
	int i;

	pthread_mutex_lock(&disk->lock);
	for (;;) {
		/* One that is open rather than one that is not yet. */
		for (i = 0; i < KPI__READERS; i++)
			if (!disk->lent[i])
				break;
		if (i < KPI__READERS)
			break;
		pthread_cond_wait(&disk->free, &disk->lock);
	}
	disk->lent[i] = 1;
	pthread_mutex_unlock(&disk->lock);

	*out = &disk->reader[i];
	if (disk->is_still)
		status = kpi__still_holds(&disk->still, disk->path, error);
	if (status == KPI_OK && (*out)->handle == NULL) {
		status = kpi__db_open(
		    *out, disk->path, flags_of(disk), disk->busy_ms, error);
		if (status == KPI_OK)
			status = kpi__db_run(*out, sql_few_pages, error);
	}
	if (status != KPI_OK)
		kpi__disk_give_back(disk, *out);
	return status;
}

void
kpi__disk_give_back(kpi__disk *disk, kpi__db *db)
{
	pthread_mutex_lock(&disk->lock);
	disk->lent[db - disk->reader] = 0;
	pthread_cond_signal(&disk->free);
	pthread_mutex_unlock(&disk->lock);
}

/* Makes what the connection's transaction shows the present state. */
static kpi_status
take_in(kpi_store *store, kpi__db *db, kpi_error *error)
{
	kpi__snapshot *draft;
	kpi__meta meta;
	kpi_status status = kpi__meta_read(db, &meta, error);

	if (status != KPI_OK || meta.commit == store->present->commit)
		return status;
	draft = kpi__snapshot_next(store, store->present);
	if (draft == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for a store");
	status = kpi__disk_load(db, draft, &meta, error);
	if (status == KPI_OK && store->disk->is_still)
		status = kpi__still_holds(
		    &store->disk->still, store->disk->path, error);
	if (status != KPI_OK) {
		kpi__snapshot_drop(draft);
		kpi__store_undo(store, store->present);
		return status;
	}
	if (meta.chunk_number > store->chunks)
		store->chunks = meta.chunk_number;
	if (draft->sealed->count != store->present->sealed->count)
		kpi__bloom_free(&store->filter, &store->allocator);
	kpi__store_publish(store, draft);
	return KPI_OK;
}

static kpi_status
read_in(kpi_store *store, kpi__db *db, kpi_error *error)
{
	kpi_status status = kpi__db_run(db, "BEGIN", error);

	if (status != KPI_OK)
		return status;
	status = take_in(store, db, error);
	if (status == KPI_OK)
		return kpi__db_run(db, "COMMIT", error);
	kpi__db_end(db);
	return status;
}

/* A writer of ours that has caught up keeps all others from committing: what
 * is present then is the newest. */
static int
enter_or_leave(kpi_store *store)
{
	while (pthread_mutex_trylock(&store->write) != 0) {
		if (atomic_load(&store->writing))
			return 0;
		sched_yield();
	}
	return 1;
}

static kpi_status
read_commit_number(kpi__disk *disk, uint64_t *out, kpi_error *error)
{
	int64_t commit = 0;
	kpi__db *db;
	kpi_status status = kpi__disk_borrow(disk, &db, error);

	if (status != KPI_OK)
		return status;
	status = kpi__db_integer(db, sql_commit_number, &commit, error);
	kpi__disk_give_back(disk, db);
	*out = (uint64_t)commit;
	return status;
}

static kpi_status
borrow_and_read_in(kpi_store *store, kpi_error *error)
{
	kpi__db *db;
	kpi_status status = kpi__disk_borrow(store->disk, &db, error);

	if (status != KPI_OK)
		return status;
	status = read_in(store, db, error);
	kpi__disk_give_back(store->disk, db);
	return status;
}

/* No connection is held while we wait for a lock: whoever holds the lock may
 * be waiting for a connection. */
kpi_status
kpi__disk_look(kpi_store *store, kpi_error *error)
{
	uint64_t commit = 0, present;
	kpi_status status = read_commit_number(store->disk, &commit, error);

	pthread_mutex_lock(&store->publish);
	present = store->present->commit;
	pthread_mutex_unlock(&store->publish);
	if (status != KPI_OK || commit == present || !enter_or_leave(store))
		return status;
	if (store->batch == NULL)
		status = borrow_and_read_in(store, error);
	pthread_mutex_unlock(&store->write);
	return status;
}

static kpi_status
fail_broken(kpi_error *error)
{
	return kpi__fail(error, KPI_EIO,
	    "an earlier write did not reach the disk: open the store again");
}

kpi_status
kpi__disk_begin(kpi_store *store, kpi_error *error)
{
	if (store->disk->broken)
		return fail_broken(error);
	return kpi__db_run(&store->disk->writer, "BEGIN IMMEDIATE", error);
}

kpi_status
kpi__disk_catch_up(kpi_store *store, kpi_error *error)
{
	return take_in(store, &store->disk->writer, error);
}

void
kpi__disk_rollback(kpi_store *store)
{
	kpi__db_end(&store->disk->writer);
}

/* What new chunks consist of comes and goes through the cache from now on. */
static void
move_to_cache(kpi_store *store, kpi__snapshot *next)
{
	const uint32_t before = store->present->sealed->count;

	for (uint32_t c = before; c < next->sealed->count; c++) {
		kpi__chunk *chunk = next->sealed->at[c]->chunk;

		for (uint32_t d = 0; d < KPI__DICTIONARIES; d++)
			chunk->codes[d] = next->codes[d];
		for (uint32_t i = 0; i < KPI__ITEMS; i++) {
			kpi__item *item = chunk->item[i];

			chunk->item[i] = NULL;
			/* Its words lie in the runs of the file now. */
			if (i == KPI__ITEM_RUN)
				kpi__item_free(&store->allocator, item);
			else if (item != NULL)
				kpi__cache_unpin(&store->cache,
				    kpi__cache_add(
					&store->cache, item, chunk->number, 0));
		}
	}
}

static int
is_sync_failure(int code)
{
	return code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC;
}

static void
note_failure(kpi__disk *disk)
{
	if (is_sync_failure(sqlite3_extended_errcode(disk->writer.handle)))
		disk->broken = 1;
}

kpi_status
kpi__disk_commit(kpi_store *store, kpi__snapshot *next, kpi_error *error)
{
	kpi__db *db = &store->disk->writer;
	kpi_status status = kpi__disk_save(db, store->present, next, error);

	if (status == KPI_OK) {
		status = kpi__db_run(db, "COMMIT", error);
		if (status != KPI_OK)
			note_failure(store->disk);
	}
	if (status == KPI_OK)
		move_to_cache(store, next);
	else
		kpi__disk_rollback(store);
	return status;
}

kpi_status
kpi__disk_purge(kpi_store *store, kpi_error *error)
{
	kpi__db *db = &store->disk->writer;
	kpi_status status;
	int code;

	if (store->disk->broken)
		return fail_broken(error);
	code = sqlite3_wal_checkpoint_v2(db->handle, "main",
	    SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	if (code == SQLITE_OK)
		return KPI_OK;
	if ((code & 0xff) == SQLITE_BUSY)
		return kpi__fail(error, KPI_EBUSY,
		    "erased, but not yet out of the file: another process "
		    "reads or writes; call again");
	status = kpi__db_fail(db, code, error);
	note_failure(store->disk);
	return status;
}

kpi_status
kpi__disk_fetch(kpi_store *store, const kpi__chunk *chunk, uint32_t number,
    uint32_t from, uint32_t until, kpi__item **out, kpi_error *error)
{
	sqlite3_stmt *statement;
	kpi__db *db;
	int row = 0;
	kpi_status status = kpi__store_process(store, error);

	if (status == KPI_OK)
		status = kpi__disk_borrow(store->disk, &db, error);
	if (status != KPI_OK)
		return status;
	status = kpi__db_statement(db, kpi__sql_page, &statement, error);
	if (status == KPI_OK) {
		sqlite3_bind_int64(
		    statement, 1, kpi__page_key(chunk->number, number));
		status = kpi__db_step(db, statement, &row, error);
	}
	if (status == KPI_OK && !row)
		status = kpi__fail(error, KPI_ECORRUPT,
		    "chunk %llu lacks a piece that it should have",
		    (unsigned long long)chunk->number);
	if (status == KPI_OK) {
		status = kpi__blob_decode_values(out, chunk, number, from,
		    until, sqlite3_column_blob(statement, 0),
		    (size_t)sqlite3_column_bytes(statement, 0), error);
		sqlite3_reset(statement);
	}
	kpi__disk_give_back(store->disk, db);
	return status;
}

uint64_t
kpi__disk_bytes(kpi_store *store)
{
	int64_t pages = 0;
	kpi__db *db;

	if (kpi__disk_borrow(store->disk, &db, NULL) != KPI_OK)
		return 0;
	if (kpi__db_integer(db, sql_pages, &pages, NULL) != KPI_OK)
		pages = 0;
	kpi__disk_give_back(store->disk, db);
	return (uint64_t)pages * 4096;
}
