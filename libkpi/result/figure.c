/* SPDX-License-Identifier: MIT */
#include "result/figure.h"

#include <math.h>

#include "base/sized.h"
#include "result/goals.h"
#include "result/quantile.h"
#include "result/shape.h"
#include "result/table.h"
#include "result/verdict.h"
#include "stats/normal.h"

static kpi__wide
sum_of(
    const kpi_result *r, uint64_t row, const kpi__shape *s, enum kpi__sum sum)
{
	/* Of a mix only the numerator is the row's own. */
	if (s->kind == KPI__MIX && sum != KPI__SUM_NUMERATOR)
		return kpi__whole_sum(r, row, s,
		    sum == KPI__SUM_DENOMINATOR ? KPI__SUM_NUMERATOR : sum);
	return kpi__wide_add(kpi__result_sum(r, row, s, sum),
	    kpi__allocated(r, row, s, sum));
}

static double
double_of(
    const kpi_result *r, uint64_t row, const kpi__shape *s, enum kpi__sum sum)
{
	return kpi__wide_to_double(sum_of(r, row, s, sum));
}

/* In parts, as every numerator; non-zero if it does not fit. */
static int
read_greatest(
    const kpi_result *r, uint64_t row, const kpi__shape *s, kpi_figure *f)
{
	int64_t greatest;

	if (kpi__wide_to_int64(
		sum_of(r, row, s, KPI__SUM_GREATEST), &greatest))
		return 1;
	return kpi__wide_to_int64(
	    kpi__wide_product(greatest, s->parts), &f->numerator);
}

/* Non-zero if a sum does not fit. */
static int
read_sums(const kpi_result *r, uint64_t row, const kpi__shape *s, kpi_figure *f)
{
	const struct {
		enum kpi__sum sum;
		int64_t *to;
	} wanted[] = {
		{ KPI__SUM_UNKNOWN, &f->unknown },
		{ KPI__SUM_IN_PROGRESS, &f->in_progress },
		{ KPI__SUM_TRUNCATED, &f->truncated },
		{ KPI__SUM_IMMATURE, &f->immature },
		{ KPI__SUM_NOT_COUNTED, &f->not_counted },
		{ KPI__SUM_NO_ACTIVITY, &f->no_activity },
		{ KPI__SUM_NUMERATOR, &f->numerator },
		{ KPI__SUM_DENOMINATOR, &f->denominator },
	};

	for (size_t i = 0; i < sizeof(wanted) / sizeof(*wanted); i++)
		if (kpi__wide_to_int64(
			sum_of(r, row, s, wanted[i].sum), wanted[i].to))
			return 1;
	if (kpi__shape_counts(s))
		f->denominator = f->numerator;
	if (s->kind == KPI__GREATEST)
		return read_greatest(r, row, s, f);
	if (s->kind == KPI__QUANTILE)
		return kpi__quantile_read(r, row, s, f);
	return 0;
}

/* More than 5 % of those who have a value or may yet get one: what there is
 * would be a mean of the quick ones. */
static int
is_awaited(
    const kpi_result *r, uint64_t row, const kpi__shape *s, const kpi_figure *f)
{
	return (s->sums & KPI__SUM_BIT(AWAITED)) &&
	    kpi__wide_exceeds(kpi__result_sum(r, row, s, KPI__SUM_AWAITED),
		kpi__wide_of(f->denominator / 19));
}

static int32_t
state_of(
    const kpi_result *r, uint64_t row, const kpi__shape *s, const kpi_figure *f)
{
	const kpi__wide known = sum_of(r, row, s, KPI__SUM_KNOWN);
	const kpi__wide mixed = sum_of(r, row, s, KPI__SUM_MIXED);

	if (!kpi__wide_is_zero(&mixed))
		return KPI_STATE_MIXED;
	if (!kpi__shape_counts(s) && f->denominator == 0 && f->numerator != 0)
		return KPI_STATE_UNDEFINED;
	if ((s->sums & KPI__SUM_BIT(KNOWN)) && kpi__wide_is_zero(&known))
		return KPI_STATE_NO_DATA;
	if (!kpi__shape_counts(s) && f->denominator == 0)
		return f->immature > 0 ? KPI_STATE_IMMATURE : KPI_STATE_NO_DATA;
	if (is_awaited(r, row, s, f))
		return KPI_STATE_IMMATURE;
	if ((s->sums & KPI__SUM_BIT(YEARS)) &&
	    double_of(r, row, s, KPI__SUM_YEARS) <= 0)
		return KPI_STATE_NO_DATA; /* too short to be a part of a year */
	return KPI_STATE_OK;
}

static double
rate_of(
    const kpi_result *r, uint64_t row, const kpi__shape *s, const kpi_figure *f)
{
	const double rate = (double)f->numerator *
	    double_of(r, row, s, KPI__SUM_TIMES) / (double)f->denominator;

	/* of whole months a whole quotient */
	return s->sums & KPI__SUM_BIT(YEARS)
	    ? rate *
		(12 * (double)KPI__MONTH /
		    double_of(r, row, s, KPI__SUM_YEARS))
	    : rate;
}

static double
value_of(
    const kpi_result *r, uint64_t row, const kpi__shape *s, const kpi_figure *f)
{
	const double numerator = (double)f->numerator;

	switch (s->kind) {
	case KPI__QUANTILE:
		return f->value;
	case KPI__RATE:
		return rate_of(r, row, s, f);
	case KPI__COUNT:
	case KPI__GREATEST:
	case KPI__LEVEL:
		return numerator / (double)s->parts;
	case KPI__MEAN: /* in millionths it is divided, and not multiplied */
		return s->unit == KPI_UNIT_SHARE
		    ? numerator / (1e6 * (double)f->denominator)
		    : numerator / (double)f->denominator;
	default:
		return kpi__shape_scale(s) * numerator /
		    (double)f->denominator;
	}
}

static double
z_of(const kpi__shape *s)
{
	return kpi__normal_two_sided(s->confidence / 1e6);
}

static kpi__bounds
share_bounds(
    const kpi_result *r, uint64_t row, const kpi__shape *s, const kpi_figure *f)
{
	const double k = (double)f->numerator, n = (double)f->denominator;

	if (!(s->sums & KPI__SUM_BIT(WEIGHTS)))
		return kpi__wilson(k, n, z_of(s));
	return kpi__wilson_weighted(
	    k, n, double_of(r, row, s, KPI__SUM_WEIGHTS), z_of(s));
}

kpi__estimate
kpi__figure_estimate(
    const kpi_result *r, uint64_t row, const kpi__shape *s, const kpi_figure *f)
{
	const kpi__estimate none = { NAN, NAN, NAN };
	kpi__ratio_sums sums;

	if (!(s->sums & KPI__SUM_BIT(CLUSTERS)))
		return kpi__mean_estimate((uint64_t)f->denominator,
		    sum_of(r, row, s, KPI__SUM_NUMERATOR),
		    sum_of(r, row, s, KPI__SUM_SQUARES));
	if (kpi__cluster_sums(&sums, r, row, s, 0))
		return none;
	return kpi__ratio_estimate(&sums);
}

/* Shares of one answer make fewer whole ones: n_eff = (sum w)^2 / sum w^2. */
kpi__balance
kpi__figure_balance(
    const kpi_result *r, uint64_t row, const kpi__shape *s, const kpi_figure *f)
{
	const double detractors = double_of(r, row, s, KPI__SUM_DETRACTORS);
	const double promoters = (double)f->numerator + detractors;
	const double n = (double)f->denominator;
	const double scale = s->sums & KPI__SUM_BIT(WEIGHTS)
	    ? n / double_of(r, row, s, KPI__SUM_WEIGHTS)
	    : 1;
	const kpi__balance b = { detractors * scale,
		(n - detractors - promoters) * scale, promoters * scale };

	return b;
}

static kpi__bounds
balance_bounds(
    const kpi_result *r, uint64_t row, const kpi__shape *s, const kpi_figure *f)
{
	const kpi__balance b = kpi__figure_balance(r, row, s, f);

	return kpi__balance_bounds(
	    b.detractors, b.passives, b.promoters, z_of(s));
}

static kpi__bounds
bounds_of(
    const kpi_result *r, uint64_t row, const kpi__shape *s, const kpi_figure *f)
{
	kpi__ratio_sums sums;
	kpi__estimate estimate;
	kpi__bounds bounds;

	if (s->bounded == KPI_BOUNDS_NONE)
		return kpi__bounds_none();
	if (s->bounded != KPI_BOUNDS_CONTACT)
		return kpi__cluster_sums(&sums, r, row, s, 0)
		    ? kpi__bounds_none()
		    : kpi__cluster_bounds_of(s, &sums);
	switch (s->kind) {
	case KPI__SHARE:
	case KPI__MIX:
		return share_bounds(r, row, s, f);
	case KPI__MEAN:
		estimate = kpi__figure_estimate(r, row, s, f);
		bounds = kpi__estimate_bounds(&estimate, s->confidence / 1e6);
		bounds.lower *= kpi__shape_scale(s);
		bounds.upper *= kpi__shape_scale(s);
		return bounds;
	case KPI__BALANCE:
		return balance_bounds(r, row, s, f);
	default:
		return kpi__bounds_none();
	}
}

kpi_figure
kpi__figure_none(const kpi__shape *s)
{
	kpi_figure f = KPI_FIGURE_INIT;

	f.value = f.lower = f.upper = NAN;
	f.parts = s->parts;
	f.unit = s->unit;
	f.target = kpi__target_of(s, s->goal);
	f.target_ceiling = kpi__target_of(s, s->ceiling);
	f.verdict_lower = f.verdict_upper = NAN;
	f.bounds_by = s->bounded;
	f.state = KPI_STATE_NO_DATA;
	return f;
}

kpi_figure
kpi__figure_empty(const kpi__shape *s)
{
	kpi_figure f = kpi__figure_none(s);

	if (kpi__shape_counts(s) && !(s->sums & KPI__SUM_BIT(KNOWN))) {
		f.state = KPI_STATE_OK;
		f.value = 0;
	}
	return f;
}

int
kpi__figure_read(
    const kpi_result *r, uint64_t row, uint32_t index, kpi_figure *f)
{
	const kpi__shape *s = &r->shapes[index];
	const kpi__goal *own = kpi__goal_of(r, row, s);

	*f = kpi__figure_none(s);
	if (own != NULL) {
		f->target = kpi__target_of(s, own->goal);
		f->target_ceiling = kpi__target_of(s, own->ceiling);
	}
	if (read_sums(r, row, s, f))
		return 1;
	f->state = state_of(r, row, s, f);
	f->value = f->state == KPI_STATE_OK ? value_of(r, row, s, f) : NAN;
	return 0;
}

kpi_status
kpi_result_figure(
    const kpi_result *r, uint64_t row, uint64_t index, kpi_figure *figure)
{
	kpi__bounds bounds;
	kpi_figure f;

	if (r == NULL || row >= r->rows.count || index >= r->count)
		return KPI_EINVAL;
	if (kpi__figure_read(r, row, (uint32_t)index, &f))
		return KPI_EOVERFLOW;
	if (f.state == KPI_STATE_OK &&
	    r->shapes[index].kind == KPI__QUANTILE) {
		kpi__quantile_bound(r, row, &r->shapes[index], &f);
	} else if (f.state == KPI_STATE_OK) {
		bounds = bounds_of(r, row, &r->shapes[index], &f);
		f.lower = bounds.lower;
		f.upper = bounds.upper;
		kpi__figure_judge(r, row, (uint32_t)index, &f);
	}
	return kpi__sized_write(
	    figure, &f, sizeof(f), KPI__SIZE_TO(kpi_figure, unit));
}

const char *
kpi__unit_name(int32_t unit)
{
	static const char *const names[] = { "", "count", "share", "ms",
		"points", "mark", "ratio", "money" };

	if (unit < KPI_UNIT_COUNT || unit > KPI_UNIT_MONEY)
		return "";
	return names[unit];
}
