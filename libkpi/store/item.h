/* SPDX-License-Identifier: MIT */
/*
 * item.h - what a cache keeps: a decoded piece of a chunk, which is a column,
 * the page of its ids, or the sorted run that finds them; or what was found out
 * of a snapshot (finding.h). One block of memory each.
 */
#ifndef KPI_STORE_ITEM_H
#define KPI_STORE_ITEM_H

#include <kpi/base.h>

#include "store/column.h"
#include "store/field.h"

#define KPI__ITEM_RUN (KPI__FIELDS + 1)
#define KPI__ITEMS    (KPI__FIELDS + 2) /* 1 to KPI__FIELDS: a field */

#define KPI__ITEM_FINDING KPI__ITEMS /* of no chunk */

/* A place has at most so many bits; a word keeps of the hash what is above
 * them, however long its run is. */
#define KPI__RUN_MOST_BITS 28
#define KPI__RUN_HASH      (~((UINT64_C(1) << KPI__RUN_MOST_BITS) - 1))

typedef struct kpi__item {
	kpi__column column;      /* of a field; first, so that it finds us */
	/* of ids, if they are numbers in a form; else the two below */
	const struct kpi__id_form *form;
	const uint32_t *offsets; /* of ids: interactions + 1 */
	const char *bytes;       /* of ids: one behind the other */
	const uint64_t *words;   /* of a run */
	uint32_t word_count;
	uint32_t from, until; /* the values of a column that are there */
	const void *key; /* of a finding: what was asked for */
	size_t key_size;
	uint32_t number; /* a field, KPI__ITEM_RUN or KPI__ITEM_FINDING */
	size_t size;     /* of the whole block */

	/* the cache's own: */
	uint64_t chunk, serial;
	size_t pins;
	struct kpi__item *next, *newer, *older;
} kpi__item;

/* `payload` bytes behind the item are left to be filled. NULL: no memory. */
kpi__item *kpi__item_new(
    const kpi_allocator *allocator, uint32_t number, size_t payload);
void *kpi__item_payload(kpi__item *item);
void kpi__item_free(const kpi_allocator *allocator, kpi__item *item);

/*
 * A column of `rows` values in as few bytes as they need. `codes`: the values
 * are dictionary codes, which have no unknown of their own.
 */
kpi__item *kpi__item_pack(const kpi_allocator *allocator, uint32_t number,
    const int64_t *values, uint32_t rows, int codes);

/* The values as numbers above `base`, the least of them (of width below 8 the
 * column's); where there may be an unknown it is 0, and the others are one
 * more. */
void kpi__column_numbers(
    uint64_t *numbers, const kpi__column *c, int64_t base);

#endif
