/* SPDX-License-Identifier: MIT */
/*
 * rule.h - the POSIX TZ text that says how a zone goes on for ever, such as
 * "CET-1CEST,M3.5.0,M10.5.0/3", with the extensions of RFC 8536.
 */
#ifndef KPI_TIME_RULE_H
#define KPI_TIME_RULE_H

#include <kpi/base.h>

/* Seconds east of UTC lie in between, both ends left out (RFC 8536, 3.2). */
#define KPI__OFFSET_BELOW (-25 * 3600)
#define KPI__OFFSET_ABOVE (26 * 3600)

typedef struct kpi__rule_day {
	char form;     /* 'J': day 1..365 without 29 February; 'N': day 0..365
			  with it; 'M': month, week (5: last), weekday */
	int32_t month; /* 1..12 */
	int32_t week;  /* 1..5 */
	int32_t day;   /* of the year, or of the week from Sunday, 0 */
	int32_t time;  /* seconds after that day's 00:00, -167 h to 167 h */
} kpi__rule_day;

typedef struct kpi__rule {
	int32_t standard; /* seconds east of UTC */
	int32_t summer;   /* seconds east of UTC; may be less than standard */
	int has_summer;
	kpi__rule_day begin; /* of summer time, in standard time */
	kpi__rule_day end;   /* of summer time, in summer time */
} kpi__rule;

/*
 * Reads `size` bytes of `text`, all of them. KPI_EPARSE, and *out unchanged,
 * if they are no rule; summer time without its two days is none.
 */
kpi_status kpi__rule_parse(
    kpi__rule *out, const char *text, size_t size) KPI_MUST_CHECK;

/* When summer time begins and ends by the rule's days in `year`: seconds
 * since 1970 UTC. Only for a rule that has summer time. */
int64_t kpi__rule_begin(const kpi__rule *rule, int32_t year);
int64_t kpi__rule_end(const kpi__rule *rule, int32_t year);

#endif
