/* SPDX-License-Identifier: MIT */
#include "base/word.h"

#include <string.h>

#include <kpi/explain.h>
#include <kpi/interaction.h>
#include <kpi/query.h>
#include <kpi/result.h>

static const kpi__word dimensions[] = {
	{ KPI_BY_AGENT, "agent", "Who took it." },
	{ KPI_BY_TEAM, "team", "The team of that agent." },
	{ KPI_BY_QUEUE, "queue", "The queue that was entered." },
	{ KPI_BY_CHANNEL, "channel", "Voice, chat, e-mail and so on." },
	{ KPI_BY_REASON, "reason", "The contact type." },
	{ KPI_BY_CUSTOMER, "customer", "Who the customer is." },
	{ KPI_BY_CASE, "case", "The case that it belongs to." },
	{ KPI_BY_DIRECTION, "direction", "Who began it." },
	{ KPI_BY_SOURCE, "source", "The system that it comes from." },
	{ KPI_BY_ATTRIBUTE_1, "attribute_1", "The user's first attribute." },
	{ KPI_BY_ATTRIBUTE_2, "attribute_2", "The user's second attribute." },
	{ KPI_BY_ATTRIBUTE_3, "attribute_3", "The user's third attribute." },
	{ KPI_BY_ATTRIBUTE_4, "attribute_4", "The user's fourth attribute." },
};

static const kpi__word outcomes[] = {
	{ KPI_OUTCOME_ANSWERED, "answered", "An agent took it." },
	{ KPI_OUTCOME_ABANDONED, "abandoned",
	    "The customer left while waiting." },
	{ KPI_OUTCOME_BEFORE_QUEUE, "before_queue",
	    "The customer left in the menu, before any queue." },
	{ KPI_OUTCOME_SELF_SERVED, "self_served", "Done without an agent." },
	{ KPI_OUTCOME_OVERFLOWED, "overflowed",
	    "Routing moved it to another queue." },
	{ KPI_OUTCOME_TIMED_OUT, "timed_out", "The queue's time-out passed." },
	{ KPI_OUTCOME_EXITED, "exited", "The customer left by a key." },
	{ KPI_OUTCOME_VOICEMAIL, "voicemail", "It went to voicemail." },
	{ KPI_OUTCOME_EMPTIED, "emptied",
	    "The queue was emptied or closed, or the call was withdrawn." },
	{ KPI_OUTCOME_CALLBACK, "callback",
	    "The customer asked to be called back." },
	{ KPI_OUTCOME_TURNED_AWAY, "turned_away",
	    "It arrived when the queue was closed or full." },
	{ KPI_OUTCOME_FAILED, "failed",
	    "The system failed, or nobody took it." },
	{ KPI_OUTCOME_WAITING, "waiting", "It has no end yet." },
};

static const kpi__word buckets[] = {
	{ KPI_BUCKET_QUARTER_HOUR, "15min", "Quarters of an hour." },
	{ KPI_BUCKET_HALF_HOUR, "30min", "Half hours." },
	{ KPI_BUCKET_HOUR, "hour", "Hours." },
	{ KPI_BUCKET_DAY, "day", "Days of local wall time." },
	{ KPI_BUCKET_WEEK, "week", "Weeks from the query's first day." },
	{ KPI_BUCKET_MONTH, "month", "Calendar months." },
	{ KPI_BUCKET_QUARTER, "quarter", "Quarters of a calendar year." },
	{ KPI_BUCKET_YEAR, "year", "Calendar years." },
};

static const kpi__word states[] = {
	{ KPI_STATE_OK, "ok", "The figure has a value." },
	{ KPI_STATE_NO_DATA, "no data", "There is nothing to divide by." },
	{ KPI_STATE_UNDEFINED, "undefined",
	    "Something is to be divided by nothing." },
	{ KPI_STATE_IMMATURE, "immature", "Nothing is mature yet." },
	{ KPI_STATE_MIXED, "mixed", "Some marks are not of the scale that csat_scale, or "
	    "ces_version, says: set it to theirs, or ask for them apart." },
};

static const kpi__word verdicts[] = {
	{ KPI_VERDICT_MET, "met", "The target is reached, past chance." },
	{ KPI_VERDICT_MISSED, "missed", "It is not reached, past chance." },
	{ KPI_VERDICT_MET_WITHIN_NOISE, "met within noise",
	    "It is reached, as it might be by chance." },
	{ KPI_VERDICT_MISSED_WITHIN_NOISE, "missed within noise",
	    "It is not reached, as it might be by chance." },
	{ KPI_VERDICT_MORE_THAN_NOISE, "more than noise",
	    "It changed, past chance." },
	{ KPI_VERDICT_WITHIN_NOISE, "within noise",
	    "It changed no more than it might by chance." },
};

static const kpi__word roles[] = {
	{ KPI_ROLE_NUMERATOR, "numerator", "It is in the numerator." },
	{ KPI_ROLE_DENOMINATOR, "denominator",
	    "It is in the denominator alone." },
	{ KPI_ROLE_REPRESENTED, "represented",
	    "Another one of the same customer or agent counts for it." },
	{ KPI_ROLE_UNKNOWN, "unknown",
	    "Left out: a value that is needed is not known." },
	{ KPI_ROLE_IN_PROGRESS, "in_progress", "Left out: it has not ended." },
	{ KPI_ROLE_TRUNCATED, "truncated",
	    "Left out: too little is known of the time before it." },
	{ KPI_ROLE_IMMATURE, "immature",
	    "Left out: too little is known of the time after it." },
	{ KPI_ROLE_NOT_COUNTED, "not_counted",
	    "Left out: it is in no class of the denominator." },
};

static const kpi__word directions[] = {
	{ KPI_DIRECTION_INBOUND, "inbound", "The customer began it." },
	{ KPI_DIRECTION_OUTBOUND, "outbound", "The centre began it." },
	{ KPI_DIRECTION_INTERNAL, "internal", "It is between agents." },
};

static const kpi__word transfers[] = {
	{ KPI_TRANSFER_NONE, "none", "It was not passed on." },
	{ KPI_TRANSFER_BLIND, "blind", "Passed on without speaking first." },
	{ KPI_TRANSFER_ATTENDED, "attended", "Passed on after speaking." },
	{ KPI_TRANSFER_QUEUE, "queue", "Passed on to a queue." },
	{ KPI_TRANSFER_CONSULT, "consult", "Asked a colleague meanwhile." },
	{ KPI_TRANSFER_CONFERENCE, "conference", "A colleague joined." },
	{ KPI_TRANSFER_MENU, "menu", "Passed back to the menu." },
};

static const kpi__word activities[] = {
	{ KPI_ACTIVITY_READY, "ready", "Logged in and ready for contacts." },
	{ KPI_ACTIVITY_BREAK, "break", "On a break." },
	{ KPI_ACTIVITY_MEETING, "meeting", "In a meeting." },
	{ KPI_ACTIVITY_TRAINING, "training", "In training." },
	{ KPI_ACTIVITY_OTHER, "other", "Logged in, at other work." },
	{ KPI_ACTIVITY_OFFLINE, "offline", "Not logged in." },
};

/* clang-format off */
#define TABLE(array) { array, sizeof(array) / sizeof(*(array)) }
/* clang-format on */

static const struct {
	const kpi__word *words;
	size_t count;
} tables[] = {
	[KPI_TABLE_DIMENSIONS] = TABLE(dimensions),
	[KPI_TABLE_OUTCOMES] = TABLE(outcomes),
	[KPI_TABLE_BUCKETS] = TABLE(buckets),
	[KPI_TABLE_STATES] = TABLE(states),
	[KPI_TABLE_DIRECTIONS] = TABLE(directions),
	[KPI_TABLE_TRANSFERS] = TABLE(transfers),
	[KPI_TABLE_ACTIVITIES] = TABLE(activities),
	[KPI_TABLE_VERDICTS] = TABLE(verdicts),
	[KPI_TABLE_ROLES] = TABLE(roles),
};

const kpi__word *
kpi__words(int32_t table, size_t *count)
{
	*count = 0;
	if (table < 0 || (size_t)table >= sizeof(tables) / sizeof(*tables))
		return NULL;
	*count = tables[table].count;
	return tables[table].words;
}

static const kpi__word *
find(int32_t table, int64_t number)
{
	size_t count;
	const kpi__word *words = kpi__words(table, &count);

	for (size_t i = 0; i < count; i++) {
		if (words[i].number == number)
			return &words[i];
	}
	return NULL;
}

const char *
kpi__word_name(int32_t table, int64_t number)
{
	const kpi__word *word = find(table, number);

	return word == NULL ? NULL : word->name;
}

const char *
kpi__word_sentence(int32_t table, int64_t number)
{
	const kpi__word *word = find(table, number);

	return word == NULL ? NULL : word->sentence;
}

int64_t
kpi__word_number(int32_t table, const char *name, size_t size)
{
	size_t count;
	const kpi__word *words = kpi__words(table, &count);

	for (size_t i = 0; i < count; i++) {
		if (strlen(words[i].name) == size &&
		    memcmp(words[i].name, name, size) == 0)
			return words[i].number;
	}
	return KPI_UNKNOWN;
}
