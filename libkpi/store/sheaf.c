/* SPDX-License-Identifier: MIT */
#include "store/sheaf.h"

#include <string.h>

#include "base/bytes.h"
#include "base/error.h"
#include "base/memory.h"
#include "store/blob.h"
#include "store/id_form.h"
#include "store/names.h"
#include "store/order.h"
#include "store/read.h"

#define NO_MEMORY "no memory for the tail"

/* Beside the numbers of chunks in the cache. */
#define NO_CHUNK (UINT64_C(1) << 62)

struct kpi__sheaf {
	size_t size; /* of this block of memory */
	struct {
		size_t at, size;
	} piece[KPI__ITEMS];
	unsigned char bytes[];
};

uint32_t
kpi__sheaf_least(const kpi_store *store)
{
	const uint32_t least = store->chunk_size / 256;

	return least < 2 ? 2 : least;
}

void
kpi__sheaf_free(kpi__sheaf *sheaf, const kpi_allocator *allocator)
{
	if (sheaf != NULL)
		kpi__release(allocator, sheaf, sheaf->size, 1);
}

/* What is written, as a chunk. */
struct cut {
	const kpi__version *v;
	uint32_t begin, first_row; /* in the block */
	kpi__chunk *chunk;
};

static kpi_status
set_field(const struct cut *cut, const kpi__field *field, int64_t *values)
{
	const uint32_t first = field->of_visit ? cut->first_row : cut->begin;
	const uint32_t count =
	    field->of_visit ? cut->chunk->rows : cut->chunk->interactions;

	for (uint32_t i = 0; i < count; i++)
		values[i] = kpi__block_value(cut->v->block, field, first + i);
	return kpi__chunk_set(cut->chunk, field, values);
}

static kpi_status
set_ids(const struct cut *cut, const kpi_allocator *a)
{
	const uint32_t count = cut->chunk->interactions;
	const char **ids = kpi__new_array(a, count, sizeof(*ids));
	uint32_t *sizes = kpi__new_array(a, count, sizeof(*sizes));
	kpi_status status = KPI_ENOMEM;

	if (ids != NULL && sizes != NULL) {
		for (uint32_t i = 0; i < count; i++) {
			ids[i] = kpi__block_id(cut->v->block, cut->begin + i);
			sizes[i] =
			    ids[i] == NULL ? 0 : (uint32_t)strlen(ids[i]);
		}
		status = kpi__chunk_set_ids(cut->chunk, ids, sizes, NULL);
	}
	kpi__release(a, ids, count, sizeof(*ids));
	kpi__release(a, sizes, count, sizeof(*sizes));
	return status;
}

static kpi_status
set_rows(const struct cut *cut)
{
	kpi__chunk *chunk = cut->chunk;
	const uint32_t n = chunk->interactions;

	if (chunk->rows == n)
		return KPI_OK;
	chunk->first_row = kpi__new_array(
	    chunk->allocator, (size_t)n + 1, sizeof(*chunk->first_row));
	if (chunk->first_row == NULL)
		return KPI_ENOMEM;
	for (uint32_t i = 0; i <= n; i++)
		chunk->first_row[i] =
		    cut->v->block->first_row[cut->begin + i] - cut->first_row;
	return KPI_OK;
}

static kpi_status
fill(const struct cut *cut, const kpi_allocator *a)
{
	const uint32_t rows = cut->chunk->rows;
	int64_t *values = kpi__new_array(a, rows, sizeof(*values));
	kpi_status status = values == NULL ? KPI_ENOMEM : set_rows(cut);

	for (uint32_t f = 0; f < KPI__FIELDS && status == KPI_OK; f++)
		if (f + 1 != KPI_FIELD_ID)
			status = set_field(cut, kpi__field_at(f), values);
	if (status == KPI_OK)
		status = set_ids(cut, a);
	kpi__release(a, values, rows, sizeof(*values));
	return status;
}

static void
put_piece(kpi__buffer *out, const kpi__chunk *chunk, const kpi__item *item)
{
	const unsigned char size[4] = { 0 };
	const size_t at = out->size;

	kpi__buffer_put(out, size, sizeof(size));
	kpi__blob_encode(out, chunk, item);
	if (out->status == KPI_OK)
		kpi__put32(
		    out->bytes + at, (uint32_t)(out->size - at - sizeof(size)));
}

static void
put_all(kpi__buffer *out, const kpi__chunk *chunk)
{
	kpi__buffer_put_varint(out, chunk->rows);
	kpi__buffer_put_varint(out, chunk->fields);
	kpi__buffer_put_signed(out, chunk->latest);
	for (int a = 0; a < KPI__RANGES; a++) {
		const kpi__range *range = &chunk->range[a];
		const int is_there = range->least <= range->greatest;

		kpi__buffer_put_byte(out, (unsigned)is_there);
		if (!is_there)
			continue;
		kpi__buffer_put_signed(out, range->least);
		kpi__buffer_put_signed(out, range->greatest);
	}
	if (chunk->first_row != NULL) {
		kpi__item *counts = kpi__chunk_counts(chunk);

		if (counts == NULL)
			out->status = KPI_ENOMEM;
		else
			put_piece(out, chunk, counts);
		kpi__item_free(chunk->allocator, counts);
	}
	for (uint32_t i = 1; i <= KPI__FIELDS; i++)
		if (chunk->item[i] != NULL)
			put_piece(out, chunk, chunk->item[i]);
}

kpi_status
kpi__sheaf_put(kpi__buffer *out, kpi_store *store, const kpi__version *v,
    uint32_t begin, uint32_t until, kpi_error *error)
{
	const uint32_t *first_row = v->block->first_row;
	const kpi_allocator *a = &store->allocator;
	struct cut cut = { v, begin, first_row[begin], NULL };
	kpi_status status = KPI_ENOMEM;

	cut.chunk = kpi__chunk_new(
	    a, 0, until - begin, first_row[until] - first_row[begin], NULL);
	if (cut.chunk != NULL)
		status = fill(&cut, a);
	if (status != KPI_OK)
		status = kpi__fail(error, status, NO_MEMORY);
	else
		status = kpi__chunk_know(store, cut.chunk, error);
	if (status == KPI_OK)
		put_all(out, cut.chunk);
	kpi__chunk_release(cut.chunk);
	return status;
}

static kpi_status
damaged(kpi_error *error)
{
	return kpi__fail(
	    error, KPI_ECORRUPT, "the tail: a sheaf is not what it should be");
}

/* Who waits yet may have an own event at any time to come. */
static int
read_range(kpi__reader *r, int anchor, kpi__range *out)
{
	const unsigned is_there = kpi__read_byte(r);

	out->least = INT64_MAX;
	out->greatest = INT64_MIN;
	if (is_there == 0)
		return anchor == KPI__RANGE_SURVEY;
	out->least = kpi__read_signed(r);
	out->greatest = kpi__read_signed(r);
	return is_there == 1 && out->least <= out->greatest &&
	    out->least > INT64_MIN / 2 &&
	    (out->greatest < INT64_MAX / 2 ||
		(anchor == KPI__ANCHOR_OWN_EVENT &&
		    out->greatest == INT64_MAX));
}

/* What stands before the pieces. 0: it cannot be. */
static int
read_head(kpi__chunk *chunk, kpi__reader *r)
{
	const uint64_t all = (UINT64_C(1) << (KPI__FIELDS + 1)) - 2;
	const uint64_t needed = UINT64_C(1) << KPI_FIELD_STARTED_AT;
	int holds;

	chunk->fields = kpi__read_varint(r);
	chunk->latest = kpi__read_signed(r);
	holds = (chunk->fields & ~all) == 0 && (chunk->fields & needed) != 0;
	for (int a = 0; a < KPI__RANGES && holds; a++)
		holds = read_range(r, a, &chunk->range[a]);
	return holds && !r->bad &&
	    chunk->latest >= chunk->range[KPI__ANCHOR_STARTED].greatest &&
	    chunk->latest < INT64_MAX / 2;
}

/* Where the pieces are, up to the end. */
static int
read_places(kpi__chunk *chunk, const kpi__reader *r)
{
	kpi__sheaf *sheaf = chunk->sheaf;
	const size_t size = (size_t)(r->end - r->at);
	size_t at = 0;

	for (uint32_t i = 0; i <= KPI__FIELDS; i++) {
		const int is_there = i == KPI__ITEM_ROWS
		    ? chunk->rows != chunk->interactions
		    : (chunk->fields >> i & 1) != 0;

		if (!is_there)
			continue;
		if (size - at < 4)
			return 0;
		sheaf->piece[i].at = at + 4;
		sheaf->piece[i].size = kpi__get32(r->at + at);
		at += 4;
		if (size - at < sheaf->piece[i].size)
			return 0;
		at += sheaf->piece[i].size;
	}
	return at == size;
}

static kpi_status
read_rows(kpi__chunk *chunk, kpi_error *error)
{
	kpi__item *counts;
	kpi_status status;

	if (chunk->rows == chunk->interactions)
		return KPI_OK;
	status = kpi__sheaf_fetch(chunk, KPI__ITEM_ROWS, &counts, error);
	if (status != KPI_OK)
		return status;
	status = kpi__chunk_count_rows(chunk, counts);
	kpi__item_free(chunk->allocator, counts);
	if (status == KPI_ENOMEM)
		return kpi__fail(error, status, NO_MEMORY);
	return status == KPI_OK ? KPI_OK : damaged(error);
}

static kpi_status
read_sheaf(kpi__chunk *chunk, kpi__reader *r, kpi_error *error)
{
	size_t size;

	if (!read_head(chunk, r))
		return damaged(error);
	size = sizeof(*chunk->sheaf) + (size_t)(r->end - r->at);
	chunk->sheaf = kpi__new_zeroed(chunk->allocator, size, 1);
	if (chunk->sheaf == NULL)
		return kpi__fail(error, KPI_ENOMEM, NO_MEMORY);
	chunk->sheaf->size = size;
	if (!read_places(chunk, r))
		return damaged(error);
	memcpy(chunk->sheaf->bytes, r->at, (size_t)(r->end - r->at));
	r->at = r->end;
	return read_rows(chunk, error);
}

kpi_status
kpi__sheaf_open(kpi__version **out, kpi_store *store, kpi__reader *r,
    int64_t count, const uint32_t *codes, kpi_error *error)
{
	const kpi_allocator *a = &store->allocator;
	const uint64_t rows = kpi__read_varint(r);
	kpi__chunk *chunk;
	kpi_status status;

	if (count < 1 || count > KPI__CHUNK_INTERACTIONS ||
	    rows < (uint64_t)count || rows > KPI__CHUNK_ROWS + KPI__VISITS_MAX)
		return damaged(error);
	chunk = kpi__chunk_new(a, NO_CHUNK | ++store->sheaves, (uint32_t)count,
	    (uint32_t)rows, NULL);
	if (chunk == NULL)
		return kpi__fail(error, KPI_ENOMEM, NO_MEMORY);
	memcpy(chunk->codes, codes, sizeof(chunk->codes));
	status = read_sheaf(chunk, r, error);
	if (status == KPI_OK) {
		*out = kpi__version_of_chunk(a, chunk);
		if (*out != NULL) {
			(*out)->part.sorted = 0;
			return KPI_OK;
		}
		status = kpi__fail(error, KPI_ENOMEM, NO_MEMORY);
	}
	kpi__chunk_release(chunk);
	return status;
}

kpi_status
kpi__sheaf_fetch(
    const kpi__chunk *chunk, uint32_t number, kpi__item **out, kpi_error *error)
{
	const kpi__sheaf *sheaf = chunk->sheaf;

	return kpi__blob_decode(out, chunk, number,
	    sheaf->bytes + sheaf->piece[number].at, sheaf->piece[number].size,
	    error);
}

static kpi_status
put_words(kpi_store *store, const kpi__version *v, const kpi__item *ids,
    const kpi__column *sources, kpi__item *run, kpi_error *error)
{
	uint64_t *words = kpi__item_payload(run);
	kpi_status status = KPI_OK;

	run->words = words;
	for (uint32_t i = 0; i < v->part.interactions && status == KPI_OK;
	     i++) {
		char id[KPI_TEXT_MAX + 1];
		const uint32_t size = kpi__item_id(ids, i, id);
		uint64_t hash;

		if (size == 0)
			continue;
		status = kpi__names_id_hash(store,
		    kpi__column_value(sources, i), id, size, &hash, error);
		if (status == KPI_OK)
			words[run->word_count++] = (hash & KPI__RUN_HASH) | i;
	}
	if (status == KPI_OK &&
	    kpi__order_words(words, run->word_count, &store->allocator) !=
		KPI_OK)
		status = kpi__fail(error, KPI_ENOMEM, NO_MEMORY);
	return status;
}

kpi_status
kpi__sheaf_need_run(kpi_store *store, const kpi__version *v, kpi_error *error)
{
	const kpi__field *source = kpi__field_find(KPI_FIELD_SOURCE);
	const kpi__column *sources = NULL;
	kpi__chunk *chunk = v->chunk;
	kpi__item *ids, *run;
	kpi_status status;

	if (chunk->item[KPI__ITEM_RUN] != NULL)
		return KPI_OK;
	status = kpi__chunk_pin(store, chunk, KPI_FIELD_ID, &ids, error);
	if (status != KPI_OK || ids == NULL)
		return status;
	run = kpi__item_new(&store->allocator, KPI__ITEM_RUN,
	    chunk->interactions * sizeof(uint64_t));
	status = run == NULL
	    ? kpi__fail(error, KPI_ENOMEM, NO_MEMORY)
	    : kpi__version_pin(store, v, source, &sources, error);
	if (status == KPI_OK)
		status = put_words(store, v, ids, sources, run, error);
	kpi__version_unpin(store, v, source, sources);
	kpi__chunk_unpin(store, chunk, ids);
	if (status == KPI_OK)
		chunk->item[KPI__ITEM_RUN] = run;
	else
		kpi__item_free(&store->allocator, run);
	return status;
}
