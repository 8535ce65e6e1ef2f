/* SPDX-License-Identifier: MIT */
#include "store/finding.h"

#include <string.h>

#include "store/state.h"

/* One that is larger would drive out the columns of the next question. */
#define MOST_OF_BUDGET 2

int
kpi__finding_recall(kpi__finding *f, const kpi__snapshot *snapshot,
    const void *key, size_t key_size)
{
	f->item = kpi__cache_recall(
	    &snapshot->store->cache, snapshot->number, key, key_size);
	f->kept = f->item != NULL;
	f->bytes = f->kept ? kpi__item_payload(f->item) : NULL;
	return f->kept;
}

uint8_t *
kpi__finding_new(kpi__finding *f, const kpi__snapshot *snapshot,
    const void *key, size_t key_size, size_t size)
{
	uint8_t *bytes;

	f->kept = 0;
	f->bytes = NULL;
	f->item = size > SIZE_MAX - key_size
	    ? NULL
	    : kpi__item_new(&snapshot->store->allocator, KPI__ITEM_FINDING,
		  size + key_size);
	if (f->item == NULL)
		return NULL;
	bytes = kpi__item_payload(f->item);
	if (key_size > 0)
		memcpy(bytes + size, key, key_size);
	f->item->key = bytes + size;
	f->item->key_size = key_size;
	f->bytes = bytes;
	return bytes;
}

void
kpi__finding_keep(kpi__finding *f, const kpi__snapshot *snapshot)
{
	kpi__cache *cache = &snapshot->store->cache;

	if (f->item->size > kpi__cache_budget(cache) / MOST_OF_BUDGET)
		return;
	f->item = kpi__cache_add(cache, f->item, snapshot->number, 0);
	f->kept = 1;
	f->bytes = kpi__item_payload(f->item);
}

void
kpi__finding_release(kpi__finding *f, const kpi__snapshot *snapshot)
{
	kpi_store *store = snapshot->store;

	if (f->kept)
		kpi__cache_unpin(&store->cache, f->item);
	else
		kpi__item_free(&store->allocator, f->item);
	memset(f, 0, sizeof(*f));
}
