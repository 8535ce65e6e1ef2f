/* SPDX-License-Identifier: MIT */
/*
 * open_time.h - how much of the time between two instants is open by business
 * hours, counted once for a range and then looked up.
 *
 * An instant is open if a clock in the zone shows an open time at it: an hour
 * that autumn repeats counts twice, one that spring leaves out does not count.
 */
#ifndef KPI_TIME_OPEN_TIME_H
#define KPI_TIME_OPEN_TIME_H

#include "time/calendar.h"
#include "time/hours.h"
#include "time/zone.h"

/* The longest range. */
#define KPI__OPEN_TIME_MOST (INT64_C(366000) * KPI__DAY_MS)

/* Where it opens, and how many ms were open before. */
typedef struct kpi__opening_hour {
	int64_t at, before;
} kpi__opening_hour;

typedef struct kpi__open_time {
	kpi_allocator allocator;
	int64_t from, until;   /* the range */
	kpi__opening_hour *opening; /* the first is at `from`, open or not; the last
				  is at `until`, and is none */
	uint32_t *first;       /* by day since `from`: the last opening by then,
				  of the day's beginning */
	size_t count, room;
	size_t days;
} kpi__open_time;

/*
 * Counts [from, until) of the years 1 to 9999, from <= until. KPI_ELIMIT: it
 * is longer than KPI__OPEN_TIME_MOST. KPI_ENOMEM. On failure there is nothing
 * to be freed.
 */
kpi_status kpi__open_time_init(kpi__open_time *out, const kpi__hours *hours,
    const kpi__zone *zone, int64_t from, int64_t until,
    const kpi_allocator *a) KPI_MUST_CHECK;
void kpi__open_time_free(kpi__open_time *t);

/* The opening that is the last one at or before an instant of the range. */
static inline const kpi__opening_hour *
kpi__opening_by(const kpi__open_time *t, int64_t at)
{
	const kpi__opening_hour *o =
	    t->opening + t->first[(uint64_t)(at - t->from) / KPI__DAY_MS];

	while (o[1].at <= at)
		o++;
	return o;
}

/* The open ms in [from, at); of what is out of the range none. */
static inline int64_t
kpi__open_until(const kpi__open_time *t, int64_t at)
{
	const kpi__opening_hour *o;
	int64_t here;

	if (at <= t->from)
		return 0;
	if (at >= t->until)
		return t->opening[t->count - 1].before;
	o = kpi__opening_by(t, at);
	here = at - o->at;
	return o->before +
	    (here < o[1].before - o->before ? here : o[1].before - o->before);
}

/* Non-zero if it is open at the instant; 0 out of the range. */
static inline int
kpi__open_at(const kpi__open_time *t, int64_t at)
{
	const kpi__opening_hour *o;

	if (at < t->from || at >= t->until)
		return 0;
	o = kpi__opening_by(t, at);
	return at - o->at < o[1].before - o->before;
}

#endif
