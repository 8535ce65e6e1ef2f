/* SPDX-License-Identifier: MIT */
#include "store/bloom.h"

#include "base/memory.h"

#define LINE_WORDS 8
#define IDS_A_LINE 36 /* 512 bits, 5 a key: 0.5 % wrong */
#define BITS_A_KEY 5
#define AHEAD      16 /* keys, in which a line comes from memory */

kpi_status
kpi__bloom_make(
    kpi__bloom *filter, const kpi_allocator *allocator, uint64_t ids)
{
	size_t lines = 64;
	uint64_t *line;

	while (lines < ids / IDS_A_LINE + 1)
		lines *= 2;
	line = kpi__new_zeroed(allocator, lines, LINE_WORDS * sizeof(*line));
	if (line == NULL)
		return KPI_ENOMEM;
	kpi__bloom_free(filter, allocator);
	filter->line = line;
	filter->lines = lines;
	filter->room = (uint64_t)lines * IDS_A_LINE;
	filter->ids = 0;
	return KPI_OK;
}

void
kpi__bloom_free(kpi__bloom *filter, const kpi_allocator *allocator)
{
	kpi__release(allocator, filter->line, filter->lines,
	    LINE_WORDS * sizeof(uint64_t));
	filter->line = NULL;
	filter->lines = 0;
	filter->room = filter->ids = 0;
}

/* The lowest 28 bits are not looked at: a long run does not keep them. */
static uint64_t
spread(uint64_t hash)
{
	hash = (hash >> 28) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ hash >> 29;
}

void
kpi__bloom_add(kpi__bloom *filter, uint64_t hash)
{
	uint64_t bits = spread(hash);
	uint64_t *line;

	if (filter->lines == 0)
		return;
	line = filter->line +
	    (size_t)(hash >> 28 & (filter->lines - 1)) * LINE_WORDS;
	for (int i = 0; i < BITS_A_KEY; i++, bits >>= 9)
		line[bits >> 6 & 7] |= UINT64_C(1) << (bits & 63);
	filter->ids++;
}

void
kpi__bloom_add_all(kpi__bloom *filter, const uint64_t *words, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++) {
		if (count - i > AHEAD)
			kpi__bloom_fetch(filter, words[i + AHEAD]);
		kpi__bloom_add(filter, words[i]);
	}
}

int
kpi__bloom_may_hold(const kpi__bloom *filter, uint64_t hash)
{
	uint64_t bits = spread(hash);
	const uint64_t *line;

	if (filter->lines == 0)
		return 1;
	line = filter->line +
	    (size_t)(hash >> 28 & (filter->lines - 1)) * LINE_WORDS;
	for (int i = 0; i < BITS_A_KEY; i++, bits >>= 9)
		if ((line[bits >> 6 & 7] >> (bits & 63) & 1) == 0)
			return 0;
	return 1;
}
