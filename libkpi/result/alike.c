/* SPDX-License-Identifier: MIT */
#include "result/alike.h"

#include "base/memory.h"
#include "result/order.h"
#include "result/table.h"

typedef struct alike {
	const kpi_result *result;
	uint32_t in; /* mask of dimensions */
} alike;

static int
compare(const void *ctx, uint32_t a, uint32_t b)
{
	const alike *c = ctx;
	const uint32_t by = c->result->frame.by_count;
	const uint32_t *code = c->result->rows.code;
	const int64_t *time = c->result->rows.time;

	for (uint32_t k = 0; k < by; k++) {
		const uint32_t x = code[(size_t)a * by + k];
		const uint32_t y = code[(size_t)b * by + k];

		if ((c->in >> k & 1) && x != y)
			return x < y ? -1 : 1;
	}
	for (size_t k = 0; k < 2; k++) {
		const int64_t x = time[2 * (size_t)a + k];
		const int64_t y = time[2 * (size_t)b + k];

		if (x != y)
			return x < y ? -1 : 1;
	}
	return 0;
}

kpi_status
kpi__rows_alike(
    const kpi_result *r, uint32_t dimensions, uint32_t *of, size_t *count)
{
	const kpi_allocator *a = &r->allocator;
	const size_t n = r->rows.count;
	const alike c = { r, dimensions };
	uint32_t *order = kpi__new_array(a, n, sizeof(*order));
	uint32_t *spare = kpi__new_array(a, n, sizeof(*spare));
	const int failed = order == NULL || spare == NULL;

	*count = 0;
	if (!failed) {
		for (uint32_t i = 0; i < n; i++)
			order[i] = i;
		kpi__order_places(order, spare, n, compare, &c);
		for (size_t i = 0; i < n; i++) {
			*count += i == 0 ||
			    compare(&c, order[i - 1], order[i]) != 0;
			of[order[i]] = (uint32_t)*count - 1;
		}
	}
	kpi__release(a, order, n, sizeof(*order));
	kpi__release(a, spare, n, sizeof(*spare));
	return failed && n > 0 ? KPI_ENOMEM : KPI_OK;
}
