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

uint64_t
kpi__erlang_least(uint64_t least, uint64_t most,
    int (*holds)(const void *ctx, uint64_t n), const void *ctx)
{
	while (least <= most) {
		const uint64_t middle = least + (most - least) / 2;

		if (holds(ctx, middle)) {
			if (middle == least)
				return least;
			most = middle;
		} else {
			least = middle + 1;
		}
	}
	return least;
}
