/* SPDX-License-Identifier: MIT */
/*
 * run.h - finds, by sorted hashes, the texts and ids that a file has sealed.
 *
 * What is sealed comes in units, numbered from 0: a page of 4,096 texts, or a
 * chunk. A run holds a word of each text or id of 2^level units that follow
 * one another: above are bits of the hash, below the place in the run. Which
 * runs there are follows from how many units there are: one for each of that
 * number's binary digits, the longest first. So they stay few.
 *
 * A run lies in the file in pieces of some 4,096 words, parted by the first
 * bits of the hash, so that a search reads one piece of each run.
 */
#ifndef KPI_STORE_RUN_H
#define KPI_STORE_RUN_H

#include "store/disk.h"

#define KPI__RUN_IDS KPI__ALL_DICTIONARIES /* behind the dictionaries */

typedef struct kpi__run {
	uint32_t relation; /* a dictionary or KPI__RUN_IDS */
	unsigned level;
	uint32_t first; /* unit */
} kpi__run;

/* Places are bits of this many within a unit. */
unsigned kpi__run_unit_bits(uint32_t relation);

/* The run that begins with unit `first`, where there are `units`. */
kpi__run kpi__run_at(uint32_t relation, uint32_t first, uint32_t units);
/* The first unit behind it. */
uint32_t kpi__run_end(const kpi__run *run);

unsigned kpi__run_place_bits(const kpi__run *run);
unsigned kpi__run_piece_bits(const kpi__run *run);
/* The piece that has the words of a hash. */
uint32_t kpi__run_piece(const kpi__run *run, uint64_t hash);
int64_t kpi__run_key(const kpi__run *run, uint32_t piece);
/* The word of a hash at `place`, counted from unit 0. */
uint64_t kpi__run_word(const kpi__run *run, uint64_t hash, uint64_t place);

/* The first of sorted words that is not below `word`; all have the same first
 * `piece_bits` bits. */
uint32_t kpi__run_seek(
    const uint64_t *words, uint32_t count, unsigned piece_bits, uint64_t word);

/* Reads a piece, in the connection's transaction; the caller frees it. NULL
 * and KPI_OK: it has no words. */
kpi_status kpi__run_read(kpi_store *store, kpi__db *db, const kpi__run *run,
    uint32_t piece, kpi__item **out, kpi_error *error) KPI_MUST_CHECK;

/* Where a hash may have come from, from unit 0 on. */
typedef struct kpi__places {
	const kpi_allocator *allocator;
	uint64_t *at;
	size_t count, room;
} kpi__places;

void kpi__places_free(kpi__places *places);

/* Adds to `places` all that have the hash, or nearly; `units` are those that
 * the connection's transaction shows. */
kpi_status kpi__runs_find(kpi_store *store, kpi__db *db, uint32_t relation,
    uint32_t units, uint64_t hash, kpi__places *places,
    kpi_error *error) KPI_MUST_CHECK;

/* Hands all words to `take`, piece by piece; what it returns ends the walk. */
kpi_status kpi__runs_each(kpi_store *store, kpi__db *db, uint32_t relation,
    uint32_t units,
    kpi_status (*take)(void *ctx, const kpi__run *run, const kpi__item *piece),
    void *ctx, kpi_error *error) KPI_MUST_CHECK;

#endif
