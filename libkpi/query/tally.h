/* SPDX-License-Identifier: MIT */
/*
 * tally.h - the loops that count and add: one batch into the cells of the
 * groups.
 *
 * A group's cells are `stride` words that stand together; slot s has
 * cells[s * stride ...]. Slot 0's are a bin for what is not selected.
 */
#ifndef KPI_QUERY_TALLY_H
#define KPI_QUERY_TALLY_H

#include "query/kernel.h"
#include "query/select.h"

/*
 * Atoms are the classes of keys that no sum tells apart, so that one count
 * each is all that a row costs. Cells: a count an atom; with shares three:
 * of shares, of squared shares (in two words each), of entries.
 */
typedef struct kpi__atoms {
	uint8_t of[KPI__KEYS];
	uint32_t count;
	int rare; /* key 0 adds to no sum: it is what most units have that gave
	             no answer, and passed over */
} kpi__atoms;

#define KPI__SHARED_CELLS 4 /* words an atom where units are split */

/* Not for a selection without slots: its keys are counted in lanes, by
 * kpi__kernel_count(). */
void kpi__tally(uint64_t *cells, size_t stride, const kpi__selection *s,
    const kpi__atoms *atoms, const uint8_t *key);

/* Adds what lanes have counted to the cells of a slot, and empties them. */
void kpi__tally_lanes(uint64_t *cells, const kpi__atoms *atoms,
    uint32_t counts[KPI__COUNT_LANES][512]);

/* Words of an adder: sum and squares, and of clusters the rest. */
#define KPI__ADDER_CELLS     4
#define KPI__CLUSTERED_CELLS 12

enum kpi__adder_cell {
	KPI__ADDED_SUM = 0,
	KPI__ADDED_SQUARES = 2,
	KPI__ADDED_CROSS = 4,
	KPI__ADDED_SIZES = 6,
	KPI__ADDED_CLUSTERS = 8,
	KPI__ADDED_STAMP = 9, /* the cluster that is open, and what it has */
	KPI__ADDED_X = 10,
	KPI__ADDED_N = 11
};

#define KPI__GREATEST_CELLS 1

/* Adds value[i] where in[key[i]] is 1. */
void kpi__add(uint64_t *cells, size_t stride, const kpi__selection *s,
    const uint8_t in[KPI__KEYS], const uint8_t *key, const int64_t *value);

/* The same for short values; `mask` has room for a byte each. */
void kpi__add_short(uint64_t *cells, size_t stride, const kpi__selection *s,
    const kpi__key_set *in, const uint8_t *key, const uint32_t *value,
    uint8_t *mask);

/*
 * The same by clusters: values with one stamp in one group are one draw.
 * stamp[i] is never 0 and those of a cluster come one after the other.
 * Non-zero if a sum does not fit.
 */
int kpi__add_clustered(uint64_t *cells, size_t stride, const kpi__selection *s,
    const uint8_t in[KPI__KEYS], const uint8_t *key, const int64_t *value,
    const uint64_t *stamp);

/* The greatest value[i] where in[key[i]] is 1, which is not below 0. */
void kpi__greatest(uint64_t *cells, size_t stride, const kpi__selection *s,
    const uint8_t in[KPI__KEYS], const uint8_t *key, const int64_t *value);

/* The same for short values of units that are not split; `mask` has room for a
 * byte each. */
void kpi__greatest_short(uint64_t *cells, size_t stride,
    const kpi__selection *s, const kpi__key_set *in, const uint8_t *key,
    const uint32_t *value, uint8_t *mask);

#endif
