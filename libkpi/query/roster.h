/* SPDX-License-Identifier: MIT */
/*
 * roster.h - who was employed, as a snapshot has it: how many at an instant,
 * how long, how many left. Employments of one agent that overlap are one;
 * those that only touch are two, as a rehire is another. A search in each.
 */
#ifndef KPI_QUERY_ROSTER_H
#define KPI_QUERY_ROSTER_H

#include "base/wide.h"
#include "query/query.h"
#include "store/snapshot.h"

typedef struct kpi__roster {
	const kpi_allocator *allocator;
	int is_kept; /* the store has any employment, of whomever */
	size_t count, ended, room;
	uint64_t *hired, *left;          /* ascending, of how they compare */
	kpi__wide *hired_sum, *left_sum; /* of the first so many */
} kpi__roster;

/* Of the agents whom the query's filters keep, which may be of agents alone.
 * KPI_ENOMEM. To be freed after a failure too. */
kpi_status kpi__roster_read(kpi__roster *roster, const kpi__snapshot *snapshot,
    const kpi_query *query, kpi_error *error) KPI_MUST_CHECK;
void kpi__roster_free(kpi__roster *roster);

/* Employed at an instant. */
int64_t kpi__roster_at(const kpi__roster *roster, int64_t instant);
/* Employed at some time in [begin, until). */
int64_t kpi__roster_ever(
    const kpi__roster *roster, int64_t begin, int64_t until);
/* Whose last ms lies in [begin, until): these were employed in it. */
int64_t kpi__roster_leavers(
    const kpi__roster *roster, int64_t begin, int64_t until);
/* The ms in [begin, until), of all together. */
kpi__wide kpi__roster_time(
    const kpi__roster *roster, int64_t begin, int64_t until);

#endif
