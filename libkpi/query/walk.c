/* SPDX-License-Identifier: MIT */
#include "query/walk.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/sort.h"
#include "query/pass.h"

/*
 * Sorting n contacts by key and time: they are dealt into shares by the low
 * bits of the key, so that each share fits the second-level cache; a share is
 * dealt again by the rest of the key, which is a counting sort and keeps the
 * order of time that parts mostly have; and what is left in disorder in one
 * key is sorted there. So it is O(n log n) in any order of arrival, and the
 * random access is in the cache.
 */
#define SHARE_ROWS 4096
#define MOST_BITS  11

/* A contact on its way: 16 bytes, for it is memory that costs here. */
typedef struct dealt {
	int64_t start;
	uint32_t ordinal;
	uint32_t rest; /* of the key << 6 | outcome << 2 | direction */
} dealt;

typedef struct walk {
	const kpi__snapshot *snapshot;
	const kpi_allocator *allocator;
	const kpi_query *query;
	kpi_by by;
	kpi__visitor visit;
	void *ctx;
	kpi_error *error;
	kpi_status status;
	uint32_t *ordinals;
	uint64_t codes;    /* keys are below this */
	unsigned bits;     /* of the key, that choose the share */
	uint32_t *begin;   /* of each share, and the end */
	uint32_t *at;      /* where the next of each share goes */
	dealt *dealt;
	size_t count;
	uint32_t *place;   /* of each rest of a key, in the share */
	kpi__contact *sorted, *scratch;
	size_t widest;     /* contacts of the largest share */
} walk;

static uint32_t
shares_of(const walk *w)
{
	return UINT32_C(1) << w->bits;
}

static int
is_dead(const kpi__part *part, uint32_t i)
{
	return part->dead != NULL && (part->dead[i / 64] >> i % 64 & 1);
}

/* Goes through all batches with `take`. */
static void
each_batch(walk *w, uint32_t vectors, void (*take)(walk *w, kpi__batch *b))
{
	kpi__pass pass;
	kpi__batch *b;
	kpi_status status;

	kpi__pass_begin(&pass, w->snapshot, w->query, 0, vectors);
	while (w->status == KPI_OK && (b = kpi__pass_next(&pass)) != NULL)
		take(w, b);
	status = kpi__pass_end(&pass, w->error);
	if (w->status == KPI_OK)
		w->status = status;
}

static void
count_shares(walk *w, kpi__batch *b)
{
	const uint32_t *key = kpi__batch_codes(
	    b, w->by, KPI__CREDIT_LAST, KPI__WHOLE_SPACE);
	const uint32_t mask = shares_of(w) - 1;

	for (uint32_t i = 0; i < b->wholes; i++)
		w->at[key[i] & mask] += key[i] != 0;
}

static void
visit_alone(walk *w, const kpi__contact *contact)
{
	w->status = w->visit(w->ctx, contact, 1, 0);
}

static void
deal(walk *w, kpi__batch *b)
{
	const uint32_t *key = kpi__batch_codes(
	    b, w->by, KPI__CREDIT_LAST, KPI__WHOLE_SPACE);
	const int64_t *start =
	    kpi__batch_integers(b, KPI_FIELD_STARTED_AT, KPI__WHOLE_SPACE);
	const uint8_t *outcome = kpi__batch_outcomes(b, KPI__WHOLE_SPACE);
	const uint8_t *direction =
	    kpi__batch_bytes(b, KPI_FIELD_DIRECTION, KPI__WHOLE_SPACE);
	const uint32_t mask = shares_of(w) - 1;
	const uint32_t base = w->ordinals[b->number] + b->first;
	const unsigned bits = w->bits;
	uint32_t *restrict at = w->at;
	dealt *restrict to = w->dealt;

	for (uint32_t i = 0; i < b->wholes; i++) {
		const uint8_t where =
		    direction[i] == KPI__BYTE_UNKNOWN ? 0 : direction[i] & 3;

		if (b->part->dead != NULL && is_dead(b->part, b->first + i))
			continue;
		if (key[i] == 0) {
			visit_alone(w,
			    &(kpi__contact){ start[i], base + i, outcome[i],
				where, 1, 0 });
			if (w->status != KPI_OK)
				return;
			continue;
		}
		to[at[key[i] & mask]++] = (dealt){ start[i], base + i,
			key[i] >> bits << 6 | (uint32_t)outcome[i] << 2 |
			    where };
	}
}

static int
compare_contacts(const void *a, const void *b, const void *ctx)
{
	const kpi__contact *x = a, *y = b;
	walk *w;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	memcpy(&w, &ctx, sizeof(w));
	if (w->status != KPI_OK)
		return 0;
	return kpi__compare_neighbours(w->snapshot, w->ordinals, x->ordinal,
	    y->ordinal, &w->status, w->error);
}

/* Sorts the key that contact `at` is of; gives its end. */
static uint32_t
sort_key(walk *w, uint32_t at, uint32_t count)
{
	kpi__contact *c = w->sorted;
	uint32_t begin = at, n;

	while (!c[begin].begins)
		begin--;
	n = kpi__contacts_of_key(c + begin, count - begin);
	c[begin].begins = 0;
	kpi__sort(c + begin, w->scratch, n, sizeof(*c), compare_contacts, w);
	c[begin].begins = 1;
	return begin + n;
}

/* Most keys are in order already, and most contacts begin alone. */
static void
sort_keys(walk *w, uint32_t count)
{
	const kpi__contact *c = w->sorted;

	for (uint32_t i = 1; i < count && w->status == KPI_OK;)
		if (!c[i].begins && c[i].start <= c[i - 1].start)
			i = sort_key(w, i, count);
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

static void
walk_share(walk *w, const dealt *restrict d, uint32_t count)
{
	const uint32_t rests = (uint32_t)(w->codes >> w->bits) + 1;
	uint32_t *restrict place = w->place;
	kpi__contact *restrict sorted = w->sorted;

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
	sort_keys(w, count);
	if (w->status == KPI_OK)
		w->status = w->visit(w->ctx, sorted, count, 1);
}

/* After dealing, `at` of a share is its end. */
static void
walk_shares(walk *w)
{
	const uint32_t shares = shares_of(w);

	for (uint32_t s = 0; s < shares && w->status == KPI_OK; s++) {
		w->status = kpi__query_stopped(w->query, s, shares, w->error);
		if (w->status == KPI_OK)
			walk_share(
			    w, w->dealt + w->begin[s], w->at[s] - w->begin[s]);
	}
}

static void
choose_shares(walk *w)
{
	const uint64_t total =
	    w->ordinals[kpi__snapshot_parts(w->snapshot)];

	while (w->bits < MOST_BITS && total >> w->bits > SHARE_ROWS &&
	    w->codes >> w->bits > 1)
		w->bits++;
	/* The rest of the key has 26 bits. */
	while (w->codes >> w->bits >= UINT64_C(1) << 26)
		w->bits++;
}

static int
make_room(walk *w)
{
	const uint32_t shares = shares_of(w);
	const kpi_allocator *a = w->allocator;

	w->begin = kpi__new_zeroed(a, (size_t)shares + 1, sizeof(*w->begin));
	w->at = kpi__new_zeroed(a, shares, sizeof(*w->at));
	w->place = kpi__new_array(
	    a, (size_t)(w->codes >> w->bits) + 1, sizeof(*w->place));
	return w->begin != NULL && w->at != NULL && w->place != NULL;
}

static int
make_rows(walk *w)
{
	const uint32_t shares = shares_of(w);
	uint32_t sum = 0;

	for (uint32_t s = 0; s < shares; s++) {
		const uint32_t here = w->at[s];

		if (here > w->widest)
			w->widest = here;
		w->begin[s] = w->at[s] = sum;
		sum += here;
	}
	w->begin[shares] = sum;
	w->count = sum;
	if (sum == 0)
		return 1;
	w->dealt = kpi__new_array(w->allocator, sum, sizeof(*w->dealt));
	w->sorted =
	    kpi__new_array(w->allocator, w->widest, sizeof(*w->sorted));
	w->scratch =
	    kpi__new_array(w->allocator, w->widest, sizeof(*w->scratch));
	return w->dealt != NULL && w->sorted != NULL && w->scratch != NULL;
}

static void
free_walk(walk *w)
{
	const kpi_allocator *a = w->allocator;
	const uint32_t shares = shares_of(w);

	kpi__release(a, w->begin, (size_t)shares + 1, sizeof(*w->begin));
	kpi__release(a, w->at, shares, sizeof(*w->at));
	kpi__release(a, w->place, (size_t)(w->codes >> w->bits) + 1,
	    sizeof(*w->place));
	kpi__release(a, w->dealt, w->count, sizeof(*w->dealt));
	kpi__release(a, w->sorted, w->widest, sizeof(*w->sorted));
	kpi__release(a, w->scratch, w->widest, sizeof(*w->scratch));
	kpi__ordinals_free(w->snapshot, w->ordinals);
}

kpi_status
kpi__walk(const kpi__snapshot *snapshot, const kpi_query *query, kpi_by by,
    kpi__visitor visit, void *ctx, kpi_error *error)
{
	walk w;

	memset(&w, 0, sizeof(w));
	w.snapshot = snapshot;
	w.allocator = kpi__snapshot_allocator(snapshot);
	w.query = query;
	w.by = by;
	w.visit = visit;
	w.ctx = ctx;
	w.error = error;
	w.codes = kpi__snapshot_codes(snapshot, kpi__dimension_field(by));
	w.status = kpi__ordinals(snapshot, &w.ordinals, error);
	if (w.status != KPI_OK)
		return w.status;

	choose_shares(&w);
	if (!make_room(&w))
		w.status =
		    kpi__fail(error, KPI_ENOMEM, "no memory for a walk");
	if (w.status == KPI_OK)
		each_batch(&w, 64, count_shares);
	if (w.status == KPI_OK && !make_rows(&w))
		w.status =
		    kpi__fail(error, KPI_ENOMEM, "no memory for a walk");
	if (w.status == KPI_OK)
		each_batch(&w, 64, deal);
	if (w.status == KPI_OK)
		walk_shares(&w);
	free_walk(&w);
	return w.status;
}
