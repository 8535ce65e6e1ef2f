/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "time/calendar.h"
#include "time/rule.h"
#include "time/zone.h"
#include "tzif_bytes.h"
#include "runner.h"

#define COUNT(table) ((int)(sizeof(table) / sizeof((table)[0])))

/* From the instant on the offset is `after`; a millisecond before, `before`. */
static const struct {
	const char *rule, *at;
	int32_t before, after;
} turns[] = {
	{ "CET-1CEST,M3.5.0,M10.5.0/3", "2026-03-29T01:00Z", 3600, 7200 },
	{ "CET-1CEST,M3.5.0,M10.5.0/3", "2026-10-25T01:00Z", 7200, 3600 },
	{ "CET-1CEST,M3.5.0,M10.5.0/3", "9998-03-29T01:00Z", 3600, 7200 },
	{ "CET-1CEST,M3.5.0,M10.5.0/3", "0007-10-28T01:00Z", 7200, 3600 },
	{ "EST5EDT,M3.2.0,M11.1.0", "2026-03-08T07:00Z", -18000, -14400 },
	{ "EST5EDT,M3.2.0,M11.1.0", "2026-11-01T06:00Z", -14400, -18000 },
	{ "AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-04-04T16:00Z", 39600, 36000 },
	{ "AEST-10AEDT,M10.1.0,M4.1.0/3", "2026-10-03T16:00Z", 36000, 39600 },
	{ "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "2026-04-04T15:00Z", 39600,
	    37800 },
	/* Fifty hours after a Thursday; before midnight; summer ahead of it. */
	{ "EET-2EEST,M3.4.4/50,M10.4.4/50", "2050-03-26T00:00Z", 7200, 10800 },
	{ "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T01:00Z", -7200,
	    -3600 },
	{ "IST-1GMT0,M10.5.0,M3.5.0/1", "2026-03-29T01:00Z", 0, 3600 },
	{ "IST-1GMT0,M10.5.0,M3.5.0/1", "2026-10-25T01:00Z", 3600, 0 },
	/* Day 60 of J is always 1 March; day 59 from 0 is 29 February too. */
	{ "AAA0BBB,J60,J300", "2024-03-01T02:00Z", 0, 3600 },
	{ "AAA0BBB,J60,J300", "2023-03-01T02:00Z", 0, 3600 },
	{ "AAA0BBB,J59,J300", "2024-02-28T02:00Z", 0, 3600 },
	{ "AAA0BBB,59,300", "2024-02-29T02:00Z", 0, 3600 },
	{ "AAA0BBB,59,300", "2023-03-01T02:00Z", 0, 3600 },
	{ "AAA0BBB,J1/0,365/0", "2025-01-01T00:00Z", 0, 3600 },
	{ "AAA0BBB,M2.5.4/0,J300", "2024-02-29T00:00Z", 0, 3600 },
	{ "AAA0BBB,M2.5.4/0,J300", "2023-02-23T00:00Z", 0, 3600 },
	{ "AAA0BBB,J100/167,J300/-167", "2023-04-16T23:00Z", 0, 3600 },
	{ "AAA0BBB,J100/167,J300/-167", "2023-10-20T00:00Z", 3600, 0 },
	{ "AAA0BBB-1:30:15,J1/-167,J300", "2023-12-25T01:00Z", 0, 5415 },
};

START_TEST(a_rule_turns_the_clock_at_its_instant)
{
	kpi__zone *zone = make_zone(0, NULL, 0, turns[_i].rule);
	const int64_t at = instant(turns[_i].at);

	ck_assert_int_eq(kpi__zone_offset(zone, at - 1), turns[_i].before);
	ck_assert_int_eq(kpi__zone_offset(zone, at), turns[_i].after);
	ck_assert_int_eq(kpi__zone_epoch(zone, at).begin, at);
	ck_assert_int_eq(kpi__zone_epoch(zone, at - 1).until, at);
	kpi__zone_free(zone);
}
END_TEST

static const struct {
	const char *rule;
	int32_t offset;
} still[] = {
	{ "UTC0", 0 },
	{ "<+03>-3", 10800 },
	{ "<-0330>+3:30", -12600 },
	{ "AAA-5:45:30", 20730 },
	{ "<-00>0", 0 },
	/* Summer time all year, as RFC 8536 and RFC 9636 write it. */
	{ "EST5EDT,0/0,J365/25", -14400 },
	{ "XXX3EDT4,0/0,J365/23", -14400 },
	{ "AAA-1AAB-1,M3.5.0,M10.5.0", 3600 },
};

START_TEST(a_rule_without_a_turn_is_one_span)
{
	kpi__zone *zone = make_zone(0, NULL, 0, still[_i].rule);

	for (int64_t year = 1; year < 10000; year += 7) {
		const int64_t at =
		    kpi__day_of((int32_t)year, 1, 1) * KPI__DAY_MS;
		const kpi__epoch e = kpi__zone_epoch(zone, at);

		ck_assert(e.offset == still[_i].offset &&
		    e.begin == INT64_MIN && e.until == INT64_MAX);
	}
	kpi__zone_free(zone);
}
END_TEST

static const char *const no_rules[] = {
	"",
	"UTC",
	"UT0",
	"0",
	"<UTC0",
	"<+3>-3",
	"<+03-3",
	"UTC25",
	"UTC0:60",
	"UTC0:00:60",
	"UTC0:",
	"UTC+-1",
	"UTC0000",
	"CET-1CEST",
	"CET-1CEST-2",
	"CET-1CEST,M3.5.0",
	"CET-1CEST,M3.5.0,",
	"CET-1,M3.5.0,M10.5.0",
	"CET-1CEST,M0.5.0,M10.5.0",
	"CET-1CEST,M13.5.0,M10.5.0",
	"CET-1CEST,M3.0.0,M10.5.0",
	"CET-1CEST,M3.6.0,M10.5.0",
	"CET-1CEST,M3.5.7,M10.5.0",
	"CET-1CEST,M3.5,M10.5.0",
	"CET-1CEST,M3.5.0/,M10.5.0",
	"CET-1CEST,M3.5.0/168,M10.5.0",
	"CET-1CEST,M3.5.0,M10.5.0/3x",
	"CET-1CEST,M3.5.0,M10.5.0/3 ",
	"CET-1CEST,J0,J365",
	"CET-1CEST,J366,J365",
	"CET-1CEST,0,366",
	"CET-1CEST,0,99999999999",
	" UTC0",
};

START_TEST(what_is_no_rule_is_refused)
{
	kpi__rule rule;

	ck_assert_int_eq(
	    kpi__rule_parse(&rule, no_rules[_i], strlen(no_rules[_i])),
	    KPI_EPARSE);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("rule");
	TCase *tc = tcase_create("core");

	tcase_add_loop_test(
	    tc, a_rule_turns_the_clock_at_its_instant, 0, COUNT(turns));
	tcase_add_loop_test(
	    tc, a_rule_without_a_turn_is_one_span, 0, COUNT(still));
	tcase_add_loop_test(tc, what_is_no_rule_is_refused, 0, COUNT(no_rules));
	suite_add_tcase(s, tc);
	return s;
}
