/* SPDX-License-Identifier: MIT */
#include "metric/table.h"

#include "metric/term.h"

#define READS(...) ((const uint8_t[]){ __VA_ARGS__, KPI__PARAMETERS })

#define VISITS (1 << KPI__INTERACTION | 1 << KPI__VISIT)
#define LEGS   (1 << KPI__INTERACTION | 1 << KPI__LEG)
#define CASES  (1 << KPI__INTERACTION | 1 << KPI__CASE)

static const kpi__initial visit_initials[] = {
	{ KPI__UNIT, KPI__VISIT },
	{ KPI__PARAMETERS, 0 },
};

static const kpi__initial whole_initials[] = {
	{ KPI__UNIT, KPI__INTERACTION },
	{ KPI__PARAMETERS, 0 },
};

static const kpi__initial answered_initials[] = {
	{ KPI__REPEAT_COUNTED_OUTCOMES, KPI__OUTCOME_BIT(ANSWERED) },
	{ KPI__REPEAT_EARLIER_OUTCOMES, KPI__OUTCOME_BIT(ANSWERED) },
	{ KPI__PARAMETERS, 0 },
};

/*
 * build-aux/update.sh reads these lines: numbers ascend, names stand in
 * quotes on lines of their own, parameters are named one by one.
 */
/* clang-format off */
static const kpi__metric metrics[] = {
	{
		.number = KPI_METRIC_CONTACTS,
		.name = "contacts",
		.declare = kpi__declare_contacts,
		.figure = "count", .unit = "count", .merge = "any",
		.sentence = "How many interactions there are.",
		.formula = "interactions of the classes",
		.reads = READS(KPI__ANCHOR, KPI__AS_OF, KPI__CONTACTS_CLASSES,
		    KPI__CREDIT, KPI__DIRECTIONS, KPI__SERVICE_LEVEL_THRESHOLD,
		    KPI__SHORT_ABANDON_THRESHOLD, KPI__SHORT_ANSWER_THRESHOLD,
		    KPI__WAIT_PARTS),
	},
	{
		.number = KPI_METRIC_VISITS,
		.name = "visits",
		.declare = kpi__declare_visits,
		.figure = "count", .unit = "count", .merge = "any",
		.sentence = "How many visits to queues there are.",
		.formula = "visits",
		.reads = READS(KPI__ANCHOR, KPI__DIRECTIONS),
	},
	{
		.number = KPI_METRIC_CUSTOMERS,
		.name = "customers",
		.declare = kpi__declare_customers,
		.figure = "count", .unit = "count", .merge = "customer",
		.sentence = "How many different known customers there are.",
		.formula = "distinct customers",
		.reads = READS(KPI__ANCHOR, KPI__CREDIT, KPI__DIRECTIONS),
	},
	{
		.number = KPI_METRIC_SERVICE_LEVEL,
		.name = "service_level",
		.declare = kpi__declare_service_level,
		.better = 1,
		.units = VISITS,
		.figure = "share", .unit = "share", .merge = "any",
		.sentence = "The share that was answered within the threshold.",
		.formula =
		    "answered within T / (answered + abandoned after more "
		    "than S)",
		.initials = visit_initials,
		.reads = READS(KPI__ANCHOR, KPI__AS_OF, KPI__BOUNDS_BY,
		    KPI__CONFIDENCE, KPI__CREDIT, KPI__DIRECTIONS,
		    KPI__SERVICE_LEVEL_DENOMINATOR,
		    KPI__SERVICE_LEVEL_NUMERATOR, KPI__SERVICE_LEVEL_THRESHOLD,
		    KPI__SHORT_ABANDON_THRESHOLD, KPI__SHORT_ANSWER_THRESHOLD,
		    KPI__UNIT, KPI__WAIT_MIN, KPI__WAIT_PARTS),
	},
	{
		.number = KPI_METRIC_ABANDONMENT_RATE,
		.name = "abandonment_rate",
		.declare = kpi__declare_abandonment_rate,
		.better = -1,
		.units = VISITS,
		.figure = "share", .unit = "share", .merge = "any",
		.sentence = "The share that left while waiting.",
		.formula =
		    "abandoned after more than S / (answered + abandoned "
		    "after more than S)",
		.initials = visit_initials,
		.reads = READS(KPI__ABANDONMENT_DENOMINATOR,
		    KPI__ABANDONMENT_NUMERATOR, KPI__ANCHOR, KPI__AS_OF,
		    KPI__BOUNDS_BY, KPI__CONFIDENCE, KPI__CREDIT,
		    KPI__DIRECTIONS, KPI__SERVICE_LEVEL_THRESHOLD,
		    KPI__SHORT_ABANDON_THRESHOLD, KPI__SHORT_ANSWER_THRESHOLD,
		    KPI__UNIT, KPI__WAIT_MIN, KPI__WAIT_PARTS),
	},
	{
		.number = KPI_METRIC_ANSWER_RATE,
		.name = "answer_rate",
		.declare = kpi__declare_answer_rate,
		.better = 1,
		.units = VISITS,
		.figure = "share", .unit = "share", .merge = "any",
		.sentence = "The share that did not leave while waiting.",
		.formula = "1 - abandonment_rate",
		.initials = visit_initials,
		.reads = READS(KPI__ABANDONMENT_DENOMINATOR,
		    KPI__ABANDONMENT_NUMERATOR, KPI__ANCHOR, KPI__AS_OF,
		    KPI__BOUNDS_BY, KPI__CONFIDENCE, KPI__CREDIT,
		    KPI__DIRECTIONS, KPI__SERVICE_LEVEL_THRESHOLD,
		    KPI__SHORT_ABANDON_THRESHOLD, KPI__SHORT_ANSWER_THRESHOLD,
		    KPI__UNIT, KPI__WAIT_MIN, KPI__WAIT_PARTS),
	},
	{
		.number = KPI_METRIC_AVERAGE_SPEED_OF_ANSWER,
		.name = "average_speed_of_answer",
		.declare = kpi__declare_speed_of_answer,
		.better = -1,
		.units = VISITS,
		.figure = "mean", .unit = "ms", .merge = "any",
		.sentence = "How long the answered ones waited, on average.",
		.formula = "wait of answered / answered",
		.initials = visit_initials,
		.reads = READS(KPI__ANCHOR, KPI__BOUNDS_BY, KPI__CONFIDENCE,
		    KPI__CREDIT, KPI__DIRECTIONS, KPI__UNIT, KPI__WAIT_MIN,
		    KPI__WAIT_PARTS),
	},
	{
		.number = KPI_METRIC_AVERAGE_HANDLE_TIME,
		.name = "average_handle_time",
		.declare = kpi__declare_handle_time,
		.better = -1,
		.units = LEGS,
		.figure = "mean", .unit = "ms", .merge = "any",
		.sentence =
		    "How long agents worked on an answered one, on average.",
		.formula =
		    "(talk + hold + after-call work) / answered with an end",
		.reads = READS(KPI__ANCHOR, KPI__BOUNDS_BY, KPI__CONFIDENCE,
		    KPI__CREDIT, KPI__DIRECTIONS, KPI__HANDLE_PARTS,
		    KPI__PART_DENOMINATOR, KPI__UNIT),
	},
	{
		.number = KPI_METRIC_RESOLUTION_RATE,
		.name = "resolution_rate",
		.declare = kpi__declare_resolution_rate,
		.better = 1,
		.units = CASES,
		.figure = "share", .unit = "share", .merge = "any",
		.sentence = "The share of what was received that is resolved.",
		.formula = "resolved / received",
		.initials = whole_initials,
		.reads = READS(KPI__ANCHOR, KPI__AS_OF, KPI__BOUNDS_BY,
		    KPI__CONFIDENCE, KPI__CREDIT, KPI__DIRECTIONS,
		    KPI__RESOLUTION_POPULATION, KPI__RESOLUTION_STATE,
		    KPI__RESOLUTION_UNKNOWN, KPI__RESOLUTION_WITHIN, KPI__UNIT),
	},
	{
		.number = KPI_METRIC_FIRST_CONTACT_RESOLUTION,
		.name = "first_contact_resolution",
		.declare = kpi__declare_first_contact,
		.better = 1,
		.figure = "share", .unit = "share", .merge = "customer",
		.sentence =
		    "The share of issues that their first answered contact "
		    "resolved.",
		.formula = "issues without a later attempt within W / issues",
		.initials = answered_initials,
		.reads = READS(KPI__ANCHOR, KPI__AS_OF, KPI__BOUNDS_BY,
		    KPI__CONFIDENCE, KPI__CREDIT, KPI__DIRECTIONS,
		    KPI__FCR_DENOMINATOR, KPI__FCR_MAX_REPLIES,
		    KPI__FCR_METHOD, KPI__FCR_MIN_REPLIES, KPI__FCR_NET,
		    KPI__FCR_REQUIRES, KPI__FCR_UNIT, KPI__KNOWN_FROM,
		    KPI__REPEAT_COUNTED_OUTCOMES, KPI__REPEAT_CREDIT,
		    KPI__REPEAT_DIRECTIONS, KPI__REPEAT_EARLIER_OUTCOMES,
		    KPI__REPEAT_EDGE, KPI__REPEAT_FROM, KPI__REPEAT_GAP,
		    KPI__REPEAT_LATER_OUTCOMES, KPI__REPEAT_LINK,
		    KPI__REPEAT_SAME, KPI__REPEAT_UNKNOWN_CUSTOMER,
		    KPI__REPEAT_WINDOW),
	},
	{
		.number = KPI_METRIC_REPEAT_RATE,
		.name = "repeat_rate",
		.declare = kpi__declare_repeat_rate,
		.better = -1,
		.figure = "share", .unit = "share", .merge = "customer",
		.sentence =
		    "The share of contacts whose customer was there shortly "
		    "before.",
		.formula =
		    "contacts with an earlier one within W / contacts of "
		    "known customers",
		.reads = READS(KPI__ANCHOR, KPI__AS_OF, KPI__BOUNDS_BY,
		    KPI__CONFIDENCE, KPI__CREDIT, KPI__DIRECTIONS,
		    KPI__KNOWN_FROM, KPI__REPEAT_COUNTED_OUTCOMES,
		    KPI__REPEAT_CREDIT, KPI__REPEAT_DIRECTIONS,
		    KPI__REPEAT_EARLIER_OUTCOMES, KPI__REPEAT_EDGE,
		    KPI__REPEAT_FROM, KPI__REPEAT_GAP,
		    KPI__REPEAT_LATER_OUTCOMES, KPI__REPEAT_LINK,
		    KPI__REPEAT_SAME, KPI__REPEAT_UNKNOWN_CUSTOMER,
		    KPI__REPEAT_WINDOW),
	},
	{
		.number = KPI_METRIC_CONTACTS_PER_ISSUE,
		.name = "contacts_per_issue",
		.declare = kpi__declare_contacts_per_issue,
		.better = -1,
		.figure = "ratio", .unit = "ratio", .merge = "customer",
		.sentence = "How many contacts an issue takes.",
		.formula =
		    "contacts / contacts without an earlier one within W",
		.reads = READS(KPI__ANCHOR, KPI__AS_OF, KPI__CREDIT,
		    KPI__DIRECTIONS, KPI__KNOWN_FROM,
		    KPI__REPEAT_COUNTED_OUTCOMES, KPI__REPEAT_CREDIT,
		    KPI__REPEAT_DIRECTIONS, KPI__REPEAT_EARLIER_OUTCOMES,
		    KPI__REPEAT_EDGE, KPI__REPEAT_FROM, KPI__REPEAT_GAP,
		    KPI__REPEAT_LATER_OUTCOMES, KPI__REPEAT_LINK,
		    KPI__REPEAT_SAME, KPI__REPEAT_UNKNOWN_CUSTOMER,
		    KPI__REPEAT_WINDOW),
	},
	{
		.number = KPI_METRIC_CSAT,
		.name = "csat",
		.declare = kpi__declare_csat,
		.better = 1,
		.figure = "share", .unit = "share", .merge = "any",
		.sentence = "The share of survey answers that are satisfied.",
		.formula =
		    "answers at or above the lowest satisfied mark / answers",
		.reads = READS(KPI__ANCHOR, KPI__AS_OF, KPI__BOUNDS_BY,
		    KPI__CONFIDENCE, KPI__CREDIT, KPI__CSAT_BOTTOM,
		    KPI__CSAT_PER, KPI__CSAT_SCALE, KPI__CSAT_SCALE_FROM,
		    KPI__CSAT_SCORE, KPI__CSAT_TOP, KPI__DIRECTIONS,
		    KPI__SURVEY_ANCHOR, KPI__SURVEY_WINDOW),
	},
	{
		.number = KPI_METRIC_CSAT_MEAN,
		.name = "csat_mean",
		.declare = kpi__declare_csat_mean,
		.better = 1,
		.figure = "mean", .unit = "mark", .merge = "any",
		.sentence = "The mean mark of satisfaction.",
		.formula = "sum of marks / answers",
		.reads = READS(KPI__ANCHOR, KPI__AS_OF, KPI__BOUNDS_BY,
		    KPI__CONFIDENCE, KPI__CREDIT, KPI__CSAT_PER,
		    KPI__CSAT_SCALE, KPI__CSAT_SCALE_FROM, KPI__DIRECTIONS,
		    KPI__SURVEY_ANCHOR, KPI__SURVEY_WINDOW),
	},
	{
		.number = KPI_METRIC_NPS,
		.name = "nps",
		.declare = kpi__declare_nps,
		.better = 1,
		.figure = "balance", .unit = "points", .merge = "any",
		.sentence = "Promoters less detractors.",
		.formula =
		    "100 x (answers of 9 to 10 - answers of 0 to 6) / "
		    "answers",
		.reads = READS(KPI__ANCHOR, KPI__AS_OF, KPI__BOUNDS_BY,
		    KPI__CONFIDENCE, KPI__CREDIT, KPI__DIRECTIONS, KPI__NPS_PER,
		    KPI__SURVEY_ANCHOR, KPI__SURVEY_WINDOW),
	},
	{
		.number = KPI_METRIC_AVERAGE_WAIT,
		.name = "average_wait",
		.declare = kpi__declare_average_wait,
		.better = -1,
		.units = VISITS,
		.figure = "mean", .unit = "ms", .merge = "any",
		.sentence =
		    "How long those waited who were answered or left, on "
		    "average.",
		.formula =
		    "wait of answered and abandoned after more than S / "
		    "these",
		.initials = visit_initials,
		.reads = READS(KPI__ANCHOR, KPI__AS_OF,
		    KPI__AVERAGE_WAIT_OUTCOMES, KPI__BOUNDS_BY,
		    KPI__CONFIDENCE, KPI__CREDIT, KPI__DIRECTIONS,
		    KPI__SERVICE_LEVEL_THRESHOLD, KPI__SHORT_ABANDON_THRESHOLD,
		    KPI__SHORT_ANSWER_THRESHOLD, KPI__UNIT, KPI__WAIT_MIN,
		    KPI__WAIT_PARTS),
	},
	{
		.number = KPI_METRIC_LONGEST_WAIT,
		.name = "longest_wait",
		.declare = kpi__declare_longest_wait,
		.better = -1,
		.units = VISITS,
		.figure = "greatest", .unit = "ms", .merge = "any",
		.sentence =
		    "The longest wait of all that queued, waiting ones "
		    "included.",
		.formula = "greatest wait of all that queued",
		.initials = visit_initials,
		.reads = READS(KPI__ANCHOR, KPI__AS_OF, KPI__CREDIT,
		    KPI__DIRECTIONS, KPI__LONGEST_WAIT_OUTCOMES,
		    KPI__SERVICE_LEVEL_THRESHOLD, KPI__SHORT_ABANDON_THRESHOLD,
		    KPI__SHORT_ANSWER_THRESHOLD, KPI__UNIT, KPI__WAIT_MIN,
		    KPI__WAIT_PARTS),
	},
	{
		.number = KPI_METRIC_AVERAGE_TALK_TIME,
		.name = "average_talk_time",
		.declare = kpi__declare_talk_time,
		.better = -1,
		.units = LEGS,
		.figure = "mean", .unit = "ms", .merge = "any",
		.sentence =
		    "How long agents and customers spoke with each other, on "
		    "average.",
		.formula = "talk / answered with an end",
		.reads = READS(KPI__ANCHOR, KPI__BOUNDS_BY, KPI__CONFIDENCE,
		    KPI__CREDIT, KPI__DIRECTIONS, KPI__PART_DENOMINATOR,
		    KPI__UNIT),
	},
	{
		.number = KPI_METRIC_AVERAGE_HOLD_TIME,
		.name = "average_hold_time",
		.declare = kpi__declare_hold_time,
		.better = -1,
		.units = LEGS,
		.figure = "mean", .unit = "ms", .merge = "any",
		.sentence = "How long an answered one was on hold, on average.",
		.formula = "hold / answered with an end",
		.reads = READS(KPI__ANCHOR, KPI__BOUNDS_BY, KPI__CONFIDENCE,
		    KPI__CREDIT, KPI__DIRECTIONS, KPI__PART_DENOMINATOR,
		    KPI__UNIT),
	},
	{
		.number = KPI_METRIC_AVERAGE_AFTER_CALL_TIME,
		.name = "average_after_call_time",
		.declare = kpi__declare_after_call_time,
		.better = -1,
		.units = LEGS,
		.figure = "mean", .unit = "ms", .merge = "any",
		.sentence =
		    "How long an answered one was worked on afterwards, on "
		    "average.",
		.formula = "after-call work / answered with an end",
		.reads = READS(KPI__ANCHOR, KPI__BOUNDS_BY, KPI__CONFIDENCE,
		    KPI__CREDIT, KPI__DIRECTIONS, KPI__PART_DENOMINATOR,
		    KPI__UNIT),
	},
	{
		.number = KPI_METRIC_TRANSFER_RATE,
		.name = "transfer_rate",
		.declare = kpi__declare_transfer_rate,
		.better = -1,
		.units = VISITS | LEGS,
		.figure = "share", .unit = "share", .merge = "any",
		.sentence = "The share of answered ones that was passed on.",
		.formula = "answered with a transfer / answered",
		.reads = READS(KPI__ANCHOR, KPI__BOUNDS_BY, KPI__CONFIDENCE,
		    KPI__DIRECTIONS, KPI__TRANSFER_COUNT,
		    KPI__TRANSFER_DENOMINATOR, KPI__TRANSFER_KINDS, KPI__UNIT),
	},
	{
		.number = KPI_METRIC_REPEAT_CUSTOMER_RATE,
		.name = "repeat_customer_rate",
		.declare = kpi__declare_repeat_customer_rate,
		.better = -1,
		.figure = "share", .unit = "share", .merge = "customer",
		.sentence =
		    "The share of customers who came again shortly after.",
		.formula =
		    "customers with a contact that has an earlier one within "
		    "W / known customers",
		.reads = READS(KPI__ANCHOR, KPI__AS_OF, KPI__BOUNDS_BY,
		    KPI__CONFIDENCE, KPI__CREDIT, KPI__DIRECTIONS,
		    KPI__KNOWN_FROM, KPI__REPEAT_COUNTED_OUTCOMES,
		    KPI__REPEAT_CREDIT, KPI__REPEAT_DIRECTIONS,
		    KPI__REPEAT_EARLIER_OUTCOMES, KPI__REPEAT_EDGE,
		    KPI__REPEAT_FROM, KPI__REPEAT_GAP,
		    KPI__REPEAT_LATER_OUTCOMES, KPI__REPEAT_LINK,
		    KPI__REPEAT_SAME, KPI__REPEAT_UNKNOWN_CUSTOMER,
		    KPI__REPEAT_WINDOW),
	},
	{
		.number = KPI_METRIC_DSAT,
		.name = "dsat",
		.declare = kpi__declare_dsat,
		.better = -1,
		.figure = "share", .unit = "share", .merge = "any",
		.sentence = "The share of survey answers that are dissatisfied.",
		.formula =
		    "answers at or below the highest dissatisfied mark / "
		    "answers",
		.reads = READS(KPI__ANCHOR, KPI__AS_OF, KPI__BOUNDS_BY,
		    KPI__CONFIDENCE, KPI__CREDIT, KPI__CSAT_BOTTOM,
		    KPI__CSAT_PER, KPI__CSAT_SCALE, KPI__CSAT_SCALE_FROM,
		    KPI__DIRECTIONS, KPI__SURVEY_ANCHOR, KPI__SURVEY_WINDOW),
	},
	{
		.number = KPI_METRIC_CES,
		.name = "ces",
		.declare = kpi__declare_ces,
		.better = 1,
		.figure = "mean", .unit = "mark", .merge = "any",
		.sentence = "How easy customers found it.",
		.formula =
		    "sum of marks / answers; or easy answers / answers; or "
		    "100 x (easy - difficult answers) / answers",
		.reads = READS(KPI__ANCHOR, KPI__AS_OF, KPI__BOUNDS_BY,
		    KPI__CES_BOTTOM, KPI__CES_SCORE, KPI__CES_TOP,
		    KPI__CES_VERSION, KPI__CONFIDENCE, KPI__CREDIT,
		    KPI__DIRECTIONS, KPI__SURVEY_ANCHOR, KPI__SURVEY_WINDOW),
	},
	{
		.number = KPI_METRIC_SURVEY_RESPONSE_RATE,
		.name = "survey_response_rate",
		.declare = kpi__declare_survey_response_rate,
		.better = 1,
		.figure = "share", .unit = "share", .merge = "any",
		.sentence = "The share of surveys offered that was answered.",
		.formula = "answered surveys / offered surveys",
		.reads = READS(KPI__ANCHOR, KPI__AS_OF, KPI__BOUNDS_BY,
		    KPI__CONFIDENCE, KPI__CREDIT, KPI__DIRECTIONS,
		    KPI__SURVEY_ANCHOR, KPI__SURVEY_WINDOW),
	},
	{
		.number = KPI_METRIC_OCCUPANCY,
		.name = "occupancy",
		.declare = kpi__declare_occupancy,
		.figure = "ratio", .unit = "share", .merge = "agent",
		.sentence =
		    "The share of agents' time for contacts that was spent "
		    "on them.",
		.formula = "on contact / (on contact + ready)",
		.reads = READS(KPI__AS_OF, KPI__CONTACT_PARTS, KPI__DIRECTIONS,
		    KPI__KNOWN_FROM, KPI__OCCUPANCY_DENOMINATOR,
		    KPI__OCCUPANCY_NUMERATOR, KPI__OVERLAP),
	},
	{
		.number = KPI_METRIC_UTILISATION,
		.name = "utilisation",
		.declare = kpi__declare_utilisation,
		.figure = "ratio", .unit = "share", .merge = "agent",
		.sentence =
		    "The share of agents' logged-in time that was spent on "
		    "contacts.",
		.formula = "on contact / logged in",
		.reads = READS(KPI__AS_OF, KPI__CONTACT_PARTS, KPI__DIRECTIONS,
		    KPI__KNOWN_FROM, KPI__OVERLAP,
		    KPI__UTILISATION_DENOMINATOR, KPI__UTILISATION_NUMERATOR),
	},
	{
		.number = KPI_METRIC_CONTACTS_PER_AGENT,
		.name = "contacts_per_agent",
		.declare = kpi__declare_contacts_per_agent,
		.figure = "ratio", .unit = "ratio", .merge = "agent",
		.sentence = "How many contacts there are for each agent.",
		.formula = "received / agents with a leg",
		.reads = READS(KPI__ANCHOR, KPI__AS_OF,
		    KPI__CONTACTS_PER_AGENT_DENOMINATOR,
		    KPI__CONTACTS_PER_AGENT_NUMERATOR, KPI__DIRECTIONS),
	},
	{
		.number = KPI_METRIC_BACKLOG,
		.name = "backlog",
		.declare = kpi__declare_backlog,
		.better = -1,
		.figure = "level", .unit = "count", .merge = "any",
		.sentence =
		    "How many interactions have begun and not ended.",
		.formula = "begun - ended, at the end of each bucket",
		.reads = READS(KPI__AS_OF, KPI__CREDIT, KPI__DIRECTIONS),
	},
};
/* clang-format on */

const kpi__metric *
kpi__metric_at(size_t i)
{
	return i < sizeof(metrics) / sizeof(*metrics) ? &metrics[i] : NULL;
}

const kpi__metric *
kpi__metric_find(int32_t number)
{
	const kpi__metric *metric;

	for (size_t i = 0; (metric = kpi__metric_at(i)) != NULL; i++) {
		if (metric->number == number)
			return metric;
	}
	return NULL;
}

int
kpi__metric_reads(const kpi__metric *metric, int32_t parameter)
{
	const uint8_t *p = metric->reads;

	while (*p < parameter)
		p++;
	return *p == parameter && parameter < KPI__PARAMETERS;
}

int64_t
kpi__metric_initial(const kpi__metric *metric, int32_t parameter)
{
	const kpi__initial *own = metric->initials;

	for (; own != NULL && own->parameter != KPI__PARAMETERS; own++) {
		if (own->parameter == parameter)
			return own->value;
	}
	return kpi__parameter_at(parameter)->initial;
}
