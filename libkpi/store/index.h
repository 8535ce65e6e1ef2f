/* SPDX-License-Identifier: MIT */
/*
 * index.h - finds numbers 0, 1, 2, ... again by a hash of what they number.
 * What was put last can be taken back.
 */
#ifndef KPI_STORE_INDEX_H
#define KPI_STORE_INDEX_H

#include <kpi/base.h>

typedef struct kpi__index {
	const kpi_allocator *allocator;
	uint64_t *hash; /* of each number */
	size_t room;
	uint64_t *table; /* high half of the hash, number + 1; 0: free */
	size_t slots;    /* a power of two, or 0 */
	uint32_t count;
} kpi__index;

#define KPI__INDEX_NONE UINT32_MAX

void kpi__index_init(kpi__index *index, const kpi_allocator *allocator);
void kpi__index_free(kpi__index *index);

/* Makes room for `more` numbers, so that as many puts cannot fail. */
kpi_status kpi__index_reserve(kpi__index *index, size_t more) KPI_MUST_CHECK;

/* Numbers the next thing, `count`. */
kpi_status kpi__index_put(kpi__index *index, uint64_t hash) KPI_MUST_CHECK;

static inline uint32_t
kpi__index_seek(const kpi__index *index, uint64_t hash, size_t *cursor)
{
	const size_t mask = index->slots - 1;

	for (;; *cursor = (*cursor + 1) & mask) {
		const uint64_t entry = index->table[*cursor];

		if (entry == 0)
			return KPI__INDEX_NONE;
		if ((entry ^ hash) >> 32 == 0)
			return (uint32_t)entry - 1;
	}
}

/* The first, then each next, number with the upper 32 bits of `hash`:
 * candidates to be compared; KPI__INDEX_NONE at the end. Here, since a reader
 * of tables asks once a cell. */
static inline uint32_t
kpi__index_first(const kpi__index *index, uint64_t hash, size_t *cursor)
{
	if (index->slots == 0)
		return KPI__INDEX_NONE;
	*cursor = (size_t)hash & (index->slots - 1);
	return kpi__index_seek(index, hash, cursor);
}

static inline uint32_t
kpi__index_next(const kpi__index *index, uint64_t hash, size_t *cursor)
{
	*cursor = (*cursor + 1) & (index->slots - 1);
	return kpi__index_seek(index, hash, cursor);
}

/* Has the slot fetched where a hash will be looked for. */
static inline void
kpi__index_fetch(const kpi__index *index, uint64_t hash)
{
	if (index->slots > 0)
		__builtin_prefetch(
		    &index->table[(size_t)hash & (index->slots - 1)]);
}

/* Takes back all numbers from `count` on. */
void kpi__index_truncate(kpi__index *index, uint32_t count);

#endif
