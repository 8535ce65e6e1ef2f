/* SPDX-License-Identifier: MIT */
#include <float.h>
#include <math.h>

#include "stats/erlang.h"

/*
 * Erlang's recurrence, 1/b(k) = 1 + k/a 1/b(k - 1), unrolled from n down: the
 * terms n/a, n (n - 1)/a^2, ... are positive, so nothing is lost, and no more
 * than some 100 sqrt(a) of them are within the reach of a double.
 */
double
kpi__erlang_b(double load, uint64_t servers)
{
	double term = 1, sum = 1;

	for (double k = (double)servers; k > 0; k--) {
		term = term * k / load;
		sum += term;
		/* What is left is less than a geometric series. */
		if (term * load < sum * (DBL_EPSILON / 16) * (load - k) ||
		    isinf(sum))
			break;
	}
	return 1 / sum;
}
