/* SPDX-License-Identifier: MIT */
/*
 * tail_ids.h - finds the interactions of one tail by their ids. It grows with
 * the tail and is shared by all snapshots of it; each knows how many entries
 * it may see.
 */
#ifndef KPI_STORE_TAIL_IDS_H
#define KPI_STORE_TAIL_IDS_H

#include <pthread.h>
#include <stdatomic.h>

#include "store/index.h"

/* Where an interaction is: among the sealed parts or those of the tail. */
typedef struct kpi__spot {
	int in_tail;
	uint32_t part; /* of the list */
	uint32_t interaction;
} kpi__spot;

typedef struct kpi__tail_ids {
	const kpi_allocator *allocator;
	atomic_uint refs;
	kpi__index index;
	uint64_t *at; /* block in the upper half, interaction in the lower */
	size_t room;
} kpi__tail_ids;

kpi__tail_ids *kpi__tail_ids_new(const kpi_allocator *allocator);
void kpi__tail_ids_hold(kpi__tail_ids *ids);
void kpi__tail_ids_release(kpi__tail_ids *ids); /* accepts NULL */

/* To be called by the writer, under the lookup lock once it is shared. */
kpi_status kpi__tail_ids_put(kpi__tail_ids *ids, uint64_t hash, uint32_t block,
    uint32_t interaction) KPI_MUST_CHECK;

#endif
