/* SPDX-License-Identifier: MIT */
/* The table's lines of how work went: what came back, was passed up, answered
 * in time; who left it, and what it cost. */
#include "metric/table.h"

#include "metric/term.h"

#define READS(...) ((const uint8_t[]){ __VA_ARGS__, KPI__PARAMETERS })

#define VISITS (1 << KPI__INTERACTION | 1 << KPI__VISIT)
#define LEGS   (1 << KPI__INTERACTION | 1 << KPI__LEG)
#define CASES  (1 << KPI__INTERACTION | 1 << KPI__CASE)

/* As in metric/table.c. */
/* clang-format off */
const kpi__metric kpi__work_metrics[] = {
	{
		.number = 80,
		.name = "reopen_rate",
		.declare = kpi__declare_reopen_rate, .better = -1,
		.figure = "share", .unit = "share", .merge = "any",
		.sentence = "The share of what was resolved that was opened "
		    "again.",
		.formula = "reopened within W of the first resolution / ever "
		    "resolved",
		.reads = READS(KPI__ANCHOR, KPI__ARRIVALS, KPI__AS_OF,
		    KPI__BOUNDS_BY, KPI__COMPARE_ADJUST, KPI__CONFIDENCE,
		    KPI__CREDIT, KPI__DIRECTIONS, KPI__REOPEN_DENOMINATOR,
		    KPI__REOPEN_WINDOW, KPI__TARGET_CEILING, KPI__TARGET_GOAL,
		    KPI__VERDICT_BY),
	},
	{
		.number = 81,
		.name = "escalation_rate",
		.declare = kpi__declare_escalation_rate, .better = -1,
		.units = VISITS | LEGS,
		.figure = "share", .unit = "share", .merge = "any",
		.sentence = "The share of answered ones that was passed on to "
		    "a higher tier.",
		.formula = "answered with a transfer to a higher tier / "
		    "answered",
		.reads = READS(KPI__ANCHOR, KPI__ARRIVALS, KPI__BOUNDS_BY,
		    KPI__COMPARE_ADJUST, KPI__CONFIDENCE, KPI__DIRECTIONS,
		    KPI__TARGET_CEILING, KPI__TARGET_GOAL, KPI__TRANSFER_COUNT,
		    KPI__TRANSFER_DENOMINATOR, KPI__TRANSFER_KINDS, KPI__UNIT,
		    KPI__VERDICT_BY),
	},
	{
		.number = 82,
		.name = "quality_score",
		.declare = kpi__declare_quality_score, .better = 1,
		.figure = "mean", .unit = "share", .merge = "any",
		.sentence = "The mean mark that reviewers gave.",
		.formula = "sum of marks / reviewed",
		.reads = READS(KPI__ANCHOR, KPI__ARRIVALS, KPI__BOUNDS_BY,
		    KPI__COMPARE_ADJUST, KPI__CONFIDENCE, KPI__CREDIT,
		    KPI__DIRECTIONS, KPI__TARGET_CEILING, KPI__TARGET_GOAL,
		    KPI__VERDICT_BY),
	},
	{
		.number = 83,
		.name = "self_service_rate",
		.declare = kpi__declare_self_service_rate, .better = 1,
		.figure = "share", .unit = "share",
		.merge = "any, or customer if with a window",
		.sentence = "The share of those in the menu, bot or portal "
		    "who were served there.",
		.formula = "self-served / entered the menu, bot or portal",
		.reads = READS(KPI__ANCHOR, KPI__ARRIVALS, KPI__AS_OF,
		    KPI__BOUNDS_BY, KPI__COMPARE_ADJUST, KPI__CONFIDENCE,
		    KPI__CREDIT, KPI__DIRECTIONS, KPI__SELF_SERVICE_MIN,
		    KPI__SELF_SERVICE_NUMERATOR, KPI__SELF_SERVICE_WINDOW,
		    KPI__TARGET_CEILING, KPI__TARGET_GOAL, KPI__VERDICT_BY),
	},
	{
		.number = 84,
		.name = "first_response_time",
		.declare = kpi__declare_first_response_time, .better = -1,
		.figure = "mean", .unit = "ms", .merge = "any",
		.sentence = "How long it took until a human replied, on "
		    "average.",
		.formula = "(first reply - start) / replied to",
		.reads = READS(KPI__ANCHOR, KPI__ARRIVALS, KPI__AS_OF,
		    KPI__BOUNDS_BY, KPI__BUSINESS_HOURS, KPI__COMPARE_ADJUST,
		    KPI__CONFIDENCE, KPI__CREDIT, KPI__DIRECTIONS,
		    KPI__TARGET_CEILING, KPI__TARGET_GOAL, KPI__VERDICT_BY),
	},
	{
		.number = 85,
		.name = "resolution_time",
		.declare = kpi__declare_resolution_time, .better = -1,
		.figure = "mean", .unit = "ms", .merge = "any",
		.sentence = "How long it took until it was resolved, on "
		    "average.",
		.formula = "(resolution - start) / resolved",
		.reads = READS(KPI__ANCHOR, KPI__ARRIVALS, KPI__AS_OF,
		    KPI__BOUNDS_BY, KPI__BUSINESS_HOURS, KPI__COMPARE_ADJUST,
		    KPI__CONFIDENCE, KPI__CREDIT, KPI__DIRECTIONS,
		    KPI__RESOLUTION_STATE, KPI__TARGET_CEILING,
		    KPI__TARGET_GOAL, KPI__VERDICT_BY),
	},
	{
		.number = 86,
		.name = "first_response_within",
		.declare = kpi__declare_first_response_within, .better = 1,
		.figure = "share", .unit = "share", .merge = "any",
		.sentence = "The share of what arrived to which a human "
		    "replied in time.",
		.formula = "replied to within D / received",
		.reads = READS(KPI__ANCHOR, KPI__ARRIVALS, KPI__AS_OF,
		    KPI__BOUNDS_BY, KPI__BUSINESS_HOURS, KPI__COMPARE_ADJUST,
		    KPI__CONFIDENCE, KPI__CREDIT, KPI__DIRECTIONS,
		    KPI__FIRST_RESPONSE_THRESHOLD, KPI__TARGET_CEILING,
		    KPI__TARGET_GOAL, KPI__VERDICT_BY),
	},
	{
		.number = 87,
		.name = "resolved_within",
		.declare = kpi__declare_resolution_rate, .better = 1,
		.units = CASES,
		.figure = "share", .unit = "share", .merge = "any",
		.sentence = "The share of what arrived that was resolved in "
		    "time.",
		.formula = "resolved within D / received",
		.initials = kpi__whole_initials,
		.reads = READS(KPI__ANCHOR, KPI__ARRIVALS, KPI__AS_OF,
		    KPI__BOUNDS_BY, KPI__BUSINESS_HOURS, KPI__COMPARE_ADJUST,
		    KPI__CONFIDENCE, KPI__CREDIT, KPI__DIRECTIONS,
		    KPI__RESOLUTION_STATE, KPI__RESOLUTION_WITHIN,
		    KPI__TARGET_CEILING, KPI__TARGET_GOAL, KPI__UNIT,
		    KPI__VERDICT_BY),
	},
	{
		.number = 88,
		.name = "average_idle_time",
		.declare = kpi__declare_average_idle_time, .better = -1,
		.figure = "ratio", .unit = "ms", .merge = "agent",
		.sentence = "How long agents were ready for each contact, on "
		    "average.",
		.formula = "ready time without contact / legs handled",
		.reads = READS(KPI__AS_OF, KPI__BOUNDS_BY,
		    KPI__COMPARE_ADJUST, KPI__CONFIDENCE, KPI__CONTACT_PARTS,
		    KPI__DIRECTIONS, KPI__KNOWN_FROM, KPI__TARGET_CEILING,
		    KPI__TARGET_GOAL, KPI__VERDICT_BY),
	},
	{
		.number = 89,
		.name = "turnover",
		.declare = kpi__declare_turnover, .better = -1,
		.figure = "rate", .unit = "share", .merge = "once",
		.sentence = "The share of agents that leaves in a year.",
		.formula = "leavers / mean headcount, a year",
		.reads = READS(KPI__AS_OF, KPI__KNOWN_FROM,
		    KPI__TURNOVER_ANNUAL, KPI__TURNOVER_DENOMINATOR),
	},
	{
		.number = 90,
		.name = "cost_per_contact",
		.declare = kpi__declare_cost_per_contact, .better = -1,
		.figure = "ratio", .unit = "money", .merge = "once",
		.sentence = "What an answered interaction costs.",
		.formula = "(own cost of interactions + expenses) / answered",
		.reads = READS(KPI__ANCHOR, KPI__ARRIVALS, KPI__AS_OF,
		    KPI__BOUNDS_BY, KPI__COMPARE_ADJUST, KPI__CONFIDENCE,
		    KPI__COST_ALLOCATION, KPI__COST_DENOMINATOR,
		    KPI__COST_SOURCES, KPI__CREDIT, KPI__DIRECTIONS,
		    KPI__TARGET_CEILING, KPI__TARGET_GOAL, KPI__VERDICT_BY),
	},
};
/* clang-format on */

const size_t kpi__work_metric_count =
    sizeof(kpi__work_metrics) / sizeof(*kpi__work_metrics);
