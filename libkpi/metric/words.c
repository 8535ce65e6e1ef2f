/* SPDX-License-Identifier: MIT */
#include "metric/words.h"

#include <string.h>

#include "base/error.h"
#include "metric/term.h"
#include "metric/value.h"
#include "query/class.h"

/* One of the times, or a quantile of it. */
static int
is_desk_time(const char *metric)
{
	static const char *const times[] = { "first_response_time",
		"resolution_time" };

	for (size_t i = 0; i < sizeof(times) / sizeof(*times); i++)
		if (strncmp(metric, times[i], strlen(times[i])) == 0)
			return 1;
	return 0;
}

int
kpi__words_family(const kpi__sentences *s)
{
	static const struct {
		int32_t reads;
		int family;
	} by[] = {
		{ KPI__CONTACTS_PER_AGENT_NUMERATOR, KPI__WORDS_PER_AGENT },
		{ KPI__TURNOVER_DENOMINATOR, KPI__WORDS_ROSTER },
		{ KPI__COST_SOURCES, KPI__WORDS_COST },
		{ KPI__CONTACT_PARTS, KPI__WORDS_AGENT_TIME },
		{ KPI__REPEAT_WINDOW, KPI__WORDS_NEIGHBOURS },
		{ KPI__TRANSFER_KINDS, KPI__WORDS_TRANSFERS },
		{ KPI__REOPEN_WINDOW, KPI__WORDS_REOPEN },
		{ KPI__SELF_SERVICE_WINDOW, KPI__WORDS_SELF_SERVICE },
		{ KPI__FIRST_RESPONSE_THRESHOLD, KPI__WORDS_FIRST_RESPONSE },
		{ KPI__RESOLUTION_WITHIN, KPI__WORDS_RESOLUTION },
		{ KPI__PART_DENOMINATOR, KPI__WORDS_HANDLE },
		{ KPI__WAIT_PARTS, KPI__WORDS_CLASSES },
	};

	for (size_t i = 0; i < sizeof(by) / sizeof(*by); i++)
		if (kpi__reads(s, by[i].reads))
			return by[i].family;
	if (s->metric->number == KPI_METRIC_QUALITY_SCORE)
		return KPI__WORDS_QUALITY;
	if (is_desk_time(s->metric->name))
		return KPI__WORDS_DESK_TIME;
	if (!kpi__reads(s, KPI__SURVEY_WINDOW))
		return KPI__WORDS_OTHER;
	return s->metric->number == KPI_METRIC_SURVEY_RESPONSE_RATE
	    ? KPI__WORDS_RESPONSE
	    : KPI__WORDS_SURVEY;
}

uint64_t
kpi__words_classes(const kpi__sentences *s)
{
	static const int32_t sets[] = { KPI__SERVICE_LEVEL_NUMERATOR,
		KPI__SERVICE_LEVEL_DENOMINATOR, KPI__ABANDONMENT_NUMERATOR,
		KPI__ABANDONMENT_DENOMINATOR, KPI__AVERAGE_WAIT_OUTCOMES,
		KPI__LONGEST_WAIT_OUTCOMES, KPI__CONTACTS_CLASSES };
	uint64_t classes = 0;
	int some = 0;

	for (size_t i = 0; i < sizeof(sets) / sizeof(*sets); i++) {
		if (!kpi__reads(s, sets[i]))
			continue;
		some = 1;
		if (kpi__value(s, sets[i]) != KPI__AUTOMATIC)
			classes |= (uint64_t)kpi__value(s, sets[i]);
	}
	return !some && kpi__reads(s, KPI__WAIT_MIN) ? KPI__ANSWERED : classes;
}

static void
say_units(kpi__sentences *s)
{
	if (!kpi__reads(s, KPI__UNIT))
		return;
	switch (kpi__tell(s, KPI__UNIT)) {
	case KPI__VISIT:
		kpi__say(s,
		    "A visit is an entry into a queue, or an "
		    "interaction's only row without one; a direct "
		    "transfer is none");
		break;
	case KPI__LEG:
		kpi__say(s, "A leg is the part of one agent who answered");
		break;
	case KPI__CASE:
		kpi__say(s,
		    "A case is all interactions with one case id; one "
		    "without is its own case");
		break;
	case KPI__INTERACTION:
		kpi__say(s,
		    "An interaction is one customer's contact with "
		    "all its visits: answered if any of them was");
		break;
	default:
		kpi__say(s,
		    "A unit is a leg, the part of one agent, where "
		    "agents or teams are asked for, else an "
		    "interaction");
	}
	kpi__stop(s);
}

/* Who asks by direction takes what it names. */
static void
say_directions(kpi__sentences *s)
{
	const int family = kpi__words_family(s);
	const int all = family == KPI__WORDS_HANDLE ||
	    family == KPI__WORDS_QUALITY ||
	    family == KPI__WORDS_SURVEY || family == KPI__WORDS_RESPONSE ||
	    family == KPI__WORDS_AGENT_TIME || family == KPI__WORDS_COST ||
	    (kpi__reads(s, KPI__FCR_METHOD) &&
		kpi__value(s, KPI__FCR_METHOD) == KPI__FCR_SURVEY);

	if (!kpi__reads(s, KPI__DIRECTIONS))
		return;
	kpi__say(s, "Counted is what is of ");
	if (kpi__tell(s, KPI__DIRECTIONS) != KPI__AUTOMATIC) {
		kpi__say(s, "the direction ");
		kpi__say_set(s, KPI__DIRECTIONS, "or");
	} else {
		kpi__say(s,
		    all ? "any direction" : "the direction inbound or unknown");
	}
	if (family != KPI__WORDS_AGENT_TIME)
		kpi__say(s, "; a question by direction counts what it names");
	kpi__stop(s);
}

static void
say_arrivals(kpi__sentences *s)
{
	if (!kpi__reads(s, KPI__ARRIVALS) ||
	    kpi__value(s, KPI__ARRIVALS) == KPI__ARRIVALS_ALL)
		return;
	kpi__say(s, "Counted is only what arrived ");
	kpi__say(s,
	    kpi__tell(s, KPI__ARRIVALS) == KPI__ARRIVALS_IN_HOURS
		? "in"
		: "out of");
	kpi__say(s,
	    " the business hours of its queue, an interaction at its start "
	    "and a visit or leg at its entry; where the queue has no "
	    "calendar it is left out as unknown");
	kpi__stop(s);
}

static void
say_anchor(kpi__sentences *s)
{
	static const char *const anchors[] = {
		[KPI__ANCHOR_STARTED] = "the interaction's start",
		[KPI__ANCHOR_QUEUED] = "its entry into the queue",
		[KPI__ANCHOR_ANSWERED] =
		    "its answer, or its leaving unanswered",
		[KPI__ANCHOR_ENDED] = "its end",
		[KPI__ANCHOR_WRAPPED] = "the end of its after-call work",
	};

	if (kpi__reads(s, KPI__SURVEY_ANCHOR) &&
	    kpi__value(s, KPI__SURVEY_ANCHOR) == KPI__AT_ANSWER) {
		kpi__sentence(s, KPI__SURVEY_ANCHOR,
		    "A survey stands in the range and bucket of its answer");
		return;
	}
	if (!kpi__reads(s, KPI__ANCHOR)) {
		if (kpi__words_family(s) == KPI__WORDS_AGENT_TIME) {
			kpi__say(s,
			    "Time is shared out over ranges and "
			    "buckets to the millisecond");
			kpi__stop(s);
		}
		return;
	}
	if (kpi__tell(s, KPI__ANCHOR) == KPI__ANCHOR_OWN_EVENT) {
		kpi__say(s,
		    "Each count stands in the range and bucket of its "
		    "own event");
	} else {
		kpi__say(s, "A unit stands in the range and bucket of ");
		kpi__say(s, anchors[kpi__value(s, KPI__ANCHOR)]);
	}
	kpi__stop(s);
}

static void
say_credit(kpi__sentences *s)
{
	static const char *const credits[] = {
		[KPI__CREDIT_LAST] = "the one who spoke last",
		[KPI__CREDIT_FIRST] = "the one who spoke first",
		[KPI__CREDIT_EQUAL] = "all who spoke, in equal parts",
	};
	const int64_t unit = kpi__reads(s, KPI__UNIT) ? kpi__value(s, KPI__UNIT)
						      : KPI__INTERACTION;

	if (!kpi__reads(s, KPI__CREDIT))
		return;
	if (unit == KPI__VISIT) {
		kpi__say(s,
		    "Of agents, an answered visit belongs to who "
		    "answered it, an unanswered one to nobody");
	} else if (unit == KPI__LEG || unit == KPI__AUTOMATIC) {
		kpi__say(s, "Of agents, a leg belongs to who had it");
	} else {
		kpi__say(s, "Of several agents, an interaction belongs to ");
		kpi__say(s, credits[kpi__tell(s, KPI__CREDIT)]);
	}
	kpi__stop(s);
}

static void
say_wait_parts(kpi__sentences *s)
{
	if (!kpi__reads(s, KPI__WAIT_PARTS) || kpi__words_classes(s) == 0)
		return;
	kpi__say(s, "A wait is ");
	kpi__say_set(s, KPI__WAIT_PARTS, "and");
	kpi__stop(s);
}

static void
say_business_hours(kpi__sentences *s)
{
	if (!kpi__reads(s, KPI__BUSINESS_HOURS) ||
	    kpi__value(s, KPI__BUSINESS_HOURS) == KPI__BUSINESS_ELAPSED)
		return;
	kpi__sentence(s, KPI__BUSINESS_HOURS,
	    "Of time only what lies in the business hours of the "
	    "interaction's first queue counts, by that queue's calendar; "
	    "where it has none the interaction is left out as unknown");
}

/* What is known is the end of the store where something looks past it. */
static int
reads_end(const kpi__sentences *s)
{
	switch (kpi__words_family(s)) {
	case KPI__WORDS_CLASSES:
		return (kpi__words_classes(s) & KPI__WAITING) != 0;
	case KPI__WORDS_NEIGHBOURS:
		return !kpi__words_looks(s) || kpi__words_looks_ahead(s) ||
		    kpi__value(s, KPI__REPEAT_FROM) == KPI__FROM_END ||
		    (kpi__reads(s, KPI__FCR_METHOD) &&
			kpi__value(s, KPI__FCR_METHOD) != KPI__FCR_SILENCE);
	case KPI__WORDS_RESPONSE:
		return kpi__value(s, KPI__SURVEY_WINDOW) > 0;
	case KPI__WORDS_SELF_SERVICE:
		return kpi__value(s, KPI__SELF_SERVICE_WINDOW) > 0;
	case KPI__WORDS_SURVEY:
		return 0;
	case KPI__WORDS_COST:
		return kpi__value(s, KPI__COST_DENOMINATOR) ==
		    KPI__COST_RESOLVED;
	case KPI__WORDS_ROSTER:
		return kpi__value(s, KPI__AS_OF) != KPI__AUTOMATIC;
	case KPI__WORDS_PER_AGENT:
		return kpi__value(s, KPI__CONTACTS_PER_AGENT_DENOMINATOR) !=
		    KPI__PER_HANDLED;
	default:
		return 1;
	}
}

static int
reads_beginning(const kpi__sentences *s)
{
	if (!kpi__reads(s, KPI__KNOWN_FROM))
		return 0;
	return kpi__words_family(s) == KPI__WORDS_AGENT_TIME ||
		kpi__words_family(s) == KPI__WORDS_ROSTER
	    ? kpi__value(s, KPI__KNOWN_FROM) != KPI__AUTOMATIC
	    : kpi__words_looks(s) && kpi__words_looks_back(s);
}

static void
say_known(kpi__sentences *s)
{
	if (reads_beginning(s)) {
		kpi__say(s, "All is taken to be known from ");
		if (kpi__value(s, KPI__KNOWN_FROM) == KPI__AUTOMATIC)
			kpi__say(s, "the earliest start in the store");
		else
			kpi__say_value(s, KPI__KNOWN_FROM);
		kpi__stop(s);
	}
	if (kpi__reads(s, KPI__AS_OF) && reads_end(s)) {
		kpi__say(s, "All is taken to be known until ");
		if (kpi__value(s, KPI__AS_OF) == KPI__AUTOMATIC)
			kpi__say(s, "the latest time in the store");
		else
			kpi__say_value(s, KPI__AS_OF);
		kpi__stop(s);
	}
}

/* What is set and none of the sentences needed. */
static void
say_idle(kpi__sentences *s)
{
	const char *before = "Set, but without effect here: ";
	const size_t begin = s->out.size;

	for (int32_t i = 0; i < KPI__PARAMETERS; i++)
		if (s->told[i] == KPI__UNTOLD)
			kpi__definition_put(s->definition, i, &before, &s->out);
	if (s->out.size > begin)
		kpi__say(s, ".\n");
}

static void
say_all(kpi__sentences *s)
{
	kpi__words_figure(s);
	say_units(s);
	say_directions(s);
	say_arrivals(s);
	say_anchor(s);
	say_credit(s);
	say_wait_parts(s);
	say_business_hours(s);
	kpi__words_thresholds(s);
	kpi__words_neighbours(s);
	say_known(s);
	kpi__words_left_out(s);
	kpi__words_bounds(s);
	say_idle(s);
}

kpi_status
kpi_definition_words(const kpi_definition *definition, char *text,
    uint64_t room, uint64_t *size, kpi_error *error)
{
	kpi__sentences s;
	kpi_status status;

	if (definition == NULL || (text == NULL && room > 0))
		return kpi__fail(
		    error, KPI_EINVAL, "the definition or the text is NULL");
	status = kpi__definition_check(definition, error);
	if (status != KPI_OK)
		return status;
	memset(&s, 0, sizeof(s));
	s.definition = definition;
	s.metric = kpi__metric_find(definition->metric);
	kpi__buffer_init(&s.out, &definition->allocator);
	say_all(&s);
	if (s.out.status != KPI_OK)
		status = kpi__fail(
		    error, s.out.status, "no memory for a definition");
	else
		kpi__value_hand_out(&s.out, text, room, size);
	kpi__buffer_free(&s.out);
	return status;
}
