/* SPDX-License-Identifier: MIT */
#include "store/load.h"

#include <string.h>

#include "base/error.h"
#include "base/utf8.h"

static const char sql_text[] =
    "SELECT key, texts, bytes FROM text WHERE key BETWEEN ? AND ? "
    "ORDER BY key";
static const char sql_span[] =
    "SELECT number, started, ended, state, agent, source FROM span "
    "WHERE number >= ? ORDER BY number";
static const char sql_kept[] =
    "SELECT key, bytes, commits FROM kept WHERE commits > ?";

kpi_status
kpi__table_damaged(const char *table, kpi_error *error)
{
	return kpi__fail(error, KPI_ECORRUPT,
	    "table %s is not what the store says it is", table);
}

static kpi_status
add_text(kpi__dictionary *d, const char *text, size_t size, kpi_error *error)
{
	const uint64_t hash =
	    text == NULL ? 0 : kpi__dictionary_hash(text, size);
	uint32_t code;
	kpi_status status;

	if (text == NULL || size == 0 || size > KPI_TEXT_MAX ||
	    !kpi__utf8_is_text(text, size) ||
	    kpi__dictionary_find(d, text, size, hash) != 0)
		return kpi__table_damaged("text", error);
	status = kpi__dictionary_add(d, text, size, hash, &code);
	if (status != KPI_OK)
		return kpi__fail(error, status, "no memory for texts");
	return KPI_OK;
}

/* The texts of one row, whose first has the code `code`; those that are known
 * already are passed over. */
static kpi_status
add_texts(
    kpi__dictionary *d, sqlite3_stmt *row, uint64_t code, kpi_error *error)
{
	const int64_t count = sqlite3_column_int64(row, 1);
	kpi__reader r = { 0 };
	kpi_status status = KPI_OK;

	r.at = sqlite3_column_blob(row, 2);
	if (r.at == NULL || count < 1 || count > KPI__DISK_TEXTS || code == 0 ||
	    code > (uint64_t)kpi__dictionary_count(d) + 1)
		return kpi__table_damaged("text", error);
	r.end = r.at + sqlite3_column_bytes(row, 2);
	for (int64_t i = 0; i < count && status == KPI_OK; i++, code++) {
		size_t size;
		const char *text = kpi__read_text(&r, &size);

		if (code > kpi__dictionary_count(d))
			status = add_text(d, text, size, error);
	}
	if (status == KPI_OK && (r.bad || r.at != r.end))
		status = kpi__table_damaged("text", error);
	return status;
}

static kpi_status
load_texts(kpi__load *load, uint32_t d, kpi_error *error)
{
	kpi__dictionary *dictionary = &load->store->dictionary[d];
	const uint32_t have = kpi__dictionary_count(dictionary);
	const uint32_t from =
	    have < KPI__DISK_TEXTS ? 1 : have + 2 - KPI__DISK_TEXTS;
	sqlite3_stmt *statement;
	kpi_status status = KPI_OK;
	int row = 1;

	if (load->meta->codes[d] > have)
		status =
		    kpi__db_statement(load->db, sql_text, &statement, error);
	if (load->meta->codes[d] <= have || status != KPI_OK)
		return status != KPI_OK || load->meta->codes[d] == have
		    ? status
		    : kpi__table_damaged("text", error);
	sqlite3_bind_int64(statement, 1, kpi__text_key(d, from));
	sqlite3_bind_int64(statement, 2, kpi__text_key(d, UINT32_MAX));
	while (status == KPI_OK) {
		status = kpi__db_step(load->db, statement, &row, error);
		if (status != KPI_OK || !row)
			break;
		status = add_texts(dictionary, statement,
		    (uint64_t)sqlite3_column_int64(statement, 0) & UINT32_MAX,
		    error);
	}
	sqlite3_reset(statement);
	if (status == KPI_OK &&
	    kpi__dictionary_count(dictionary) != load->meta->codes[d])
		status = kpi__table_damaged("text", error);
	return status;
}

static kpi_status
add_span(kpi__load *load, sqlite3_stmt *row, kpi_error *error)
{
	const kpi__field *instant = kpi__field_find(KPI_FIELD_ENTERED_AT);
	const uint32_t names = load->meta->codes[KPI__NAMES_OF_ACTIVITY];
	const int64_t agent = sqlite3_column_int64(row, 4);
	const int64_t source = sqlite3_column_int64(row, 5);
	const int64_t state = sqlite3_column_int64(row, 3);
	kpi__span span;
	int is_new;
	kpi_status status;

	memset(&span, 0, sizeof(span));
	span.started_at = sqlite3_column_int64(row, 1);
	span.ended_at = sqlite3_column_int64(row, 2);
	if (sqlite3_column_int64(row, 0) !=
		load->store->activities.index.count ||
	    agent < 1 || agent > names || source < 0 || source > names ||
	    state < KPI_ACTIVITY_READY || state > KPI_ACTIVITY_OFFLINE ||
	    span.started_at < instant->least ||
	    span.started_at > instant->greatest ||
	    (span.ended_at != KPI_UNKNOWN &&
		(span.ended_at < span.started_at ||
		    span.ended_at > instant->greatest)))
		return kpi__table_damaged("span", error);
	span.agent = (uint32_t)agent;
	span.source = (uint32_t)source;
	span.state = (uint32_t)state;
	status = kpi__activities_add(&load->store->activities, &span, &is_new);
	if (status != KPI_OK)
		return kpi__fail(error, status, "no memory for activities");
	load->draft->activities += (uint32_t)is_new;
	return KPI_OK;
}

static kpi_status
load_spans(kpi__load *load, kpi_error *error)
{
	kpi__activities *activities = &load->store->activities;
	sqlite3_stmt *statement;
	int row = 1;
	kpi_status status;

	if (load->meta->spans == activities->index.count)
		return KPI_OK;
	status = kpi__db_statement(load->db, sql_span, &statement, error);
	if (status != KPI_OK)
		return status;
	sqlite3_bind_int64(statement, 1, activities->index.count);
	while (status == KPI_OK) {
		status = kpi__db_step(load->db, statement, &row, error);
		if (status != KPI_OK || !row)
			break;
		status = add_span(load, statement, error);
	}
	sqlite3_reset(statement);
	if (status == KPI_OK && activities->index.count != load->meta->spans)
		status = kpi__table_damaged("span", error);
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

static kpi_status
load_kept(kpi__load *load, kpi_error *error)
{
	sqlite3_stmt *statement;
	int row = 1;
	kpi_status status =
	    kpi__db_statement(load->db, sql_kept, &statement, error);

	if (status != KPI_OK)
		return status;
	sqlite3_bind_int64(statement, 1, (int64_t)load->draft->commit);
	while (status == KPI_OK) {
		status = kpi__db_step(load->db, statement, &row, error);
		if (status != KPI_OK || !row)
			break;
		status = add_kept(load, statement, error);
	}
	sqlite3_reset(statement);
	return status;
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
	kpi_status status = KPI_OK;

	for (uint32_t d = 0; d < KPI__ALL_DICTIONARIES && status == KPI_OK;
	     d++) {
		status = load_texts(&load, d, error);
		draft->codes[d] = meta->codes[d];
	}
	if (status == KPI_OK)
		status = load_spans(&load, error);
	draft->spans = draft->store->activities.index.count;
	if (status == KPI_OK)
		status = load_kept(&load, error);
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
