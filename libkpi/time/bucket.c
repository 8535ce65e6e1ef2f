/* SPDX-License-Identifier: MIT */
#include "time/bucket.h"

#include "time/calendar.h"

static const int64_t minutes[] = {
	[KPI_BUCKET_QUARTER_HOUR] = 15,
	[KPI_BUCKET_HALF_HOUR] = 30,
	[KPI_BUCKET_HOUR] = 60,
};

static int64_t
wall(const kpi__epoch *e, int64_t utc_ms)
{
	return utc_ms + e->offset * INT64_C(1000);
}

static int64_t
round_down(int64_t ms, int64_t length)
{
	return kpi__floor_div(ms, length) * length;
}

/* The two sides of a change belong together if the clock runs on in the same
 * part of the hour. */
static int
runs_on(const kpi__epoch *before, const kpi__epoch *after, int64_t length)
{
	return before->offset < after->offset &&
	    round_down(wall(before, before->until - 1), length) ==
	    round_down(wall(after, after->begin), length);
}

static void
part_of_hour(const kpi__zone *zone, int64_t length, int64_t utc_ms,
    int64_t *begin, int64_t *until)
{
	const kpi__epoch here = kpi__zone_epoch(zone, utc_ms);
	const int64_t into =
	    wall(&here, utc_ms) - round_down(wall(&here, utc_ms), length);
	kpi__epoch e = here, next;

	*begin = utc_ms - into;
	while (*begin < e.begin) {
		next = kpi__zone_epoch(zone, e.begin - 1);
		if (!runs_on(&next, &e, length)) {
			*begin = e.begin;
			break;
		}
		*begin = round_down(wall(&e, e.begin), length) -
		    next.offset * INT64_C(1000);
		e = next;
	}

	e = here;
	*until = utc_ms - into + length;
	while (*until > e.until) {
		next = kpi__zone_epoch(zone, e.until);
		if (!runs_on(&e, &next, length)) {
			*until = e.until;
			break;
		}
		*until = round_down(wall(&next, next.begin), length) + length -
		    next.offset * INT64_C(1000);
		e = next;
	}
}

/* The first day of the bucket that the day lies in, and of the next. */
static void
days_around(int32_t bucket, int32_t week_start, int64_t day, int64_t *first,
    int64_t *next)
{
	const kpi__date date = kpi__date_of(day);
	int32_t months = 12, month = 1;

	switch (bucket) {
	case KPI_BUCKET_DAY:
		*first = day;
		*next = day + 1;
		return;
	case KPI_BUCKET_WEEK:
		*first = day - (kpi__weekday_of(day) - week_start + 7) % 7;
		*next = *first + 7;
		return;
	case KPI_BUCKET_MONTH:
		months = 1;
		month = date.month;
		break;
	case KPI_BUCKET_QUARTER:
		months = 3;
		month = (date.month - 1) / 3 * 3 + 1;
		break;
	}
	*first = kpi__day_of(date.year, month, 1);
	*next = month + months > 12 ? kpi__day_of(date.year + 1, 1, 1)
				    : kpi__day_of(date.year, month + months, 1);
}

static int64_t
day_begin(const kpi__zone *zone, int64_t day)
{
	return kpi__zone_to_utc(zone, day * KPI__DAY_MS, KPI__FIRST_TIME);
}

/* Clocks put back over midnight show a day's end again: what they show then
 * is in the next bucket, which has begun. */
static void
days(const kpi__zone *zone, int32_t bucket, int32_t week_start, int64_t utc_ms,
    int64_t *begin, int64_t *until)
{
	const kpi__epoch here = kpi__zone_epoch(zone, utc_ms);
	int64_t first, next = kpi__floor_div(wall(&here, utc_ms), KPI__DAY_MS);

	do {
		days_around(bucket, week_start, next, &first, &next);
		*until = day_begin(zone, next);
	} while (*until <= utc_ms);
	*begin = day_begin(zone, first);
}

kpi_status
kpi__bucket_span(const kpi__zone *zone, int32_t bucket, int32_t week_start,
    int64_t utc_ms, int64_t *begin, int64_t *until)
{
	if (bucket < KPI_BUCKET_NONE || bucket > KPI_BUCKET_YEAR ||
	    week_start < 1 || week_start > 7)
		return KPI_EINVAL;
	if (bucket == KPI_BUCKET_NONE) {
		*begin = INT64_MIN;
		*until = INT64_MAX;
		return KPI_OK;
	}
	if (utc_ms < KPI__TIME_FIRST)
		utc_ms = KPI__TIME_FIRST;
	if (utc_ms > KPI__TIME_LAST)
		utc_ms = KPI__TIME_LAST;
	if (bucket <= KPI_BUCKET_HOUR)
		part_of_hour(
		    zone, minutes[bucket] * 60000, utc_ms, begin, until);
	else
		days(zone, bucket, week_start, utc_ms, begin, until);
	if (*until > KPI__TIME_LAST)
		*until = INT64_MAX;
	return KPI_OK;
}
