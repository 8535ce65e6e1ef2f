/* SPDX-License-Identifier: MIT */
/*
 * cache.h - decoded pieces of chunks and findings, all of which can be made
 * again, within a budget. What is pinned stays; of the rest, what was longest
 * unused goes first.
 */
#ifndef KPI_STORE_CACHE_H
#define KPI_STORE_CACHE_H

#include <pthread.h>

#include "store/item.h"

#define KPI__CACHE_SLOTS 1024

typedef struct kpi__cache {
	const kpi_allocator *allocator;
	pthread_mutex_t lock;
	size_t bytes, budget;
	kpi__item *newest, *oldest;
	kpi__item *slot[KPI__CACHE_SLOTS];
} kpi__cache;

/* Non-zero: the system has no mutex left. */
int kpi__cache_init(
    kpi__cache *cache, const kpi_allocator *allocator, size_t budget);
void kpi__cache_free(kpi__cache *cache);
void kpi__cache_set_budget(kpi__cache *cache, size_t budget);
size_t kpi__cache_budget(kpi__cache *cache);
size_t kpi__cache_bytes(kpi__cache *cache);

/* `serial` tells the states of one piece apart: its patches. NULL: not here. */
kpi__item *kpi__cache_pin(
    kpi__cache *cache, uint64_t chunk, uint32_t number, uint64_t serial);

/* A finding of a snapshot (its number stands for the chunk's), pinned. */
kpi__item *kpi__cache_recall(
    kpi__cache *cache, uint64_t snapshot, const void *key, size_t key_size);

/* Drops the findings of a snapshot that is gone. */
void kpi__cache_forget(kpi__cache *cache, uint64_t snapshot);

/* Takes `item`, pinned; if another thread was faster, frees it and pins the
 * one that is here. */
kpi__item *kpi__cache_add(
    kpi__cache *cache, kpi__item *item, uint64_t chunk, uint64_t serial);
void kpi__cache_unpin(kpi__cache *cache, kpi__item *item);

#endif
