/* SPDX-License-Identifier: MIT */
/* How work went: what came back, was passed up, answered in time; who left,
 * and what it cost. */
#include <string.h>

#include "metric/term.h"
#include "metric/words.h"

static int
is_of(const kpi__sentences *s, const char *time)
{
	return strncmp(s->metric->name, time, strlen(time)) == 0;
}

/* A duration's sentence, if it is not 0. */
static void
say_after(kpi__sentences *s, int32_t parameter, const char *before,
    const char *behind)
{
	if (kpi__value(s, parameter) == 0)
		return;
	kpi__say(s, before);
	kpi__say_value(s, parameter);
	kpi__say(s, behind);
	kpi__stop(s);
}

void
kpi__words_reopen(kpi__sentences *s)
{
	kpi__say(s, "The figure is the number of interactions reopened");
	if (kpi__value(s, KPI__REOPEN_WINDOW) > 0) {
		kpi__say(s, " within ");
		kpi__say_value(s, KPI__REOPEN_WINDOW);
		kpi__say(s, " of their first resolution");
	}
	kpi__say(s, ", divided by the number of those ");
	kpi__say(s,
	    kpi__tell(s, KPI__REOPEN_DENOMINATOR) == KPI__REOPENED_OF_RESOLVED
		? "ever resolved"
		: "received, resolved or not");
	kpi__stop(s);
}

void
kpi__words_self_service(kpi__sentences *s)
{
	kpi__say(s, "The figure is the number of interactions that ended as ");
	kpi__say_set(s, KPI__SELF_SERVICE_NUMERATOR, "or");
	kpi__say(s,
	    ", divided by the number of those that entered the menu, bot or "
	    "portal");
	kpi__stop(s);
	say_after(s, KPI__SELF_SERVICE_WINDOW,
	    "Who seeks an agent within ", " of the start was not served");
}

void
kpi__words_first_response(kpi__sentences *s)
{
	kpi__say(s,
	    "The figure is the number of interactions to which a human "
	    "replied within ");
	kpi__say_value(s, KPI__FIRST_RESPONSE_THRESHOLD);
	kpi__say(s, ", divided by the number of those received");
	kpi__stop(s);
}

void
kpi__words_desk_time(kpi__sentences *s)
{
	kpi__words_begin_time(s);
	kpi__say(s,
	    is_of(s, "first_response")
		? "time from the start to the first human reply"
		: "time from the start to the resolution");
	kpi__words_end_time(s);
	if (kpi__reads(s, KPI__RESOLUTION_STATE))
		kpi__sentence(s, KPI__RESOLUTION_STATE,
		    kpi__value(s, KPI__RESOLUTION_STATE) == KPI__STATE_LAST
			? "The last resolution is meant: what was reopened "
			  "after it is not resolved"
			: "The first resolution is meant");
}

void
kpi__words_turnover(kpi__sentences *s)
{
	static const char *const of[] = {
		[KPI__TURNOVER_MEAN] = "the mean headcount over time",
		[KPI__TURNOVER_ENDS] =
		    "the mean of the headcounts at the beginning and the end",
		[KPI__TURNOVER_MONTH_ENDS] =
		    "the mean of the headcounts at the ends of months",
		[KPI__TURNOVER_START] = "the headcount at the beginning",
		[KPI__TURNOVER_EVER] =
		    "the number of those who were employed at any time"
	};

	kpi__say(s, "The figure is the number of agents who left, divided by ");
	kpi__say(s, of[kpi__tell(s, KPI__TURNOVER_DENOMINATOR)]);
	kpi__stop(s);
	kpi__sentence(s, KPI__TURNOVER_ANNUAL,
	    kpi__value(s, KPI__TURNOVER_ANNUAL) != 0
		? "It is for a year, of which every calendar month is a "
		  "twelfth"
		: "It is for the span itself, however long");
	kpi__say(s,
	    "A rehire is another employment; employments of one agent that "
	    "overlap are one, and who leaves was there until the last "
	    "millisecond before");
	kpi__stop(s);
}

void
kpi__words_cost(kpi__sentences *s)
{
	static const char *const of[] = {
		[KPI__COST_ANSWERED] =
		    "the number of interactions that were answered",
		[KPI__COST_RECEIVED] = "the number of interactions",
		[KPI__COST_RESOLVED] =
		    "the number of interactions that are resolved",
		[KPI__COST_AGENTS] = "the number of agents who had a leg"
	};
	static const char *const rest[] = {
		[KPI__ALLOCATE_NONE] =
		    "; of one that names none it is not known of which it is",
		[KPI__ALLOCATE_CONTACTS] =
		    "; groups that share one have parts of it in whole units, "
		    "by the number of their interactions",
		[KPI__ALLOCATE_HANDLE_TIME] =
		    "; groups that share one have parts of it in whole units, "
		    "by the talk, hold and after-call work of their legs"
	};
	const int64_t sources = kpi__tell(s, KPI__COST_SOURCES);

	kpi__say(s, "The figure is ");
	if (sources & KPI__COST_OWN)
		kpi__say(s, "the own cost of interactions, answered or not");
	if (sources == (KPI__COST_OWN | KPI__COST_EXPENSES))
		kpi__say(s, ", and ");
	if (sources & KPI__COST_EXPENSES)
		kpi__say(s, "what was spent beside");
	kpi__say(s, ", divided by ");
	kpi__say(s, of[kpi__tell(s, KPI__COST_DENOMINATOR)]);
	kpi__stop(s);
	if (!(sources & KPI__COST_EXPENSES))
		return;
	kpi__say(s,
	    "An expense is spread evenly over its span, and is of the queue, "
	    "team, agent or channel that it names");
	kpi__say(s, rest[kpi__tell(s, KPI__COST_ALLOCATION)]);
	kpi__stop(s);
}

static void
say_cost(kpi__sentences *s)
{
	if (kpi__value(s, KPI__COST_DENOMINATOR) == KPI__COST_ANSWERED)
		kpi__say(s,
		    "Not divided by are, as unknown, those whose outcome is "
		    "not known; as not_counted, those that were not answered");
	else if (kpi__value(s, KPI__COST_DENOMINATOR) == KPI__COST_RESOLVED)
		kpi__say(s,
		    "Not divided by are, as unknown, those of which nobody "
		    "knows; as not_counted, those that are not resolved");
	else
		return;
	kpi__stop(s);
}

static void
say_reopen(kpi__sentences *s)
{
	if (kpi__value(s, KPI__REOPEN_WINDOW) > 0) {
		kpi__say(s,
		    "Left out are, as immature, those whose window is not "
		    "over; as unknown, those of which it is not known when "
		    "they were first resolved, or reopened");
		kpi__stop(s);
	}
	kpi__say(s,
	    kpi__value(s, KPI__REOPEN_DENOMINATOR) == KPI__REOPENED_OF_RESOLVED
		? "What was never resolved is left out as not_counted, and "
		  "what nobody knows to be as unknown"
		: "What was not resolved, or not known to be, was not "
		  "reopened; where nothing is known of a whole group there "
		  "is no data");
	kpi__stop(s);
}

static void
say_self_service(kpi__sentences *s)
{
	say_after(s, KPI__SELF_SERVICE_MIN, "Who was there for less than ",
	    " is left out as not_counted");
	kpi__say(s,
	    "Left out are, as unknown, those whose outcome is not known, or "
	    "time in the menu where it is needed; as not_counted, those that "
	    "did not enter");
	if (kpi__value(s, KPI__SELF_SERVICE_WINDOW) > 0)
		kpi__say(s,
		    "; as immature, those whose window is not over; as "
		    "unknown, those of unknown customers");
	kpi__stop(s);
}

static void
say_desk_time(kpi__sentences *s)
{
	kpi__say(s,
	    "Left out are, as unknown, those of which it is not known when "
	    "it came; as immature, those that may yet get one, and where "
	    "these are more than 5 % there is no figure");
	if (is_of(s, "first_response"))
		kpi__say(s,
		    "; as not_counted, those that are over without a reply");
	kpi__stop(s);
}

void
kpi__words_work_left_out(kpi__sentences *s)
{
	switch (kpi__words_family(s)) {
	case KPI__WORDS_REOPEN:
		say_reopen(s);
		break;
	case KPI__WORDS_SELF_SERVICE:
		say_self_service(s);
		break;
	case KPI__WORDS_FIRST_RESPONSE:
		kpi__say(s,
		    "What has no reply is not in time, unless nothing is "
		    "known of a whole group; left out are, as immature, "
		    "those that have not had their time, and as unknown, "
		    "those replied to at an unknown time");
		kpi__stop(s);
		break;
	case KPI__WORDS_DESK_TIME:
		say_desk_time(s);
		break;
	case KPI__WORDS_COST:
		say_cost(s);
		break;
	default:
		kpi__say(s, "What was not reviewed counts nowhere");
		kpi__stop(s);
		break;
	}
}
