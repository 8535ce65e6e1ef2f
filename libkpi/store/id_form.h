/* SPDX-License-Identifier: MIT */
/*
 * id_form.h - ids that are numbers between the same texts: "000123",
 * "1541512345.17", "PBX-2026-9". Where all of a chunk are, their numbers are
 * kept instead of them.
 *
 * In a file: how many numbers an id has (a byte); of each, its digits (a byte;
 * 0: as many as it needs); the texts before, between and behind them, each
 * with its length before it; then, of each number, a pack (store/pack.h).
 */
#ifndef KPI_STORE_ID_FORM_H
#define KPI_STORE_ID_FORM_H

#include "base/buffer.h"
#include "store/item.h"

#define KPI__ID_NUMBERS 4
#define KPI__ID_DIGITS  18

/* Appends the ids of `count` interactions; 0, and nothing is appended: they
 * are not of one form. Want of memory is told by out->status. */
int kpi__id_form_put(
    kpi__buffer *out, const kpi__item *ids, uint32_t count) KPI_MUST_CHECK;

/* KPI_ECORRUPT: the bytes are not what is stated above; KPI_ENOMEM. */
kpi_status kpi__id_form_read(kpi__item **out, const kpi_allocator *allocator,
    const unsigned char *bytes, size_t size, uint32_t count) KPI_MUST_CHECK;

/* Id `i` of a page of ids, with a NUL behind it, and its size; 0: none. */
uint32_t kpi__item_id(
    const kpi__item *ids, uint32_t i, char out[KPI_TEXT_MAX + 1]);

#endif
