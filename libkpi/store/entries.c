/* SPDX-License-Identifier: MIT */
#include "store/entries.h"

#include "base/error.h"
#include "base/memory.h"
#include "store/state.h"

/* No index is asked, which a writer may be changing: each entry says which one
 * it replaces. */
static void
fill(kpi__entries *entries, const kpi__snapshot *snapshot, uint32_t kind,
    uint64_t *replaced)
{
	const kpi__ledger *const ledger = &snapshot->store->ledger;
	uint32_t n = entries->count;

	for (uint32_t i = snapshot->entries; i-- > 0;) {
		const kpi__ledger_entry *entry = kpi__ledger_at(ledger, i);
		const int holds = (replaced[i / 64] >> i % 64 & 1) == 0;

		if (entry->former > 0)
			replaced[(entry->former - 1) / 64] |= UINT64_C(1)
			    << (entry->former - 1) % 64;
		if (holds && entry->kind == kind && !kpi__ledger_is_none(entry))
			entries->at[--n] = entry;
	}
}

kpi_status
kpi__entries_of(kpi__entries *entries, const kpi__snapshot *snapshot,
    uint32_t kind, kpi_error *error)
{
	const kpi_allocator *const allocator = &snapshot->store->allocator;
	const size_t words = (size_t)snapshot->entries / 64 + 1;
	uint64_t *replaced;

	entries->at = NULL;
	entries->count = snapshot->kinds[kind];
	if (entries->count == 0)
		return KPI_OK;
	replaced = kpi__new_zeroed(allocator, words, sizeof(*replaced));
	entries->at =
	    kpi__new_array(allocator, entries->count, sizeof(*entries->at));
	if (replaced != NULL && entries->at != NULL)
		fill(entries, snapshot, kind, replaced);
	else
		kpi__entries_free(entries, snapshot);
	kpi__release(allocator, replaced, words, sizeof(*replaced));
	return entries->at != NULL
	    ? KPI_OK
	    : kpi__fail(error, KPI_ENOMEM, "no memory for the ledger");
}

void
kpi__entries_free(kpi__entries *entries, const kpi__snapshot *snapshot)
{
	kpi__release(&snapshot->store->allocator, entries->at, entries->count,
	    sizeof(*entries->at));
	entries->at = NULL;
	entries->count = 0;
}
