/* SPDX-License-Identifier: MIT */
/*
 * version.h - one state of a part: a chunk with its patches, or a block of
 * the tail as far as it is filled, and which interactions are dead.
 *
 * A version that only one list holds, and a list that only one snapshot
 * holds, may be changed; all others are copied first.
 */
#ifndef KPI_STORE_VERSION_H
#define KPI_STORE_VERSION_H

#include <pthread.h>

#include "store/block.h"
#include "store/chunk.h"
#include "store/patch.h"
#include "store/snapshot.h"

typedef struct kpi__bits {
	atomic_uint refs;
	uint32_t words;
	uint64_t word[];
} kpi__bits;

typedef struct kpi__version {
	kpi__part part;
	atomic_uint refs;
	kpi__chunk *chunk; /* one of the two */
	kpi__block *block;
	kpi__bits *dead; /* NULL: none */
	kpi__patch_set *patches;
	const char *texts_end; /* of a block's ids, in its arena */
	uint32_t living, living_rows;
	uint32_t closed;            /* of the living; of a block only */
	int64_t known_from, latest; /* of the living, unless stale */
	int stale; /* to be found out again, under the known lock */
} kpi__version;

typedef struct kpi__list {
	atomic_uint refs;
	uint32_t count;
	size_t room;
	kpi__version *at[];
} kpi__list;

/* Take over the reference to the chunk or block, on success alone. */
kpi__version *kpi__version_of_chunk(
    const kpi_allocator *allocator, kpi__chunk *chunk);
kpi__version *kpi__version_of_block(
    const kpi_allocator *allocator, kpi__block *block);
void kpi__version_hold(kpi__version *version);
void kpi__version_release(
    const kpi_allocator *allocator, kpi__version *version);

int kpi__version_is_dead(const kpi__version *version, uint32_t interaction);

/* Of a block: whether no row is waiting or in progress. */
int kpi__version_is_closed(const kpi__version *version, uint32_t interaction);

/* The rows of an interaction. */
uint32_t kpi__version_first_row(
    const kpi__version *version, uint32_t interaction);
uint32_t kpi__version_rows(const kpi__version *version, uint32_t interaction);

/* Of a version that is ours alone: */

/* Behind its last interaction; it must fit. */
kpi_status kpi__version_append(
    kpi__version *version, const kpi__input *in) KPI_MUST_CHECK;
/* `in` is what the interaction is. */
kpi_status kpi__version_kill(const kpi_allocator *allocator,
    kpi__version *version, uint32_t interaction,
    const kpi__input *in) KPI_MUST_CHECK;

/* The same where only the place is known; the range of the living is to be
 * found out. */
kpi_status kpi__version_mark_dead(const kpi_allocator *allocator,
    kpi__version *version, uint32_t interaction) KPI_MUST_CHECK;

/* Lists. kpi__list_own makes the list and its version `i` ours alone. */
kpi__list *kpi__list_new(const kpi_allocator *allocator);
void kpi__list_hold(kpi__list *list);
void kpi__list_release(const kpi_allocator *allocator, kpi__list *list);
/* Takes over the version on success. */
kpi_status kpi__list_append(const kpi_allocator *allocator, kpi__list **list,
    kpi__version *version) KPI_MUST_CHECK;
kpi_status kpi__list_own(const kpi_allocator *allocator, kpi__list **list,
    uint32_t i, pthread_mutex_t *known) KPI_MUST_CHECK;

#endif
