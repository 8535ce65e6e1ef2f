/* SPDX-License-Identifier: MIT */
#include "store/ledger.h"

#include <string.h>

#include "base/checksum.h"

void
kpi__ledger_init(kpi__ledger *ledger, const kpi_allocator *allocator)
{
	kpi__index_init(&ledger->index, allocator);
	kpi__shelf_init(&ledger->entries, sizeof(kpi__ledger_entry), allocator);
	kpi__arena_init(&ledger->bytes, allocator);
}

void
kpi__ledger_free(kpi__ledger *ledger)
{
	kpi__arena_free(&ledger->bytes);
	kpi__shelf_free(&ledger->entries);
	kpi__index_free(&ledger->index);
}

const kpi__ledger_entry *
kpi__ledger_at(const kpi__ledger *ledger, uint32_t number)
{
	return kpi__shelf_at(&ledger->entries, number);
}

/* Those without a key are not looked for, and are not to be in the way of
 * others. */
static uint64_t
hash_of(const kpi__ledger_entry *entry, uint32_t number)
{
	return entry->key_size == 0
	    ? kpi__checksum(&number, sizeof(number), entry->kind)
	    : kpi__checksum(entry->bytes, entry->key_size, entry->kind);
}

static int
same_key(const kpi__ledger_entry *a, const kpi__ledger_entry *b)
{
	return a->kind == b->kind && a->key_size == b->key_size &&
	    memcmp(a->bytes, b->bytes, a->key_size) == 0;
}

/* The number + 1 of the last one with the key of `entry`; 0: none. */
static uint32_t
find_former(const kpi__ledger *ledger, const kpi__ledger_entry *entry)
{
	const uint64_t hash = hash_of(entry, 0);
	uint32_t last = 0;
	size_t cursor;

	if (entry->key_size == 0)
		return 0;
	for (uint32_t n = kpi__index_first(&ledger->index, hash, &cursor);
	     n != KPI__INDEX_NONE;
	     n = kpi__index_next(&ledger->index, hash, &cursor))
		if (n + 1 > last && same_key(kpi__ledger_at(ledger, n), entry))
			last = n + 1;
	return last;
}

kpi_status
kpi__ledger_add(
    kpi__ledger *ledger, const kpi__ledger_entry *entry, int *change)
{
	const char *const mark = kpi__arena_mark(&ledger->bytes);
	const uint32_t former = find_former(ledger, entry);
	kpi__ledger_entry *ours;
	const char *copy;
	void *room;
	kpi_status status =
	    kpi__shelf_reach(&ledger->entries, ledger->index.count, &room);

	if (status != KPI_OK)
		return status;
	copy = kpi__arena_copy(
	    &ledger->bytes, (const char *)entry->bytes, entry->size);
	if (copy == NULL)
		return KPI_ENOMEM;
	ours = room;
	*ours = *entry;
	ours->bytes = (const unsigned char *)copy;
	ours->former = former;
	*change = !kpi__ledger_is_none(ours) -
	    (former > 0 &&
		!kpi__ledger_is_none(kpi__ledger_at(ledger, former - 1)));
	status = kpi__index_put(
	    &ledger->index, hash_of(ours, ledger->index.count));
	if (status != KPI_OK)
		kpi__arena_reset(&ledger->bytes, mark);
	return status;
}

int
kpi__ledger_is_none(const kpi__ledger_entry *entry)
{
	return entry->size == entry->key_size;
}

void
kpi__ledger_truncate(kpi__ledger *ledger, uint32_t count)
{
	if (count >= ledger->index.count)
		return;
	kpi__arena_reset(
	    &ledger->bytes, (const char *)kpi__ledger_at(ledger, count)->bytes);
	kpi__index_truncate(&ledger->index, count);
}
