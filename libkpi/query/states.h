/* SPDX-License-Identifier: MIT */
/* states.h - the activities of a snapshot, by agent, and which of them is an
 * agent's state at a moment. */
#ifndef KPI_QUERY_STATES_H
#define KPI_QUERY_STATES_H

#include "query/people.h"

typedef struct kpi__doing {
	int64_t begin, until; /* INT64_MAX: it goes on */
	uint32_t state, source;
} kpi__doing;

typedef struct kpi__states {
	const kpi_allocator *allocator;
	size_t *first; /* of each agent */
	size_t *count; /* likewise */
	kpi__doing *doing;
	size_t agents, room;
	kpi__doing *scratch; /* as wide as the busiest agent */
	size_t *open;        /* likewise: a stack */
	size_t widest;
} kpi__states;

/* The activities that begin before as_of, in order: O(n log n), O(n) if they
 * were added so. KPI_ENOMEM. To be freed after a failure too. */
kpi_status kpi__states_deal(kpi__states *states, const kpi__people *people,
    const kpi__snapshot *snapshot, int64_t as_of,
    kpi_error *error) KPI_MUST_CHECK;
void kpi__states_free(kpi__states *states);

/* Takes [begin, until) in a state, one after the other in time. */
typedef void (*kpi__state_taker)(
    void *ctx, int64_t begin, int64_t until, uint32_t state);

/*
 * Hands over the states of an agent until an instant: at each moment the
 * activity that began last, of those that began at once the one whose state
 * has the greatest number. O(n).
 */
void kpi__states_walk(kpi__states *states, uint32_t agent, int64_t until,
    kpi__state_taker take, void *ctx);

#endif
