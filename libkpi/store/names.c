/* SPDX-License-Identifier: MIT */
#include "store/names.h"

#include <string.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "store/load.h"
#include "store/order.h"
#include "store/run.h"

#define NO_MEMORY "no memory for texts"

/* Bytes of pages that stay without being used. */
#define KEPT ((size_t)16 << 20)

/* So many lookups are worth having the words of all runs in one: each costs
 * some microseconds without, and a word some hundredths of one. */
#define WORTH_GATHERING(d) (256 + (d)->base / 64)

static const char sql_page[] = "SELECT texts, bytes FROM text WHERE key = ?";

/* NULL: no memory, or *bad: it is no page. */
static kpi__text_page *
decode(const kpi_allocator *allocator, const void *bytes, size_t size,
    int64_t count, int *bad)
{
	/* A size before each text is at least as long as a NUL behind it. */
	const size_t room = sizeof(kpi__text_page) + size + 1;
	kpi__reader r = { bytes, (const unsigned char *)bytes + size, 0 };
	kpi__text_page *page;
	uint32_t at = 1;

	*bad =
	    bytes == NULL || count != KPI__TEXT_PAGE || size > UINT32_MAX / 2;
	if (*bad)
		return NULL;
	page = kpi__new_array(allocator, room, 1);
	if (page == NULL)
		return NULL;
	page->size = room;
	page->bytes[0] = '\0';
	for (uint32_t i = 0; i < KPI__TEXT_PAGE && !*bad; i++) {
		size_t n;
		const char *text = kpi__read_text(&r, &n);

		page->at[i] = text == NULL ? 0 : at;
		*bad = r.bad || n > KPI_TEXT_MAX ||
		    (text != NULL && (n == 0 || !kpi__utf8_is_text(text, n)));
		if (*bad || text == NULL)
			continue;
		memcpy(page->bytes + at, text, n);
		page->bytes[at + n] = '\0';
		at += (uint32_t)n + 1;
	}
	*bad |= r.at != r.end;
	if (*bad) {
		kpi__release(allocator, page, room, 1);
		return NULL;
	}
	return page;
}

kpi_status
kpi__names_read_page(kpi_store *store, kpi__db *db, uint32_t d, uint32_t number,
    kpi__text_page **out, kpi_error *error)
{
	sqlite3_stmt *statement;
	int row, bad;
	kpi_status status = kpi__db_statement(db, sql_page, &statement, error);

	if (status != KPI_OK)
		return status;
	sqlite3_bind_int64(
	    statement, 1, kpi__text_key(d, number * KPI__TEXT_PAGE + 1));
	status = kpi__db_step(db, statement, &row, error);
	if (status == KPI_OK && !row)
		status = kpi__table_damaged("text", error);
	if (status != KPI_OK)
		return status;
	*out = decode(&store->allocator, sqlite3_column_blob(statement, 1),
	    (size_t)sqlite3_column_bytes(statement, 1),
	    sqlite3_column_int64(statement, 0), &bad);
	sqlite3_reset(statement);
	if (bad)
		return kpi__table_damaged("text", error);
	if (*out == NULL)
		return kpi__fail(error, KPI_ENOMEM, NO_MEMORY);
	return KPI_OK;
}

static kpi_status
page_of(kpi_store *store, uint32_t d, uint32_t number,
    const kpi__text_page **out, kpi_error *error)
{
	kpi__dictionary *dictionary = &store->dictionary[d];
	kpi__text_page *page = NULL;
	size_t size;
	kpi__db *db;
	int added;
	kpi_status status;

	*out = kpi__dictionary_page(dictionary, number);
	if (*out != NULL)
		return KPI_OK;
	status = kpi__store_process(store, error);
	if (status == KPI_OK)
		status = kpi__disk_borrow(store->disk, &db, error);
	if (status != KPI_OK)
		return status;
	status = kpi__names_read_page(store, db, d, number, &page, error);
	kpi__disk_give_back(store->disk, db);
	if (status != KPI_OK)
		return status;
	size = page->size;
	*out = kpi__dictionary_put_page(dictionary, number, page, &added);
	if (added)
		atomic_fetch_add(&store->named_bytes, size);
	return KPI_OK;
}

kpi_status
kpi__names_text(kpi_store *store, uint32_t d, uint32_t code, const char **out,
    kpi_error *error)
{
	const kpi__dictionary *dictionary = &store->dictionary[d];
	const kpi__text_page *page;
	kpi_status status;

	if (code > dictionary->base) {
		*out = kpi__dictionary_text(dictionary, code);
	} else {
		*out = NULL;
		status = page_of(
		    store, d, (code - 1) / KPI__TEXT_PAGE, &page, error);
		if (status != KPI_OK)
			return status;
		*out = page->bytes + page->at[(code - 1) % KPI__TEXT_PAGE];
	}
	if (**out == '\0')
		*out = NULL;
	return KPI_OK;
}

kpi_status
kpi__names_id_hash(kpi_store *store, int64_t source, const char *id,
    size_t size, uint64_t *hash, kpi_error *error)
{
	const char *text = NULL;
	kpi_status status = KPI_OK;

	if (source != 0)
		status =
		    kpi__names_text(store, 0, (uint32_t)source, &text, error);
	if (text == NULL)
		text = "";
	*hash = kpi__id_hash(kpi__source_seed(text, strlen(text)), id, size);
	return status;
}

struct wanted {
	kpi_store *store;
	const kpi__erased *erased;
	uint32_t dictionary, most; /* code */
	const char *text;
	size_t size;
	uint64_t hash;
};

static struct wanted
want(kpi_store *store, uint32_t d, const char *text, size_t size)
{
	const struct wanted w = { store, NULL, d, 0, text, size,
		kpi__dictionary_hash(text, size) };

	return w;
}

/* Whether a code is the one wanted: what a hash only hints at. */
static kpi_status
confirm(const struct wanted *w, uint64_t code, uint32_t *out, kpi_error *error)
{
	const char *text;
	kpi_status status;

	if (code > w->most || kpi__erased_has(w->erased, (uint32_t)code))
		return KPI_OK;
	status = kpi__names_text(
	    w->store, w->dictionary, (uint32_t)code, &text, error);
	if (status == KPI_OK && text != NULL &&
	    strncmp(text, w->text, w->size) == 0 && text[w->size] == '\0')
		*out = (uint32_t)code;
	return status;
}

static kpi_status
find_sealed(const struct wanted *w, kpi__db *db, uint32_t units,
    kpi__places *places, kpi_error *error)
{
	return kpi__runs_find(
	    w->store, db, w->dictionary, units, w->hash, places, error);
}

/* In what the file has now, of which only what `w` may see is confirmed. */
static kpi_status
find_borrowed(const struct wanted *w, kpi__places *places, kpi_error *error)
{
	kpi__meta meta;
	kpi__db *db;
	kpi_status status = kpi__disk_borrow(w->store->disk, &db, error);

	if (status != KPI_OK)
		return status;
	status = kpi__db_run(db, "BEGIN", error);
	if (status == KPI_OK)
		status = kpi__meta_read(db, &meta, error);
	if (status == KPI_OK)
		status = find_sealed(w, db,
		    meta.codes[w->dictionary] / KPI__TEXT_PAGE, places, error);
	kpi__db_end(db);
	kpi__disk_give_back(w->store->disk, db);
	return status;
}

static kpi_status
confirm_places(const struct wanted *w, kpi__places *places, uint32_t *code,
    kpi_error *error)
{
	kpi_status status = KPI_OK;

	for (size_t i = 0; i < places->count && status == KPI_OK && *code == 0;
	     i++)
		status = confirm(w, places->at[i] + 1, code, error);
	return status;
}

kpi_status
kpi__names_find(const kpi__snapshot *s, uint32_t d, const char *text,
    size_t size, uint32_t *code, kpi_error *error)
{
	struct wanted w = want(s->store, d, text, size);
	kpi__places places = { &s->store->allocator, NULL, 0, 0 };
	const kpi__dictionary *dictionary = &s->store->dictionary[d];
	uint32_t base;
	kpi_status status;

	w.erased = d == KPI__CUSTOMERS ? s->erased : NULL;
	w.most = s->codes[d];
	pthread_mutex_lock(&s->store->lookup);
	base = dictionary->base;
	*code = kpi__dictionary_find(dictionary, text, size, w.hash, w.erased);
	pthread_mutex_unlock(&s->store->lookup);
	if (*code > 0 && *code <= w.most)
		return KPI_OK;
	*code = 0;
	if (base == 0)
		return KPI_OK;
	status = find_borrowed(&w, &places, error);
	if (status == KPI_OK)
		status = confirm_places(&w, &places, code, error);
	kpi__places_free(&places);
	return status;
}

static kpi_status
take_words(void *ctx, const kpi__run *run, const kpi__item *piece)
{
	const uint64_t before = (uint64_t)run->first
	    << kpi__run_unit_bits(run->relation);
	kpi__dictionary *d = ctx;

	for (uint32_t i = 0; i < piece->word_count; i++) {
		const uint64_t place =
		    before + (piece->words[i] & ~KPI__RUN_HASH);

		if (place < d->base && d->all_count < d->base)
			d->all[d->all_count++] =
			    (piece->words[i] & KPI__RUN_HASH) | place;
	}
	return KPI_OK;
}

/* Without memory for it, the runs are searched on. */
static kpi_status
gather_all(kpi_store *store, uint32_t d, kpi_error *error)
{
	kpi__dictionary *dictionary = &store->dictionary[d];
	kpi_status status;

	dictionary->asked = 0;
	if (dictionary->base >> KPI__RUN_MOST_BITS != 0)
		return KPI_OK;
	dictionary->all = kpi__new_array(
	    &store->allocator, dictionary->base, sizeof(*dictionary->all));
	if (dictionary->all == NULL)
		return KPI_OK;
	status = kpi__runs_each(store, &store->disk->writer, d,
	    store->present->codes[d] / KPI__TEXT_PAGE, take_words, dictionary,
	    error);
	if (status == KPI_OK &&
	    kpi__order_words(dictionary->all, dictionary->all_count,
		&store->allocator) == KPI_OK)
		return KPI_OK;
	kpi__dictionary_forget_all(dictionary);
	return status;
}

static kpi_status
find_gathered(const struct wanted *w, uint32_t *code, kpi_error *error)
{
	const kpi__dictionary *d = &w->store->dictionary[w->dictionary];
	const uint64_t word = w->hash & KPI__RUN_HASH;
	kpi_status status = KPI_OK;

	for (uint32_t i = kpi__run_seek(d->all, d->all_count, 0, word);
	     i < d->all_count && ((d->all[i] ^ word) & KPI__RUN_HASH) == 0 &&
	     status == KPI_OK && *code == 0;
	     i++)
		status =
		    confirm(w, (d->all[i] & ~KPI__RUN_HASH) + 1, code, error);
	return status;
}

kpi_status
kpi__names_find_newest(kpi_store *store, uint32_t d, const char *text,
    size_t size, uint32_t *code, kpi_error *error)
{
	struct wanted w = want(store, d, text, size);
	kpi__places places = { &store->allocator, NULL, 0, 0 };
	kpi__dictionary *dictionary = &store->dictionary[d];
	kpi_status status = KPI_OK;

	w.erased = d == KPI__CUSTOMERS ? store->present->erased : NULL;
	w.most = dictionary->base;
	*code = kpi__dictionary_find(dictionary, text, size, w.hash, w.erased);
	if (*code != 0 || dictionary->base == 0)
		return KPI_OK;
	if (dictionary->all == NULL &&
	    ++dictionary->asked > WORTH_GATHERING(dictionary))
		status = gather_all(store, d, error);
	if (status == KPI_OK && dictionary->all != NULL)
		return find_gathered(&w, code, error);
	if (status == KPI_OK)
		status = find_sealed(&w, &store->disk->writer,
		    store->present->codes[d] / KPI__TEXT_PAGE, &places, error);
	if (status == KPI_OK)
		status = confirm_places(&w, &places, code, error);
	kpi__places_free(&places);
	return status;
}

/* Nobody who is not shut out by the write lock has a text. */
static void
forget_pages(kpi_store *store)
{
	if (store->outside > 0 || atomic_load(&store->named_bytes) <= KEPT)
		return;
	for (uint32_t d = 0; d < KPI__ALL_DICTIONARIES; d++)
		kpi__dictionary_forget_pages(&store->dictionary[d]);
	atomic_store(&store->named_bytes, 0);
}

void
kpi__names_give_back(kpi_store *store)
{
	for (uint32_t d = 0; d < KPI__ALL_DICTIONARIES; d++) {
		kpi__dictionary_forget_all(&store->dictionary[d]);
		store->dictionary[d].asked = 0;
	}
	pthread_mutex_lock(&store->publish);
	forget_pages(store);
	pthread_mutex_unlock(&store->publish);
}

void
kpi__names_forget(kpi_store *store)
{
	if (pthread_mutex_trylock(&store->write) != 0)
		return;
	pthread_mutex_lock(&store->publish);
	forget_pages(store);
	pthread_mutex_unlock(&store->publish);
	pthread_mutex_unlock(&store->write);
}
