/* SPDX-License-Identifier: MIT */
#include "stats/student.h"

#include <float.h>
#include <math.h>

#include "stats/normal.h"

#define SQRT_PI 1.7724538509055160273

/* What is known of T beyond a point t > 0. */
struct split {
	double upper;  /* P(T > t) */
	double centre; /* P(0 < T < t) */
	double slope;  /* t times the density at t */
};

/* Gamma(a + 1/2) / Gamma(a); lgamma() writes a global and is not for us. */
static double
gamma_ratio(double a)
{
	double factor = 1, r;

	for (; a < 16; a++)
		factor *= a / (a + 0.5);
	r = 1 / (a * a);
	r = 1.0 / 8 -
	    r *
		(1.0 / 192 -
		    r * (1.0 / 640 - r * (17.0 / 14336 - r * 31.0 / 18432)));
	return factor * sqrt(a) * exp(-r / a);
}

static double
not_zero(double x)
{
	return fabs(x) < DBL_MIN ? DBL_MIN : x;
}

/* 1/(1 + d1/(1 + d2/(1 + ...))) by Lentz's forward method. */
static double
beta_fraction(double a, double b, double x)
{
	double value = 1, c = 1, d = 0, change = 0;

	for (int i = 0; i < 10000 && fabs(change - 1) > DBL_EPSILON; i++) {
		const double m = i / 2;
		const double even = a + 2 * m;
		double term;

		if (i % 2 == 0)
			term = -(a + m) * (a + b + m) * x / (even * (even + 1));
		else
			term = (m + 1) * (b - m - 1) * x /
			    ((even + 1) * (even + 2));
		d = 1 / not_zero(1 + term * d);
		c = not_zero(1 + term / c);
		change = c * d;
		value *= change;
	}
	return 1 / value;
}

/* `scale` is gamma_ratio(df / 2). */
static struct split
split_at(double t, double df, double scale)
{
	const double a = df / 2;
	const double q = t / sqrt(df);
	const double h = hypot(1, q);
	const double x = 1 / h / h;
	const double log_x = q < 1e8 ? -log1p(q * q) : -2 * log(q);
	struct split s;

	s.slope = scale / SQRT_PI * exp(a * log_x) * (q / h);
	if (x < (a + 1) / (a + 2.5)) {
		s.upper = s.slope / df * beta_fraction(a, 0.5, x);
		s.centre = 0.5 - s.upper;
	} else {
		s.centre = s.slope * beta_fraction(0.5, a, q / h * (q / h));
		s.upper = 0.5 - s.centre;
	}
	return s;
}

/*
 * Newton's method on the logarithms: ln P(T > t) and ln P(0 < T < t) are
 * concave in ln t, so that from the second step on it nears the root from one
 * side. Near the middle the centre is what has relative precision.
 */
static double
solve(double upper, double centre, double df, double t)
{
	const double scale = gamma_ratio(df / 2);
	double step = 1;

	for (int i = 0; i < 100 && fabs(step) > 1e-8 && isfinite(t); i++) {
		const struct split s = split_at(t, df, scale);

		if (upper > 0.25)
			step = log(centre / s.centre) * s.centre / s.slope;
		else
			step = log(s.upper / upper) * s.upper / s.slope;
		t *= exp(step);
	}
	return t;
}

/* Good to 1e-13 for df >= 200 and z^2 <= df/25: the next term is that small. */
static double
expand(double z, double df)
{
	const double s = z * z;
	const double g1 = (s + 1) / 4;
	const double g2 = ((5 * s + 16) * s + 3) / 96;
	const double g3 = (((3 * s + 19) * s + 17) * s - 15) / 384;
	const double g4 =
	    ((((79 * s + 776) * s + 1482) * s - 1920) * s - 945) / 92160;
	const double g5 =
	    (((((27 * s + 339) * s + 930) * s - 1782) * s - 765) * s + 17955) /
	    368640;

	return z + z * (g1 + (g2 + (g3 + (g4 + g5 / df) / df) / df) / df) / df;
}

double
kpi__student_quantile(double p, double df)
{
	double upper, z, t;

	if (!(p >= 0 && p <= 1 && df >= 1))
		return NAN;
	z = fabs(kpi__normal_quantile(p));
	if (z == 0 || isinf(z))
		return copysign(z, p - 0.5);

	upper = p < 0.5 ? p : 1 - p;
	if (df >= 200 && z * z <= df / 25)
		t = expand(z, df);
	else
		t = solve(
		    upper, fabs(p - 0.5), df, z + z * (z * z + 1) / (4 * df));
	return copysign(t, p - 0.5);
}

double
kpi__student_two_sided(double confidence, double df)
{
	return -kpi__student_quantile((1 - confidence) / 2, df);
}

double
kpi__student_beyond(double t, double df)
{
	if (isnan(t) || !(df >= 1))
		return NAN;
	if (t <= 0)
		return 1;
	if (isinf(df))
		return 2 * kpi__normal_cdf(-t);
	if (isinf(t))
		return 0;
	return 2 * split_at(t, df, gamma_ratio(df / 2)).upper;
}
