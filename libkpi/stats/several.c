/* SPDX-License-Identifier: MIT */
#include "stats/several.h"

double
kpi__holm_limit(const double *chances, size_t count, double level)
{
	double limit = -1;

	for (size_t i = 0; i < count; i++) {
		if (chances[i] * (double)(count - i) > level)
			break;
		limit = chances[i];
	}
	return limit;
}

void
kpi__holm_adjust(double *chances, size_t count)
{
	double greatest = 0;

	for (size_t i = 0; i < count; i++) {
		const double one = chances[i] * (double)(count - i);

		if (one > greatest)
			greatest = one;
		chances[i] = greatest < 1 ? greatest : 1;
	}
}
