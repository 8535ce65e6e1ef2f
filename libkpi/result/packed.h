/* SPDX-License-Identifier: MIT */
/*
 * packed.h - the saved form of a result, and its sums in it.
 *
 * Magic, version byte, frame, filters, shapes, texts by dimension, rows,
 * and a 64-bit checksum of all before it. Numbers are varints in their one
 * form, texts, filters, and rows are sorted: so one result has one form.
 */
#ifndef KPI_RESULT_PACKED_H
#define KPI_RESULT_PACKED_H

#include "base/buffer.h"
#include "base/wide.h"

#define KPI__RESULT_MAGIC      "KPIR"
#define KPI__RESULT_MAGIC_SIZE 4
#define KPI__RESULT_VERSION    0
#define KPI__RESULT_SUM_SIZE   8
#define KPI__RESULT_SEED       UINT64_C(0x52494b50)

/* As a base-128 number of its zigzag form, at most 19 bytes. */
void kpi__put_wide(kpi__buffer *b, kpi__wide value);

/* 0 and the reader bad unless it is such a number in its shortest form. */
kpi__wide kpi__read_wide(kpi__reader *r);

#endif
