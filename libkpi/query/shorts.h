/* SPDX-License-Identifier: MIT */
/* shorts.h - a list of short values for each slot, within a budget. */
#ifndef KPI_QUERY_SHORTS_H
#define KPI_QUERY_SHORTS_H

#include <kpi/base.h>

typedef struct kpi__shorts_block {
	struct kpi__shorts_block *next;
	uint64_t room;
	uint32_t value[];
} kpi__shorts_block;

/* The list of a slot; `at` is where its next value goes, up to `end`. */
typedef struct kpi__shorts_list {
	uint32_t *at, *end;
	kpi__shorts_block *first, *last;
	uint64_t before; /* values in the blocks before the last */
} kpi__shorts_list;

typedef struct kpi__shorts_piece {
	void *bytes;
	size_t size;
} kpi__shorts_piece;

typedef struct kpi__shorts {
	const kpi_allocator *allocator;
	size_t budget, bytes; /* that are in use */
	kpi__shorts_list *lists; /* by slot */
	size_t room;
	kpi__shorts_piece *pieces;
	size_t piece_count, piece_room, used; /* of the last one */
} kpi__shorts;

void kpi__shorts_init(
    kpi__shorts *s, const kpi_allocator *a, size_t budget);
void kpi__shorts_free(kpi__shorts *s);

/* Takes `bytes` of the budget: KPI_ELIMIT if it has not so many left. */
kpi_status kpi__shorts_take(kpi__shorts *s, size_t bytes) KPI_MUST_CHECK;

/* Makes lists of the slots below `slots`. KPI_ELIMIT, KPI_ENOMEM. */
kpi_status kpi__shorts_reserve(kpi__shorts *s, size_t slots) KPI_MUST_CHECK;

/* Appends value[i], where mask[i] is 1, to the list of slot[i], which is none
 * if it is 0; without slots all to that of `only`. KPI_ELIMIT, KPI_ENOMEM. */
kpi_status kpi__shorts_add(kpi__shorts *s, const uint32_t *slot, uint32_t only,
    const uint32_t *value, const uint8_t *mask, size_t count) KPI_MUST_CHECK;

/* Moves another's lists, budget and memory here: list i goes behind that of
 * slot[i], of which lists are there. KPI_ENOMEM: nothing was changed. */
kpi_status kpi__shorts_join(kpi__shorts *to, kpi__shorts *from,
    const uint32_t *slot) KPI_MUST_CHECK;

/* How many values a slot's list has. */
uint64_t kpi__shorts_count(const kpi__shorts *s, uint32_t slot);

/* How many a block of it has. */
static inline size_t
kpi__shorts_in(const kpi__shorts_list *list, const kpi__shorts_block *block)
{
	return block == list->last ? (size_t)(list->at - block->value)
				   : (size_t)block->room;
}

#endif
