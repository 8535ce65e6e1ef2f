/* SPDX-License-Identifier: MIT */
/* entries.h - the ledger as a snapshot has it. */
#ifndef KPI_STORE_ENTRIES_H
#define KPI_STORE_ENTRIES_H

#include "store/ledger.h"
#include "store/snapshot.h"

/* Entries that hold, in the order of adding. They live as long as the
 * snapshot. */
typedef struct kpi__entries {
	const kpi__ledger_entry **at;
	uint32_t count;
} kpi__entries;

/* Those of a kind. KPI_ENOMEM, and then nothing is to be freed. */
kpi_status kpi__entries_of(kpi__entries *entries, const kpi__snapshot *snapshot,
    uint32_t kind, kpi_error *error) KPI_MUST_CHECK;
void kpi__entries_free(kpi__entries *entries, const kpi__snapshot *snapshot);

#endif
