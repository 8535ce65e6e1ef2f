/* SPDX-License-Identifier: MIT */
#include "store/kept.h"

#include <string.h>

#include "base/memory.h"

static size_t
size_of(uint32_t count)
{
	return sizeof(kpi__kept) + count * sizeof(kpi__kept_entry *);
}

static void
release_entry(const kpi_allocator *allocator, kpi__kept_entry *e)
{
	if (atomic_fetch_sub(&e->refs, 1) == 1)
		kpi__release(
		    allocator, e, sizeof(*e) + e->key_size + 1 + e->size, 1);
}

void
kpi__kept_hold(kpi__kept *kept)
{
	if (kept != NULL)
		atomic_fetch_add(&kept->refs, 1);
}

void
kpi__kept_release(const kpi_allocator *allocator, kpi__kept *kept)
{
	if (kept == NULL || atomic_fetch_sub(&kept->refs, 1) != 1)
		return;
	for (uint32_t i = 0; i < kept->count; i++)
		release_entry(allocator, kept->entry[i]);
	kpi__release(allocator, kept, size_of(kept->count), 1);
}

const kpi__kept_entry *
kpi__kept_find(const kpi__kept *kept, const char *key)
{
	for (uint32_t i = 0; kept != NULL && i < kept->count; i++)
		if (strcmp(kept->entry[i]->bytes, key) == 0)
			return kept->entry[i];
	return NULL;
}

const void *
kpi__kept_bytes(const kpi__kept_entry *entry)
{
	return entry->bytes + entry->key_size + 1;
}

kpi_status
kpi__kept_put(const kpi_allocator *allocator, kpi__kept **kept, const char *key,
    const void *bytes, size_t size, uint64_t commit)
{
	const size_t key_size = strlen(key);
	const uint32_t before = *kept == NULL ? 0 : (*kept)->count;
	const kpi__kept_entry *old = kpi__kept_find(*kept, key);
	const uint32_t count = before + (old == NULL);
	kpi__kept *next = kpi__new_array(allocator, size_of(count), 1);
	kpi__kept_entry *e =
	    kpi__new_array(allocator, sizeof(*e) + key_size + 1 + size, 1);
	uint32_t n = 0;

	if (next == NULL || e == NULL) {
		kpi__release(allocator, next, size_of(count), 1);
		kpi__release(allocator, e, sizeof(*e) + key_size + 1 + size, 1);
		return KPI_ENOMEM;
	}
	atomic_init(&e->refs, 1);
	e->commit = commit;
	e->key_size = key_size;
	e->size = size;
	memcpy(e->bytes, key, key_size + 1);
	if (size > 0)
		memcpy(e->bytes + key_size + 1, bytes, size);

	atomic_init(&next->refs, 1);
	next->count = count;
	for (uint32_t i = 0; i < before; i++)
		if ((*kept)->entry[i] != old) {
			next->entry[n++] = (*kept)->entry[i];
			atomic_fetch_add(&(*kept)->entry[i]->refs, 1);
		}
	next->entry[n] = e;
	kpi__kept_release(allocator, *kept);
	*kept = next;
	return KPI_OK;
}
