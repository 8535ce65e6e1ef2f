/* SPDX-License-Identifier: MIT */
#include "stats/erlang.h"

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
