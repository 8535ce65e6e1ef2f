/* SPDX-License-Identifier: MIT */
/* Piles: values that are kept as they come, for quantiles. Short ones of whole
 * units, which nearly all are, stand in lists by group; others are weighed. */
#include "base/bin.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/sort.h"
#include "query/scan_plan.h"

kpi_status
kpi__pile_failed(const kpi__scan *scan, kpi_error *error)
{
	return kpi__fail(error, KPI_ELIMIT,
	    "the values of a quantile take more than the %llu bytes of memory "
	    "that the store may use: raise them by kpi_store_set_memory(), or "
	    "ask for a shorter range",
	    (unsigned long long)kpi__snapshot_memory(scan->snapshot));
}

static kpi_status
add_shorts(kpi__scan *scan, kpi__pile *p, const kpi__selection *s,
    const uint8_t *key, const uint32_t *value)
{
	uint8_t *mask = kpi__batch_room(&scan->pass.batch, s->count);

	kpi__kernel_mask(key, &p->of.in, s->keep, s->count, mask);
	return kpi__shorts_add(
	    &p->shorts, s->slot, s->only, value, mask, s->count);
}

static kpi_status
weigh(kpi__scan *scan, kpi__pile *p, kpi__weighed one)
{
	const size_t had = p->room;
	kpi_status status = kpi__grow(scan->allocator, &p->weighed, &p->room,
	    p->count + 1, sizeof(*p->weighed));

	if (status == KPI_OK && p->room > had)
		status = kpi__shorts_take(
		    &p->shorts, (p->room - had) * sizeof(one));
	if (status == KPI_OK)
		p->weighed[p->count++] = one;
	return status;
}

static kpi_status
add_any(kpi__scan *scan, kpi__pile *p, const kpi__selection *s,
    const uint8_t *key, const int64_t *value)
{
	kpi_status status = KPI_OK;

	for (uint32_t i = 0; i < s->count && status == KPI_OK; i++) {
		const uint32_t unit = s->unit == NULL ? i : s->unit[i];
		const uint32_t slot = kpi__selection_slot(s, i);
		const uint32_t brief = (uint32_t)value[unit];
		const uint8_t kept = 1;

		if (slot == 0 || !p->of.in.in[key[unit]] ||
		    (s->keep != NULL && !s->keep[i]))
			continue;
		if (s->share == NULL && value[unit] < KPI__SHORT_UNKNOWN)
			status = kpi__shorts_add(
			    &p->shorts, NULL, slot, &brief, &kept, 1);
		else
			status = weigh(scan, p,
			    (kpi__weighed){ value[unit], 0, slot,
				s->share == NULL ? 1 : s->share[i] });
	}
	return status;
}

static kpi_status
add(kpi__scan *scan, kpi__pile *p, const kpi__selection *s, const uint8_t *key)
{
	const uint32_t *shorts =
	    s->unit == NULL ? kpi__scan_shorts(scan, &p->of) : NULL;
	kpi_status status =
	    kpi__shorts_reserve(&p->shorts, scan->groups.count + 1);

	if (status != KPI_OK)
		return status;
	return shorts != NULL
	    ? add_shorts(scan, p, s, key, shorts)
	    : add_any(scan, p, s, key, kpi__scan_values(scan, &p->of));
}

kpi_status
kpi__piles_add(kpi__scan *scan, uint32_t counter, const kpi__selection *s,
    const uint8_t *key)
{
	kpi_status status = KPI_OK;

	for (uint32_t i = 0; i < scan->pile_count && status == KPI_OK; i++)
		if (scan->piles[i].of.counter == counter)
			status = add(scan, &scan->piles[i], s, key);
	return status;
}

void
kpi__piles_share(kpi__scan *scan, uint32_t threads)
{
	for (uint32_t i = 0; i < scan->pile_count; i++)
		kpi__shorts_init(&scan->piles[i].shorts, scan->allocator,
		    kpi__snapshot_memory(scan->snapshot) / threads);
}

static kpi_status
join(kpi__scan *scan, kpi__pile *to, kpi__pile *from, const uint32_t *slot)
{
	kpi_status status =
	    kpi__shorts_reserve(&to->shorts, scan->groups.count + 1);

	if (status == KPI_OK)
		status = kpi__shorts_join(&to->shorts, &from->shorts, slot);
	for (size_t i = 0; i < from->count && status == KPI_OK; i++) {
		kpi__weighed one = from->weighed[i];

		one.slot = slot[one.slot];
		status = weigh(scan, to, one);
	}
	return status;
}

kpi_status
kpi__piles_join(kpi__scan *scan, kpi__scan *from, const uint32_t *slot)
{
	kpi_status status = KPI_OK;

	for (uint32_t i = 0; i < scan->pile_count && status == KPI_OK; i++)
		status = join(scan, &scan->piles[i], &from->piles[i], slot);
	return status;
}

static int
compare_weighed(const void *a, const void *b, const void *ctx)
{
	const kpi__weighed *x = a, *y = b;

	(void)ctx;
	if (x->slot != y->slot)
		return x->slot < y->slot ? -1 : 1;
	return (x->value > y->value) - (x->value < y->value);
}

static kpi_status
finish(kpi__scan *scan, kpi__pile *p)
{
	kpi__weighed *scratch;
	uint64_t until = 0;

	if (p->count == 0)
		return KPI_OK;
	scratch = kpi__new_array(scan->allocator, p->count, sizeof(*scratch));
	if (scratch == NULL)
		return KPI_ENOMEM;
	kpi__sort(p->weighed, scratch, p->count, sizeof(*scratch),
	    compare_weighed, NULL);
	kpi__release(scan->allocator, scratch, p->count, sizeof(*scratch));
	for (size_t i = 0; i < p->count; i++) {
		if (i > 0 && p->weighed[i].slot != p->weighed[i - 1].slot)
			until = 0;
		until += (uint64_t)p->weighed[i].share;
		p->weighed[i].until = until;
	}
	return KPI_OK;
}

kpi_status
kpi__piles_finish(kpi__scan *scan)
{
	kpi_status status = KPI_OK;

	for (uint32_t i = 0; i < scan->pile_count && status == KPI_OK; i++)
		status = finish(scan, &scan->piles[i]);
	return status;
}

void
kpi__piles_free(kpi__scan *scan)
{
	const kpi_allocator *a = scan->allocator;

	for (uint32_t i = 0; i < scan->pile_count; i++) {
		kpi__pile *p = &scan->piles[i];

		kpi__shorts_free(&p->shorts);
		kpi__release(a, p->weighed, p->room, sizeof(*p->weighed));
		kpi__release(a, p->picked, p->picked_room, sizeof(*p->picked));
		kpi__release(
		    a, p->counts, KPI__SHORT_BINS, sizeof(*p->counts));
		kpi__release(a, p->below, KPI__SHORT_BINS, sizeof(*p->below));
		kpi__release(a, p->wanted, KPI__SHORT_BINS, 1);
	}
	kpi__release(a, scan->piles, scan->count, sizeof(*scan->piles));
}
