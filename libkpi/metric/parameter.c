/* SPDX-License-Identifier: MIT */
#include "metric/parameter.h"

#include <string.h>

#include <kpi/query.h>
#include <kpi/result.h>

#include "metric/term.h"
#include "query/class.h"
#include "store/field.h"

#define SECOND  INT64_C(1000)
#define HOUR    (3600 * SECOND)
#define DAY     (24 * HOUR)
#define CENTURY KPI__DURATION_MAX_MS
#define YEARS   INT64_C(-62135596800000), INT64_C(253402300799999)

/* Of whose values a parameter may have a setting of its own. */
#define BY_QUEUE (1 << KPI_BY_QUEUE | 1 << KPI_BY_CHANNEL)
#define BY_GROUP (BY_QUEUE | 1 << KPI_BY_TEAM | 1 << KPI_BY_AGENT)

#define OFFERED ((int64_t)(KPI__ANSWERED | KPI__ABANDONED_LONG))

/* clang-format off */
#define CHOICE(name, terms, initial, text, automatic, sentence) \
	{ name, KPI__KIND_CHOICE, 0, initial, 0, 0, &kpi__terms_##terms, \
	    automatic, NULL, text, sentence, 0 }
#define SET(name, terms, initial, text, automatic, sentence) \
	{ name, KPI__KIND_SET, 0, initial, 0, 0, &kpi__terms_##terms, \
	    automatic, NULL, text, sentence, 0 }
#define DURATION(name, most, overrides, initial, text, values, sentence) \
	{ name, KPI__KIND_DURATION, overrides, initial, 0, most, NULL, NULL, \
	    values, text, sentence, 0 }
#define NUMBER(name, kind, least, most, initial, text, automatic, values, \
    sentence) \
	{ name, KPI__KIND_##kind, 0, initial, least, most, NULL, automatic, \
	    values, text, sentence, 0 }
#define INSTANT(name, sentence) \
	{ name, KPI__KIND_INSTANT, 0, KPI__AUTOMATIC, YEARS, NULL, \
	    "automatic", "an instant with its offset, or automatic", \
	    "automatic", sentence, 0 }

#define TARGET(name, sentence) \
	{ name, KPI__KIND_TARGET, BY_GROUP, KPI__AUTOMATIC, 0, 0, NULL, "none", \
	    "none, or a value in the metric's unit: a share as 0.8 or 80%, a " \
	    "time as 20s, points or marks as 4.2", "none", sentence, 0 }
#define TARGET_AS(name, kind, least, most, values, is_share) \
	{ name, kind, BY_GROUP, KPI__AUTOMATIC, least, most, NULL, "none", \
	    values, "none", "", is_share }

#define OFFERED_TEXT \
	"answered_short,answered_in,answered_out,abandoned_in,abandoned_out"
#define QUEUED_TEXT \
	"waiting_in,waiting_out,answered_short,answered_in,answered_out," \
	"abandoned_short_in,abandoned_short_out,abandoned_in," \
	"abandoned_out,overflowed_in,overflowed_out,timed_out_in," \
	"timed_out_out,exited_in,exited_out,voicemail_in,voicemail_out," \
	"emptied_in,emptied_out,callback_in,callback_out,failed_in,failed_out"
#define ATTEMPTS_TEXT \
	"answered,abandoned,overflowed,timed_out,exited,voicemail,emptied," \
	"callback,turned_away,failed,waiting"

static const kpi__parameter_info parameters[KPI__PARAMETERS] = {
	[KPI__ABANDONMENT_DENOMINATOR] = SET("abandonment_denominator", classes,
	    OFFERED, OFFERED_TEXT, NULL,
	    "Of which classes the abandoned ones are a share."),
	[KPI__ABANDONMENT_NUMERATOR] = SET("abandonment_numerator", classes,
	    (int64_t)KPI__ABANDONED_LONG, "abandoned_in,abandoned_out", NULL,
	    "The classes that count as abandoned."),
	[KPI__ANCHOR] = CHOICE("anchor", anchor, KPI__ANCHOR_STARTED, "started",
	    NULL,
	    "The instant that puts a unit into the range and a bucket."),
	[KPI__ARRIVALS] = CHOICE("arrivals", arrivals, KPI__ARRIVALS_ALL, "all",
	    NULL,
	    "Which are counted: all, or only those that arrived within the "
	    "business hours of the queue, or outside of them."),
	[KPI__AS_OF] = INSTANT("as_of",
	    "The store is complete up to this instant; automatic: its latest "
	    "time + 1 ms."),
	[KPI__AVERAGE_WAIT_OUTCOMES] = SET("average_wait_outcomes", classes,
	    OFFERED, OFFERED_TEXT, NULL,
	    "The classes whose wait counts in average_wait."),
	[KPI__BOUNDS_BY] = CHOICE("bounds_by", bounds_by, KPI_BOUNDS_CONTACT,
	    "contact", NULL,
	    "What is taken as independent in the bounds of a figure."),
	[KPI__BUSINESS_HOURS] = CHOICE("business_hours", business_hours,
	    KPI__BUSINESS_ELAPSED, "elapsed", NULL,
	    "Whether times are all that passed, or what of it lay in the "
	    "business hours of the queue."),
	[KPI__CES_BOTTOM] = NUMBER("ces_bottom", MARK, 1, 7, 3, "3", NULL,
	    "1 to 7",
	    "The highest mark of the low end: difficult, in version 1 easy."),
	[KPI__CES_SCORE] = CHOICE("ces_score", ces_score, KPI__CES_SCORE_MEAN,
	    "mean", NULL,
	    "The mean mark, the share of easy answers, or these less the "
	    "difficult ones."),
	[KPI__CES_TOP] = NUMBER("ces_top", MARK, 1, 7, 5, "5", NULL, "1 to 7",
	    "The lowest mark of the high end: easy, in version 1 difficult."),
	[KPI__CES_VERSION] = NUMBER("ces_version", COUNT, 1, 2, 2, "2", NULL,
	    "1 or 2",
	    "The question: 1 to 5, low is easy (1); or 1 to 7, high is easy "
	    "(2)."),
	[KPI__COMPARE_ADJUST] = CHOICE("compare_adjust", adjust,
	    KPI__ADJUST_HOLM, "holm", NULL,
	    "Whether verdicts allow for how many groups are judged at once."),
	[KPI__CONFIDENCE] = NUMBER("confidence", MILLIONTHS, 500000, 999999,
	    950000, "0.95", NULL, "0.5 to 0.999999",
	    "The confidence of the bounds."),
	[KPI__CONTACT_PARTS] = SET("contact_parts", contact_parts,
	    KPI__PART_TALK | KPI__PART_HOLD | KPI__PART_AFTER_CALL,
	    "talk,hold,after_call", NULL,
	    "The parts of a leg that occupy its agent."),
	[KPI__CONTACTS_CLASSES] = SET("contacts_classes", classes,
	    KPI__AUTOMATIC, "all", "all",
	    "The classes of interactions that are counted; all: unknown ones "
	    "too."),
	[KPI__CONTACTS_PER_AGENT_DENOMINATOR] =
	    CHOICE("contacts_per_agent_denominator", per_agent,
	    KPI__PER_HANDLED, "handled", NULL,
	    "Which agents are counted: those with a leg, employed, logged in, "
	    "or on contact or ready; or the hours of the last."),
	[KPI__CONTACTS_PER_AGENT_NUMERATOR] =
	    CHOICE("contacts_per_agent_numerator", of_agent,
	    KPI__OF_RECEIVED, "received", NULL,
	    "What is counted for each agent: interactions that arrived or "
	    "were answered, or legs."),
	[KPI__COST_ALLOCATION] = CHOICE("cost_allocation", cost_allocation,
	    KPI__ALLOCATE_NONE, "none", NULL,
	    "Whether expenses are shared out among the groups that they do "
	    "not name: by their contacts, or handle time."),
	[KPI__COST_DENOMINATOR] = CHOICE("cost_denominator", cost_denominator,
	    KPI__COST_ANSWERED, "answered", NULL,
	    "What cost is divided by: interactions that were answered, "
	    "arrived or are resolved, or the agents who had a leg."),
	[KPI__COST_SOURCES] = SET("cost_sources", cost_sources,
	    KPI__COST_OWN | KPI__COST_EXPENSES, "own,expenses", NULL,
	    "What is added up: what interactions cost themselves, and "
	    "expenses."),
	[KPI__CREDIT] = CHOICE("credit", credit, KPI__CREDIT_LAST, "last", NULL,
	    "To whom of its agents a fact of the whole interaction belongs."),
	[KPI__CSAT_BOTTOM] = NUMBER("csat_bottom", MARK, 0, 11, KPI__AUTOMATIC,
	    "automatic", "automatic", "0 to 11, or automatic",
	    "The highest mark that counts as dissatisfied; automatic: by the "
	    "scale."),
	[KPI__CSAT_PER] = CHOICE("csat_per", per, KPI__PER_ANSWER, "answer",
	    NULL,
	    "Whether each answer counts, or each customer's latest in the "
	    "bucket."),
	[KPI__CSAT_SCALE] = NUMBER("csat_scale", COUNT, 2, 11, 5, "5", NULL,
	    "2 to 11",
	    "The highest mark of the scale."),
	[KPI__CSAT_SCALE_FROM] = NUMBER("csat_scale_from", COUNT, 0, 1, 1, "1",
	    NULL, "0 or 1",
	    "The lowest mark of the scale."),
	[KPI__CSAT_SCORE] = CHOICE("csat_score", csat_score,
	    KPI__CSAT_SCORE_TOP, "top", NULL,
	    "The satisfied ones, or those less the dissatisfied ones."),
	[KPI__CSAT_TOP] = NUMBER("csat_top", MARK, 0, 11, KPI__AUTOMATIC,
	    "automatic", "automatic", "0 to 11, or automatic",
	    "The lowest mark that counts as satisfied; automatic: by the "
	    "scale."),
	[KPI__DIRECTIONS] = SET("directions", directions, KPI__AUTOMATIC,
	    "automatic", "automatic",
	    "Which directions are counted; automatic: inbound and unknown, "
	    "of handle and agent times all, of surveys all with an answer."),
	[KPI__FCR_DENOMINATOR] = CHOICE("fcr_denominator", fcr_denominator,
	    KPI__FCR_ANSWERED, "answered", NULL,
	    "Of mark and derived: which contacts are asked."),
	[KPI__FCR_MAX_REPLIES] = NUMBER("fcr_max_replies", COUNT, 0, 1000000,
	    0, "0", NULL, "0 to 1000000",
	    "Of derived: the most replies of agents; 0: any number."),
	[KPI__FCR_METHOD] = CHOICE("fcr_method", fcr_method, KPI__FCR_SILENCE,
	    "silence", NULL,
	    "How resolution at first contact is recognised: by the "
	    "customer's silence, by the agent's mark, derived from what "
	    "came of the contact, or by the customer's survey."),
	[KPI__FCR_MIN_REPLIES] = NUMBER("fcr_min_replies", COUNT, 0, 1000000,
	    0, "0", NULL, "0 to 1000000",
	    "Of derived: the fewest replies of agents."),
	[KPI__FCR_NET] = NUMBER("fcr_net", COUNT, 0, 1, 0, "0", NULL, "0 or 1",
	    "1: what cannot be resolved at first contact at all is left "
	    "out."),
	[KPI__FCR_REQUIRES] = SET("fcr_requires", fcr_requires,
	    KPI__REQUIRE_RESOLVED | KPI__REQUIRE_NO_TRANSFER |
		KPI__REQUIRE_NO_REOPEN,
	    "resolved,no_transfer,no_reopen", NULL,
	    "Of derived: what must all be true of a contact that was "
	    "resolved at first contact."),
	[KPI__FCR_UNIT] = CHOICE("fcr_unit", fcr_unit, KPI__FCR_ISSUE, "issue",
	    NULL,
	    "What is resolved or not: an issue, each contact, a customer or "
	    "a case."),
	[KPI__FIRST_RESPONSE_THRESHOLD] = DURATION("first_response_threshold",
	    CENTURY, 0, HOUR, "1h", "0 to 36525d",
	    "The longest time to the first reply that is in time, inclusive."),
	[KPI__HANDLE_PARTS] = SET("handle_parts", handle_parts,
	    KPI__PART_TALK | KPI__PART_HOLD | KPI__PART_AFTER_CALL,
	    "talk,hold,after_call", NULL,
	    "The parts that make up a handle time."),
	[KPI__KNOWN_FROM] = INSTANT("known_from",
	    "The store is complete from this instant; automatic: its "
	    "earliest start."),
	[KPI__LONGEST_WAIT_OUTCOMES] = SET("longest_wait_outcomes", classes,
	    (int64_t)KPI__QUEUED, QUEUED_TEXT, NULL,
	    "The classes of which longest_wait is the longest."),
	[KPI__MIX_UNKNOWN] = CHOICE("mix_unknown", mix_unknown, KPI__MIX_ROW,
	    "row", NULL,
	    "Whether contacts of unknown channel or reason are one of the "
	    "shares or are left out."),
	[KPI__NPS_PER] = CHOICE("nps_per", per, KPI__PER_ANSWER, "answer", NULL,
	    "Whether each answer counts, or each customer's latest in the "
	    "bucket."),
	[KPI__OCCUPANCY_DENOMINATOR] = SET("occupancy_denominator", states,
	    KPI__STATE_CONTACT | KPI__STATE_BIT(READY), "contact,ready", NULL,
	    "Of the time in which states the occupied time is a share."),
	[KPI__OCCUPANCY_NUMERATOR] = SET("occupancy_numerator", states,
	    KPI__STATE_CONTACT, "contact", NULL,
	    "The states in which an agent is occupied."),
	[KPI__OVERLAP] = CHOICE("overlap", overlap, KPI__OVERLAP_UNION, "union",
	    NULL,
	    "Whether contacts at one time occupy their agent once or each."),
	[KPI__PART_DENOMINATOR] = CHOICE("part_denominator", part_denominator,
	    KPI__PARTS_ALL, "all", NULL,
	    "Whether units that lack a part count too."),
	[KPI__QUANTILE_OF] = NUMBER("quantile", MILLIONTHS, 0, 1000000,
	    500000, "0.5", NULL, "0 to 1",
	    "The share of the values that is not greater than the quantile."),
	[KPI__QUANTILE_FROM] = CHOICE("quantile_from", quantile_from,
	    KPI__FROM_STORE, "store", NULL,
	    "What a result keeps: the quantile, which does not merge, or the "
	    "values."),
	[KPI__QUANTILE_RULE] = CHOICE("quantile_rule", quantile_rule,
	    KPI__RULE_NEAREST, "nearest", NULL,
	    "The nearest rank, or what lies between two values."),
	[KPI__REOPEN_DENOMINATOR] = CHOICE("reopen_denominator",
	    reopen_denominator, KPI__REOPENED_OF_RESOLVED, "resolved", NULL,
	    "Of what the reopened ones are a share."),
	[KPI__REOPEN_WINDOW] = DURATION("reopen_window", CENTURY, 0, 30 * DAY,
	    "30d", "0 to 36525d",
	    "How soon after its first resolution it must be reopened; 0: by "
	    "as_of."),
	[KPI__REPEAT_COUNTED_OUTCOMES] = SET("repeat_counted_outcomes",
	    outcomes, KPI__ATTEMPTS, ATTEMPTS_TEXT, NULL,
	    "The outcomes of contacts that are counted; "
	    "first_contact_resolution: answered."),
	[KPI__REPEAT_CREDIT] = CHOICE("repeat_credit", repeat_credit,
	    KPI__REPEAT_LATER, "later", NULL,
	    "Whether a repeat is counted in the later contact's group and "
	    "time or in the earlier one's."),
	[KPI__REPEAT_DIRECTIONS] = SET("repeat_directions", directions,
	    KPI__DIRECTION_INBOUND | KPI__DIRECTION_UNKNOWN, "inbound,unknown",
	    NULL,
	    "The directions that neighbours may have."),
	[KPI__REPEAT_EARLIER_OUTCOMES] = SET("repeat_earlier_outcomes",
	    outcomes, KPI__ATTEMPTS, ATTEMPTS_TEXT, NULL,
	    "The outcomes of contacts that count as earlier ones; "
	    "first_contact_resolution: answered."),
	[KPI__REPEAT_EDGE] = CHOICE("repeat_edge", repeat_edge,
	    KPI__EDGE_EXCLUDE, "exclude", NULL,
	    "Whether contacts too near to the ends of the known time are "
	    "left out."),
	[KPI__REPEAT_FROM] = CHOICE("repeat_from", repeat_from, KPI__FROM_START,
	    "start", NULL,
	    "Where the distance from the earlier contact is measured from."),
	[KPI__REPEAT_GAP] = DURATION("repeat_gap", CENTURY, 0, 0, "0d",
	    "0 to 36525d",
	    "A contact less than this after the one before that counts, or may "
	    "be a neighbour, is the same one carried on; 0: none."),
	[KPI__REPEAT_LATER_OUTCOMES] = SET("repeat_later_outcomes", outcomes,
	    KPI__ATTEMPTS, ATTEMPTS_TEXT, NULL,
	    "The outcomes of contacts that count as later ones."),
	[KPI__REPEAT_LINK] = CHOICE("repeat_link", repeat_link,
	    KPI__LINK_PREVIOUS, "previous", NULL,
	    "Whether distances run from the contact before or from the "
	    "chain's first."),
	[KPI__REPEAT_SAME] = CHOICE("repeat_same", repeat_same, KPI__SAME_NONE,
	    "none", NULL,
	    "What neighbours must have in common beside the customer."),
	[KPI__REPEAT_UNKNOWN_CUSTOMER] = CHOICE("repeat_unknown_customer",
	    repeat_unknown, KPI__UNKNOWN_EXCLUDED, "excluded", NULL,
	    "Whether contacts of unknown customers are left out or are "
	    "issues of their own."),
	[KPI__REPEAT_WINDOW] = DURATION("repeat_window", CENTURY, 0, 7 * DAY,
	    "7d", "0 to 36525d",
	    "The greatest distance of neighbours, inclusive."),
	[KPI__RESOLUTION_MODE] = CHOICE("resolution_mode", resolution_mode,
	    KPI__COHORT, "cohort", NULL,
	    "Whether those are counted that were resolved of what arrived, or "
	    "the resolutions of a time beside its arrivals."),
	[KPI__RESOLUTION_POPULATION] = CHOICE("resolution_population",
	    population, KPI__RECEIVED, "received", NULL,
	    "Of what the resolved ones are a share."),
	[KPI__RESOLUTION_STATE] = CHOICE("resolution_state", state,
	    KPI__STATE_LAST, "last", NULL,
	    "Whether the last or the first resolution decides."),
	[KPI__RESOLUTION_UNKNOWN] = CHOICE("resolution_unknown",
	    resolution_unknown, KPI__NOT_RESOLVED, "not_resolved", NULL,
	    "What becomes of units not known to be resolved or not."),
	[KPI__RESOLUTION_WITHIN] = DURATION("resolution_within", CENTURY, 0, 0,
	    "0d", "0 to 36525d",
	    "How soon after arrival it must be resolved; 0: by as_of."),
	[KPI__SELF_SERVICE_MIN] = DURATION("self_service_min", CENTURY, 0, 0,
	    "0d", "0 to 36525d",
	    "Only units that were in the menu at least so long."),
	[KPI__SELF_SERVICE_NUMERATOR] = SET("self_service_numerator",
	    self_service, KPI__OUTCOME_BIT(SELF_SERVED), "self_served", NULL,
	    "The outcomes that count as served there."),
	[KPI__SELF_SERVICE_WINDOW] = DURATION("self_service_window", CENTURY, 0,
	    0, "0d", "0 to 36525d",
	    "How long after it the customer must not seek an agent; 0: that "
	    "does not matter."),
	[KPI__SERVICE_LEVEL_DENOMINATOR] = SET("service_level_denominator",
	    classes, OFFERED, OFFERED_TEXT, NULL,
	    "Of which classes the numerator is a share."),
	[KPI__SERVICE_LEVEL_NUMERATOR] = SET("service_level_numerator", classes,
	    (int64_t)KPI__SET(ANSWERED_IN), "answered_in", NULL,
	    "The classes that were served in time; they lie within the "
	    "denominator."),
	[KPI__SERVICE_LEVEL_THRESHOLD] = DURATION("service_level_threshold",
	    30 * DAY, BY_QUEUE, 20 * SECOND, "20s", "0 to 30d",
	    "The longest wait that is in time, inclusive."),
	[KPI__SHORT_ABANDON_THRESHOLD] = DURATION("short_abandon_threshold",
	    HOUR, BY_QUEUE, 0, "0d", "0 to 1h",
	    "The longest wait of an abandoned one that is short, inclusive; "
	    "0: none is."),
	[KPI__SHORT_ANSWER_THRESHOLD] = DURATION("short_answer_threshold", HOUR,
	    0, 0, "0d", "0 to 1h",
	    "The longest talk and hold of an answered one that is short, "
	    "inclusive; 0: none is."),
	[KPI__SURVEY_ANCHOR] = CHOICE("survey_anchor", survey_anchor,
	    KPI__AT_CONTACT, "contact", NULL,
	    "Whether a survey stands where the contact was or where it was "
	    "answered."),
	[KPI__SURVEY_WINDOW] = DURATION("survey_window", CENTURY, 0, 0, "0d",
	    "0 to 36525d",
	    "How long after the contact an answer counts; 0: for ever."),
	[KPI__TARGET_CEILING] = TARGET("target_ceiling",
	    "With it the target is a band, from target_goal to this."),
	[KPI__TARGET_GOAL] = TARGET("target_goal",
	    "What the figure is to reach, or not to pass where less is "
	    "better; average_speed_of_answer: 20s."),
	[KPI__TRANSFER_COUNT] = CHOICE("transfer_count", transfer_count,
	    KPI__TRANSFERS_UNITS, "unit", NULL,
	    "Whether units with a transfer are counted, or each transfer."),
	[KPI__TRANSFER_DENOMINATOR] = CHOICE("transfer_denominator",
	    transfer_denominator, KPI__TRANSFERS_OF_ANSWERED, "answered", NULL,
	    "Of what the transferred ones are a share."),
	[KPI__TRANSFER_KINDS] = SET("transfer_kinds", transfer_kinds,
	    KPI__TRANSFER_BIT(BLIND) | KPI__TRANSFER_BIT(ATTENDED) |
		KPI__TRANSFER_BIT(QUEUE),
	    "blind,attended,queue", NULL,
	    "The kinds of transfer that count."),
	[KPI__TURNOVER_ANNUAL] = NUMBER("turnover_annual", COUNT, 0, 1, 1, "1",
	    NULL, "0 or 1",
	    "1: what a year of such spans would come to; 0: of the span "
	    "itself."),
	[KPI__TURNOVER_DENOMINATOR] = CHOICE("turnover_denominator", turnover,
	    KPI__TURNOVER_MEAN, "mean", NULL,
	    "What leavers are divided by: the mean headcount over time, of "
	    "the ends of the span, or of the ends of months; that at the "
	    "start; or all who were ever employed."),
	[KPI__UNIT] = CHOICE("unit", unit, KPI__AUTOMATIC, "automatic",
	    "automatic",
	    "What is counted: by default the visit for waits, the "
	    "interaction for resolution, for handle times and transfers "
	    "(automatic) the leg where agents or teams are asked for."),
	[KPI__UTILISATION_DENOMINATOR] = SET("utilisation_denominator", states,
	    KPI__LOGGED_IN, "contact,ready,break,meeting,training,other", NULL,
	    "Of the time in which states the used time is a share."),
	[KPI__UTILISATION_NUMERATOR] = SET("utilisation_numerator", states,
	    KPI__STATE_CONTACT, "contact", NULL,
	    "The states in which an agent is used."),
	[KPI__VERDICT_BY] = CHOICE("verdict_by", verdict_by, KPI_BOUNDS_NONE,
	    "none", NULL,
	    "Whether a figure is judged by its target, or a change tested, and "
	    "what is taken as independent then."),
	[KPI__WAIT_MIN] = DURATION("wait_min", CENTURY, 0, 0, "0d",
	    "0 to 36525d",
	    "Only units that waited at least so long."),
	[KPI__WAIT_PARTS] = SET("wait_parts", wait_parts,
	    KPI__PART_QUEUE | KPI__PART_RING, "queue,ring", NULL,
	    "The parts that make up a wait."),
};
/* clang-format on */

const kpi__parameter_info *
kpi__parameter_at(int32_t parameter)
{
	if (parameter < 0 || parameter >= KPI__PARAMETERS)
		return NULL;
	return &parameters[parameter];
}

/* What a target of a unit that is no time may be at all; of which kind of
 * number, kpi__definition_check() says. */
#define MOST (INT64_C(1000000) * 1000000)

const kpi__parameter_info *
kpi__parameter_in(int32_t parameter, const char *unit)
{
	static const char times[] = "none, or 0 to 36525d";
	static const char numbers[] = "none, or -1000000 to 1000000";
	static const char shares[] = "none, or a share such as 0.8 or 80%";
	static const kpi__parameter_info targets[2][3] = {
		{ TARGET_AS("target_ceiling", KPI__KIND_MILLIONTHS, -MOST, MOST,
		      numbers, 0),
		    TARGET_AS("target_ceiling", KPI__KIND_DURATION, 0, CENTURY,
			times, 0),
		    TARGET_AS("target_ceiling", KPI__KIND_MILLIONTHS, -MOST,
			MOST, shares, 1) },
		{ TARGET_AS("target_goal", KPI__KIND_MILLIONTHS, -MOST, MOST,
		      numbers, 0),
		    TARGET_AS("target_goal", KPI__KIND_DURATION, 0, CENTURY,
			times, 0),
		    TARGET_AS("target_goal", KPI__KIND_MILLIONTHS, -MOST, MOST,
			shares, 1) },
	};
	size_t of = 0;

	if (parameters[parameter].kind != KPI__KIND_TARGET)
		return &parameters[parameter];
	if (strcmp(unit, "ms") == 0)
		of = 1;
	else if (strcmp(unit, "share") == 0)
		of = 2;
	return &targets[parameter == KPI__TARGET_GOAL][of];
}

int32_t
kpi__parameter_find(const char *name, size_t size)
{
	int32_t i;

	for (i = 0; i < KPI__PARAMETERS; i++) {
		if (strlen(parameters[i].name) == size &&
		    memcmp(parameters[i].name, name, size) == 0)
			break;
	}
	return i;
}

const char *
kpi__parameter_kind(const kpi__parameter_info *p)
{
	static const char *const kinds[] = { "count", "duration", "instant",
		"millionths", "choice", "set", "mark", "target" };

	return kinds[p->kind];
}

const char *
kpi__parameter_values(const kpi__parameter_info *p)
{
	return p->values != NULL ? p->values : p->terms->values;
}
