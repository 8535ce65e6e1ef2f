/* SPDX-License-Identifier: MIT */
#include "result/order.h"

#include <string.h>

static int
is_sorted(
    const uint32_t *order, size_t count, kpi__compare *compare, const void *ctx)
{
	for (size_t i = 1; i < count; i++)
		if (compare(ctx, order[i - 1], order[i]) > 0)
			return 0;
	return 1;
}

static void
merge(uint32_t *to, const uint32_t *a, size_t a_count, const uint32_t *b,
    size_t b_count, kpi__compare *compare, const void *ctx)
{
	while (a_count > 0 && b_count > 0) {
		if (compare(ctx, *a, *b) <= 0) {
			*to++ = *a++;
			a_count--;
		} else {
			*to++ = *b++;
			b_count--;
		}
	}
	memcpy(to, a, a_count * sizeof(*a));
	memcpy(to + a_count, b, b_count * sizeof(*b));
}

void
kpi__order_places(uint32_t *order, uint32_t *spare, size_t count,
    kpi__compare *compare, const void *ctx)
{
	uint32_t *from = order, *to = spare, *swap;

	if (count < 2 || is_sorted(order, count, compare, ctx))
		return;
	for (size_t run = 1; run < count; run *= 2) {
		for (size_t at = 0; at < count; at += 2 * run) {
			const size_t left = count - at;
			const size_t a = left < run ? left : run;
			const size_t b = left - a < run ? left - a : run;

			merge(to + at, from + at, a, from + at + a, b, compare,
			    ctx);
		}
		swap = from, from = to, to = swap;
	}
	if (from != order)
		memcpy(order, from, count * sizeof(*order));
}
