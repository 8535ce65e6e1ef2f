/* SPDX-License-Identifier: MIT */
#include "store/activity.h"

#include "base/checksum.h"

void
kpi__activities_init(kpi__activities *a, const kpi_allocator *allocator)
{
	kpi__index_init(&a->index, allocator);
	kpi__shelf_init(&a->spans, sizeof(kpi__span), allocator);
}

void
kpi__activities_free(kpi__activities *a)
{
	kpi__shelf_free(&a->spans);
	kpi__index_free(&a->index);
}

const kpi__span *
kpi__activities_at(const kpi__activities *a, uint32_t number)
{
	return kpi__shelf_at(&a->spans, number);
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
	void *room;
	kpi__span *kept;
	const kpi_status status =
	    kpi__shelf_reach(&a->spans, a->index.count, &room);

	if (status != KPI_OK)
		return status;
	*change = !kpi__span_is_empty(span) -
	    (former != NULL && !kpi__span_is_empty(former));
	kept = room;
	*kept = *span;
	kept->number = a->index.count;
	return kpi__index_put(&a->index, hash_of(span));
}

void
kpi__activities_truncate(kpi__activities *a, uint32_t count)
{
	kpi__index_truncate(&a->index, count);
}
