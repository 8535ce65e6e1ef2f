/* SPDX-License-Identifier: MIT */
/*
 * filter.h - tells, without reading any run, that an id is in no sealed
 * chunk. It errs to one side only, about once in 200 questions.
 */
#ifndef KPI_STORE_FILTER_H
#define KPI_STORE_FILTER_H

#include <kpi/base.h>

typedef struct kpi__filter {
	uint64_t *line; /* 8 words each */
	size_t lines;   /* a power of two, or 0: says "maybe" to everything */
	uint64_t room;  /* ids it was made for */
	uint64_t ids;
} kpi__filter;

/* Empties the filter and makes it for `ids` of them. */
kpi_status kpi__filter_make(kpi__filter *filter, const kpi_allocator *allocator,
    uint64_t ids) KPI_MUST_CHECK;
void kpi__filter_free(kpi__filter *filter, const kpi_allocator *allocator);

/* Of the bits of `hash` that every word of a run has. */
void kpi__filter_add(kpi__filter *filter, uint64_t hash);
int kpi__filter_may_hold(const kpi__filter *filter, uint64_t hash);

#endif
