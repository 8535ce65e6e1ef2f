/* SPDX-License-Identifier: MIT */
#include "base/bytes.h"
#include "base/error.h"
#include "store/disk.h"
#include "store/save.h"

static const char sql_span[] = "INSERT INTO span VALUES(?, ?, ?, ?, ?, ?)";
static const char sql_entry[] = "INSERT INTO ledger VALUES(?, ?, ?, ?)";
static const char sql_kept[] = "INSERT OR REPLACE INTO kept VALUES(?, ?, ?)";
static const char sql_meta[] =
    "UPDATE meta SET commits = ?, epoch = ?, chunk_number = ?, chunks = ?, "
    "tail = ?, spans = ?, entries = ?, interactions = ?, visits = ?, "
    "last_dead = ?, last_patch = ?, last_tail_dead = ?, erased = ?, codes = ?";

void
kpi__save_clear(kpi__save *save)
{
	save->out.size = 0;
}

int
kpi__save_is_empty(const kpi__save *save)
{
	return save->out.size == 0 && save->out.status == KPI_OK;
}

kpi_status
kpi__save_bytes(
    const kpi__buffer *out, sqlite3_stmt *statement, int at, kpi_error *error)
{
	if (out->status != KPI_OK)
		return kpi__fail(
		    error, out->status, "no memory to write into the store");
	sqlite3_bind_blob64(statement, at,
	    out->size > 0 ? (const void *)out->bytes : "", out->size,
	    SQLITE_STATIC);
	return KPI_OK;
}

kpi_status
kpi__save_blob(
    kpi__save *save, sqlite3_stmt *statement, int at, kpi_error *error)
{
	return kpi__save_bytes(&save->out, statement, at, error);
}

static kpi_status
save_spans(kpi__save *save, kpi_error *error)
{
	kpi_status status = KPI_OK;
	sqlite3_stmt *statement;

	for (uint32_t n = save->base->spans;
	     n < save->next->spans && status == KPI_OK; n++) {
		const kpi__span *span =
		    kpi__activities_at(&save->store->activities, n);

		status =
		    kpi__db_statement(save->db, sql_span, &statement, error);
		if (status != KPI_OK)
			break;
		sqlite3_bind_int64(statement, 1, n);
		sqlite3_bind_int64(statement, 2, span->started_at);
		sqlite3_bind_int64(statement, 3, span->ended_at);
		sqlite3_bind_int64(statement, 4, span->state);
		sqlite3_bind_int64(statement, 5, span->agent);
		sqlite3_bind_int64(statement, 6, span->source);
		status = kpi__db_do(save->db, statement, error);
	}
	return status;
}

static kpi_status
save_ledger(kpi__save *save, kpi_error *error)
{
	kpi_status status = KPI_OK;
	sqlite3_stmt *statement;

	for (uint32_t n = save->base->entries;
	     n < save->next->entries && status == KPI_OK; n++) {
		const kpi__ledger_entry *entry =
		    kpi__ledger_at(&save->store->ledger, n);

		status =
		    kpi__db_statement(save->db, sql_entry, &statement, error);
		if (status != KPI_OK)
			break;
		sqlite3_bind_int64(statement, 1, n);
		sqlite3_bind_int64(statement, 2, entry->kind);
		sqlite3_bind_int64(statement, 3, entry->key_size);
		sqlite3_bind_blob64(
		    statement, 4, entry->bytes, entry->size, SQLITE_STATIC);
		status = kpi__db_do(save->db, statement, error);
	}
	return status;
}

static int
kept_before(const kpi__kept *kept, const kpi__kept_entry *entry)
{
	for (uint32_t i = 0; kept != NULL && i < kept->count; i++)
		if (kept->entry[i] == entry)
			return 1;
	return 0;
}

static kpi_status
save_kept(kpi__save *save, kpi_error *error)
{
	const kpi__kept *kept = save->next->kept;
	kpi_status status = KPI_OK;
	sqlite3_stmt *statement;

	if (kept == save->base->kept)
		return KPI_OK;
	for (uint32_t i = 0; i < kept->count && status == KPI_OK; i++) {
		const kpi__kept_entry *entry = kept->entry[i];

		if (kept_before(save->base->kept, entry))
			continue;
		status =
		    kpi__db_statement(save->db, sql_kept, &statement, error);
		if (status != KPI_OK)
			break;
		sqlite3_bind_text(statement, 1, entry->bytes,
		    (int)entry->key_size, SQLITE_STATIC);
		sqlite3_bind_blob64(statement, 2, kpi__kept_bytes(entry),
		    entry->size, SQLITE_STATIC);
		sqlite3_bind_int64(statement, 3, (int64_t)save->next->commit);
		status = kpi__db_do(save->db, statement, error);
	}
	return status;
}

static kpi_status
save_meta(kpi__save *save, kpi_error *error)
{
	const kpi__snapshot *next = save->next;
	unsigned char codes[KPI__ALL_DICTIONARIES * sizeof(uint32_t)];
	sqlite3_stmt *statement;
	uint64_t tail = 0;
	kpi_status status =
	    kpi__db_statement(save->db, sql_meta, &statement, error);

	if (status != KPI_OK)
		return status;
	for (uint32_t b = 0; b < next->tail->count; b++)
		tail += next->tail->at[b]->part.interactions;
	for (uint32_t d = 0; d < KPI__ALL_DICTIONARIES; d++)
		kpi__put32(codes + 4 * d, next->codes[d]);
	sqlite3_bind_int64(statement, 1, (int64_t)next->commit);
	sqlite3_bind_int64(statement, 2, (int64_t)next->epoch);
	sqlite3_bind_int64(statement, 3, (int64_t)save->store->chunks);
	sqlite3_bind_int64(statement, 4, next->sealed->count);
	sqlite3_bind_int64(statement, 5, (int64_t)tail);
	sqlite3_bind_int64(statement, 6, next->spans);
	sqlite3_bind_int64(statement, 7, next->entries);
	sqlite3_bind_int64(statement, 8, (int64_t)next->interactions);
	sqlite3_bind_int64(statement, 9, (int64_t)next->rows);
	sqlite3_bind_int64(statement, 10, (int64_t)next->last_dead);
	sqlite3_bind_int64(statement, 11, (int64_t)next->last_patch);
	sqlite3_bind_int64(statement, 12, (int64_t)next->last_tail_dead);
	sqlite3_bind_int64(statement, 13, kpi__erased_count(next->erased));
	sqlite3_bind_blob(
	    statement, 14, codes, (int)sizeof(codes), SQLITE_TRANSIENT);
	return kpi__db_do(save->db, statement, error);
}

kpi_status
kpi__disk_save(kpi__db *db, const kpi__snapshot *base, kpi__snapshot *next,
    kpi_error *error)
{
	kpi__save save = { next->store, db, base, next, { 0 } };
	kpi_status status;

	kpi__buffer_init(&save.out, &next->store->allocator);
	next->commit = base->commit + 1;
	next->epoch = base->epoch + (base->ids != next->ids);
	next->last_dead = base->last_dead;
	next->last_patch = base->last_patch;
	next->last_tail_dead =
	    base->ids == next->ids ? base->last_tail_dead : 0;
	status = kpi__save_texts(&save, error);
	if (status == KPI_OK)
		status = kpi__save_chunks(&save, error);
	if (status == KPI_OK)
		status = kpi__save_tail(&save, error);
	if (status == KPI_OK)
		status = save_spans(&save, error);
	if (status == KPI_OK)
		status = save_ledger(&save, error);
	if (status == KPI_OK)
		status = save_kept(&save, error);
	if (status == KPI_OK)
		status = save_meta(&save, error);
	kpi__buffer_free(&save.out);
	return status;
}
