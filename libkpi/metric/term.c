/* SPDX-License-Identifier: MIT */
#include "metric/term.h"

#include <kpi/result.h>

#include "query/class.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* clang-format off */
#define TERMS(name, values) \
	const kpi__terms kpi__terms_##name = \
	    { name, COUNT(name), COUNT(name), values }
#define TERMS_OF_SETS(name, single, values) \
	const kpi__terms kpi__terms_##name = \
	    { name, single, COUNT(name), values }

#define CLASS(class) ((int64_t)KPI__SET(class))
#define BOTH(class)  ((int64_t)KPI__SET_BOTH(class))
#define FLOWED(end) \
	(CLASS(OVERFLOWED_##end) | CLASS(TIMED_OUT_##end) | \
	    CLASS(EXITED_##end) | CLASS(VOICEMAIL_##end) | \
	    CLASS(EMPTIED_##end))

static const kpi__term classes[] = {
	{ "turned_away", CLASS(TURNED_AWAY) },
	{ "before_queue", CLASS(BEFORE_QUEUE) },
	{ "self_served", CLASS(SELF_SERVED) },
	{ "waiting_in", CLASS(WAITING_IN) },
	{ "waiting_out", CLASS(WAITING_OUT) },
	{ "answered_short", CLASS(ANSWERED_SHORT) },
	{ "answered_in", CLASS(ANSWERED_IN) },
	{ "answered_out", CLASS(ANSWERED_OUT) },
	{ "abandoned_short_in", CLASS(ABANDONED_SHORT_IN) },
	{ "abandoned_short_out", CLASS(ABANDONED_SHORT_OUT) },
	{ "abandoned_in", CLASS(ABANDONED_IN) },
	{ "abandoned_out", CLASS(ABANDONED_OUT) },
	{ "overflowed_in", CLASS(OVERFLOWED_IN) },
	{ "overflowed_out", CLASS(OVERFLOWED_OUT) },
	{ "timed_out_in", CLASS(TIMED_OUT_IN) },
	{ "timed_out_out", CLASS(TIMED_OUT_OUT) },
	{ "exited_in", CLASS(EXITED_IN) },
	{ "exited_out", CLASS(EXITED_OUT) },
	{ "voicemail_in", CLASS(VOICEMAIL_IN) },
	{ "voicemail_out", CLASS(VOICEMAIL_OUT) },
	{ "emptied_in", CLASS(EMPTIED_IN) },
	{ "emptied_out", CLASS(EMPTIED_OUT) },
	{ "callback_in", CLASS(CALLBACK_IN) },
	{ "callback_out", CLASS(CALLBACK_OUT) },
	{ "failed_in", CLASS(FAILED_IN) },
	{ "failed_out", CLASS(FAILED_OUT) },
	{ "waiting", BOTH(WAITING) },
	{ "answered", (int64_t)KPI__ANSWERED },
	{ "abandoned", (int64_t)KPI__ABANDONED },
	{ "abandoned_short", (int64_t)KPI__ABANDONED_SHORT },
	{ "abandoned_long", (int64_t)KPI__ABANDONED_LONG },
	{ "flowed", (int64_t)KPI__FLOWED },
	{ "flowed_in", FLOWED(IN) },
	{ "flowed_out", FLOWED(OUT) },
	{ "overflowed", BOTH(OVERFLOWED) },
	{ "timed_out", BOTH(TIMED_OUT) },
	{ "exited", BOTH(EXITED) },
	{ "voicemail", BOTH(VOICEMAIL) },
	{ "emptied", BOTH(EMPTIED) },
	{ "callback", BOTH(CALLBACK) },
	{ "failed", BOTH(FAILED) },
	{ "queued", (int64_t)KPI__QUEUED },
};
TERMS_OF_SETS(classes, KPI__CLASSES - 1,
    "classes with commas, each with _in or _out where waits part it: "
    "turned_away, before_queue, self_served, waiting, answered (or "
    "answered_short, answered_in, answered_out), abandoned (or "
    "abandoned_short, abandoned_long), flowed (or overflowed, timed_out, "
    "exited, voicemail, emptied), callback, failed; queued is all that "
    "entered a queue");

static const kpi__term outcomes[] = {
	{ "answered", KPI__OUTCOME_BIT(ANSWERED) },
	{ "abandoned", KPI__OUTCOME_BIT(ABANDONED) },
	{ "before_queue", KPI__OUTCOME_BIT(BEFORE_QUEUE) },
	{ "self_served", KPI__OUTCOME_BIT(SELF_SERVED) },
	{ "overflowed", KPI__OUTCOME_BIT(OVERFLOWED) },
	{ "timed_out", KPI__OUTCOME_BIT(TIMED_OUT) },
	{ "exited", KPI__OUTCOME_BIT(EXITED) },
	{ "voicemail", KPI__OUTCOME_BIT(VOICEMAIL) },
	{ "emptied", KPI__OUTCOME_BIT(EMPTIED) },
	{ "callback", KPI__OUTCOME_BIT(CALLBACK) },
	{ "turned_away", KPI__OUTCOME_BIT(TURNED_AWAY) },
	{ "failed", KPI__OUTCOME_BIT(FAILED) },
	{ "waiting", KPI__OUTCOME_BIT(WAITING) },
	{ "attempts", KPI__ATTEMPTS },
};
TERMS_OF_SETS(outcomes, COUNT(outcomes) - 1,
    "outcomes with commas: answered, abandoned, before_queue, self_served, "
    "overflowed, timed_out, exited, voicemail, emptied, callback, "
    "turned_away, failed, waiting; attempts is all but before_queue and "
    "self_served");

static const kpi__term directions[] = {
	{ "inbound", KPI__DIRECTION_INBOUND },
	{ "outbound", KPI__DIRECTION_OUTBOUND },
	{ "internal", KPI__DIRECTION_INTERNAL },
	{ "unknown", KPI__DIRECTION_UNKNOWN },
};
TERMS(directions, "inbound, outbound, internal, unknown, with commas");

static const kpi__term wait_parts[] = {
	{ "ivr", KPI__PART_IVR },
	{ "queue", KPI__PART_QUEUE },
	{ "ring", KPI__PART_RING },
	{ "earlier", KPI__PART_EARLIER },
	{ "callback", KPI__PART_CALLBACK },
};
TERMS(wait_parts, "ivr, queue, ring, earlier, callback, with commas");

static const kpi__term handle_parts[] = {
	{ "ivr", KPI__PART_IVR },
	{ "queue", KPI__PART_QUEUE },
	{ "ring", KPI__PART_RING },
	{ "talk", KPI__PART_TALK },
	{ "hold", KPI__PART_HOLD },
	{ "after_call", KPI__PART_AFTER_CALL },
};
TERMS(handle_parts, "ivr, queue, ring, talk, hold, after_call, with commas");

static const kpi__term contact_parts[] = {
	{ "ring", KPI__PART_RING },
	{ "talk", KPI__PART_TALK },
	{ "hold", KPI__PART_HOLD },
	{ "after_call", KPI__PART_AFTER_CALL },
};
TERMS(contact_parts, "ring, talk, hold, after_call, with commas");

static const kpi__term states[] = {
	{ "contact", KPI__STATE_CONTACT },
	{ "ready", KPI__STATE_BIT(READY) },
	{ "break", KPI__STATE_BIT(BREAK) },
	{ "meeting", KPI__STATE_BIT(MEETING) },
	{ "training", KPI__STATE_BIT(TRAINING) },
	{ "other", KPI__STATE_BIT(OTHER) },
	{ "offline", KPI__STATE_BIT(OFFLINE) },
	{ "logged_in", KPI__LOGGED_IN },
};
TERMS_OF_SETS(states, COUNT(states) - 1,
    "states with commas: contact, ready, break, meeting, training, other, "
    "offline; logged_in is all but offline");

static const kpi__term of_agent[] = {
	{ "received", KPI__OF_RECEIVED },
	{ "answered", KPI__OF_ANSWERED },
	{ "legs", KPI__OF_LEGS },
};
TERMS(of_agent, "received, answered, legs");

static const kpi__term per_agent[] = {
	{ "handled", KPI__PER_HANDLED },
	{ "rostered", KPI__PER_ROSTERED },
	{ "logged_in", KPI__PER_LOGGED_IN },
	{ "staffed", KPI__PER_STAFFED },
	{ "staffed_hours", KPI__PER_STAFFED_HOURS },
};
TERMS(per_agent, "handled, rostered, logged_in, staffed, staffed_hours");

static const kpi__term cost_allocation[] = {
	{ "none", KPI__ALLOCATE_NONE },
	{ "contacts", KPI__ALLOCATE_CONTACTS },
	{ "handle_time", KPI__ALLOCATE_HANDLE_TIME },
};
TERMS(cost_allocation, "none, contacts, handle_time");

static const kpi__term cost_denominator[] = {
	{ "answered", KPI__COST_ANSWERED },
	{ "received", KPI__COST_RECEIVED },
	{ "resolved", KPI__COST_RESOLVED },
	{ "agents", KPI__COST_AGENTS },
};
TERMS(cost_denominator, "answered, received, resolved, agents");

static const kpi__term cost_sources[] = {
	{ "own", KPI__COST_OWN },
	{ "expenses", KPI__COST_EXPENSES },
};
TERMS(cost_sources, "own, expenses");

static const kpi__term turnover[] = {
	{ "mean", KPI__TURNOVER_MEAN },
	{ "ends", KPI__TURNOVER_ENDS },
	{ "month_ends", KPI__TURNOVER_MONTH_ENDS },
	{ "start", KPI__TURNOVER_START },
	{ "ever", KPI__TURNOVER_EVER },
};
TERMS(turnover, "mean, ends, month_ends, start, ever");

static const kpi__term overlap[] = {
	{ "union", KPI__OVERLAP_UNION },
	{ "sum", KPI__OVERLAP_SUM },
};
TERMS(overlap, "union, sum");

static const kpi__term anchor[] = {
	{ "started", KPI__ANCHOR_STARTED },
	{ "queued", KPI__ANCHOR_QUEUED },
	{ "answered", KPI__ANCHOR_ANSWERED },
	{ "ended", KPI__ANCHOR_ENDED },
	{ "wrapped", KPI__ANCHOR_WRAPPED },
	{ "own_event", KPI__ANCHOR_OWN_EVENT },
};
TERMS(anchor, "started, queued, answered, ended, wrapped, own_event");

static const kpi__term adjust[] = {
	{ "none", KPI__ADJUST_NONE },
	{ "holm", KPI__ADJUST_HOLM },
};
TERMS(adjust, "none, holm");

static const kpi__term arrivals[] = {
	{ "all", KPI__ARRIVALS_ALL },
	{ "in_hours", KPI__ARRIVALS_IN_HOURS },
	{ "out_of_hours", KPI__ARRIVALS_OUT_OF_HOURS },
};
TERMS(arrivals, "all, in_hours, out_of_hours");

static const kpi__term bounds_by[] = {
	{ "none", KPI_BOUNDS_NONE },
	{ "contact", KPI_BOUNDS_CONTACT },
	{ "customer", KPI_BOUNDS_CUSTOMER },
	{ "day", KPI_BOUNDS_DAY },
};
TERMS(bounds_by, "none, contact, customer, day");

static const kpi__term verdict_by[] = {
	{ "none", KPI_BOUNDS_NONE },
	{ "customer", KPI_BOUNDS_CUSTOMER },
	{ "day", KPI_BOUNDS_DAY },
};
TERMS(verdict_by, "none, customer, day");

static const kpi__term business_hours[] = {
	{ "elapsed", KPI__BUSINESS_ELAPSED },
	{ "calendar", KPI__BUSINESS_CALENDAR },
};
TERMS(business_hours, "elapsed, calendar");

static const kpi__term credit[] = {
	{ "last", KPI__CREDIT_LAST },
	{ "first", KPI__CREDIT_FIRST },
	{ "equal", KPI__CREDIT_EQUAL },
};
TERMS(credit, "last, first, equal");

static const kpi__term per[] = {
	{ "answer", KPI__PER_ANSWER },
	{ "customer", KPI__PER_CUSTOMER },
};
TERMS(per, "answer, customer");

static const kpi__term csat_score[] = {
	{ "top", KPI__CSAT_SCORE_TOP },
	{ "net", KPI__CSAT_SCORE_NET },
};
TERMS(csat_score, "top, net");

static const kpi__term ces_score[] = {
	{ "mean", KPI__CES_SCORE_MEAN },
	{ "share", KPI__CES_SCORE_SHARE },
	{ "index", KPI__CES_SCORE_INDEX },
};
TERMS(ces_score, "mean, share, index");

static const kpi__term fcr_denominator[] = {
	{ "answered", KPI__FCR_ANSWERED },
	{ "resolved", KPI__FCR_RESOLVED },
	{ "received", KPI__FCR_RECEIVED },
};
TERMS(fcr_denominator, "answered, resolved, received");

static const kpi__term fcr_method[] = {
	{ "silence", KPI__FCR_SILENCE },
	{ "mark", KPI__FCR_MARK },
	{ "derived", KPI__FCR_DERIVED },
	{ "survey", KPI__FCR_SURVEY },
};
TERMS(fcr_method, "silence, mark, derived, survey");

static const kpi__term fcr_requires[] = {
	{ "resolved", KPI__REQUIRE_RESOLVED },
	{ "one_agent", KPI__REQUIRE_ONE_AGENT },
	{ "no_transfer", KPI__REQUIRE_NO_TRANSFER },
	{ "no_reopen", KPI__REQUIRE_NO_REOPEN },
	{ "no_customer_reply", KPI__REQUIRE_NO_CUSTOMER_REPLY },
};
TERMS(fcr_requires,
    "resolved, one_agent, no_transfer, no_reopen, no_customer_reply, with "
    "commas");

static const kpi__term fcr_unit[] = {
	{ "issue", KPI__FCR_ISSUE },
	{ "contact", KPI__FCR_CONTACT },
	{ "customer", KPI__FCR_CUSTOMER },
	{ "case", KPI__FCR_CASE },
};
TERMS(fcr_unit, "issue, contact, customer, case");

static const kpi__term mix_unknown[] = {
	{ "row", KPI__MIX_ROW },
	{ "excluded", KPI__MIX_EXCLUDED },
};
TERMS(mix_unknown, "row, excluded");

static const kpi__term part_denominator[] = {
	{ "all", KPI__PARTS_ALL },
	{ "with_part", KPI__PARTS_WITH_PART },
};
TERMS(part_denominator, "all, with_part");

static const kpi__term quantile_from[] = {
	{ "store", KPI__FROM_STORE },
	{ "values", KPI__FROM_VALUES },
};
TERMS(quantile_from, "store, values");

static const kpi__term quantile_rule[] = {
	{ "nearest", KPI__RULE_NEAREST },
	{ "linear", KPI__RULE_LINEAR },
};
TERMS(quantile_rule, "nearest, linear");

static const kpi__term reopen_denominator[] = {
	{ "resolved", KPI__REOPENED_OF_RESOLVED },
	{ "received", KPI__REOPENED_OF_RECEIVED },
};
TERMS(reopen_denominator, "resolved, received");

static const kpi__term repeat_credit[] = {
	{ "later", KPI__REPEAT_LATER },
	{ "earlier", KPI__REPEAT_EARLIER },
};
TERMS(repeat_credit, "later, earlier");

static const kpi__term repeat_edge[] = {
	{ "exclude", KPI__EDGE_EXCLUDE },
	{ "include", KPI__EDGE_INCLUDE },
};
TERMS(repeat_edge, "exclude, include");

static const kpi__term repeat_from[] = {
	{ "start", KPI__FROM_START },
	{ "end", KPI__FROM_END },
};
TERMS(repeat_from, "start, end");

static const kpi__term repeat_link[] = {
	{ "previous", KPI__LINK_PREVIOUS },
	{ "first", KPI__LINK_FIRST },
};
TERMS(repeat_link, "previous, first");

static const kpi__term repeat_same[] = {
	{ "none", KPI__SAME_NONE },
	{ "reason", KPI__SAME_REASON },
	{ "queue", KPI__SAME_QUEUE },
	{ "channel", KPI__SAME_CHANNEL },
	{ "case", KPI__SAME_CASE },
	{ "team", KPI__SAME_TEAM },
};
TERMS(repeat_same, "none, reason, queue, channel, case, team");

static const kpi__term repeat_unknown[] = {
	{ "excluded", KPI__UNKNOWN_EXCLUDED },
	{ "own_issue", KPI__UNKNOWN_OWN_ISSUE },
};
TERMS(repeat_unknown, "excluded, own_issue");

static const kpi__term population[] = {
	{ "received", KPI__RECEIVED },
	{ "answered", KPI__RESOLUTION_ANSWERED },
};
TERMS(population, "received, answered");

static const kpi__term state[] = {
	{ "last", KPI__STATE_LAST },
	{ "first", KPI__STATE_FIRST },
};
TERMS(state, "last, first");

static const kpi__term resolution_unknown[] = {
	{ "not_resolved", KPI__NOT_RESOLVED },
	{ "excluded", KPI__RESOLUTION_EXCLUDED },
};
TERMS(resolution_unknown, "not_resolved, excluded");

static const kpi__term self_service[] = {
	{ "before_queue", KPI__OUTCOME_BIT(BEFORE_QUEUE) },
	{ "self_served", KPI__OUTCOME_BIT(SELF_SERVED) },
};
TERMS(self_service, "before_queue, self_served, with commas");

static const kpi__term resolution_mode[] = {
	{ "cohort", KPI__COHORT },
	{ "flow", KPI__FLOW },
};
TERMS(resolution_mode, "cohort, flow");

static const kpi__term survey_anchor[] = {
	{ "contact", KPI__AT_CONTACT },
	{ "answer", KPI__AT_ANSWER },
};
TERMS(survey_anchor, "contact, answer");

static const kpi__term transfer_count[] = {
	{ "unit", KPI__TRANSFERS_UNITS },
	{ "event", KPI__TRANSFERS_EVENTS },
};
TERMS(transfer_count, "unit, event");

static const kpi__term transfer_denominator[] = {
	{ "answered", KPI__TRANSFERS_OF_ANSWERED },
	{ "received", KPI__TRANSFERS_OF_RECEIVED },
};
TERMS(transfer_denominator, "answered, received");

static const kpi__term transfer_kinds[] = {
	{ "blind", KPI__TRANSFER_BIT(BLIND) },
	{ "attended", KPI__TRANSFER_BIT(ATTENDED) },
	{ "queue", KPI__TRANSFER_BIT(QUEUE) },
	{ "consult", KPI__TRANSFER_BIT(CONSULT) },
	{ "conference", KPI__TRANSFER_BIT(CONFERENCE) },
	{ "menu", KPI__TRANSFER_BIT(MENU) },
};
TERMS(transfer_kinds,
    "blind, attended, queue, consult, conference, menu, with commas");

static const kpi__term unit[] = {
	{ "interaction", KPI__INTERACTION },
	{ "visit", KPI__VISIT },
	{ "leg", KPI__LEG },
	{ "case", KPI__CASE },
};
TERMS(unit, "by metric: interaction, visit, leg, case");
/* clang-format on */
