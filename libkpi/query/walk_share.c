/* SPDX-License-Identifier: MIT */
/* A share of the contacts, in the order of keys and neighbours. */
#include <string.h>

#include "base/sort.h"
#include "query/walker.h"

static int
compare_contacts(const void *a, const void *b, const void *ctx)
{
	const kpi__contact *x = a, *y = b;
	kpi__walker *v;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	memcpy(&v, &ctx, sizeof(v));
	if (v->status != KPI_OK)
		return 0;
	return kpi__compare_neighbours(v->of->snapshot, v->of->ordinals,
	    x->ordinal, y->ordinal, &v->status, &v->error);
}

/* Sorts the key that contact `at` is of; gives its end. */
static uint32_t
sort_key(kpi__walker *v, uint32_t at, uint32_t count)
{
	kpi__contact *c = v->sorted;
	uint32_t begin = at, n;

	while (!c[begin].begins)
		begin--;
	n = kpi__contacts_of_key(c + begin, count - begin);
	c[begin].begins = 0;
	kpi__sort(c + begin, v->scratch, n, sizeof(*c), compare_contacts, v);
	c[begin].begins = 1;
	return begin + n;
}

/* Most keys are in order already, and most contacts begin alone. */
static void
sort_keys(kpi__walker *v, uint32_t count)
{
	const kpi__contact *c = v->sorted;

	for (uint32_t i = 1; i < count && v->status == KPI_OK;)
		if (!c[i].begins && c[i].start <= c[i - 1].start)
			i = sort_key(v, i, count);
		else
			i++;
}

/* Where each key begins, from how many there are of it. */
static void
place_keys(uint32_t *place, uint32_t keys)
{
	uint32_t sum = 0;

	for (uint32_t k = 0; k < keys; k++) {
		const uint32_t here = place[k];

		place[k] = sum;
		sum += here;
	}
}

void
kpi__walk_share(kpi__walker *v, const kpi__dealt *restrict d, uint32_t count)
{
	const kpi__walking *w = v->of;
	const uint32_t rests = (uint32_t)(w->codes >> w->bits) + 1;
	uint32_t *restrict place = v->place;
	kpi__contact *restrict sorted = v->sorted;

	if (count == 0)
		return;
	memset(place, 0, rests * sizeof(*place));
	for (uint32_t i = 0; i < count; i++)
		place[d[i].rest >> 6]++;
	place_keys(place, rests);
	for (uint32_t i = 0; i < count; i++)
		sorted[place[d[i].rest >> 6]++] =
		    (kpi__contact){ d[i].start, d[i].ordinal,
			    (uint8_t)(d[i].rest >> 2 & 15),
			    (uint8_t)(d[i].rest & 3), 0, 0 };
	/* Where a key ends the next begins. */
	sorted[0].begins = 1;
	for (uint32_t k = 0; k < rests; k++)
		if (place[k] < count)
			sorted[place[k]].begins = 1;
	sort_keys(v, count);
	if (v->status == KPI_OK)
		v->status = w->visit(v->ctx, sorted, count, 1);
}
