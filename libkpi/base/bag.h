/* SPDX-License-Identifier: MIT */
/*
 * bag.h - values from 0 with their counts, in ascending order: each by itself
 * while they are at most KPI__BAG_EXACT different ones, else by bins (bin.h).
 * What a bag holds follows from the values that were put in, in any order and
 * by any path.
 */
#ifndef KPI_BASE_BAG_H
#define KPI_BASE_BAG_H

#include <kpi/base.h>

#include "base/wide.h"

#define KPI__BAG_EXACT 4096

typedef struct kpi__bag_entry {
	int64_t value; /* the least one of its bin, where they are binned */
	int64_t count; /* above 0 */
	kpi__wide sum; /* of the values, each as often as it counts */
} kpi__bag_entry;

/* All 0 is an empty one. */
typedef struct kpi__bag {
	kpi__bag_entry *entry;
	size_t count, room;
	uint64_t binned; /* 1 or 0 */
} kpi__bag;

void kpi__bag_free(kpi__bag *bag, const kpi_allocator *a);

/* Puts a value in that is not below those in it. KPI_ENOMEM, KPI_EOVERFLOW. */
kpi_status kpi__bag_append(kpi__bag *bag, const kpi_allocator *a,
    int64_t value, int64_t count) KPI_MUST_CHECK;

/* A copy, and all of two bags, into an empty one. KPI_ENOMEM, KPI_EOVERFLOW;
 * to be freed then too. */
kpi_status kpi__bag_copy(kpi__bag *bag, const kpi_allocator *a,
    const kpi__bag *from) KPI_MUST_CHECK;
kpi_status kpi__bag_unite(kpi__bag *bag, const kpi_allocator *a,
    const kpi__bag *x, const kpi__bag *y) KPI_MUST_CHECK;

/* That in which the value of a place is, from 0 and below the sum of the
 * counts; NULL past it. */
const kpi__bag_entry *kpi__bag_at(const kpi__bag *bag, uint64_t place);

#endif
