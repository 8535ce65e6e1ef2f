/* SPDX-License-Identifier: MIT */
#include "result/verdict.h"

#include <math.h>

#include "base/memory.h"
#include "base/sort.h"
#include "result/figure.h"
#include "result/shape.h"
#include "stats/several.h"

static const uint8_t sums_of[2][4] = {
	{ KPI__SUM_CLUSTERS, KPI__SUM_SQUARES, KPI__SUM_CROSS, KPI__SUM_SIZES },
	{ KPI__SUM_VERDICT_CLUSTERS, KPI__SUM_VERDICT_SQUARES,
	    KPI__SUM_VERDICT_CROSS, KPI__SUM_VERDICT_SIZES },
};

int
kpi__cluster_sums(kpi__ratio_sums *out, const kpi_result *r, uint64_t row,
    const kpi__shape *s, int of_verdict)
{
	const uint8_t *which = sums_of[of_verdict];
	int64_t clusters;

	if (kpi__wide_to_int64(
		kpi__result_sum(r, row, s, which[0]), &clusters))
		return 1;
	out->clusters = (uint64_t)clusters;
	out->x = kpi__result_sum(r, row, s, KPI__SUM_NUMERATOR);
	out->n = kpi__result_sum(r, row, s, KPI__SUM_DENOMINATOR);
	out->xx = kpi__result_sum(r, row, s, which[1]);
	out->xn = kpi__result_sum(r, row, s, which[2]);
	out->nn = kpi__result_sum(r, row, s, which[3]);
	return 0;
}

/* Of time that is a part of other time. */
static int
is_share(const kpi__shape *s)
{
	return s->kind == KPI__SHARE ||
	    (s->kind == KPI__TIME && s->unit == KPI_UNIT_SHARE);
}

/* In the value's unit, within `least` to `most`. */
static kpi__bounds
scaled(const kpi__shape *s, kpi__bounds bounds, double least, double most)
{
	bounds.lower *= kpi__shape_scale(s);
	bounds.upper *= kpi__shape_scale(s);
	if (isnan(bounds.lower) ||
	    (!is_share(s) && s->kind != KPI__BALANCE))
		return bounds;
	bounds.lower = fmax(bounds.lower, least);
	bounds.upper = fmin(bounds.upper, most);
	return bounds;
}

kpi__bounds
kpi__cluster_bounds_of(const kpi__shape *s, const kpi__ratio_sums *sums)
{
	return scaled(s, kpi__cluster_bounds(sums, s->confidence / 1e6),
	    is_share(s) ? 0 : -100, is_share(s) ? 1 : 100);
}

kpi__bounds
kpi__welch_of(const kpi__shape *s, const kpi__estimate *now,
    const kpi__estimate *before)
{
	const double most = is_share(s) ? 1 : 200;

	return scaled(s, kpi__welch(now, before, s->confidence / 1e6), -most,
	    most);
}

double
kpi__target_of(const kpi__shape *s, int64_t target)
{
	if (target == KPI_UNKNOWN)
		return NAN;
	return s->unit == KPI_UNIT_MS ? (double)target : (double)target / 1e6;
}

int
kpi__figure_judged(const kpi__shape *s, const kpi_figure *f)
{
	return s->verdict_by != KPI_BOUNDS_NONE && !isnan(f->target);
}

static int
is_met(const kpi__shape *s, const kpi_figure *f)
{
	if (!isnan(f->target_ceiling))
		return f->value >= f->target && f->value <= f->target_ceiling;
	return s->better > 0 ? f->value >= f->target : f->value <= f->target;
}

/*
 * How probable the distance from the target is by chance. Who lies in a band
 * must be far from both of its ends, who lies outside from the nearer one.
 * NaN: there is no target, or there are too few clusters.
 */
static double
chance_of(
    const kpi_result *r, uint64_t row, const kpi__shape *s, const kpi_figure *f)
{
	kpi__ratio_sums sums;
	double from_goal, from_ceiling;

	if (isnan(f->target) || kpi__cluster_sums(&sums, r, row, s, 1))
		return NAN;
	from_goal = kpi__cluster_chance(&sums, f->target / kpi__shape_scale(s));
	if (isnan(f->target_ceiling) || f->value < f->target)
		return from_goal;
	from_ceiling =
	    kpi__cluster_chance(&sums, f->target_ceiling / kpi__shape_scale(s));
	return is_met(s, f) ? fmax(from_goal, from_ceiling) : from_ceiling;
}

void
kpi__figure_judge(
    const kpi_result *r, uint64_t row, uint32_t index, kpi_figure *f)
{
	const kpi__shape *s = &r->shapes[index];
	kpi__ratio_sums sums;
	kpi__bounds bounds;
	double chance;

	if (s->verdict_by == KPI_BOUNDS_NONE || f->state != KPI_STATE_OK ||
	    kpi__cluster_sums(&sums, r, row, s, 1))
		return;
	bounds = kpi__cluster_bounds_of(s, &sums);
	f->verdict_lower = bounds.lower;
	f->verdict_upper = bounds.upper;
	chance = chance_of(r, row, s, f);
	if (isnan(chance))
		return;
	if (is_met(s, f))
		f->verdict = chance <= r->limits[index]
		    ? KPI_VERDICT_MET
		    : KPI_VERDICT_MET_WITHIN_NOISE;
	else
		f->verdict = chance <= r->limits[index]
		    ? KPI_VERDICT_MISSED
		    : KPI_VERDICT_MISSED_WITHIN_NOISE;
}

static int
compare_chances(const void *a, const void *b, const void *ctx)
{
	const double *x = a, *y = b;

	(void)ctx;
	return (*x > *y) - (*x < *y);
}

static double
limit_of(const kpi_result *r, uint32_t index, double *chances, double *scratch)
{
	const kpi__shape *s = &r->shapes[index];
	const double level = (1000000 - s->confidence) / 1e6;
	size_t count = 0;

	if (!s->adjusted)
		return level;
	for (size_t row = 0; row < r->rows.count; row++) {
		kpi_figure f;
		double chance;

		if (kpi__figure_read(r, row, index, &f) ||
		    f.state != KPI_STATE_OK)
			continue;
		chance = chance_of(r, row, s, &f);
		if (!isnan(chance))
			chances[count++] = chance;
	}
	kpi__sort(
	    chances, scratch, count, sizeof(*chances), compare_chances, NULL);
	return kpi__holm_limit(chances, count, level);
}

kpi_status
kpi__result_judge(kpi_result *r)
{
	const size_t room = 2 * r->rows.count;
	double *chances = NULL;

	for (uint32_t i = 0; i < r->count && room > 0; i++) {
		if (!kpi__shape_judged(&r->shapes[i], &r->frame))
			continue;
		if (chances == NULL)
			chances =
			    kpi__new_array(&r->allocator, room, sizeof(double));
		if (chances == NULL)
			return KPI_ENOMEM;
		r->limits[i] = limit_of(r, i, chances, chances + r->rows.count);
	}
	kpi__release(&r->allocator, chances, room, sizeof(double));
	return KPI_OK;
}
