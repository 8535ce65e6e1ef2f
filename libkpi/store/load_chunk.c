/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/error.h"
#include "store/blob.h"
#include "store/load.h"

#define TIMES                                                                  \
	"known_from, known_latest, least_started, greatest_started, "          \
	"least_queued, greatest_queued, least_answered, greatest_answered, "   \
	"least_ended, greatest_ended, least_wrapped, greatest_wrapped, "       \
	"least_survey, greatest_survey"

static const char sql_chunk[] =
    "SELECT number, interactions, visits, fields, ids, " TIMES " FROM chunk "
    "WHERE number > ? ORDER BY number";
static const char sql_times[] = "SELECT " TIMES " FROM chunk WHERE number = ?";
static const char sql_dead[] =
    "SELECT seq, chunk, places FROM dead WHERE seq > ? ORDER BY seq";
static const char sql_patch[] =
    "SELECT seq, chunk, field, bytes FROM patch WHERE seq > ? ORDER BY seq";

/* The manifest's row, as far as it can be what it says. */
struct row {
	int64_t number, interactions, rows, fields, ids;
};

static int
row_holds(const struct row *r, const kpi__meta *meta)
{
	const uint64_t all = (UINT64_C(1) << (KPI__FIELDS + 1)) - 2;
	const uint64_t needed = UINT64_C(1) << KPI_FIELD_STARTED_AT;

	return r->number > 0 && (uint64_t)r->number <= meta->chunk_number &&
	    r->interactions > 0 && r->interactions <= KPI__CHUNK_INTERACTIONS &&
	    r->rows >= r->interactions &&
	    r->rows <= KPI__CHUNK_ROWS + KPI__VISITS_MAX &&
	    ((uint64_t)r->fields & ~all) == 0 &&
	    ((uint64_t)r->fields & needed) != 0 && r->ids >= 0 &&
	    r->ids <= r->interactions &&
	    (r->ids > 0) == (((uint64_t)r->fields >> KPI_FIELD_ID & 1) != 0);
}

static kpi_status
load_first_rows(kpi__load *load, kpi__chunk *chunk, kpi_error *error)
{
	sqlite3_stmt *statement;
	kpi__item *item;
	int row;
	kpi_status status =
	    kpi__db_statement(load->db, kpi__sql_page, &statement, error);

	if (status != KPI_OK)
		return status;
	sqlite3_bind_int64(
	    statement, 1, kpi__page_key(chunk->number, KPI__ITEM_ROWS));
	status = kpi__db_step(load->db, statement, &row, error);
	if (status == KPI_OK && !row)
		status = kpi__table_damaged("page", error);
	if (status != KPI_OK)
		return status;
	status = kpi__blob_decode(&item, chunk, KPI__ITEM_ROWS,
	    sqlite3_column_blob(statement, 0),
	    (size_t)sqlite3_column_bytes(statement, 0), error);
	sqlite3_reset(statement);
	if (status != KPI_OK)
		return status;
	status = kpi__chunk_count_rows(chunk, item);
	kpi__item_free(chunk->allocator, item);
	if (status == KPI_ENOMEM)
		return kpi__fail(error, status, "no memory for a chunk");
	return status == KPI_OK ? KPI_OK : kpi__table_damaged("page", error);
}

static kpi_status
make_chunk(
    kpi__load *load, const struct row *r, kpi__chunk **out, kpi_error *error)
{
	const kpi_allocator *a = &load->store->allocator;
	kpi_status status = KPI_OK;
	kpi__chunk *chunk = kpi__chunk_new(a, (uint64_t)r->number,
	    (uint32_t)r->interactions, (uint32_t)r->rows, NULL);

	if (chunk == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for a chunk");
	chunk->fields = (uint64_t)r->fields;
	memcpy(chunk->codes, load->meta->codes, sizeof(chunk->codes));
	if (r->rows != r->interactions)
		status = load_first_rows(load, chunk, error);
	if (status == KPI_OK)
		*out = chunk;
	else
		kpi__chunk_release(chunk);
	return status;
}

/* Two columns from *at on: 0 if they are no range of instants. */
static int
take_pair(sqlite3_stmt *row, int *at, int may_be_null, kpi__range *out)
{
	const int i = *at;

	*at += 2;
	if (sqlite3_column_type(row, i) == SQLITE_NULL) {
		out->least = INT64_MAX;
		out->greatest = INT64_MIN;
		return may_be_null;
	}
	out->least = sqlite3_column_int64(row, i);
	out->greatest = sqlite3_column_int64(row, i + 1);
	return out->least <= out->greatest && out->least > INT64_MIN / 2 &&
	    out->greatest < INT64_MAX / 2;
}

/* The times of the living, which the manifest keeps current. */
static kpi_status
take_times(kpi__version *v, sqlite3_stmt *row, int at, kpi_error *error)
{
	kpi__range known;
	int holds = take_pair(row, &at, 1, &known);

	for (int a = 0; a < KPI__RANGES; a++)
		if (a != KPI__ANCHOR_OWN_EVENT)
			holds &= take_pair(row, &at, a == KPI__RANGE_SURVEY,
			    &v->part.range[a]);
	if (!holds)
		return kpi__table_damaged("chunk", error);
	v->part.range[KPI__ANCHOR_OWN_EVENT] =
	    v->part.range[KPI__ANCHOR_ANSWERED];
	v->stale = known.least > known.greatest;
	v->known_from = known.least;
	v->latest = known.greatest;
	return KPI_OK;
}

static kpi_status
add_chunk(kpi__load *load, sqlite3_stmt *row, kpi_error *error)
{
	const kpi_allocator *a = &load->store->allocator;
	struct row r;
	int64_t *const to[] = { &r.number, &r.interactions, &r.rows, &r.fields,
		&r.ids };
	kpi__chunk *chunk = NULL;
	kpi__version *v;
	kpi_status status;

	for (int i = 0; i < 5; i++)
		*to[i] = sqlite3_column_int64(row, i);
	if (!row_holds(&r, load->meta))
		return kpi__table_damaged("chunk", error);
	status = make_chunk(load, &r, &chunk, error);
	if (status != KPI_OK)
		return status;
	v = kpi__version_of_chunk(a, chunk);
	if (v == NULL) {
		kpi__chunk_release(chunk);
		return kpi__fail(error, KPI_ENOMEM, "no memory for a chunk");
	}
	status = take_times(v, row, 5, error);
	if (status == KPI_OK &&
	    kpi__list_append(a, &load->draft->sealed, v) != KPI_OK)
		status = kpi__fail(error, KPI_ENOMEM, "no memory for a chunk");
	if (status != KPI_OK) {
		kpi__version_release(a, v);
		return status;
	}
	load->draft->sealed_ids += (uint64_t)r.ids;
	return KPI_OK;
}

static uint64_t
last_number(const kpi__list *sealed)
{
	return sealed->count == 0
	    ? 0
	    : sealed->at[sealed->count - 1]->chunk->number;
}

kpi_status
kpi__load_chunks(kpi__load *load, kpi_error *error)
{
	sqlite3_stmt *statement;
	int row = 1;
	kpi_status status;

	if (load->meta->chunks == load->draft->sealed->count)
		return KPI_OK;
	status = kpi__db_statement(load->db, sql_chunk, &statement, error);
	if (status != KPI_OK)
		return status;
	sqlite3_bind_int64(
	    statement, 1, (int64_t)last_number(load->draft->sealed));
	while (status == KPI_OK) {
		status = kpi__db_step(load->db, statement, &row, error);
		if (status != KPI_OK || !row)
			break;
		status = add_chunk(load, statement, error);
	}
	sqlite3_reset(statement);
	if (status == KPI_OK &&
	    load->meta->chunks != load->draft->sealed->count)
		status = kpi__table_damaged("chunk", error);
	return status;
}

/* The version of a chunk, ours to change. */
static kpi_status
own(kpi__load *load, int64_t number, const char *table, kpi__version **out,
    kpi_error *error)
{
	kpi__list *sealed = load->draft->sealed;
	uint32_t low = 0, high = sealed->count;
	kpi_status status;

	while (low < high) {
		const uint32_t middle = low + (high - low) / 2;

		if (sealed->at[middle]->chunk->number < (uint64_t)number)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == sealed->count ||
	    sealed->at[low]->chunk->number != (uint64_t)number)
		return kpi__table_damaged(table, error);
	status = kpi__list_own(&load->store->allocator, &load->draft->sealed,
	    low, &load->store->known);
	if (status != KPI_OK)
		return kpi__fail(error, status, "no memory for a chunk");
	*out = load->draft->sealed->at[low];
	return KPI_OK;
}

static kpi_status
read_times(kpi__load *load, kpi__version *v, kpi_error *error)
{
	sqlite3_stmt *statement;
	int row;
	kpi_status status =
	    kpi__db_statement(load->db, sql_times, &statement, error);

	if (status != KPI_OK)
		return status;
	sqlite3_bind_int64(statement, 1, (int64_t)v->chunk->number);
	status = kpi__db_step(load->db, statement, &row, error);
	if (status == KPI_OK && row) {
		status = take_times(v, statement, 0, error);
		sqlite3_reset(statement);
	}
	return status;
}

static kpi_status
add_dead(kpi__load *load, sqlite3_stmt *row, kpi_error *error)
{
	const unsigned char *places = sqlite3_column_blob(row, 2);
	const int size = sqlite3_column_bytes(row, 2);
	kpi__version *v;
	kpi_status status =
	    own(load, sqlite3_column_int64(row, 1), "dead", &v, error);

	if (status == KPI_OK && (size == 0 || size % 2 != 0))
		status = kpi__table_damaged("dead", error);
	for (int i = 0; i < size && status == KPI_OK; i += 2) {
		const uint32_t at = places[i] | (uint32_t)places[i + 1] << 8;

		if (at >= v->part.interactions || kpi__version_is_dead(v, at))
			return kpi__table_damaged("dead", error);
		status = kpi__version_mark_dead(&load->store->allocator, v, at);
		if (status != KPI_OK)
			return kpi__fail(
			    error, status, "no memory for a chunk");
	}
	return status == KPI_OK ? read_times(load, v, error) : status;
}

static kpi_status
put_patch(kpi__load *load, kpi__version *v, const kpi__field *field,
    kpi__patch p, kpi_error *error)
{
	const int64_t greatest = field->type == KPI__TYPE_TEXT
	    ? (int64_t)load->meta->codes[field->dictionary]
	    : field->greatest;
	kpi_status status;

	if (p.place >= v->part.interactions ||
	    (p.value != kpi__field_blank(field) &&
		(p.value < field->least || p.value > greatest)))
		return kpi__table_damaged("patch", error);
	status = kpi__patch_set_put(&load->store->allocator, &v->patches,
	    field->number, p, ++load->store->serials);
	if (status != KPI_OK)
		return kpi__fail(error, status, "no memory for patches");
	return KPI_OK;
}

static kpi_status
add_patches(kpi__load *load, sqlite3_stmt *row, kpi_error *error)
{
	const int64_t number = sqlite3_column_int64(row, 2);
	const kpi__field *field = number < 1 || number > KPI__WHOLE_FIELDS
	    ? NULL
	    : kpi__field_find((int32_t)number);
	kpi__reader r = { 0 };
	kpi__version *v;
	kpi_status status =
	    own(load, sqlite3_column_int64(row, 1), "patch", &v, error);

	r.at = sqlite3_column_blob(row, 3);
	if (status == KPI_OK &&
	    (field == NULL || r.at == NULL || number == KPI_FIELD_ID ||
		number == KPI_FIELD_SOURCE || number == KPI_FIELD_STARTED_AT))
		status = kpi__table_damaged("patch", error);
	if (status != KPI_OK)
		return status;
	r.end = r.at + sqlite3_column_bytes(row, 3);
	while (status == KPI_OK && r.at < r.end) {
		kpi__patch p;

		p.place = kpi__read_varint(&r);
		p.value = kpi__read_signed(&r);
		status = r.bad ? kpi__table_damaged("patch", error)
			       : put_patch(load, v, field, p, error);
	}
	if (status == KPI_OK)
		status = read_times(load, v, error);
	return status;
}

/* Rows of a table of changes, in order of their numbers without a gap. */
static kpi_status
follow(kpi__load *load, const char *sql, const char *table, uint64_t *last,
    uint64_t until, kpi_status (*add)(kpi__load *, sqlite3_stmt *, kpi_error *),
    kpi_error *error)
{
	sqlite3_stmt *statement;
	int row = 1;
	kpi_status status;

	if (*last == until)
		return KPI_OK;
	status = kpi__db_statement(load->db, sql, &statement, error);
	if (status != KPI_OK)
		return status;
	sqlite3_bind_int64(statement, 1, (int64_t)*last);
	while (status == KPI_OK) {
		status = kpi__db_step(load->db, statement, &row, error);
		if (status != KPI_OK || !row)
			break;
		if ((uint64_t)sqlite3_column_int64(statement, 0) != ++*last)
			status = kpi__table_damaged(table, error);
		else
			status = add(load, statement, error);
	}
	sqlite3_reset(statement);
	if (status == KPI_OK && *last != until)
		status = kpi__table_damaged(table, error);
	return status;
}

kpi_status
kpi__load_changes(kpi__load *load, kpi_error *error)
{
	kpi_status status = follow(load, sql_dead, "dead",
	    &load->draft->last_dead, load->meta->last_dead, add_dead, error);

	if (status == KPI_OK)
		status =
		    follow(load, sql_patch, "patch", &load->draft->last_patch,
			load->meta->last_patch, add_patches, error);
	return status;
}
