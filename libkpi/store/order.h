/* SPDX-License-Identifier: MIT */
/* order.h - the order of rows by an instant. */
#ifndef KPI_STORE_ORDER_H
#define KPI_STORE_ORDER_H

#include <kpi/base.h>

/*
 * Fills `order` with 0 to count - 1 by ascending key, equal keys in order of
 * number. *sorted: they stood so already.
 */
kpi_status kpi__order(uint32_t *order, const int64_t *keys, uint32_t count,
    const kpi_allocator *allocator, int *sorted) KPI_MUST_CHECK;

/* Sorts the words of a run. KPI_ENOMEM leaves them as they were. */
kpi_status kpi__order_words(uint64_t *words, uint32_t count,
    const kpi_allocator *allocator) KPI_MUST_CHECK;

#endif
