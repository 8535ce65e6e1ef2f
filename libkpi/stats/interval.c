/* SPDX-License-Identifier: MIT */
#include "stats/interval.h"

#include <math.h>

#include "stats/exact.h"
#include "stats/student.h"

kpi__bounds
kpi__bounds_none(void)
{
	const kpi__bounds none = { NAN, NAN };

	return none;
}

static kpi__bounds
around(double value, double half)
{
	const kpi__bounds bounds = { value - half, value + half };

	return bounds;
}

static double
wilson_root(double k, double n, double z)
{
	return z * sqrt(k * ((n - k) / n) + z * z / 4);
}

/*
 * The product of the two bounds is k^2 / (n (n + z^2)): so the lower one is
 * had without the difference that eats its digits where k is small.
 */
static double
wilson_lower(double k, double n, double z)
{
	if (k <= 0)
		return 0;
	return k * (k / n) / (k + z * z / 2 + wilson_root(k, n, z));
}

/* Each half of the scale by the form that is exact at its end. */
static double
wilson_upper(double k, double n, double z)
{
	if (k > n / 2)
		return 1 - wilson_lower(n - k, n, z);
	return (k + z * z / 2 + wilson_root(k, n, z)) / (n + z * z);
}

kpi__bounds
kpi__wilson(double successes, double n, double z)
{
	kpi__bounds bounds;

	if (!(n > 0 && successes >= 0 && successes <= n))
		return kpi__bounds_none();
	bounds.lower = wilson_lower(successes, n, z);
	bounds.upper = wilson_upper(successes, n, z);
	return bounds;
}

kpi__bounds
kpi__wilson_weighted(double successes, double weight, double squares, double z)
{
	double n;

	if (!(weight > 0 && squares > 0))
		return kpi__bounds_none();
	n = weight * (weight / squares);
	return kpi__wilson(n * (successes / weight), n, z);
}

static kpi__exact
of_count(uint64_t n)
{
	const kpi__wide w = { n, 0 };

	return kpi__exact_of(w);
}

kpi__bounds
kpi__estimate_bounds(const kpi__estimate *e, double confidence)
{
	if (isnan(e->error))
		return kpi__bounds_none();
	return around(e->value,
	    kpi__student_two_sided(confidence, e->degrees) * e->error);
}

kpi__estimate
kpi__mean_estimate(uint64_t n, kpi__wide sum, kpi__wide squares)
{
	const kpi__exact s = kpi__exact_of(sum);
	kpi__estimate e = { NAN, NAN, (double)n - 1 };
	double spread;

	if (n < 2)
		return e;
	spread = kpi__exact_to_double(kpi__exact_subtract(
	    kpi__exact_multiply(of_count(n), kpi__exact_of(squares)),
	    kpi__exact_multiply(s, s)));
	e.value = kpi__wide_to_double(sum) / (double)n;
	if (spread >= 0)
		e.error = sqrt(spread / (double)(n - 1)) / (double)n;
	return e;
}

/* N^2 sum (X_c - R N_c)^2 = N^2 sum X_c^2 - 2 X N sum X_c N_c + X^2 sum N_c^2.
 */
static double
ratio_spread(const kpi__ratio_sums *sums)
{
	const kpi__exact x = kpi__exact_of(sums->x);
	const kpi__exact n = kpi__exact_of(sums->n);
	const kpi__exact a = kpi__exact_multiply(
	    kpi__exact_multiply(n, n), kpi__exact_of(sums->xx));
	const kpi__exact b = kpi__exact_multiply(
	    kpi__exact_multiply(x, n), kpi__exact_of(sums->xn));
	const kpi__exact c = kpi__exact_multiply(
	    kpi__exact_multiply(x, x), kpi__exact_of(sums->nn));

	return kpi__exact_to_double(
	    kpi__exact_subtract(kpi__exact_add(a, c), kpi__exact_add(b, b)));
}

/* sqrt var; NaN where there is none. */
static double
ratio_error(const kpi__ratio_sums *sums)
{
	const double n = kpi__wide_to_double(sums->n);
	const double c = (double)sums->clusters;
	double spread;

	if (sums->clusters < 2 || n <= 0)
		return NAN;
	spread = ratio_spread(sums);
	return spread < 0 ? NAN : sqrt(c / (c - 1) * spread) / n / n;
}

static double
ratio_of(const kpi__ratio_sums *sums)
{
	return kpi__wide_to_double(sums->x) / kpi__wide_to_double(sums->n);
}

kpi__estimate
kpi__ratio_estimate(const kpi__ratio_sums *sums)
{
	const kpi__estimate e = { ratio_of(sums), ratio_error(sums),
		(double)sums->clusters - 1 };

	return e;
}

kpi__estimate
kpi__cluster_estimate(const kpi__ratio_sums *sums)
{
	kpi__estimate e = kpi__ratio_estimate(sums);

	if (sums->clusters < KPI__FEWEST_CLUSTERS)
		e.error = NAN;
	return e;
}

kpi__bounds
kpi__cluster_bounds(const kpi__ratio_sums *sums, double confidence)
{
	const kpi__estimate e = kpi__cluster_estimate(sums);

	return kpi__estimate_bounds(&e, confidence);
}

double
kpi__cluster_chance(const kpi__ratio_sums *sums, double value)
{
	const kpi__estimate e = kpi__cluster_estimate(sums);
	double distance;

	if (isnan(e.error))
		return NAN;
	distance = fabs(e.value - value);
	if (distance == 0)
		return 1;
	return kpi__student_beyond(distance / e.error, e.degrees);
}

static int
has_balance(double detractors, double passives, double promoters)
{
	return detractors >= 0 && passives >= 0 && promoters >= 0 &&
	    detractors + passives + promoters > 0;
}

double
kpi__balance_variance(double detractors, double passives, double promoters)
{
	const double n = detractors + passives + promoters;
	const double score = (promoters - detractors) / n;

	if (!has_balance(detractors, passives, promoters))
		return NAN;
	return (promoters + detractors) / n - score * score;
}

kpi__bounds
kpi__balance_bounds(
    double detractors, double passives, double promoters, double z)
{
	const double difference = promoters - detractors;
	const double n = detractors + passives + promoters;
	const double adjusted = n + 3;
	double value, half;
	kpi__bounds bounds;

	if (!has_balance(detractors, passives, promoters))
		return kpi__bounds_none();
	value = 100 * difference / n;
	half = z *
	    sqrt(kpi__balance_variance(
		     detractors + 0.75, passives + 1.5, promoters + 0.75) /
		adjusted);
	bounds = around(100 * (difference / adjusted), 100 * half);
	bounds.lower = fmin(fmax(bounds.lower, -100), value);
	bounds.upper = fmax(fmin(bounds.upper, 100), value);
	return bounds;
}
