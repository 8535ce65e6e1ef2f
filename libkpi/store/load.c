/* SPDX-License-Identifier: MIT */
#include "store/load.h"

#include <string.h>

#include "base/error.h"

static const char sql_span[] =
    "SELECT number, started, ended, state, agent, source FROM span "
    "WHERE number >= ? ORDER BY number";
static const char sql_entry[] =
    "SELECT number, kind, key_size, bytes FROM ledger WHERE number >= ? "
    "ORDER BY number";
static const char sql_kept[] =
    "SELECT key, bytes, commits FROM kept WHERE commits > ?";

kpi_status
kpi__table_damaged(const char *table, kpi_error *error)
{
	return kpi__fail(error, KPI_ECORRUPT,
	    "table %s is not what the store says it is", table);
}

static kpi_status
add_span(kpi__load *load, sqlite3_stmt *row, kpi_error *error)
{
	const uint32_t names = load->meta->codes[KPI__NAMES_OF_ACTIVITY];
	const int64_t agent = sqlite3_column_int64(row, 4);
	const int64_t source = sqlite3_column_int64(row, 5);
	const int64_t state = sqlite3_column_int64(row, 3);
	kpi__span span;
	int change;
	kpi_status status;

	memset(&span, 0, sizeof(span));
	span.started_at = sqlite3_column_int64(row, 1);
	span.ended_at = sqlite3_column_int64(row, 2);
	if (sqlite3_column_int64(row, 0) !=
		load->store->activities.index.count ||
	    agent < 1 || agent > names || source < 0 || source > names ||
	    state < KPI_ACTIVITY_READY || state > KPI_ACTIVITY_OFFLINE ||
	    !kpi__field_is_instant(span.started_at) ||
	    (span.ended_at != KPI_UNKNOWN &&
		(span.ended_at < span.started_at ||
		    !kpi__field_is_instant(span.ended_at))))
		return kpi__table_damaged("span", error);
	span.agent = (uint32_t)agent;
	span.source = (uint32_t)source;
	span.state = (uint32_t)state;
	status = kpi__activities_add(&load->store->activities, &span, &change);
	if (status != KPI_OK)
		return kpi__fail(error, status, "no memory for activities");
	load->draft->activities += (uint32_t)change;
	return KPI_OK;
}

/* Hands each row behind `after` to `add`. */
static kpi_status
load_rows(kpi__load *load, const char *sql, uint64_t after,
    kpi_status (*add)(kpi__load *, sqlite3_stmt *row, kpi_error *),
    kpi_error *error)
{
	sqlite3_stmt *statement;
	int row = 1;
	kpi_status status = kpi__db_statement(load->db, sql, &statement, error);

	if (status != KPI_OK)
		return status;
	sqlite3_bind_int64(statement, 1, (int64_t)after);
	while (status == KPI_OK) {
		status = kpi__db_step(load->db, statement, &row, error);
		if (status != KPI_OK || !row)
			break;
		status = add(load, statement, error);
	}
	sqlite3_reset(statement);
	return status;
}

static kpi_status
load_spans(kpi__load *load, kpi_error *error)
{
	const kpi__index *spans = &load->store->activities.index;
	kpi_status status;

	if (load->meta->spans == spans->count)
		return KPI_OK;
	status = load_rows(load, sql_span, spans->count, add_span, error);
	if (status == KPI_OK && spans->count != load->meta->spans)
		status = kpi__table_damaged("span", error);
	return status;
}

static kpi_status
add_entry(kpi__load *load, sqlite3_stmt *row, kpi_error *error)
{
	const int64_t kind = sqlite3_column_int64(row, 1);
	const int64_t key_size = sqlite3_column_int64(row, 2);
	const void *bytes = sqlite3_column_blob(row, 3);
	const int64_t size = sqlite3_column_bytes(row, 3);
	kpi__ledger_entry entry;
	int change;
	kpi_status status;

	memset(&entry, 0, sizeof(entry));
	entry.bytes = bytes;
	entry.kind = (uint32_t)kind;
	entry.key_size = (uint32_t)key_size;
	entry.size = (uint32_t)size;
	if (sqlite3_column_int64(row, 0) != load->store->ledger.index.count ||
	    kind < 0 || kind >= KPI__LEDGER_KINDS || bytes == NULL ||
	    size > KPI__LEDGER_BYTES_MAX || key_size < 0 || key_size > size ||
	    !kpi__ledger_is_whole(&entry))
		return kpi__table_damaged("ledger", error);
	status = kpi__ledger_add(&load->store->ledger, &entry, &change);
	if (status != KPI_OK)
		return kpi__fail(error, status, "no memory for the ledger");
	load->draft->kinds[kind] += (uint32_t)change;
	return KPI_OK;
}

static kpi_status
load_ledger(kpi__load *load, kpi_error *error)
{
	const kpi__index *entries = &load->store->ledger.index;
	kpi_status status;

	if (load->meta->entries == entries->count)
		return KPI_OK;
	status = load_rows(load, sql_entry, entries->count, add_entry, error);
	if (status == KPI_OK && entries->count != load->meta->entries)
		status = kpi__table_damaged("ledger", error);
	return status;
}

static kpi_status
add_kept(kpi__load *load, sqlite3_stmt *row, kpi_error *error)
{
	const char *key = (const char *)sqlite3_column_text(row, 0);
	const void *bytes = sqlite3_column_blob(row, 1);
	const size_t size = (size_t)sqlite3_column_bytes(row, 1);
	kpi_status status;

	if (key == NULL || strlen(key) != (size_t)sqlite3_column_bytes(row, 0))
		return kpi__table_damaged("kept", error);
	status = kpi__kept_put(&load->store->allocator, &load->draft->kept, key,
	    bytes, size, load->meta->commit);
	if (status != KPI_OK)
		return kpi__fail(
		    error, status, "no memory for readers' places");
	return KPI_OK;
}

static void
count(kpi__snapshot *draft)
{
	draft->interactions = draft->rows = 0;
	for (uint32_t p = 0; p < kpi__snapshot_parts(draft); p++) {
		const kpi__version *v = kpi__snapshot_version(draft, p);

		draft->interactions += v->living;
		draft->rows += v->living_rows;
	}
}

kpi_status
kpi__disk_load(
    kpi__db *db, kpi__snapshot *draft, const kpi__meta *meta, kpi_error *error)
{
	kpi__load load = { draft->store, db, draft, meta };
	kpi_status status = kpi__load_texts(&load, error);

	if (status == KPI_OK)
		status = load_spans(&load, error);
	draft->spans = draft->store->activities.index.count;
	if (status == KPI_OK)
		status = load_ledger(&load, error);
	draft->entries = draft->store->ledger.index.count;
	if (status == KPI_OK)
		status =
		    load_rows(&load, sql_kept, draft->commit, add_kept, error);
	if (status == KPI_OK)
		status = kpi__load_chunks(&load, error);
	if (status == KPI_OK)
		status = kpi__load_changes(&load, error);
	if (status == KPI_OK)
		status = kpi__load_tail(&load, error);
	if (status != KPI_OK)
		return status;
	count(draft);
	if (draft->interactions != meta->interactions ||
	    draft->rows != meta->rows)
		return kpi__table_damaged("meta", error);
	draft->commit = meta->commit;
	draft->epoch = meta->epoch;
	return KPI_OK;
}
