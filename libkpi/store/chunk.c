/* SPDX-License-Identifier: MIT */
#include "store/chunk.h"

#include <string.h>

#include "base/memory.h"
#include "store/blob.h"
#include "store/input.h"
#include "store/order.h"
#include "store/sheaf.h"

kpi__chunk *
kpi__chunk_new(const kpi_allocator *allocator, uint64_t number,
    uint32_t interactions, uint32_t rows, const uint32_t *first_row)
{
	const size_t size = ((size_t)interactions + 1) * sizeof(*first_row);
	kpi__chunk *chunk = kpi__new_zeroed(allocator, 1, sizeof(*chunk));

	if (chunk == NULL)
		return NULL;
	chunk->allocator = allocator;
	atomic_init(&chunk->refs, 1);
	chunk->number = number;
	chunk->interactions = interactions;
	chunk->rows = rows;
	for (int visit = 0; visit < 2; visit++)
		for (int text = 0; text < 2; text++) {
			chunk->blank[visit][text].base = text ? 0 : KPI_UNKNOWN;
			chunk->blank[visit][text].rows =
			    visit ? rows : interactions;
		}
	if (first_row == NULL || rows == interactions)
		return chunk;
	chunk->first_row = kpi__new_array(allocator, size, 1);
	if (chunk->first_row == NULL) {
		kpi__chunk_release(chunk);
		return NULL;
	}
	memcpy(chunk->first_row, first_row, size);
	return chunk;
}

void
kpi__chunk_hold(kpi__chunk *chunk)
{
	atomic_fetch_add(&chunk->refs, 1);
}

void
kpi__chunk_release(kpi__chunk *chunk)
{
	if (chunk == NULL || atomic_fetch_sub(&chunk->refs, 1) != 1)
		return;
	for (uint32_t i = 0; i < KPI__ITEMS; i++)
		kpi__item_free(chunk->allocator, chunk->item[i]);
	kpi__release(chunk->allocator, chunk->first_row,
	    (size_t)chunk->interactions + 1, sizeof(*chunk->first_row));
	kpi__sheaf_free(chunk->sheaf, chunk->allocator);
	kpi__release(chunk->allocator, chunk, 1, sizeof(*chunk));
}

kpi_status
kpi__chunk_set(
    kpi__chunk *chunk, const kpi__field *field, const int64_t *values)
{
	const uint32_t rows =
	    field->of_visit ? chunk->rows : chunk->interactions;
	kpi__item *item =
	    kpi__item_pack(chunk->allocator, (uint32_t)field->number, values,
		rows, field->type == KPI__TYPE_TEXT);

	if (item == NULL)
		return KPI_ENOMEM;
	if (item->column.width == 0 &&
	    !kpi__field_is_known(field, item->column.base)) {
		kpi__item_free(chunk->allocator, item);
		return KPI_OK;
	}
	chunk->fields |= UINT64_C(1) << field->number;
	chunk->item[field->number] = item;
	return KPI_OK;
}

static kpi__item *
page_of(const kpi__chunk *chunk, const char *const *ids, const uint32_t *sizes,
    size_t bytes)
{
	const size_t head =
	    ((size_t)chunk->interactions + 1) * sizeof(uint32_t);
	kpi__item *item =
	    kpi__item_new(chunk->allocator, KPI_FIELD_ID, head + bytes);
	uint32_t *offsets;
	uint32_t at = 0;
	char *text;

	if (item == NULL)
		return NULL;
	offsets = kpi__item_payload(item);
	text = (char *)offsets + head;
	for (uint32_t i = 0; i < chunk->interactions; i++) {
		offsets[i] = at;
		if (ids[i] == NULL)
			continue;
		memcpy(text + at, ids[i], sizes[i]);
		at += sizes[i];
	}
	offsets[chunk->interactions] = at;
	item->offsets = offsets;
	item->bytes = text;
	return item;
}

static kpi__item *
run_of(const kpi__chunk *chunk, const char *const *ids, const uint64_t *hashes,
    uint32_t count)
{
	kpi__item *item = kpi__item_new(
	    chunk->allocator, KPI__ITEM_RUN, count * sizeof(uint64_t));
	uint64_t *words;

	if (item == NULL)
		return NULL;
	words = kpi__item_payload(item);
	item->words = words;
	for (uint32_t i = 0; i < chunk->interactions; i++)
		if (ids[i] != NULL)
			words[item->word_count++] =
			    (hashes[i] & KPI__RUN_HASH) | i;
	if (kpi__order_words(words, count, chunk->allocator) != KPI_OK) {
		kpi__item_free(chunk->allocator, item);
		return NULL;
	}
	return item;
}

kpi_status
kpi__chunk_set_ids(kpi__chunk *chunk, const char *const *ids,
    const uint32_t *sizes, const uint64_t *hashes)
{
	uint32_t count = 0;
	size_t bytes = 0;

	for (uint32_t i = 0; i < chunk->interactions; i++)
		if (ids[i] != NULL) {
			count++;
			bytes += sizes[i];
		}
	if (count == 0)
		return KPI_OK;
	chunk->item[KPI_FIELD_ID] = page_of(chunk, ids, sizes, bytes);
	if (chunk->item[KPI_FIELD_ID] == NULL)
		return KPI_ENOMEM;
	chunk->fields |= UINT64_C(1) << KPI_FIELD_ID;
	if (hashes == NULL)
		return KPI_OK;
	chunk->item[KPI__ITEM_RUN] = run_of(chunk, ids, hashes, count);
	return chunk->item[KPI__ITEM_RUN] == NULL ? KPI_ENOMEM : KPI_OK;
}

kpi__item *
kpi__chunk_counts(const kpi__chunk *chunk)
{
	const uint32_t n = chunk->interactions;
	int64_t *counts =
	    kpi__new_array(chunk->allocator, n, sizeof(*counts));
	kpi__item *item;

	if (counts == NULL)
		return NULL;
	for (uint32_t i = 0; i < n; i++)
		counts[i] =
		    (int64_t)chunk->first_row[i + 1] - chunk->first_row[i];
	item =
	    kpi__item_pack(chunk->allocator, KPI__ITEM_ROWS, counts, n, 0);
	kpi__release(chunk->allocator, counts, n, sizeof(*counts));
	return item;
}

kpi_status
kpi__chunk_count_rows(kpi__chunk *chunk, const kpi__item *counts)
{
	const uint32_t n = chunk->interactions;
	uint32_t *first = kpi__new_array(
	    chunk->allocator, (size_t)n + 1, sizeof(*first));

	if (first == NULL)
		return KPI_ENOMEM;
	first[0] = 0;
	for (uint32_t i = 0; i < n; i++)
		first[i + 1] = first[i] +
		    (uint32_t)kpi__column_value(&counts->column, i);
	chunk->first_row = first;
	return first[n] == chunk->rows ? KPI_OK : KPI_ECORRUPT;
}

const kpi__column *
kpi__chunk_blank(const kpi__chunk *chunk, const kpi__field *field)
{
	return &chunk->blank[field->of_visit][field->type == KPI__TYPE_TEXT];
}
