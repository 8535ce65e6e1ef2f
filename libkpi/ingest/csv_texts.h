/* SPDX-License-Identifier: MIT */
/* csv_texts.h - the different cells of a column, numbered as they come. */
#ifndef KPI_INGEST_CSV_TEXTS_H
#define KPI_INGEST_CSV_TEXTS_H

#include "store/arena.h"

typedef struct kpi__csv_text {
	const char *raw;  /* the cell, `size` bytes and a NUL */
	const char *text; /* what it became, or NULL: unknown */
	int64_t value;    /* of a column of words: what it means */
	uint32_t size;
	int32_t is_replaced; /* bytes of it that are no UTF-8 were */
	int32_t why;         /* enum kpi__csv_why; not KPI__CSV_GOOD: wrong */
	int32_t reserved;
} kpi__csv_text;

/* Where a cell is found. Of most cells all that is asked stands here, in one
 * line of the processor's cache. */
typedef struct kpi__csv_slot {
	uint64_t ends[2]; /* of the cell: all of one of up to 16 bytes */
	uint32_t size;
	uint32_t number;  /* of the text, and one more; 0: free */
	int32_t is_plain; /* it became a text, with nothing to be told of it */
	int32_t reserved;
} kpi__csv_slot;

typedef struct kpi__csv_texts {
	const kpi_allocator *allocator;
	kpi__arena arena;
	kpi__csv_text *at;
	size_t room;
	kpi__csv_slot *slot;
	size_t slots; /* a power of two, or 0 */
	uint32_t count;
} kpi__csv_texts;

void kpi__csv_texts_init(kpi__csv_texts *texts, const kpi_allocator *a);
void kpi__csv_texts_free(kpi__csv_texts *texts);

/* Whether there are so many that they take much memory. */
int kpi__csv_texts_are_many(const kpi__csv_texts *texts);

/* The slot of a cell, until the next call; *is_new: it was not there, and its
 * text and value are still to be told. KPI_ENOMEM. */
kpi_status kpi__csv_texts_find(kpi__csv_texts *texts, const char *cell,
    uint32_t size, kpi__csv_slot **slot, int *is_new) KPI_MUST_CHECK;

/* Has the slot of a cell fetched that will be asked for; worth it where there
 * are more than fit the nearest caches. */
void kpi__csv_texts_fetch(
    const kpi__csv_texts *texts, const char *cell, uint32_t size);
#define KPI__CSV_WORTH_FETCHING 4096 /* slots */

#endif
