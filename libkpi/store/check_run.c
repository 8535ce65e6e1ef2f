/* SPDX-License-Identifier: MIT */
#include "store/check_run.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/stop.h"
#include "store/id_form.h"
#include "store/load.h"
#include "store/names.h"
#include "store/read.h"
#include "store/run.h"

/*
 * The words that there are and those that there should be come in different
 * orders: what is compared is a sum over each, which any word changes.
 */
struct sums {
	const kpi__snapshot *snapshot;
	uint64_t found, expected;
	uint32_t units; /* what lies behind them is later than the snapshot */
	const kpi__checking *checking;
	kpi_error *error;
};

static uint64_t
spread(uint64_t word)
{
	word *= UINT64_C(0x9e3779b97f4a7c15);
	word ^= word >> 32;
	return word * UINT64_C(0xd1b54a32d192ed03);
}

static kpi_status
go_on(const struct sums *sums, uint32_t unit)
{
	return kpi__stopped(sums->checking->stop, sums->checking->ctx, unit,
	    sums->units, sums->error);
}

static kpi_status
fail_sums(const char *of, kpi_error *error)
{
	return kpi__fail(error, KPI_ECORRUPT,
	    "the runs of %s are not what they should be", of);
}

static kpi_status
add_piece(void *ctx, const kpi__run *run, const kpi__item *piece)
{
	const uint64_t below = (UINT64_C(1) << kpi__run_place_bits(run)) - 1;
	const unsigned unit_bits = kpi__run_unit_bits(run->relation);
	struct sums *sums = ctx;

	for (uint32_t i = 0; i < piece->word_count; i++)
		if (run->first + ((piece->words[i] & below) >> unit_bits) <
		    sums->units)
			sums->found += spread(piece->words[i]);
	return go_on(sums, run->first);
}

static void
expect(struct sums *sums, const kpi__run *run, uint64_t hash, uint64_t place)
{
	sums->expected += spread(kpi__run_word(run, hash, place));
}

/* A text is not there if, and only if, it is erased; what was erased since is
 * not told apart. */
static int
is_right(const struct sums *sums, const kpi__meta *meta, uint32_t d,
    uint32_t code, int is_there)
{
	const kpi__erased *erased = sums->snapshot->erased;

	if (d != KPI__CUSTOMERS)
		return is_there;
	if (kpi__erased_has(erased, code))
		return !is_there;
	return is_there || meta->erased > kpi__erased_count(erased);
}

static kpi_status
expect_page(struct sums *sums, kpi__db *db, const kpi__meta *meta,
    const kpi__run *run, uint32_t number, kpi_error *error)
{
	kpi_store *store = sums->snapshot->store;
	kpi__text_page *page;
	kpi_status status = kpi__names_read_page(
	    store, db, run->relation, number, &page, error);

	if (status != KPI_OK)
		return status;
	for (uint32_t i = 0; i < KPI__TEXT_PAGE; i++) {
		const uint32_t place = number * KPI__TEXT_PAGE + i;
		const char *text = page->bytes + page->at[i];

		if (!is_right(
			sums, meta, run->relation, place + 1, *text != '\0'))
			status = kpi__table_damaged("text", error);
		if (*text != '\0')
			expect(sums, run,
			    kpi__dictionary_hash(text, strlen(text)), place);
	}
	kpi__release(&store->allocator, page, page->size, 1);
	return status;
}

static kpi_status
check_dictionary(const kpi__snapshot *s, kpi__db *db, const kpi__meta *meta,
    uint32_t d, const kpi__checking *checking, kpi_error *error)
{
	const uint32_t units = meta->codes[d] / KPI__TEXT_PAGE;
	struct sums sums = { s, 0, 0, units, checking, error };
	kpi__run run = { d, 0, 0 };
	kpi_status status =
	    kpi__runs_each(s->store, db, d, units, add_piece, &sums, error);

	for (uint32_t unit = 0; unit < units && status == KPI_OK; unit++) {
		if (unit == 0 || unit == kpi__run_end(&run))
			run = kpi__run_at(d, unit, units);
		status = go_on(&sums, unit);
		if (status == KPI_OK)
			status =
			    expect_page(&sums, db, meta, &run, unit, error);
	}
	if (status == KPI_OK && sums.found != sums.expected)
		status = fail_sums(d < KPI__DICTIONARIES
			? kpi__field_of_dictionary(d)->name
			: "activities",
		    error);
	return status;
}

kpi_status
kpi__check_texts(
    const kpi__snapshot *s, const kpi__checking *checking, kpi_error *error)
{
	kpi_store *store = s->store;
	kpi__meta meta;
	kpi__db *db;
	kpi_status status;

	if (store->disk == NULL)
		return KPI_OK;
	status = kpi__disk_borrow(store->disk, &db, error);
	if (status != KPI_OK)
		return status;
	status = kpi__db_run(db, "BEGIN", error);
	if (status == KPI_OK)
		status = kpi__meta_read(db, &meta, error);
	for (uint32_t d = 0; d < KPI__ALL_DICTIONARIES && status == KPI_OK; d++)
		status = check_dictionary(s, db, &meta, d, checking, error);
	kpi__db_end(db);
	kpi__disk_give_back(store->disk, db);
	return status;
}

static kpi_status
add_words(struct sums *sums, uint32_t *units, kpi_error *error)
{
	kpi_store *store = sums->snapshot->store;
	kpi__meta meta;
	kpi__db *db;
	kpi_status status = kpi__disk_borrow(store->disk, &db, error);

	if (status != KPI_OK)
		return status;
	status = kpi__db_run(db, "BEGIN", error);
	if (status == KPI_OK)
		status = kpi__meta_read(db, &meta, error);
	if (status == KPI_OK) {
		*units = (uint32_t)meta.chunks;
		status = kpi__runs_each(
		    store, db, KPI__RUN_IDS, *units, add_piece, sums, error);
	}
	kpi__db_end(db);
	kpi__disk_give_back(store->disk, db);
	return status;
}

static kpi_status
expect_ids(struct sums *sums, const kpi__run *run, uint32_t unit,
    kpi__item *page, const kpi__column *source, kpi_error *error)
{
	char id[KPI_TEXT_MAX + 1];
	kpi_status status = KPI_OK;

	for (uint32_t i = 0; i < source->rows && status == KPI_OK; i++) {
		const uint32_t size = kpi__item_id(page, i, id);
		uint64_t hash;

		if (size == 0)
			continue;
		status = kpi__names_id_hash(sums->snapshot->store,
		    kpi__column_value(source, i), id, size, &hash, error);
		if (status == KPI_OK)
			expect(sums, run, hash, (uint64_t)unit << 16 | i);
	}
	return status;
}

static kpi_status
expect_chunk(
    struct sums *sums, const kpi__run *run, uint32_t unit, kpi_error *error)
{
	const kpi__field *field = kpi__field_find(KPI_FIELD_SOURCE);
	const kpi__version *v = sums->snapshot->sealed->at[unit];
	kpi_store *store = sums->snapshot->store;
	const kpi__column *source;
	kpi__item *page;
	kpi_status status =
	    kpi__chunk_pin(store, v->chunk, KPI_FIELD_ID, &page, error);

	if (status != KPI_OK || page == NULL)
		return status;
	status = kpi__version_pin(store, v, field, &source, error);
	if (status == KPI_OK) {
		status = expect_ids(sums, run, unit, page, source, error);
		kpi__version_unpin(store, v, field, source);
	}
	kpi__chunk_unpin(store, v->chunk, page);
	return status;
}

kpi_status
kpi__check_ids(
    const kpi__snapshot *s, const kpi__checking *checking, kpi_error *error)
{
	struct sums sums = { s, 0, 0, s->sealed->count, checking, error };
	kpi__run run = { KPI__RUN_IDS, 0, 0 };
	uint32_t units = 0;
	kpi_status status = KPI_OK;

	if (s->store->disk != NULL)
		status = add_words(&sums, &units, error);
	for (uint32_t unit = 0; unit < sums.units && status == KPI_OK; unit++) {
		const kpi__item *piece =
		    s->sealed->at[unit]->chunk->item[KPI__ITEM_RUN];

		if (s->store->disk == NULL)
			run.first = unit;
		else if (unit == 0 || unit == kpi__run_end(&run))
			run = kpi__run_at(KPI__RUN_IDS, unit, units);
		status = piece == NULL ? go_on(&sums, unit)
				       : add_piece(&sums, &run, piece);
		if (status == KPI_OK)
			status = expect_chunk(&sums, &run, unit, error);
	}
	if (status == KPI_OK && sums.found != sums.expected)
		status = fail_sums("ids", error);
	return status;
}
