/* SPDX-License-Identifier: MIT */
#include "time/open_time.h"

#include <string.h>

#include "base/memory.h"

#define MINUTE INT64_C(60000)

static kpi_status
add_opening(kpi__open_time *t, int64_t at, int64_t before)
{
	const kpi_status status = kpi__grow(&t->allocator, &t->opening,
	    &t->room, t->count + 1, sizeof(*t->opening));

	if (status == KPI_OK)
		t->opening[t->count++] = (kpi__opening_hour){ at, before };
	return status;
}

/* What was open by the end of the last opening. */
static int64_t
open_by(const kpi__open_time *t, int64_t closes)
{
	const kpi__opening_hour *last = &t->opening[t->count - 1];

	return last->before + (closes - last->at);
}

/* Spans come by begin: one that begins in the one before is of it. */
static kpi_status
add_span(kpi__open_time *t, int64_t begin, int64_t until, int64_t *closes)
{
	kpi_status status;

	if (begin > *closes) {
		status = add_opening(t, begin, open_by(t, *closes));
		if (status != KPI_OK)
			return status;
		*closes = until;
	} else if (until > *closes) {
		*closes = until;
	}
	return KPI_OK;
}

static int64_t
least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t
most(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* The spans that begin on a day, as far as the clock has one offset. */
static kpi_status
add_day(kpi__open_time *t, const kpi__hours *hours, int64_t day,
    const kpi__epoch *e, int64_t *closes)
{
	const int64_t midnight = day * KPI__DAY_MS - e->offset * INT64_C(1000);
	const kpi__open_span *span;
	const size_t count = kpi__hours_of_day(hours, day, &span);
	kpi_status status = KPI_OK;

	for (size_t i = 0; i < count && status == KPI_OK; i++) {
		const int64_t begin =
		    most(e->begin, midnight + span[i].begin * MINUTE);
		const int64_t until =
		    least(e->until, midnight + span[i].until * MINUTE);

		if (begin < until)
			status = add_span(t, begin, until, closes);
	}
	return status;
}

static kpi_status
add_openings(kpi__open_time *t, const kpi__hours *hours, const kpi__zone *zone)
{
	int64_t closes = t->from;
	int64_t at = t->from;
	kpi_status status = add_opening(t, t->from, 0);

	while (at < t->until && status == KPI_OK) {
		kpi__epoch e = kpi__zone_epoch(zone, at);
		int64_t day, last;

		e.begin = at;
		e.until = least(e.until, t->until);
		/* The day before may go on into this one. */
		day = kpi__floor_div(
		    at + e.offset * INT64_C(1000), KPI__DAY_MS);
		last = kpi__floor_div(
		    e.until - 1 + e.offset * INT64_C(1000), KPI__DAY_MS);
		for (day--; day <= last && status == KPI_OK; day++)
			status = add_day(t, hours, day, &e, &closes);
		at = e.until;
	}
	if (status == KPI_OK)
		status = add_opening(t, t->until, open_by(t, closes));
	return status;
}

static kpi_status
add_days(kpi__open_time *t)
{
	uint32_t at = 0;

	t->days = (size_t)((t->until - t->from) / KPI__DAY_MS) + 1;
	t->first = kpi__new_array(&t->allocator, t->days, sizeof(*t->first));
	if (t->first == NULL)
		return KPI_ENOMEM;
	for (size_t day = 0; day < t->days; day++) {
		const int64_t begin = t->from + (int64_t)day * KPI__DAY_MS;

		while (at + 1 < t->count && t->opening[at + 1].at <= begin)
			at++;
		t->first[day] = at;
	}
	return KPI_OK;
}

kpi_status
kpi__open_time_init(kpi__open_time *out, const kpi__hours *hours,
    const kpi__zone *zone, int64_t from, int64_t until, const kpi_allocator *a)
{
	kpi__open_time t;
	kpi_status status;

	memset(out, 0, sizeof(*out));
	if (until - from > KPI__OPEN_TIME_MOST)
		return KPI_ELIMIT;
	memset(&t, 0, sizeof(t));
	t.allocator = *a;
	t.from = from;
	t.until = until;
	status = add_openings(&t, hours, zone);
	if (status == KPI_OK)
		status = add_days(&t);
	if (status != KPI_OK) {
		kpi__open_time_free(&t);
		return status;
	}
	*out = t;
	return KPI_OK;
}

void
kpi__open_time_free(kpi__open_time *t)
{
	const kpi_allocator a = t->allocator;

	if (a.resize == NULL)
		return;
	kpi__release(&a, t->opening, t->room, sizeof(*t->opening));
	kpi__release(&a, t->first, t->days, sizeof(*t->first));
	memset(t, 0, sizeof(*t));
}
