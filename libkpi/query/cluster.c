/* SPDX-License-Identifier: MIT */
/*
 * Clusters: days and customers, and what a definition has in each.
 *
 * Totals of a known cluster are kept until the end, wherever its units stand;
 * then their squares and products are added to the group's cells, and the
 * totals are forgotten. So the sums do not depend on the order of the rows.
 */
#include "base/error.h"
#include "base/memory.h"
#include "query/scan_plan.h"
#include "time/bucket.h"

#define NONE UINT32_MAX
#define HOUR INT64_C(3600000)

#define JOINED_BETWEEN_STOPS 65536

kpi_status
kpi__clusters_failed(kpi_error *error, kpi_status status)
{
	return kpi__fail(error, status,
	    status == KPI_ENOMEM
		? "no memory for days or customers"
		: "the sums of a day or customer are too large");
}

/* No two days begin in one hour. */
uint32_t
kpi__scan_day(kpi__scan *scan, int64_t instant)
{
	const kpi_query *q = scan->query;
	int64_t begin, until;

	if (instant < scan->day_begin || instant >= scan->day_until) {
		if (kpi__bucket_span(q->zone, KPI_BUCKET_DAY, q->week_start,
			instant, &begin, &until) != KPI_OK)
			return 0;
		scan->day_begin = begin;
		scan->day_until = until;
	}
	return (uint32_t)(int32_t)((scan->day_begin -
				       (scan->day_begin < 0 ? HOUR - 1 : 0)) /
	    HOUR);
}

static size_t
scatter(uint64_t key)
{
	const uint64_t h = (key ^ key >> 32) * UINT64_C(0x9e3779b97f4a7c15);

	return (size_t)(h ^ h >> 29);
}

/* Where the key is in the table, or would be; its room is a power of two. */
static size_t
find(const kpi__clusters *c, uint64_t key)
{
	const size_t mask = c->table_room - 1;
	size_t at = scatter(key) & mask;

	while (c->table[at] != 0 && c->keys[c->table[at] - 1] != key)
		at = (at + 1) & mask;
	return at;
}

static kpi_status
grow_table(const kpi_allocator *a, kpi__clusters *c)
{
	const size_t had = c->table_room;
	uint32_t *before = c->table;

	c->table_room = had == 0 ? 1024 : had * 2;
	c->table = kpi__new_zeroed(a, c->table_room, sizeof(*c->table));
	if (c->table == NULL) {
		c->table = before;
		c->table_room = had;
		return KPI_ENOMEM;
	}
	for (uint32_t i = 0; i < c->named; i++)
		c->table[find(c, c->keys[i])] = i + 1;
	kpi__release(a, before, had, sizeof(*before));
	return KPI_OK;
}

static kpi_status
add_key(const kpi_allocator *a, kpi__clusters *c, uint64_t key)
{
	if (c->count >= UINT32_MAX - 1 ||
	    kpi__grow(a, &c->keys, &c->room, c->count + 1, sizeof(*c->keys)) !=
		KPI_OK)
		return KPI_ENOMEM;
	c->keys[c->count++] = key;
	return KPI_OK;
}

/* The place + 1 of a known cluster in a group. */
static kpi_status
place_named(
    const kpi_allocator *a, kpi__clusters *c, uint64_t key, uint32_t *place)
{
	size_t at;

	if ((c->named + 1) * 2 > c->table_room && grow_table(a, c) != KPI_OK)
		return KPI_ENOMEM;
	at = find(c, key);
	if (c->table[at] == 0) {
		if (add_key(a, c, key) != KPI_OK)
			return KPI_ENOMEM;
		c->named = c->count;
		c->table[at] = (uint32_t)c->count;
	}
	*place = c->table[at];
	return KPI_OK;
}

static uint32_t
slot_of(const kpi__selection *s, uint32_t entry)
{
	if (s->keep != NULL && !s->keep[entry])
		return 0;
	return kpi__selection_slot(s, entry);
}

static uint32_t
unit_of(const kpi__selection *s, uint32_t entry)
{
	return s->unit == NULL ? entry : s->unit[entry];
}

static kpi_status
place_known(kpi__scan *scan, kpi__clusters *c, const kpi__selection *s,
    const uint32_t *code, const int64_t *at, uint32_t *place)
{
	uint64_t last = 0;
	uint32_t last_place = 0;

	for (uint32_t i = 0; i < s->count; i++) {
		const uint32_t slot = slot_of(s, i), unit = unit_of(s, i);
		uint64_t key;

		place[i] = 0;
		if (slot == 0 || (code != NULL && code[unit] == 0))
			continue;
		key = (uint64_t)slot << 32 |
		    (code != NULL ? code[unit] : kpi__scan_day(scan, at[unit]));
		if (key != last &&
		    place_named(scan->allocator, c, key, &last_place) != KPI_OK)
			return KPI_ENOMEM;
		last = key;
		place[i] = last_place;
	}
	return KPI_OK;
}

/* Units of an interaction stand together, and mostly in one group. */
static kpi_status
place_unknown(kpi__scan *scan, kpi__clusters *c, const kpi__selection *s,
    const uint32_t *code, uint32_t *place)
{
	const kpi__batch *b = &scan->pass.batch;
	const int of_rows = b->row_of != NULL &&
	    kpi__stream_space(&scan->streams[c->stream]) == KPI__ROW_SPACE;
	uint32_t current = NONE;
	size_t first = c->count;

	for (uint32_t i = 0; i < s->count; i++) {
		const uint32_t slot = slot_of(s, i), unit = unit_of(s, i);
		const uint32_t whole = of_rows ? b->whole_of[unit] : unit;
		size_t p;

		if (slot == 0 || code[unit] != 0)
			continue;
		if (whole != current)
			first = c->count;
		current = whole;
		for (p = first; p < c->count; p++)
			if (c->keys[p] >> 32 == slot)
				break;
		if (p == c->count &&
		    add_key(scan->allocator, c, (uint64_t)slot << 32) != KPI_OK)
			return KPI_ENOMEM;
		place[i] = (uint32_t)p + 1;
	}
	return KPI_OK;
}

static kpi_status
make_totals(const kpi_allocator *a, kpi__gatherer *g, size_t count)
{
	const size_t had = g->room;

	if (kpi__grow(a, &g->totals, &g->room, count, sizeof(*g->totals)) !=
	    KPI_OK)
		return KPI_ENOMEM;
	for (size_t i = had; i < g->room; i++)
		g->totals[i] = (kpi__total){ 0, 0 };
	return KPI_OK;
}

/* Non-zero if the sum does not fit. */
static int
add_shares(int64_t *to, int64_t by, int64_t share)
{
	const int64_t few = INT64_C(1) << 40;
	kpi__wide sum;

	/* Mostly it does: shares are below 2^20. */
	if (by >= -few && by <= few && *to >= -INT64_MAX / 4 &&
	    *to <= INT64_MAX / 4) {
		*to += by * share;
		return 0;
	}
	sum = kpi__wide_product(by, share);

	sum = kpi__wide_add(sum, kpi__wide_of(*to));
	return kpi__wide_to_int64(sum, to);
}

static kpi_status
gather(kpi__scan *scan, kpi__gatherer *g, const kpi__selection *s,
    const uint32_t *place)
{
	const kpi__adder *adder =
	    g->adder == NONE ? NULL : &scan->adders[g->adder];
	const uint8_t *key = kpi__scan_keys(scan, &scan->counters[g->counter]);
	const int64_t *value =
	    adder == NULL ? NULL : kpi__scan_values(scan, adder);
	int over = 0;

	for (uint32_t i = 0; i < s->count; i++) {
		const uint32_t unit = unit_of(s, i);
		const int64_t share = s->share == NULL ? 1 : s->share[i];
		kpi__total *total;

		if (place[i] == 0)
			continue;
		total = &g->totals[place[i] - 1];
		over |= add_shares(&total->x, g->x[key[unit]], share);
		over |= add_shares(&total->n, g->n[key[unit]], share);
		if (value != NULL && adder->in.in[key[unit]])
			over |= add_shares(&total->x, value[unit], share);
	}
	return over ? KPI_EOVERFLOW : KPI_OK;
}

static int
add_product(uint64_t *cell, int64_t a, int64_t b)
{
	kpi__wide w = { cell[0], (int64_t)cell[1] };

	if (kpi__wide_add_checked(&w, kpi__wide_product(a, b)))
		return 1;
	cell[0] = w.low;
	cell[1] = (uint64_t)w.high;
	return 0;
}

/* Adds a whole cluster to its group; one in which nothing counts is none. */
static kpi_status
take_total(
    kpi__scan *scan, const kpi__gatherer *g, uint64_t slot, kpi__total total)
{
	uint64_t *cell = scan->cells + (size_t)slot * scan->stride + g->cell;

	if (total.x == 0 && total.n == 0)
		return KPI_OK;
	cell[KPI__GATHERED_CLUSTERS]++;
	if (add_product(cell + KPI__GATHERED_SQUARES, total.x, total.x) ||
	    add_product(cell + KPI__GATHERED_CROSS, total.x, total.n) ||
	    add_product(cell + KPI__GATHERED_SIZES, total.n, total.n))
		return KPI_EOVERFLOW;
	return KPI_OK;
}

static kpi_status
take_totals(kpi__scan *scan, kpi__gatherer *g, size_t from, size_t until)
{
	const kpi__clusters *c = &scan->clusters[g->clusters];
	kpi_status status = KPI_OK;

	for (size_t i = from; i < until && status == KPI_OK; i++) {
		status = take_total(scan, g, c->keys[i] >> 32, g->totals[i]);
		g->totals[i] = (kpi__total){ 0, 0 };
	}
	return status;
}

/* Of units that are counted as they come. */
static int
is_of(const kpi__scan *scan, const kpi__gatherer *g, uint32_t clusters)
{
	const kpi__counter *c = &scan->counters[g->counter];

	return g->clusters == clusters && !c->latest && !c->by_customer;
}

static kpi_status
add_batch(kpi__scan *scan, uint32_t index, const kpi__selection *s)
{
	kpi__clusters *c = &scan->clusters[index];
	kpi__batch *b = &scan->pass.batch;
	const kpi__stream *stream = &scan->streams[c->stream];
	uint32_t *place = kpi__batch_room(b, s->count * sizeof(*place));
	kpi_status status;

	if (c->by == KPI__CLUSTER_DAY) {
		const int64_t *at = kpi__select_times(stream, b);

		if (b->status != KPI_OK)
			return KPI_OK;
		status = place_known(scan, c, s, NULL, at, place);
	} else {
		const uint32_t *code = kpi__batch_codes(b, KPI_BY_CUSTOMER,
		    KPI__CREDIT_LAST, kpi__stream_space(stream));

		status = place_known(scan, c, s, code, NULL, place);
		if (status == KPI_OK)
			status = place_unknown(scan, c, s, code, place);
	}
	for (uint32_t i = 0; i < scan->gatherer_count; i++) {
		kpi__gatherer *g = &scan->gatherers[i];

		if (!is_of(scan, g, index) || status != KPI_OK)
			continue;
		status = make_totals(scan->allocator, g, c->count);
		if (status == KPI_OK)
			status = gather(scan, g, s, place);
		if (status == KPI_OK)
			status = take_totals(scan, g, c->named, c->count);
	}
	c->count = c->named;
	return status;
}

kpi_status
kpi__clusters_add(kpi__scan *scan, uint32_t stream, const kpi__selection *s)
{
	for (uint32_t i = 0; i < scan->clusters_count; i++) {
		int asked = 0;
		kpi_status status;

		for (uint32_t k = 0; k < scan->gatherer_count; k++)
			asked |= is_of(scan, &scan->gatherers[k], i);
		if (scan->clusters[i].stream != stream || !asked)
			continue;
		status = add_batch(scan, i, s);
		if (status != KPI_OK)
			return status;
	}
	return KPI_OK;
}

static kpi_status
gather_answer(
    kpi__scan *scan, kpi__gatherer *g, uint8_t key, const kpi__answer *answer)
{
	kpi__clusters *c = &scan->clusters[g->clusters];
	const uint64_t slot = answer->whose >> 32;
	const int by_day = c->by == KPI__CLUSTER_DAY;
	kpi__total one = { 0, 0 }, *total = &one;
	uint32_t place = 0;
	kpi_status status;

	if (by_day || (uint32_t)answer->whose != 0) {
		status = place_named(scan->allocator, c,
		    by_day ? slot << 32 | answer->day : answer->whose, &place);
		if (status == KPI_OK)
			status = make_totals(scan->allocator, g, place);
		if (status != KPI_OK)
			return status;
		total = &g->totals[place - 1];
	}
	if (add_shares(&total->x, g->x[key], answer->share) ||
	    add_shares(&total->n, g->n[key], answer->share))
		return KPI_EOVERFLOW;
	return place == 0 ? take_total(scan, g, slot, one) : KPI_OK;
}

kpi_status
kpi__clusters_answer(
    kpi__scan *scan, const kpi__counter *c, const kpi__answer *answer)
{
	for (uint32_t i = 0; i < scan->gatherer_count; i++) {
		kpi__gatherer *g = &scan->gatherers[i];
		kpi_status status;

		if (&scan->counters[g->counter] != c)
			continue;
		status =
		    gather_answer(scan, g, c->example[answer->atom], answer);
		if (status != KPI_OK)
			return status;
	}
	return KPI_OK;
}

/* The totals of a gatherer whose cluster i has the place + 1 place[i]. */
static kpi_status
join_totals(const kpi_allocator *a, kpi__gatherer *to,
    const kpi__gatherer *from, const uint32_t *place, size_t count,
    size_t places)
{
	int over = 0;

	if (make_totals(a, to, places) != KPI_OK)
		return KPI_ENOMEM;
	for (size_t i = 0; i < count && i < from->room; i++) {
		kpi__total *total = &to->totals[place[i] - 1];

		over |= add_shares(&total->x, from->totals[i].x, 1);
		over |= add_shares(&total->n, from->totals[i].n, 1);
	}
	return over ? KPI_EOVERFLOW : KPI_OK;
}

static kpi_status
join_clusters(kpi__scan *scan, const kpi__scan *from, uint32_t index,
    const uint32_t *slot, uint32_t *place)
{
	const kpi__clusters *theirs = &from->clusters[index];
	kpi__clusters *c = &scan->clusters[index];
	kpi_status status = KPI_OK;

	for (size_t i = 0; i < theirs->count && status == KPI_OK; i++) {
		status = place_named(scan->allocator, c,
		    (uint64_t)slot[theirs->keys[i] >> 32] << 32 |
			(uint32_t)theirs->keys[i],
		    &place[i]);
		if (i % JOINED_BETWEEN_STOPS == JOINED_BETWEEN_STOPS - 1 &&
		    status == KPI_OK)
			status = kpi__query_stopped(scan->query, 0, 0, NULL);
	}
	for (uint32_t i = 0; i < scan->gatherer_count && status == KPI_OK; i++)
		if (scan->gatherers[i].clusters == index)
			status = join_totals(scan->allocator,
			    &scan->gatherers[i], &from->gatherers[i], place,
			    theirs->count, c->count);
	return status;
}

kpi_status
kpi__clusters_join(kpi__scan *scan, const kpi__scan *from, const uint32_t *slot)
{
	kpi_status status = KPI_OK;

	for (uint32_t i = 0; i < scan->clusters_count && status == KPI_OK;
	     i++) {
		const size_t count = from->clusters[i].count;
		uint32_t *place;

		if (count == 0)
			continue;
		place = kpi__new_array(scan->allocator, count, sizeof(*place));
		if (place == NULL)
			return KPI_ENOMEM;
		status = join_clusters(scan, from, i, slot, place);
		kpi__release(scan->allocator, place, count, sizeof(*place));
	}
	return status;
}

kpi_status
kpi__clusters_finish(kpi__scan *scan)
{
	kpi_status status = KPI_OK;

	for (uint32_t i = 0; i < scan->gatherer_count && status == KPI_OK;
	     i++) {
		kpi__gatherer *g = &scan->gatherers[i];
		const size_t count = scan->clusters[g->clusters].count;

		status = make_totals(scan->allocator, g, count);
		if (status == KPI_OK)
			status = take_totals(scan, g, 0, count);
	}
	return status;
}

void
kpi__clusters_free(kpi__scan *scan)
{
	const kpi_allocator *a = scan->allocator;

	for (uint32_t i = 0; i < scan->clusters_count; i++) {
		kpi__clusters *c = &scan->clusters[i];

		kpi__release(a, c->keys, c->room, sizeof(*c->keys));
		kpi__release(a, c->table, c->table_room, sizeof(*c->table));
	}
	for (uint32_t i = 0; i < scan->gatherer_count; i++)
		kpi__release(a, scan->gatherers[i].totals,
		    scan->gatherers[i].room, sizeof(kpi__total));
}
