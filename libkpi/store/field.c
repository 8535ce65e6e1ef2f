/* SPDX-License-Identifier: MIT */
#include "store/field.h"

#define YEARS      INT64_C(-62135596800000), INT64_C(253402300799999)
#define CENTURY    INT64_C(0), KPI__DURATION_MAX_MS
#define COUNT      INT64_C(0), INT64_MAX
#define ANY        (-INT64_MAX), INT64_MAX
#define NO_RANGE   INT64_C(0), INT64_C(0)
#define NOT_CODED  (-1)
#define OF(member) (uint32_t) offsetof(kpi_interaction, member)
#define VISIT(member) (uint32_t) offsetof(kpi_visit, member)

#define INSTANT(number, member, name, sentence) \
	{ KPI_FIELD_##number, KPI__TYPE_INSTANT, 0, 0, NOT_CODED, OF(member), \
		YEARS, name, "ms", "years 1 to 9999", sentence }
#define FLAG(number, member, name, sentence) \
	{ KPI_FIELD_##number, KPI__TYPE_FLAG, 0, 0, NOT_CODED, OF(member), 0, \
		1, name, "", "0 or 1", sentence }
#define COUNTED(number, member, name, sentence) \
	{ KPI_FIELD_##number, KPI__TYPE_COUNT, 0, 0, NOT_CODED, OF(member), \
		COUNT, name, "", "0 or more", sentence }
#define MARK(number, member, least, greatest, name, values, sentence) \
	{ KPI_FIELD_##number, KPI__TYPE_MARK, 0, 0, NOT_CODED, OF(member), \
		least, greatest, name, "", values, sentence }
#define TEXT(number, dictionary, member, name, sentence) \
	{ KPI_FIELD_##number, KPI__TYPE_TEXT, 0, 0, dictionary, OF(member), \
		NO_RANGE, name, "", "UTF-8, at most 1024 bytes", sentence }
#define VISIT_TEXT(number, dictionary, member, name, sentence) \
	{ KPI_FIELD_##number, KPI__TYPE_TEXT, 1, 0, dictionary, VISIT(member), \
		NO_RANGE, name, "", "UTF-8, at most 1024 bytes", sentence }
#define VISIT_INSTANT(number, member, name, sentence) \
	{ KPI_FIELD_##number, KPI__TYPE_INSTANT, 1, 0, NOT_CODED, \
		VISIT(member), YEARS, name, "ms", "years 1 to 9999", \
		sentence }
#define DURATION(number, member, name, sentence) \
	{ KPI_FIELD_##number, KPI__TYPE_DURATION, 1, 0, NOT_CODED, \
		VISIT(member), CENTURY, name, "ms", "0s to 36525d", sentence }
#define CODE(number, visit, offset, least, greatest, name, values, sentence) \
	{ KPI_FIELD_##number, KPI__TYPE_CODE, visit, 0, NOT_CODED, offset, \
		least, greatest, name, "", values, sentence }

/* clang-format off */
const kpi__field kpi__fields[KPI__FIELDS] = {
	INSTANT(STARTED_AT, started_at, "started_at",
	    "When the interaction began."),
	CODE(DIRECTION, 0, OF(direction), 1, 3, "direction",
	    "inbound, outbound, internal (1 to 3)", "Who began it."),
	{ KPI_FIELD_IVR, KPI__TYPE_DURATION, 0, 0, NOT_CODED, OF(ivr_ms),
	    CENTURY, "ivr", "ms", "0s to 36525d",
	    "Time in the menu, before the first wait." },
	FLAG(RESOLVED, resolved, "resolved", "Whether it is resolved."),
	INSTANT(FIRST_RESOLVED_AT, first_resolved_at, "first_resolved_at",
	    "When it was resolved for the first time."),
	INSTANT(RESOLVED_AT, resolved_at, "resolved_at",
	    "When it was resolved for the last time."),
	COUNTED(REOPENED_COUNT, reopened_count, "reopened_count",
	    "How many times it was reopened."),
	INSTANT(REOPENED_AT, reopened_at, "reopened_at",
	    "When it was reopened for the last time."),
	FLAG(ESCALATED, escalated, "escalated", "Whether it was escalated."),
	FLAG(FIRST_CONTACT, first_contact, "first_contact",
	    "The agent's own mark of resolution at first contact."),
	FLAG(RESOLVABLE, resolvable, "resolvable",
	    "Whether it could be resolved at first contact at all."),
	COUNTED(AGENT_REPLIES, agent_replies, "agent_replies",
	    "Replies that agents wrote."),
	COUNTED(CUSTOMER_REPLIES, customer_replies, "customer_replies",
	    "Replies that the customer wrote."),
	INSTANT(FIRST_RESPONSE_AT, first_response_at, "first_response_at",
	    "When an agent first responded."),
	INSTANT(SURVEY_OFFERED_AT, survey_offered_at, "survey_offered_at",
	    "When a survey was offered."),
	INSTANT(SURVEY_ANSWERED_AT, survey_answered_at, "survey_answered_at",
	    "When the survey was answered."),
	MARK(CSAT, csat, 0, 11, "csat", "0 to csat_scale (unknown: 11)",
	    "The customer's mark of satisfaction."),
	MARK(CSAT_SCALE, csat_scale, 2, 11, "csat_scale", "2 to 11",
	    "The highest mark of satisfaction that could be given."),
	MARK(NPS, nps, 0, 10, "nps", "0 to 10",
	    "How likely the customer is to recommend."),
	MARK(CES, ces, 1, 7, "ces", "1 to 7",
	    "The customer's mark of effort."),
	CODE(CES_VERSION, 0, OF(ces_version), 1, 2, "ces_version", "1 or 2",
	    "The version of the question about effort."),
	FLAG(SURVEY_RESOLVED, survey_resolved, "survey_resolved",
	    "The customer's answer to whether it was resolved."),
	COUNTED(SURVEY_CONTACTS, survey_contacts, "survey_contacts",
	    "The customer's answer to how many contacts it took."),
	MARK(QUALITY, quality, 0, 1000000, "quality",
	    "0 to 1000000 (millionths)",
	    "The reviewer's mark, in millionths of 1."),
	{ KPI_FIELD_COST, KPI__TYPE_MONEY, 0, 0, NOT_CODED, OF(cost), ANY,
	    "cost", "minor units", "any amount",
	    "Its own cost, in minor units of one currency." },
	TEXT(ID, NOT_CODED, id, "id", "Its id, unique within the source."),
	TEXT(SOURCE, 0, source, "source",
	    "The system that the id comes from."),
	TEXT(CUSTOMER, 1, customer, "customer", "Who the customer is."),
	TEXT(CHANNEL, 2, channel, "channel",
	    "The channel, such as voice, chat or e-mail."),
	TEXT(REASON, 3, reason, "reason", "The reason, or contact type."),
	TEXT(CASE, 4, case_id, "case", "The case that it belongs to."),
	TEXT(ATTRIBUTE_1, 5, attribute_1, "attribute_1",
	    "The first of four dimensions that the user names."),
	TEXT(ATTRIBUTE_2, 6, attribute_2, "attribute_2",
	    "The second of four dimensions that the user names."),
	TEXT(ATTRIBUTE_3, 7, attribute_3, "attribute_3",
	    "The third of four dimensions that the user names."),
	TEXT(ATTRIBUTE_4, 8, attribute_4, "attribute_4",
	    "The fourth of four dimensions that the user names."),
	VISIT_INSTANT(ENTERED_AT, entered_at, "entered_at",
	    "When the visit entered its queue."),
	VISIT_INSTANT(ENDED_AT, ended_at, "ended_at",
	    "When the visit ended."),
	DURATION(WAIT, wait_ms, "wait",
	    "From entry to the answer or the leaving; contains the ring."),
	DURATION(RING, ring_ms, "ring", "The last ringing."),
	DURATION(TALK, talk_ms, "talk",
	    "Talking, without hold where the source knows it."),
	DURATION(HOLD, hold_ms, "hold", "The customer on hold."),
	DURATION(AFTER_CALL, after_call_ms, "after_call",
	    "Work after the call, or wrap-up."),
	CODE(OUTCOME, 1, VISIT(outcome), 1, 13, "outcome",
	    "an outcome (1 to 13)", "What came of the visit."),
	CODE(TRANSFER, 1, VISIT(transfer), 0, 6, "transfer",
	    "a kind of transfer (0 to 6)", "How its agent passed it on."),
	CODE(TIER, 1, VISIT(tier), 1, 1000, "tier", "1 to 1000",
	    "The tier of the agent, 1 being the first line."),
	VISIT_TEXT(QUEUE, 9, queue, "queue", "The queue that was entered."),
	VISIT_TEXT(AGENT, 10, agent, "agent", "The agent who took it."),
	VISIT_TEXT(TEAM, 11, team, "team", "The team of that agent."),
};
/* clang-format on */

const kpi__field *
kpi__field_of_dictionary(uint32_t i)
{
	return i < 9 ? &kpi__fields[KPI_FIELD_SOURCE - 1 + i]
		     : &kpi__fields[KPI_FIELD_QUEUE - 1 + i - 9];
}

int
kpi__field_is_instant(int64_t at)
{
	const kpi__field *const field = kpi__field_find(KPI_FIELD_STARTED_AT);

	return at >= field->least && at <= field->greatest;
}

const char *
kpi__field_kind(const kpi__field *field)
{
	static const char *const kinds[] = { "instant", "duration", "count",
		"flag", "mark", "money", "code", "text" };

	return kinds[field->type];
}
