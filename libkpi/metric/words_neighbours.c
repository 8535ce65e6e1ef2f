/* SPDX-License-Identifier: MIT */
/* Repeats and first contact resolution: which contacts are looked for. */
#include "metric/term.h"
#include "metric/words.h"

static int
is_first_contact(const kpi__sentences *s)
{
	return kpi__reads(s, KPI__FCR_METHOD);
}

static int
by_silence(const kpi__sentences *s)
{
	return !is_first_contact(s) ||
	    kpi__value(s, KPI__FCR_METHOD) == KPI__FCR_SILENCE;
}

static int
by_case(const kpi__sentences *s)
{
	return is_first_contact(s) &&
	    kpi__value(s, KPI__FCR_UNIT) == KPI__FCR_CASE;
}

int
kpi__words_looks(const kpi__sentences *s)
{
	if (!kpi__reads(s, KPI__REPEAT_WINDOW))
		return 0;
	return by_silence(s) ||
	    kpi__value(s, KPI__FCR_UNIT) != KPI__FCR_CONTACT;
}

int
kpi__words_looks_back(const kpi__sentences *s)
{
	if (!is_first_contact(s))
		return kpi__value(s, KPI__REPEAT_CREDIT) == KPI__REPEAT_LATER;
	return kpi__value(s, KPI__FCR_UNIT) == KPI__FCR_ISSUE ||
	    kpi__value(s, KPI__FCR_UNIT) == KPI__FCR_CUSTOMER;
}

int
kpi__words_looks_ahead(const kpi__sentences *s)
{
	if (!is_first_contact(s))
		return kpi__value(s, KPI__REPEAT_CREDIT) == KPI__REPEAT_EARLIER;
	return by_silence(s) && !by_case(s);
}

static void
say_outcomes(kpi__sentences *s, int32_t parameter)
{
	if (kpi__tell(s, parameter) == KPI__ATTEMPTS) {
		kpi__say(s, " that sought an agent");
		return;
	}
	kpi__say(s, " of the outcome ");
	kpi__say_set(s, parameter, "or");
}

static void
say_within(kpi__sentences *s)
{
	kpi__say(s, " within ");
	kpi__say_value(s, KPI__REPEAT_WINDOW);
}

static void
say_derived(kpi__sentences *s)
{
	kpi__say(s,
	    "Resolved at first contact is one of which all of this is "
	    "true: ");
	kpi__say_set(s, KPI__FCR_REQUIRES, "and");
	if (kpi__value(s, KPI__FCR_MIN_REPLIES) > 0) {
		kpi__say(s, ", and at least this many replies of agents: ");
		kpi__say_value(s, KPI__FCR_MIN_REPLIES);
	}
	if (kpi__value(s, KPI__FCR_MAX_REPLIES) > 0) {
		kpi__say(s, ", and at most this many replies of agents: ");
		kpi__say_value(s, KPI__FCR_MAX_REPLIES);
	}
	(void)kpi__tell(s, KPI__FCR_METHOD);
	kpi__stop(s);
}

static void
say_asked(kpi__sentences *s)
{
	static const char *const all[] = {
		[KPI__FCR_RESOLVED] = "Asked are contacts that are resolved",
		[KPI__FCR_RECEIVED] =
		    "Asked are all contacts, whatever became of them"
	};
	const int64_t denominator = kpi__tell(s, KPI__FCR_DENOMINATOR);

	if (denominator == KPI__FCR_ANSWERED) {
		kpi__say(s, "Asked are contacts");
		say_outcomes(s, KPI__REPEAT_COUNTED_OUTCOMES);
	} else {
		kpi__say(s, all[denominator]);
	}
	kpi__stop(s);
}

static void
say_silence(kpi__sentences *s)
{
	kpi__say(s, "Resolved at first contact is one that no later contact");
	kpi__say(s, by_case(s) ? " of the case" : " of the same customer");
	say_outcomes(s, KPI__REPEAT_LATER_OUTCOMES);
	kpi__say(s, " follows");
	if (!by_case(s))
		say_within(s);
	kpi__stop(s);
}

static void
say_method(kpi__sentences *s)
{
	switch (kpi__value(s, KPI__FCR_METHOD)) {
	case KPI__FCR_SILENCE:
		say_silence(s);
		break;
	case KPI__FCR_MARK:
		kpi__sentence(s, KPI__FCR_METHOD,
		    "Resolved at first contact is one that its agent marked "
		    "so");
		say_asked(s);
		break;
	case KPI__FCR_SURVEY:
		kpi__sentence(s, KPI__FCR_METHOD,
		    "Resolved at first contact is one whose customer answered "
		    "that it was resolved, and in one contact; who did not "
		    "answer both questions is not known");
		break;
	default:
		say_derived(s);
		say_asked(s);
		break;
	}
	if (kpi__value(s, KPI__FCR_NET))
		kpi__sentence(s, KPI__FCR_NET,
		    "A contact that could not be resolved at first contact at "
		    "all is left out as not_counted");
}

static void
say_issue(kpi__sentences *s)
{
	kpi__say(s, "An issue begins with a contact");
	if (by_silence(s) ||
	    kpi__value(s, KPI__FCR_DENOMINATOR) == KPI__FCR_ANSWERED)
		say_outcomes(s, KPI__REPEAT_COUNTED_OUTCOMES);
	kpi__say(s, " that has no earlier one");
	say_outcomes(s, KPI__REPEAT_EARLIER_OUTCOMES);
	say_within(s);
	kpi__stop(s);
}

static void
say_unit(kpi__sentences *s)
{
	switch (kpi__value(s, KPI__FCR_UNIT)) {
	case KPI__FCR_CUSTOMER:
		say_issue(s);
		kpi__say(s,
		    "A customer stands once in each group and bucket, "
		    "as not resolved if one of the issues there is "
		    "not");
		kpi__stop(s);
		break;
	case KPI__FCR_CASE:
		kpi__say(s, "Of a case the first contact");
		if (by_silence(s) ||
		    kpi__value(s, KPI__FCR_DENOMINATOR) == KPI__FCR_ANSWERED)
			say_outcomes(s, KPI__REPEAT_COUNTED_OUTCOMES);
		kpi__say(s, " is asked");
		kpi__say(s, "; one without a case is its own");
		kpi__stop(s);
		break;
	case KPI__FCR_ISSUE:
		say_issue(s);
		break;
	default:
		if (!by_silence(s))
			break;
		kpi__say(s, "Counted are contacts");
		say_outcomes(s, KPI__REPEAT_COUNTED_OUTCOMES);
		kpi__stop(s);
	}
}

static void
say_repeat(kpi__sentences *s)
{
	kpi__say(s, "Counted are contacts");
	say_outcomes(s, KPI__REPEAT_COUNTED_OUTCOMES);
	kpi__say(s, "; one is a repeat if an earlier one of the same customer");
	say_outcomes(s, KPI__REPEAT_EARLIER_OUTCOMES);
	kpi__say(s, " lies");
	say_within(s);
	kpi__stop(s);
	kpi__sentence(s, KPI__REPEAT_CREDIT,
	    kpi__value(s, KPI__REPEAT_CREDIT) == KPI__REPEAT_LATER
		? "A repeat belongs to the group and time of the later contact"
		: "A repeat belongs to the group and time of the earlier "
		  "contact, whose later ones are looked for instead");
}

static void
say_distance(kpi__sentences *s)
{
	kpi__say(s,
	    kpi__tell(s, KPI__REPEAT_FROM) == KPI__FROM_START
		? "Distances run from the start of "
		: "Distances run from the end of ");
	if (is_first_contact(s) && !kpi__words_looks_back(s))
		kpi__say(s, "one contact");
	else
		kpi__say(s,
		    kpi__tell(s, KPI__REPEAT_LINK) == KPI__LINK_PREVIOUS
			? "the contact before"
			: "the first contact of the chain");
	kpi__say(s,
	    " to the start of the later one; one of exactly the "
	    "window is within it");
	kpi__stop(s);
}

void
kpi__words_neighbours(kpi__sentences *s)
{
	if (!kpi__reads(s, KPI__REPEAT_WINDOW))
		return;
	if (is_first_contact(s)) {
		say_method(s);
		say_unit(s);
	} else {
		say_repeat(s);
	}
	if (!kpi__words_looks(s))
		return;
	if (!by_case(s))
		say_distance(s);
	if (kpi__value(s, KPI__REPEAT_GAP) > 0) {
		kpi__say(s, "A contact less than ");
		kpi__say_value(s, KPI__REPEAT_GAP);
		kpi__say(s,
		    " after the one before that is counted or looked for "
		    "is that one carried on: neither counted nor looked for");
		kpi__stop(s);
	}
	kpi__say(s,
	    "Others are looked for in the whole store, whatever the "
	    "question selects, of the direction ");
	kpi__say_set(s, KPI__REPEAT_DIRECTIONS, "or");
	if (kpi__value(s, KPI__REPEAT_SAME) != KPI__SAME_NONE) {
		kpi__say(s, ", with the same known ");
		kpi__say_value(s, KPI__REPEAT_SAME);
	}
	kpi__stop(s);
}
