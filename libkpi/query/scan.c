/* SPDX-License-Identifier: MIT */
#include "query/scan_plan.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "query/measured.h"

/* Room that is not touched costs next to nothing, but moving what there is
 * does: so there is much more than is needed, where it can be had. */
static kpi_status
grow_cells(kpi__scan *scan, size_t need)
{
	if (kpi__grow(scan->allocator, &scan->cells, &scan->slot_room, need * 8,
		sizeof(*scan->cells)) == KPI_OK)
		return KPI_OK;
	return kpi__grow(scan->allocator, &scan->cells, &scan->slot_room, need,
	    sizeof(*scan->cells));
}

kpi_status
kpi__scan_reserve(kpi__scan *scan)
{
	const size_t need = (scan->groups.count + 1) * scan->stride;

	if (need <= scan->cell_count)
		return KPI_OK;
	if (need > scan->slot_room && grow_cells(scan, need) != KPI_OK)
		return KPI_ENOMEM;
	memset(scan->cells + scan->cell_count, 0,
	    (need - scan->cell_count) * sizeof(*scan->cells));
	scan->cell_count = need;
	return KPI_OK;
}

static const uint8_t *
made_keys(kpi__scan *scan, const kpi__counter *c, int space)
{
	kpi__batch *b = &scan->pass.batch;
	uint32_t same = 0;
	uint64_t memo;
	const uint8_t *made;
	uint8_t *key;

	/* Two streams may have one keyer. */
	while (memcmp(scan->counters[same].keyer, c->keyer,
		   sizeof(*c->keyer)) != 0)
		same++;
	memo = kpi__batch_key(b, KPI__MEMO_KEYS, same, space);
	if ((made = kpi__batch_recall(b, memo)) != NULL)
		return made;
	key = kpi__batch_room(b, kpi__batch_count(b, space));
	c->keyer->make(c->keyer, b, space, key);
	kpi__batch_remember(b, memo, key);
	return key;
}

static const uint8_t *
keys_in_calendars(
    kpi__scan *scan, const kpi__counter *c, const kpi__stream *stream)
{
	kpi__batch *b = &scan->pass.batch;
	const int space = kpi__stream_space(stream);
	const uint64_t memo = kpi__batch_key(b, KPI__MEMO_CALENDAR_KEYS,
	    (uint64_t)(c - scan->counters), space);
	const uint8_t *made = kpi__batch_recall(b, memo);
	uint8_t *key;

	if (made != NULL)
		return made;
	made = made_keys(scan, c, space);
	key = kpi__batch_room(b, kpi__batch_count(b, space));
	memcpy(key, made, kpi__batch_count(b, space));
	kpi__select_calendars(stream, b, c->class_of, key);
	kpi__batch_remember(b, memo, key);
	return key;
}

const uint8_t *
kpi__scan_keys(kpi__scan *scan, const kpi__counter *c)
{
	const kpi__stream *stream = &scan->streams[c->stream];

	return stream->business == NULL
	    ? made_keys(scan, c, kpi__stream_space(stream))
	    : keys_in_calendars(scan, c, stream);
}

const int64_t *
kpi__scan_values(kpi__scan *scan, const kpi__adder *a)
{
	const int space = kpi__stream_space(
	    &scan->streams[scan->counters[a->counter].stream]);

	return kpi__batch_values(
	    &scan->pass.batch, a->value, a->parts, space);
}

const uint32_t *
kpi__scan_shorts(kpi__scan *scan, const kpi__adder *a)
{
	const int space = kpi__stream_space(
	    &scan->streams[scan->counters[a->counter].stream]);

	switch (a->value) {
	case KPI__VALUE_WAIT:
		return kpi__batch_short_waits(
		    &scan->pass.batch, a->parts, space);
	case KPI__VALUE_TRANSFERS:
		return NULL;
	case KPI__VALUE_MEASURED:
		return kpi__batch_short_measured(&scan->pass.batch, a->parts);
	default:
		return kpi__batch_short_handles(
		    &scan->pass.batch, a->parts, space);
	}
}

/* A number of its own for each interaction, never 0. */
static const uint64_t *
stamps_of(kpi__scan *scan, int space)
{
	kpi__batch *b = &scan->pass.batch;
	const uint64_t memo = kpi__batch_key(b, KPI__MEMO_STAMPS, 0, space);
	const uint64_t *made = kpi__batch_recall(b, memo);
	const uint32_t count = kpi__batch_count(b, space);
	uint64_t *out;

	if (made != NULL)
		return made;
	out = kpi__batch_room(b, count * sizeof(*out));
	for (uint32_t i = 0; i < count; i++)
		out[i] = scan->wholes + kpi__batch_place(b, space, i) + 1;
	kpi__batch_remember(b, memo, out);
	return out;
}

static void
add_narrow(kpi__scan *scan, const kpi__adder *a, const kpi__selection *s,
    const uint8_t *key, const uint32_t *shorts)
{
	uint32_t *chosen = kpi__batch_room(
	    &scan->pass.batch, s->count * sizeof(*chosen));

	kpi__kernel_choose(shorts, key, &a->in, s->count, chosen);
	kpi__narrow_add_values(
	    scan->narrow.cells + a->narrow * sizeof(uint64_t),
	    scan->narrow.row, s->slot, chosen, s->count);
}

/* KPI_EOVERFLOW: a sum does not fit. */
static kpi_status
add_values(kpi__scan *scan, const kpi__adder *a, const kpi__selection *s,
    int space, const uint8_t *key)
{
	const uint32_t *shorts = a->clustered || s->unit != NULL
	    ? NULL
	    : kpi__scan_shorts(scan, a);
	uint64_t *cells;
	uint8_t *mask;

	if (shorts != NULL && kpi__narrow_takes(scan, s) &&
	    a->narrow != UINT32_MAX) {
		add_narrow(scan, a, s, key, shorts);
		return KPI_OK;
	}
	if (kpi__scan_reserve(scan) != KPI_OK)
		return KPI_ENOMEM;
	cells = scan->cells + a->cell;
	if (shorts != NULL) {
		mask = kpi__batch_room(&scan->pass.batch, s->count);
		(a->greatest ? kpi__greatest_short : kpi__add_short)(
		    cells, scan->stride, s, &a->in, key, shorts, mask);
	} else if (a->clustered) {
		if (kpi__add_clustered(cells, scan->stride, s, a->in.in, key,
			kpi__scan_values(scan, a), stamps_of(scan, space)))
			return KPI_EOVERFLOW;
	} else {
		(a->greatest ? kpi__greatest : kpi__add)(cells, scan->stride,
		    s, a->in.in, key, kpi__scan_values(scan, a));
	}
	return KPI_OK;
}

/* A part has fewer rows than a lane can count. */
static void
take_lanes(kpi__scan *scan, kpi__counter *c)
{
	if (c->lanes_slot != 0)
		kpi__tally_lanes(scan->cells + c->lanes_slot * scan->stride +
			c->cell,
		    &c->atoms, c->lanes);
	c->lanes_slot = 0;
}

static void
count_in_lanes(kpi__scan *scan, kpi__counter *c, const kpi__selection *s,
    const uint8_t *key)
{
	if (c->lanes_slot != s->only)
		take_lanes(scan, c);
	c->lanes_slot = s->only;
	kpi__kernel_count_usual(key, s->keep, s->count, &c->usual, c->lanes);
}

static kpi_status
scan_counter(kpi__scan *scan, uint32_t index, const kpi__selection *s)
{
	kpi__counter *c = &scan->counters[index];
	const int space = kpi__stream_space(&scan->streams[c->stream]);
	const uint8_t *key = kpi__scan_keys(scan, c);
	kpi_status status;

	if (c->latest || c->by_customer)
		return kpi__answers_add(scan, c, s, key);
	if (s->slot == NULL)
		count_in_lanes(scan, c, s, key);
	else if (!c->is_narrow || !kpi__narrow_takes(scan, s))
		kpi__tally(scan->cells + c->cell, scan->stride, s, &c->atoms,
		    key);
	for (uint32_t i = 0; i < scan->adder_count; i++) {
		if (scan->adders[i].counter != index)
			continue;
		status = add_values(scan, &scan->adders[i], s, space, key);
		if (status != KPI_OK)
			return status;
	}
	for (uint32_t i = 0; i < scan->distinct_count; i++) {
		if (scan->distincts[i].counter != index)
			continue;
		status = kpi__distinct_add(scan, &scan->distincts[i], s, key);
		if (status != KPI_OK)
			return status;
	}
	return kpi__piles_add(scan, index, s, key);
}

kpi_status
kpi__scan_failed(const kpi__scan *scan, kpi_error *error, kpi_status status)
{
	switch (status) {
	case KPI_ELIMIT:
		return kpi__pile_failed(scan, error);
	case KPI_ESTOPPED:
		return kpi__fail(error, status, "%s", kpi_strerror(status));
	case KPI_EOVERFLOW:
		return kpi__fail(
		    error, status, "the sums of an interaction are too large");
	default:
		return kpi__fail(error, status, "no memory for a scan");
	}
}

/* Makes room for all groups where a selection's units are counted. */
static kpi_status
reserve(kpi__scan *scan, const kpi__selection *s)
{
	const int narrow = kpi__narrow_takes(scan, s);

	if (narrow && kpi__narrow_reserve(scan) != KPI_OK)
		return KPI_ENOMEM;
	return narrow && scan->narrow.all ? KPI_OK : kpi__scan_reserve(scan);
}

static kpi_status
scan_batch(kpi__scan *scan, kpi_error *error)
{
	kpi__batch *b = &scan->pass.batch;

	for (uint32_t i = 0; i < scan->stream_count; i++) {
		kpi__selection s;
		kpi_status status;

		if (kpi__selector_skips(
			&scan->selector, &scan->streams[i], b->part))
			continue;
		kpi__select(
		    &scan->selector, &scan->groups, &scan->streams[i], b, &s);
		if (scan->groups.status != KPI_OK)
			return kpi__fail_as(error, &scan->groups.error);
		if (reserve(scan, &s) != KPI_OK)
			return kpi__fail(
			    error, KPI_ENOMEM, "no memory for groups");
		if (kpi__narrow_takes(scan, &s))
			kpi__narrow_count(scan, i, &s);
		for (uint32_t c = 0; c < scan->counter_count; c++) {
			if (scan->counters[c].stream != i)
				continue;
			status = scan_counter(scan, c, &s);
			if (status != KPI_OK)
				return kpi__scan_failed(scan, error, status);
		}
		status = kpi__clusters_add(scan, i, &s);
		if (status != KPI_OK)
			return kpi__clusters_failed(error, status);
	}
	return KPI_OK;
}

int
kpi__scan_skips(const kpi__scan *scan, const kpi__part *part)
{
	for (uint32_t i = 0; i < scan->stream_count; i++)
		if (!kpi__selector_skips(
			&scan->selector, &scan->streams[i], part))
			return 0;
	return 1;
}

/* Takes a part, unless one of the others has gone beyond it. */
static int
take_part(atomic_uint *next, uint32_t part)
{
	unsigned before = atomic_load(next);

	while (before <= part)
		if (atomic_compare_exchange_weak(next, &before, part + 1))
			return 1;
	return 0;
}

static int
skips_part(const void *ctx, const kpi__part *part)
{
	const kpi__scan *scan = ctx;

	return kpi__scan_skips(scan, part) ||
	    (scan->next != NULL && !take_part(scan->next, scan->pass.part));
}

static void
take_all_lanes(kpi__scan *scan)
{
	for (uint32_t i = 0; i < scan->counter_count; i++)
		take_lanes(scan, &scan->counters[i]);
}

kpi_status
kpi__scan_parts(kpi__scan *scan, kpi_error *error)
{
	uint32_t part = 0;
	kpi__sieve sieve;
	kpi__batch *b;

	/* A skipped part has nothing for the lanes, but its ordinals. */
	scan->pass.skips = skips_part;
	scan->pass.ctx = scan;
	kpi__sieve_init(&sieve, &scan->selector, scan->streams,
	    scan->stream_count);
	scan->pass.sieve = &sieve;
	while ((b = kpi__pass_next(&scan->pass)) != NULL) {
		kpi_status status;

		if (part < b->number)
			take_all_lanes(scan);
		for (; part < b->number; part++)
			scan->wholes += kpi__snapshot_part(scan->snapshot, part)
					    ->interactions;
		status = scan_batch(scan, error);
		if (status != KPI_OK)
			return status;
	}
	take_all_lanes(scan);
	return scan->pass.batch.status == KPI_OK
	    ? KPI_OK
	    : kpi__fail_as(error, &scan->pass.batch.error);
}

uint32_t
kpi__scan_slots(const kpi__scan *scan)
{
	return (uint32_t)scan->groups.count;
}

void
kpi__scan_group(const kpi__scan *scan, uint32_t slot,
    uint32_t codes[KPI__DIMENSIONS], int64_t *begin, int64_t *until)
{
	kpi__groups_read(&scan->groups, slot, codes, begin, until);
}
