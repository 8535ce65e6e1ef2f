/* SPDX-License-Identifier: MIT */
/*
 * calendar.h - days and dates of the proleptic Gregorian calendar.
 *
 * A day is a count from 1970-01-01 (day 0). Years are astronomical: before
 * year 1 is year 0. All functions hold for years -30,000 to 30,000.
 */
#ifndef KPI_TIME_CALENDAR_H
#define KPI_TIME_CALENDAR_H

#include <stdint.h>

#define KPI__DAY_MS INT64_C(86400000)

/* 0001-01-01T00:00:00.000 and 9999-12-31T23:59:59.999, UTC. */
#define KPI__TIME_FIRST INT64_C(-62135596800000)
#define KPI__TIME_LAST  INT64_C(253402300799999)

typedef struct kpi__date {
	int32_t year;
	int32_t month; /* 1..12 */
	int32_t day;   /* 1..31 */
} kpi__date;

/* a / b rounded down; b > 0. */
static inline int64_t
kpi__floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* The day of a date. `month` is 1..12; `day` may lie outside of the month
 * and then counts on from its first. */
int64_t kpi__day_of(int32_t year, int32_t month, int32_t day);

kpi__date kpi__date_of(int64_t day);

/* 1 is Monday, 7 is Sunday. */
int32_t kpi__weekday_of(int64_t day);

/* 28..31. */
int32_t kpi__month_length(int32_t year, int32_t month);

#endif
