/* SPDX-License-Identifier: MIT */
/* Bounds, targets and verdicts. */
#include <string.h>

#include <kpi/result.h>

#include "base/word.h"
#include "metric/targets.h"
#include "metric/term.h"
#include "metric/words.h"

enum kind { SHARE, MEAN, BALANCE, RATIO, QUANTILE, MIX, NO_KIND };

static int
is_rate_of_others(const kpi__sentences *s)
{
	return kpi__reads(s, KPI__ABANDONMENT_NUMERATOR) &&
	    (kpi__value(s, KPI__ABANDONMENT_NUMERATOR) &
		~kpi__value(s, KPI__ABANDONMENT_DENOMINATOR)) != 0;
}

static int
is_ratio(const kpi__sentences *s)
{
	const int own_event = kpi__reads(s, KPI__ANCHOR) &&
	    kpi__value(s, KPI__ANCHOR) == KPI__ANCHOR_OWN_EVENT;
	const int transfers = kpi__words_family(s) == KPI__WORDS_TRANSFERS;
	const int rate = kpi__reads(s, KPI__SERVICE_LEVEL_NUMERATOR) ||
	    kpi__reads(s, KPI__ABANDONMENT_NUMERATOR);

	return strcmp(s->metric->figure, "ratio") == 0 ||
	    (kpi__reads(s, KPI__RESOLUTION_MODE) &&
		kpi__value(s, KPI__RESOLUTION_MODE) == KPI__FLOW) ||
	    (own_event && (transfers || rate)) || is_rate_of_others(s) ||
	    (transfers &&
		kpi__value(s, KPI__TRANSFER_COUNT) == KPI__TRANSFERS_EVENTS);
}

static enum kind
kind_of(const kpi__sentences *s)
{
	static const struct {
		const char *figure;
		enum kind kind;
	} kinds[] = { { "share", SHARE }, { "mean", MEAN },
		{ "balance", BALANCE }, { "quantile", QUANTILE } };

	if (kpi__reads(s, KPI__CONTACTS_PER_AGENT_DENOMINATOR) &&
	    kpi__value(s, KPI__CONTACTS_PER_AGENT_DENOMINATOR) !=
		KPI__PER_STAFFED_HOURS)
		return NO_KIND;
	if (is_ratio(s))
		return RATIO;
	if (s->metric->among != 0)
		return MIX;
	if (kpi__reads(s, KPI__CSAT_SCORE) &&
	    kpi__value(s, KPI__CSAT_SCORE) == KPI__CSAT_SCORE_NET)
		return BALANCE;
	if (kpi__reads(s, KPI__CES_SCORE) &&
	    kpi__value(s, KPI__CES_SCORE) != KPI__CES_SCORE_MEAN)
		return kpi__value(s, KPI__CES_SCORE) == KPI__CES_SCORE_SHARE
		    ? SHARE
		    : BALANCE;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (strcmp(s->metric->figure, kinds[i].figure) == 0)
			return kinds[i].kind;
	return NO_KIND;
}

/* NULL: there are none of that kind by that. */
static const char *
method_of(enum kind kind, int64_t by)
{
	static const char *const by_contact[] = {
		[SHARE] = "by Wilson's interval, as if units were independent "
			  "of one another",
		[MEAN] = "by Student's t, as if units were independent of one "
			 "another (legs of one interaction are not)",
		[BALANCE] = "by the adjusted Wald interval, as if answers "
			    "were independent of one another",
		[QUANTILE] = "two of the values, by the order of size, as if "
			     "units were independent of one another",
		[MIX] = "by Wilson's interval, as if units were independent "
			"of one another"
	};

	if (by == KPI_BOUNDS_CONTACT)
		return kind == RATIO || kind == NO_KIND ? NULL
							: by_contact[kind];
	if (by == KPI_BOUNDS_DAY && kind <= RATIO)
		return "by Student's t over local days, as if days were "
		       "independent of one another";
	if (by == KPI_BOUNDS_CUSTOMER && kind < RATIO)
		return "by Student's t over known customers, as if customers "
		       "were independent of one another";
	return NULL;
}

static void
say_bounds(kpi__sentences *s)
{
	const enum kind kind = kind_of(s);
	const int64_t by = kpi__reads(s, KPI__BOUNDS_BY)
	    ? kpi__tell(s, KPI__BOUNDS_BY)
	    : KPI_BOUNDS_NONE;
	const char *method = method_of(kind, by);

	if (method != NULL) {
		kpi__say(s, "Bounds have a confidence of ");
		kpi__say_value(s, KPI__CONFIDENCE);
		kpi__say(s, ": ");
		kpi__say(s, method);
	} else if (kind == RATIO && by != KPI_BOUNDS_NONE) {
		kpi__say(s,
		    "There are no bounds: a ratio has them by day "
		    "alone");
	} else {
		kpi__say(s, "There are no bounds");
	}
	kpi__stop(s);
}

static void
say_span(kpi__sentences *s, int64_t goal, int64_t ceiling)
{
	const int band = ceiling != KPI__AUTOMATIC;

	if (goal == KPI__AUTOMATIC) {
		kpi__say(s, "none");
		return;
	}
	kpi__say(s,
	    band                                            ? "from "
		: kpi__definition_better(s->definition) > 0 ? "at least "
							    : "at most ");
	kpi__say_value_as(s, KPI__TARGET_GOAL, goal);
	if (band) {
		kpi__say(s, " to ");
		kpi__say_value_as(s, KPI__TARGET_CEILING, ceiling);
	}
}

static void
say_target(kpi__sentences *s)
{
	const int64_t goal = kpi__tell(s, KPI__TARGET_GOAL);
	const int64_t ceiling = kpi__tell(s, KPI__TARGET_CEILING);
	const kpi_by by =
	    kpi__definition_own_by(s->definition, KPI__TARGET_GOAL);
	const char *before = ", of ", *is = " ";
	kpi__targets walk;
	kpi__goal own;

	kpi__say(s, "The target ");
	if (goal == KPI__AUTOMATIC) {
		before = "of ";
		is = " is ";
	} else {
		kpi__say(s, "is ");
		say_span(s, goal, ceiling);
	}
	kpi__targets_begin(&walk, s->definition);
	while (kpi__targets_next(&walk, &own)) {
		kpi__say(s, before);
		kpi__say(s, kpi__word_name(KPI_TABLE_DIMENSIONS, by));
		kpi__say(s, " ");
		kpi__say(s, own.name);
		kpi__say(s, is);
		say_span(s, own.goal, own.ceiling);
		before = ", of ";
		is = " ";
	}
	if (goal == KPI__AUTOMATIC)
		kpi__say(s, "; there is none of others");
	kpi__stop(s);
}

static int
has_target(const kpi__sentences *s)
{
	return kpi__reads(s, KPI__TARGET_GOAL) &&
	    (kpi__value(s, KPI__TARGET_GOAL) != KPI__AUTOMATIC ||
		kpi__overridden(s, KPI__TARGET_GOAL));
}

static void
say_verdict(kpi__sentences *s)
{
	if (!kpi__reads(s, KPI__VERDICT_BY) ||
	    kpi__value(s, KPI__VERDICT_BY) == KPI_BOUNDS_NONE)
		return;
	kpi__say(s, "Whether it is met is judged by ");
	kpi__say_value(s, KPI__VERDICT_BY);
	kpi__say(s, " with a confidence of ");
	kpi__say_value(s, KPI__CONFIDENCE);
	kpi__say(s,
	    kpi__tell(s, KPI__COMPARE_ADJUST) == KPI__ADJUST_HOLM
		? ", all rows together by Holm's method"
		: ", each row by itself");
	kpi__stop(s);
}

void
kpi__words_bounds(kpi__sentences *s)
{
	say_bounds(s);
	if (has_target(s))
		say_target(s);
	say_verdict(s);
}
