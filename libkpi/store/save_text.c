/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "store/order.h"
#include "store/save_run.h"

#define NO_MEMORY "no memory to write texts"

static const char sql_text[] = "INSERT INTO text VALUES(?, ?, ?)";
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
			words[n++] =
			    (hash & ~(uint64_t)(KPI__TEXT_PAGE - 1)) | i;
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

kpi_status
kpi__save_texts(kpi__save *save, kpi_error *error)
{
	kpi_status status = KPI_OK;

	for (uint32_t d = 0; d < KPI__ALL_DICTIONARIES && status == KPI_OK; d++)
		status = save_dictionary(save, d, error);
	return status;
}
