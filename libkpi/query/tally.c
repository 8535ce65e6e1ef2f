/* SPDX-License-Identifier: MIT */
#include "query/tally.h"

#include <string.h>

#include "base/wide.h"

#define RUN 1024

#define MOST_OF_CLUSTER (INT64_MAX / 4)

static void
add_words(uint64_t *cell, kpi__wide by)
{
	kpi__wide w = { cell[0], (int64_t)cell[1] };

	w = kpi__wide_add(w, by);
	cell[0] = w.low;
	cell[1] = (uint64_t)w.high;
}

static void
tally_shares(uint64_t *cells, size_t stride, const kpi__selection *s,
    const kpi__atoms *atoms, const uint8_t *key)
{
	for (uint32_t i = 0; i < s->count; i++) {
		uint64_t *cell = cells + s->slot[i] * stride +
		    (size_t)atoms->of[key[s->unit[i]]] * KPI__SHARED_CELLS;
		const int64_t share = s->share[i];

		cell[0] += (uint64_t)share;
		add_words(cell + 1, kpi__wide_of(share * share));
		cell[3]++;
	}
}

/* A unit costs a visit of its group's cells; those with key 0 are left out,
 * without a branch on what cannot be foreseen. */
static void
tally_rare(uint64_t *cells, size_t stride, const kpi__selection *s,
    const kpi__atoms *atoms, const uint8_t *key)
{
	uint32_t at[RUN];

	for (size_t begin = 0; begin < s->count; begin += RUN) {
		const size_t end =
		    s->count - begin < RUN ? s->count : begin + RUN;
		size_t n = 0;

		for (size_t i = begin; i < end; i++) {
			at[n] = (uint32_t)i;
			n += key[i] != 0;
		}
		for (size_t k = 0; k < n; k++)
			cells[s->slot[at[k]] * stride +
			    atoms->of[key[at[k]]]]++;
	}
}

void
kpi__tally(uint64_t *cells, size_t stride, const kpi__selection *s,
    const kpi__atoms *atoms, const uint8_t *key)
{
	if (s->share != NULL) {
		tally_shares(cells, stride, s, atoms, key);
		return;
	}
	if (atoms->rare) {
		tally_rare(cells, stride, s, atoms, key);
		return;
	}
	for (size_t i = 0; i < s->count; i++)
		cells[s->slot[i] * stride + atoms->of[key[i]]]++;
}

void
kpi__tally_lanes(uint64_t *cells, const kpi__atoms *atoms,
    uint32_t counts[KPI__COUNT_LANES][512])
{
	for (unsigned key = 0; key < KPI__KEYS; key++)
		for (int lane = 0; lane < KPI__COUNT_LANES; lane++) {
			cells[atoms->of[key]] += counts[lane][key];
			counts[lane][key] = 0;
		}
}

static void
add_value(uint64_t *cell, int64_t v)
{
	add_words(cell + KPI__ADDED_SUM, kpi__wide_of(v));
	add_words(cell + KPI__ADDED_SQUARES, kpi__wide_product(v, v));
}

static void
add_short_value(uint64_t *cell, uint64_t v)
{
	const uint64_t square = v * v;

	cell[KPI__ADDED_SUM] += v;
	cell[KPI__ADDED_SUM + 1] += cell[KPI__ADDED_SUM] < v;
	cell[KPI__ADDED_SQUARES] += square;
	cell[KPI__ADDED_SQUARES + 1] += cell[KPI__ADDED_SQUARES] < square;
}

void
kpi__add(uint64_t *cells, size_t stride, const kpi__selection *s,
    const uint8_t in[KPI__KEYS], const uint8_t *key, const int64_t *value)
{
	for (uint32_t i = 0; i < s->count; i++) {
		const uint32_t slot = kpi__selection_slot(s, i);

		if (slot != 0 && in[key[i]] &&
		    (s->keep == NULL || s->keep[i]))
			add_value(cells + slot * stride, value[i]);
	}
}

void
kpi__add_short(uint64_t *cells, size_t stride, const kpi__selection *s,
    const kpi__key_set *in, const uint8_t *key, const uint32_t *value,
    uint8_t *mask)
{
	kpi__wide sum, squares;

	if (s->slot != NULL) {
		for (size_t i = 0; i < s->count; i++)
			add_short_value(cells + s->slot[i] * stride,
			    value[i] & -(uint32_t)in->in[key[i]]);
		return;
	}
	if (in->exact && s->keep == NULL) {
		kpi__kernel_sum(value, key, in->bits, in->value, s->count,
		    &sum, &squares);
	} else {
		kpi__kernel_mask(key, in, s->keep, s->count, mask);
		kpi__kernel_sum(value, mask, 1, 1, s->count, &sum, &squares);
	}
	cells += s->only * stride;
	add_words(cells + KPI__ADDED_SUM, sum);
	add_words(cells + KPI__ADDED_SQUARES, squares);
}

/* Non-zero and unchanged if the sum does not fit. */
static int
add_checked(uint64_t *cell, kpi__wide by)
{
	kpi__wide w = { cell[0], (int64_t)cell[1] };

	if (kpi__wide_add_checked(&w, by))
		return 1;
	cell[0] = w.low;
	cell[1] = (uint64_t)w.high;
	return 0;
}

/* Of a cluster's total, so that the sum of two fits. */
static int
is_too_large(int64_t x)
{
	return x > MOST_OF_CLUSTER || x < -MOST_OF_CLUSTER;
}

/*
 * What one more draw (x, n) adds to a cluster that has (X, N):
 * (X + x)^2 - X^2 = 2 X x + x^2, and likewise of X N and N^2. So nothing has
 * to be flushed at a cluster's end. Non-zero if a sum does not fit.
 */
static int
add_draw(uint64_t *cell, int64_t x, int64_t n, uint64_t stamp)
{
	int64_t before_x, before_n;

	if (cell[KPI__ADDED_STAMP] != stamp) {
		cell[KPI__ADDED_STAMP] = stamp;
		cell[KPI__ADDED_X] = cell[KPI__ADDED_N] = 0;
		cell[KPI__ADDED_CLUSTERS]++;
	}
	before_x = (int64_t)cell[KPI__ADDED_X];
	before_n = (int64_t)cell[KPI__ADDED_N];
	if (is_too_large(x) || is_too_large(before_x + x) ||
	    add_checked(cell + KPI__ADDED_SQUARES,
		kpi__wide_product(2 * before_x + x, x)) ||
	    add_checked(
		cell + KPI__ADDED_CROSS, kpi__wide_product(before_x + x, n)) ||
	    add_checked(
		cell + KPI__ADDED_CROSS, kpi__wide_product(x, before_n)))
		return 1;
	add_words(cell + KPI__ADDED_SUM, kpi__wide_of(x));
	add_words(cell + KPI__ADDED_SIZES,
	    kpi__wide_product(2 * before_n + n, n));
	cell[KPI__ADDED_X] = (uint64_t)(before_x + x);
	cell[KPI__ADDED_N] = (uint64_t)(before_n + n);
	return 0;
}

int
kpi__add_clustered(uint64_t *cells, size_t stride, const kpi__selection *s,
    const uint8_t in[KPI__KEYS], const uint8_t *key, const int64_t *value,
    const uint64_t *stamp)
{
	for (uint32_t i = 0; i < s->count; i++) {
		const uint32_t unit = s->unit == NULL ? i : s->unit[i];
		const uint32_t slot = kpi__selection_slot(s, i);
		const int64_t share = s->share == NULL ? 1 : s->share[i];
		int64_t x;

		if (!in[key[unit]] || (s->keep != NULL && !s->keep[i]))
			continue;
		if (kpi__wide_to_int64(
			kpi__wide_product(value[unit], share), &x) ||
		    add_draw(cells + slot * stride, x, share, stamp[unit]))
			return 1;
	}
	return 0;
}

static void
keep_greatest(uint64_t *cell, uint64_t v)
{
	*cell = v > *cell ? v : *cell;
}

void
kpi__greatest(uint64_t *cells, size_t stride, const kpi__selection *s,
    const uint8_t in[KPI__KEYS], const uint8_t *key, const int64_t *value)
{
	for (uint32_t i = 0; i < s->count; i++) {
		const uint32_t unit = s->unit == NULL ? i : s->unit[i];
		const uint32_t slot = kpi__selection_slot(s, i);

		if (in[key[unit]] && (s->keep == NULL || s->keep[i]))
			keep_greatest(
			    cells + slot * stride, (uint64_t)value[unit]);
	}
}

void
kpi__greatest_short(uint64_t *cells, size_t stride, const kpi__selection *s,
    const kpi__key_set *in, const uint8_t *key, const uint32_t *value,
    uint8_t *mask)
{
	if (s->slot != NULL) {
		for (size_t i = 0; i < s->count; i++)
			keep_greatest(cells + s->slot[i] * stride,
			    value[i] & -(uint32_t)in->in[key[i]]);
		return;
	}
	kpi__kernel_mask(key, in, s->keep, s->count, mask);
	keep_greatest(cells + s->only * stride,
	    kpi__kernel_greatest(value, mask, 1, 1, s->count));
}
