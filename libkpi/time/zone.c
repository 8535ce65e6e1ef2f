/* SPDX-License-Identifier: MIT */
#include "time/zone.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "time/rule.h"
#include "time/table.h"

kpi_status
kpi__zone_new(kpi__zone **out, const char *name, size_t room,
    const kpi_allocator *a, kpi_error *error)
{
	const size_t length = strlen(name);
	kpi__zone *z;

	*out = NULL;
	if (length > KPI__ZONE_NAME_MAX)
		return kpi__fail(error, KPI_EINVAL,
		    "the name of a time zone has at most %d bytes",
		    KPI__ZONE_NAME_MAX);
	if ((z = kpi__new_zeroed(a, 1, sizeof(*z))) == NULL)
		goto no_memory;
	z->allocator = *a;
	z->cycle = INT64_MAX;
	memcpy(z->name, name, length + 1);
	if (room > 0) {
		z->room = room;
		z->at = kpi__new_array(a, room, sizeof(*z->at));
		z->offset = kpi__new_array(a, room, sizeof(*z->offset));
		if (z->at == NULL || z->offset == NULL)
			goto no_memory;
	}
	*out = z;
	return KPI_OK;

no_memory:
	kpi__zone_free(z);
	return kpi__fail(error, KPI_ENOMEM, "no memory for time zone %s", name);
}

void
kpi__zone_free(kpi__zone *zone)
{
	kpi_allocator a;

	if (zone == NULL)
		return;
	a = zone->allocator;
	kpi__release(&a, zone->at, zone->room, sizeof(*zone->at));
	kpi__release(&a, zone->offset, zone->room, sizeof(*zone->offset));
	kpi__release(&a, zone, 1, sizeof(*zone));
}

const char *
kpi__zone_name(const kpi__zone *zone)
{
	return zone == NULL ? "UTC" : zone->name;
}

/* How far to move an instant back so that it falls into the table. */
static int64_t
cycles_away(const kpi__zone *z, int64_t utc_ms)
{
	if (z->cycle == INT64_MAX || (utc_ms < z->cycle && !z->cycle_before))
		return 0;
	return kpi__floor_div(utc_ms - z->cycle, KPI__CYCLE_MS) * KPI__CYCLE_MS;
}

/* How many changes have happened by then. */
static size_t
changes_until(const kpi__zone *z, int64_t utc_ms)
{
	size_t low = 0, high = z->count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (z->at[middle] <= utc_ms)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static int64_t
within_table(int64_t ms)
{
	if (ms < KPI__TABLE_FIRST)
		return KPI__TABLE_FIRST;
	return ms > KPI__TABLE_LAST ? KPI__TABLE_LAST : ms;
}

kpi__epoch
kpi__zone_epoch(const kpi__zone *zone, int64_t utc_ms)
{
	kpi__epoch e = { INT64_MIN, INT64_MAX, 0 };
	int64_t away;
	size_t n;

	if (zone == NULL)
		return e;
	utc_ms = within_table(utc_ms);
	away = cycles_away(zone, utc_ms);
	n = changes_until(zone, utc_ms - away);
	e.offset = n == 0 ? zone->before : zone->offset[n - 1];
	if (n > 0)
		e.begin = zone->at[n - 1] + away;
	if (n < zone->count)
		e.until = zone->at[n] + away;
	return e;
}

int32_t
kpi__zone_offset(const kpi__zone *zone, int64_t utc_ms)
{
	return kpi__zone_epoch(zone, utc_ms).offset;
}

static int64_t
first_time(const kpi__zone *zone, int64_t local_ms)
{
	/* No clock is far enough ahead to show `local_ms` before this. */
	const int64_t early = local_ms - KPI__OFFSET_ABOVE * INT64_C(1000);
	kpi__epoch e = kpi__zone_epoch(zone, early);
	int64_t utc_ms = local_ms - e.offset * INT64_C(1000);

	while (utc_ms >= e.until) {
		e = kpi__zone_epoch(zone, e.until);
		utc_ms = local_ms - e.offset * INT64_C(1000);
	}
	return utc_ms > e.begin ? utc_ms : e.begin;
}

static int64_t
second_time(const kpi__zone *zone, int64_t local_ms)
{
	const int64_t late = local_ms - KPI__OFFSET_BELOW * INT64_C(1000);
	kpi__epoch e = kpi__zone_epoch(zone, late);
	int64_t utc_ms = local_ms - e.offset * INT64_C(1000);

	while (utc_ms < e.begin) {
		e = kpi__zone_epoch(zone, e.begin - 1);
		utc_ms = local_ms - e.offset * INT64_C(1000);
	}
	return utc_ms < e.until ? utc_ms : e.until;
}

int64_t
kpi__zone_to_utc(const kpi__zone *zone, int64_t local_ms, int which)
{
	local_ms = within_table(local_ms);
	return which == KPI__SECOND_TIME ? second_time(zone, local_ms)
					 : first_time(zone, local_ms);
}
