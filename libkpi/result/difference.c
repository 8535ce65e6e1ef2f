/* SPDX-License-Identifier: MIT */
#include <math.h>

#include "result/change.h"
#include "result/figure.h"
#include "result/shape.h"
#include "result/verdict.h"
#include "stats/normal.h"

static const char linearised[] = "linearised";

/* A figure and where it stands. */
typedef struct place {
	const kpi_result *result;
	const kpi__shape *shape;
	uint64_t row;
	kpi_figure figure;
} place;

static kpi_status
read_place(place *p, const kpi_result *r, uint32_t index, uint64_t row)
{
	p->result = r;
	p->shape = &r->shapes[index];
	p->row = row;
	p->figure = kpi__figure_empty(p->shape);
	return row == KPI__NO_ROW
	    ? KPI_OK
	    : kpi_result_figure(r, row, index, &p->figure);
}

static kpi__estimate
cluster_estimate(const place *p, int of_verdict)
{
	const kpi__estimate none = { NAN, NAN, NAN };
	kpi__ratio_sums sums;

	if (kpi__cluster_sums(&sums, p->result, p->row, p->shape, of_verdict))
		return none;
	return kpi__cluster_estimate(&sums);
}

static kpi__bounds
bounds_of(const place *p)
{
	const kpi__bounds bounds = { p->figure.lower, p->figure.upper };

	return bounds;
}

static kpi__bounds
share_bounds(const place *now, const place *before)
{
	const kpi__bounds n = bounds_of(now), b = bounds_of(before);

	return kpi__newcombe(now->figure.value, &n, before->figure.value, &b);
}

static kpi__bounds
mean_bounds(const place *now, const place *before)
{
	const kpi__estimate n = kpi__figure_estimate(
	    now->result, now->row, now->shape, &now->figure);
	const kpi__estimate b = kpi__figure_estimate(
	    before->result, before->row, before->shape, &before->figure);

	return kpi__welch_of(now->shape, &n, &b);
}

static kpi__bounds
balance_bounds(const place *now, const place *before)
{
	const kpi__balance n = kpi__figure_balance(
	    now->result, now->row, now->shape, &now->figure);
	const kpi__balance b = kpi__figure_balance(
	    before->result, before->row, before->shape, &before->figure);

	return kpi__balance_difference(
	    &n, &b, kpi__normal_two_sided(now->shape->confidence / 1e6));
}

static kpi__bounds
contact_bounds(const place *now, const place *before, const char **method)
{
	const kpi__shape *s = now->shape;

	switch (s->kind) {
	case KPI__SHARE:
	case KPI__MIX:
		*method = "Newcombe";
		return share_bounds(now, before);
	case KPI__MEAN:
		*method =
		    s->sums & KPI__SUM_BIT(CLUSTERS) ? linearised : "Welch";
		return mean_bounds(now, before);
	case KPI__BALANCE:
		*method = "adjusted Wald";
		return balance_bounds(now, before);
	default:
		return kpi__bounds_none();
	}
}

static void
put_bounds(kpi_difference *d, const place *now, const place *before)
{
	const char *method = NULL;
	kpi__bounds bounds;

	if (now->shape->bounded == KPI_BOUNDS_NONE)
		return;
	if (now->shape->bounded == KPI_BOUNDS_CONTACT) {
		bounds = contact_bounds(now, before, &method);
	} else {
		const kpi__estimate n = cluster_estimate(now, 0);
		const kpi__estimate b = cluster_estimate(before, 0);

		method = linearised;
		bounds = kpi__welch_of(now->shape, &n, &b);
	}
	d->lower = bounds.lower;
	d->upper = bounds.upper;
	if (!isnan(bounds.lower))
		d->method = method;
}

/* By the clusters of the verdict, or else those of the bounds: calls are not
 * independent of each other, so that a test by contact finds something in
 * any two days. */
static int32_t
tested_by(const kpi__shape *s, int *of_verdict)
{
	*of_verdict = s->verdict_by != KPI_BOUNDS_NONE;
	if (*of_verdict)
		return s->verdict_by;
	return s->bounded == KPI_BOUNDS_CONTACT ? KPI_BOUNDS_NONE : s->bounded;
}

static void
put_test(kpi_difference *d, const place *now, const place *before)
{
	int of_verdict;
	kpi__estimate n, b;
	kpi__bounds bounds;

	d->verdict_by = tested_by(now->shape, &of_verdict);
	if (d->verdict_by == KPI_BOUNDS_NONE)
		return;
	n = cluster_estimate(now, of_verdict);
	b = cluster_estimate(before, of_verdict);
	bounds = kpi__welch_of(now->shape, &n, &b);
	d->verdict_lower = bounds.lower;
	d->verdict_upper = bounds.upper;
	d->chance = d->adjusted = kpi__welch_chance(&n, &b);
	if (!isnan(d->chance))
		d->verdict_method = linearised;
}

static kpi_difference
difference_none(const kpi__shape *s)
{
	kpi_difference d = KPI_DIFFERENCE_INIT;

	d.now = d.before = d.difference = NAN;
	d.lower = d.upper = d.verdict_lower = d.verdict_upper = NAN;
	d.chance = d.adjusted = d.within = d.mix = NAN;
	d.now_weight = d.before_weight = NAN;
	d.unit = s->unit;
	d.bounds_by = s->bounded;
	return d;
}

static void
put_values(kpi_difference *d, const kpi_figure *now, const kpi_figure *before)
{
	d->now_state = now->state;
	d->before_state = before->state;
	d->now = now->value;
	d->before = before->value;
	d->difference = now->value - before->value;
}

kpi_status
kpi__difference_read(kpi_difference *d, kpi__twice *sums,
    const kpi__compared *c, const kpi__match *match)
{
	place now, before;
	kpi_status status = read_place(&now, c->now, c->index, match->now);

	if (status == KPI_OK)
		status =
		    read_place(&before, c->before, c->index, match->before);
	if (status != KPI_OK)
		return status;
	*d = difference_none(now.shape);
	put_values(d, &now.figure, &before.figure);
	sums->now.x = now.figure.numerator;
	sums->now.n = now.figure.denominator;
	sums->before.x = before.figure.numerator;
	sums->before.n = before.figure.denominator;
	if (isnan(d->difference) || match->now == KPI__NO_ROW ||
	    match->before == KPI__NO_ROW)
		return KPI_OK;
	put_bounds(d, &now, &before);
	put_test(d, &now, &before);
	return KPI_OK;
}

static void
value_of_sums(kpi_figure *f, const kpi__side *side, const kpi__shape *s)
{
	*f = kpi__figure_none(s);
	if (side->n <= 0)
		return;
	f->state = KPI_STATE_OK;
	f->value = kpi__shape_scale(s) * (double)side->x / (double)side->n;
}

void
kpi__difference_of_sums(
    kpi_difference *d, const kpi__twice *sums, const kpi__compared *c)
{
	const kpi__shape *s = &c->now->shapes[c->index];
	kpi_figure now, before;

	value_of_sums(&now, &sums->now, s);
	value_of_sums(&before, &sums->before, s);
	*d = difference_none(s);
	put_values(d, &now, &before);
}

/* Whether the rows add up to the whole, and each has a value where it has a
 * numerator. */
static int
adds_up(const kpi__twice *sums, size_t rows, size_t stride)
{
	kpi__wide left[4];

	for (int k = 0; k < 4; k++)
		left[k] = kpi__wide_of(0);
	for (size_t i = 0; i <= rows; i++) {
		const kpi__twice *t = &sums[i * stride];
		const int64_t of[] = { t->now.x, t->now.n, t->before.x,
			t->before.n };

		for (int k = 0; k < 4; k++)
			left[k] = kpi__wide_add(left[k],
			    kpi__wide_product(of[k], i < rows ? 1 : -1));
		if (of[1] < 0 || of[3] < 0 || (of[1] == 0 && of[0] != 0) ||
		    (of[3] == 0 && of[2] != 0))
			return 0;
	}
	for (int k = 0; k < 4; k++)
		if (!kpi__wide_is_zero(&left[k]))
			return 0;
	return 1;
}

void
kpi__difference_split(kpi_difference *figures, const kpi__twice *sums,
    size_t rows, size_t stride, const kpi__shape *s)
{
	const kpi__twice *whole = &sums[rows * stride];
	kpi_difference *all = &figures[rows * stride];
	kpi__running within = { 0, 0 };
	kpi__split split;

	if (!kpi__shape_splits(s) || isnan(all->difference) ||
	    !adds_up(sums, rows, stride))
		return;
	for (size_t i = 0; i < rows; i++) {
		const kpi__twice *t = &sums[i * stride];
		kpi_difference *d = &figures[i * stride];

		d->now_weight = (double)t->now.n / (double)whole->now.n;
		d->before_weight =
		    (double)t->before.n / (double)whole->before.n;
		d->within = kpi__shape_scale(s) * kpi__within_part(t, whole);
		d->mix = kpi__shape_scale(s) * kpi__mix_part(t, whole);
		kpi__running_add(&within, d->within);
	}
	split = kpi__split_of(all->now, all->before, kpi__running_sum(&within));
	all->difference = split.difference;
	all->within = split.within;
	all->mix = split.mix;
	all->now_weight = all->before_weight = 1;
}
