/* SPDX-License-Identifier: MIT */
/*
 * shelf.h - numbered elements of one size that never move: who knows how many
 * there are reads them while more are put.
 */
#ifndef KPI_STORE_SHELF_H
#define KPI_STORE_SHELF_H

#include <kpi/base.h>

#define KPI__SHELF_PAGES 26

typedef struct kpi__shelf {
	const kpi_allocator *allocator;
	size_t size; /* of an element */
	void *page[KPI__SHELF_PAGES];
} kpi__shelf;

void kpi__shelf_init(
    kpi__shelf *shelf, size_t size, const kpi_allocator *allocator);
void kpi__shelf_free(kpi__shelf *shelf);

/* Element `number`, to be written; room has been made for all before it.
 * KPI_EOVERFLOW, KPI_ENOMEM. */
kpi_status kpi__shelf_reach(
    kpi__shelf *shelf, uint32_t number, void **out) KPI_MUST_CHECK;

/* One that was reached. */
const void *kpi__shelf_at(const kpi__shelf *shelf, uint32_t number);

#endif
