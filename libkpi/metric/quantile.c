/* SPDX-License-Identifier: MIT */
#include "metric/quantile.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "metric/claim.h"
#include "result/shape.h"
#include "stats/order.h"

/* Places of a definition: the value and the one after it, and the bounds. */
enum { AT, NEXT, LOWER, UPPER, PLACES };

kpi_status
kpi__claim_quantile(kpi__claim *claim, uint64_t classes, kpi_error *error)
{
	kpi__declared *d = claim->declared;
	kpi__shape *s = &claim->shape;

	s->quantile = (int32_t)kpi__parameter_of(claim, KPI__QUANTILE_OF);
	s->linear = kpi__parameter_of(claim, KPI__QUANTILE_RULE) ==
	    KPI__RULE_LINEAR;
	if (s->linear && s->parts != 1)
		return kpi__fail_at(error, KPI_ENOTSUP, "quantile_rule",
		    "between parts of an interaction that is split over its "
		    "agents nothing lies: set quantile_rule to nearest, or "
		    "credit to last or first");
	d->kept = 1;
	kpi__declare(d, KPI__SUM_DENOMINATOR, classes, 1);
	if (kpi__parameter_of(claim, KPI__QUANTILE_FROM) == KPI__FROM_VALUES)
		return KPI_OK;
	s->merge = KPI__MERGE_NEVER;
	kpi__declare(d, KPI__SUM_QUANTILE, 0, 0);
	if (s->bounded != KPI_BOUNDS_NONE) {
		kpi__declare(d, KPI__SUM_LOWER, 0, 0);
		kpi__declare(d, KPI__SUM_UPPER, 0, 0);
	}
	return KPI_OK;
}

/* Below 0 if `a` is answered before `b`, 0 if together with it. */
static int64_t
compare(const kpi__asked_quantile *a, const kpi__asked_quantile *b)
{
	return a->pile != b->pile ? (int64_t)a->pile - b->pile
				  : a->keeps - b->keeps;
}

static void
insert(kpi__quantiles *q, kpi__asked_quantile one)
{
	uint32_t at = q->count++;

	for (; at > 0 && compare(&q->asked[at - 1], &one) > 0; at--)
		q->asked[at] = q->asked[at - 1];
	q->asked[at] = one;
}

kpi_status
kpi__quantiles_init(kpi__quantiles *q, kpi__scan *scan,
    const kpi__shape *shapes, const kpi__gathered *gathered, uint32_t count,
    const kpi_allocator *a, kpi_error *error)
{
	memset(q, 0, sizeof(*q));
	q->scan = scan;
	for (uint32_t i = 0; i < count; i++)
		q->room += kpi__scan_pile(scan, gathered[i].place) !=
		    UINT32_MAX;
	if (q->room == 0)
		return KPI_OK;
	q->asked = kpi__new_array(a, q->room, sizeof(*q->asked));
	q->place = kpi__new_array(a, q->room, PLACES * sizeof(*q->place));
	q->value = kpi__new_array(a, q->room, PLACES * sizeof(*q->value));
	if (q->asked == NULL || q->place == NULL || q->value == NULL)
		return kpi__fail(
		    error, KPI_ENOMEM, "no memory for quantiles");
	for (uint32_t i = 0; i < count; i++) {
		const uint32_t definition = gathered[i].definition;
		const uint32_t pile = kpi__scan_pile(scan, gathered[i].place);

		if (pile != UINT32_MAX)
			insert(q,
			    (kpi__asked_quantile){ &shapes[definition],
				definition, pile,
				kpi__shape_keeps(&shapes[definition]), 0, 0 });
	}
	return KPI_OK;
}

void
kpi__quantiles_free(kpi__quantiles *q, const kpi_allocator *a)
{
	kpi__release(a, q->asked, q->room, sizeof(*q->asked));
	kpi__release(a, q->place, q->room, PLACES * sizeof(*q->place));
	kpi__release(a, q->value, q->room, PLACES * sizeof(*q->value));
}

static kpi_status
failed(const kpi__sink *sink, kpi_status status)
{
	switch (status) {
	case KPI_ESTOPPED:
		return kpi__fail(
		    sink->error, status, "%s", kpi_strerror(status));
	case KPI_EOVERFLOW:
		return kpi__fail(sink->error, status,
		    "the values of a group are too many");
	default:
		return kpi__fail(
		    sink->error, status, "no memory for quantiles");
	}
}

/* Where among `n` values it and its bounds stand: all places are ones that
 * there are. */
static void
find_places(kpi__asked_quantile *one, uint64_t n, uint64_t place[PLACES])
{
	const kpi__shape *s = one->shape;
	const uint32_t q = (uint32_t)s->quantile;
	const kpi__order_place at =
	    s->linear ? kpi__order_linear(n, q) : kpi__order_nearest(n, q);

	one->beyond = at.beyond;
	place[AT] = place[LOWER] = place[UPPER] = at.at;
	place[NEXT] = at.at + (at.beyond != 0);
	one->bounded = s->bounded != KPI_BOUNDS_NONE &&
	    kpi__order_bounds(&place[LOWER], &place[UPPER], n, q,
		s->confidence / 1e6);
}

static void
put(kpi__sink *sink, const kpi__asked_quantile *one,
    const int64_t value[PLACES])
{
	const kpi__shape *s = one->shape;
	kpi__wide sums[KPI__SUMS];

	memset(sums, 0, sizeof(sums));
	sums[kpi__shape_place(s, KPI__SUM_QUANTILE)] = kpi__wide_add(
	    kpi__wide_product(value[AT], KPI__ORDER_WHOLE - one->beyond),
	    kpi__wide_product(value[NEXT], one->beyond));
	if (one->bounded) {
		sums[kpi__shape_place(s, KPI__SUM_LOWER)] =
		    kpi__wide_of(value[LOWER] + 1);
		sums[kpi__shape_place(s, KPI__SUM_UPPER)] =
		    kpi__wide_of(value[UPPER] + 1);
	}
	kpi__sink_put(sink, one->definition, sums);
}

/* The `count` from `first` on, which are of one pile. */
static kpi_status
put_picked(kpi__quantiles *q, uint32_t slot, kpi__sink *sink, uint32_t first,
    uint32_t count)
{
	kpi__asked_quantile *asked = q->asked + first;
	uint64_t *place = q->place + (size_t)first * PLACES;
	int64_t *value = q->value + (size_t)first * PLACES;
	const uint64_t n = kpi__scan_kept(q->scan, asked->pile, slot);
	kpi_status status;

	if (n == 0)
		return KPI_OK;
	for (uint32_t i = 0; i < count; i++)
		find_places(&asked[i], n, place + (size_t)i * PLACES);
	status = kpi__scan_pick(
	    q->scan, asked->pile, slot, place, count * PLACES, value);
	if (status != KPI_OK)
		return failed(sink, status);
	for (uint32_t i = 0; i < count; i++)
		put(sink, &asked[i], value + (size_t)i * PLACES);
	return KPI_OK;
}

typedef struct filling {
	kpi__bag *bag;
	const kpi_allocator *allocator;
} filling;

static kpi_status
fill(void *ctx, int64_t value, int64_t parts)
{
	const filling *f = ctx;

	return kpi__bag_append(f->bag, f->allocator, value, parts);
}

/* Likewise: they have the same bag. */
static kpi_status
put_bags(kpi__quantiles *q, uint32_t slot, kpi__sink *sink, uint32_t first,
    uint32_t count)
{
	const kpi__asked_quantile *asked = q->asked + first;
	filling f = { &sink->bags[asked->definition],
		kpi__result_allocator(sink->result) };
	kpi_status status =
	    kpi__scan_each(q->scan, asked->pile, slot, fill, &f);

	for (uint32_t i = 1; i < count && status == KPI_OK; i++)
		status = kpi__bag_copy(&sink->bags[asked[i].definition],
		    f.allocator, f.bag);
	return status == KPI_OK ? KPI_OK : failed(sink, status);
}

/* So many values take some milliseconds. */
#define BETWEEN_STOPS 65536

static kpi_status
ask_to_go_on(const kpi__quantiles *q, uint32_t pile, uint32_t slot,
    const kpi__sink *sink)
{
	const uint32_t parts = kpi__snapshot_parts(sink->snapshot);

	if (kpi__scan_kept(q->scan, pile, slot) < BETWEEN_STOPS)
		return KPI_OK;
	return kpi__query_stopped(sink->query, parts, parts, sink->error);
}

kpi_status
kpi__quantiles_put(kpi__quantiles *q, uint32_t slot, kpi__sink *sink)
{
	kpi_status status = KPI_OK;

	for (uint32_t i = 0, n; i < q->count && status == KPI_OK; i += n) {
		for (n = 1; i + n < q->count &&
		     compare(&q->asked[i + n], &q->asked[i]) == 0;)
			n++;
		status = ask_to_go_on(q, q->asked[i].pile, slot, sink);
		if (status == KPI_OK)
			status = (q->asked[i].keeps ? put_bags : put_picked)(
			    q, slot, sink, i, n);
	}
	return status;
}
