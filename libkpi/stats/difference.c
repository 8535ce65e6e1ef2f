/* SPDX-License-Identifier: MIT */
#include "stats/difference.h"

#include <math.h>

#include "stats/student.h"

kpi__bounds
kpi__newcombe(double now, const kpi__bounds *of_now, double before,
    const kpi__bounds *of_before)
{
	const double d = now - before;
	kpi__bounds bounds;

	bounds.lower =
	    d - hypot(now - of_now->lower, of_before->upper - before);
	bounds.upper =
	    d + hypot(of_now->upper - now, before - of_before->lower);
	return isnan(bounds.lower) || isnan(bounds.upper) ? kpi__bounds_none()
							  : bounds;
}

/* By the parts that each has in the sum of the squares, so that errors of any
 * size have squares. */
static kpi__estimate
difference_of(const kpi__estimate *now, const kpi__estimate *before)
{
	kpi__estimate d = { now->value - before->value,
		hypot(now->error, before->error), INFINITY };
	double a, b;

	if (isnan(d.error) || d.error == 0)
		return d;
	a = now->error / d.error;
	b = before->error / d.error;
	d.degrees = 1 /
	    (a * a * a * a / now->degrees + b * b * b * b / before->degrees);
	return d;
}

kpi__bounds
kpi__welch(
    const kpi__estimate *now, const kpi__estimate *before, double confidence)
{
	const kpi__estimate d = difference_of(now, before);
	kpi__bounds bounds = { d.value, d.value };

	if (isnan(d.error))
		return kpi__bounds_none();
	if (d.error > 0) {
		const double half =
		    kpi__student_two_sided(confidence, d.degrees) * d.error;

		bounds.lower -= half;
		bounds.upper += half;
	}
	return bounds;
}

double
kpi__welch_chance(const kpi__estimate *now, const kpi__estimate *before)
{
	const kpi__estimate d = difference_of(now, before);

	if (isnan(d.error))
		return NAN;
	if (d.value == 0)
		return 1;
	return kpi__student_beyond(fabs(d.value) / d.error, d.degrees);
}

/* Of -1, 0 and 1, with what is added; infinite degrees: z. */
static kpi__estimate
adjusted(const kpi__balance *b)
{
	const double n = b->detractors + b->passives + b->promoters + 3;
	kpi__estimate e = { (b->promoters - b->detractors) / n, NAN, INFINITY };

	if (b->detractors >= 0 && b->passives >= 0 && b->promoters >= 0 &&
	    n > 3)
		e.error = sqrt(kpi__balance_variance(b->detractors + 0.75,
				   b->passives + 1.5, b->promoters + 0.75) /
		    n);
	return e;
}

static double
score(const kpi__balance *b)
{
	return (b->promoters - b->detractors) /
	    (b->detractors + b->passives + b->promoters);
}

kpi__bounds
kpi__balance_difference(
    const kpi__balance *now, const kpi__balance *before, double z)
{
	const kpi__estimate a = adjusted(now), b = adjusted(before);
	const double d = 100 * (score(now) - score(before));
	const double centre = 100 * (a.value - b.value);
	const double half = 100 * z * hypot(a.error, b.error);
	kpi__bounds bounds;

	if (isnan(half))
		return kpi__bounds_none();
	bounds.lower = fmin(fmax(centre - half, -200), d);
	bounds.upper = fmax(fmin(centre + half, 200), d);
	return bounds;
}
