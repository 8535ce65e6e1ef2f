/* SPDX-License-Identifier: MIT */
#include "query/tally.h"

#include <string.h>

#include "base/wide.h"

/*
 * Counts of one atom in a run of at most 255 fit a byte, so that the compiler
 * counts 16 rows or more at once.
 */
static uint64_t
count_atom(const uint8_t *atom, uint8_t which, uint32_t count)
{
	uint64_t sum = 0;

	for (uint32_t i = 0; i < count; i += 255) {
		const uint32_t end = count - i < 255 ? count - i : 255;
		uint8_t run = 0;

		for (uint32_t j = 0; j < end; j++)
			run = (uint8_t)(run + (atom[i + j] == which));
		sum += run;
	}
	return sum;
}

/* The last atom is one more than there are: what `keep` drops. */
static void
tally_all(uint64_t *cells, const kpi__selection *s, const kpi__atoms *atoms,
    const uint8_t *key, uint8_t *atom)
{
	uint64_t rest = s->count;

	for (uint32_t i = 0; i < s->count; i++)
		atom[i] = atoms->of[key[i]];
	if (s->keep != NULL)
		for (uint32_t i = 0; i < s->count; i++)
			atom[i] = s->keep[i] ? atom[i] : 255;
	else if (atoms->count == 1) {
		cells[0] += rest;
		return;
	}
	for (uint32_t a = 0; a < atoms->count; a++) {
		if (s->keep == NULL && a + 1 == atoms->count) {
			cells[a] += rest;
			return;
		}
		const uint64_t found = count_atom(atom, (uint8_t)a, s->count);

		cells[a] += found;
		rest -= found;
	}
}

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

void
kpi__tally(uint64_t *cells, size_t stride, const kpi__selection *s,
    const kpi__atoms *atoms, const uint8_t *key, uint8_t *scratch)
{
	if (s->share != NULL) {
		tally_shares(cells, stride, s, atoms, key);
		return;
	}
	if (s->slot == NULL) {
		tally_all(cells + stride, s, atoms, key, scratch);
		return;
	}
	for (uint32_t i = 0; i < s->count; i++)
		cells[s->slot[i] * stride + atoms->of[key[i]]]++;
}

/* Squares of smaller values, and sums of so many, fit 64 bits. */
#define SMALL_VALUE ((uint64_t)1 << 26)
#define RUN         2048

static void
add_run(uint64_t *cells, const int64_t *value, uint32_t count)
{
	uint64_t any = 0, sum = 0, squares = 0;

	for (uint32_t i = 0; i < count; i++)
		any |= (uint64_t)value[i];
	if (any < SMALL_VALUE) {
		for (uint32_t i = 0; i < count; i++) {
			const uint32_t small = (uint32_t)value[i];

			sum += small;
			squares += (uint64_t)small * small;
		}
		add_words(cells + KPI__ADDED_SUM, kpi__wide_of((int64_t)sum));
		add_words(cells + KPI__ADDED_SQUARES,
		    (kpi__wide){ squares, 0 });
		return;
	}
	for (uint32_t i = 0; i < count; i++) {
		add_words(cells + KPI__ADDED_SUM, kpi__wide_of(value[i]));
		add_words(cells + KPI__ADDED_SQUARES,
		    kpi__wide_product(value[i], value[i]));
	}
}

static void
add_all(uint64_t *cells, const kpi__selection *s,
    const uint8_t in[KPI__KEYS], const uint8_t *key, const int64_t *value,
    int64_t *masked)
{
	uint8_t mask[RUN];

	for (uint32_t i = 0; i < s->count; i += RUN) {
		const uint32_t n = s->count - i < RUN ? s->count - i : RUN;

		for (uint32_t j = 0; j < n; j++)
			mask[j] = in[key[i + j]];
		if (s->keep != NULL)
			for (uint32_t j = 0; j < n; j++)
				mask[j] &= s->keep[i + j];
		for (uint32_t j = 0; j < n; j++)
			masked[j] = value[i + j] & -(int64_t)mask[j];
		add_run(cells, masked, n);
	}
}

void
kpi__add(uint64_t *cells, size_t stride, const kpi__selection *s,
    const uint8_t in[KPI__KEYS], const uint8_t *key, const int64_t *value,
    int64_t *scratch)
{
	if (s->slot == NULL) {
		add_all(cells + stride, s, in, key, value, scratch);
		return;
	}
	for (uint32_t i = 0; i < s->count; i++) {
		uint64_t *cell = cells + s->slot[i] * stride;
		const int64_t v = value[i] & -(int64_t)in[key[i]];

		if ((uint64_t)v <= UINT32_MAX) {
			const uint64_t square = (uint64_t)v * (uint64_t)v;

			cell[0] += (uint64_t)v;
			cell[1] += cell[0] < (uint64_t)v;
			cell[2] += square;
			cell[3] += cell[2] < square;
		} else {
			add_words(cell, kpi__wide_of(v));
			add_words(cell + 2, kpi__wide_product(v, v));
		}
	}
}

/*
 * What one more draw (x, n) adds to a cluster that has (X, N):
 * (X + x)^2 - X^2 = 2 X x + x^2, and likewise of X N and N^2. So nothing has
 * to be flushed at a cluster's end.
 */
static void
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
	add_words(cell + KPI__ADDED_SUM, kpi__wide_of(x));
	add_words(cell + KPI__ADDED_SQUARES,
	    kpi__wide_product(2 * before_x + x, x));
	add_words(cell + KPI__ADDED_CROSS, kpi__wide_product(before_x + x, n));
	add_words(cell + KPI__ADDED_CROSS, kpi__wide_product(x, before_n));
	add_words(cell + KPI__ADDED_SIZES,
	    kpi__wide_product(2 * before_n + n, n));
	cell[KPI__ADDED_X] = (uint64_t)(before_x + x);
	cell[KPI__ADDED_N] = (uint64_t)(before_n + n);
}

/*
 * A share is at most 720,720 and a whole's value below 2^42 but for calls of
 * more than 100 years, so their product fits; such a call is refused as too
 * large by the scan.
 */
void
kpi__add_clustered(uint64_t *cells, size_t stride, const kpi__selection *s,
    const uint8_t in[KPI__KEYS], const uint8_t *key, const int64_t *value,
    const uint64_t *stamp)
{
	for (uint32_t i = 0; i < s->count; i++) {
		const uint32_t unit = s->unit == NULL ? i : s->unit[i];
		const uint32_t slot = s->slot == NULL ? 1 : s->slot[i];
		const int64_t share = s->share == NULL ? 1 : s->share[i];

		if (!in[key[unit]] || (s->keep != NULL && !s->keep[i]))
			continue;
		add_draw(cells + slot * stride, value[unit] * share, share,
		    stamp[unit]);
	}
}
