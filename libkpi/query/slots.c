/* SPDX-License-Identifier: MIT */
#include "query/slots.h"

#include <string.h>

#include "query/kernel.h"
#include "query/level.h"

/* Where entries stand: by dimensions, and in time. */
typedef struct standing {
	const uint32_t *code;  /* keys of the dimensions that fit 32 bits */
	const uint64_t *key;   /* or those that may not */
	const int64_t *at;     /* of units; NULL: there are no buckets */
	const uint32_t *unit;  /* of entries; NULL: they are units */
	const uint8_t *keep;   /* NULL: all */
} standing;

static const uint32_t *
codes_of(const kpi__stream *stream, kpi__batch *b, kpi_by by)
{
	return kpi__batch_codes(
	    b, by, stream->credit, kpi__stream_space(stream));
}

/* Keys of the dimensions, as one number an entry. */
static const uint64_t *
keys_of(const kpi__groups *g, const kpi__stream *stream, kpi__batch *b,
    const kpi__shares *s, uint32_t count)
{
	const kpi_query *q = g->query;
	uint64_t *out = kpi__batch_room(b, count * sizeof(*out));

	memset(out, 0, count * sizeof(*out));
	for (uint32_t d = 0; d < q->by_count; d++) {
		const uint64_t radix = g->radix[d];

		if (s == NULL) {
			const uint32_t *code = codes_of(stream, b, q->by[d]);

			for (size_t i = 0; i < count; i++)
				out[i] = out[i] * radix + code[i];
			continue;
		}
		for (uint32_t i = 0; i < count; i++)
			out[i] = out[i] * radix +
			    kpi__share_code(b, stream, s, q->by[d], i);
	}
	return out;
}

/* The same of units where they fit; one dimension's are its codes. */
static const uint32_t *
short_keys_of(const kpi__groups *g, const kpi__stream *stream, kpi__batch *b,
    uint32_t count)
{
	const kpi_query *q = g->query;
	uint32_t *out;

	if (q->by_count == 1)
		return codes_of(stream, b, q->by[0]);
	out = kpi__batch_room(b, count * sizeof(*out));
	memset(out, 0, count * sizeof(*out));
	for (uint32_t d = 0; d < q->by_count; d++) {
		const uint32_t *code = codes_of(stream, b, q->by[d]);
		const uint32_t radix = (uint32_t)g->radix[d];

		for (size_t i = 0; i < count; i++)
			out[i] = out[i] * radix + code[i];
	}
	return out;
}

/* By which units are put into buckets; NULL: there are none. */
static const int64_t *
times_of(const kpi__groups *g, const kpi__stream *stream, kpi__batch *b)
{
	if (g->query->bucket == KPI_BUCKET_NONE)
		return NULL;
	return stream->level ? kpi__level_times(g->query, stream, b)
			     : kpi__select_times(stream, b);
}

static int64_t
time_of(const standing *s, uint32_t entry)
{
	if (s->at == NULL)
		return 0;
	return s->at[s->unit == NULL ? entry : s->unit[entry]];
}

static int
is_kept(const standing *s, uint32_t entry)
{
	return s->keep == NULL || s->keep[entry];
}

/* How many from `from` on, which is the first, lie in the bucket one after the
 * other. */
static uint32_t
run_of(const standing *s, const kpi__met_bucket *met, uint32_t from,
    uint32_t count)
{
	uint32_t i = from;

	if (s->at == NULL)
		return count - from;
	if (s->unit == NULL)
		return kpi__kernel_run(
		    s->at + from, met->begin, met->until, count - from);
	while (i < count && time_of(s, i) >= met->begin &&
	    time_of(s, i) < met->until)
		i++;
	return i - from;
}

/*
 * Slots that a bucket's table has, read without a branch on what is kept or
 * known: few groups are met for the first time. 0: one that is kept has none
 * yet.
 */
static int
look_up(const uint32_t *restrict slots, const uint32_t *restrict code,
    const uint8_t *restrict keep, size_t count, uint32_t *restrict slot)
{
	uint32_t missing = 0;

	for (size_t i = 0; keep == NULL && i < count; i++) {
		slot[i] = slots[code[i]];
		missing |= slot[i] == 0;
	}
	for (size_t i = 0; keep != NULL && i < count; i++) {
		const uint32_t kept = keep[i];
		const uint32_t found = slots[code[i]];

		slot[i] = found & -kept;
		missing |= (found == 0) & kept;
	}
	return !missing;
}

/* Of those that are kept and have none yet. */
static void
make_slots(kpi__groups *g, const standing *s, uint32_t bucket, uint32_t from,
    uint32_t until, uint32_t *slot)
{
	for (uint32_t i = from; i < until; i++) {
		const uint64_t key =
		    s->code != NULL ? s->code[i] : s->key[i];

		if (slot[i] == 0 && is_kept(s, i))
			slot[i] = kpi__groups_slot(g, key, bucket);
	}
}

/*
 * Units stand mostly in the order of time, so that many one after the other
 * have one bucket: its table of slots is found once for them.
 */
static void
fill(kpi__groups *g, const standing *s, uint32_t count, uint32_t *slot)
{
	uint32_t i = 0;

	while (i < count) {
		uint32_t bucket, run;
		kpi__met_bucket met;

		if (!is_kept(s, i)) {
			i++;
			continue;
		}
		bucket = kpi__groups_bucket(g, time_of(s, i));
		if (g->status != KPI_OK)
			return;
		met = g->buckets[bucket];
		run = run_of(s, &met, i, count);
		if (s->code == NULL || met.slots == NULL ||
		    !look_up(met.slots, s->code + i,
			s->keep == NULL ? NULL : s->keep + i, run, slot + i))
			make_slots(g, s, bucket, i, i + run, slot);
		if (g->status != KPI_OK)
			return;
		i += run;
	}
}

void
kpi__slots_fill(kpi__groups *g, const kpi__stream *stream, kpi__batch *b,
    const kpi__shares *s, const uint8_t *keep, uint32_t count, uint32_t *slot)
{
	standing at = { NULL, NULL, times_of(g, stream, b),
		s == NULL ? NULL : s->unit, keep };

	if (s == NULL && g->keys <= UINT32_MAX)
		at.code = short_keys_of(g, stream, b, count);
	else
		at.key = keys_of(g, stream, b, s, count);
	memset(slot, 0, count * sizeof(*slot));
	/* What stands in for a column that failed has no instants. */
	if (b->status == KPI_OK)
		fill(g, &at, count, slot);
}

int
kpi__slots_only(kpi__groups *g, const kpi__stream *stream, kpi__batch *b,
    const uint8_t *keep, kpi__selection *out)
{
	const int64_t *at = times_of(g, stream, b);
	uint32_t i = 0, bucket;

	while (keep != NULL && i < out->count && !keep[i])
		i++;
	out->keep = keep;
	if (i == out->count || b->status != KPI_OK)
		return 1;
	bucket = kpi__groups_bucket(g, at == NULL ? 0 : at[i]);
	if (g->status != KPI_OK)
		return 1;
	if (at != NULL &&
	    !kpi__kernel_lie_within(at, keep, g->buckets[bucket].begin,
		g->buckets[bucket].until, out->count)) {
		out->keep = NULL;
		return 0;
	}
	out->only = kpi__groups_slot(g, 0, bucket);
	return 1;
}
