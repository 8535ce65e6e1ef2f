/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/bytes.h"
#include "base/error.h"
#include "store/disk.h"

#define APPLICATION    "1263552816" /* "KPI0" */
#define APPLICATION_ID INT64_C(0x4b504930)
#define VERSION        0

#define COUNTS 13 /* numbers in a row of meta, in the order of sql_meta */

/*
 * meta       what the store holds in all; its one row changes with every
 *            commit.
 * chunk      the manifest: what each chunk is, the known time of its living
 *            interactions (NULL: to be found out), and in what time its
 *            instants lie, by anchor, late answers included (NULL: none).
 * page       pieces of chunks, by chunk * 64 + piece.
 * dead       interactions of chunks that were deleted or replaced: their
 *            places, 16 bits each.
 * patch      late answers: field, then place and value of each.
 * text       dictionaries, by dictionary * 2^32 + the first text's code:
 *            whole pages, and the texts behind the last.
 * run        sorted hashes that find the texts of whole pages, and the ids of
 *            chunks (store/run.h).
 * erased     customers who are: their codes; their texts are unknown.
 * tail       interactions not in chunks, by the first one's number: one by
 *            one, or by column where many came at once (store/sheaf.h).
 * tail_dead  those of them that are dead: their numbers.
 * span       activities.
 * ledger     employments, expenses and calendars: kind, key and body
 *            (store/ledger.h).
 * kept       where readers stand.
 */
static const char *const tables[] = {
	"CREATE TABLE meta(id INTEGER PRIMARY KEY, commits INTEGER, "
	"epoch INTEGER, chunk_number INTEGER, chunks INTEGER, tail INTEGER, "
	"spans INTEGER, entries INTEGER, interactions INTEGER, visits INTEGER, "
	"last_dead INTEGER, last_patch INTEGER, last_tail_dead INTEGER, "
	"erased INTEGER, codes BLOB)",
	"CREATE TABLE chunk(number INTEGER PRIMARY KEY, interactions INTEGER, "
	"visits INTEGER, fields INTEGER, ids INTEGER, known_from INTEGER, "
	"known_latest INTEGER, least_started INTEGER, "
	"greatest_started INTEGER, least_queued INTEGER, "
	"greatest_queued INTEGER, least_answered INTEGER, "
	"greatest_answered INTEGER, least_ended INTEGER, "
	"greatest_ended INTEGER, least_wrapped INTEGER, "
	"greatest_wrapped INTEGER, least_survey INTEGER, "
	"greatest_survey INTEGER)",
	"CREATE TABLE page(key INTEGER PRIMARY KEY, bytes BLOB)",
	"CREATE TABLE dead(seq INTEGER PRIMARY KEY, chunk INTEGER, "
	"places BLOB)",
	"CREATE TABLE patch(seq INTEGER PRIMARY KEY, chunk INTEGER, "
	"field INTEGER, bytes BLOB)",
	"CREATE TABLE text(key INTEGER PRIMARY KEY, texts INTEGER, bytes BLOB)",
	"CREATE TABLE run(key INTEGER PRIMARY KEY, bytes BLOB)",
	"CREATE TABLE erased(seq INTEGER PRIMARY KEY, code INTEGER)",
	"CREATE TABLE tail(first INTEGER PRIMARY KEY, interactions INTEGER, "
	"bytes BLOB)",
	"CREATE TABLE tail_dead(seq INTEGER PRIMARY KEY, numbers BLOB)",
	"CREATE TABLE span(number INTEGER PRIMARY KEY, started INTEGER, "
	"ended INTEGER, state INTEGER, agent INTEGER, source INTEGER)",
	"CREATE TABLE ledger(number INTEGER PRIMARY KEY, kind INTEGER, "
	"key_size INTEGER, bytes BLOB)",
	"CREATE TABLE kept(key TEXT PRIMARY KEY, bytes BLOB, "
	"commits INTEGER) WITHOUT ROWID",
};

#define TABLES (sizeof(tables) / sizeof(*tables))

static const char sql_schema[] = "SELECT sql FROM sqlite_schema ORDER BY rowid";
static const char sql_application[] = "PRAGMA application_id";
static const char sql_version[] = "PRAGMA user_version";
static const char sql_meta[] =
    "SELECT commits, epoch, chunk_number, chunks, tail, spans, entries, "
    "interactions, visits, last_dead, last_patch, last_tail_dead, erased, "
    "codes FROM meta";
static const char sql_first_meta[] =
    "INSERT INTO meta VALUES(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, "
    "zeroblob(?))";

const char kpi__sql_page[] = "SELECT bytes FROM page WHERE key = ?";

int64_t
kpi__page_key(uint64_t chunk, uint32_t number)
{
	return (int64_t)(chunk << 6 | number);
}

int64_t
kpi__text_key(uint32_t dictionary, uint32_t first_code)
{
	return (int64_t)((uint64_t)dictionary << 32 | first_code);
}

kpi_status
kpi__schema_make(kpi__db *db, kpi_error *error)
{
	sqlite3_stmt *statement;
	kpi_status status =
	    kpi__db_run(db, "PRAGMA application_id = " APPLICATION, error);

	for (size_t i = 0; i < TABLES && status == KPI_OK; i++)
		status = kpi__db_run(db, tables[i], error);
	if (status == KPI_OK)
		status =
		    kpi__db_statement(db, sql_first_meta, &statement, error);
	if (status != KPI_OK)
		return status;
	sqlite3_bind_int(
	    statement, 1, KPI__ALL_DICTIONARIES * (int)sizeof(uint32_t));
	return kpi__db_do(db, statement, error);
}

static kpi_status
no_store(kpi_error *error)
{
	return kpi__fail(
	    error, KPI_ECORRUPT, "the file is not a store of libkpi");
}

/* Whether the tables are exactly ours: a file that somebody prepared could
 * hold views and triggers. */
static kpi_status
check_tables(kpi__db *db, size_t *found, int *ours, kpi_error *error)
{
	sqlite3_stmt *statement;
	int row = 1;
	kpi_status status =
	    kpi__db_statement(db, sql_schema, &statement, error);

	*found = 0;
	*ours = 1;
	while (status == KPI_OK) {
		const char *sql;

		status = kpi__db_step(db, statement, &row, error);
		if (status != KPI_OK || !row)
			break;
		sql = (const char *)sqlite3_column_text(statement, 0);
		if (*found >= TABLES || sql == NULL ||
		    strcmp(sql, tables[*found]) != 0)
			*ours = 0;
		++*found;
	}
	return status;
}

kpi_status
kpi__schema_check(kpi__db *db, int *empty, kpi_error *error)
{
	int64_t application = 0, version = 0;
	size_t found = 0;
	int ours = 0;
	kpi_status status =
	    kpi__db_integer(db, sql_application, &application, error);

	*empty = 0;
	if (status == KPI_OK)
		status = kpi__db_integer(db, sql_version, &version, error);
	if (status == KPI_OK)
		status = check_tables(db, &found, &ours, error);
	if (status != KPI_OK)
		return status;
	if (found == 0 && application == 0) {
		*empty = 1;
		return KPI_OK;
	}
	if (application != APPLICATION_ID)
		return no_store(error);
	if (version > VERSION)
		return kpi__fail(error, KPI_EVERSION,
		    "a later release wrote the store (version %lld of its "
		    "file)",
		    (long long)version);
	if (ours && found == TABLES)
		return KPI_OK;
	return kpi__fail(error, KPI_ECORRUPT,
	    "the file is not a store of libkpi as this version writes it: "
	    "before release 0.1 the form may change, or another program "
	    "changed its tables");
}

static void
meta_numbers(sqlite3_stmt *statement, kpi__meta *meta)
{
	uint64_t *const to[] = { &meta->commit, &meta->epoch,
		&meta->chunk_number, &meta->chunks, &meta->tail, &meta->spans,
		&meta->entries, &meta->interactions, &meta->rows, &meta->last_dead,
		&meta->last_patch, &meta->last_tail_dead, &meta->erased };

	for (int i = 0; i < COUNTS; i++)
		*to[i] = (uint64_t)sqlite3_column_int64(statement, i);
}

kpi_status
kpi__meta_read(kpi__db *db, kpi__meta *meta, kpi_error *error)
{
	const size_t size = KPI__ALL_DICTIONARIES * sizeof(uint32_t);
	const unsigned char *codes;
	sqlite3_stmt *statement;
	int row = 0;
	kpi_status status = kpi__db_statement(db, sql_meta, &statement, error);

	if (status == KPI_OK)
		status = kpi__db_step(db, statement, &row, error);
	if (status != KPI_OK)
		return status;
	if (!row)
		return no_store(error);
	meta_numbers(statement, meta);
	codes = sqlite3_column_blob(statement, COUNTS);
	if (codes == NULL || sqlite3_column_bytes(statement, COUNTS) != (int)size)
		status = no_store(error);
	else
		for (uint32_t d = 0; d < KPI__ALL_DICTIONARIES; d++)
			meta->codes[d] = kpi__get32(codes + 4 * d);
	sqlite3_reset(statement);
	return status;
}
