/* SPDX-License-Identifier: MIT */
#include "base/bytes.h"
#include "base/error.h"
#include "store/disk.h"
#include "store/save.h"

static const char sql_text[] = "INSERT INTO text VALUES(?, ?, ?)";
static const char sql_drop_texts[] =
    "DELETE FROM text WHERE key BETWEEN ? AND ?";
static const char sql_last_full[] =
    "SELECT key FROM text WHERE key BETWEEN ? AND ? AND texts = 4096 "
    "ORDER BY key DESC LIMIT 1";
static const char sql_span[] = "INSERT INTO span VALUES(?, ?, ?, ?, ?, ?)";
static const char sql_kept[] = "INSERT OR REPLACE INTO kept VALUES(?, ?, ?)";
static const char sql_meta[] =
    "UPDATE meta SET commits = ?, epoch = ?, chunk_number = ?, chunks = ?, "
    "tail = ?, spans = ?, interactions = ?, visits = ?, last_dead = ?, "
    "last_patch = ?, last_tail_dead = ?, codes = ?";

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
kpi__save_blob(
    kpi__save *save, sqlite3_stmt *statement, int at, kpi_error *error)
{
	if (save->out.status != KPI_OK)
		return kpi__fail(error, save->out.status,
		    "no memory to write into the store");
	sqlite3_bind_blob64(statement, at,
	    save->out.size > 0 ? (const void *)save->out.bytes : "",
	    save->out.size, SQLITE_STATIC);
	return KPI_OK;
}

/* Codes after `from`, up to `until`, in rows of one page each. */
static kpi_status
save_texts(kpi__save *save, uint32_t d, uint32_t from, uint32_t until,
    kpi_error *error)
{
	const kpi__dictionary *dictionary = &save->store->dictionary[d];
	kpi_status status = KPI_OK;
	sqlite3_stmt *statement;

	while (from < until && status == KPI_OK) {
		const uint32_t room = KPI__DISK_TEXTS - from % KPI__DISK_TEXTS;
		const uint32_t n = until - from < room ? until - from : room;

		status =
		    kpi__db_statement(save->db, sql_text, &statement, error);
		if (status != KPI_OK)
			break;
		kpi__save_clear(save);
		for (uint32_t i = 1; i <= n; i++)
			kpi__buffer_put_text(&save->out,
			    kpi__dictionary_text(dictionary, from + i));
		sqlite3_bind_int64(statement, 1, kpi__text_key(d, from + 1));
		sqlite3_bind_int64(statement, 2, n);
		status = kpi__save_blob(save, statement, 3, error);
		if (status == KPI_OK)
			status = kpi__db_do(save->db, statement, error);
		from += n;
	}
	return status;
}

/* Gathers the rows of single texts behind the last full page. */
static kpi_status
gather_texts(kpi__save *save, uint32_t d, uint32_t *from, kpi_error *error)
{
	sqlite3_stmt *statement;
	int row;
	kpi_status status =
	    kpi__db_statement(save->db, sql_last_full, &statement, error);

	if (status != KPI_OK)
		return status;
	sqlite3_bind_int64(statement, 1, kpi__text_key(d, 0));
	sqlite3_bind_int64(statement, 2, kpi__text_key(d, UINT32_MAX));
	status = kpi__db_step(save->db, statement, &row, error);
	if (status != KPI_OK)
		return status;
	*from = 0;
	if (row) {
		*from = (uint32_t)sqlite3_column_int64(statement, 0) - 1 +
		    KPI__DISK_TEXTS;
		sqlite3_reset(statement);
	}
	status = kpi__db_statement(save->db, sql_drop_texts, &statement, error);
	if (status != KPI_OK)
		return status;
	sqlite3_bind_int64(statement, 1, kpi__text_key(d, *from + 1));
	sqlite3_bind_int64(statement, 2, kpi__text_key(d, UINT32_MAX));
	return kpi__db_do(save->db, statement, error);
}

static kpi_status
save_dictionaries(kpi__save *save, kpi_error *error)
{
	const int new_tail = save->base->ids != save->next->ids;
	kpi_status status = KPI_OK;

	for (uint32_t d = 0; d < KPI__ALL_DICTIONARIES && status == KPI_OK;
	     d++) {
		uint32_t from = save->base->codes[d];

		if (new_tail)
			status = gather_texts(save, d, &from, error);
		if (status == KPI_OK)
			status = save_texts(
			    save, d, from, save->next->codes[d], error);
	}
	return status;
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
	sqlite3_bind_int64(statement, 7, (int64_t)next->interactions);
	sqlite3_bind_int64(statement, 8, (int64_t)next->rows);
	sqlite3_bind_int64(statement, 9, (int64_t)next->last_dead);
	sqlite3_bind_int64(statement, 10, (int64_t)next->last_patch);
	sqlite3_bind_int64(statement, 11, (int64_t)next->last_tail_dead);
	sqlite3_bind_blob(
	    statement, 12, codes, (int)sizeof(codes), SQLITE_TRANSIENT);
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
	status = save_dictionaries(&save, error);
	if (status == KPI_OK)
		status = kpi__save_chunks(&save, error);
	if (status == KPI_OK)
		status = kpi__save_tail(&save, error);
	if (status == KPI_OK)
		status = save_spans(&save, error);
	if (status == KPI_OK)
		status = save_kept(&save, error);
	if (status == KPI_OK)
		status = save_meta(&save, error);
	kpi__buffer_free(&save.out);
	return status;
}
