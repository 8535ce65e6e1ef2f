/* SPDX-License-Identifier: MIT */
/*
 * erased.h - the customers who have been erased, by their codes. A list that
 * is shared is copied before it is changed.
 */
#ifndef KPI_STORE_ERASED_H
#define KPI_STORE_ERASED_H

#include <stdatomic.h>

#include <kpi/base.h>

typedef struct kpi__erased {
	atomic_uint refs;
	uint32_t count, room;
	uint32_t code[]; /* sorted */
} kpi__erased;

void kpi__erased_hold(kpi__erased *erased); /* accept NULL: none */
void kpi__erased_release(const kpi_allocator *allocator, kpi__erased *erased);
uint32_t kpi__erased_count(const kpi__erased *erased);
int kpi__erased_has(const kpi__erased *erased, uint32_t code);

/* Makes *erased one that has `code` too, which it had not. */
kpi_status kpi__erased_put(const kpi_allocator *allocator, kpi__erased **erased,
    uint32_t code) KPI_MUST_CHECK;

#endif
