/* SPDX-License-Identifier: MIT */
/* The table's lines of quantiles: each time by the names of the quantiles that
 * are asked for most, and by any. */
#include "metric/table.h"

#include "metric/term.h"

#define VISITS    (1 << KPI__INTERACTION | 1 << KPI__VISIT)
#define LEGS      (1 << KPI__INTERACTION | 1 << KPI__LEG)
#define NO_UNIT   0
#define BY_VISIT  KPI__VISIT
#define BY_GROUPS KPI__AUTOMATIC

/* In millionths; that of a metric which may be asked for any is its default. */
#define P50 500000
#define P75 750000
#define P90 900000
#define P95 950000
#define P99 990000

#define LIST(...) __VA_ARGS__

/* clang-format off */
#define LINE(NUMBER, NAME, SHARE, RANK, MILLIONTHS, OWN, DECLARE, WHAT, \
    UNITS, UNIT, BEFORE, AFTER) \
	{ \
		.number = NUMBER, .name = NAME, \
		.declare = kpi__declare_##DECLARE, .better = -1, \
		.units = UNITS, \
		.figure = "quantile", .unit = "ms", \
		.merge = "none, or any if from values", \
		.sentence = "What " SHARE " of the " WHAT " do not exceed.", \
		.formula = "the " RANK "-th smallest of n " WHAT, \
		.initials = (const kpi__initial[]){ \
			{ KPI__QUANTILE_OF, MILLIONTHS }, \
			{ KPI__UNIT, UNIT }, \
			{ KPI__PARAMETERS, 0 } }, \
		.reads = (const uint8_t[]){ LIST BEFORE, \
			LIST OWN KPI__QUANTILE_FROM, KPI__QUANTILE_RULE, \
			LIST AFTER KPI__PARAMETERS } \
	}
#define NAMED(NUMBER, time, PER_CENT, ...) \
	LINE(NUMBER, time "_p" #PER_CENT, #PER_CENT " %", \
	    "ceil(0." #PER_CENT " n)", P##PER_CENT, (), __VA_ARGS__)

/*
 * build-aux/update.sh reads the lines of QUANTILES: the first of six numbers
 * and the name stand in the first one, and the parameters that are read before
 * and after those of quantiles are named one by one.
 */
#define QUANTILES(FIRST, time, ...) \
	NAMED((FIRST), time, 50, __VA_ARGS__), \
	NAMED((FIRST) + 1, time, 75, __VA_ARGS__), \
	NAMED((FIRST) + 2, time, 90, __VA_ARGS__), \
	NAMED((FIRST) + 3, time, 95, __VA_ARGS__), \
	NAMED((FIRST) + 4, time, 99, __VA_ARGS__), \
	LINE((FIRST) + 5, time "_quantile", "a given share", \
	    "ceil(quantile n)", P50, (KPI__QUANTILE_OF,), __VA_ARGS__)

const kpi__metric kpi__quantile_metrics[] = {
	QUANTILES(32, "wait", wait_quantile,
	    "waits of answered and abandoned after more than S", VISITS,
	    BY_VISIT,
	    (KPI__ANCHOR, KPI__ARRIVALS, KPI__AS_OF, KPI__AVERAGE_WAIT_OUTCOMES,
		KPI__BOUNDS_BY, KPI__CONFIDENCE, KPI__CREDIT, KPI__DIRECTIONS),
	    (KPI__SERVICE_LEVEL_THRESHOLD, KPI__SHORT_ABANDON_THRESHOLD,
		KPI__SHORT_ANSWER_THRESHOLD, KPI__UNIT, KPI__WAIT_MIN,
		KPI__WAIT_PARTS,)),
	QUANTILES(38, "speed_of_answer", speed_of_answer_quantile,
	    "waits of answered", VISITS, BY_VISIT,
	    (KPI__ANCHOR, KPI__ARRIVALS, KPI__BOUNDS_BY, KPI__CONFIDENCE,
		KPI__CREDIT, KPI__DIRECTIONS),
	    (KPI__UNIT, KPI__WAIT_MIN, KPI__WAIT_PARTS,)),
	QUANTILES(44, "handle_time", handle_time_quantile,
	    "handle times of answered with an end", LEGS, BY_GROUPS,
	    (KPI__ANCHOR, KPI__ARRIVALS, KPI__BOUNDS_BY, KPI__CONFIDENCE,
		KPI__CREDIT, KPI__DIRECTIONS, KPI__HANDLE_PARTS,
		KPI__PART_DENOMINATOR),
	    (KPI__UNIT,)),
	QUANTILES(50, "talk_time", talk_time_quantile,
	    "talk times of answered with an end", LEGS, BY_GROUPS,
	    (KPI__ANCHOR, KPI__ARRIVALS, KPI__BOUNDS_BY, KPI__CONFIDENCE,
		KPI__CREDIT, KPI__DIRECTIONS, KPI__PART_DENOMINATOR),
	    (KPI__UNIT,)),
	QUANTILES(56, "hold_time", hold_time_quantile,
	    "hold times of answered with an end", LEGS, BY_GROUPS,
	    (KPI__ANCHOR, KPI__ARRIVALS, KPI__BOUNDS_BY, KPI__CONFIDENCE,
		KPI__CREDIT, KPI__DIRECTIONS, KPI__PART_DENOMINATOR),
	    (KPI__UNIT,)),
	QUANTILES(62, "after_call_time",
	    after_call_time_quantile,
	    "after-call times of answered with an end", LEGS, BY_GROUPS,
	    (KPI__ANCHOR, KPI__ARRIVALS, KPI__BOUNDS_BY, KPI__CONFIDENCE,
		KPI__CREDIT, KPI__DIRECTIONS, KPI__PART_DENOMINATOR),
	    (KPI__UNIT,)),
	QUANTILES(68, "first_response_time",
	    first_response_time_quantile, "times to the first reply",
	    NO_UNIT, BY_GROUPS,
	    (KPI__ANCHOR, KPI__ARRIVALS, KPI__AS_OF, KPI__BOUNDS_BY,
		KPI__BUSINESS_HOURS, KPI__CONFIDENCE, KPI__CREDIT,
		KPI__DIRECTIONS),
	    ()),
	QUANTILES(74, "resolution_time",
	    resolution_time_quantile, "times to the resolution", NO_UNIT,
	    BY_GROUPS,
	    (KPI__ANCHOR, KPI__ARRIVALS, KPI__AS_OF, KPI__BOUNDS_BY,
		KPI__BUSINESS_HOURS, KPI__CONFIDENCE, KPI__CREDIT,
		KPI__DIRECTIONS),
	    (KPI__RESOLUTION_STATE,)),
};
/* clang-format on */

const size_t kpi__quantile_metric_count =
    sizeof(kpi__quantile_metrics) / sizeof(*kpi__quantile_metrics);
