/* SPDX-License-Identifier: MIT */
/*
 * kept.h - short byte strings by key, kept with the rows of a commit: where
 * readers stand. A list that is shared is copied before it is changed.
 */
#ifndef KPI_STORE_KEPT_H
#define KPI_STORE_KEPT_H

#include <stdatomic.h>

#include <kpi/base.h>

typedef struct kpi__kept_entry {
	atomic_uint refs;
	uint64_t commit; /* that brought it */
	size_t key_size, size;
	char bytes[]; /* key, NUL, bytes */
} kpi__kept_entry;

typedef struct kpi__kept {
	atomic_uint refs;
	uint32_t count;
	kpi__kept_entry *entry[];
} kpi__kept;

void kpi__kept_hold(kpi__kept *kept);
void kpi__kept_release(const kpi_allocator *allocator, kpi__kept *kept);
/* NULL: nothing is kept under the key. */
const kpi__kept_entry *kpi__kept_find(const kpi__kept *kept, const char *key);
const void *kpi__kept_bytes(const kpi__kept_entry *entry);
/* Replaces *kept (NULL: nothing yet). */
kpi_status kpi__kept_put(const kpi_allocator *allocator, kpi__kept **kept,
    const char *key, const void *bytes, size_t size,
    uint64_t commit) KPI_MUST_CHECK;

#endif
