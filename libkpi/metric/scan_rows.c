/* SPDX-License-Identifier: MIT */
#include "metric/scan_rows.h"

#include <stdatomic.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/sort.h"
#include "base/threads.h"
#include "metric/claim.h"
#include "metric/quantile.h"
#include "result/texts.h"

typedef struct rows {
	kpi__sink *sink;
	kpi__scan *scan;
	const kpi__gathered *gathered;
	uint32_t count;
	kpi__quantiles quantiles;
	size_t slots, by; /* dimensions */
	uint32_t *codes;  /* of each slot, by dimension, and one to spare */
	int64_t *times;   /* begin and until of each */
	uint64_t *order;  /* slots from 0, in the order of rows */
	uint64_t *spare;  /* as many */
	uint64_t *sums;   /* of each row, short ones; NULL: they are not */
	uint8_t *beyond;  /* 1: but those of the row */
	atomic_size_t next; /* row, in ROWS_TAKEN, that nobody writes yet */
} rows;

static kpi_status
make(rows *r)
{
	const kpi_allocator *a = kpi__snapshot_allocator(r->sink->snapshot);

	r->codes = kpi__new_array(
	    a, r->slots * (r->by + 1), sizeof(*r->codes));
	r->times = kpi__new_array(a, r->slots * 2, sizeof(*r->times));
	r->order = kpi__new_array(a, r->slots, sizeof(*r->order));
	r->spare = kpi__new_array(a, r->slots, sizeof(*r->spare));
	r->beyond = kpi__new_array(a, r->slots, sizeof(*r->beyond));
	if (r->codes == NULL || r->times == NULL || r->order == NULL ||
	    r->spare == NULL || r->beyond == NULL)
		return kpi__fail(
		    r->sink->error, KPI_ENOMEM, "no memory for a result");
	for (size_t i = 0; i < r->slots; i++) {
		uint32_t codes[KPI__DIMENSIONS];

		kpi__scan_group(r->scan, (uint32_t)i + 1, codes,
		    &r->times[2 * i], &r->times[2 * i + 1]);
		for (size_t k = 0; k < r->by; k++)
			r->codes[i * r->by + k] = codes[k];
	}
	return KPI_OK;
}

static void
release(rows *r)
{
	const kpi_allocator *a = kpi__snapshot_allocator(r->sink->snapshot);

	kpi__quantiles_free(&r->quantiles, a);
	kpi__release(
	    a, r->codes, r->slots * (r->by + 1), sizeof(*r->codes));
	kpi__release(a, r->times, r->slots * 2, sizeof(*r->times));
	kpi__release(a, r->order, r->slots, sizeof(*r->order));
	kpi__release(a, r->spare, r->slots, sizeof(*r->spare));
	kpi__release(a, r->beyond, r->slots, sizeof(*r->beyond));
}

/* The different begins in ascending order, into `spare`; how many. */
static size_t
find_begins(rows *r)
{
	size_t count = 0;

	for (size_t i = 0; i < r->slots; i++)
		r->spare[i] = (uint64_t)r->times[2 * i] ^ (UINT64_C(1) << 63);
	(void)kpi__sort_words(r->spare, r->order, r->slots, NULL, NULL);
	for (size_t i = 0; i < r->slots; i++)
		if (i == 0 || r->spare[i] != r->spare[count - 1])
			r->spare[count++] = r->spare[i];
	return count;
}

/* Which of them a slot has; `last` is that of the slot before. */
static size_t
find_begin(const rows *r, size_t count, size_t slot, size_t last)
{
	const uint64_t begin =
	    (uint64_t)r->times[2 * slot] ^ (UINT64_C(1) << 63);
	size_t from = 0, until = count;

	if (r->spare[last] == begin)
		return last;
	while (until - from > 1) {
		const size_t half = from + (until - from) / 2;

		if (r->spare[half] <= begin)
			from = half;
		else
			until = half;
	}
	return from;
}

/* One more than the greatest place in a dimension, which is what is unknown. */
static uint64_t
radix_of(const rows *r, size_t dimension)
{
	uint64_t greatest = 0;

	for (size_t i = 0; i < r->slots; i++) {
		const uint32_t code = r->codes[i * r->by + dimension];

		if (code != KPI__NO_TEXT && code >= greatest)
			greatest = code + UINT64_C(1);
	}
	return greatest + 1;
}

static int
multiply(uint64_t *product, uint64_t by)
{
	if (*product > UINT64_MAX / by)
		return 1;
	*product *= by;
	return 0;
}

/*
 * A word a slot, of which the greatest part is its group, then its begin, then
 * itself, so that words are all that is sorted, and rows are written where
 * they are to stand. Where that is too much for a word the rows come in no
 * order, and are put in order later.
 */
static void
find_order(rows *r)
{
	const size_t begins = find_begins(r);
	uint64_t radix[KPI__DIMENSIONS], product = r->slots;
	size_t begin = 0;
	int over = multiply(&product, begins);

	for (size_t k = 0; k < r->by; k++) {
		radix[k] = radix_of(r, k);
		over |= multiply(&product, radix[k]);
	}
	for (size_t i = 0; i < r->slots; i++) {
		uint64_t word = 0;

		begin = find_begin(r, begins, i, begin);
		for (size_t k = 0; k < r->by; k++) {
			const uint32_t code = r->codes[i * r->by + k];

			word = word * radix[k] +
			    (code < radix[k] ? code : radix[k] - 1);
		}
		r->order[i] =
		    over ? i : (word * begins + begin) * r->slots + i;
	}
	(void)kpi__sort_words(r->order, r->spare, r->slots, NULL, NULL);
	for (size_t i = 0; i < r->slots; i++)
		r->order[i] %= r->slots;
}

_Static_assert(KPI__STREAMS == 2, "two short sums are all that can be added");

/* What another stream of a definition adds. Non-zero as below. */
static int
add_short(const rows *r, uint32_t slot, const kpi__gathered *g, uint64_t *sums,
    uint32_t width)
{
	uint64_t more[KPI__SUMS] = { 0 };
	const int over =
	    kpi__scan_short_sums(r->scan, slot, g->place, more);

	for (uint32_t i = 0; i < width; i++)
		sums[i] += more[i];
	return over;
}

/* Non-zero: one of the sums is not short. */
static int
put_short(const rows *r, uint32_t slot, uint64_t *sums)
{
	const uint32_t *at = r->sink->at;
	int over = 0;

	memset(sums, 0, r->sink->width * sizeof(*sums));
	for (uint32_t i = 0; i < r->count && !over; i++) {
		const kpi__gathered *g = &r->gathered[i];
		uint64_t *to = sums + at[g->definition];

		if (g->rises)
			continue;
		if (i > 0 && g[-1].definition == g->definition)
			over = add_short(r, slot, g, to,
			    at[g->definition + 1] - at[g->definition]);
		else
			over = kpi__scan_short_sums(
			    r->scan, slot, g->place, to);
	}
	return over;
}

static kpi_status
put_any(rows *r, uint32_t slot)
{
	kpi__wide sums[KPI__SUMS];

	kpi__sink_clear(r->sink);
	for (uint32_t i = 0; i < r->count; i++) {
		const kpi__gathered *g = &r->gathered[i];

		if (g->rises)
			continue;
		kpi__scan_sums(r->scan, slot, g->place, sums);
		kpi__sink_put(r->sink, g->definition, sums);
	}
	return kpi__quantiles_put(&r->quantiles, slot, r->sink);
}

/* Slots are in the order in which they were met, rows in another. */
#define AHEAD 4

/* So many rows a thread writes before it takes others: some 100 us. */
#define ROWS_TAKEN 256

/* A row and its figures cost as much as some interactions that are counted. */
#define WORTH 16

static void
write_rows(void *ctx, uint32_t which)
{
	rows *r = ctx;
	const size_t width = r->sink->width;

	(void)which;
	for (;;) {
		const size_t from =
		    atomic_fetch_add(&r->next, 1) * (size_t)ROWS_TAKEN;
		const size_t left = from < r->slots ? r->slots - from : 0;
		const size_t count = left < ROWS_TAKEN ? left : ROWS_TAKEN;

		if (count == 0)
			return;
		for (size_t i = from; i < from + count; i++) {
			if (i + AHEAD < r->slots)
				kpi__scan_fetch(r->scan,
				    (uint32_t)r->order[i + AHEAD] + 1);
			r->beyond[i] = (uint8_t)put_short(r,
			    (uint32_t)r->order[i] + 1, r->sums + i * width);
		}
	}
}

/* All of them where they stand in the end, unless there is none somewhere. */
static void
write_short(rows *r)
{
	r->sums = r->quantiles.count > 0
	    ? NULL
	    : kpi__result_short_sums(r->sink->result);
	if (r->sums == NULL)
		return;
	atomic_init(&r->next, 0);
	kpi__threads_run(
	    kpi__snapshot_threads(r->sink->snapshot, r->slots * WORTH),
	    write_rows, NULL, r);
}

static kpi_status
add(rows *r)
{
	kpi_status status = kpi__result_reserve(
	    r->sink->result, r->slots, r->sink->error);

	if (status == KPI_OK)
		write_short(r);
	for (size_t i = 0; i < r->slots && status == KPI_OK; i++) {
		const size_t at = (size_t)r->order[i];
		const uint32_t *codes = r->codes + at * r->by;
		const int64_t *times = r->times + 2 * at;

		if (r->sums != NULL && !r->beyond[i]) {
			kpi__result_add_short(r->sink->result,
			    r->sums + i * r->sink->width, codes, times[0],
			    times[1]);
			continue;
		}
		status = put_any(r, (uint32_t)at + 1);
		if (status == KPI_OK)
			status = kpi__sink_placed_row(
			    r->sink, codes, times[0], times[1]);
	}
	return status;
}

kpi_status
kpi__scan_rows_add(kpi__sink *sink, kpi__scan *scan,
    const kpi__gathered *gathered, uint32_t count, const kpi__shape *shapes)
{
	rows r = { .sink = sink, .scan = scan, .gathered = gathered,
		.count = count, .slots = kpi__scan_slots(scan),
		.by = sink->query->by_count };
	kpi_status status;

	if (r.slots == 0)
		return KPI_OK;
	status = kpi__quantiles_init(&r.quantiles, scan, shapes, gathered,
	    count, kpi__snapshot_allocator(sink->snapshot), sink->error);
	if (status == KPI_OK)
		status = make(&r);
	if (status == KPI_OK)
		status = kpi__sink_places(sink, r.codes, r.slots);
	if (status == KPI_OK) {
		find_order(&r);
		status = add(&r);
	}
	release(&r);
	return status;
}
