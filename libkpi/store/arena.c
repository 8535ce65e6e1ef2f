/* SPDX-License-Identifier: MIT */
#include "store/arena.h"

#include <string.h>

#include "base/memory.h"

#define SMALLEST 1024
#define LARGEST  (64 * 1024)

struct kpi__arena_block {
	struct kpi__arena_block *before;
	size_t size, used;
	char bytes[];
};

void
kpi__arena_init(kpi__arena *arena, const kpi_allocator *allocator)
{
	arena->allocator = allocator;
	arena->last = NULL;
}

static void
pop(kpi__arena *arena)
{
	struct kpi__arena_block *block = arena->last;

	arena->last = block->before;
	kpi__release(arena->allocator, block, sizeof(*block) + block->size, 1);
}

void
kpi__arena_free(kpi__arena *arena)
{
	while (arena->last != NULL)
		pop(arena);
}

static int
push(kpi__arena *arena, size_t need)
{
	struct kpi__arena_block *block;
	size_t size = SMALLEST;

	if (arena->last != NULL)
		size = arena->last->size * 2;
	if (size > LARGEST)
		size = LARGEST;
	if (size < need)
		size = need;
	block = kpi__new_array(arena->allocator, sizeof(*block) + size, 1);
	if (block == NULL)
		return 0;
	block->before = arena->last;
	block->size = size;
	block->used = 0;
	arena->last = block;
	return 1;
}

char *
kpi__arena_copy(kpi__arena *arena, const char *text, size_t size)
{
	char *copy;

	if (arena->last == NULL ||
	    arena->last->size - arena->last->used < size + 1)
		if (!push(arena, size + 1))
			return NULL;
	copy = arena->last->bytes + arena->last->used;
	memcpy(copy, text, size);
	copy[size] = '\0';
	arena->last->used += size + 1;
	return copy;
}

const char *
kpi__arena_mark(const kpi__arena *arena)
{
	return arena->last == NULL ? NULL
				   : arena->last->bytes + arena->last->used;
}

void
kpi__arena_reset(kpi__arena *arena, const char *mark)
{
	while (arena->last != NULL) {
		struct kpi__arena_block *block = arena->last;

		if (mark != NULL && mark >= block->bytes &&
		    mark <= block->bytes + block->used) {
			block->used = (size_t)(mark - block->bytes);
			return;
		}
		pop(arena);
	}
}
