/* SPDX-License-Identifier: MIT */
#include "store/load.h"

#include "base/error.h"
#include "base/utf8.h"

static const char sql_text[] =
    "SELECT key, texts, bytes FROM text WHERE key BETWEEN ? AND ? "
    "ORDER BY key";
static const char sql_erased[] =
    "SELECT code FROM erased WHERE seq > ? ORDER BY seq";

static kpi_status
add_text(kpi__load *load, uint32_t d, const char *text, size_t size,
    kpi_error *error)
{
	kpi__dictionary *dictionary = &load->store->dictionary[d];
	const kpi__erased *erased =
	    d == KPI__CUSTOMERS ? load->draft->erased : NULL;
	const uint32_t next = kpi__dictionary_count(dictionary) + 1;
	uint64_t hash = 0;
	uint32_t code;
	kpi_status status;

	if (text == NULL && kpi__erased_has(erased, next))
		text = "";
	else if (text == NULL || size == 0 || size > KPI_TEXT_MAX ||
	    !kpi__utf8_is_text(text, size))
		return kpi__table_damaged("text", error);
	if (size > 0) {
		hash = kpi__dictionary_hash(text, size);
		if (kpi__dictionary_find(
			dictionary, text, size, hash, erased) != 0)
			return kpi__table_damaged("text", error);
	}
	status = kpi__dictionary_add(dictionary, text, size, hash, &code);
	if (status != KPI_OK)
		return kpi__fail(error, status, "no memory for texts");
	return KPI_OK;
}

/* The texts of one row, whose first has the code `code`; those that are known
 * already are passed over. */
static kpi_status
add_texts(kpi__load *load, uint32_t d, sqlite3_stmt *row, uint64_t code,
    kpi_error *error)
{
	const kpi__dictionary *dictionary = &load->store->dictionary[d];
	const int64_t count = sqlite3_column_int64(row, 1);
	kpi__reader r = { 0 };
	kpi_status status = KPI_OK;

	r.at = sqlite3_column_blob(row, 2);
	if (r.at == NULL || count < 1 || count > KPI__TEXT_PAGE || code == 0 ||
	    code > (uint64_t)kpi__dictionary_count(dictionary) + 1)
		return kpi__table_damaged("text", error);
	r.end = r.at + sqlite3_column_bytes(row, 2);
	for (int64_t i = 0; i < count && status == KPI_OK; i++, code++) {
		size_t size;
		const char *text = kpi__read_text(&r, &size);

		if (code > kpi__dictionary_count(dictionary))
			status = add_text(load, d, text, size, error);
	}
	if (status == KPI_OK && (r.bad || r.at != r.end))
		status = kpi__table_damaged("text", error);
	return status;
}

/* Where nothing is known yet, the pages that are whole stay where they are. */
static kpi_status
begin_texts(kpi__load *load, uint32_t d, kpi_error *error)
{
	const uint32_t codes = load->meta->codes[d];
	const uint32_t base = codes - codes % KPI__TEXT_PAGE;
	sqlite3_stmt *statement;
	int row;
	kpi_status status;

	if (base == 0 || kpi__dictionary_count(&load->store->dictionary[d]) > 0)
		return KPI_OK;
	status = kpi__db_statement(load->db, sql_text, &statement, error);
	if (status != KPI_OK)
		return status;
	sqlite3_bind_int64(
	    statement, 1, kpi__text_key(d, base - KPI__TEXT_PAGE + 1));
	sqlite3_bind_int64(statement, 2, kpi__text_key(d, base));
	status = kpi__db_step(load->db, statement, &row, error);
	if (status == KPI_OK &&
	    (!row || sqlite3_column_int64(statement, 1) != KPI__TEXT_PAGE))
		status = kpi__table_damaged("text", error);
	sqlite3_reset(statement);
	if (status != KPI_OK)
		return status;
	status = kpi__dictionary_begin(&load->store->dictionary[d], base);
	if (status != KPI_OK)
		return kpi__fail(error, status, "no memory for texts");
	return KPI_OK;
}

static kpi_status
load_texts(kpi__load *load, uint32_t d, kpi_error *error)
{
	const kpi__dictionary *dictionary = &load->store->dictionary[d];
	const uint32_t codes = load->meta->codes[d];
	sqlite3_stmt *statement;
	uint32_t have;
	int row = 1;
	kpi_status status = begin_texts(load, d, error);

	have = kpi__dictionary_count(dictionary);
	if (status != KPI_OK || codes == have)
		return status;
	if (codes < have)
		return kpi__table_damaged("text", error);
	status = kpi__db_statement(load->db, sql_text, &statement, error);
	if (status != KPI_OK)
		return status;
	/* The row with the next text may begin before it. */
	sqlite3_bind_int64(statement, 1,
	    kpi__text_key(
		d, have < KPI__TEXT_PAGE ? 1 : have + 2 - KPI__TEXT_PAGE));
	sqlite3_bind_int64(statement, 2, kpi__text_key(d, UINT32_MAX));
	while (status == KPI_OK) {
		status = kpi__db_step(load->db, statement, &row, error);
		if (status != KPI_OK || !row)
			break;
		status = add_texts(load, d, statement,
		    (uint64_t)sqlite3_column_int64(statement, 0) & UINT32_MAX,
		    error);
	}
	sqlite3_reset(statement);
	if (status == KPI_OK && kpi__dictionary_count(dictionary) != codes)
		status = kpi__table_damaged("text", error);
	return status;
}

static kpi_status
load_erased(kpi__load *load, kpi_error *error)
{
	kpi__erased **erased = &load->draft->erased;
	sqlite3_stmt *statement;
	int row = 1;
	kpi_status status;

	if (load->meta->erased == kpi__erased_count(*erased))
		return KPI_OK;
	status = kpi__db_statement(load->db, sql_erased, &statement, error);
	if (status != KPI_OK)
		return status;
	sqlite3_bind_int64(statement, 1, kpi__erased_count(*erased));
	load->draft->store->renames++;
	while (status == KPI_OK) {
		int64_t code;

		status = kpi__db_step(load->db, statement, &row, error);
		if (status != KPI_OK || !row)
			break;
		code = sqlite3_column_int64(statement, 0);
		if (code < 1 || code > load->meta->codes[KPI__CUSTOMERS] ||
		    kpi__erased_has(*erased, (uint32_t)code))
			status = kpi__table_damaged("erased", error);
		else if (kpi__erased_put(&load->store->allocator, erased,
			     (uint32_t)code) != KPI_OK)
			status =
			    kpi__fail(error, KPI_ENOMEM, "no memory for texts");
	}
	sqlite3_reset(statement);
	if (status == KPI_OK &&
	    kpi__erased_count(*erased) != load->meta->erased)
		status = kpi__table_damaged("erased", error);
	return status;
}

kpi_status
kpi__load_texts(kpi__load *load, kpi_error *error)
{
	kpi_status status = load_erased(load, error);

	for (uint32_t d = 0; d < KPI__ALL_DICTIONARIES && status == KPI_OK;
	     d++) {
		status = load_texts(load, d, error);
		load->draft->codes[d] = load->meta->codes[d];
	}
	return status;
}
