/* SPDX-License-Identifier: MIT */
#include "metric/outcome.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "metric/term.h"
#include "query/kernel.h"

/* A key: the outcome, and what the wait says. Where single values have
 * thresholds of their own, KEY_SHORT stands beside KEY_UNKNOWN for an abandon
 * that might be short. */
#define KEY_OUTCOME 15
#define KEY_TALK    14  /* for the outcome: answered, how long is not known */
#define KEY_OUT     16  /* past the threshold */
#define KEY_SHORT   32  /* a short abandon or answer */
#define KEY_UNKNOWN 64  /* the wait is not known */
#define KEY_LITTLE  128 /* waited less than wait_min */

enum {
	THRESHOLD, SHORT_ABANDON, SHORT_ANSWER, WAIT_MIN, WAIT_PARTS, KNOWN_BY
};

static void
plain_keys(const uint8_t *outcome, const int64_t *wait, int64_t threshold,
    uint32_t count, uint8_t *key)
{
	for (uint32_t i = 0; i < count; i++)
		key[i] = (uint8_t)(outcome[i] |
		    (wait[i] > threshold ? KEY_OUT : 0) |
		    (wait[i] == KPI_UNKNOWN ? KEY_UNKNOWN : 0));
}

static void
mark_short_abandons(const uint8_t *outcome, const int64_t *wait,
    int64_t limit, uint32_t count, uint8_t *key)
{
	for (uint32_t i = 0; i < count; i++)
		if (outcome[i] == KPI_OUTCOME_ABANDONED && wait[i] >= 0 &&
		    wait[i] <= limit)
			key[i] |= KEY_SHORT;
}

/* Talk and hold, of the whole or of the row. */
static void
mark_short_answers(kpi__batch *b, int space, int64_t limit, uint8_t *key)
{
	const uint32_t count = kpi__batch_count(b, space);
	const uint8_t *state = kpi__batch_handling(b, space);
	const int64_t *spoken =
	    kpi__batch_handles(b, KPI__PART_TALK | KPI__PART_HOLD, space);

	for (uint32_t i = 0; i < count; i++) {
		if (state[i] == KPI__HANDLED && spoken[i] <= limit)
			key[i] |= KEY_SHORT;
		else if (state[i] == KPI__HANDLE_UNKNOWN)
			key[i] =
			    (uint8_t)((key[i] & ~KEY_OUTCOME) | KEY_TALK);
	}
}

static void
override(const kpi__keyer *k, kpi__batch *b, int space,
    const uint8_t *outcome, const int64_t *wait, uint8_t *key)
{
	const kpi__thresholds *o = k->side;
	const uint32_t *code =
	    kpi__batch_codes(b, o->by, KPI__CREDIT_LAST, space);
	const uint32_t count = kpi__batch_count(b, space);

	for (uint32_t i = 0; i < count; i++) {
		const uint32_t at = kpi__threshold_at(o, code[i]);
		const int64_t limit = o->value[o->codes + at];

		key[i] &= (uint8_t)~(KEY_OUT | KEY_SHORT);
		if (wait[i] > o->value[at])
			key[i] |= KEY_OUT;
		if (outcome[i] == KPI_OUTCOME_ABANDONED && limit > 0 &&
		    wait[i] <= limit)
			key[i] |= KEY_SHORT;
	}
}

/* Nothing but thresholds, which are below what a short value holds. */
static int
is_plain(const kpi__keyer *k)
{
	return k->side == NULL && k->parameter[SHORT_ANSWER] == 0 &&
	    k->parameter[WAIT_MIN] == 0 &&
	    k->parameter[THRESHOLD] < KPI__SHORT_UNKNOWN &&
	    k->parameter[SHORT_ABANDON] < KPI__SHORT_UNKNOWN;
}

/* 0 means that none is short, not even who left at once. */
static uint32_t
short_until(const kpi__keyer *k)
{
	return k->parameter[SHORT_ABANDON] == 0
	    ? 0
	    : (uint32_t)k->parameter[SHORT_ABANDON] + 1;
}

static void
wait_keys(const kpi__keyer *k, kpi__batch *b, int space, uint8_t *key)
{
	const uint32_t count = kpi__batch_count(b, space);
	const uint8_t *outcome = kpi__batch_outcomes(b, space);
	const uint32_t *shorts =
	    kpi__batch_short_waits(b, k->parameter[WAIT_PARTS], space);
	const int64_t *wait;

	if (shorts != NULL && is_plain(k)) {
		kpi__kernel_wait_keys(outcome, shorts,
		    (uint32_t)k->parameter[THRESHOLD], short_until(k), count,
		    key);
		return;
	}
	wait = kpi__batch_waits(b, k->parameter[WAIT_PARTS], space);
	plain_keys(outcome, wait, k->parameter[THRESHOLD], count, key);
	if (k->side != NULL)
		override(k, b, space, outcome, wait, key);
	else if (k->parameter[SHORT_ABANDON] > 0)
		mark_short_abandons(
		    outcome, wait, k->parameter[SHORT_ABANDON], count, key);
	if (k->parameter[SHORT_ANSWER] > 0)
		mark_short_answers(
		    b, space, k->parameter[SHORT_ANSWER], key);
	if (k->parameter[WAIT_MIN] > 0)
		for (uint32_t i = 0; i < count; i++)
			if (wait[i] < k->parameter[WAIT_MIN])
				key[i] |= KEY_LITTLE;
}

static void
make_keys(const kpi__keyer *k, kpi__batch *b, int space, uint8_t *key)
{
	const uint32_t count = kpi__batch_count(b, space);
	const uint32_t *code;

	wait_keys(k, b, space, key);
	if (k->parameter[KNOWN_BY] == 0)
		return;
	code = kpi__batch_codes(
	    b, (kpi_by)k->parameter[KNOWN_BY], KPI__CREDIT_LAST, space);
	for (uint32_t i = 0; i < count; i++)
		key[i] = code[i] == 0 ? 0 : key[i];
}

/* The `_in` class of an outcome; 0: it has no two. */
static uint8_t
class_in(unsigned outcome)
{
	switch (outcome) {
	case KPI_OUTCOME_ANSWERED:
		return KPI__CLASS_ANSWERED_IN;
	case KPI_OUTCOME_ABANDONED:
		return KPI__CLASS_ABANDONED_IN;
	case KPI_OUTCOME_OVERFLOWED:
		return KPI__CLASS_OVERFLOWED_IN;
	case KPI_OUTCOME_TIMED_OUT:
		return KPI__CLASS_TIMED_OUT_IN;
	case KPI_OUTCOME_EXITED:
		return KPI__CLASS_EXITED_IN;
	case KPI_OUTCOME_VOICEMAIL:
		return KPI__CLASS_VOICEMAIL_IN;
	case KPI_OUTCOME_EMPTIED:
		return KPI__CLASS_EMPTIED_IN;
	case KPI_OUTCOME_CALLBACK:
		return KPI__CLASS_CALLBACK_IN;
	case KPI_OUTCOME_FAILED:
		return KPI__CLASS_FAILED_IN;
	case KPI_OUTCOME_WAITING:
		return KPI__CLASS_WAITING_IN;
	}
	return 0;
}

static int
told_apart(const kpi__outcome_rule *rule, uint8_t a, uint8_t b)
{
	for (int i = 0; i < 2; i++)
		if ((rule->sets[i] >> a ^ rule->sets[i] >> b) & 1)
			return 1;
	return 0;
}

static int
is_valued(const kpi__outcome_rule *rule, uint8_t class)
{
	return rule->valued >> class & 1;
}

/* What did not enter a queue waited for nothing. */
static uint8_t
class_outside(unsigned key)
{
	switch (key & KEY_OUTCOME) {
	case KPI_OUTCOME_TURNED_AWAY:
		return KPI__CLASS_TURNED_AWAY;
	case KPI_OUTCOME_BEFORE_QUEUE:
		return KPI__CLASS_BEFORE_QUEUE;
	case KPI_OUTCOME_SELF_SERVED:
		return KPI__CLASS_SELF_SERVED;
	}
	return KPI__CLASS_UNKNOWN;
}

/* Of abandoned ones whose wait is not known, `may_be_short` says whether it
 * matters; with thresholds of their own the key says it. */
static uint8_t
class_by_wait(const kpi__outcome_rule *rule, int may_be_short, unsigned key)
{
	const unsigned outcome = key & KEY_OUTCOME;
	uint8_t in = class_in(outcome);

	if (outcome == KPI_OUTCOME_ABANDONED) {
		if ((key & KEY_UNKNOWN) && (may_be_short || key & KEY_SHORT))
			return KPI__CLASS_UNKNOWN;
		if (key & KEY_SHORT)
			in = KPI__CLASS_ABANDONED_SHORT_IN;
	}
	if (!(key & KEY_UNKNOWN))
		return key & KEY_OUT ? (uint8_t)(in + 1) : in;
	return told_apart(rule, in, (uint8_t)(in + 1)) ||
		is_valued(rule, in) || is_valued(rule, (uint8_t)(in + 1))
	    ? KPI__CLASS_UNKNOWN
	    : (uint8_t)(in + 1);
}

/* Such keys are made only where short answers are told from others; elsewhere
 * they are kept out of all sets, which are then told by their bits. */
static int
is_of_talk(unsigned key)
{
	const unsigned outcome = key & KEY_OUTCOME;

	return outcome == KEY_TALK ||
	    (outcome == KPI_OUTCOME_ANSWERED && (key & KEY_SHORT) != 0);
}

static uint8_t
class_of(const kpi__outcome_rule *rule, int may_be_short, unsigned key)
{
	const unsigned outcome = key & KEY_OUTCOME;
	uint8_t found = class_outside(key);

	if (rule->short_answer == 0 && is_of_talk(key))
		return KPI__CLASS_UNKNOWN;
	if (found != KPI__CLASS_UNKNOWN) {
		if (key & KEY_LITTLE)
			return KPI__CLASS_IDLE;
		return (key & KEY_UNKNOWN) && is_valued(rule, found)
		    ? KPI__CLASS_UNKNOWN
		    : found;
	}
	if (outcome == KEY_TALK) {
		found = class_of(rule, may_be_short,
		    (key & ~(unsigned)KEY_OUTCOME) | KPI_OUTCOME_ANSWERED);
		return found < KPI__CLASSES &&
			told_apart(rule, found, KPI__CLASS_ANSWERED_SHORT)
		    ? KPI__CLASS_UNKNOWN
		    : found;
	}
	if (class_in(outcome) == 0 ||
	    (rule->wait_min > 0 && (key & KEY_UNKNOWN)))
		return KPI__CLASS_UNKNOWN;
	if (key & KEY_LITTLE)
		return KPI__CLASS_IDLE;
	if (outcome == KPI_OUTCOME_ANSWERED && (key & KEY_SHORT))
		return (key & KEY_UNKNOWN) &&
			is_valued(rule, KPI__CLASS_ANSWERED_SHORT)
		    ? KPI__CLASS_UNKNOWN
		    : KPI__CLASS_ANSWERED_SHORT;
	return class_by_wait(rule, may_be_short, key);
}

static kpi_status
make_overrides(
    kpi__claim *claim, const kpi__outcome_rule *rule, kpi_error *error)
{
	const kpi_definition *d = claim->asked.definition;
	const kpi__snapshot *snapshot = claim->asked.snapshot;
	const kpi_by by =
	    kpi__definition_own_by(d, KPI__SERVICE_LEVEL_THRESHOLD);
	const int32_t field = kpi__dimension_field(by);
	const uint32_t codes = kpi__snapshot_codes(snapshot, field);
	kpi__thresholds *o;

	claim->side_size = sizeof(*o) + 2 * (size_t)codes * sizeof(int64_t);
	claim->side = kpi__new_zeroed(
	    kpi__snapshot_allocator(snapshot), claim->side_size, 1);
	if (claim->side == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for thresholds");
	o = claim->side;
	o->by = by;
	o->codes = codes;
	for (uint32_t i = 0; i < codes; i++) {
		o->value[i] = rule->threshold;
		o->value[codes + i] = rule->short_abandon;
	}
	for (size_t i = 0; i < d->override_count; i++) {
		const kpi__override *v = &d->overrides[i];
		const int is_short =
		    v->parameter == KPI__SHORT_ABANDON_THRESHOLD;
		uint32_t code;
		kpi_status status;

		if (!is_short && v->parameter != KPI__SERVICE_LEVEL_THRESHOLD)
			continue;
		status =
		    kpi__snapshot_code(snapshot, field, v->name, &code, error);
		if (status != KPI_OK)
			return status;
		if (code != 0)
			o->value[(is_short ? codes : 0) + code] = v->value;
	}
	claim->declared->keyer.side = o;
	if (claim->declared->stream.anchor == KPI__ANCHOR_OWN_EVENT)
		claim->declared->stream.thresholds = o;
	return KPI_OK;
}

kpi_status
kpi__claim_outcomes(
    kpi__claim *claim, const kpi__outcome_rule *rule, kpi_error *error)
{
	kpi__keyer *k = &claim->declared->keyer;
	const int overridden = kpi__definition_own_by(claim->asked.definition,
				   KPI__SERVICE_LEVEL_THRESHOLD) != 0;

	k->make = make_keys;
	k->parameter[THRESHOLD] = rule->threshold;
	k->parameter[SHORT_ABANDON] = rule->short_abandon;
	k->parameter[SHORT_ANSWER] = rule->short_answer;
	k->parameter[WAIT_MIN] = rule->wait_min;
	k->parameter[WAIT_PARTS] = rule->wait_parts;
	for (unsigned key = 0; key < KPI__KEYS; key++)
		claim->declared->class_of[key] =
		    class_of(rule, !overridden && rule->short_abandon > 0, key);
	if (overridden)
		return make_overrides(claim, rule, error);
	return KPI_OK;
}

void
kpi__claim_known(kpi__claim *claim, kpi_by by)
{
	claim->declared->keyer.parameter[KNOWN_BY] = by;
}

static int
may_join(const kpi__claim *one, const kpi__claim *other)
{
	const kpi__declared *d = one->declared, *e = other->declared;

	return other->any_threshold == 0 && e->keyer.make == make_keys &&
	    e->keyer.side == NULL && e->keyer.parameter[SHORT_ANSWER] == 0 &&
	    e->keyer.parameter[KNOWN_BY] == 0 &&
	    e->keyer.parameter[WAIT_MIN] == d->keyer.parameter[WAIT_MIN] &&
	    e->keyer.parameter[WAIT_PARTS] == d->keyer.parameter[WAIT_PARTS] &&
	    memcmp(&d->stream, &e->stream, sizeof(d->stream)) == 0;
}

void
kpi__claims_join(kpi__claim *claims, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		for (uint32_t j = 0; j < count && claims[i].any_threshold; j++)
			if (may_join(&claims[i], &claims[j])) {
				claims[i].declared->keyer =
				    claims[j].declared->keyer;
				break;
			}
}

static int
bits_of(int64_t set)
{
	return __builtin_popcountll((unsigned long long)set);
}

/* The least set that has the class and the one beside it. */
static const char *
name_of_both(uint8_t class)
{
	const kpi__terms *terms = &kpi__terms_classes;
	const kpi__term *least = NULL, *own = &terms->at[class - 1];
	const int is_in = class > KPI__CLASS_SELF_SERVED &&
	    class != KPI__CLASS_ANSWERED_SHORT;

	for (size_t i = terms->single; i < terms->count && is_in; i++) {
		const kpi__term *t = &terms->at[i];

		if ((t->value & own->value) != 0 &&
		    (least == NULL || bits_of(t->value) < bits_of(least->value)))
			least = t;
	}
	return least == NULL ? own->name : least->name;
}

const char *
kpi__claim_class_name(const kpi__claim *claim, uint8_t class)
{
	if (claim->declared->keyer.make != make_keys || class >= KPI__CLASSES)
		return NULL;
	if (class == KPI__CLASS_UNKNOWN)
		return "unknown";
	return claim->any_threshold ? name_of_both(class)
				    : kpi__terms_classes.at[class - 1].name;
}

kpi__outcome_rule
kpi__plain_outcomes(void)
{
	const kpi__outcome_rule rule = { 20000, 0, 0, 0,
		KPI__PART_QUEUE | KPI__PART_RING, { 0, 0 }, 0 };

	return rule;
}

kpi__outcome_rule
kpi__outcomes_of(
    const kpi__claim *claim, uint64_t numerator, uint64_t denominator)
{
	kpi__outcome_rule rule = kpi__plain_outcomes();

	rule.threshold =
	    kpi__parameter_of(claim, KPI__SERVICE_LEVEL_THRESHOLD);
	rule.short_abandon =
	    kpi__parameter_of(claim, KPI__SHORT_ABANDON_THRESHOLD);
	rule.short_answer =
	    kpi__parameter_of(claim, KPI__SHORT_ANSWER_THRESHOLD);
	rule.wait_min = kpi__parameter_of(claim, KPI__WAIT_MIN);
	rule.wait_parts = kpi__parameter_of(claim, KPI__WAIT_PARTS);
	rule.sets[0] = numerator;
	rule.sets[1] = denominator;
	return rule;
}
