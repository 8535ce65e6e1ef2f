/* SPDX-License-Identifier: MIT */
/*
 * finding.h - what was found out of a whole snapshot, kept so that it need not
 * be found again: bytes by a key, in the store's cache and its budget, for all
 * threads, until the snapshot goes.
 */
#ifndef KPI_STORE_FINDING_H
#define KPI_STORE_FINDING_H

#include "store/item.h"
#include "store/snapshot.h"

/* To be released while the snapshot is held; all zero: nothing. */
typedef struct kpi__finding {
	kpi__item *item;
	const uint8_t *bytes;
	int kept;
} kpi__finding;

/* The finding of a key: 0 if there is none. Equal keys say that equal bytes
 * were found, or would be. */
int kpi__finding_recall(kpi__finding *finding, const kpi__snapshot *snapshot,
    const void *key, size_t key_size);

/* Room for `size` bytes to be found; NULL: no memory. */
uint8_t *kpi__finding_new(kpi__finding *finding, const kpi__snapshot *snapshot,
    const void *key, size_t key_size, size_t size);

/* Keeps what has been found, unless it takes too much of the budget. `bytes`
 * may be others from here on, which another thread has found. */
void kpi__finding_keep(kpi__finding *finding, const kpi__snapshot *snapshot);

void kpi__finding_release(kpi__finding *finding, const kpi__snapshot *snapshot);

#endif
