/* SPDX-License-Identifier: MIT */
#include "query/walker.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/threads.h"
#include "query/pass.h"

/*
 * Sorting n contacts by key and time: they are dealt into shares by the low
 * bits of the key, so that each share fits the second-level cache; a share is
 * dealt again by the rest of the key, which is a counting sort and keeps the
 * order of time that parts mostly have; and what is left in disorder in one
 * key is sorted there. So it is O(n log n) in any order of arrival, and the
 * random access is in the cache.
 *
 * Several threads deal ranges of parts, each of which has its own place in
 * every share, so that contacts lie there as one thread lays them; then they
 * take share after share. What fails on several is begun anew on one, as a
 * scan is: a visit may be made twice.
 */
#define SHARE_ROWS 4096
#define MOST_BITS  11
#define VECTORS    64

/* So that who has been held up has less to do. */
#define RANGES_OF_THREAD 4

static int
is_dead(const kpi__part *part, uint32_t i)
{
	return part->dead != NULL && (part->dead[i / 64] >> i % 64 & 1);
}

/* The first part of a range; they have about as many interactions each. */
static uint32_t
range_begin(const kpi__walking *w, uint32_t range)
{
	const uint32_t parts = kpi__snapshot_parts(w->snapshot);
	uint32_t place;

	return range == w->ranges
	    ? parts
	    : kpi__ordinal_part(w->ordinals, parts,
		  (uint32_t)((uint64_t)w->ordinals[parts] * range / w->ranges),
		  &place);
}

/* Goes through all batches of the ranges that it gets with `take`. */
static void
each_batch(kpi__walker *v, void (*take)(kpi__walker *v, kpi__batch *b))
{
	kpi__walking *w = v->of;
	uint32_t range;

	while (v->status == KPI_OK &&
	    (range = atomic_fetch_add(&w->next, 1)) < w->ranges) {
		kpi__pass pass;
		kpi__batch *b;
		kpi_status status;

		v->at = w->at + (size_t)range * kpi__walk_shares(w);
		kpi__pass_begin(&pass, w->snapshot, v->query, 0, VECTORS);
		pass.part = range_begin(w, range);
		pass.parts = range_begin(w, range + 1);
		while (v->status == KPI_OK &&
		    (b = kpi__pass_next(&pass)) != NULL)
			take(v, b);
		status = kpi__pass_end(&pass, &v->error);
		if (v->status == KPI_OK)
			v->status = status;
	}
}

static void
count_batch(kpi__walker *v, kpi__batch *b)
{
	const kpi__walking *w = v->of;
	const uint32_t *key = kpi__batch_codes(
	    b, w->by, KPI__CREDIT_LAST, KPI__WHOLE_SPACE);
	const uint32_t mask = kpi__walk_shares(w) - 1;

	for (uint32_t i = 0; i < b->wholes; i++)
		v->at[key[i] & mask] +=
		    key[i] != 0 && !is_dead(b->part, b->first + i);
}

static void
deal_batch(kpi__walker *v, kpi__batch *b)
{
	const kpi__walking *w = v->of;
	const uint32_t *key = kpi__batch_codes(
	    b, w->by, KPI__CREDIT_LAST, KPI__WHOLE_SPACE);
	const int64_t *start =
	    kpi__batch_integers(b, KPI_FIELD_STARTED_AT, KPI__WHOLE_SPACE);
	const uint8_t *outcome = kpi__batch_outcomes(b, KPI__WHOLE_SPACE);
	const uint8_t *direction =
	    kpi__batch_bytes(b, KPI_FIELD_DIRECTION, KPI__WHOLE_SPACE);
	const uint32_t mask = kpi__walk_shares(w) - 1;
	const uint32_t base = w->ordinals[b->number] + b->first;
	const unsigned bits = w->bits;
	uint32_t *restrict at = v->at;
	kpi__dealt *restrict to = w->dealt;

	for (uint32_t i = 0; i < b->wholes; i++) {
		const uint8_t where =
		    direction[i] == KPI__BYTE_UNKNOWN ? 0 : direction[i] & 3;

		if (is_dead(b->part, b->first + i))
			continue;
		if (key[i] == 0) {
			v->status = w->visit(v->ctx,
			    &(kpi__contact){ start[i], base + i, outcome[i],
				where, 1, 0 },
			    1, 0);
			if (v->status != KPI_OK)
				return;
			continue;
		}
		to[at[key[i] & mask]++] = (kpi__dealt){ start[i], base + i,
			key[i] >> bits << 6 | (uint32_t)outcome[i] << 2 |
			    where };
	}
}

/* What is begun now is the last. */
static void
end_early(kpi__walking *w)
{
	atomic_store(&w->over, 1);
	atomic_store(&w->next, UINT32_MAX / 2);
}

static void
after(kpi__walker *v)
{
	if (v->status != KPI_OK)
		end_early(v->of);
}

static void
count_ranges(void *ctx, uint32_t which)
{
	kpi__walking *w = ctx;

	each_batch(&w->walkers[which], count_batch);
	after(&w->walkers[which]);
}

static void
deal_ranges(void *ctx, uint32_t which)
{
	kpi__walking *w = ctx;

	each_batch(&w->walkers[which], deal_batch);
	after(&w->walkers[which]);
}

static void
visit_shares(void *ctx, uint32_t which)
{
	kpi__walking *w = ctx;
	kpi__walker *v = &w->walkers[which];
	const uint32_t shares = kpi__walk_shares(w);
	uint32_t s;

	while (v->status == KPI_OK &&
	    (s = atomic_fetch_add(&w->next, 1)) < shares) {
		v->status =
		    kpi__query_stopped(v->query, s, shares, &v->error);
		if (v->status == KPI_OK)
			kpi__walk_share(v, w->dealt + w->begin[s],
			    w->begin[s + 1] - w->begin[s]);
	}
	after(v);
}

static int
is_over(void *ctx, uint64_t done, uint64_t total)
{
	kpi__walking *w = ctx;

	(void)done;
	(void)total;
	return atomic_load(&w->over);
}

static void
ask_to_stop(void *ctx)
{
	kpi__walking *w = ctx;
	kpi__walker *v = &w->walkers[0];

	if (v->status == KPI_OK)
		v->status = kpi__query_stopped(v->query, 0, 0, &v->error);
	after(v);
}

/* The first error that is not another's end. */
static kpi_status
together(kpi__walking *w, void (*work)(void *ctx, uint32_t which),
    kpi_error *error)
{
	atomic_store(&w->next, 0);
	kpi__threads_run(w->threads, work, ask_to_stop, w);
	for (uint32_t i = 0; i < w->threads; i++) {
		const kpi__walker *v = &w->walkers[i];

		if (v->status == KPI_OK ||
		    (i > 0 && v->status == KPI_ESTOPPED))
			continue;
		if (v->error.status == v->status)
			(void)kpi__fail_as(error, &v->error);
		return v->status;
	}
	return KPI_OK;
}

static void
choose_shares(kpi__walking *w)
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
make_room(kpi__walking *w, void *const *ctx)
{
	const size_t shares = kpi__walk_shares(w);
	const kpi_allocator *a = w->allocator;
	const kpi_error no_error = KPI_ERROR_INIT;

	w->begin = kpi__new_zeroed(a, shares + 1, sizeof(*w->begin));
	w->at = kpi__new_zeroed(a, shares * w->ranges, sizeof(*w->at));
	w->walkers = kpi__new_zeroed(a, w->threads, sizeof(*w->walkers));
	if (w->begin == NULL || w->at == NULL || w->walkers == NULL)
		return 0;
	for (uint32_t i = 0; i < w->threads; i++) {
		kpi__walker *v = &w->walkers[i];

		v->of = w;
		v->ctx = ctx[i];
		v->query = i == 0 ? w->query : &w->quiet;
		v->error = no_error;
		v->place = kpi__new_array(a,
		    (size_t)(w->codes >> w->bits) + 1, sizeof(*v->place));
		if (v->place == NULL)
			return 0;
	}
	return 1;
}

static int
make_rows(kpi__walking *w)
{
	const uint32_t shares = kpi__walk_shares(w);
	const kpi_allocator *a = w->allocator;
	uint32_t sum = 0;

	for (uint32_t s = 0; s < shares; s++) {
		w->begin[s] = sum;
		for (uint32_t r = 0; r < w->ranges; r++) {
			uint32_t *at = &w->at[(size_t)r * shares + s];
			const uint32_t here = *at;

			*at = sum;
			sum += here;
		}
		if (sum - w->begin[s] > w->widest)
			w->widest = sum - w->begin[s];
	}
	w->begin[shares] = sum;
	w->count = sum;
	if (sum == 0)
		return 1;
	w->dealt = kpi__new_array(a, sum, sizeof(*w->dealt));
	if (w->dealt == NULL)
		return 0;
	for (uint32_t i = 0; i < w->threads; i++) {
		kpi__walker *v = &w->walkers[i];

		v->sorted = kpi__new_array(a, w->widest, sizeof(*v->sorted));
		v->scratch = kpi__new_array(a, w->widest, sizeof(*v->scratch));
		if (v->sorted == NULL || v->scratch == NULL)
			return 0;
	}
	return 1;
}

static void
free_walk(kpi__walking *w)
{
	const kpi_allocator *a = w->allocator;
	const size_t shares = kpi__walk_shares(w);

	for (uint32_t i = 0; w->walkers != NULL && i < w->threads; i++) {
		kpi__walker *v = &w->walkers[i];

		kpi__release(a, v->place, (size_t)(w->codes >> w->bits) + 1,
		    sizeof(*v->place));
		kpi__release(a, v->sorted, w->widest, sizeof(*v->sorted));
		kpi__release(a, v->scratch, w->widest, sizeof(*v->scratch));
	}
	kpi__release(a, w->walkers, w->threads, sizeof(*w->walkers));
	kpi__release(a, w->begin, shares + 1, sizeof(*w->begin));
	kpi__release(a, w->at, shares * w->ranges, sizeof(*w->at));
	kpi__release(a, w->dealt, w->count, sizeof(*w->dealt));
	kpi__ordinals_free(w->snapshot, w->ordinals);
}

static kpi_status
run(kpi__walking *w, void *const *ctx, kpi_error *error)
{
	kpi_status status;

	choose_shares(w);
	if (!make_room(w, ctx))
		return kpi__fail(error, KPI_ENOMEM, "no memory for a walk");
	status = together(w, count_ranges, error);
	if (status == KPI_OK && !make_rows(w))
		return kpi__fail(error, KPI_ENOMEM, "no memory for a walk");
	if (status == KPI_OK)
		status = together(w, deal_ranges, error);
	return status == KPI_OK ? together(w, visit_shares, error) : status;
}

static kpi_status
walk_with(const kpi__snapshot *snapshot, const kpi_query *query, kpi_by by,
    kpi__visitor visit, void *const *ctx, uint32_t threads, kpi_error *error)
{
	kpi_status status;
	kpi__walking w;

	memset(&w, 0, sizeof(w));
	w.snapshot = snapshot;
	w.allocator = kpi__snapshot_allocator(snapshot);
	w.query = query;
	w.quiet.stop = is_over;
	w.quiet.stop_ctx = &w;
	w.by = by;
	w.visit = visit;
	w.threads = threads;
	w.ranges = threads == 1 ? 1 : threads * RANGES_OF_THREAD;
	atomic_init(&w.over, 0);
	atomic_init(&w.next, 0);
	w.codes = kpi__snapshot_codes(snapshot, kpi__dimension_field(by));
	status = kpi__ordinals(snapshot, &w.ordinals, error);
	if (status != KPI_OK)
		return status;
	status = run(&w, ctx, error);
	free_walk(&w);
	return status;
}

kpi_status
kpi__walk(const kpi__snapshot *snapshot, const kpi_query *query, kpi_by by,
    kpi__visitor visit, void *const *ctx, uint32_t threads, kpi_error *error)
{
	kpi_status status;

	if (threads > 1) {
		status = walk_with(
		    snapshot, query, by, visit, ctx, threads, NULL);
		if (status == KPI_OK)
			return KPI_OK;
		if (status == KPI_ESTOPPED)
			return kpi__fail(
			    error, status, "%s", kpi_strerror(status));
	}
	return walk_with(snapshot, query, by, visit, ctx, 1, error);
}
