/* SPDX-License-Identifier: MIT */
#include "metric/levels.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "result/order.h"
#include "time/bucket.h"

/* What a slot is of. */
typedef struct place {
	uint32_t codes[KPI__DIMENSIONS];
	int64_t begin, until;
} place;

typedef struct rising {
	kpi__sink *sink;
	const kpi__scan *scan;
	const kpi__gathered *levels;
	uint32_t count;
	int64_t end;
	uint64_t rows;
} rising;

static place
place_of(const kpi__scan *scan, uint32_t slot)
{
	place p;

	memset(&p, 0, sizeof(p));
	kpi__scan_group(scan, slot, p.codes, &p.begin, &p.until);
	return p;
}

static int
compare_groups(const place *a, const place *b)
{
	for (size_t i = 0; i < KPI__DIMENSIONS; i++)
		if (a->codes[i] != b->codes[i])
			return a->codes[i] < b->codes[i] ? -1 : 1;
	return 0;
}

static int
compare_slots(const void *ctx, uint32_t a, uint32_t b)
{
	const place x = place_of(ctx, a), y = place_of(ctx, b);
	const int order = compare_groups(&x, &y);

	if (order != 0)
		return order;
	return (x.begin > y.begin) - (x.begin < y.begin);
}

static void
rise(const rising *r, uint32_t slot)
{
	kpi__wide sums[KPI__SUMS];

	for (uint32_t i = 0; i < r->count; i++) {
		kpi__scan_sums(r->scan, slot, r->levels[i].place, sums);
		kpi__sink_put(r->sink, r->levels[i].definition, sums);
	}
}

/* The rows of one group, which has these slots in the order of time. */
static kpi_status
add_group(rising *r, const uint32_t *slot, uint32_t count)
{
	const kpi_query *q = r->sink->query;
	place at = place_of(r->scan, slot[0]);
	uint32_t next = 0;

	kpi__sink_clear(r->sink);
	while (at.begin < r->end) {
		int64_t begin;
		kpi_status status;

		if (next < count &&
		    place_of(r->scan, slot[next]).begin == at.begin)
			rise(r, slot[next++]);
		if (r->rows++ >= q->group_limit)
			return kpi__fail(r->sink->error, KPI_ELIMIT,
			    "more than %llu groups",
			    (unsigned long long)q->group_limit);
		status =
		    kpi__sink_row(r->sink, at.codes, at.begin, at.until);
		if (status != KPI_OK)
			return status;
		status = kpi__bucket_span(q->zone, q->bucket, q->week_start,
		    at.until, &begin, &at.until);
		if (status != KPI_OK)
			return kpi__fail(
			    r->sink->error, status, "no such bucket");
		/* The last bucket of all is followed by itself. */
		if (begin <= at.begin)
			break;
		at.begin = begin;
	}
	return KPI_OK;
}

static kpi_status
add_groups(rising *r, const uint32_t *slot, uint32_t count)
{
	kpi_status status = KPI_OK;

	for (uint32_t i = 0; i < count && status == KPI_OK;) {
		const place first = place_of(r->scan, slot[i]);
		uint32_t end = i + 1;

		while (end < count) {
			const place other = place_of(r->scan, slot[end]);

			if (compare_groups(&first, &other) != 0)
				break;
			end++;
		}
		status = add_group(r, slot + i, end - i);
		i = end;
	}
	return status;
}

/* Slots that other metrics of the scan have met may hold nothing here. */
static int
has_any(const kpi__scan *scan, const kpi__gathered *levels, uint32_t count,
    uint32_t slot)
{
	kpi__wide sums[KPI__SUMS];

	for (uint32_t i = 0; i < count; i++) {
		memset(sums, 0, sizeof(sums));
		kpi__scan_sums(scan, slot, levels[i].place, sums);
		for (int k = 0; k < KPI__SUMS; k++)
			if (sums[k].low != 0 || sums[k].high != 0)
				return 1;
	}
	return 0;
}

kpi_status
kpi__levels_add(kpi__sink *sink, const kpi__scan *scan,
    const kpi__gathered *levels, uint32_t count, int64_t end)
{
	const kpi_allocator *a = kpi__snapshot_allocator(sink->snapshot);
	const uint32_t slots = kpi__scan_slots(scan);
	rising r = { sink, scan, levels, count, end, 0 };
	uint32_t *slot, *spare, met = 0;
	kpi_status status;

	if (slots == 0)
		return KPI_OK;
	slot = kpi__new_array(a, slots, sizeof(*slot));
	spare = kpi__new_array(a, slots, sizeof(*spare));
	if (slot == NULL || spare == NULL) {
		status = kpi__fail(
		    sink->error, KPI_ENOMEM, "no memory for a result");
	} else {
		for (uint32_t s = 1; s <= slots; s++)
			if (has_any(scan, levels, count, s))
				slot[met++] = s;
		kpi__order_places(slot, spare, met, compare_slots, scan);
		status = add_groups(&r, slot, met);
	}
	kpi__release(a, slot, slots, sizeof(*slot));
	kpi__release(a, spare, slots, sizeof(*spare));
	return status;
}
