/* SPDX-License-Identifier: MIT */
/*
 * people.h - the agents of a snapshot, whether rows or activities name them.
 * An agent is a number: 0 is unknown, those of rows have their codes, and
 * those who are only in activities come after.
 */
#ifndef KPI_QUERY_PEOPLE_H
#define KPI_QUERY_PEOPLE_H

#include "query/query.h"
#include "store/snapshot.h"

typedef struct kpi__people {
	const kpi__snapshot *snapshot;
	const kpi_allocator *allocator;
	uint32_t count;   /* every agent is below this */
	uint32_t of_rows; /* and those of rows below this */
	uint32_t names;   /* in activities */
	uint32_t *agent;  /* of each name in activities, if it is an agent's */
	uint32_t *name;   /* in activities, of each agent of no row */
	uint8_t *keep;    /* those whom the query's filters let through */
} kpi__people;

/* KPI_ENOMEM. To be freed after a failure too. */
kpi_status kpi__people_init(kpi__people *people,
    const kpi__snapshot *snapshot, const kpi_query *query,
    kpi_error *error) KPI_MUST_CHECK;
void kpi__people_free(kpi__people *people);

/* NULL for agent 0; else it lives as long as the snapshot. */
kpi_status kpi__people_name(const kpi__people *people, uint32_t agent,
    const char **out, kpi_error *error) KPI_MUST_CHECK;

#endif
