/* SPDX-License-Identifier: MIT */
/*
 * Values picked by their place. Of many, one reading counts them into bins and
 * another takes those of the bins that are asked for, which are few, and which
 * are then put in order: so all places of a group cost two readings.
 */
#include "base/bin.h"
#include "base/memory.h"
#include "base/sort.h"
#include "query/scan_plan.h"

#include <string.h>

#define FEW   16 /* put in order one by one */
#define SOME 1024 /* put in order as they are, without bins */

uint32_t
kpi__scan_pile(const kpi__scan *scan, uint32_t index)
{
	return scan->places[index].pile;
}

/* The first weighed value of a slot. */
static size_t
first_weighed(const kpi__pile *p, uint32_t slot)
{
	size_t low = 0, high = p->count;

	while (low < high) {
		const size_t mid = low + (high - low) / 2;

		if (p->weighed[mid].slot < slot)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

uint64_t
kpi__scan_kept(const kpi__scan *scan, uint32_t pile, uint32_t slot)
{
	const kpi__pile *p = &scan->piles[pile];
	const size_t first = first_weighed(p, slot);
	const size_t after = first_weighed(p, slot + 1);

	return kpi__shorts_count(&p->shorts, slot) +
	    (after > first ? p->weighed[after - 1].until : 0);
}

/* That of the place among the weighed ones. */
static int64_t
pick_weighed(const kpi__pile *p, uint32_t slot, uint64_t place)
{
	size_t low = first_weighed(p, slot);
	size_t high = first_weighed(p, slot + 1);

	while (low < high) {
		const size_t mid = low + (high - low) / 2;

		if (p->weighed[mid].until <= place)
			low = mid + 1;
		else
			high = mid;
	}
	return p->weighed[low].value;
}

static void
order_few(uint64_t *value, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		const uint64_t v = value[i];
		size_t k = i;

		for (; k > 0 && value[k - 1] > v; k--)
			value[k] = value[k - 1];
		value[k] = v;
	}
}

static int
stopped(void *ctx)
{
	const kpi__scan *scan = ctx;
	const uint32_t parts = kpi__snapshot_parts(scan->snapshot);

	return kpi__query_stopped(scan->query, parts, parts, NULL) != KPI_OK;
}

/* The first half of the picked ones; the other is room to sort. */
static kpi_status
order_picked(kpi__scan *scan, kpi__pile *p, size_t count)
{
	if (count <= FEW)
		order_few(p->picked, count);
	else if (kpi__sort_words(p->picked, p->picked + p->picked_room / 2,
		     count, stopped, scan))
		return KPI_ESTOPPED;
	return KPI_OK;
}

static kpi_status
reserve_picked(kpi__scan *scan, kpi__pile *p, size_t count)
{
	return kpi__grow(scan->allocator, &p->picked, &p->picked_room,
	    2 * count, sizeof(*p->picked));
}

/* All of them. */
static kpi_status
pick_all(kpi__scan *scan, kpi__pile *p, const kpi__shorts_list *list,
    size_t count)
{
	size_t n = 0;

	if (reserve_picked(scan, p, count) != KPI_OK)
		return KPI_ENOMEM;
	for (const kpi__shorts_block *b = list->first; b != NULL; b = b->next) {
		const size_t in = kpi__shorts_in(list, b);

		for (size_t i = 0; i < in; i++)
			p->picked[n++] = b->value[i];
	}
	return order_picked(scan, p, n);
}

static kpi_status
reserve_bins(kpi__scan *scan, kpi__pile *p)
{
	if (p->below == NULL)
		p->below = kpi__new_array(
		    scan->allocator, KPI__SHORT_BINS, sizeof(*p->below));
	if (p->wanted == NULL)
		p->wanted =
		    kpi__new_zeroed(scan->allocator, KPI__SHORT_BINS, 1);
	if (p->counts == NULL)
		p->counts = kpi__new_array(
		    scan->allocator, KPI__SHORT_BINS, sizeof(*p->counts));
	return p->below == NULL || p->wanted == NULL || p->counts == NULL
	    ? KPI_ENOMEM
	    : KPI_OK;
}

/* Adds counts to those that no four bytes hold, and empties them. */
static void
take_counts(kpi__pile *p)
{
	for (uint32_t bin = 0; bin < KPI__SHORT_BINS; bin++)
		p->below[bin] += p->counts[bin];
	memset(p->counts, 0, KPI__SHORT_BINS * sizeof(*p->counts));
}

#define RUN 1024 /* values whose bins are found together */

/* Leaves in `below` how many values the bins before each have. Counts of four
 * bytes are half as large, and fit the nearest cache. */
static void
count_bins(kpi__pile *p, const kpi__shorts_list *list)
{
	uint64_t sum = 0, room = UINT32_MAX;
	uint32_t bin_of[RUN];

	memset(p->below, 0, KPI__SHORT_BINS * sizeof(*p->below));
	memset(p->counts, 0, KPI__SHORT_BINS * sizeof(*p->counts));
	for (const kpi__shorts_block *b = list->first; b != NULL; b = b->next) {
		const size_t in = kpi__shorts_in(list, b);

		if (in > room) {
			take_counts(p);
			room = UINT32_MAX;
		}
		room -= in;
		for (size_t i = 0, n; i < in; i += n) {
			n = in - i < RUN ? in - i : RUN;
			kpi__kernel_bins(b->value + i, n, bin_of);
			for (size_t k = 0; k < n; k++)
				p->counts[bin_of[k]]++;
		}
	}
	take_counts(p);
	for (uint32_t bin = 0; bin < KPI__SHORT_BINS; bin++) {
		const uint64_t here = p->below[bin];

		p->below[bin] = sum;
		sum += here;
	}
}

/* The bin in which the value of a place is. */
static uint32_t
bin_at(const kpi__pile *p, uint64_t place)
{
	uint32_t low = 0, high = KPI__SHORT_BINS;

	/* the last that has no more before it */
	while (high - low > 1) {
		const uint32_t mid = low + (high - low) / 2;

		if (p->below[mid] <= place)
			low = mid;
		else
			high = mid;
	}
	return low;
}

static size_t
take_wanted(kpi__pile *p, const kpi__shorts_list *list)
{
	const uint8_t *wanted = p->wanted;
	uint64_t *picked = p->picked;
	uint32_t bin_of[RUN];
	size_t taken = 0;

	for (const kpi__shorts_block *b = list->first; b != NULL; b = b->next) {
		const size_t in = kpi__shorts_in(list, b);

		for (size_t i = 0, n; i < in; i += n) {
			n = in - i < RUN ? in - i : RUN;
			kpi__kernel_bins(b->value + i, n, bin_of);
			for (size_t k = 0; k < n; k++) {
				picked[taken] = b->value[i + k];
				taken += wanted[bin_of[k]];
			}
		}
	}
	return taken;
}

static uint64_t
bin_size(const kpi__pile *p, uint32_t bin, uint64_t count)
{
	return (bin + 1 < KPI__SHORT_BINS ? p->below[bin + 1] : count) -
	    p->below[bin];
}

/* Leaves in `below` of a bin that is wanted only what is in no such bin. */
static void
forget_wanted(kpi__pile *p, uint64_t count)
{
	uint64_t taken = 0;
	const uint8_t *at = p->wanted, *end = at + KPI__SHORT_BINS;

	while (at < end && (at = memchr(at, 1, (size_t)(end - at))) != NULL) {
		const uint32_t bin = (uint32_t)(at++ - p->wanted);
		const uint64_t size = bin_size(p, bin, count);

		p->below[bin] -= taken;
		taken += size;
	}
}

static kpi_status
pick_of_many(kpi__scan *scan, kpi__pile *p, const kpi__shorts_list *list,
    uint64_t count, const uint64_t *place, uint32_t places, int64_t *value)
{
	uint64_t asked = 0;
	kpi_status status = reserve_bins(scan, p);

	if (status != KPI_OK)
		return status;
	count_bins(p, list);
	for (uint32_t i = 0; i < places; i++) {
		const uint32_t bin = place[i] < count ? bin_at(p, place[i]) : 0;

		if (place[i] >= count)
			continue;
		value[i] = (int64_t)kpi__bin_begin(bin);
		if (p->wanted[bin] || kpi__bin_width(bin) == 1)
			continue;
		p->wanted[bin] = 1;
		asked += bin_size(p, bin, count);
	}
	/* One more, for what is written and not kept. */
	status = asked == 0 ? KPI_OK
			    : reserve_picked(scan, p, (size_t)asked + 1);
	if (status == KPI_OK && asked > 0)
		status = order_picked(scan, p, take_wanted(p, list));
	forget_wanted(p, count);
	for (uint32_t i = 0; i < places && status == KPI_OK; i++) {
		uint32_t bin;

		if (place[i] >= count)
			continue;
		bin = kpi__bin_of((uint64_t)value[i]);
		if (p->wanted[bin])
			value[i] =
			    (int64_t)p->picked[place[i] - p->below[bin]];
	}
	memset(p->wanted, 0, KPI__SHORT_BINS);
	return status;
}

kpi_status
kpi__scan_pick(kpi__scan *scan, uint32_t pile, uint32_t slot,
    const uint64_t *place, uint32_t places, int64_t *value)
{
	kpi__pile *p = &scan->piles[pile];
	const uint64_t count = kpi__shorts_count(&p->shorts, slot);
	kpi_status status = KPI_OK;

	if (count > SOME)
		status = pick_of_many(scan, p, &p->shorts.lists[slot], count,
		    place, places, value);
	else if (count > 0)
		status = pick_all(
		    scan, p, &p->shorts.lists[slot], (size_t)count);
	for (uint32_t i = 0; i < places && status == KPI_OK && count <= SOME;
	     i++)
		if (place[i] < count)
			value[i] = (int64_t)p->picked[place[i]];
	for (uint32_t i = 0; i < places && status == KPI_OK; i++)
		if (place[i] >= count)
			value[i] = pick_weighed(p, slot, place[i] - count);
	return status;
}

kpi_status
kpi__scan_each(kpi__scan *scan, uint32_t pile, uint32_t slot,
    kpi_status (*each)(void *ctx, int64_t value, int64_t parts), void *ctx)
{
	kpi__pile *p = &scan->piles[pile];
	const size_t count = (size_t)kpi__shorts_count(&p->shorts, slot);
	const size_t after = first_weighed(p, slot + 1);
	kpi_status status = KPI_OK;

	if (count > 0)
		status = pick_all(scan, p, &p->shorts.lists[slot], count);
	for (size_t i = 0, next; i < count && status == KPI_OK; i = next) {
		for (next = i + 1;
		     next < count && p->picked[next] == p->picked[i];)
			next++;
		status = each(
		    ctx, (int64_t)p->picked[i], (int64_t)(next - i));
	}
	for (size_t i = first_weighed(p, slot);
	     i < after && status == KPI_OK; i++)
		status = each(ctx, p->weighed[i].value, p->weighed[i].share);
	return status;
}
