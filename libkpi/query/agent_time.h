/* SPDX-License-Identifier: MIT */
/*
 * agent_time.h - what agents spent their time on, by agent and bucket.
 *
 * A leg occupies its agent from the answer to the end of after-call work. A
 * moment has one state: on contact, else the activity that began last (of
 * those that began at once, the one with the greatest number). All time is cut
 * at the borders of the range, of what is known and of buckets, to the ms.
 */
#ifndef KPI_QUERY_AGENT_TIME_H
#define KPI_QUERY_AGENT_TIME_H

#include "base/wide.h"
#include "query/query.h"
#include "query/terms.h"
#include "store/snapshot.h"

/* What is gathered of a group and bucket: ms, then how many agents, then how
 * many legs, each where it was answered. */
enum kpi__time_cell {
	KPI__TIME_CONTACT,
	/* Activities have their own numbers, KPI_ACTIVITY_READY to _OFFLINE. */
	KPI__TIME_NO_ACTIVITY = 7, /* contact of who has no activity at all */
	KPI__TIME_UNKNOWN,         /* contact of nobody knows whom */
	KPI__AGENTS_LOGGED_IN,     /* who have time in any state but offline */
	KPI__AGENTS_STAFFED,       /* who have contact or ready time */
	KPI__LEGS_HANDLED,         /* by agents with an activity */
	KPI__LEGS_NO_ACTIVITY,
	KPI__LEGS_UNKNOWN,
	KPI__TIME_CELLS
};

#define KPI__TIME_BIT(cell) (UINT32_C(1) << KPI__##cell)

/* Equal rules, byte by byte, are one. */
typedef struct kpi__time_rule {
	int64_t known_from; /* KPI_UNKNOWN: time before is not cut off */
	int64_t as_of;
	int64_t directions; /* of legs: mask of enum kpi__direction_bit */
	int64_t parts;      /* of legs: mask of enum kpi__part_bit */
	int64_t overlap;    /* enum kpi__overlap */
} kpi__time_rule;

typedef struct kpi__agent_time kpi__agent_time;

/*
 * Goes through the legs and activities of the snapshot, agent by agent, in
 * O(n log n). The query may group and filter by agent alone. Legs are counted
 * if `legs` says so. KPI_ELIMIT, KPI_ESTOPPED, KPI_ECORRUPT, KPI_EIO,
 * KPI_ENOMEM. On failure *out is NULL.
 */
kpi_status kpi__agent_time_run(kpi__agent_time **out,
    const kpi__snapshot *snapshot, const kpi_query *query,
    const kpi__time_rule *rule, int legs, kpi_error *error) KPI_MUST_CHECK;
void kpi__agent_time_free(kpi__agent_time *time); /* accepts NULL */

/* Groups with some time; slots are 1 to this. */
uint32_t kpi__agent_time_slots(const kpi__agent_time *time);

/* The agent (NULL: unknown, or not grouped by) and the span of a slot. */
kpi_status kpi__agent_time_group(const kpi__agent_time *time, uint32_t slot,
    const char **agent, int64_t *begin, int64_t *until,
    kpi_error *error) KPI_MUST_CHECK;

/* By enum kpi__time_cell. */
const kpi__wide *kpi__agent_time_cells(
    const kpi__agent_time *time, uint32_t slot);

#endif
