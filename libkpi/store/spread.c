/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "store/draft.h"
#include "store/id_form.h"
#include "store/names.h"
#include "store/read.h"
#include "store/sheaf.h"

#define NO_MEMORY "no memory for the tail"

static kpi_status
take_fields(kpi_store *store, const kpi__version *from, kpi__block *block,
    kpi_error *error)
{
	kpi_status status = KPI_OK;

	for (uint32_t f = 0; f < KPI__FIELDS && status == KPI_OK; f++) {
		const kpi__field *field = kpi__field_at(f);
		kpi__item *item = NULL;

		if (field->number == KPI_FIELD_ID)
			continue;
		status =
		    kpi__chunk_pin(store, from->chunk, f + 1, &item, error);
		if (status != KPI_OK || item == NULL)
			continue;
		if (kpi__block_take(block, field, &item->column) != KPI_OK)
			status = kpi__fail(error, KPI_ENOMEM, NO_MEMORY);
		kpi__chunk_unpin(store, from->chunk, item);
	}
	return status;
}

/* Where there is an id, its hash goes to the index of the tail. */
static kpi_status
take_id(kpi__snapshot *draft, kpi__block *block, uint32_t part, uint32_t i,
    const kpi__item *ids, kpi_error *error)
{
	const kpi__field *source = kpi__field_find(KPI_FIELD_SOURCE);
	char id[KPI_TEXT_MAX + 1];
	const uint32_t size = kpi__item_id(ids, i, id);
	kpi_store *store = draft->store;
	uint64_t hash;
	kpi_status status;

	if (kpi__block_set_id(block, i, size == 0 ? NULL : id, size) != KPI_OK)
		return kpi__fail(error, KPI_ENOMEM, NO_MEMORY);
	if (size == 0)
		return KPI_OK;
	status = kpi__names_id_hash(
	    store, kpi__block_value(block, source, i), id, size, &hash, error);
	if (status != KPI_OK)
		return status;
	pthread_mutex_lock(&store->lookup);
	status = kpi__tail_ids_put(draft->ids, hash, part, i);
	draft->id_count = draft->ids->index.count;
	pthread_mutex_unlock(&store->lookup);
	if (status != KPI_OK)
		return kpi__fail(error, status, NO_MEMORY);
	return KPI_OK;
}

static kpi_status
take_ids(
    kpi__snapshot *draft, kpi__block *block, uint32_t part, kpi_error *error)
{
	kpi__chunk *chunk = draft->tail->at[part]->chunk;
	kpi__item *ids;
	kpi_status status =
	    kpi__chunk_pin(draft->store, chunk, KPI_FIELD_ID, &ids, error);

	if (status != KPI_OK || ids == NULL)
		return status;
	for (uint32_t i = 0; i < chunk->interactions && status == KPI_OK; i++)
		status = take_id(draft, block, part, i, ids, error);
	kpi__chunk_unpin(draft->store, chunk, ids);
	return status;
}

/* The block's version is what that of the sheaf is. */
static void
take_state(kpi__version *v, const kpi__version *from)
{
	const uint32_t *first_row = from->part.first_row;

	for (uint32_t i = 0; i <= from->part.interactions; i++)
		v->block->first_row[i] = first_row == NULL ? i : first_row[i];
	v->part = from->part;
	if (first_row != NULL)
		v->part.first_row = v->block->first_row;
	v->dead = from->dead;
	if (v->dead != NULL)
		atomic_fetch_add(&v->dead->refs, 1);
	v->living = from->living;
	v->living_rows = from->living_rows;
	v->known_from = from->known_from;
	v->latest = from->latest;
	v->stale = from->stale;
	v->texts_end = kpi__arena_mark(&v->block->texts);
	for (uint32_t i = 0; i < v->part.interactions; i++)
		v->closed +=
		    !kpi__version_is_dead(v, i) && kpi__version_is_closed(v, i);
}

static kpi_status
spread(kpi__snapshot *draft, uint32_t part, kpi_error *error)
{
	kpi_store *store = draft->store;
	const kpi_allocator *a = &store->allocator;
	kpi__version *from = draft->tail->at[part], *v = NULL;
	kpi__block *block =
	    kpi__block_new(a, from->part.interactions, from->part.rows);
	kpi_status status = KPI_OK;

	if (block != NULL)
		v = kpi__version_of_block(a, block);
	if (v == NULL) {
		kpi__block_release(block);
		return kpi__fail(error, KPI_ENOMEM, NO_MEMORY);
	}
	status = take_fields(store, from, block, error);
	if (status == KPI_OK)
		status = take_ids(draft, block, part, error);
	if (status != KPI_OK) {
		kpi__version_release(a, v);
		return status;
	}
	pthread_mutex_lock(&store->known);
	take_state(v, from);
	pthread_mutex_unlock(&store->known);
	draft->tail->at[part] = v;
	kpi__version_release(a, from);
	return KPI_OK;
}

static int
has_sheaf(const kpi__list *tail)
{
	for (uint32_t p = 0; p < tail->count; p++)
		if (tail->at[p]->chunk != NULL)
			return 1;
	return 0;
}

kpi_status
kpi__sheaves_spread(kpi_store *store, kpi_error *error)
{
	kpi__snapshot *draft;
	kpi_status status = KPI_OK;

	if (!has_sheaf(store->present->tail))
		return KPI_OK;
	draft = kpi__snapshot_next(store, store->present);
	if (draft == NULL)
		return kpi__fail(error, KPI_ENOMEM, NO_MEMORY);
	for (uint32_t p = 0; p < draft->tail->count && status == KPI_OK; p++) {
		if (draft->tail->at[p]->chunk == NULL)
			continue;
		status = kpi__list_own(
		    &store->allocator, &draft->tail, p, &store->known);
		if (status != KPI_OK)
			status = kpi__fail(error, status, NO_MEMORY);
		else
			status = spread(draft, p, error);
	}
	if (status != KPI_OK) {
		kpi__snapshot_drop(draft);
		kpi__store_undo(store, store->present);
		return status;
	}
	kpi__store_publish(store, draft);
	return KPI_OK;
}
