/* SPDX-License-Identifier: MIT */
/* business.h - the business hours of each queue, as one question needs them. */
#ifndef KPI_QUERY_BUSINESS_H
#define KPI_QUERY_BUSINESS_H

#include "query/query.h"
#include "store/snapshot.h"
#include "time/open_time.h"

typedef struct kpi__business {
	const kpi_allocator *allocator;
	kpi__open_time *times; /* of calendars that differ */
	uint32_t *of;          /* by code of the queue: place + 1 of its
				  calendar's; 0: it has none */
	uint32_t count, room, codes;
} kpi__business;

/*
 * The calendars of the snapshot, counted from its earliest start up to
 * `until`: what lies after it is as if at it. KPI_ENOTFOUND, KPI_ECORRUPT,
 * KPI_EIO: a calendar's time zone, in the directory of the query, with the
 * queue as the field. KPI_ELIMIT: that is too long. KPI_ENOMEM. On failure
 * *out is NULL.
 */
kpi_status kpi__business_new(kpi__business **out, const kpi__snapshot *snapshot,
    const kpi_query *query, int64_t until, kpi_error *error) KPI_MUST_CHECK;
void kpi__business_free(kpi__business *business); /* accepts NULL */

/* The open time of a queue; NULL: it has no calendar, nor have all. */
static inline const kpi__open_time *
kpi__business_of(const kpi__business *b, uint32_t code)
{
	const uint32_t of = b->of[code < b->codes ? code : 0];

	return of == 0 ? NULL : &b->times[of - 1];
}

/* How time passes for units: all of it, or that of business. */
typedef struct kpi__clock {
	const kpi__business *business; /* NULL: all of it */
	const uint32_t *queue;         /* code of each unit's */
} kpi__clock;

/* Of what stands in for a column that failed it is anything. */
static inline int64_t
kpi__elapsed(int64_t from, int64_t until)
{
	return (int64_t)((uint64_t)until - (uint64_t)from);
}

/* From one instant to another for a unit; 0 for one of a queue without
 * calendar, which is to be left out. */
static inline int64_t
kpi__clock_between(
    const kpi__clock *clock, size_t unit, int64_t from, int64_t until)
{
	const kpi__open_time *t;

	if (clock->business == NULL)
		return kpi__elapsed(from, until);
	t = kpi__business_of(clock->business, clock->queue[unit]);
	return t == NULL ? 0
			 : kpi__open_until(t, until) - kpi__open_until(t, from);
}

#endif
