/* SPDX-License-Identifier: MIT */
/* What is divided by what. */
#include <string.h>

#include "metric/term.h"
#include "metric/words.h"
#include "query/class.h"

const char *
kpi__words_units(kpi__sentences *s)
{
	static const char *const units[] = { [KPI__INTERACTION] =
						 "interactions",
		[KPI__VISIT] = "visits",
		[KPI__LEG] = "legs",
		[KPI__CASE] = "cases" };
	int64_t unit;

	if (!kpi__reads(s, KPI__UNIT))
		return "interactions";
	unit = kpi__tell(s, KPI__UNIT);
	return unit == KPI__AUTOMATIC ? "units" : units[unit];
}

static int
is_kind(const kpi__sentences *s, const char *kind)
{
	return strcmp(s->metric->figure, kind) == 0;
}

/* Of classes: one number of units by another. */
static void
say_rate(kpi__sentences *s, int32_t numerator, int32_t denominator)
{
	kpi__say(s,
	    s->metric->number == KPI_METRIC_ANSWER_RATE
		? "The figure is 1 less a share: the number of "
		: "The figure is the number of ");
	kpi__say(s, kpi__words_units(s));
	kpi__say(s, " ");
	kpi__words_class_set(s, (uint64_t)kpi__tell(s, numerator));
	kpi__say(s, ", divided by the number of those ");
	kpi__words_class_set(s, (uint64_t)kpi__tell(s, denominator));
	kpi__stop(s);
}

/* "the mean of WHAT OF WHOM": the beginning, and the end of the sentence. */
void
kpi__words_begin_time(kpi__sentences *s)
{
	if (is_kind(s, "quantile")) {
		kpi__say(s, "The figure is the ");
		kpi__say_value(s, KPI__QUANTILE_OF);
		kpi__say(s, " quantile of the ");
	} else {
		kpi__say(s,
		    is_kind(s, "greatest") ? "The figure is the greatest "
					   : "The figure is the mean ");
	}
}

void
kpi__words_end_time(kpi__sentences *s)
{
	const int is_quantile = is_kind(s, "quantile");

	if (is_quantile)
		kpi__say(s,
		    kpi__tell(s, KPI__QUANTILE_RULE) == KPI__RULE_LINEAR
			? ": what lies in proportion between the two values "
			  "nearest to that place in the order of size"
			: ": the least value that so many of them do not "
			  "exceed");
	kpi__stop(s);
	if (is_quantile)
		kpi__sentence(s, KPI__QUANTILE_FROM,
		    kpi__value(s, KPI__QUANTILE_FROM) == KPI__FROM_VALUES
			? "Results keep the values and merge; beyond 4,096 "
			  "different ones a group, a figure is the bin in "
			  "which it lies"
			: "It is exact, and results of parts of the data do "
			  "not merge");
}

static void
say_waits(kpi__sentences *s)
{
	static const int32_t sets[] = { KPI__AVERAGE_WAIT_OUTCOMES,
		KPI__LONGEST_WAIT_OUTCOMES };

	kpi__words_begin_time(s);
	kpi__say(s, "wait of ");
	kpi__say(s, kpi__words_units(s));
	kpi__say(s, " ");
	for (size_t i = 0; i < sizeof(sets) / sizeof(*sets); i++)
		if (kpi__reads(s, sets[i]))
			(void)kpi__tell(s, sets[i]);
	kpi__words_class_set(s, kpi__words_classes(s));
	kpi__words_end_time(s);
}

/* Those of one part have it in their name. */
static void
say_handle(kpi__sentences *s)
{
	const kpi__terms *parts = &kpi__terms_handle_parts;

	kpi__words_begin_time(s);
	kpi__say(s, "time of ");
	if (kpi__reads(s, KPI__HANDLE_PARTS)) {
		kpi__say_set(s, KPI__HANDLE_PARTS, "and");
	} else {
		for (size_t i = 0; i < parts->single; i++)
			if (strstr(s->metric->name, parts->at[i].name) != NULL)
				kpi__say_term(s, parts, i);
	}
	kpi__say(s, " of ");
	kpi__say(s, kpi__words_units(s));
	kpi__say(s, " that were answered and have ended");
	kpi__words_end_time(s);
	kpi__sentence(s, KPI__PART_DENOMINATOR,
	    kpi__value(s, KPI__PART_DENOMINATOR) == KPI__PARTS_ALL
		? "A part that is not known adds nothing where the talk is "
		  "known"
		: "Only those count of which this is known and more than "
		  "nothing");
}

static void
say_flow(kpi__sentences *s)
{
	kpi__say(s,
	    "The figure is the number of interactions resolved in the time, "
	    "where that is not known those resolved that arrived in it, "
	    "divided by the number of those that arrived in it");
	if (kpi__tell(s, KPI__RESOLUTION_POPULATION) != KPI__RECEIVED)
		kpi__say(s, ", of answered ones alone");
	(void)kpi__tell(s, KPI__RESOLUTION_MODE);
	kpi__stop(s);
}

static void
say_cohort(kpi__sentences *s)
{
	kpi__say(s, "The figure is the number of ");
	kpi__say(s, kpi__words_units(s));
	kpi__say(s, " resolved");
	if (kpi__value(s, KPI__RESOLUTION_WITHIN) > 0) {
		kpi__say(s, " within ");
		kpi__say_value(s, KPI__RESOLUTION_WITHIN);
		kpi__say(s, " of arrival");
	}
	kpi__say(s, ", divided by the number of those ");
	kpi__say(s,
	    kpi__tell(s, KPI__RESOLUTION_POPULATION) == KPI__RECEIVED
		? "received, in whatever state they are"
		: "answered");
	kpi__stop(s);
}

static void
say_resolution(kpi__sentences *s)
{
	if (kpi__reads(s, KPI__RESOLUTION_MODE) &&
	    kpi__value(s, KPI__RESOLUTION_MODE) == KPI__FLOW)
		say_flow(s);
	else
		say_cohort(s);
	kpi__sentence(s, KPI__RESOLUTION_STATE,
	    kpi__value(s, KPI__RESOLUTION_STATE) == KPI__STATE_LAST
		? "The last resolution decides: what was reopened after it is "
		  "not resolved"
		: "The first resolution decides");
}

static void
say_transfers(kpi__sentences *s)
{
	const int events =
	    kpi__tell(s, KPI__TRANSFER_COUNT) == KPI__TRANSFERS_EVENTS;

	kpi__say(s,
	    events ? "The figure is the number of transfers of "
		   : "The figure is the number of ");
	kpi__say(s, kpi__words_units(s));
	kpi__say(
	    s, events ? ", of the kind " : " with a transfer of the kind ");
	kpi__say_set(s, KPI__TRANSFER_KINDS, "or");
	if (s->metric->number == KPI_METRIC_ESCALATION_RATE)
		kpi__say(s,
		    events ? " and to a higher tier"
			   : " and to a higher tier, or marked as escalated");
	kpi__say(s, ", divided by the number of ");
	kpi__say(s, kpi__words_units(s));
	kpi__say(s,
	    kpi__tell(s, KPI__TRANSFER_DENOMINATOR) ==
		    KPI__TRANSFERS_OF_ANSWERED
		? " answered"
		: " received");
	kpi__stop(s);
}

static void
say_states(kpi__sentences *s, int32_t parameter)
{
	if (kpi__tell(s, parameter) == KPI__LOGGED_IN) {
		kpi__say(s, "any state but offline");
		return;
	}
	kpi__say(s, "the state ");
	kpi__say_set(s, parameter, "or");
}

static void
say_occupies(kpi__sentences *s)
{
	kpi__say(s, "A contact occupies its agent for ");
	kpi__say_set(s, KPI__CONTACT_PARTS, "and");
	if (kpi__reads(s, KPI__OVERLAP)) {
		kpi__say(s, "; contacts at one time ");
		kpi__say(s,
		    kpi__tell(s, KPI__OVERLAP) == KPI__OVERLAP_UNION
			? "count once"
			: "count each");
	}
	kpi__say(s, ", and a moment on contact is in no other state");
	kpi__stop(s);
}

static void
say_agent_time(kpi__sentences *s)
{
	const int occupancy = kpi__reads(s, KPI__OCCUPANCY_NUMERATOR);

	if (!kpi__reads(s, KPI__OVERLAP)) {
		kpi__say(s,
		    "The figure is the time of agents in the state ready, "
		    "divided by the number of legs that they answered");
		kpi__stop(s);
		say_occupies(s);
		return;
	}
	kpi__say(s, "The figure is the time of agents in ");
	say_states(s,
	    occupancy ? KPI__OCCUPANCY_NUMERATOR : KPI__UTILISATION_NUMERATOR);
	kpi__say(s, ", divided by their time in ");
	say_states(s,
	    occupancy ? KPI__OCCUPANCY_DENOMINATOR
		      : KPI__UTILISATION_DENOMINATOR);
	kpi__stop(s);
	say_occupies(s);
}

static void
say_per_agent(kpi__sentences *s)
{
	static const char *const of[] = { [KPI__OF_RECEIVED] =
					      "interactions received",
		[KPI__OF_ANSWERED] = "interactions answered",
		[KPI__OF_LEGS] = "legs" };
	static const char *const per[] = {
		[KPI__PER_HANDLED] = "the number of agents with a leg",
		[KPI__PER_ROSTERED] = "the number of agents employed",
		[KPI__PER_LOGGED_IN] = "the number of agents logged in",
		[KPI__PER_STAFFED] = "the number of agents on contact or ready",
		[KPI__PER_STAFFED_HOURS] =
		    "the hours of agents on contact or ready"
	};

	kpi__say(s, "The figure is the number of ");
	kpi__say(s, of[kpi__tell(s, KPI__CONTACTS_PER_AGENT_NUMERATOR)]);
	kpi__say(s, ", divided by ");
	kpi__say(s, per[kpi__tell(s, KPI__CONTACTS_PER_AGENT_DENOMINATOR)]);
	kpi__stop(s);
}

/* The catalogue's formula, with the window for its W. */
static void
say_formula(kpi__sentences *s)
{
	const char *c = s->metric->formula;

	kpi__say(s,
	    is_kind(s, "count") ? "The figure is the number of "
		: is_kind(s, "level")
		? "The figure is the number of interactions "
		: "The figure is ");
	for (; *c != '\0'; c++) {
		if (strncmp(c, "W", 1) == 0 &&
		    kpi__reads(s, KPI__REPEAT_WINDOW))
			kpi__say_value(s, KPI__REPEAT_WINDOW);
		else
			kpi__buffer_put(&s->out, c, 1);
	}
	kpi__stop(s);
}

static void
say_volume(kpi__sentences *s)
{
	const int64_t classes = kpi__tell(s, KPI__CONTACTS_CLASSES);

	if (is_kind(s, "count")) {
		kpi__say(s, "The figure is the number of interactions");
		if (classes == KPI__AUTOMATIC)
			kpi__say(s, ", whatever their outcome");
	} else {
		say_formula(s);
		kpi__say(s, "A contact is an interaction");
	}
	if (classes != KPI__AUTOMATIC) {
		kpi__say(s, " ");
		kpi__words_class_set(s, (uint64_t)classes);
	}
	kpi__stop(s);
	if (kpi__reads(s, KPI__MIX_UNKNOWN))
		kpi__sentence(s, KPI__MIX_UNKNOWN,
		    kpi__value(s, KPI__MIX_UNKNOWN) == KPI__MIX_ROW
			? "Contacts of which it is not known have a share of "
			  "their own"
			: "Contacts of which it is not known are left out as "
			  "unknown");
}

static void
say_first_contact(kpi__sentences *s)
{
	static const char *const units[] = { [KPI__FCR_ISSUE] = "issues",
		[KPI__FCR_CONTACT] = "contacts",
		[KPI__FCR_CUSTOMER] = "customers",
		[KPI__FCR_CASE] = "cases" };
	const char *unit = units[kpi__tell(s, KPI__FCR_UNIT)];

	kpi__say(s, "The figure is the number of ");
	kpi__say(s, unit);
	kpi__say(s, " resolved at first contact, divided by the number of ");
	kpi__say(s, unit);
	kpi__say(s, " that are decided");
	kpi__stop(s);
}

void
kpi__words_figure(kpi__sentences *s)
{
	static const struct {
		int32_t reads;
		void (*say)(kpi__sentences *s);
	} by[] = {
		{ KPI__CONTACTS_CLASSES, say_volume },
		{ KPI__WAIT_MIN, say_waits },
		{ KPI__PART_DENOMINATOR, say_handle },
		{ KPI__RESOLUTION_WITHIN, say_resolution },
		{ KPI__FCR_METHOD, say_first_contact },
		{ KPI__TRANSFER_KINDS, say_transfers },
		{ KPI__REOPEN_WINDOW, kpi__words_reopen },
		{ KPI__SELF_SERVICE_WINDOW, kpi__words_self_service },
		{ KPI__FIRST_RESPONSE_THRESHOLD, kpi__words_first_response },
		{ KPI__TURNOVER_DENOMINATOR, kpi__words_turnover },
		{ KPI__COST_SOURCES, kpi__words_cost },
		{ KPI__CONTACT_PARTS, say_agent_time },
		{ KPI__CONTACTS_PER_AGENT_NUMERATOR, say_per_agent },
		{ KPI__CSAT_SCALE, kpi__words_marks },
		{ KPI__CES_SCORE, kpi__words_marks },
	};

	if (kpi__reads(s, KPI__SERVICE_LEVEL_NUMERATOR)) {
		say_rate(s, KPI__SERVICE_LEVEL_NUMERATOR,
		    KPI__SERVICE_LEVEL_DENOMINATOR);
		return;
	}
	if (kpi__reads(s, KPI__ABANDONMENT_NUMERATOR)) {
		say_rate(s, KPI__ABANDONMENT_NUMERATOR,
		    KPI__ABANDONMENT_DENOMINATOR);
		return;
	}
	for (size_t i = 0; i < sizeof(by) / sizeof(*by); i++)
		if (kpi__reads(s, by[i].reads)) {
			by[i].say(s);
			return;
		}
	if (kpi__words_family(s) == KPI__WORDS_DESK_TIME)
		kpi__words_desk_time(s);
	else
		say_formula(s);
}
