/* SPDX-License-Identifier: MIT */
#include "query/group.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "time/bucket.h"

/*
 * A table of slots by dimension key, one a bucket, answers in one load; beyond
 * these sizes (customers by quarter of an hour) a hash table does.
 */
#define DENSE_KEYS  65536
#define DENSE_BYTES ((size_t)64 << 20)

static uint64_t
codes_of(const kpi__snapshot *snapshot, kpi_by by)
{
	if (by == KPI_BY_DIRECTION)
		return KPI_DIRECTION_INTERNAL + 1;
	return kpi__snapshot_codes(snapshot, kpi__dimension_field(by));
}

kpi_status
kpi__groups_init(kpi__groups *g, const kpi__snapshot *snapshot,
    const kpi_query *query, kpi_error *error)
{
	const kpi_error no_error = KPI_ERROR_INIT;

	memset(g, 0, sizeof(*g));
	g->allocator = kpi__snapshot_allocator(snapshot);
	g->query = query;
	g->error = no_error;
	g->keys = 1;
	for (uint32_t i = 0; i < query->by_count; i++) {
		g->radix[i] = codes_of(snapshot, query->by[i]);
		if (g->keys > UINT64_MAX / 2 / g->radix[i])
			return kpi__fail(error, KPI_ELIMIT,
			    "the dimensions have more than 2^63 combinations");
		g->keys *= g->radix[i];
	}
	return KPI_OK;
}

void
kpi__groups_free(kpi__groups *g)
{
	if (g->allocator == NULL)
		return;
	for (size_t i = 0; i < g->bucket_count; i++)
		kpi__release(g->allocator, g->buckets[i].slots,
		    (size_t)g->keys, sizeof(uint32_t));
	kpi__release(g->allocator, g->buckets, g->bucket_room,
	    sizeof(*g->buckets));
	kpi__release(g->allocator, g->by_begin, g->by_begin_room,
	    sizeof(*g->by_begin));
	kpi__release(g->allocator, g->groups, g->room, sizeof(*g->groups));
	kpi__release(g->allocator, g->table, g->table_room, sizeof(*g->table));
	memset(g, 0, sizeof(*g));
}

static uint32_t
fail(kpi__groups *g, kpi_status status, const char *text)
{
	if (g->status == KPI_OK)
		g->status = kpi__fail(&g->error, status, "%s", text);
	return 0;
}

static size_t
scatter(uint64_t a, uint64_t b)
{
	uint64_t h = (a ^ b * UINT64_C(0xd1b54a32d192ed03)) *
	    UINT64_C(0x9e3779b97f4a7c15);

	h ^= h >> 29;
	h *= UINT64_C(0x8cb92ba72f3d8dd7);
	return (size_t)(h >> 16);
}

static kpi_status
grow_by_begin(kpi__groups *g)
{
	const size_t room = g->by_begin_room == 0 ? 64 : g->by_begin_room * 2;
	uint32_t *table =
	    kpi__new_zeroed(g->allocator, room, sizeof(*table));

	if (table == NULL)
		return KPI_ENOMEM;
	for (size_t i = 0; i < g->bucket_count; i++) {
		size_t at = scatter((uint64_t)g->buckets[i].begin, 0);

		while (table[at % room] != 0)
			at++;
		table[at % room] = (uint32_t)i + 1;
	}
	kpi__release(g->allocator, g->by_begin, g->by_begin_room,
	    sizeof(*g->by_begin));
	g->by_begin = table;
	g->by_begin_room = room;
	return KPI_OK;
}

static uint32_t
add_bucket(kpi__groups *g, int64_t begin, int64_t until)
{
	const size_t size = (size_t)g->keys * sizeof(uint32_t);
	kpi__met_bucket met = { begin, until, NULL };
	size_t at;

	if (g->bucket_count >= UINT32_MAX / 2)
		return fail(g, KPI_ELIMIT, "too many buckets");
	if (kpi__grow(g->allocator, &g->buckets, &g->bucket_room,
		g->bucket_count + 1, sizeof(*g->buckets)) != KPI_OK)
		return fail(g, KPI_ENOMEM, "no memory for groups");
	if ((g->bucket_count + 1) * 2 > g->by_begin_room &&
	    grow_by_begin(g) != KPI_OK)
		return fail(g, KPI_ENOMEM, "no memory for groups");
	if (g->keys <= DENSE_KEYS && g->dense_bytes + size <= DENSE_BYTES) {
		met.slots = kpi__new_zeroed(
		    g->allocator, (size_t)g->keys, sizeof(uint32_t));
		if (met.slots == NULL)
			return fail(g, KPI_ENOMEM, "no memory for groups");
		g->dense_bytes += size;
	}
	at = scatter((uint64_t)begin, 0);
	while (g->by_begin[at % g->by_begin_room] != 0)
		at++;
	g->by_begin[at % g->by_begin_room] = (uint32_t)g->bucket_count + 1;
	g->buckets[g->bucket_count] = met;
	return (uint32_t)g->bucket_count++;
}

uint32_t
kpi__groups_bucket(kpi__groups *g, int64_t instant)
{
	int64_t begin, until;

	if (g->bucket_count > 0) {
		const kpi__met_bucket *last = &g->buckets[g->last_bucket];

		if (instant >= last->begin && instant < last->until)
			return g->last_bucket;
	}
	if (kpi__bucket_span(g->query->zone, g->query->bucket,
		g->query->week_start, instant, &begin, &until) != KPI_OK)
		return fail(g, KPI_EINVAL, "no such bucket");
	if (g->by_begin_room > 0) {
		size_t at = scatter((uint64_t)begin, 0);

		for (; g->by_begin[at % g->by_begin_room] != 0; at++) {
			const uint32_t i =
			    g->by_begin[at % g->by_begin_room] - 1;

			if (g->buckets[i].begin == begin)
				return g->last_bucket = i;
		}
	}
	return g->last_bucket = add_bucket(g, begin, until);
}

static uint32_t
new_slot(kpi__groups *g, uint64_t dimensions, uint32_t bucket)
{
	if (g->count >= g->query->group_limit || g->count >= UINT32_MAX - 1) {
		if (g->status == KPI_OK)
			g->status = kpi__fail(&g->error, KPI_ELIMIT,
			    "more than %llu groups",
			    (unsigned long long)g->query->group_limit);
		return 0;
	}
	if (kpi__grow(g->allocator, &g->groups, &g->room, g->count + 1,
		sizeof(*g->groups)) != KPI_OK)
		return fail(g, KPI_ENOMEM, "no memory for groups");
	g->groups[g->count] = (kpi__group_key){ dimensions, bucket,
		(uint32_t)g->count + 1 };
	return (uint32_t)++g->count;
}

static kpi_status
grow_table(kpi__groups *g)
{
	const size_t room = g->table_room == 0 ? 1024 : g->table_room * 2;
	kpi__group_key *table =
	    kpi__new_zeroed(g->allocator, room, sizeof(*table));

	if (table == NULL)
		return KPI_ENOMEM;
	for (size_t i = 0; i < g->table_room; i++) {
		const kpi__group_key *k = &g->table[i];
		size_t at = scatter(k->dimensions, k->bucket + 1);

		if (k->slot == 0)
			continue;
		while (table[at % room].slot != 0)
			at++;
		table[at % room] = *k;
	}
	kpi__release(g->allocator, g->table, g->table_room, sizeof(*g->table));
	g->table = table;
	g->table_room = room;
	return KPI_OK;
}

static uint32_t
hashed_slot(kpi__groups *g, uint64_t dimensions, uint32_t bucket)
{
	size_t at = scatter(dimensions, bucket + 1);
	uint32_t slot;

	if ((g->table_count + 1) * 2 > g->table_room &&
	    grow_table(g) != KPI_OK)
		return fail(g, KPI_ENOMEM, "no memory for groups");
	for (; g->table[at % g->table_room].slot != 0; at++) {
		const kpi__group_key *k = &g->table[at % g->table_room];

		if (k->dimensions == dimensions && k->bucket == bucket)
			return k->slot;
	}
	slot = new_slot(g, dimensions, bucket);
	if (slot != 0) {
		g->table[at % g->table_room] =
		    (kpi__group_key){ dimensions, bucket, slot };
		g->table_count++;
	}
	return slot;
}

uint32_t
kpi__groups_slot(kpi__groups *g, uint64_t dimensions, uint32_t bucket)
{
	uint32_t *slots;

	if (g->status != KPI_OK)
		return 0;
	slots = g->buckets[bucket].slots;
	if (slots == NULL)
		return hashed_slot(g, dimensions, bucket);
	if (slots[dimensions] == 0)
		slots[dimensions] = new_slot(g, dimensions, bucket);
	return slots[dimensions];
}

void
kpi__groups_read(const kpi__groups *g, uint32_t slot,
    uint32_t codes[KPI__DIMENSIONS], int64_t *begin, int64_t *until)
{
	const kpi__group_key *k = &g->groups[slot - 1];
	uint64_t rest = k->dimensions;

	for (uint32_t i = g->query->by_count; i-- > 0;) {
		codes[i] = (uint32_t)(rest % g->radix[i]);
		rest /= g->radix[i];
	}
	*begin = *until = KPI_UNKNOWN;
	if (g->query->bucket != KPI_BUCKET_NONE) {
		*begin = g->buckets[k->bucket].begin;
		*until = g->buckets[k->bucket].until;
	}
}
