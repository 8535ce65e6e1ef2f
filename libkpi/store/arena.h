/* SPDX-License-Identifier: MIT */
/*
 * arena.h - texts that are kept together, never move, and are given back
 * from the last one on.
 */
#ifndef KPI_STORE_ARENA_H
#define KPI_STORE_ARENA_H

#include <kpi/base.h>

typedef struct kpi__arena {
	const kpi_allocator *allocator;
	struct kpi__arena_block *last;
} kpi__arena;

void kpi__arena_init(kpi__arena *arena, const kpi_allocator *allocator);
void kpi__arena_free(kpi__arena *arena);

/* A copy of `size` bytes with a NUL behind them; NULL: no memory. */
char *kpi__arena_copy(kpi__arena *arena, const char *text, size_t size);

/* Where the next copy may begin; NULL while the arena is empty. */
const char *kpi__arena_mark(const kpi__arena *arena);

/* Gives back what was copied after `mark`, or since a copy that `mark`
 * points at, was made. */
void kpi__arena_reset(kpi__arena *arena, const char *mark);

#endif
