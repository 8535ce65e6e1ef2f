/* SPDX-License-Identifier: MIT */
#include <math.h>

#include "stats/erlang.h"

#define HALF_PI 1.5707963267948966192

/* Steps of the quadrature, to each side, and what is e^-REACH of the greatest
 * is left out. */
#define STEP   (1.0 / 32)
#define POINTS 104
#define REACH  45

/*
 * Those who wait, by w, the chance that they leave before they are answered,
 * with the weight f(w) = e^(yw) (1 - w)^c. Its greatest, at w0, may be beyond
 * any double; so it is measured in z, w = w0 + (1 - w0) z, from there:
 *
 *     f(w) = e^height e^(-bz + c (z + log(1 - z)))
 *
 * where b is 0 if w0 is not. All that is added up is positive.
 */
struct shape {
	double b, c;
	double excess; /* w0 / (1 - w0): load over servers less 1, or 0 */
	double y;      /* of all z: y (1 - w0) */
	double height;
};

/* Integrals of f over z. */
struct sums {
	double one;
	double leaving; /* w f */
	double wait;    /* V f, in patiences */
};

/* z + log(1 - z), to the last digits also where it is small. */
static double
bend(double z)
{
	const double r = z / (2 - z);
	double sum = 0, power = r, last = -1;

	if (fabs(z) > 0.3)
		return z + log1p(-z);
	for (int k = 3; sum != last; k += 2) {
		last = sum;
		power *= r * r;
		sum += power / k;
	}
	return -z * r - 2 * sum;
}

static struct shape
shape_of(const struct kpi__queue *q, double servers)
{
	const double spare = servers - q->load;
	struct shape s = { 0, servers * q->patience, 0, 0, 0 };

	if (spare >= 0) {
		s.b = spare * q->patience;
		s.y = q->load * q->patience;
	} else {
		s.y = s.c;
		s.excess = -spare / servers;
		s.height = -s.c * bend(-s.excess);
	}
	return s;
}

/* Below and above these f is less than e^-REACH: bounds by squares. */
static double
lower_end(const struct shape *s)
{
	const double u = REACH / s->c;

	return -fmin(s->excess, u + sqrt(u * u + 2 * u));
}

static double
upper_end(const struct shape *s)
{
	return fmin(
	    1, 2 * REACH / (s->b + sqrt(s->b * s->b + 2 * REACH * s->c)));
}

/* By the double exponential rule (Takahasi and Mori 1974), which the end at
 * z = 1 does not disturb, whatever c. */
static struct sums
integrate(const struct shape *s, double from, double until)
{
	const double middle = (from + until) / 2, half = (until - from) / 2;
	const double highest = log1p(s->excess);
	struct sums sums = { 0, 0, 0 };

	for (int i = -POINTS; i <= POINTS; i++) {
		const double u = HALF_PI * sinh(i * STEP), height = cosh(u);
		const double z = middle + half * tanh(u);
		double f;

		if (z >= 1)
			break;
		f = half * STEP * HALF_PI * cosh(i * STEP) / (height * height);
		f *= exp(s->c * bend(z) - s->b * z);
		sums.one += f;
		sums.leaving += f * fmax(0, (s->excess + z) / (1 + s->excess));
		sums.wait += f * fmax(0, highest - log1p(-z));
	}
	return sums;
}

/* Those who are answered later than the threshold. */
static double
late_sum(const struct shape *s, double threshold)
{
	const double w = -expm1(-threshold);
	const double z = w + s->excess * (w - 1), until = upper_end(s);

	if (z >= until)
		return 0;
	return integrate(s, fmax(z, lower_end(s)), until).one;
}

/*
 * With b = b(n - 1), V is 0 as 1 / b, and the density of w beside it is y f(w)
 * / (1 - w). By parts its integral is load / servers (1 + y K), where K is
 * that of f, and that of w times it load / servers (K + y L), where L is that
 * of w f. All is divided by e^height.
 */
void
kpi__erlang_a(struct kpi__queue_figures *out, const struct kpi__queue *q,
    uint64_t servers)
{
	const double n = (double)servers, rho = q->load / n;
	const double b = kpi__erlang_b(q->load, servers - 1);
	const struct shape s = shape_of(q, n);
	const struct sums all = integrate(&s, lower_end(&s), upper_end(&s));
	const double none = exp(-s.height);
	const double waiting = b * rho * (none + s.y * all.one);
	const double whole = none + waiting;
	const double answered = (none + b * s.y * all.one) / whole;
	const double late =
	    b * s.y * late_sum(&s, q->threshold / q->patience) / whole;

	out->wait_probability = waiting / whole;
	out->service_level = fmax(0, answered - late);
	out->abandonment =
	    b * rho * (all.one / (1 + s.excess) + s.y * all.leaving) / whole;
	out->mean_wait = q->patience * out->abandonment;
	out->speed_of_answer =
	    q->patience * b * s.y * all.wait / whole / answered;
	out->occupancy = fmin(1, rho * answered);
}
