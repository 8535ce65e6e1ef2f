/* SPDX-License-Identifier: MIT */
/* hours_rules.h - the rules of business hours, made by hours_parse.c. */
#ifndef KPI_TIME_HOURS_RULES_H
#define KPI_TIME_HOURS_RULES_H

#include "time/calendar.h"
#include "time/hours.h"

#define KPI__MINUTES_A_DAY 1440
#define KPI__EVERY_WEEKDAY 0x7f

/* Both ends included. Year 0: of every year, and then an end before the
 * beginning is of the next. */
typedef struct kpi__hours_dates {
	kpi__date begin, end;
} kpi__hours_dates;

typedef struct kpi__hours_rule {
	size_t dates, date_count; /* places; none: all */
	size_t spans, span_count; /* places; none: closed */
	uint32_t weekdays;        /* bit 0 is Monday */
} kpi__hours_rule;

struct kpi__hours {
	kpi_allocator allocator;
	kpi__hours_rule *rules;
	kpi__hours_dates *dates;
	kpi__open_span *spans;
	size_t rule_count, rule_room;
	size_t date_count, date_room;
	size_t span_count, span_room;
};

/* Names by number, from 1 (Mo, Jan); entry 0 is "". */
extern const char kpi__weekday_names[8][3];
extern const char kpi__month_names[13][4];

/* The last day that a month has, of year 0 in any year. */
int32_t kpi__hours_month_end(int32_t year, int32_t month);

#endif
