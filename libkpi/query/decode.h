/* SPDX-License-Identifier: MIT */
/* decode.h - a run of a column's values as a plain vector. */
#ifndef KPI_QUERY_DECODE_H
#define KPI_QUERY_DECODE_H

#include "store/column.h"

void kpi__decode_integers(const kpi__column *c, uint32_t from, uint32_t count,
    int64_t *out);

/* Values above 254 are 254; KPI_UNKNOWN and values below 0 are 255. */
void kpi__decode_bytes(const kpi__column *c, uint32_t from, uint32_t count,
    uint8_t *out);

/* Codes: KPI_UNKNOWN is 0. */
void kpi__decode_codes(const kpi__column *c, uint32_t from, uint32_t count,
    uint32_t *out);

/* The numbers of a column that is not of width 0, as they stand, at places. */
void kpi__gather(
    const kpi__column *c, const uint32_t *at, uint32_t count, void *out);

#endif
