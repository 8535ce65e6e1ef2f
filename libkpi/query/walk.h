/* SPDX-License-Identifier: MIT */
/*
 * walk.h - all interactions of a snapshot by customer (or case) and, in each,
 * in the order of neighbours: start, source, id, then the other fields.
 *
 * Interactions have ordinals: their places in the parts, one part after the
 * other. A metric that needs neighbours walks first, and leaves a class for
 * each ordinal, which the scan then reads as any other key.
 */
#ifndef KPI_QUERY_WALK_H
#define KPI_QUERY_WALK_H

#include "query/declare.h"

typedef struct kpi__contact {
	int64_t start;
	uint32_t ordinal;
	uint8_t outcome;   /* of the whole; 0: unknown */
	uint8_t direction; /* 0: unknown */
	uint8_t begins;    /* 1: the first of its key */
	uint8_t reserved;
} kpi__contact;

/*
 * Takes the contacts of some keys, those of one key one after the other and in
 * order; `known` 0: the key is not known, and this is one contact alone.
 */
typedef kpi_status (*kpi__visitor)(
    void *ctx, const kpi__contact *contacts, uint32_t count, int known);

/* How many contacts, of `count` at least one, are of the first one's key. */
static inline uint32_t
kpi__contacts_of_key(const kpi__contact *contacts, uint32_t count)
{
	uint32_t n = 1;

	while (n < count && !contacts[n].begins)
		n++;
	return n;
}

/*
 * Visits every living interaction, those of one key together; keys in no
 * stated order. `by` is KPI_BY_CUSTOMER or KPI_BY_CASE. So many threads walk,
 * each visiting with its own ctx[i]; where there are several, the walk may be
 * made twice, the second time with ctx[0] alone. What the visitor returns ends
 * it. KPI_ESTOPPED, KPI_ENOMEM, KPI_EIO, KPI_ECORRUPT.
 */
kpi_status kpi__walk(const kpi__snapshot *snapshot, const kpi_query *query,
    kpi_by by, kpi__visitor visit, void *const *ctx, uint32_t threads,
    kpi_error *error) KPI_MUST_CHECK;

/* The ordinal of each part's first interaction; one more than the parts, the
 * last being how many there are. To be released by kpi__ordinals_free(). */
kpi_status kpi__ordinals(const kpi__snapshot *snapshot, uint32_t **out,
    kpi_error *error) KPI_MUST_CHECK;
void kpi__ordinals_free(const kpi__snapshot *snapshot, uint32_t *ordinals);

/* The part of an ordinal, and its place there. */
uint32_t kpi__ordinal_part(const uint32_t *ordinals, uint32_t parts,
    uint32_t ordinal, uint32_t *place);

/*
 * How two interactions that begin at once stand as neighbours: as strcmp() of
 * their sources, then ids (none first), then fields in table order; 0 only if
 * nothing tells them apart.
 */
int kpi__compare_neighbours(const kpi__snapshot *snapshot,
    const uint32_t *ordinals, uint32_t a, uint32_t b, kpi_status *status,
    kpi_error *error);

/* The classes that a walk left, as a keyer's side. */
typedef struct kpi__walked {
	const uint32_t *ordinals;
	const uint8_t *classes; /* by ordinal */
} kpi__walked;

/* A keyer that reads them: side is a kpi__walked. */
void kpi__walked_keys(const kpi__keyer *keyer, kpi__batch *b, int space,
    uint8_t *key);

/* Fills out[ordinal] batch by batch: what fill() makes of whole interactions.
 * `size` bytes each. */
kpi_status kpi__each_whole(const kpi__snapshot *snapshot,
    const kpi_query *query, int64_t as_of, const uint32_t *ordinals, void *out,
    size_t size, void (*fill)(void *ctx, kpi__batch *b, void *out), void *ctx,
    kpi_error *error) KPI_MUST_CHECK;

#endif
