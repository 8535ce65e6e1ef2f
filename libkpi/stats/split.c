/* SPDX-License-Identifier: MIT */
#include "stats/split.h"

#include <float.h>
#include <math.h>

#include "stats/exact.h"

static kpi__exact
product(int64_t a, int64_t b)
{
	return kpi__exact_of(kpi__wide_product(a, b));
}

static double
product_double(int64_t a, int64_t b)
{
	return kpi__wide_to_double(kpi__wide_product(a, b));
}

/* a b - c d, before it is rounded. */
static kpi__exact
difference(int64_t a, int64_t b, int64_t c, int64_t d)
{
	return kpi__exact_subtract(product(a, b), product(c, d));
}

/* (n0 N1 + n1 N0)(x1 n0 - x0 n1) / (2 N0 N1 n0 n1) */
double
kpi__within_part(const kpi__twice *group, const kpi__twice *whole)
{
	const kpi__side *x1 = &group->now, *x0 = &group->before;
	const int64_t n1 = whole->now.n, n0 = whole->before.n;
	kpi__exact weights;

	if (x1->n == 0 || x0->n == 0)
		return 0;
	weights = kpi__exact_add(product(x0->n, n1), product(x1->n, n0));
	return kpi__exact_to_double(kpi__exact_multiply(
		   weights, difference(x1->x, x0->n, x0->x, x1->n))) /
	    (2 * product_double(n0, n1)) / product_double(x0->n, x1->n);
}

/* r - R */
static double
beyond(const kpi__side *group, const kpi__side *whole)
{
	return kpi__exact_to_double(
		   difference(group->x, whole->n, whole->x, group->n)) /
	    product_double(group->n, whole->n);
}

double
kpi__mix_part(const kpi__twice *group, const kpi__twice *whole)
{
	const kpi__side *now = &group->now, *before = &group->before;
	double weight;

	if (now->n == 0)
		now = before;
	if (before->n == 0)
		before = now;
	if (now->n == 0)
		return 0;
	weight = kpi__exact_to_double(difference(group->now.n, whole->before.n,
		     group->before.n, whole->now.n)) /
	    product_double(whole->before.n, whole->now.n);
	return weight *
	    (beyond(now, &whole->now) + beyond(before, &whole->before)) / 2;
}

/* A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation
 * endlicher Summen", ZAMM 54 (1974), 39-51. */
void
kpi__running_add(kpi__running *r, double term)
{
	const double sum = r->sum + term;

	r->lost += fabs(r->sum) >= fabs(term) ? r->sum - sum + term
					      : term - sum + r->sum;
	r->sum = sum;
}

double
kpi__running_sum(const kpi__running *r)
{
	return r->sum + r->lost;
}

/* A little beyond the greatest, so that the rest has room too. */
kpi__split
kpi__split_of(double now, double before, double within)
{
	const double d = now - before;
	const double values = fmax(fabs(now), fabs(before));
	const double parts = fmax(fabs(within), fabs(d - within));
	const double greatest = fmax(fmax(values, fabs(d)), parts);
	kpi__split s = { d, within, 0 };
	double place;
	int exponent;

	if (!isfinite(greatest) || greatest < DBL_MIN / DBL_EPSILON) {
		s.mix = d - within;
		return s;
	}
	(void)frexp(greatest * (1 + 4 * DBL_EPSILON), &exponent);
	place = ldexp(1, exponent - DBL_MANT_DIG);
	s.difference = rint(d / place) * place;
	s.within = rint(within / place) * place;
	s.mix = s.difference - s.within;
	return s;
}
