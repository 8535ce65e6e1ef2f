/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "store/read.h"
#include "store/run.h"
#include "store/sheaf.h"

struct wanted {
	const char *id;
	uint32_t id_size, source;
	uint64_t hash;
};

/* Whether an interaction lives and has the id: what a hash only hints at. */
static kpi_status
confirm(kpi_store *store, const kpi__version *v, uint32_t interaction,
    const struct wanted *w, int *same, kpi_error *error)
{
	const kpi__field *source = kpi__field_find(KPI_FIELD_SOURCE);
	char id[KPI_TEXT_MAX + 1];
	const kpi__column *column;
	uint32_t size;
	kpi_status status;

	*same = 0;
	if (kpi__version_is_dead(v, interaction))
		return KPI_OK;
	status = kpi__version_id(store, v, interaction, id, &size, error);
	if (status != KPI_OK || size != w->id_size ||
	    memcmp(id, w->id, size) != 0)
		return status;
	status = kpi__version_pin(store, v, source, &column, error);
	if (status != KPI_OK)
		return status;
	*same = kpi__column_value(column, interaction) == w->source;
	kpi__version_unpin(store, v, source, column);
	return KPI_OK;
}

static kpi_status
find_in_tail(const kpi__snapshot *s, const struct wanted *w, kpi__spot *spot,
    int *found, kpi_error *error)
{
	size_t cursor;
	uint32_t number = kpi__index_first(&s->ids->index, w->hash, &cursor);
	kpi_status status = KPI_OK;

	while (number != KPI__INDEX_NONE) {
		const uint64_t at = s->ids->at[number];

		if (number < s->id_count) {
			spot->in_tail = 1;
			spot->part = (uint32_t)(at >> 32);
			spot->interaction = (uint32_t)at;
			status = confirm(s->store, s->tail->at[spot->part],
			    spot->interaction, w, found, error);
			if (status != KPI_OK || *found)
				return status;
		}
		number = kpi__index_next(&s->ids->index, w->hash, &cursor);
	}
	return KPI_OK;
}

/* In a chunk, or sheaf, that has its run with it. */
static kpi_status
find_in_chunk(kpi_store *store, const kpi__version *v, const struct wanted *w,
    kpi__spot *spot, int *found, kpi_error *error)
{
	const uint64_t word = w->hash & KPI__RUN_HASH;
	const kpi__item *run = v->chunk->item[KPI__ITEM_RUN];
	kpi_status status = KPI_OK;

	if (run == NULL)
		return KPI_OK;
	for (uint32_t i = kpi__run_seek(run->words, run->word_count, 0, word);
	     i < run->word_count &&
	     ((run->words[i] ^ word) & KPI__RUN_HASH) == 0;
	     i++) {
		spot->interaction = (uint32_t)(run->words[i] & ~KPI__RUN_HASH);
		status = confirm(store, v, spot->interaction, w, found, error);
		if (status != KPI_OK || *found)
			break;
	}
	return status;
}

/* In what a reader has not made a block of. */
static kpi_status
find_in_sheaves(const kpi__snapshot *s, const struct wanted *w, kpi__spot *spot,
    int *found, kpi_error *error)
{
	kpi_status status = KPI_OK;

	for (uint32_t p = 0; p < s->tail->count && status == KPI_OK && !*found;
	     p++) {
		const kpi__version *v = s->tail->at[p];

		if (v->chunk == NULL)
			continue;
		spot->in_tail = 1;
		spot->part = p;
		status = kpi__sheaf_need_run(s->store, v, error);
		if (status == KPI_OK)
			status =
			    find_in_chunk(s->store, v, w, spot, found, error);
	}
	return status;
}

/* As many chunks as a file has: all, but those that a batch has made. */
static kpi_status
find_places(const kpi__snapshot *s, const struct wanted *w, int by_writer,
    kpi__places *places, kpi_error *error)
{
	kpi_store *store = s->store;
	kpi__meta meta;
	kpi__db *db;
	kpi_status status;

	if (by_writer)
		return kpi__runs_find(store, &store->disk->writer, KPI__RUN_IDS,
		    store->present->sealed->count, w->hash, places, error);
	status = kpi__disk_borrow(store->disk, &db, error);
	if (status != KPI_OK)
		return status;
	status = kpi__db_run(db, "BEGIN", error);
	if (status == KPI_OK)
		status = kpi__meta_read(db, &meta, error);
	if (status == KPI_OK)
		status = kpi__runs_find(store, db, KPI__RUN_IDS,
		    (uint32_t)meta.chunks, w->hash, places, error);
	kpi__db_end(db);
	kpi__disk_give_back(store->disk, db);
	return status;
}

static kpi_status
find_in_file(const kpi__snapshot *s, const struct wanted *w, int by_writer,
    kpi__spot *spot, int *found, kpi_error *error)
{
	kpi__places places = { &s->store->allocator, NULL, 0, 0 };
	kpi_status status = find_places(s, w, by_writer, &places, error);

	for (size_t i = 0; i < places.count && status == KPI_OK && !*found;
	     i++) {
		const kpi__version *v;

		spot->part = (uint32_t)(places.at[i] >> 16);
		spot->interaction = (uint32_t)(places.at[i] & 0xffff);
		if (spot->part >= s->sealed->count)
			continue;
		v = s->sealed->at[spot->part];
		if (spot->interaction < v->part.interactions)
			status = confirm(
			    s->store, v, spot->interaction, w, found, error);
	}
	kpi__places_free(&places);
	return status;
}

kpi_status
kpi__snapshot_find(const kpi__snapshot *s, uint32_t source, const char *id,
    uint32_t id_size, uint64_t hash, int by_writer, kpi__spot *spot, int *found,
    kpi_error *error)
{
	const struct wanted w = { id, id_size, source, hash };
	uint32_t p = 0;
	kpi_status status;

	*found = 0;
	if (!by_writer)
		pthread_mutex_lock(&s->store->lookup);
	status = find_in_tail(s, &w, spot, found, error);
	if (status == KPI_OK && !*found && !by_writer)
		status = find_in_sheaves(s, &w, spot, found, error);
	if (!by_writer)
		pthread_mutex_unlock(&s->store->lookup);
	if (status != KPI_OK || *found || s->sealed_ids == 0)
		return status;
	if (by_writer && !kpi__bloom_may_hold(&s->store->filter, hash))
		return KPI_OK;
	spot->in_tail = 0;
	if (s->store->disk != NULL) {
		status = find_in_file(s, &w, by_writer, spot, found, error);
		p = by_writer ? s->store->present->sealed->count
			      : s->sealed->count;
	}
	for (; p < s->sealed->count && status == KPI_OK && !*found; p++) {
		spot->part = p;
		status = find_in_chunk(
		    s->store, s->sealed->at[p], &w, spot, found, error);
	}
	return status;
}
