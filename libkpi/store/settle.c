/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "store/draft.h"
#include "store/names.h"
#include "store/order.h"
#include "store/read.h"

/* Of a chunk's worth, so much more may be dead than lives. */
#define DEAD_TO_SPARE(store) ((store)->chunk_size / 16)

/* The closed interactions of the tail, and their order by start. */
struct pile {
	const kpi__list *tail;
	uint32_t count;
	uint64_t *at; /* block in the upper half, interaction in the lower */
	int64_t *start;
	uint32_t *order;
};

/* Room to put a chunk's columns together. */
struct bench {
	uint32_t first_row[KPI__CHUNK_INTERACTIONS + 1];
	const char *ids[KPI__CHUNK_INTERACTIONS];
	uint32_t sizes[KPI__CHUNK_INTERACTIONS];
	uint64_t hashes[KPI__CHUNK_INTERACTIONS];
};

static void
free_pile(struct pile *pile, const kpi_allocator *a)
{
	kpi__release(a, pile->at, pile->count, sizeof(*pile->at));
	kpi__release(a, pile->start, pile->count, sizeof(*pile->start));
	kpi__release(a, pile->order, pile->count, sizeof(*pile->order));
}

static kpi_status
make_pile(struct pile *pile, const kpi__list *tail, const kpi_allocator *a)
{
	const kpi__field *start = kpi__field_find(KPI_FIELD_STARTED_AT);
	uint32_t n = 0;
	int sorted;

	memset(pile, 0, sizeof(*pile));
	pile->tail = tail;
	for (uint32_t b = 0; b < tail->count; b++)
		pile->count += tail->at[b]->closed;
	if (pile->count == 0)
		return KPI_OK;
	pile->at = kpi__new_array(a, pile->count, sizeof(*pile->at));
	pile->start = kpi__new_array(a, pile->count, sizeof(*pile->start));
	pile->order = kpi__new_array(a, pile->count, sizeof(*pile->order));
	if (pile->at == NULL || pile->start == NULL || pile->order == NULL)
		return KPI_ENOMEM;
	for (uint32_t b = 0; b < tail->count; b++) {
		const kpi__version *v = tail->at[b];

		for (uint32_t i = 0; i < v->part.interactions; i++) {
			if (kpi__version_is_dead(v, i) ||
			    !kpi__version_is_closed(v, i))
				continue;
			pile->at[n] = (uint64_t)b << 32 | i;
			pile->start[n++] = kpi__block_value(v->block, start, i);
		}
	}
	return kpi__order(pile->order, pile->start, n, a, &sorted);
}

static const kpi__version *
picked(const struct pile *pile, uint32_t n, uint32_t *interaction)
{
	const uint64_t at = pile->at[pile->order[n]];

	*interaction = (uint32_t)at;
	return pile->tail->at[at >> 32];
}

/* How many from `begin` on make a chunk. */
static uint32_t
measure(
    const struct pile *pile, uint32_t begin, uint32_t most, struct bench *bench)
{
	uint32_t n = 0, rows = 0, i;

	bench->first_row[0] = 0;
	while (n < most && begin + n < pile->count) {
		const kpi__version *v = picked(pile, begin + n, &i);
		const uint32_t more = kpi__version_rows(v, i);

		if (n > 0 && rows + more > KPI__CHUNK_ROWS)
			break;
		rows += more;
		bench->first_row[++n] = rows;
	}
	return n;
}

static kpi_status
set_field(kpi__chunk *chunk, const struct pile *pile, uint32_t begin,
    const kpi__field *field, int64_t *values)
{
	uint32_t n = 0, i;

	for (uint32_t c = 0; c < chunk->interactions; c++) {
		const kpi__version *v = picked(pile, begin + c, &i);
		const uint32_t first = kpi__version_first_row(v, i);

		if (!field->of_visit) {
			values[n++] = kpi__block_value(v->block, field, i);
			continue;
		}
		for (uint32_t r = 0; r < kpi__version_rows(v, i); r++)
			values[n++] =
			    kpi__block_value(v->block, field, first + r);
	}
	return kpi__chunk_set(chunk, field, values);
}

static kpi_status
hash_of(kpi_store *store, const kpi__version *v, uint32_t i, const char *id,
    size_t size, uint64_t *hash, kpi_error *error)
{
	return kpi__names_id_hash(store,
	    kpi__block_value(v->block, kpi__field_find(KPI_FIELD_SOURCE), i),
	    id, size, hash, error);
}

static kpi_status
set_ids(kpi_store *store, kpi__chunk *chunk, const struct pile *pile,
    uint32_t begin, struct bench *bench, kpi_error *error)
{
	kpi_status status = KPI_OK;
	uint32_t i;

	for (uint32_t c = 0; c < chunk->interactions && status == KPI_OK; c++) {
		const kpi__version *v = picked(pile, begin + c, &i);

		bench->ids[c] = kpi__block_id(v->block, i);
		if (bench->ids[c] == NULL)
			continue;
		bench->sizes[c] = (uint32_t)strlen(bench->ids[c]);
		status = hash_of(store, v, i, bench->ids[c], bench->sizes[c],
		    &bench->hashes[c], error);
	}
	if (status != KPI_OK)
		return status;
	status =
	    kpi__chunk_set_ids(chunk, bench->ids, bench->sizes, bench->hashes);
	if (status != KPI_OK)
		return kpi__fail(error, status, "no memory for a chunk");
	return KPI_OK;
}

static kpi_status
seal(kpi__snapshot *draft, const struct pile *pile, uint32_t begin, uint32_t n,
    struct bench *bench, kpi_error *error)
{
	kpi_store *store = draft->store;
	const uint32_t rows = bench->first_row[n];
	int64_t *values =
	    kpi__new_array(&store->allocator, rows, sizeof(*values));
	kpi__chunk *chunk = kpi__chunk_new(
	    &store->allocator, ++store->chunks, n, rows, bench->first_row);
	kpi_status status =
	    values == NULL || chunk == NULL ? KPI_ENOMEM : KPI_OK;

	for (uint32_t f = 0; f < KPI__FIELDS && status == KPI_OK; f++)
		if (f + 1 != KPI_FIELD_ID)
			status = set_field(
			    chunk, pile, begin, kpi__field_at(f), values);
	kpi__release(&store->allocator, values, rows, sizeof(*values));
	if (status != KPI_OK)
		status = kpi__fail(error, status, "no memory for a chunk");
	else
		status = set_ids(store, chunk, pile, begin, bench, error);
	if (status == KPI_OK)
		status = kpi__chunk_know(store, chunk, error);
	if (status == KPI_OK)
		status = kpi__draft_seal(draft, chunk, error);
	if (status != KPI_OK)
		kpi__chunk_release(chunk);
	return status;
}

/* Copies what was not sealed, in order of adding, into a tail of its own. */
static kpi_status
carry(kpi__snapshot *draft, const struct pile *pile, uint32_t sealed,
    kpi_error *error)
{
	kpi_store *store = draft->store;
	kpi_status status = KPI_OK;
	kpi__input in;

	/* The starts are spent: they now mark what was sealed. */
	for (uint32_t n = 0; n < sealed; n++)
		pile->start[pile->order[n]] = KPI_UNKNOWN;
	kpi__input_init(&in, &store->allocator);
	for (uint32_t b = 0, n = 0; b < pile->tail->count; b++) {
		const kpi__version *v = pile->tail->at[b];

		for (uint32_t i = 0;
		     i < v->part.interactions && status == KPI_OK; i++) {
			const uint64_t at = (uint64_t)b << 32 | i;

			if (kpi__version_is_dead(v, i))
				continue;
			if (n < pile->count && pile->at[n] == at &&
			    pile->start[n++] == KPI_UNKNOWN)
				continue;
			in.id = kpi__block_id(v->block, i);
			in.id_size = 0;
			if (in.id != NULL) {
				in.id_size = (uint32_t)strlen(in.id);
				status = hash_of(store, v, i, in.id, in.id_size,
				    &in.id_hash, error);
			}
			if (status == KPI_OK)
				status =
				    kpi__version_read(store, v, i, &in, error);
			if (status == KPI_OK)
				status = kpi__draft_append(draft, &in, error);
		}
	}
	kpi__input_free(&in);
	return status;
}

static kpi_status
resettle(kpi__snapshot *draft, const struct pile *pile, struct bench *bench,
    kpi_error *error)
{
	const kpi_allocator *a = &draft->store->allocator;
	kpi_status status = KPI_OK;
	uint32_t sealed = 0;

	for (uint32_t b = 0; b < pile->tail->count; b++) {
		draft->interactions -= pile->tail->at[b]->living;
		draft->rows -= pile->tail->at[b]->living_rows;
	}
	kpi__list_release(a, draft->tail);
	kpi__tail_ids_release(draft->ids);
	draft->tail = kpi__list_new(a);
	draft->ids = kpi__tail_ids_new(a);
	draft->id_count = 0;
	if (draft->tail == NULL || draft->ids == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for the tail");
	while (status == KPI_OK &&
	    pile->count - sealed >= draft->store->chunk_size) {
		const uint32_t n =
		    measure(pile, sealed, draft->store->chunk_size, bench);

		status = seal(draft, pile, sealed, n, bench, error);
		sealed += n;
	}
	if (status == KPI_OK)
		status = carry(draft, pile, sealed, error);
	return status;
}

static int
is_due(const kpi__snapshot *draft)
{
	uint64_t closed = 0, living = 0, all = 0;

	for (uint32_t b = 0; b < draft->tail->count; b++) {
		closed += draft->tail->at[b]->closed;
		living += draft->tail->at[b]->living;
		all += draft->tail->at[b]->part.interactions;
	}
	return closed >= draft->store->settle_at ||
	    all > 2 * living + DEAD_TO_SPARE(draft->store) +
		draft->store->settle_at - draft->store->chunk_size;
}

kpi_status
kpi__draft_settle(kpi__snapshot **draft, kpi_error *error)
{
	kpi_store *store = (*draft)->store;
	const kpi_allocator *a = &store->allocator;
	kpi_error inner = KPI_ERROR_INIT;
	kpi__snapshot *next;
	struct bench *bench;
	struct pile pile;
	kpi_status status;

	if (!is_due(*draft))
		return KPI_OK;
	next = kpi__snapshot_next(store, *draft);
	bench = kpi__new_array(a, 1, sizeof(*bench));
	status = make_pile(&pile, (*draft)->tail, a);
	if (status == KPI_OK && (next == NULL || bench == NULL))
		status = KPI_ENOMEM;
	if (status == KPI_OK)
		status = resettle(next, &pile, bench, &inner);
	free_pile(&pile, a);
	kpi__release(a, bench, 1, sizeof(*bench));
	if (status == KPI_OK) {
		kpi__snapshot_drop(*draft);
		*draft = next;
		store->settle_at = store->chunk_size;
		return KPI_OK;
	}
	kpi__snapshot_drop(next);
	if (status != KPI_ENOMEM)
		return kpi__fail_at(
		    error, status, inner.field, "%s", inner.text);
	store->settle_at += DEAD_TO_SPARE(store);
	return KPI_OK;
}
