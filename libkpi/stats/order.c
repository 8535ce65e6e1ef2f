/* SPDX-License-Identifier: MIT */
#include "stats/order.h"

#define WHOLE KPI__ORDER_WHOLE

/* Less than this part of the most probable number does not show in a sum of
 * doubles, however many there are. */
#define NOTHING 1e-25

kpi__order_place
kpi__order_linear(uint64_t n, uint32_t q)
{
	const uint64_t left = (n - 1) % WHOLE * q;
	kpi__order_place place;

	place.at = (n - 1) / WHOLE * q + left / WHOLE;
	place.beyond = (uint32_t)(left % WHOLE);
	return place;
}

kpi__order_place
kpi__order_nearest(uint64_t n, uint32_t q)
{
	const uint64_t left = n % WHOLE * q;
	const uint64_t rank =
	    n / WHOLE * q + left / WHOLE + (left % WHOLE != 0);

	return (kpi__order_place){ rank == 0 ? 0 : rank - 1, 0 };
}

/* How many of n values lie below the quantile is binomial. Chances are put as
 * parts of that of the most probable number, and so need no factorials. */
typedef struct binomial {
	double n, odds; /* q / (1 - q) */
} binomial;

static double
after(const binomial *b, double chance, uint64_t k)
{
	return chance * ((b->n - (double)k) / ((double)k + 1) * b->odds);
}

static double
before(const binomial *b, double chance, uint64_t k)
{
	return chance * ((double)k / (b->n - (double)k + 1) / b->odds);
}

int
kpi__order_bounds(uint64_t *lower, uint64_t *upper, uint64_t n, uint32_t q,
    double confidence)
{
	const binomial b = { (double)n, q / (double)(WHOLE - q) };
	const uint64_t mode = kpi__order_linear(n + 2, q).at;
	uint64_t least = mode, most = mode;
	double first = 1, last = 1, total = 1, rest, sum;

	if (n == 0 || q == 0 || q == WHOLE)
		return 0;
	while (least > 0 && first > NOTHING) {
		first = before(&b, first, least--);
		total += first;
	}
	while (most < n && last > NOTHING) {
		last = after(&b, last, most++);
		total += last;
	}
	/* From the ends on, where the chances are small, so that the sums are
	 * those of the tails alone. */
	rest = (1 - confidence) / 2 * total;
	for (sum = first; sum <= rest; sum += first)
		first = after(&b, first, least++);
	for (sum = last; sum <= rest; sum += last)
		last = before(&b, last, most--);
	/* Now `least` or fewer are too probable, and so are `most` or more. */
	if (least == 0 || most == n)
		return 0;
	*lower = least - 1;
	*upper = most;
	return 1;
}
