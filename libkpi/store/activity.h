/* SPDX-License-Identifier: MIT */
/*
 * activity.h - what agents did: spans, appended; one with the key of an
 * earlier one (agent, start, state, source) replaces it, and one of no length
 * is none.
 */
#ifndef KPI_STORE_ACTIVITY_H
#define KPI_STORE_ACTIVITY_H

#include "store/index.h"
#include "store/shelf.h"

typedef struct kpi__span {
	int64_t started_at, ended_at;
	uint32_t agent, source; /* codes of the names of activities */
	uint32_t state;
	uint32_t number; /* of order of adding */
} kpi__span;

/* Readers read the spans that their snapshot counts. */
typedef struct kpi__activities {
	kpi__index index;
	kpi__shelf spans;
} kpi__activities;

void kpi__activities_init(
    kpi__activities *activities, const kpi_allocator *allocator);
void kpi__activities_free(kpi__activities *activities);

int kpi__span_is_empty(const kpi__span *span);

/* *change: how many more there are, 1, 0 or -1. */
kpi_status kpi__activities_add(kpi__activities *activities,
    const kpi__span *span, int *change) KPI_MUST_CHECK;

/* The last one added that has the key of `span`; NULL: none. */
const kpi__span *kpi__activities_like(
    const kpi__activities *activities, const kpi__span *span);
const kpi__span *kpi__activities_at(
    const kpi__activities *activities, uint32_t number);
void kpi__activities_truncate(kpi__activities *activities, uint32_t count);

#endif
