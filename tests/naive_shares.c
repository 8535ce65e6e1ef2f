/* SPDX-License-Identifier: MIT */
#include "naive_shares.h"

int
naive_share(int64_t amount, int64_t *base, size_t count, int64_t *cost)
{
	const int sign = amount < 0 ? -1 : 1;
	int64_t whole = 0, left = sign * amount;

	for (size_t i = 0; i < count; i++)
		whole += base[i];
	if (whole == 0)
		return 0;
	for (size_t i = 0; i < count; i++) {
		const int64_t product = sign * amount * base[i];

		cost[i] += sign * (product / whole);
		left -= product / whole;
		base[i] = product % whole;
	}
	for (; left > 0; left--) {
		size_t most = 0;

		for (size_t i = 1; i < count; i++)
			if (base[i] > base[most])
				most = i;
		cost[most] += sign;
		base[most] = 0;
	}
	return 1;
}
