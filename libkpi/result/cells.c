/* SPDX-License-Identifier: MIT */
#include "result/cells.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "result/table.h"
#include "time/bucket.h"
#include "time/calendar.h"
#include "time/instant.h"

#define MINUTE_MS INT64_C(60000)
#define DATE_SIZE 10

static int64_t
wall_of(const kpi__cells *c, int64_t at)
{
	return at + INT64_C(1000) * kpi__zone_offset(c->zone, at);
}

static int64_t
into(int64_t wall, int64_t origin, int64_t length)
{
	const int64_t since = wall - origin;

	return since - kpi__floor_div(since, length) * length;
}

static int64_t
held(int64_t at)
{
	if (at < KPI__TIME_FIRST)
		return KPI__TIME_FIRST;
	return at > KPI__TIME_LAST ? KPI__TIME_LAST : at;
}

static kpi_status
check(const kpi_result *r, int32_t period, kpi_error *error)
{
	if (period != KPI_BUCKET_WEEK && period != KPI_BUCKET_DAY)
		return kpi__fail_at(error, KPI_EINVAL, "period",
		    "expected KPI_BUCKET_WEEK or KPI_BUCKET_DAY, not %d",
		    (int)period);
	if (r->frame.bucket < KPI_BUCKET_QUARTER_HOUR ||
	    r->frame.bucket > KPI_BUCKET_HOUR)
		return kpi__fail_at(error, KPI_EINVAL, "every",
		    r->frame.bucket == KPI_BUCKET_NONE
			? "the result has no buckets of time: expected is "
			  "15min, 30min or hour"
			: "the result has buckets of a day or longer: "
			  "expected is 15min, 30min or hour");
	return KPI_OK;
}

/* The bucket around an instant, whose kind and week were checked. */
static void
span_of(const kpi__cells *c, const kpi_result *r, int32_t bucket, int64_t at,
    int64_t *begin, int64_t *until)
{
	if (kpi__bucket_span(c->zone, bucket, r->frame.week_start, at, begin,
		until) != KPI_OK)
		*begin = *until = at;
	*begin = held(*begin);
	*until = held(*until);
}

/* An open end is that of the first or last day on which there is anything.
 * KPI_ENOTFOUND: there is nothing. */
static kpi_status
find_range(const kpi__cells *c, const kpi_result *r, int64_t *from,
    int64_t *until, kpi_error *error)
{
	const kpi__rows *rows = &r->rows;
	int64_t first = INT64_MAX, last = INT64_MIN, unused;

	*from = held(r->frame.from);
	*until = held(r->frame.until);
	if (r->frame.from != KPI_UNKNOWN && r->frame.until != KPI_UNKNOWN)
		return KPI_OK;
	if (rows->count == 0)
		return kpi__fail(error, KPI_ENOTFOUND,
		    "there is nothing, and the range has an open end: whole "
		    "weeks or days are not known");
	for (size_t i = 0; i < rows->count; i++) {
		if (rows->time[2 * i] < first)
			first = rows->time[2 * i];
		if (rows->time[2 * i + 1] > last)
			last = rows->time[2 * i + 1];
	}
	if (r->frame.from == KPI_UNKNOWN)
		span_of(c, r, KPI_BUCKET_DAY, held(first), from, &unused);
	if (r->frame.until == KPI_UNKNOWN)
		span_of(c, r, KPI_BUCKET_DAY, held(last) - 1, &unused, until);
	return KPI_OK;
}

/* "2026-10-05", and what clock it is if no day begins then. */
static void
put_date(const kpi__cells *c, int64_t at, char text[KPI__INSTANT_SIZE])
{
	kpi__format_instant(text, c->zone, at);
	if (strncmp(text + DATE_SIZE, "T00:00:00", 9) == 0 &&
	    (text[19] == '+' || text[19] == '-'))
		text[DATE_SIZE] = '\0';
}

/* `begin` to `end` would be the first one. */
static kpi_status
no_period(const kpi__cells *c, int64_t begin, int64_t end, int64_t from,
    int64_t until, kpi_error *error)
{
	const int64_t missing =
	    (wall_of(c, end) - wall_of(c, until) + KPI__DAY_MS - 1) /
	    KPI__DAY_MS;
	char text[4][KPI__INSTANT_SIZE];

	put_date(c, from, text[0]);
	put_date(c, until, text[1]);
	put_date(c, begin, text[2]);
	put_date(c, end, text[3]);
	return kpi__fail(error, KPI_ENOTFOUND,
	    "no whole %s from %s until %s: the first one is from %s until %s, "
	    "of which %lld day%s missing",
	    c->period_ms == KPI__DAY_MS ? "day" : "week", text[0], text[1],
	    text[2], text[3], (long long)missing,
	    missing == 1 ? " is" : "s are");
}

static kpi_status
find_periods(
    kpi__cells *c, const kpi_result *r, int32_t period, kpi_error *error)
{
	int64_t from, until, begin, end;
	kpi_status status = find_range(c, r, &from, &until, error);

	if (status != KPI_OK)
		return status;
	span_of(c, r, period, from, &begin, &end);
	c->from = begin == from ? begin : end;
	span_of(c, r, period, until, &c->until, &end);
	if (c->until <= c->from) {
		span_of(c, r, period, c->from, &begin, &end);
		return no_period(c, begin, end, from, until, error);
	}
	c->periods =
	    (uint64_t)((kpi__floor_div(wall_of(c, c->until), KPI__DAY_MS) -
			   kpi__floor_div(wall_of(c, c->from), KPI__DAY_MS)) /
		(c->period_ms / KPI__DAY_MS));
	return KPI_OK;
}

/* Wall time of one offset. */
static void
add_time(kpi__cells *c, int64_t wall, int64_t until)
{
	const int64_t whole = (until - wall) / c->period_ms;

	for (uint32_t i = 0; i < c->count && whole > 0; i++)
		c->time[i] += whole * c->interval_ms;
	wall += whole * c->period_ms;
	while (wall < until) {
		const int64_t at = into(wall, c->origin, c->period_ms);
		int64_t step = c->interval_ms - at % c->interval_ms;

		if (step > until - wall)
			step = until - wall;
		c->time[at / c->interval_ms] += step;
		wall += step;
	}
}

static void
add_times(kpi__cells *c)
{
	int64_t at = c->from;

	while (at < c->until) {
		const kpi__epoch e = kpi__zone_epoch(c->zone, at);
		const int64_t until = e.until < c->until ? e.until : c->until;
		const int64_t offset = INT64_C(1000) * e.offset;

		add_time(c, at + offset, until + offset);
		at = until;
	}
}

kpi_status
kpi__cells_make(
    kpi__cells *c, const kpi_result *r, int32_t period, kpi_error *error)
{
	static const int64_t minutes[] = { [KPI_BUCKET_QUARTER_HOUR] = 15,
		[KPI_BUCKET_HALF_HOUR] = 30,
		[KPI_BUCKET_HOUR] = 60 };
	kpi_status status;

	memset(c, 0, sizeof(*c));
	c->allocator = r->allocator;
	status = check(r, period, error);
	if (status != KPI_OK)
		return status;
	c->interval_ms = minutes[r->frame.bucket] * MINUTE_MS;
	c->period_ms = KPI__DAY_MS;
	if (period == KPI_BUCKET_WEEK) {
		c->period_ms = 7 * KPI__DAY_MS;
		c->origin =
		    (r->frame.week_start - kpi__weekday_of(0)) * KPI__DAY_MS;
	}
	c->count = (uint32_t)(c->period_ms / c->interval_ms);
	status = kpi__zone_load(
	    &c->zone, r->zone_directory, r->zone, &c->allocator, error);
	if (status == KPI_OK)
		status = find_periods(c, r, period, error);
	if (status != KPI_OK)
		return status;
	c->time = kpi__new_zeroed(&c->allocator, c->count, sizeof(*c->time));
	if (c->time == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for a season");
	add_times(c);
	return KPI_OK;
}

void
kpi__cells_free(kpi__cells *c)
{
	kpi__zone_free(c->zone);
	kpi__release(&c->allocator, c->time, c->count, sizeof(*c->time));
	c->zone = NULL;
	c->time = NULL;
}

uint32_t
kpi__cells_at(const kpi__cells *c, int64_t instant)
{
	return (uint32_t)(into(wall_of(c, instant), c->origin, c->period_ms) /
	    c->interval_ms);
}

double
kpi__cells_times(const kpi__cells *c, uint32_t cell)
{
	return (double)c->time[cell] / (double)c->interval_ms;
}

int32_t
kpi__cells_weekday(const kpi__cells *c, uint32_t cell)
{
	const int64_t wall = c->origin + cell * c->interval_ms;

	return c->period_ms == KPI__DAY_MS
	    ? 0
	    : kpi__weekday_of(kpi__floor_div(wall, KPI__DAY_MS));
}

int32_t
kpi__cells_minute(const kpi__cells *c, uint32_t cell)
{
	return (int32_t)(cell * c->interval_ms % KPI__DAY_MS / MINUTE_MS);
}
