/* SPDX-License-Identifier: MIT */
/* What is left out, and under which reason. */
#include "metric/term.h"
#include "metric/words.h"
#include "query/class.h"

static void
say_classes(kpi__sentences *s)
{
	const uint64_t classes = kpi__words_classes(s);

	if (kpi__reads(s, KPI__WAIT_MIN) && kpi__value(s, KPI__WAIT_MIN) > 0) {
		kpi__say(s, "What waited less than ");
		kpi__say_value(s, KPI__WAIT_MIN);
		kpi__say(s, " is left out as not_counted");
		kpi__stop(s);
	}
	if (classes == 0)
		return;
	kpi__say(s,
	    "Left out are, as unknown, those whose outcome is not "
	    "known, or whose wait where it matters; as not_counted, "
	    "all others");
	kpi__stop(s);
}

static void
say_resolution(kpi__sentences *s)
{
	const int within = kpi__value(s, KPI__RESOLUTION_WITHIN) > 0;

	kpi__sentence(s, KPI__RESOLUTION_UNKNOWN,
	    kpi__value(s, KPI__RESOLUTION_UNKNOWN) == KPI__NOT_RESOLVED
		? "What is not known to be resolved is not; where nothing is "
		  "known of a whole group there is no data"
		: "What is not known to be resolved or not is left out as "
		  "unknown");
	if (kpi__value(s, KPI__RESOLUTION_POPULATION) != KPI__RECEIVED) {
		kpi__say(s,
		    "What was not answered is left out as "
		    "not_counted");
		kpi__stop(s);
	}
	if (within) {
		kpi__say(s,
		    "What has not had its time is left out as "
		    "immature, what is resolved at an unknown time as "
		    "unknown");
		kpi__stop(s);
	}
}

static void
say_edges(kpi__sentences *s)
{
	const int back = kpi__words_looks_back(s);
	const int ahead = kpi__words_looks_ahead(s);

	if (!back && !ahead)
		return;
	if (kpi__tell(s, KPI__REPEAT_EDGE) == KPI__EDGE_INCLUDE) {
		kpi__say(s,
		    "Contacts near the ends of the known time count "
		    "like others, though some of what was before or "
		    "comes after is not known");
	} else {
		kpi__say(s, "Left out are contacts less than the window");
		if (back)
			kpi__say(s,
			    " after the beginning of the known time, "
			    "as truncated");
		if (ahead)
			kpi__say(s,
			    back ? ", or before its end, as immature"
				 : " before the end of the known "
				   "time, as immature");
	}
	kpi__stop(s);
}

static void
say_neighbours(kpi__sentences *s)
{
	const int by_case = kpi__reads(s, KPI__FCR_UNIT) &&
	    kpi__value(s, KPI__FCR_UNIT) == KPI__FCR_CASE;

	if (kpi__words_looks(s) && !by_case) {
		kpi__sentence(s, KPI__REPEAT_UNKNOWN_CUSTOMER,
		    kpi__value(s, KPI__REPEAT_UNKNOWN_CUSTOMER) ==
			    KPI__UNKNOWN_EXCLUDED
			? "A contact of an unknown customer is left out as "
			  "unknown"
			: "A contact of an unknown customer is an issue of "
			  "its own");
		say_edges(s);
	}
	kpi__say(s,
	    "A contact of which it is not known whether it counts is "
	    "left out as unknown, one that does not as not_counted");
	kpi__stop(s);
}

static void
say_window(kpi__sentences *s, const char *what)
{
	if (kpi__value(s, KPI__SURVEY_WINDOW) == 0)
		return;
	kpi__say(s, "An answer more than ");
	kpi__say_value(s, KPI__SURVEY_WINDOW);
	kpi__say(s, " after the contact is none");
	kpi__say(s, what);
	kpi__stop(s);
}

static void
say_surveys(kpi__sentences *s)
{
	say_window(s, "");
	if (kpi__reads(s, KPI__NPS_PER))
		kpi__sentence(s, KPI__NPS_PER,
		    kpi__value(s, KPI__NPS_PER) == KPI__PER_ANSWER
			? "Each answer counts"
			: "Of each customer the latest answer in a bucket "
			  "counts");
	kpi__say(s, "A contact without an answer counts nowhere");
	kpi__stop(s);
}

static void
say_plain(kpi__sentences *s, const char *text)
{
	kpi__say(s, text);
	kpi__stop(s);
}

static void
say_other(kpi__sentences *s)
{
	switch (s->metric->number) {
	case KPI_METRIC_VISITS:
		say_plain(s,
		    "What was turned away, lost before the queue or "
		    "self-served is left out as not_counted");
		break;
	case KPI_METRIC_CUSTOMERS:
		say_plain(s,
		    "Contacts of unknown customers are left out as "
		    "unknown");
		break;
	case KPI_METRIC_BACKLOG:
		say_plain(s,
		    "Left out are, as unknown, interactions of which "
		    "it is not known whether they have ended; as "
		    "not_counted, those that have");
		break;
	default:
		break;
	}
}

void
kpi__words_left_out(kpi__sentences *s)
{
	switch (kpi__words_family(s)) {
	case KPI__WORDS_CLASSES:
		say_classes(s);
		break;
	case KPI__WORDS_HANDLE:
		say_plain(s,
		    "Left out are, as unknown, answered ones whose "
		    "talk is not known; as in_progress, those that "
		    "go on; as not_counted, all others");
		break;
	case KPI__WORDS_RESOLUTION:
		say_resolution(s);
		break;
	case KPI__WORDS_TRANSFERS:
		say_plain(s,
		    "Left out are, as unknown, those of which it is "
		    "not known whether they were answered or passed "
		    "on; as not_counted, those that are not in the "
		    "denominator");
		break;
	case KPI__WORDS_NEIGHBOURS:
		say_neighbours(s);
		break;
	case KPI__WORDS_SURVEY:
		say_surveys(s);
		break;
	case KPI__WORDS_RESPONSE:
		say_window(s,
		    "; a survey that may yet be answered is left "
		    "out as immature");
		say_plain(s,
		    "Left out are, as unknown, answers of which no "
		    "offer is known; as not_counted, contacts "
		    "without an offer");
		break;
	case KPI__WORDS_AGENT_TIME:
		say_plain(s,
		    kpi__reads(s, KPI__OVERLAP)
			? "Left out are, as no_activity, agents of whom it "
			  "is not known when they were logged in; as "
			  "not_counted, time in any other state; as "
			  "unknown, contact whose agent is not known"
			: "Left out are, as no_activity, legs of agents of "
			  "whom it is not known when they were logged in; as "
			  "unknown, legs whose agent is not known");
		break;
	case KPI__WORDS_PER_AGENT:
		if (kpi__value(s, KPI__CONTACTS_PER_AGENT_NUMERATOR) ==
		    KPI__OF_ANSWERED)
			say_plain(s,
			    "Left out are, as unknown, interactions "
			    "whose outcome is not known; as "
			    "not_counted, those that were not "
			    "answered");
		break;
	case KPI__WORDS_ROSTER:
		break;
	case KPI__WORDS_REOPEN:
	case KPI__WORDS_SELF_SERVICE:
	case KPI__WORDS_FIRST_RESPONSE:
	case KPI__WORDS_DESK_TIME:
	case KPI__WORDS_QUALITY:
	case KPI__WORDS_COST:
		kpi__words_work_left_out(s);
		break;
	default:
		say_other(s);
		break;
	}
}
