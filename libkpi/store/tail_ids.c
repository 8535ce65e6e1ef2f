/* SPDX-License-Identifier: MIT */
#include "store/tail_ids.h"

#include "base/memory.h"

kpi__tail_ids *
kpi__tail_ids_new(const kpi_allocator *allocator)
{
	kpi__tail_ids *ids = kpi__new_zeroed(allocator, 1, sizeof(*ids));

	if (ids == NULL)
		return NULL;
	ids->allocator = allocator;
	atomic_init(&ids->refs, 1);
	kpi__index_init(&ids->index, allocator);
	return ids;
}

void
kpi__tail_ids_hold(kpi__tail_ids *ids)
{
	atomic_fetch_add(&ids->refs, 1);
}

void
kpi__tail_ids_release(kpi__tail_ids *ids)
{
	if (ids == NULL || atomic_fetch_sub(&ids->refs, 1) != 1)
		return;
	kpi__index_free(&ids->index);
	kpi__release(ids->allocator, ids->at, ids->room, sizeof(*ids->at));
	kpi__release(ids->allocator, ids, 1, sizeof(*ids));
}

kpi_status
kpi__tail_ids_put(
    kpi__tail_ids *ids, uint64_t hash, uint32_t block, uint32_t interaction)
{
	const uint32_t number = ids->index.count;
	kpi_status status = kpi__grow(ids->allocator, &ids->at, &ids->room,
	    (size_t)number + 1, sizeof(*ids->at));

	if (status == KPI_OK)
		status = kpi__index_put(&ids->index, hash);
	if (status == KPI_OK)
		ids->at[number] = (uint64_t)block << 32 | interaction;
	return status;
}
