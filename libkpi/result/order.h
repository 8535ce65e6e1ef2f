/* SPDX-License-Identifier: MIT */
/* order.h - sorting places by a comparison that knows its context. */
#ifndef KPI_RESULT_ORDER_H
#define KPI_RESULT_ORDER_H

#include <stddef.h>
#include <stdint.h>

typedef int kpi__compare(const void *ctx, uint32_t a, uint32_t b);

/* Sorts `order`, stably, in O(n log n), O(n) if it is sorted already; `spare`
 * has as much room. */
void kpi__order_places(uint32_t *order, uint32_t *spare, size_t count,
    kpi__compare *compare, const void *ctx);

#endif
