/* SPDX-License-Identifier: MIT */
/*
 * arrow_part.h - the elements of an array that belong to a batch, and their
 * values. What an array breaks the interface with is said as the end of a
 * sentence.
 */
#ifndef KPI_INGEST_ARROW_PART_H
#define KPI_INGEST_ARROW_PART_H

#include <kpi/arrow.h>

#include "base/number.h"
#include "ingest/arrow_type.h"
#include "ingest/column_source.h"

typedef struct kpi__arrow_part {
	kpi__arrow_type type;
	const struct ArrowArray *array;
	const unsigned char *valid; /* bitmap; NULL: all are */
	int64_t first;              /* place of the first in the buffers */
	int64_t count;
} kpi__arrow_part;

/*
 * The `count` elements from `skip` on. NULL, or what is wrong with the array
 * as a whole. It may have a dictionary if `coded`, and then must.
 */
const char *kpi__arrow_part_open(kpi__arrow_part *part,
    const kpi__arrow_type *type, const struct ArrowArray *array, int64_t skip,
    int64_t count, int coded);

/* NULL, or what is wrong with a batch of so many columns. */
const char *kpi__arrow_batch_fault(
    const struct ArrowArray *batch, int64_t columns);

/* What is wrong with the element `at`. */
typedef struct kpi__arrow_fault {
	const char *text;
	int64_t at;
	char value[KPI__DOUBLE_TEXT]; /* of a number, or "" */
} kpi__arrow_fault;

/* Non-zero if element `at` is null. */
int kpi__arrow_part_is_null(const kpi__arrow_part *part, int64_t at);

/* Whole numbers, unknown ones KPI_UNKNOWN, times in ms; zero on a fault. */
int kpi__arrow_numbers(const kpi__arrow_part *part, int64_t begin,
    uint32_t count, int64_t *out, kpi__arrow_fault *fault);

/* Texts where they stand; zero on a fault. */
int kpi__arrow_texts(const kpi__arrow_part *part, int64_t begin, uint32_t count,
    kpi__chars *out, kpi__arrow_fault *fault);

#endif
