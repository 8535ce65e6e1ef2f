/* SPDX-License-Identifier: MIT */
#include "base/memory.h"
#include "base/sort.h"
#include "query/scan_plan.h"

/* Doubles are dropped when so many pairs have come since the last time. */
#define ENOUGH ((size_t)1 << 20)

#define SETS_BETWEEN_STOPS  64
#define PAIRS_BETWEEN_STOPS 65536

static int
stopped(void *ctx)
{
	const kpi__scan *scan = ctx;
	const kpi__pass *pass = &scan->pass;

	return kpi__query_stopped(scan->query, pass->part, pass->parts, NULL) !=
	    KPI_OK;
}

static kpi_status
drop_doubles(kpi__scan *scan, kpi__distinct *d)
{
	uint64_t *scratch;
	size_t kept = 0;
	int is_stopped;

	if (d->count == 0)
		return KPI_OK;
	scratch = kpi__new_array(scan->allocator, d->count, sizeof(*scratch));
	if (scratch == NULL)
		return KPI_ENOMEM;
	is_stopped =
	    kpi__sort_words(d->pairs, scratch, d->count, stopped, scan);
	kpi__release(scan->allocator, scratch, d->count, sizeof(*scratch));
	if (is_stopped)
		return KPI_ESTOPPED;
	for (size_t i = 0; i < d->count; i++)
		if (i == 0 || d->pairs[i] != d->pairs[i - 1])
			d->pairs[kept++] = d->pairs[i];
	d->count = d->sorted = kept;
	return KPI_OK;
}

/*
 * Sets are made for as many slots as take no more memory than the pairs of all
 * interactions would, and, of all threads together, than the store's budget:
 * many small groups have none.
 */
static void
choose_sets(const kpi__scan *scan, kpi__distinct *d)
{
	const kpi__snapshot *s = scan->snapshot;
	const size_t budget =
	    kpi__snapshot_memory(s) / kpi__snapshot_threads(s, UINT64_MAX);
	uint64_t bytes = 0;

	for (uint32_t p = 0; p < kpi__snapshot_parts(s); p++)
		bytes += sizeof(uint64_t) *
		    (uint64_t)kpi__snapshot_part(s, p)->interactions;
	if (bytes > budget)
		bytes = budget;
	d->words = kpi__snapshot_codes(s, kpi__dimension_field(d->by)) / 64 + 1;
	d->most = (size_t)(bytes / (d->words * sizeof(uint64_t)));
}

/* Slot 0's is for what is not selected. */
static kpi_status
make_sets(kpi__scan *scan, kpi__distinct *d)
{
	size_t need = scan->groups.count + 1;

	if (d->words == 0)
		choose_sets(scan, d);
	if (need > d->most)
		need = d->most;
	if (need <= d->set_count)
		return KPI_OK;
	if (kpi__grow(scan->allocator, &d->sets, &d->set_room, need,
		sizeof(*d->sets)) != KPI_OK)
		return KPI_ENOMEM;
	while (d->set_count < need) {
		uint64_t *set =
		    kpi__new_zeroed(scan->allocator, d->words, sizeof(*set));

		if (set == NULL)
			return KPI_ENOMEM;
		d->sets[d->set_count++] = set;
	}
	return KPI_OK;
}

static void
put(uint64_t *set, uint32_t code)
{
	set[code / 64] |= UINT64_C(1) << code % 64;
}

/* Where every slot has a set, without a branch on a unit's content. */
static void
put_all(const kpi__distinct *d, const kpi__selection *s, const uint8_t *key,
    const uint32_t *code)
{
	uint64_t *only = d->sets[s->only];

	for (uint32_t i = 0; i < s->count; i++) {
		const uint32_t in = s->keep == NULL
		    ? d->in[key[i]]
		    : d->in[key[i]] & s->keep[i];

		put(s->slot == NULL ? only : d->sets[s->slot[i]],
		    code[i] & -in);
	}
}

static kpi_status
put_each(kpi__scan *scan, kpi__distinct *d, const kpi__selection *s,
    const uint8_t *key, const uint32_t *code)
{
	kpi_status status = KPI_OK;

	if (d->count - d->sorted > ENOUGH + d->sorted)
		status = drop_doubles(scan, d);
	if (status == KPI_OK)
		status = kpi__grow(scan->allocator, &d->pairs, &d->room,
		    d->count + s->count, sizeof(*d->pairs));
	if (status != KPI_OK)
		return status;
	for (uint32_t i = 0; i < s->count; i++) {
		const uint32_t unit = s->unit == NULL ? i : s->unit[i];
		const uint32_t slot = kpi__selection_slot(s, i);

		if (slot == 0 || code[unit] == 0 || !d->in[key[unit]] ||
		    (s->keep != NULL && !s->keep[i]))
			continue;
		if (slot < d->set_count)
			put(d->sets[slot], code[unit]);
		else
			d->pairs[d->count++] =
			    (uint64_t)slot << 32 | code[unit];
	}
	return KPI_OK;
}

kpi_status
kpi__distinct_add(kpi__scan *scan, kpi__distinct *d, const kpi__selection *s,
    const uint8_t *key)
{
	const kpi__counter *c = &scan->counters[d->counter];
	const int space = kpi__stream_space(&scan->streams[c->stream]);
	const uint32_t *code =
	    kpi__batch_codes(&scan->pass.batch, d->by, KPI__CREDIT_LAST, space);
	kpi_status status = make_sets(scan, d);

	if (status != KPI_OK)
		return status;
	if (s->unit != NULL || d->set_count <= scan->groups.count)
		return put_each(scan, d, s, key, code);
	put_all(d, s, key, code);
	return KPI_OK;
}

/* One more, which is in a set or a pair as its slot has it. */
static kpi_status
take(kpi__scan *scan, kpi__distinct *d, uint32_t slot, uint32_t code)
{
	if (slot < d->set_count) {
		put(d->sets[slot], code);
		return KPI_OK;
	}
	if (kpi__grow(scan->allocator, &d->pairs, &d->room, d->count + 1,
		sizeof(*d->pairs)) != KPI_OK)
		return KPI_ENOMEM;
	d->pairs[d->count++] = (uint64_t)slot << 32 | code;
	return KPI_OK;
}

/* Equal plans have sets of equal size; code 0 goes nowhere. */
static kpi_status
join_set(
    kpi__scan *scan, kpi__distinct *to, const uint64_t *from, uint32_t slot)
{
	kpi_status status = KPI_OK;

	if (slot < to->set_count) {
		for (size_t w = 0; w < to->words; w++)
			to->sets[slot][w] |= from[w];
		return KPI_OK;
	}
	for (uint32_t w = 0; w < to->words; w++)
		for (unsigned bit = w == 0; bit < 64 && status == KPI_OK; bit++)
			if (from[w] >> bit & 1)
				status = take(scan, to, slot, w * 64 + bit);
	return status;
}

kpi_status
kpi__distinct_join(kpi__scan *scan, kpi__distinct *to,
    const kpi__distinct *from, const uint32_t *slot)
{
	kpi_status status = make_sets(scan, to);

	for (uint32_t i = 1; i < from->set_count && status == KPI_OK; i++) {
		status = join_set(scan, to, from->sets[i], slot[i]);
		if (i % SETS_BETWEEN_STOPS == 0 && status == KPI_OK)
			status = kpi__query_stopped(scan->query, 0, 0, NULL);
	}
	for (size_t i = 0; i < from->count && status == KPI_OK; i++) {
		status = take(scan, to, slot[from->pairs[i] >> 32],
		    (uint32_t)from->pairs[i]);
		if (i % PAIRS_BETWEEN_STOPS == PAIRS_BETWEEN_STOPS - 1 &&
		    status == KPI_OK)
			status = kpi__query_stopped(scan->query, 0, 0, NULL);
	}
	return status;
}

KPI__WIDER static uint64_t
bits_of(const uint64_t *set, size_t words)
{
	uint64_t bits = 0;

	for (size_t w = 0; w < words; w++)
		bits += (uint64_t)__builtin_popcountll(set[w]);
	return bits - (set[0] & 1);
}

kpi_status
kpi__distinct_finish(kpi__scan *scan, kpi__distinct *d)
{
	const kpi_status status = drop_doubles(scan, d);

	if (status != KPI_OK)
		return status;
	for (size_t slot = 1; slot < d->set_count; slot++)
		scan->cells[slot * scan->stride + d->cell] =
		    bits_of(d->sets[slot], d->words);
	for (size_t i = 0; i < d->count; i++)
		scan->cells[(d->pairs[i] >> 32) * scan->stride + d->cell]++;
	return KPI_OK;
}

void
kpi__distinct_free(kpi__scan *scan, kpi__distinct *d)
{
	for (size_t slot = 0; slot < d->set_count; slot++)
		kpi__release(scan->allocator, d->sets[slot], d->words,
		    sizeof(*d->sets[slot]));
	kpi__release(scan->allocator, d->sets, d->set_room, sizeof(*d->sets));
	kpi__release(scan->allocator, d->pairs, d->room, sizeof(*d->pairs));
}
