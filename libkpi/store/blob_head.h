/* SPDX-License-Identifier: MIT */
/* blob_head.h - what a blob begins with: see blob.h. */
#ifndef KPI_STORE_BLOB_HEAD_H
#define KPI_STORE_BLOB_HEAD_H

#include "base/buffer.h"

#define KPI__BLOB_HEAD 40 /* bytes */

/* Relations. */
#define KPI__BLOB_OF_CHUNK 1
#define KPI__BLOB_OF_RUN   2

/* Encodings. */
#define KPI__BLOB_PACKED 1
#define KPI__BLOB_IDS    2
#define KPI__BLOB_WORDS  3
#define KPI__BLOB_FORMED 4

typedef struct kpi__blob_head {
	unsigned relation, item, encoding, width, has_unknown;
	uint32_t values;
	uint64_t chunk, generation;
	int64_t base;
} kpi__blob_head;

void kpi__blob_head_put(kpi__buffer *out, const kpi__blob_head *h);

/* Non-zero if the bytes begin with what they should be. */
int kpi__blob_head_read(kpi__blob_head *h, const unsigned char *bytes,
    size_t size, unsigned relation, uint64_t chunk, uint32_t number);

#endif
