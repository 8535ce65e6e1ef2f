/* SPDX-License-Identifier: MIT */
/*
 * narrow.h - cells of four and eight bytes, for groups whose values are short.
 *
 * A scan has less than 2^32 rows, but for the largest stores: then a count
 * fits four bytes, and a sum of short values, or of halves of their squares,
 * eight, without a carry. Eight counts stand side by side in a block, and what
 * a key adds to them is a vector: so up to four keys of a unit cost one
 * addition to its group's cells, whatever they are.
 *
 * Counters of units that are split, and of what only its customer's last or
 * greatest counts, have no narrow cells, and neither have adders of clusters.
 * What does not go here, and what does not for a while, goes into the words
 * beside (`cells` of the scan); what a group has is the sum of both.
 */
#ifndef KPI_QUERY_NARROW_H
#define KPI_QUERY_NARROW_H

#include "query/select.h"
#include "query/tally.h"

#define KPI__LANES          8
#define KPI__BLOCK_COUNTERS 4

/* What the keys of some counters of a stream add to eight counts. */
typedef struct kpi__block {
	uint32_t stream;
	uint32_t lanes, count;                  /* in use; counters */
	uint32_t counter[KPI__BLOCK_COUNTERS];
	uint32_t *adds[KPI__BLOCK_COUNTERS]; /* [key * KPI__LANES + lane] */
} kpi__block;

typedef struct kpi__narrow {
	kpi__block *blocks; /* block i has the counts i * KPI__LANES ... */
	size_t block_count, block_room;
	int is_lent;        /* the blocks are another scan's */
	int all;            /* all that is declared has narrow cells */
	size_t row;         /* bytes of a slot; 0: there are none */
	void *memory;
	size_t size;
	unsigned char *cells; /* in `memory`, of the slots below `slots` */
	size_t slots;
} kpi__narrow;

/* What a sum finds in narrow cells. */
enum kpi__narrow_of {
	KPI__NARROW_NONE,
	KPI__NARROW_COUNT,  /* of four bytes */
	KPI__NARROW_SUM,    /* of eight */
	KPI__NARROW_SQUARES /* of the lower 32 bits, and of the upper */
};

#define KPI__NARROW_ADDER 3 /* words of an adder: sum and squares */

struct kpi__scan;

/* Gives cells to counters and adders. KPI_ENOMEM. */
kpi_status kpi__narrow_plan(struct kpi__scan *scan) KPI_MUST_CHECK;
void kpi__narrow_free(struct kpi__scan *scan);

/* Whether a selection's units are counted here. */
int kpi__narrow_takes(
    const struct kpi__scan *scan, const kpi__selection *s);

/* Makes cells for all groups. KPI_ENOMEM. */
kpi_status kpi__narrow_reserve(struct kpi__scan *scan) KPI_MUST_CHECK;

/* Counts the units of a stream of which kpi__narrow_takes(). */
void kpi__narrow_count(
    struct kpi__scan *scan, uint32_t stream, const kpi__selection *s);

/* Adds what another scan has counted; slot[i] for its slot i. KPI_ENOMEM. */
kpi_status kpi__narrow_join(struct kpi__scan *to,
    const struct kpi__scan *from, const uint32_t *slot) KPI_MUST_CHECK;

/* The cells of a slot; NULL: it has none. */
static inline const unsigned char *
kpi__narrow_cells(const kpi__narrow *n, uint32_t slot)
{
	return slot < n->slots ? n->cells + slot * n->row : NULL;
}

/*
 * The loops: cells[slot[i] * row ...] of units i. Of eight counts each, what
 * keys[k][i] adds by adds[k]; `keys` is 1 to KPI__BLOCK_COUNTERS.
 */
void kpi__narrow_add_keys(unsigned char *cells, size_t row,
    const uint32_t *slot, const uint8_t *const *key,
    uint32_t *const *adds, uint32_t keys, uint32_t count);

/* Of three words each, a value and the halves of its square. */
void kpi__narrow_add_values(unsigned char *cells, size_t row,
    const uint32_t *slot, const uint32_t *value, uint32_t count);

#endif
