/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "store/load.h"
#include "store/order.h"
#include "store/save_run.h"

#define NO_MEMORY "no memory to write texts"

static const char sql_text[] = "INSERT INTO text VALUES(?, ?, ?)";
static const char sql_row[] = "SELECT key, texts, bytes FROM text "
			      "WHERE key <= ? ORDER BY key DESC LIMIT 1";
static const char sql_update[] = "UPDATE text SET bytes = ?2 WHERE key = ?1";
static const char sql_erased[] = "INSERT INTO erased VALUES(?, ?)";
static const char sql_drop[] = "DELETE FROM text WHERE key BETWEEN ? AND ?";

static const char *
text_of(const kpi__save *save, uint32_t d, uint32_t code)
{
	const char *text =
	    kpi__dictionary_text(&save->store->dictionary[d], code);

	if (*text == '\0' ||
	    (d == KPI__CUSTOMERS && kpi__erased_has(save->next->erased, code)))
		return NULL;
	return text;
}

/* Codes after `from`, up to `until`, in rows of one page each. */
static kpi_status
put_rows(kpi__save *save, uint32_t d, uint32_t from, uint32_t until,
    kpi_error *error)
{
	kpi_status status = KPI_OK;
	sqlite3_stmt *statement;

	while (from < until && status == KPI_OK) {
		const uint32_t room = KPI__TEXT_PAGE - from % KPI__TEXT_PAGE;
		const uint32_t n = until - from < room ? until - from : room;

		status =
		    kpi__db_statement(save->db, sql_text, &statement, error);
		if (status != KPI_OK)
			break;
		kpi__save_clear(save);
		for (uint32_t i = 1; i <= n; i++)
			kpi__buffer_put_text(
			    &save->out, text_of(save, d, from + i));
		sqlite3_bind_int64(statement, 1, kpi__text_key(d, from + 1));
		sqlite3_bind_int64(statement, 2, n);
		status = kpi__save_blob(save, statement, 3, error);
		if (status == KPI_OK)
			status = kpi__db_do(save->db, statement, error);
		from += n;
	}
	return status;
}

/* The words of the pages that become whole. */
struct pages {
	const kpi__save *save;
	uint32_t dictionary, first;
	size_t count; /* of pages */
	uint64_t *words;
	uint32_t *sizes; /* of each page: words */
};

static const uint64_t *
words_of(void *ctx, uint32_t unit, uint32_t *count)
{
	const struct pages *p = ctx;

	*count = p->sizes[unit - p->first];
	return p->words + (size_t)(unit - p->first) * KPI__TEXT_PAGE;
}

static kpi_status
fill_page(struct pages *p, uint32_t page)
{
	const uint32_t before = (p->first + page) * KPI__TEXT_PAGE;
	const kpi__dictionary *d = &p->save->store->dictionary[p->dictionary];
	uint64_t *words = p->words + (size_t)page * KPI__TEXT_PAGE;
	uint32_t n = 0;

	for (uint32_t i = 0; i < KPI__TEXT_PAGE; i++) {
		const uint64_t hash =
		    kpi__dictionary_hash_at(d, before + i + 1);

		if (text_of(p->save, p->dictionary, before + i + 1) != NULL)
			words[n++] = (hash & KPI__RUN_HASH) | i;
	}
	p->sizes[page] = n;
	return kpi__order_words(words, n, &p->save->store->allocator);
}

static kpi_status
fill_pages(struct pages *p)
{
	const kpi_allocator *a = &p->save->store->allocator;
	kpi_status status = KPI_OK;

	p->words =
	    kpi__new_array(a, p->count * KPI__TEXT_PAGE, sizeof(*p->words));
	p->sizes = kpi__new_array(a, p->count, sizeof(*p->sizes));
	if (p->words == NULL || p->sizes == NULL)
		status = KPI_ENOMEM;
	for (uint32_t i = 0; i < p->count && status == KPI_OK; i++)
		status = fill_page(p, i);
	return status;
}

static kpi_status
put_runs(kpi__save *save, uint32_t d, uint32_t before, uint32_t after,
    kpi_error *error)
{
	const kpi_allocator *a = &save->store->allocator;
	struct pages p = { save, d, before, after - before, NULL, NULL };
	kpi_status status = fill_pages(&p);

	if (status != KPI_OK)
		status = kpi__fail(error, status, NO_MEMORY);
	else
		status =
		    kpi__save_runs(save, d, before, after, words_of, &p, error);
	kpi__release(a, p.words, p.count * KPI__TEXT_PAGE, sizeof(*p.words));
	kpi__release(a, p.sizes, p.count, sizeof(*p.sizes));
	return status;
}

/* The rows of single texts behind the last whole page go into the next. */
static kpi_status
save_dictionary(kpi__save *save, uint32_t d, kpi_error *error)
{
	const uint32_t before = save->base->codes[d] / KPI__TEXT_PAGE;
	const uint32_t after = save->next->codes[d] / KPI__TEXT_PAGE;
	const uint32_t from = before * KPI__TEXT_PAGE;
	sqlite3_stmt *statement;
	kpi_status status;

	if (before == after)
		return put_rows(
		    save, d, save->base->codes[d], save->next->codes[d], error);
	status = kpi__db_statement(save->db, sql_drop, &statement, error);
	if (status != KPI_OK)
		return status;
	sqlite3_bind_int64(statement, 1, kpi__text_key(d, from + 1));
	sqlite3_bind_int64(statement, 2, kpi__text_key(d, UINT32_MAX));
	status = kpi__db_do(save->db, statement, error);
	if (status == KPI_OK)
		status = put_rows(save, d, from, save->next->codes[d], error);
	if (status == KPI_OK)
		status = put_runs(save, d, before, after, error);
	return status;
}

/* The row of a text without it; *hash is the text's. */
static kpi_status
blank(kpi__save *save, sqlite3_stmt *row, uint32_t code, uint64_t *hash,
    kpi_error *error)
{
	const uint32_t first =
	    (uint32_t)((uint64_t)sqlite3_column_int64(row, 0) & UINT32_MAX);
	const int64_t count = sqlite3_column_int64(row, 1);
	kpi__reader r = { sqlite3_column_blob(row, 2), NULL, 0 };
	int found = 0;

	if (r.at == NULL)
		return kpi__table_damaged("text", error);
	r.end = r.at + sqlite3_column_bytes(row, 2);
	kpi__save_clear(save);
	for (int64_t i = 0; i < count && !r.bad; i++) {
		const unsigned char *at = r.at;
		size_t size;
		const char *text = kpi__read_text(&r, &size);

		if (first + i != code) {
			kpi__buffer_put(&save->out, at, (size_t)(r.at - at));
			continue;
		}
		kpi__buffer_put_text(&save->out, NULL);
		found = text != NULL;
		if (found)
			*hash = kpi__dictionary_hash(text, size);
	}
	return found && !r.bad ? KPI_OK : kpi__table_damaged("text", error);
}

static kpi_status
blank_row(kpi__save *save, uint32_t code, uint64_t *hash, kpi_error *error)
{
	sqlite3_stmt *row, *update;
	int64_t key;
	int is_there;
	kpi_status status = kpi__db_statement(save->db, sql_row, &row, error);

	if (status != KPI_OK)
		return status;
	sqlite3_bind_int64(row, 1, kpi__text_key(KPI__CUSTOMERS, code));
	status = kpi__db_step(save->db, row, &is_there, error);
	if (status == KPI_OK && !is_there)
		status = kpi__table_damaged("text", error);
	if (status != KPI_OK)
		return status;
	key = sqlite3_column_int64(row, 0);
	status = blank(save, row, code, hash, error);
	sqlite3_reset(row);
	if (status == KPI_OK)
		status =
		    kpi__db_statement(save->db, sql_update, &update, error);
	if (status != KPI_OK)
		return status;
	sqlite3_bind_int64(update, 1, key);
	status = kpi__save_blob(save, update, 2, error);
	return status == KPI_OK ? kpi__db_do(save->db, update, error) : status;
}

static kpi_status
erase(kpi__save *save, uint32_t seq, uint32_t code, kpi_error *error)
{
	const uint32_t units =
	    save->base->codes[KPI__CUSTOMERS] / KPI__TEXT_PAGE;
	sqlite3_stmt *statement;
	uint64_t hash = 0;
	kpi_status status =
	    kpi__db_statement(save->db, sql_erased, &statement, error);

	if (status != KPI_OK)
		return status;
	sqlite3_bind_int64(statement, 1, seq);
	sqlite3_bind_int64(statement, 2, code);
	status = kpi__db_do(save->db, statement, error);
	if (status == KPI_OK)
		status = blank_row(save, code, &hash, error);
	if (status == KPI_OK && code <= units * KPI__TEXT_PAGE)
		status = kpi__save_run_without(
		    save, KPI__CUSTOMERS, units, hash, code - 1, error);
	return status;
}

static kpi_status
save_erased(kpi__save *save, kpi_error *error)
{
	const kpi__erased *before = save->base->erased;
	const kpi__erased *now = save->next->erased;
	uint32_t seq = kpi__erased_count(before);
	kpi_status status = KPI_OK;

	if (now == before)
		return KPI_OK;
	for (uint32_t i = 0; i < now->count && status == KPI_OK; i++)
		if (!kpi__erased_has(before, now->code[i]))
			status = erase(save, ++seq, now->code[i], error);
	return status;
}

/* What is erased was there before: it is erased where it then is. */
kpi_status
kpi__save_texts(kpi__save *save, kpi_error *error)
{
	kpi_status status = save_erased(save, error);

	for (uint32_t d = 0; d < KPI__ALL_DICTIONARIES && status == KPI_OK; d++)
		status = save_dictionary(save, d, error);
	return status;
}
