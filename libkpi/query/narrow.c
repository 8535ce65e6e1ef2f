/* SPDX-License-Identifier: MIT */
#include "query/narrow.h"

#include <string.h>

#include "base/memory.h"
#include "query/scan_plan.h"

#define NONE UINT32_MAX

/* A vector that lies in one line of the cache is read and written as a whole. */
#define ALIGNMENT (KPI__LANES * sizeof(uint32_t))

#define TABLE (KPI__KEYS * KPI__LANES)

/* `bytes` have ALIGNMENT more than is needed. */
static unsigned char *
aligned(void *bytes)
{
	const size_t over = (size_t)((uintptr_t)bytes % ALIGNMENT);

	return (unsigned char *)bytes + (over == 0 ? 0 : ALIGNMENT - over);
}

static int
is_countable(const kpi__scan *scan, const kpi__counter *c)
{
	return !c->latest && !c->by_customer &&
	    scan->streams[c->stream].credit != KPI__CREDIT_EQUAL;
}

static int
rows_fit(const kpi__scan *scan)
{
	uint64_t rows = 0;

	for (uint32_t i = 0; i < kpi__snapshot_parts(scan->snapshot); i++)
		rows += kpi__snapshot_part(scan->snapshot, i)->rows;
	return rows <= UINT32_MAX;
}

/* Whether a definition asks how often an atom was met. */
static int
is_asked(const kpi__scan *scan, uint32_t counter, uint32_t atom)
{
	const uint8_t key = scan->counters[counter].example[atom];

	for (uint32_t i = 0; i < scan->count; i++) {
		const kpi__declared *d = &scan->declared[i];

		if (scan->places[i].counter != counter)
			continue;
		for (int sum = 0; sum < KPI__SUMS; sum++)
			if ((d->sums >> sum & 1) &&
			    d->weight[sum][d->class_of[key]] != 0)
				return 1;
	}
	return 0;
}

static kpi__block *
new_block(kpi__scan *scan, uint32_t stream)
{
	kpi__narrow *n = &scan->narrow;
	kpi__block *block;

	if (kpi__grow(scan->allocator, &n->blocks, &n->block_room,
		n->block_count + 1, sizeof(*n->blocks)) != KPI_OK)
		return NULL;
	block = &n->blocks[n->block_count++];
	memset(block, 0, sizeof(*block));
	block->stream = stream;
	return block;
}

/* One that has room for so many lanes, or a new one. */
static kpi__block *
block_for(kpi__scan *scan, uint32_t stream, uint32_t lanes)
{
	kpi__narrow *n = &scan->narrow;

	for (size_t i = 0; i < n->block_count; i++)
		if (n->blocks[i].stream == stream &&
		    n->blocks[i].count < KPI__BLOCK_COUNTERS &&
		    n->blocks[i].lanes + lanes <= KPI__LANES)
			return &n->blocks[i];
	return new_block(scan, stream);
}

/* A table with `of` for a counter, which then has lanes there. */
static uint32_t *
enter(kpi__scan *scan, kpi__block *block, uint32_t counter)
{
	uint32_t *table = kpi__new_zeroed(
	    scan->allocator, TABLE + KPI__LANES, sizeof(*table));

	if (table == NULL)
		return NULL;
	block->counter[block->count] = counter;
	block->adds[block->count++] = table;
	return (uint32_t *)(void *)aligned(table);
}

static void
add_lane(const kpi__counter *c, uint32_t atom, uint32_t *table, uint32_t lane)
{
	for (size_t key = 0; key < KPI__KEYS; key++)
		table[key * KPI__LANES + lane] += c->atoms.of[key] == atom;
}

/* Its atoms stand in one block, if eight are enough. */
static kpi_status
place_counter(kpi__scan *scan, uint32_t counter)
{
	kpi__counter *c = &scan->counters[counter];
	uint8_t asked[KPI__KEYS];
	uint32_t left = 0;
	kpi__block *block = NULL;
	uint32_t *table = NULL;

	for (uint32_t a = 0; a < c->atoms.count; a++) {
		asked[a] = (uint8_t)is_asked(scan, counter, a);
		left += asked[a];
	}
	for (uint32_t a = 0; a < c->atoms.count; a++) {
		c->narrow[a] = NONE;
		if (!asked[a])
			continue;
		if (block == NULL || block->lanes == KPI__LANES) {
			block = block_for(scan, c->stream,
			    left < KPI__LANES ? left : KPI__LANES);
			table = block == NULL ? NULL
					      : enter(scan, block, counter);
			if (table == NULL)
				return KPI_ENOMEM;
		}
		c->narrow[a] = (uint32_t)(block - scan->narrow.blocks) *
			KPI__LANES + block->lanes;
		add_lane(c, a, table, block->lanes++);
		left--;
	}
	return KPI_OK;
}

static void
place_adders(kpi__scan *scan)
{
	kpi__narrow *n = &scan->narrow;
	size_t words = n->block_count * KPI__LANES / 2;

	for (uint32_t i = 0; i < scan->adder_count; i++) {
		kpi__adder *a = &scan->adders[i];

		a->narrow = NONE;
		if (a->clustered || a->greatest ||
		    a->value == KPI__VALUE_TRANSFERS ||
		    !is_countable(scan, &scan->counters[a->counter])) {
			n->all = 0;
			continue;
		}
		a->narrow = (uint32_t)words;
		words += KPI__NARROW_ADDER;
	}
	n->row = (words * sizeof(uint64_t) + ALIGNMENT - 1) / ALIGNMENT *
	    ALIGNMENT;
}

kpi_status
kpi__narrow_plan(kpi__scan *scan)
{
	const kpi_query *q = scan->query;
	kpi__narrow *n = &scan->narrow;

	/* Without groups there are no slots. */
	if ((q->by_count == 0 && q->bucket == KPI_BUCKET_NONE) ||
	    !rows_fit(scan))
		return KPI_OK;
	n->all = scan->distinct_count == 0 && scan->gatherer_count == 0;
	for (uint32_t i = 0; i < scan->counter_count; i++) {
		kpi__counter *c = &scan->counters[i];

		c->is_narrow = is_countable(scan, c);
		if (!c->is_narrow)
			n->all = 0;
		else if (place_counter(scan, i) != KPI_OK)
			return KPI_ENOMEM;
	}
	place_adders(scan);
	return KPI_OK;
}

void
kpi__narrow_free(kpi__scan *scan)
{
	const kpi_allocator *a = scan->allocator;
	kpi__narrow *n = &scan->narrow;

	kpi__release(a, n->memory, n->size, 1);
	if (n->is_lent)
		return;
	for (size_t i = 0; i < n->block_count; i++)
		for (uint32_t k = 0; k < n->blocks[i].count; k++)
			kpi__release(a, n->blocks[i].adds[k],
			    TABLE + KPI__LANES, sizeof(uint32_t));
	kpi__release(a, n->blocks, n->block_room, sizeof(*n->blocks));
}

int
kpi__narrow_takes(const kpi__scan *scan, const kpi__selection *s)
{
	return scan->narrow.row != 0 && s->slot != NULL && s->unit == NULL;
}

/* Eightfold, as the words beside grow, where so much can be had. */
static kpi_status
grow(kpi__scan *scan, size_t need)
{
	kpi__narrow *n = &scan->narrow;
	size_t size = need * 8 + ALIGNMENT;
	void *memory = kpi__new_array(scan->allocator, size, 1);

	if (memory == NULL) {
		size = need + ALIGNMENT;
		memory = kpi__new_array(scan->allocator, size, 1);
	}
	if (memory == NULL)
		return KPI_ENOMEM;
	if (n->slots > 0)
		memcpy(aligned(memory), n->cells, n->slots * n->row);
	kpi__release(scan->allocator, n->memory, n->size, 1);
	n->memory = memory;
	n->size = size;
	n->cells = aligned(memory);
	return KPI_OK;
}

kpi_status
kpi__narrow_reserve(kpi__scan *scan)
{
	kpi__narrow *n = &scan->narrow;
	const size_t slots = scan->groups.count + 1;

	if (slots <= n->slots)
		return KPI_OK;
	if (slots * n->row + ALIGNMENT > n->size &&
	    grow(scan, slots * n->row) != KPI_OK)
		return KPI_ENOMEM;
	memset(n->cells + n->slots * n->row, 0, (slots - n->slots) * n->row);
	n->slots = slots;
	return KPI_OK;
}

void
kpi__narrow_count(kpi__scan *scan, uint32_t stream, const kpi__selection *s)
{
	const kpi__narrow *n = &scan->narrow;

	for (size_t i = 0; i < n->block_count; i++) {
		const kpi__block *block = &n->blocks[i];
		const uint8_t *key[KPI__BLOCK_COUNTERS] = { NULL };
		uint32_t *adds[KPI__BLOCK_COUNTERS] = { NULL };

		if (block->stream != stream)
			continue;
		for (uint32_t k = 0; k < block->count; k++) {
			key[k] = kpi__scan_keys(
			    scan, &scan->counters[block->counter[k]]);
			adds[k] = (void *)aligned(block->adds[k]);
		}
		kpi__narrow_add_keys(n->cells + i * ALIGNMENT, n->row,
		    s->slot, key, adds, block->count, s->count);
	}
}

static void
join_row(const kpi__scan *scan, unsigned char *to, const unsigned char *from)
{
	const size_t counts = scan->narrow.block_count * KPI__LANES;
	const size_t words = scan->narrow.row / sizeof(uint64_t);
	uint32_t *count = (void *)to;
	const uint32_t *more = (const void *)from;
	uint64_t *word = (void *)to;
	const uint64_t *much = (const void *)from;

	for (size_t i = 0; i < counts; i++)
		count[i] += more[i];
	for (size_t i = counts / 2; i < words; i++)
		word[i] += much[i];
}

kpi_status
kpi__narrow_join(kpi__scan *to, const kpi__scan *from, const uint32_t *slot)
{
	if (from->narrow.slots == 0)
		return KPI_OK;
	if (kpi__narrow_reserve(to) != KPI_OK)
		return KPI_ENOMEM;
	for (size_t i = 1; i < from->narrow.slots; i++)
		join_row(to, to->narrow.cells + slot[i] * to->narrow.row,
		    from->narrow.cells + i * from->narrow.row);
	return KPI_OK;
}
