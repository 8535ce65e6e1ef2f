/* SPDX-License-Identifier: MIT */
#include "store/index.h"

#include <string.h>

#include "base/memory.h"

/*
 * Open addressing, in order of number: so the table is always what putting
 * 0, 1, 2, ... in turn makes, and clearing the slot of the last one leaves
 * what was there before it.
 */

void
kpi__index_init(kpi__index *index, const kpi_allocator *allocator)
{
	memset(index, 0, sizeof(*index));
	index->allocator = allocator;
}

void
kpi__index_free(kpi__index *index)
{
	kpi__release(
	    index->allocator, index->hash, index->room, sizeof(uint64_t));
	kpi__release(
	    index->allocator, index->table, index->slots, sizeof(uint64_t));
	kpi__index_init(index, index->allocator);
}

static void
place(uint64_t *table, size_t slots, uint64_t hash, uint32_t number)
{
	size_t at = (size_t)hash & (slots - 1);

	while (table[at] != 0)
		at = (at + 1) & (slots - 1);
	table[at] = (hash & ~UINT64_C(0xffffffff)) | (number + UINT32_C(1));
}

static kpi_status
widen(kpi__index *index, size_t need)
{
	size_t slots = index->slots < 16 ? 16 : index->slots;
	uint64_t *table;

	while (slots / 2 < need)
		slots *= 2;
	if (slots == index->slots)
		return KPI_OK;
	table = kpi__new_zeroed(index->allocator, slots, sizeof(*table));
	if (table == NULL)
		return KPI_ENOMEM;
	for (uint32_t i = 0; i < index->count; i++)
		place(table, slots, index->hash[i], i);
	kpi__release(
	    index->allocator, index->table, index->slots, sizeof(*table));
	index->table = table;
	index->slots = slots;
	return KPI_OK;
}

kpi_status
kpi__index_reserve(kpi__index *index, size_t more)
{
	const size_t need = index->count + more;
	kpi_status status;

	if (need >= KPI__INDEX_NONE - 1)
		return KPI_EOVERFLOW;
	status = kpi__grow(index->allocator, &index->hash, &index->room, need,
	    sizeof(uint64_t));
	if (status != KPI_OK)
		return status;
	return widen(index, need);
}

kpi_status
kpi__index_put(kpi__index *index, uint64_t hash)
{
	const kpi_status status = kpi__index_reserve(index, 1);

	if (status != KPI_OK)
		return status;
	index->hash[index->count] = hash;
	place(index->table, index->slots, hash, index->count);
	index->count++;
	return KPI_OK;
}

void
kpi__index_truncate(kpi__index *index, uint32_t count)
{
	while (index->count > count) {
		const uint32_t number = --index->count;
		const uint64_t hash = index->hash[number];
		size_t at = (size_t)hash & (index->slots - 1);

		while ((uint32_t)index->table[at] != number + 1)
			at = (at + 1) & (index->slots - 1);
		index->table[at] = 0;
	}
}
