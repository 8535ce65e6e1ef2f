/* SPDX-License-Identifier: MIT */
#include "store/run.h"

#include "base/error.h"
#include "base/memory.h"
#include "store/blob.h"
#include "store/load.h"

#define PIECE_BITS 12 /* of the words of a piece, about */

/* Beside the numbers of chunks in the cache. */
#define NO_CHUNK (UINT64_C(1) << 63)

static const char sql_piece[] = "SELECT bytes FROM run WHERE key = ?";

unsigned
kpi__run_unit_bits(uint32_t relation)
{
	return relation == KPI__RUN_IDS ? 16 : 12;
}

kpi__run
kpi__run_at(uint32_t relation, uint32_t first, uint32_t units)
{
	const unsigned most = KPI__RUN_MOST_BITS - kpi__run_unit_bits(relation);
	kpi__run run = { relation, 0, first };

	while (run.level < most && (units - first) >> (run.level + 1) != 0)
		run.level++;
	return run;
}

uint32_t
kpi__run_end(const kpi__run *run)
{
	return run->first + (UINT32_C(1) << run->level);
}

unsigned
kpi__run_place_bits(const kpi__run *run)
{
	return kpi__run_unit_bits(run->relation) + run->level;
}

unsigned
kpi__run_piece_bits(const kpi__run *run)
{
	return kpi__run_place_bits(run) - PIECE_BITS;
}

uint32_t
kpi__run_piece(const kpi__run *run, uint64_t hash)
{
	const unsigned bits = kpi__run_piece_bits(run);

	return bits == 0 ? 0 : (uint32_t)(hash >> (64 - bits));
}

int64_t
kpi__run_key(const kpi__run *run, uint32_t piece)
{
	const unsigned bits = kpi__run_unit_bits(run->relation) - PIECE_BITS;

	return (int64_t)((uint64_t)run->relation << 40 |
	    (uint64_t)run->level << 32 |
	    (((uint64_t)run->first << bits) + piece));
}

uint64_t
kpi__run_word(const kpi__run *run, uint64_t hash, uint64_t place)
{
	const unsigned unit_bits = kpi__run_unit_bits(run->relation);

	return (hash & KPI__RUN_HASH) |
	    (place - ((uint64_t)run->first << unit_bits));
}

/* Hashes are spread evenly, so we begin where it should be. */
uint32_t
kpi__run_seek(
    const uint64_t *words, uint32_t count, unsigned piece_bits, uint64_t word)
{
	uint64_t low = (word << piece_bits >> 32) * count >> 32, high, step = 1;

	while (low > 0 && words[low] >= word) {
		low = low > step ? low - step : 0;
		step *= 2;
	}
	high = low;
	for (step = 1; high < count && words[high] < word; step *= 2)
		high = high + step < count ? high + step : count;
	while (low < high) {
		const uint64_t middle = low + (high - low) / 2;

		if (words[middle] < word)
			low = middle + 1;
		else
			high = middle;
	}
	return (uint32_t)low;
}

/* Whether the words are in order, all of this piece, and of this run. */
static int
is_piece(const kpi__item *item, const kpi__run *run, uint32_t piece)
{
	for (uint32_t i = 0; i < item->word_count; i++)
		if (kpi__run_piece(run, item->words[i]) != piece ||
		    (item->words[i] & ~KPI__RUN_HASH) >>
			    kpi__run_place_bits(run) !=
			0 ||
		    (i > 0 && item->words[i] <= item->words[i - 1]))
			return 0;
	return 1;
}

kpi_status
kpi__run_read(kpi_store *store, kpi__db *db, const kpi__run *run,
    uint32_t piece, kpi__item **out, kpi_error *error)
{
	const int64_t key = kpi__run_key(run, piece);
	sqlite3_stmt *statement;
	int row;
	kpi_status status = kpi__db_statement(db, sql_piece, &statement, error);

	*out = NULL;
	if (status != KPI_OK)
		return status;
	sqlite3_bind_int64(statement, 1, key);
	status = kpi__db_step(db, statement, &row, error);
	if (status != KPI_OK || !row)
		return status;
	status = kpi__blob_words(out, &store->allocator, (uint64_t)key,
	    sqlite3_column_blob(statement, 0),
	    (size_t)sqlite3_column_bytes(statement, 0), error);
	sqlite3_reset(statement);
	if (status == KPI_OK && !is_piece(*out, run, piece)) {
		kpi__item_free(&store->allocator, *out);
		*out = NULL;
		status = kpi__table_damaged("run", error);
	}
	return status;
}

static kpi_status
pin(kpi_store *store, kpi__db *db, const kpi__run *run, uint32_t piece,
    kpi__item **out, kpi_error *error)
{
	const uint64_t key = NO_CHUNK | (uint64_t)kpi__run_key(run, piece);
	kpi_status status = KPI_OK;

	*out = kpi__cache_pin(&store->cache, key, KPI__ITEM_RUN, 0);
	if (*out == NULL)
		status = kpi__run_read(store, db, run, piece, out, error);
	else
		return KPI_OK;
	if (status == KPI_OK && *out != NULL)
		*out = kpi__cache_add(&store->cache, *out, key, 0);
	return status;
}

void
kpi__places_free(kpi__places *places)
{
	kpi__release(
	    places->allocator, places->at, places->room, sizeof(*places->at));
	places->at = NULL;
	places->count = places->room = 0;
}

static kpi_status
gather(const kpi__run *run, const kpi__item *piece, uint64_t hash,
    kpi__places *places)
{
	const uint64_t before = (uint64_t)run->first
	    << kpi__run_unit_bits(run->relation);
	kpi_status status = KPI_OK;

	for (uint32_t i = kpi__run_seek(piece->words, piece->word_count,
		 kpi__run_piece_bits(run), hash & KPI__RUN_HASH);
	     i < piece->word_count &&
	     ((piece->words[i] ^ hash) & KPI__RUN_HASH) == 0 &&
	     status == KPI_OK;
	     i++) {
		status = kpi__grow(places->allocator, &places->at,
		    &places->room, places->count + 1, sizeof(*places->at));
		if (status == KPI_OK)
			places->at[places->count++] =
			    before + (piece->words[i] & ~KPI__RUN_HASH);
	}
	return status;
}

kpi_status
kpi__runs_find(kpi_store *store, kpi__db *db, uint32_t relation, uint32_t units,
    uint64_t hash, kpi__places *places, kpi_error *error)
{
	kpi_status status = KPI_OK;
	kpi__run run;

	for (uint32_t unit = 0; unit < units && status == KPI_OK;
	     unit = kpi__run_end(&run)) {
		kpi__item *piece;

		run = kpi__run_at(relation, unit, units);
		status = pin(
		    store, db, &run, kpi__run_piece(&run, hash), &piece, error);
		if (status != KPI_OK || piece == NULL)
			continue;
		status = gather(&run, piece, hash, places);
		kpi__cache_unpin(&store->cache, piece);
		if (status != KPI_OK)
			status = kpi__fail(error, status, "no memory to find");
	}
	return status;
}

kpi_status
kpi__runs_each(kpi_store *store, kpi__db *db, uint32_t relation, uint32_t units,
    kpi_status (*take)(void *ctx, const kpi__run *run, const kpi__item *piece),
    void *ctx, kpi_error *error)
{
	kpi_status status = KPI_OK;
	kpi__run run;

	for (uint32_t unit = 0; unit < units && status == KPI_OK;
	     unit = kpi__run_end(&run)) {
		run = kpi__run_at(relation, unit, units);
		for (uint32_t p = 0;
		     p >> kpi__run_piece_bits(&run) == 0 && status == KPI_OK;
		     p++) {
			kpi__item *piece;

			status =
			    kpi__run_read(store, db, &run, p, &piece, error);
			if (status != KPI_OK || piece == NULL)
				continue;
			status = take(ctx, &run, piece);
			kpi__item_free(&store->allocator, piece);
		}
	}
	return status;
}
