/* SPDX-License-Identifier: MIT */
#include "time/calendar.h"

/* Days of the year before each month, without 29 February. */
static const int16_t before_month[] = { 0, 31, 59, 90, 120, 151, 181, 212, 243,
	273, 304, 334, 365 };

static int
is_leap(int32_t year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/* Days from 1 January of year 1 to 1 January of `year`. */
static int64_t
days_before_year(int64_t year)
{
	const int64_t past = year - 1;

	return 365 * past + kpi__floor_div(past, 4) -
	    kpi__floor_div(past, 100) + kpi__floor_div(past, 400);
}

int64_t
kpi__day_of(int32_t year, int32_t month, int32_t day)
{
	return days_before_year(year) - days_before_year(1970) +
	    before_month[month - 1] + (month > 2 && is_leap(year)) + day - 1;
}

kpi__date
kpi__date_of(int64_t day)
{
	/* 400 years are 146,097 days; the guess is at most one year off. */
	int32_t year = (int32_t)(1970 + kpi__floor_div(day * 400, 146097));
	int32_t month;
	int64_t rest;

	if (kpi__day_of(year, 1, 1) > day)
		year--;
	else if (kpi__day_of(year + 1, 1, 1) <= day)
		year++;

	rest = day - kpi__day_of(year, 1, 1);
	month = (int32_t)(rest / 32) + 1;
	if (month < 12 && kpi__day_of(year, month + 1, 1) <= day)
		month++;
	return (kpi__date){ year, month,
		(int32_t)(day - kpi__day_of(year, month, 1)) + 1 };
}

int32_t
kpi__weekday_of(int64_t day)
{
	/* Day 0 was a Thursday; day -3 a Monday. */
	const int64_t since = day + 3;

	return (int32_t)(since - 7 * kpi__floor_div(since, 7)) + 1;
}

int32_t
kpi__month_length(int32_t year, int32_t month)
{
	return before_month[month] - before_month[month - 1] +
	    (month == 2 && is_leap(year));
}
