/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/sort.h"
#include "metric/explain.h"

typedef struct counting {
	const kpi__pages *pages;
	kpi__bins *bins;
} counting;

static uint64_t
bin_of(const kpi__bins *bins, const kpi__opened *u)
{
	const uint64_t at =
	    bins->by_ordinal ? u->ordinal : (uint64_t)u->start;

	return (at - bins->from) >> bins->shift;
}

static kpi_status
count_units(void *ctx, kpi__opened *units, size_t count, kpi_error *error)
{
	const counting *c = ctx;
	int32_t role, left_out;

	(void)error;
	for (size_t i = 0; i < count; i++)
		if (kpi__role_of(
			&c->pages->casting, &units[i], &role, &left_out))
			c->bins->before[bin_of(c->bins, &units[i]) + 1]++;
	return KPI_OK;
}

static uint32_t
shift_of(uint64_t width)
{
	uint32_t shift = 0;

	while (width >> shift >= KPI__BINS)
		shift++;
	return shift;
}

/* Counts the units of a window, which has more than one start or, of one
 * start, more than one place. */
static kpi_status
add_level(kpi__pages *p, const kpi__window *w, uint64_t first,
    kpi_error *error)
{
	kpi__bins *bins = &p->level[p->levels];
	const counting c = { p, bins };
	counting ctx = c;
	kpi_status status;

	if (bins->before == NULL)
		bins->before = kpi__new_array(
		    p->allocator, KPI__BINS + 1, sizeof(*bins->before));
	if (bins->before == NULL)
		return kpi__fail(
		    error, KPI_ENOMEM, "no memory for an explanation");
	memset(bins->before, 0, (KPI__BINS + 1) * sizeof(*bins->before));
	bins->window = *w;
	bins->first = first;
	bins->by_ordinal = w->first_start == w->last_start;
	bins->from = bins->by_ordinal ? w->first_ordinal
				      : (uint64_t)w->first_start;
	bins->shift = shift_of(bins->by_ordinal
		? w->last_ordinal - w->first_ordinal
		: (uint64_t)w->last_start - (uint64_t)w->first_start);
	status = kpi__opening_run(p->opening, w, count_units, &ctx, error);
	if (status != KPI_OK)
		return status;
	for (size_t i = 0; i < KPI__BINS; i++)
		bins->before[i + 1] += bins->before[i];
	p->levels++;
	return KPI_OK;
}

/* The window of the bins [from, until). */
static kpi__window
window_of(const kpi__bins *bins, size_t from, size_t until)
{
	kpi__window w = bins->window;
	const uint64_t first = bins->from + ((uint64_t)from << bins->shift);
	const uint64_t last =
	    bins->from + ((uint64_t)until << bins->shift) - 1;

	if (bins->by_ordinal) {
		w.first_ordinal = (uint32_t)first;
		if (last < w.last_ordinal)
			w.last_ordinal = (uint32_t)last;
		return w;
	}
	/* The last bin may end beyond the last instant there is. */
	w.first_start = (int64_t)first;
	if (last - bins->from < (uint64_t)w.last_start - bins->from)
		w.last_start = (int64_t)last;
	return w;
}

static int
compare(const void *a, const void *b, const void *ctx)
{
	const kpi__opened *x = a, *y = b;

	(void)ctx;
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	if (x->ordinal != y->ordinal)
		return x->ordinal < y->ordinal ? -1 : 1;
	return (x->row > y->row) - (x->row < y->row);
}

static kpi_status
keep_units(void *ctx, kpi__opened *units, size_t count, kpi_error *error)
{
	kpi__pages *p = ctx;
	int32_t role, left_out;

	if (kpi__grow(p->allocator, &p->page, &p->room, p->count + count,
		sizeof(*p->page)) != KPI_OK)
		return kpi__fail(
		    error, KPI_ENOMEM, "no memory for an explanation");
	for (size_t i = 0; i < count; i++)
		if (kpi__role_of(&p->casting, &units[i], &role, &left_out))
			p->page[p->count++] = units[i];
	return KPI_OK;
}

static kpi_status
read_page(kpi__pages *p, const kpi__window *w, uint64_t first,
    kpi_error *error)
{
	kpi_status status;

	p->count = 0;
	status = kpi__opening_run(p->opening, w, keep_units, p, error);
	if (status == KPI_OK &&
	    kpi__grow(p->allocator, &p->scratch, &p->scratch_room, p->count,
		sizeof(*p->scratch)) != KPI_OK)
		status = kpi__fail(
		    error, KPI_ENOMEM, "no memory for an explanation");
	if (status != KPI_OK) {
		p->count = 0;
		return status;
	}
	kpi__sort(p->page, p->scratch, p->count, sizeof(*p->page), compare,
	    NULL);
	p->first = first;
	return KPI_OK;
}

/* The bin that a unit lies in. */
static size_t
find_bin(const kpi__bins *bins, uint64_t index)
{
	size_t low = 0, high = KPI__BINS;

	while (high - low > 1) {
		const size_t mid = low + (high - low) / 2;

		if (bins->first + bins->before[mid] <= index)
			low = mid;
		else
			high = mid;
	}
	return low;
}

static int
has(const kpi__bins *bins, uint64_t index)
{
	return index >= bins->first &&
	    index - bins->first < bins->before[KPI__BINS];
}

/* Bins that are read at once. */
static size_t
last_bin(const kpi__bins *bins, size_t bin)
{
	size_t last = bin + 1;

	while (last < KPI__BINS &&
	    bins->before[last + 1] - bins->before[bin] <= KPI__PAGE_UNITS)
		last++;
	return last;
}

static kpi_status
find_page(kpi__pages *p, uint64_t index, kpi_error *error)
{
	kpi_status status = KPI_OK;

	while (p->levels > 1 && !has(&p->level[p->levels - 1], index))
		p->levels--;
	while (status == KPI_OK) {
		const kpi__bins *bins = &p->level[p->levels - 1];
		const size_t bin = find_bin(bins, index);
		const uint64_t units =
		    bins->before[bin + 1] - bins->before[bin];
		const uint64_t first = bins->first + bins->before[bin];
		kpi__window w = window_of(bins, bin, bin + 1);

		if (units <= KPI__BIN_UNITS ||
		    (bins->by_ordinal && bins->shift == 0)) {
			w = window_of(bins, bin, last_bin(bins, bin));
			return read_page(p, &w, first, error);
		}
		status = add_level(p, &w, first, error);
	}
	return status;
}

/* From the earliest to the latest start of any part. */
static kpi__window
whole_window(const kpi__snapshot *snapshot)
{
	kpi__window w = { 0, 0, 0, UINT32_MAX };
	int any = 0;

	for (uint32_t i = 0; i < kpi__snapshot_parts(snapshot); i++) {
		const kpi__range *r =
		    &kpi__snapshot_part(snapshot, i)->range[KPI__ANCHOR_STARTED];

		if (r->least > r->greatest)
			continue;
		if (!any || r->least < w.first_start)
			w.first_start = r->least;
		if (!any || r->greatest > w.last_start)
			w.last_start = r->greatest;
		any = 1;
	}
	return w;
}

kpi_status
kpi__pages_init(kpi__pages *p, kpi__opening *opening,
    const kpi__casting *casting, kpi_error *error)
{
	const kpi__window all = whole_window(opening->snapshot);

	memset(p, 0, sizeof(*p));
	p->opening = opening;
	p->casting = *casting;
	p->allocator = kpi__snapshot_allocator(opening->snapshot);
	return add_level(p, &all, 0, error);
}

void
kpi__pages_free(kpi__pages *p)
{
	const kpi_allocator *a = p->allocator;

	if (a == NULL)
		return;
	for (size_t i = 0; i < KPI__BIN_LEVELS; i++)
		if (p->level[i].before != NULL)
			kpi__release(a, p->level[i].before, KPI__BINS + 1,
			    sizeof(*p->level[i].before));
	kpi__release(a, p->page, p->room, sizeof(*p->page));
	kpi__release(a, p->scratch, p->scratch_room, sizeof(*p->scratch));
	memset(p, 0, sizeof(*p));
}

uint64_t
kpi__pages_units(const kpi__pages *p)
{
	return p->level[0].before[KPI__BINS];
}

kpi_status
kpi__pages_unit(
    kpi__pages *p, uint64_t index, kpi__opened **out, kpi_error *error)
{
	kpi_status status = KPI_OK;

	if (index < p->first || index - p->first >= p->count)
		status = find_page(p, index, error);
	if (status == KPI_OK)
		*out = &p->page[index - p->first];
	return status;
}
