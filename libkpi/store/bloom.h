/* SPDX-License-Identifier: MIT */
/*
 * bloom.h - tells, without reading any run, that an id is in no sealed
 * chunk. It errs to one side only, about once in 200 questions.
 */
#ifndef KPI_STORE_BLOOM_H
#define KPI_STORE_BLOOM_H

#include <kpi/base.h>

typedef struct kpi__bloom {
	uint64_t *line; /* 8 words each */
	size_t lines;   /* a power of two, or 0: says "maybe" to everything */
	uint64_t room;  /* ids it was made for */
	uint64_t ids;
} kpi__bloom;

/* Empties the filter and makes it for `ids` of them. */
kpi_status kpi__bloom_make(kpi__bloom *filter, const kpi_allocator *allocator,
    uint64_t ids) KPI_MUST_CHECK;
void kpi__bloom_free(kpi__bloom *filter, const kpi_allocator *allocator);

/* Has the line fetched that will be asked for. */
static inline void
kpi__bloom_fetch(const kpi__bloom *filter, uint64_t hash)
{
	if (filter->lines > 0)
		__builtin_prefetch(filter->line +
		    (size_t)(hash >> 28 & (filter->lines - 1)) * 8);
}

/* All words of a run. */
void kpi__bloom_add_all(
    kpi__bloom *filter, const uint64_t *words, uint32_t count);

/* Of the bits of `hash` that every word of a run has. */
void kpi__bloom_add(kpi__bloom *filter, uint64_t hash);
int kpi__bloom_may_hold(const kpi__bloom *filter, uint64_t hash);

#endif
