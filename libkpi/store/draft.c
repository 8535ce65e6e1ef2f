/* SPDX-License-Identifier: MIT */
#include "store/draft.h"

#include "base/error.h"
#include "base/memory.h"
#include "store/names.h"
#include "store/run.h"

#define NO_MEMORY   "no memory for the rows"
#define FIRST_BLOCK 64
#define MOST_BLOCK  4096

kpi_status
kpi__draft_add_text(kpi_store *store, uint32_t dictionary, const char *text,
    size_t size, uint32_t *code, kpi_error *error)
{
	const kpi_status status =
	    kpi__dictionary_add(&store->dictionary[dictionary], text, size,
		kpi__dictionary_hash(text, size), code);

	if (status != KPI_OK)
		return kpi__fail(error, status, NO_MEMORY);
	return KPI_OK;
}

/* A block at the end of the tail that `rows` more rows fit into. */
static kpi_status
add_block(kpi__snapshot *draft, uint32_t rows)
{
	const kpi_allocator *allocator = &draft->store->allocator;
	const kpi__list *tail = draft->tail;
	uint32_t room = FIRST_BLOCK, row_room;
	kpi__block *block;
	kpi__version *v;

	if (tail->count > 0 && tail->at[tail->count - 1]->block != NULL)
		room = tail->at[tail->count - 1]->block->room * 4;
	if (room < FIRST_BLOCK)
		room = FIRST_BLOCK;
	if (room > MOST_BLOCK)
		room = MOST_BLOCK;
	row_room = room + room / 2;
	block =
	    kpi__block_new(allocator, room, rows > row_room ? rows : row_room);
	if (block == NULL)
		return KPI_ENOMEM;
	v = kpi__version_of_block(allocator, block);
	if (v == NULL) {
		kpi__block_release(block);
		return KPI_ENOMEM;
	}
	if (kpi__list_append(allocator, &draft->tail, v) != KPI_OK) {
		kpi__version_release(allocator, v);
		return KPI_ENOMEM;
	}
	return KPI_OK;
}

static int
fits(const kpi__list *tail, uint32_t rows)
{
	const kpi__version *v;

	if (tail->count == 0)
		return 0;
	v = tail->at[tail->count - 1];
	return v->block != NULL && v->part.interactions < v->block->room &&
	    rows <= v->block->row_room - v->part.rows;
}

static kpi_status
append(kpi__snapshot *draft, const kpi__input *in)
{
	kpi_store *store = draft->store;
	kpi_status status = KPI_OK;
	kpi__version *v;
	uint32_t last;

	if (!fits(draft->tail, in->rows))
		status = add_block(draft, in->rows);
	if (status != KPI_OK)
		return status;
	last = draft->tail->count - 1;
	status =
	    kpi__list_own(&store->allocator, &draft->tail, last, &store->known);
	if (status != KPI_OK)
		return status;
	v = draft->tail->at[last];
	if (in->id != NULL) {
		pthread_mutex_lock(&store->lookup);
		status = kpi__tail_ids_put(
		    draft->ids, in->id_hash, last, v->part.interactions);
		draft->id_count = draft->ids->index.count;
		pthread_mutex_unlock(&store->lookup);
	}
	if (status == KPI_OK)
		status = kpi__version_append(v, in);
	return status;
}

kpi_status
kpi__draft_append(kpi__snapshot *draft, const kpi__input *in, kpi_error *error)
{
	const kpi_status status = append(draft, in);

	if (status != KPI_OK)
		return kpi__fail(error, status, NO_MEMORY);
	draft->interactions++;
	draft->rows += in->rows;
	return KPI_OK;
}

static kpi_status
filter_piece(void *ctx, const kpi__run *run, const kpi__item *piece)
{
	kpi_store *store = ctx;

	(void)run;
	kpi__bloom_add_all(&store->filter, piece->words, piece->word_count);
	return KPI_OK;
}

/* The ids of all chunks, wherever their words are. */
static kpi_status
fill_filter(kpi__snapshot *draft, kpi_error *error)
{
	kpi_store *store = draft->store;
	uint32_t p = 0;
	kpi_status status = KPI_OK;

	if (store->disk != NULL) {
		p = store->present->sealed->count;
		status = kpi__runs_each(store, &store->disk->writer,
		    KPI__RUN_IDS, p, filter_piece, store, error);
	}
	for (; p < draft->sealed->count && status == KPI_OK; p++) {
		const kpi__item *run =
		    draft->sealed->at[p]->chunk->item[KPI__ITEM_RUN];

		if (run != NULL)
			status = filter_piece(store, NULL, run);
	}
	return status;
}

/* The filter is made anew, twice as wide, when more ids come than it is good
 * for; without memory for that it only grows less sure. */
kpi_status
kpi__draft_filter(kpi__snapshot *draft, uint64_t more, kpi_error *error)
{
	kpi_store *store = draft->store;
	kpi_status status;

	if (store->filter.lines > 0 &&
	    store->filter.ids + more <= store->filter.room)
		return KPI_OK;
	if (kpi__bloom_make(&store->filter, &store->allocator,
		(draft->sealed_ids + more) * 2) != KPI_OK)
		return KPI_OK;
	status = fill_filter(draft, error);
	if (status != KPI_OK)
		kpi__bloom_free(&store->filter, &store->allocator);
	return status;
}

kpi_status
kpi__draft_seal(kpi__snapshot *draft, kpi__chunk *chunk, kpi_error *error)
{
	kpi_store *store = draft->store;
	const kpi__item *run = chunk->item[KPI__ITEM_RUN];
	const uint32_t ids = run == NULL ? 0 : run->word_count;
	kpi_status status = KPI_OK;
	kpi__version *v;

	if (ids > 0)
		status = kpi__draft_filter(draft, ids, error);
	if (status != KPI_OK)
		return status;
	v = kpi__version_of_chunk(&store->allocator, chunk);
	if (v == NULL)
		return kpi__fail(error, KPI_ENOMEM, NO_MEMORY);
	status = kpi__list_append(&store->allocator, &draft->sealed, v);
	if (status != KPI_OK) {
		kpi__chunk_hold(chunk);
		kpi__version_release(&store->allocator, v);
		return kpi__fail(error, status, NO_MEMORY);
	}
	if (ids > 0)
		kpi__bloom_add_all(&store->filter, run->words, ids);
	draft->sealed_ids += ids;
	draft->interactions += chunk->interactions;
	draft->rows += chunk->rows;
	return KPI_OK;
}

static kpi_status
own(kpi__snapshot *draft, const kpi__spot *spot, kpi__version **v)
{
	kpi__list **list = spot->in_tail ? &draft->tail : &draft->sealed;
	const kpi_status status = kpi__list_own(
	    &draft->store->allocator, list, spot->part, &draft->store->known);

	*v = (*list)->at[spot->part];
	return status;
}

kpi_status
kpi__draft_kill(kpi__snapshot *draft, const kpi__spot *spot,
    const kpi__input *in, kpi_error *error)
{
	kpi__version *v;
	kpi_status status = own(draft, spot, &v);

	if (status == KPI_OK)
		status = kpi__version_kill(
		    &draft->store->allocator, v, spot->interaction, in);
	if (status != KPI_OK)
		return kpi__fail(error, status, NO_MEMORY);
	draft->interactions--;
	draft->rows -= in->rows;
	return KPI_OK;
}

static kpi_status
patch(kpi__snapshot *draft, const kpi__spot *spot, const kpi__input *old,
    const kpi__input *in)
{
	const kpi_allocator *allocator = &draft->store->allocator;
	const int64_t before = kpi__input_latest(old);
	int64_t after;
	kpi__version *v;
	kpi_status status = own(draft, spot, &v);

	for (int32_t f = 1; f <= KPI__WHOLE_FIELDS && status == KPI_OK; f++) {
		const kpi__patch p = { in->value[f - 1], spot->interaction };

		if (f == KPI_FIELD_ID || in->value[f - 1] == old->value[f - 1])
			continue;
		status = kpi__patch_set_put(
		    allocator, &v->patches, f, p, ++draft->store->serials);
	}
	if (status != KPI_OK)
		return status;
	after = kpi__ranges_widen(v->part.range, in);
	if (after >= v->latest)
		v->latest = after;
	else if (before == v->latest)
		v->stale = 1;
	return KPI_OK;
}

kpi_status
kpi__draft_change(kpi__snapshot *draft, const kpi__spot *spot,
    const kpi__input *old, const kpi__input *in, int visits_given,
    kpi_error *error)
{
	const uint32_t start = KPI_FIELD_STARTED_AT - 1;
	kpi_status status;

	if (!spot->in_tail && !visits_given &&
	    in->value[start] == old->value[start]) {
		status = patch(draft, spot, old, in);
		if (status != KPI_OK)
			return kpi__fail(error, status, NO_MEMORY);
		return KPI_OK;
	}
	status = kpi__draft_kill(draft, spot, old, error);
	if (status == KPI_OK)
		status = kpi__draft_append(draft, in, error);
	return status;
}
