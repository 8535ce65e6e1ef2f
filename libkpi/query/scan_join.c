/* SPDX-License-Identifier: MIT */
/* What two scans of one plan have gathered from different parts, put
 * together. */
#include <string.h>

#include "base/memory.h"
#include "query/scan_plan.h"

static void *
copy_of(const kpi_allocator *a, const void *from, size_t count, size_t size)
{
	void *to = kpi__new_array(a, count, size);

	if (to != NULL)
		memcpy(to, from, count * size);
	return to;
}

kpi_status
kpi__scan_copy_plan(kpi__scan *to, const kpi__scan *from)
{
	const kpi_allocator *a = to->allocator;
	const size_t n = from->count;

	to->streams = copy_of(a, from->streams, n, sizeof(*to->streams));
	to->counters = copy_of(a, from->counters, n, sizeof(*to->counters));
	to->adders = copy_of(a, from->adders, n, sizeof(*to->adders));
	to->distincts = copy_of(a, from->distincts, n, sizeof(*to->distincts));
	to->piles = copy_of(a, from->piles, n, sizeof(*to->piles));
	to->clusters = copy_of(a, from->clusters, 2 * n, sizeof(*to->clusters));
	to->gatherers =
	    copy_of(a, from->gatherers, 2 * n, sizeof(*to->gatherers));
	if (to->streams == NULL || to->counters == NULL || to->adders == NULL ||
	    to->distincts == NULL || to->piles == NULL ||
	    to->clusters == NULL || to->gatherers == NULL)
		return KPI_ENOMEM;
	to->stream_count = from->stream_count;
	to->counter_count = from->counter_count;
	to->adder_count = from->adder_count;
	to->distinct_count = from->distinct_count;
	to->pile_count = from->pile_count;
	to->clusters_count = from->clusters_count;
	to->gatherer_count = from->gatherer_count;
	to->stride = from->stride;
	to->narrow.blocks = from->narrow.blocks;
	to->narrow.block_count = from->narrow.block_count;
	to->narrow.is_lent = 1;
	to->narrow.all = from->narrow.all;
	to->narrow.row = from->narrow.row;
	return KPI_OK;
}

/* Adds a sum of two words; non-zero if it does not fit. */
static int
add_wide(uint64_t *to, const uint64_t *from)
{
	kpi__wide sum = { to[0], (int64_t)to[1] };

	if (kpi__wide_add_checked(
		&sum, (kpi__wide){ from[0], (int64_t)from[1] }))
		return 1;
	to[0] = sum.low;
	to[1] = (uint64_t)sum.high;
	return 0;
}

static int
join_counter(const kpi__scan *scan, const kpi__counter *c, uint64_t *to,
    const uint64_t *from)
{
	int over = 0;

	if (kpi__atom_cells(&scan->streams[c->stream]) == 1) {
		for (uint32_t i = 0; i < c->atoms.count; i++)
			to[i] += from[i];
		return 0;
	}
	for (uint32_t i = 0; i < c->atoms.count; i++) {
		to[0] += from[0];
		over |= add_wide(to + 1, from + 1);
		to[3] += from[3];
		to += KPI__SHARED_CELLS;
		from += KPI__SHARED_CELLS;
	}
	return over;
}

/* No cluster of an adder is in two parts: none is open any more. */
static int
join_adder(const kpi__adder *a, uint64_t *to, const uint64_t *from)
{
	int over;

	if (a->greatest) {
		to[0] = from[0] > to[0] ? from[0] : to[0];
		return 0;
	}
	over = add_wide(to + KPI__ADDED_SUM, from + KPI__ADDED_SUM);
	over |= add_wide(to + KPI__ADDED_SQUARES, from + KPI__ADDED_SQUARES);
	if (!a->clustered)
		return over;
	over |= add_wide(to + KPI__ADDED_CROSS, from + KPI__ADDED_CROSS);
	over |= add_wide(to + KPI__ADDED_SIZES, from + KPI__ADDED_SIZES);
	to[KPI__ADDED_CLUSTERS] += from[KPI__ADDED_CLUSTERS];
	return over;
}

static int
join_gatherer(uint64_t *to, const uint64_t *from)
{
	to[KPI__GATHERED_CLUSTERS] += from[KPI__GATHERED_CLUSTERS];
	return add_wide(to + KPI__GATHERED_SQUARES,
		   from + KPI__GATHERED_SQUARES) |
	    add_wide(to + KPI__GATHERED_CROSS, from + KPI__GATHERED_CROSS) |
	    add_wide(to + KPI__GATHERED_SIZES, from + KPI__GATHERED_SIZES);
}

/* Distinct ones have no cells yet. */
static int
join_cells(const kpi__scan *scan, uint64_t *to, const uint64_t *from)
{
	int over = 0;

	for (uint32_t i = 0; i < scan->counter_count; i++) {
		const kpi__counter *c = &scan->counters[i];

		over |= join_counter(scan, c, to + c->cell, from + c->cell);
	}
	for (uint32_t i = 0; i < scan->adder_count; i++) {
		const kpi__adder *a = &scan->adders[i];

		over |= join_adder(a, to + a->cell, from + a->cell);
	}
	for (uint32_t i = 0; i < scan->gatherer_count; i++) {
		const uint32_t cell = scan->gatherers[i].cell;

		over |= join_gatherer(to + cell, from + cell);
	}
	return over;
}

static kpi_status
join_groups(kpi__scan *to, const kpi__scan *from, const uint32_t *slot)
{
	const size_t slots = from->cell_count / from->stride;
	int over = 0;

	if (slots > 0 && kpi__scan_reserve(to) != KPI_OK)
		return KPI_ENOMEM;
	for (size_t i = 1; i < slots; i++)
		over |= join_cells(to, to->cells + slot[i] * to->stride,
		    from->cells + i * from->stride);
	return over ? KPI_EOVERFLOW : KPI_OK;
}

/* The same groups have other slots. */
static kpi_status
find_slots(kpi__groups *to, const kpi__groups *from, uint32_t *slot)
{
	slot[0] = 0;
	for (size_t i = 0; i < from->count; i++) {
		const kpi__group_key *group = &from->groups[i];
		const uint32_t bucket = kpi__groups_bucket(
		    to, from->buckets[group->bucket].begin);

		if (to->status == KPI_OK)
			slot[i + 1] = kpi__groups_slot(
			    to, group->dimensions, bucket);
		if (to->status != KPI_OK)
			return to->status;
	}
	return KPI_OK;
}

static kpi_status
join_all(kpi__scan *to, kpi__scan *from, uint32_t *slot)
{
	kpi_status status = find_slots(&to->groups, &from->groups, slot);

	if (status == KPI_OK)
		status = join_groups(to, from, slot);
	if (status == KPI_OK)
		status = kpi__narrow_join(to, from, slot);
	if (status == KPI_OK)
		status = kpi__piles_join(to, from, slot);
	for (uint32_t i = 0; i < to->distinct_count && status == KPI_OK; i++)
		status = kpi__distinct_join(
		    to, &to->distincts[i], &from->distincts[i], slot);
	for (uint32_t i = 0; i < to->counter_count && status == KPI_OK; i++)
		status = kpi__answers_join(
		    to, &to->counters[i], &from->counters[i], slot);
	return status == KPI_OK ? kpi__clusters_join(to, from, slot) : status;
}

kpi_status
kpi__scan_join(kpi__scan *to, kpi__scan *from)
{
	const size_t slots = from->groups.count + 1;
	uint32_t *slot =
	    kpi__new_array(to->allocator, slots, sizeof(*slot));
	kpi_status status = KPI_ENOMEM;

	if (slot != NULL)
		status = join_all(to, from, slot);
	kpi__release(to->allocator, slot, slots, sizeof(*slot));
	return status;
}
