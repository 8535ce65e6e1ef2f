/* SPDX-License-Identifier: MIT */
/* legs.h - when agents were on contact: the legs of a snapshot, by agent. */
#ifndef KPI_QUERY_LEGS_H
#define KPI_QUERY_LEGS_H

#include "query/agent_time.h"

/* [begin, until) */
typedef struct kpi__stretch {
	int64_t begin, until;
} kpi__stretch;

typedef struct kpi__legs {
	const kpi_allocator *allocator;
	size_t *first; /* of each agent */
	size_t *count; /* likewise */
	kpi__stretch *stretch;
	size_t agents, room;
	/* Where legs were answered, if that is wanted: of each agent as many
	 * as `answers` says, from `first` on. */
	int64_t *answered;
	size_t *answers;
} kpi__legs;

/*
 * Of each of `agents` agents, by code, the stretches of its legs that the rule
 * takes, cut to [from, until), in no stated order; with `answered` also where
 * in that time its legs were answered. KPI_ENOMEM, KPI_ESTOPPED, KPI_EIO,
 * KPI_ECORRUPT. To be freed after a failure too.
 */
kpi_status kpi__legs_deal(kpi__legs *legs, const kpi__snapshot *snapshot,
    const kpi_query *query, const kpi__time_rule *rule, uint32_t agents,
    int64_t from, int64_t until, int answered,
    kpi_error *error) KPI_MUST_CHECK;
void kpi__legs_free(kpi__legs *legs);

#endif
