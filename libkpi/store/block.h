/* SPDX-License-Identifier: MIT */
/*
 * block.h - a piece of the tail: interactions in order of adding, in wide
 * columns that never move, so that they are read while more is written
 * behind them. How many there are is known to the versions of the block.
 */
#ifndef KPI_STORE_BLOCK_H
#define KPI_STORE_BLOCK_H

#include <stdatomic.h>

#include "store/arena.h"
#include "store/column.h"
#include "store/input.h"

typedef struct kpi__block {
	const kpi_allocator *allocator;
	atomic_uint refs;
	uint32_t room; /* interactions */
	uint32_t row_room;
	uint32_t *first_row; /* room + 1 */
	kpi__arena texts;    /* of the ids */
	/* by field; int64_t, or uint32_t codes, or const char * of ids;
	 * NULL while nothing is known of the field */
	_Atomic(void *) column[KPI__FIELDS + 1];
} kpi__block;

/* One reference is the caller's. NULL: no memory. */
kpi__block *kpi__block_new(
    const kpi_allocator *allocator, uint32_t room, uint32_t row_room);
void kpi__block_hold(kpi__block *block);
void kpi__block_release(kpi__block *block); /* accepts NULL */

/* Writes an interaction behind `at` others with `row` rows; it must fit.
 * KPI_ENOMEM leaves what was there. */
kpi_status kpi__block_write(kpi__block *block, uint32_t at, uint32_t row,
    const kpi__input *in) KPI_MUST_CHECK;

/* Of a block that nobody has yet: a column of as many values as it has room
 * for, and an id (NULL: none). KPI_ENOMEM. */
kpi_status kpi__block_take(kpi__block *block, const kpi__field *field,
    const kpi__column *column) KPI_MUST_CHECK;
kpi_status kpi__block_set_id(kpi__block *block, uint32_t at, const char *id,
    size_t size) KPI_MUST_CHECK;

/* A value; `at` is the interaction, or for a visit's field the row. */
int64_t kpi__block_value(
    const kpi__block *block, const kpi__field *field, uint32_t at);

/* NULL: it has none. */
const char *kpi__block_id(const kpi__block *block, uint32_t at);

#endif
