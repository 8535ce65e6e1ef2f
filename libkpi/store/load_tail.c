/* SPDX-License-Identifier: MIT */
#include "base/bytes.h"
#include "base/error.h"
#include "store/draft.h"
#include "store/journal.h"
#include "store/load.h"
#include "store/names.h"
#include "store/read.h"
#include "store/sheaf.h"

static const char sql_tail[] =
    "SELECT first, interactions, bytes FROM tail WHERE first >= ? "
    "ORDER BY first";
static const char sql_dead[] =
    "SELECT seq, numbers FROM tail_dead WHERE seq > ? ORDER BY seq";

static uint64_t
count_of(const kpi__list *tail)
{
	uint64_t count = 0;

	for (uint32_t b = 0; b < tail->count; b++)
		count += tail->at[b]->part.interactions;
	return count;
}

static kpi_status
add_singles(
    kpi__load *load, kpi__reader *r, int64_t count, kpi_error *error)
{
	kpi_status status = KPI_OK;
	kpi__input in;

	kpi__input_init(&in, &load->store->allocator);
	for (int64_t i = 0; i < count && status == KPI_OK; i++) {
		status = kpi__journal_get(r, &in, load->meta->codes, error);
		if (status != KPI_OK)
			break;
		if (in.id != NULL)
			status = kpi__names_id_hash(load->store,
			    in.value[KPI_FIELD_SOURCE - 1], in.id, in.id_size,
			    &in.id_hash, error);
		if (status == KPI_OK)
			status = kpi__draft_append(load->draft, &in, error);
	}
	kpi__input_free(&in);
	return status;
}

static kpi_status
add_sheaf(kpi__load *load, kpi__reader *r, int64_t count, kpi_error *error)
{
	const kpi_allocator *a = &load->store->allocator;
	kpi__version *v;
	kpi_status status = kpi__sheaf_open(
	    &v, load->store, r, count, load->meta->codes, error);

	if (status != KPI_OK)
		return status;
	status = kpi__list_append(a, &load->draft->tail, v);
	if (status == KPI_OK)
		return KPI_OK;
	kpi__version_release(a, v);
	return kpi__fail(error, status, "no memory for the tail");
}

static kpi_status
add_row(kpi__load *load, sqlite3_stmt *row, uint64_t *next, kpi_error *error)
{
	const int64_t count = sqlite3_column_int64(row, 1);
	kpi__reader r = { 0 };
	kpi_status status;
	unsigned form;

	r.at = sqlite3_column_blob(row, 2);
	if (r.at == NULL || count < 1 ||
	    (uint64_t)sqlite3_column_int64(row, 0) != *next)
		return kpi__table_damaged("tail", error);
	r.end = r.at + sqlite3_column_bytes(row, 2);
	form = kpi__read_byte(&r);
	if (form == KPI__TAIL_SINGLES)
		status = add_singles(load, &r, count, error);
	else if (form == KPI__TAIL_SHEAF)
		status = add_sheaf(load, &r, count, error);
	else
		status = kpi__table_damaged("tail", error);
	if (status == KPI_OK && r.at != r.end)
		status = kpi__table_damaged("tail", error);
	*next += (uint64_t)count;
	return status;
}

static kpi_status
load_added(kpi__load *load, kpi_error *error)
{
	uint64_t next = count_of(load->draft->tail);
	sqlite3_stmt *statement;
	int row = 1;
	kpi_status status;

	if (next == load->meta->tail)
		return KPI_OK;
	status = kpi__db_statement(load->db, sql_tail, &statement, error);
	if (status != KPI_OK)
		return status;
	sqlite3_bind_int64(statement, 1, (int64_t)next);
	while (status == KPI_OK) {
		status = kpi__db_step(load->db, statement, &row, error);
		if (status != KPI_OK || !row)
			break;
		status = add_row(load, statement, &next, error);
	}
	sqlite3_reset(statement);
	if (status == KPI_OK && next != load->meta->tail)
		status = kpi__table_damaged("tail", error);
	return status;
}

static kpi_status
kill(kpi__load *load, uint64_t number, kpi_error *error)
{
	const kpi_allocator *a = &load->store->allocator;
	kpi__list **tail = &load->draft->tail;
	uint32_t b = 0;
	kpi_status status;

	while (
	    b < (*tail)->count && number >= (*tail)->at[b]->part.interactions)
		number -= (*tail)->at[b++]->part.interactions;
	if (b == (*tail)->count ||
	    kpi__version_is_dead((*tail)->at[b], (uint32_t)number))
		return kpi__table_damaged("tail_dead", error);
	status = kpi__list_own(a, tail, b, &load->store->known);
	if (status == KPI_OK)
		status =
		    kpi__version_mark_dead(a, (*tail)->at[b], (uint32_t)number);
	if (status != KPI_OK)
		return kpi__fail(error, status, "no memory for the tail");
	return KPI_OK;
}

static kpi_status
add_dead(kpi__load *load, sqlite3_stmt *row, kpi_error *error)
{
	const unsigned char *numbers = sqlite3_column_blob(row, 1);
	const int size = sqlite3_column_bytes(row, 1);
	kpi_status status = KPI_OK;

	if (size == 0 || size % 4 != 0 ||
	    (uint64_t)sqlite3_column_int64(row, 0) !=
		++load->draft->last_tail_dead)
		return kpi__table_damaged("tail_dead", error);
	for (int i = 0; i < size && status == KPI_OK; i += 4)
		status = kill(load, kpi__get32(numbers + i), error);
	return status;
}

static kpi_status
load_dead(kpi__load *load, kpi_error *error)
{
	sqlite3_stmt *statement;
	int row = 1;
	kpi_status status;

	if (load->draft->last_tail_dead == load->meta->last_tail_dead)
		return KPI_OK;
	status = kpi__db_statement(load->db, sql_dead, &statement, error);
	if (status != KPI_OK)
		return status;
	sqlite3_bind_int64(statement, 1, (int64_t)load->draft->last_tail_dead);
	while (status == KPI_OK) {
		status = kpi__db_step(load->db, statement, &row, error);
		if (status != KPI_OK || !row)
			break;
		status = add_dead(load, statement, error);
	}
	sqlite3_reset(statement);
	if (status == KPI_OK &&
	    load->draft->last_tail_dead != load->meta->last_tail_dead)
		status = kpi__table_damaged("tail_dead", error);
	return status;
}

/* Another process made chunks of the tail, or wrote it anew by column. */
static kpi_status
renew(kpi__load *load, kpi_error *error)
{
	const kpi_allocator *a = &load->store->allocator;
	kpi__list *tail = kpi__list_new(a);
	kpi__tail_ids *ids = kpi__tail_ids_new(a);

	if (tail == NULL || ids == NULL) {
		kpi__list_release(a, tail);
		kpi__tail_ids_release(ids);
		return kpi__fail(error, KPI_ENOMEM, "no memory for the tail");
	}
	kpi__list_release(a, load->draft->tail);
	kpi__tail_ids_release(load->draft->ids);
	load->draft->tail = tail;
	load->draft->ids = ids;
	load->draft->id_count = 0;
	load->draft->last_tail_dead = 0;
	return KPI_OK;
}

kpi_status
kpi__load_tail(kpi__load *load, kpi_error *error)
{
	kpi_status status = KPI_OK;

	if (load->draft->epoch != load->meta->epoch)
		status = renew(load, error);
	if (status == KPI_OK)
		status = load_added(load, error);
	if (status == KPI_OK)
		status = load_dead(load, error);
	return status;
}
