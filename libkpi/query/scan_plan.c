/* SPDX-License-Identifier: MIT */
#include "query/scan_plan.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"

#define NONE UINT32_MAX

static uint32_t
stream_of(kpi__scan *scan, const kpi__stream *stream)
{
	for (uint32_t i = 0; i < scan->stream_count; i++)
		if (memcmp(&scan->streams[i], stream, sizeof(*stream)) == 0)
			return i;
	scan->streams[scan->stream_count] = *stream;
	return scan->stream_count++;
}

/* Where units lack a calendar those that are outside keep their keys. */
static int
same_outside(const kpi__counter *c, const kpi__declared *d)
{
	return d->stream.business == NULL ||
	    memcmp(c->class_of, d->class_of, sizeof(d->class_of)) == 0;
}

static uint32_t
counter_of(kpi__scan *scan, const kpi__declared *d)
{
	const uint32_t stream = stream_of(scan, &d->stream);
	kpi__counter *c;

	for (uint32_t i = 0; i < scan->counter_count; i++) {
		c = &scan->counters[i];
		if (c->stream == stream && c->latest == d->latest &&
		    !c->by_customer && !d->by_customer &&
		    same_outside(c, d) &&
		    memcmp(c->keyer, &d->keyer, sizeof(d->keyer)) == 0)
			return i;
	}
	c = &scan->counters[scan->counter_count];
	c->stream = stream;
	c->keyer = &d->keyer;
	c->latest = d->latest;
	c->by_customer = d->by_customer;
	c->class_of = d->class_of;
	return scan->counter_count++;
}

static void
keys_in(uint8_t in[KPI__KEYS], const kpi__declared *d)
{
	for (int key = 0; key < KPI__KEYS; key++)
		in[key] = d->value_classes >> d->class_of[key] & 1;
}

static kpi__adder
value_of(const kpi__declared *d, uint32_t counter)
{
	kpi__adder a;

	memset(&a, 0, sizeof(a));
	a.counter = counter;
	a.value = d->value;
	a.parts = d->value_parts;
	a.clustered = d->clustered;
	a.greatest = (d->sums & KPI__SUM_BIT(GREATEST)) != 0;
	keys_in(a.in.in, d);
	kpi__key_set_find(&a.in);
	return a;
}

static uint32_t
adder_of(kpi__scan *scan, const kpi__declared *d, uint32_t counter)
{
	kpi__adder a;

	if (d->value == KPI__VALUE_NONE || d->kept)
		return NONE;
	a = value_of(d, counter);
	for (uint32_t i = 0; i < scan->adder_count; i++)
		if (memcmp(&scan->adders[i], &a, sizeof(a)) == 0)
			return i;
	scan->adders[scan->adder_count] = a;
	return scan->adder_count++;
}

static uint32_t
pile_of(kpi__scan *scan, const kpi__declared *d, uint32_t counter)
{
	kpi__pile *to = &scan->piles[scan->pile_count];

	if (!d->kept)
		return NONE;
	to->of = value_of(d, counter);
	for (uint32_t i = 0; i < scan->pile_count; i++)
		if (memcmp(&scan->piles[i].of, &to->of, sizeof(to->of)) == 0)
			return i;
	kpi__shorts_init(&to->shorts, scan->allocator,
	    kpi__snapshot_memory(scan->snapshot));
	return scan->pile_count++;
}

static uint32_t
distinct_of(kpi__scan *scan, const kpi__declared *d, uint32_t counter)
{
	kpi__distinct *to = &scan->distincts[scan->distinct_count];

	if (!d->distinct)
		return NONE;
	to->counter = counter;
	to->by = d->distinct;
	keys_in(to->in, d);
	return scan->distinct_count++;
}

static uint32_t
clusters_of(kpi__scan *scan, uint32_t stream, int32_t by)
{
	kpi__clusters *c;

	for (uint32_t i = 0; i < scan->clusters_count; i++)
		if (scan->clusters[i].stream == stream &&
		    scan->clusters[i].by == by)
			return i;
	c = &scan->clusters[scan->clusters_count];
	c->stream = stream;
	c->by = by;
	return scan->clusters_count++;
}

static uint32_t
gatherer_of(kpi__scan *scan, const kpi__declared *d,
    const kpi__place_of *place, int32_t by)
{
	kpi__counter *counter = &scan->counters[place->counter];
	kpi__gatherer *g = &scan->gatherers[scan->gatherer_count];

	if (by == KPI__CLUSTER_NONE)
		return NONE;
	g->clusters = clusters_of(scan, counter->stream, by);
	g->counter = place->counter;
	g->adder = place->adder;
	for (int key = 0; key < KPI__KEYS; key++) {
		const uint8_t class = d->class_of[key];

		g->x[key] = d->weight[KPI__SUM_NUMERATOR][class];
		g->n[key] = d->weight[KPI__SUM_DENOMINATOR][class];
	}
	counter->by_day |= by == KPI__CLUSTER_DAY;
	for (uint32_t i = 0; i < scan->gatherer_count; i++)
		if (memcmp(&scan->gatherers[i], g, sizeof(*g)) == 0)
			return i;
	return scan->gatherer_count++;
}

/* Whether a definition adds the same for both classes. */
static int
alike(const kpi__declared *d, uint32_t x, uint32_t y)
{
	for (int sum = 0; sum < KPI__SUMS; sum++)
		if ((d->sums >> sum & 1) &&
		    d->weight[sum][x] != d->weight[sum][y])
			return 0;
	return 1;
}

/* For each class that a key has, the first one that is alike. */
static void
find_alike(const kpi__declared *d, uint8_t first[KPI__CLASS_LIMIT])
{
	uint8_t met[KPI__CLASS_LIMIT] = { 0 };

	for (int key = 0; key < KPI__KEYS; key++)
		met[d->class_of[key]] = 1;
	for (uint8_t x = 0; x < KPI__CLASS_LIMIT; x++) {
		first[x] = x;
		for (uint8_t y = 0; met[x] && y < x && first[x] == x; y++)
			if (met[y] && first[y] == y && alike(d, x, y))
				first[x] = y;
	}
}

/* Splits the atoms by what a definition tells apart: those that are then there
 * are in the order of their first keys. */
static void
split_atoms(kpi__counter *c, const kpi__declared *d)
{
	const uint32_t had = c->atoms.count;
	uint16_t atom[KPI__KEYS][KPI__CLASS_LIMIT]; /* + 1 */
	uint8_t first[KPI__CLASS_LIMIT];

	find_alike(d, first);
	memset(atom, 0, had * sizeof(atom[0]));
	c->atoms.count = 0;
	for (int key = 0; key < KPI__KEYS; key++) {
		uint16_t *to = &atom[c->atoms.of[key]][first[d->class_of[key]]];

		if (*to == 0) {
			c->example[c->atoms.count++] = (uint8_t)key;
			*to = (uint16_t)c->atoms.count;
		}
		c->atoms.of[key] = (uint8_t)(*to - 1);
	}
}

static int
adds_nothing(const kpi__declared *d, uint8_t key)
{
	for (int sum = 0; sum < KPI__SUMS; sum++)
		if ((d->sums >> sum & 1) &&
		    d->weight[sum][d->class_of[key]] != 0)
			return 0;
	return 1;
}

/* Keys that every definition treats alike are one atom. */
static void
find_atoms(kpi__scan *scan)
{
	for (uint32_t i = 0; i < scan->counter_count; i++) {
		scan->counters[i].atoms.count = 1;
		scan->counters[i].atoms.rare = 1;
	}
	for (uint32_t i = 0; i < scan->count; i++) {
		kpi__counter *c = &scan->counters[scan->places[i].counter];

		split_atoms(c, &scan->declared[i]);
		c->atoms.rare &= adds_nothing(&scan->declared[i], 0);
	}
}

static void
give_cells(kpi__scan *scan)
{
	uint32_t cell = 0;

	for (uint32_t i = 0; i < scan->counter_count; i++) {
		kpi__counter *c = &scan->counters[i];

		c->cell = cell;
		cell += c->atoms.count *
		    kpi__atom_cells(&scan->streams[c->stream]);
	}
	for (uint32_t i = 0; i < scan->adder_count; i++) {
		kpi__adder *a = &scan->adders[i];

		a->cell = cell;
		cell += a->greatest ? KPI__GREATEST_CELLS
		    : a->clustered  ? KPI__CLUSTERED_CELLS
				    : KPI__ADDER_CELLS;
	}
	for (uint32_t i = 0; i < scan->distinct_count; i++)
		scan->distincts[i].cell = cell++;
	for (uint32_t i = 0; i < scan->gatherer_count; i++) {
		scan->gatherers[i].cell = cell;
		cell += KPI__GATHERED_CELLS;
	}
	scan->stride = cell;
}

kpi_status
kpi__scan_plan(kpi__scan *scan, kpi_error *error)
{
	const uint32_t n = scan->count;

	scan->streams =
	    kpi__new_zeroed(scan->allocator, n, sizeof(*scan->streams));
	scan->counters =
	    kpi__new_zeroed(scan->allocator, n, sizeof(*scan->counters));
	scan->adders =
	    kpi__new_zeroed(scan->allocator, n, sizeof(*scan->adders));
	scan->distincts =
	    kpi__new_zeroed(scan->allocator, n, sizeof(*scan->distincts));
	scan->piles = kpi__new_zeroed(scan->allocator, n, sizeof(*scan->piles));
	scan->clusters = kpi__new_zeroed(
	    scan->allocator, 2 * (size_t)n, sizeof(*scan->clusters));
	scan->gatherers = kpi__new_zeroed(
	    scan->allocator, 2 * (size_t)n, sizeof(*scan->gatherers));
	scan->places =
	    kpi__new_zeroed(scan->allocator, n, sizeof(*scan->places));
	if (scan->streams == NULL || scan->counters == NULL ||
	    scan->adders == NULL || scan->distincts == NULL ||
	    scan->piles == NULL ||
	    scan->clusters == NULL || scan->gatherers == NULL ||
	    scan->places == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for a scan");

	for (uint32_t i = 0; i < n; i++) {
		const kpi__declared *d = &scan->declared[i];
		kpi__place_of *place = &scan->places[i];

		place->counter = counter_of(scan, d);
		place->adder = adder_of(scan, d, place->counter);
		place->distinct = distinct_of(scan, d, place->counter);
		place->pile = pile_of(scan, d, place->counter);
		place->bounds = gatherer_of(scan, d, place, d->bounds_cluster);
		place->verdict =
		    gatherer_of(scan, d, place, d->verdict_cluster);
	}
	find_atoms(scan);
	give_cells(scan);
	if (kpi__narrow_plan(scan) != KPI_OK)
		return kpi__fail(error, KPI_ENOMEM, "no memory for a scan");
	for (uint32_t i = 0; i < n; i++)
		if (kpi__scan_terms(scan, i) != KPI_OK)
			return kpi__fail(
			    error, KPI_ENOMEM, "no memory for a scan");
	return KPI_OK;
}
