/* SPDX-License-Identifier: MIT */
/*
 * chunk.h - a sealed piece: about 64 Ki closed interactions, sorted by start,
 * each field a column in as few bytes as it needs. It never changes.
 */
#ifndef KPI_STORE_CHUNK_H
#define KPI_STORE_CHUNK_H

#include <stdatomic.h>

#include "store/item.h"
#include "store/range.h"

#define KPI__CHUNK_INTERACTIONS 65536
#define KPI__CHUNK_ROWS         262144 /* or one interaction */

typedef struct kpi__chunk {
	const kpi_allocator *allocator;
	atomic_uint refs;
	uint64_t number; /* no other chunk of the store ever has it */
	uint32_t interactions;
	uint32_t rows;
	uint32_t *first_row; /* interactions + 1; NULL: one row each */
	kpi__range range[KPI__RANGES];
	int64_t latest;  /* instant of the known time */
	uint64_t fields; /* bit n: something is known of field n */
	/* no code is greater; of a chunk that comes from a file */
	uint32_t codes[KPI__DICTIONARIES];
	/* of fields of which nothing is: [of_visit][is text] */
	kpi__column blank[2][2];
	/* all pieces of a store in memory, and of a chunk that is not yet in
	 * its file; later they come and go through the cache */
	kpi__item *item[KPI__ITEMS];
	struct kpi__sheaf *sheaf; /* it is one of the tail (store/sheaf.h) */
} kpi__chunk;

/* One reference is the caller's; `first_row` is copied. NULL: no memory. */
kpi__chunk *kpi__chunk_new(const kpi_allocator *allocator, uint64_t number,
    uint32_t interactions, uint32_t rows, const uint32_t *first_row);
void kpi__chunk_hold(kpi__chunk *chunk);
void kpi__chunk_release(kpi__chunk *chunk); /* accepts NULL */

/* Packs a field: a value each interaction or row. */
kpi_status kpi__chunk_set(kpi__chunk *chunk, const kpi__field *field,
    const int64_t *values) KPI_MUST_CHECK;

/* Ids (NULL: none), with their sizes and hashes (all NULL: nobody looks for
 * them in the chunk). */
kpi_status kpi__chunk_set_ids(kpi__chunk *chunk, const char *const *ids,
    const uint32_t *sizes, const uint64_t *hashes) KPI_MUST_CHECK;

/* How many rows each interaction has, as a piece; NULL: no memory. And back:
 * KPI_ECORRUPT if they are not as many as the chunk has, KPI_ENOMEM. */
kpi__item *kpi__chunk_counts(const kpi__chunk *chunk);
kpi_status kpi__chunk_count_rows(
    kpi__chunk *chunk, const kpi__item *counts) KPI_MUST_CHECK;

/* What a field of which nothing is known reads as. */
const kpi__column *kpi__chunk_blank(
    const kpi__chunk *chunk, const kpi__field *field);

#endif
