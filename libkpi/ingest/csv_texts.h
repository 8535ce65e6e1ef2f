/* SPDX-License-Identifier: MIT */
/* csv_texts.h - the different cells of a column, numbered as they come. */
#ifndef KPI_INGEST_CSV_TEXTS_H
#define KPI_INGEST_CSV_TEXTS_H

#include "store/arena.h"
#include "store/index.h"

typedef struct kpi__csv_text {
	const char *raw;  /* the cell, `size` bytes */
	const char *text; /* what it became, or NULL: unknown */
	int64_t value;    /* of a column of words: what it means */
	uint32_t size;
	int32_t is_replaced; /* bytes of it that are no UTF-8 were */
	int32_t why;         /* enum kpi__csv_why; not KPI__CSV_GOOD: wrong */
	int32_t reserved;
} kpi__csv_text;

typedef struct kpi__csv_texts {
	kpi__index index;
	kpi__arena arena;
	kpi__csv_text *at;
	size_t room;
} kpi__csv_texts;

void kpi__csv_texts_init(kpi__csv_texts *texts, const kpi_allocator *a);
void kpi__csv_texts_free(kpi__csv_texts *texts);

/* Forgets all, where there are so many that to keep them does not pay. */
void kpi__csv_texts_trim(kpi__csv_texts *texts);

/* The number of a cell; *is_new: it was not there, and its text and value are
 * still to be told. KPI_ENOMEM. */
kpi_status kpi__csv_texts_number(kpi__csv_texts *texts, const char *cell,
    uint32_t size, uint32_t *number, int *is_new) KPI_MUST_CHECK;

#endif
