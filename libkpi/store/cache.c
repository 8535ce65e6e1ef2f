/* SPDX-License-Identifier: MIT */
#include "store/cache.h"

#include <string.h>

#include "base/memory.h"

int
kpi__cache_init(
    kpi__cache *cache, const kpi_allocator *allocator, size_t budget)
{
	memset(cache, 0, sizeof(*cache));
	cache->allocator = allocator;
	cache->budget = budget;
	return pthread_mutex_init(&cache->lock, NULL);
}

static kpi__item **
slot_of(kpi__cache *cache, uint64_t chunk, uint32_t number, uint64_t serial)
{
	const uint64_t mixed = (chunk * 64 + number + serial * 7919) *
	    UINT64_C(0x9e3779b97f4a7c15);

	return &cache->slot[mixed >> 54];
}

static void
unlink_use(kpi__cache *cache, kpi__item *item)
{
	if (item->newer != NULL)
		item->newer->older = item->older;
	else
		cache->newest = item->older;
	if (item->older != NULL)
		item->older->newer = item->newer;
	else
		cache->oldest = item->newer;
	item->newer = item->older = NULL;
}

static void
link_use(kpi__cache *cache, kpi__item *item)
{
	item->older = cache->newest;
	if (cache->newest != NULL)
		cache->newest->newer = item;
	else
		cache->oldest = item;
	cache->newest = item;
}

static void
drop(kpi__cache *cache, kpi__item *item)
{
	kpi__item **at =
	    slot_of(cache, item->chunk, item->number, item->serial);

	while (*at != item)
		at = &(*at)->next;
	*at = item->next;
	unlink_use(cache, item);
	cache->bytes -= item->size;
	kpi__item_free(cache->allocator, item);
}

static void
shrink(kpi__cache *cache)
{
	kpi__item *item = cache->oldest;

	while (cache->bytes > cache->budget && item != NULL) {
		kpi__item *newer = item->newer;

		if (item->pins == 0)
			drop(cache, item);
		item = newer;
	}
}

void
kpi__cache_free(kpi__cache *cache)
{
	while (cache->oldest != NULL)
		drop(cache, cache->oldest);
	pthread_mutex_destroy(&cache->lock);
}

void
kpi__cache_set_budget(kpi__cache *cache, size_t budget)
{
	pthread_mutex_lock(&cache->lock);
	cache->budget = budget;
	shrink(cache);
	pthread_mutex_unlock(&cache->lock);
}

size_t
kpi__cache_budget(kpi__cache *cache)
{
	size_t budget;

	pthread_mutex_lock(&cache->lock);
	budget = cache->budget;
	pthread_mutex_unlock(&cache->lock);
	return budget;
}

size_t
kpi__cache_bytes(kpi__cache *cache)
{
	size_t bytes;

	pthread_mutex_lock(&cache->lock);
	bytes = cache->bytes;
	pthread_mutex_unlock(&cache->lock);
	return bytes;
}

static int
is_of(const kpi__item *item, uint64_t chunk, uint32_t number, uint64_t serial)
{
	return item->chunk == chunk && item->number == number &&
	    item->serial == serial;
}

static int
has_key(const kpi__item *item, const void *key, size_t key_size)
{
	return item->key_size == key_size &&
	    (key_size == 0 || memcmp(item->key, key, key_size) == 0);
}

static kpi__item *
find(kpi__cache *cache, uint64_t chunk, uint32_t number, uint64_t serial,
    const void *key, size_t key_size)
{
	kpi__item *item = *slot_of(cache, chunk, number, serial);

	while (item != NULL &&
	    (!is_of(item, chunk, number, serial) ||
		!has_key(item, key, key_size)))
		item = item->next;
	if (item != NULL) {
		item->pins++;
		unlink_use(cache, item);
		link_use(cache, item);
	}
	return item;
}

kpi__item *
kpi__cache_pin(
    kpi__cache *cache, uint64_t chunk, uint32_t number, uint64_t serial)
{
	kpi__item *item;

	pthread_mutex_lock(&cache->lock);
	item = find(cache, chunk, number, serial, NULL, 0);
	pthread_mutex_unlock(&cache->lock);
	return item;
}

kpi__item *
kpi__cache_recall(
    kpi__cache *cache, uint64_t snapshot, const void *key, size_t key_size)
{
	kpi__item *item;

	pthread_mutex_lock(&cache->lock);
	item = find(cache, snapshot, KPI__ITEM_FINDING, 0, key, key_size);
	pthread_mutex_unlock(&cache->lock);
	return item;
}

/* All of a snapshot's are in one slot. */
void
kpi__cache_forget(kpi__cache *cache, uint64_t snapshot)
{
	kpi__item *item, *next;

	pthread_mutex_lock(&cache->lock);
	item = *slot_of(cache, snapshot, KPI__ITEM_FINDING, 0);
	for (; item != NULL; item = next) {
		next = item->next;
		if (is_of(item, snapshot, KPI__ITEM_FINDING, 0) &&
		    item->pins == 0)
			drop(cache, item);
	}
	pthread_mutex_unlock(&cache->lock);
}

kpi__item *
kpi__cache_add(
    kpi__cache *cache, kpi__item *item, uint64_t chunk, uint64_t serial)
{
	kpi__item *there, **slot;

	pthread_mutex_lock(&cache->lock);
	there =
	    find(cache, chunk, item->number, serial, item->key, item->key_size);
	if (there != NULL) {
		kpi__item_free(cache->allocator, item);
		item = there;
	} else {
		item->chunk = chunk;
		item->serial = serial;
		item->pins = 1;
		slot = slot_of(cache, chunk, item->number, serial);
		item->next = *slot;
		*slot = item;
		link_use(cache, item);
		cache->bytes += item->size;
		shrink(cache);
	}
	pthread_mutex_unlock(&cache->lock);
	return item;
}

void
kpi__cache_unpin(kpi__cache *cache, kpi__item *item)
{
	pthread_mutex_lock(&cache->lock);
	item->pins--;
	shrink(cache);
	pthread_mutex_unlock(&cache->lock);
}
