/* SPDX-License-Identifier: MIT */
#include "store/activity.h"

#include <string.h>

#include "base/checksum.h"
#include "base/memory.h"

#define FIRST_PAGE 16

void
kpi__activities_init(kpi__activities *a, const kpi_allocator *allocator)
{
	memset(a, 0, sizeof(*a));
	kpi__index_init(&a->index, allocator);
}

void
kpi__activities_free(kpi__activities *a)
{
	for (unsigned p = 0; p < KPI__ACTIVITY_PAGES; p++)
		kpi__release(a->index.allocator, a->page[p],
		    (size_t)FIRST_PAGE << p, sizeof(kpi__span));
	memset(a->page, 0, sizeof(a->page));
	kpi__index_free(&a->index);
}

static kpi__span **
page_of(
    const kpi__activities *a, uint32_t number, uint32_t *within, unsigned *page)
{
	uint32_t first = 0, size = FIRST_PAGE;

	*page = 0;
	while (number - first >= size) {
		first += size;
		size *= 2;
		++*page;
	}
	*within = number - first;
	return (kpi__span **)(uintptr_t)&a->page[*page];
}

const kpi__span *
kpi__activities_at(const kpi__activities *a, uint32_t number)
{
	uint32_t within;
	unsigned page;

	return &(*page_of(a, number, &within, &page))[within];
}

static uint64_t
hash_of(const kpi__span *span)
{
	const uint64_t words[3] = { (uint64_t)span->started_at,
		(uint64_t)span->agent << 32 | span->source, span->state };

	return kpi__checksum(words, sizeof(words), 0);
}

static int
same_key(const kpi__span *a, const kpi__span *b)
{
	return a->started_at == b->started_at && a->agent == b->agent &&
	    a->source == b->source && a->state == b->state;
}

int
kpi__span_is_empty(const kpi__span *span)
{
	return span->ended_at == span->started_at;
}

const kpi__span *
kpi__activities_like(const kpi__activities *a, const kpi__span *span)
{
	const uint64_t hash = hash_of(span);
	const kpi__span *last = NULL;
	size_t cursor;

	for (uint32_t number = kpi__index_first(&a->index, hash, &cursor);
	     number != KPI__INDEX_NONE;
	     number = kpi__index_next(&a->index, hash, &cursor)) {
		const kpi__span *const one = kpi__activities_at(a, number);

		if (same_key(one, span) &&
		    (last == NULL || one->number > last->number))
			last = one;
	}
	return last;
}

kpi_status
kpi__activities_add(kpi__activities *a, const kpi__span *span, int *change)
{
	const kpi__span *const former = kpi__activities_like(a, span);
	uint32_t within;
	unsigned page;
	kpi__span **spans = page_of(a, a->index.count, &within, &page);

	if (page >= KPI__ACTIVITY_PAGES)
		return KPI_EOVERFLOW;
	if (*spans == NULL)
		*spans = kpi__new_array(a->index.allocator,
		    (size_t)FIRST_PAGE << page, sizeof(**spans));
	if (*spans == NULL)
		return KPI_ENOMEM;
	*change = !kpi__span_is_empty(span) -
	    (former != NULL && !kpi__span_is_empty(former));
	(*spans)[within] = *span;
	(*spans)[within].number = a->index.count;
	return kpi__index_put(&a->index, hash_of(span));
}

void
kpi__activities_truncate(kpi__activities *a, uint32_t count)
{
	kpi__index_truncate(&a->index, count);
}
