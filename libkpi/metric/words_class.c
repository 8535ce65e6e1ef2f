/* SPDX-License-Identifier: MIT */
/* Classes in words: each outcome with the waits that are meant. */
#include "metric/term.h"
#include "metric/words.h"
#include "query/class.h"

/* Where waits are parted. */
enum bound { NO_BOUND, SHORT, THRESHOLD };

#define SEGMENTS 3

/* Waits of one outcome, in ascending order: each ends where the next begins. */
typedef struct segments {
	uint8_t class[SEGMENTS];
	uint8_t until[SEGMENTS]; /* enum bound; NO_BOUND: for ever */
	size_t count;
} segments;

typedef struct phrase {
	const char *words;
	uint8_t from, until; /* enum bound, NO_BOUND: open */
	int8_t talk; /* -1: short answers, 1: those that are not; 0: either */
} phrase;

typedef struct phrases {
	phrase at[KPI__CLASSES];
	size_t count;
} phrases;

static void
add(phrases *p, const char *words, int from, int until, int talk)
{
	p->at[p->count++] =
	    (phrase){ words, (uint8_t)from, (uint8_t)until, (int8_t)talk };
}

static int
has(uint64_t set, unsigned class)
{
	return set >> class & 1;
}

static int
has_short(const kpi__sentences *s)
{
	return kpi__value(s, KPI__SHORT_ABANDON_THRESHOLD) > 0 ||
	    kpi__overridden(s, KPI__SHORT_ABANDON_THRESHOLD);
}

static segments
abandoned_of(const kpi__sentences *s)
{
	const int64_t least = kpi__value(s, KPI__SHORT_ABANDON_THRESHOLD);
	const int64_t threshold = kpi__value(s, KPI__SERVICE_LEVEL_THRESHOLD);
	const segments by_threshold = { { KPI__CLASS_ABANDONED_IN,
					    KPI__CLASS_ABANDONED_OUT },
		{ THRESHOLD, NO_BOUND }, 2 };
	const segments short_first = { { KPI__CLASS_ABANDONED_SHORT_IN,
					   KPI__CLASS_ABANDONED_IN,
					   KPI__CLASS_ABANDONED_OUT },
		{ SHORT, THRESHOLD, NO_BOUND }, 3 };
	const segments short_last = { { KPI__CLASS_ABANDONED_SHORT_IN,
					  KPI__CLASS_ABANDONED_SHORT_OUT,
					  KPI__CLASS_ABANDONED_OUT },
		{ THRESHOLD, SHORT, NO_BOUND }, 3 };

	if (!has_short(s))
		return by_threshold;
	return least <= threshold ? short_first : short_last;
}

/* Neighbouring waits that are both meant are one. */
static void
add_segments(
    phrases *p, const char *words, const segments *g, uint64_t set, int talk)
{
	size_t end;

	for (size_t i = 0; i < g->count; i = end + 1) {
		for (end = i; end < g->count && has(set, g->class[end]);)
			end++;
		if (end > i)
			add(p, words, i == 0 ? NO_BOUND : g->until[i - 1],
			    g->until[end - 1], talk);
	}
}

static void
add_pair(phrases *p, const char *words, uint8_t in, uint64_t set, int talk)
{
	const segments g = { { in, (uint8_t)(in + 1) }, { THRESHOLD, NO_BOUND },
		2 };

	add_segments(p, words, &g, set, talk);
}

static void
add_answered(phrases *p, const kpi__sentences *s, uint64_t set)
{
	const int parted = kpi__value(s, KPI__SHORT_ANSWER_THRESHOLD) > 0 &&
	    (set & KPI__ANSWERED) != KPI__ANSWERED;

	add_pair(p, "answered", KPI__CLASS_ANSWERED_IN, set, parted);
	if (parted && has(set, KPI__CLASS_ANSWERED_SHORT))
		add(p, "answered", NO_BOUND, NO_BOUND, -1);
}

static phrases
phrases_of(const kpi__sentences *s, uint64_t set)
{
	static const struct {
		uint8_t class;
		const char *words;
	} single[] = {
		{ KPI__CLASS_TURNED_AWAY, "turned away" },
		{ KPI__CLASS_BEFORE_QUEUE, "lost before the queue" },
		{ KPI__CLASS_SELF_SERVED, "self-served" },
	}, pairs[] = {
		{ KPI__CLASS_OVERFLOWED_IN, "overflowed" },
		{ KPI__CLASS_TIMED_OUT_IN, "timed out" },
		{ KPI__CLASS_EXITED_IN, "exited by a key" },
		{ KPI__CLASS_VOICEMAIL_IN, "passed to voicemail" },
		{ KPI__CLASS_EMPTIED_IN, "withdrawn from an emptied queue" },
		{ KPI__CLASS_CALLBACK_IN, "turned into a call-back" },
		{ KPI__CLASS_FAILED_IN, "failed" },
	};
	const segments abandoned = abandoned_of(s);
	phrases p = { .count = 0 };

	add_answered(&p, s, set);
	add_segments(&p, "abandoned", &abandoned, set, 0);
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++)
		add_pair(&p, pairs[i].words, pairs[i].class, set, 0);
	add_pair(&p, "still waiting", KPI__CLASS_WAITING_IN, set, 0);
	for (size_t i = 0; i < sizeof(single) / sizeof(*single); i++)
		if (has(set, single[i].class))
			add(&p, single[i].words, NO_BOUND, NO_BOUND, 0);
	return p;
}

static void
say_bound(kpi__sentences *s, int bound)
{
	const int32_t parameter = bound == SHORT ? KPI__SHORT_ABANDON_THRESHOLD
						 : KPI__SERVICE_LEVEL_THRESHOLD;

	if (!kpi__overridden(s, parameter))
		kpi__say_value(s, parameter);
	else
		kpi__say(
		    s, bound == SHORT ? "the short time" : "the threshold");
}

static void
say_phrase(kpi__sentences *s, const phrase *p)
{
	kpi__say(s, p->words);
	if (p->from != NO_BOUND) {
		kpi__say(s, " after more than ");
		say_bound(s, p->from);
	}
	if (p->until != NO_BOUND) {
		kpi__say(s, p->from != NO_BOUND ? " and within " : " within ");
		say_bound(s, p->until);
	}
	if (p->talk == 0)
		return;
	kpi__say(s,
	    p->talk < 0 ? " but with talk and hold of at most "
			: " with talk and hold of more than ");
	kpi__say_value(s, KPI__SHORT_ANSWER_THRESHOLD);
}

void
kpi__words_class_set(kpi__sentences *s, uint64_t set)
{
	const phrases p = phrases_of(s, set);

	for (size_t i = 0; i < p.count; i++) {
		kpi__say_between(s, "or", i, p.count);
		say_phrase(s, &p.at[i]);
	}
	if (p.count == 0)
		kpi__say(s, "in a class that this definition leaves empty");
}

static void
say_overrides(kpi__sentences *s, int32_t parameter)
{
	const kpi_definition *d = s->definition;

	for (size_t i = 0; i < d->override_count; i++) {
		const kpi__override *o = &d->overrides[i];

		if (o->parameter != parameter ||
		    o->value == d->value[parameter])
			continue;
		kpi__say(
		    s, o->by == KPI_BY_QUEUE ? ", of queue " : ", of channel ");
		kpi__say(s, o->name);
		kpi__say(s, " ");
		kpi__say_duration(s, o->value);
	}
}

static int
parts_waits(const kpi__sentences *s, uint64_t classes)
{
	return classes != 0 && kpi__reads(s, KPI__SERVICE_LEVEL_THRESHOLD) &&
	    (s->told[KPI__SERVICE_LEVEL_THRESHOLD] != KPI__UNTOLD ||
		kpi__overridden(s, KPI__SERVICE_LEVEL_THRESHOLD) ||
		kpi__value(s, KPI__ANCHOR) == KPI__ANCHOR_OWN_EVENT);
}

void
kpi__words_thresholds(kpi__sentences *s)
{
	const uint64_t classes = kpi__words_classes(s);

	if (parts_waits(s, classes)) {
		kpi__say(s, "The threshold of waits is ");
		kpi__say_value(s, KPI__SERVICE_LEVEL_THRESHOLD);
		say_overrides(s, KPI__SERVICE_LEVEL_THRESHOLD);
		kpi__say(s, "; a wait of exactly that is within it");
		kpi__stop(s);
	}
	if (classes != 0 && kpi__reads(s, KPI__SHORT_ABANDON_THRESHOLD) &&
	    has_short(s)) {
		kpi__say(s,
		    "An abandoned one is short, and told from the "
		    "others, with a wait of at most ");
		kpi__say_value(s, KPI__SHORT_ABANDON_THRESHOLD);
		if (kpi__value(s, KPI__SHORT_ABANDON_THRESHOLD) == 0)
			kpi__say(s, " (none is)");
		say_overrides(s, KPI__SHORT_ABANDON_THRESHOLD);
		kpi__stop(s);
	}
}
