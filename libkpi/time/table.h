/* SPDX-License-Identifier: MIT */
/* table.h - the changes of a zone's offset, made by table.c, read by zone.c. */
#ifndef KPI_TIME_TABLE_H
#define KPI_TIME_TABLE_H

#include "time/calendar.h"
#include "time/zone.h"

#define KPI__ZONE_NAME_MAX 255

/* 400 years: the calendar with its weekdays, and so every rule, repeats. */
#define KPI__CYCLE_MS (INT64_C(146097) * KPI__DAY_MS)

/* A year outside of the instants that hold: no change is kept beyond. */
#define KPI__TABLE_FIRST (KPI__TIME_FIRST - 366 * KPI__DAY_MS)
#define KPI__TABLE_LAST  (KPI__TIME_LAST + 366 * KPI__DAY_MS)

struct kpi__zone {
	kpi_allocator allocator;
	int64_t *at;     /* instants of change, ascending */
	int32_t *offset; /* from at[i] on; neighbours differ */
	size_t count, room;
	int64_t cycle;    /* from this change on the table holds one cycle, its
			     end included, that repeats; INT64_MAX: none */
	int cycle_before; /* it repeats before `cycle` too */
	int32_t before;   /* the offset before at[0] */
	char name[KPI__ZONE_NAME_MAX + 1];
};

/* A zone at UTC with room for `room` changes. KPI_EINVAL: the name. */
kpi_status kpi__zone_new(kpi__zone **out, const char *name, size_t room,
    const kpi_allocator *a, kpi_error *error) KPI_MUST_CHECK;

#endif
