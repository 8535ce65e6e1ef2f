/* SPDX-License-Identifier: MIT */
#include "query/shorts.h"

#include <string.h>

#include "base/memory.h"

/* Blocks grow with their list, so that at most half of it is empty. */
#define LEAST_BLOCK 8
#define MOST_BLOCK  4096

/* Pieces grow with all that there is. */
#define LEAST_PIECE ((size_t)4096)
#define MOST_PIECE  ((size_t)1 << 20)

void
kpi__shorts_init(kpi__shorts *s, const kpi_allocator *a, size_t budget)
{
	memset(s, 0, sizeof(*s));
	s->allocator = a;
	s->budget = budget;
}

void
kpi__shorts_free(kpi__shorts *s)
{
	const kpi_allocator *a = s->allocator;

	if (a == NULL)
		return;
	for (size_t i = 0; i < s->piece_count; i++)
		kpi__release(a, s->pieces[i].bytes, s->pieces[i].size, 1);
	kpi__release(a, s->pieces, s->piece_room, sizeof(*s->pieces));
	kpi__release(a, s->lists, s->room, sizeof(*s->lists));
	memset(s, 0, sizeof(*s));
}

kpi_status
kpi__shorts_take(kpi__shorts *s, size_t bytes)
{
	if (bytes > s->budget - s->bytes)
		return KPI_ELIMIT;
	s->bytes += bytes;
	return KPI_OK;
}

kpi_status
kpi__shorts_reserve(kpi__shorts *s, size_t slots)
{
	const size_t had = s->room;
	kpi_status status =
	    kpi__grow(s->allocator, &s->lists, &s->room, slots,
		sizeof(*s->lists));

	if (status != KPI_OK || s->room == had)
		return status;
	memset(s->lists + had, 0, (s->room - had) * sizeof(*s->lists));
	return kpi__shorts_take(s, (s->room - had) * sizeof(*s->lists));
}

static kpi_status
add_piece(kpi__shorts *s)
{
	const size_t size = s->bytes < LEAST_PIECE ? LEAST_PIECE
	    : s->bytes < MOST_PIECE		   ? s->bytes / 16 * 16
						   : MOST_PIECE;
	kpi__shorts_piece *piece;
	kpi_status status = kpi__shorts_take(s, size);

	if (status != KPI_OK)
		return status;
	status = kpi__grow(s->allocator, &s->pieces, &s->piece_room,
	    s->piece_count + 1, sizeof(*s->pieces));
	if (status != KPI_OK)
		return status;
	piece = &s->pieces[s->piece_count];
	piece->bytes = kpi__new_array(s->allocator, size, 1);
	if (piece->bytes == NULL)
		return KPI_ENOMEM;
	piece->size = size;
	s->piece_count++;
	s->used = 0;
	return KPI_OK;
}

static size_t
block_size(size_t room)
{
	return sizeof(kpi__shorts_block) + room * sizeof(uint32_t);
}

/* A block behind the list, of what is left of the last piece if that is
 * enough for one. */
static kpi_status
add_block(kpi__shorts *s, kpi__shorts_list *list)
{
	const uint64_t count =
	    list->last == NULL ? 0 : list->before + list->last->room;
	size_t room = count < LEAST_BLOCK ? LEAST_BLOCK
	    : count < MOST_BLOCK	  ? (size_t)count
					  : MOST_BLOCK;
	size_t left = s->piece_count == 0
	    ? 0
	    : s->pieces[s->piece_count - 1].size - s->used;
	kpi__shorts_block *block;
	size_t most;

	if (left < block_size(LEAST_BLOCK)) {
		const kpi_status status = add_piece(s);

		if (status != KPI_OK)
			return status;
		left = s->pieces[s->piece_count - 1].size;
	}
	most = (left - sizeof(*block)) / sizeof(uint32_t);
	if (room > most)
		room = most / LEAST_BLOCK * LEAST_BLOCK;
	block = (void *)((unsigned char *)s->pieces[s->piece_count - 1].bytes +
	    s->used);
	s->used += block_size(room);
	block->next = NULL;
	block->room = room;
	if (list->last == NULL)
		list->first = block;
	else
		list->last->next = block;
	list->before = count;
	list->last = block;
	list->at = block->value;
	list->end = block->value + room;
	return KPI_OK;
}

/* What is not kept is written too, and then written over: which that is cannot
 * be foreseen, and a branch on it would cost more. */
kpi_status
kpi__shorts_add(kpi__shorts *s, const uint32_t *slot, uint32_t only,
    const uint32_t *value, const uint8_t *mask, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const uint32_t to = slot == NULL ? only : slot[i];
		kpi__shorts_list *list = &s->lists[to];

		if (list->at == list->end) {
			const kpi_status status = add_block(s, list);

			if (status != KPI_OK)
				return status;
		}
		*list->at = value[i];
		list->at += mask[i] & (to != 0);
	}
	return KPI_OK;
}

/* What is left of the last block stays empty. */
static void
append(kpi__shorts_list *to, const kpi__shorts_list *from)
{
	uint64_t count = from->before;

	if (from->last == NULL)
		return;
	if (to->last != NULL) {
		to->last->room = (uint64_t)(to->at - to->last->value);
		to->last->next = from->first;
		count += to->before + to->last->room;
	}
	*to = (kpi__shorts_list){ from->at, from->end,
		to->last != NULL ? to->first : from->first, from->last,
		count };
}

/* The piece from which blocks are made stays the last. */
kpi_status
kpi__shorts_join(kpi__shorts *to, kpi__shorts *from, const uint32_t *slot)
{
	const size_t moved = from->piece_count;

	if (moved == 0)
		return KPI_OK;
	if (kpi__grow(to->allocator, &to->pieces, &to->piece_room,
		to->piece_count + moved, sizeof(*to->pieces)) != KPI_OK)
		return KPI_ENOMEM;
	memmove(to->pieces + moved, to->pieces,
	    to->piece_count * sizeof(*to->pieces));
	memcpy(to->pieces, from->pieces, moved * sizeof(*to->pieces));
	if (to->piece_count == 0)
		to->used = from->used;
	to->piece_count += moved;
	from->piece_count = 0;
	to->budget += from->budget;
	to->bytes += from->bytes;
	for (size_t i = 1; i < from->room; i++)
		append(&to->lists[from->lists[i].last == NULL ? 0 : slot[i]],
		    &from->lists[i]);
	return KPI_OK;
}

uint64_t
kpi__shorts_count(const kpi__shorts *s, uint32_t slot)
{
	const kpi__shorts_list *list;

	if (slot >= s->room || s->lists[slot].last == NULL)
		return 0;
	list = &s->lists[slot];
	return list->before + (uint64_t)(list->at - list->last->value);
}
