/* SPDX-License-Identifier: MIT */
#include "metric/neighbours.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "metric/judgement.h"

#define FEW 64

/* Longer than any two instants are apart, and added to one no overflow. */
#define EVER (INT64_MAX / 2)

/* What is asked of a contact. */
enum asked { REPEAT, REPEAT_BY_EARLIER, ISSUE, CONTACT };

static uint8_t
judge_repeat(unsigned key)
{
	if (key & KPI__NEAR_UNKNOWN)
		return KPI__SILENCE_UNKNOWN;
	if (!(key & KPI__NEAR_COUNTED))
		return KPI__SILENCE_NOT_COUNTED;
	if (key & KPI__NEAR_TRUNCATED)
		return KPI__SILENCE_TRUNCATED;
	return key & KPI__NEAR_WITHIN ? KPI__SILENCE_YES : KPI__SILENCE_NO;
}

/* Counted where it came from: so the look is ahead. */
static uint8_t
judge_by_earlier(unsigned key)
{
	if (key & KPI__NEAR_UNKNOWN)
		return KPI__SILENCE_UNKNOWN;
	if (!(key & KPI__NEAR_COUNTED))
		return KPI__SILENCE_NOT_COUNTED;
	if (key & KPI__NEAR_IMMATURE)
		return KPI__SILENCE_IMMATURE;
	return key & KPI__NEAR_COUNTED_AFTER ? KPI__SILENCE_YES : KPI__SILENCE_NO;
}

/* An issue: what does not begin one is no unit. */
static uint8_t
judge_issue(unsigned key)
{
	if (key & KPI__NEAR_UNKNOWN)
		return KPI__SILENCE_UNKNOWN;
	if (!(key & KPI__NEAR_COUNTED))
		return KPI__CLASS_OUTSIDE;
	if (key & KPI__NEAR_TRUNCATED)
		return KPI__SILENCE_TRUNCATED;
	if (key & KPI__NEAR_WITHIN)
		return KPI__CLASS_OUTSIDE;
	if (key & KPI__NEAR_IMMATURE)
		return KPI__SILENCE_IMMATURE;
	return key & KPI__NEAR_FOLLOWED ? KPI__SILENCE_NO : KPI__SILENCE_YES;
}

static uint8_t
judge_contact(unsigned key)
{
	if (key & KPI__NEAR_UNKNOWN)
		return KPI__SILENCE_UNKNOWN;
	if (!(key & KPI__NEAR_COUNTED))
		return KPI__SILENCE_NOT_COUNTED;
	if (key & KPI__NEAR_IMMATURE)
		return KPI__SILENCE_IMMATURE;
	return key & KPI__NEAR_FOLLOWED ? KPI__SILENCE_NO : KPI__SILENCE_YES;
}

static int
is_first_contact(const kpi__claim *claim)
{
	return claim->asked.definition->metric ==
	    KPI_METRIC_FIRST_CONTACT_RESOLUTION;
}

static enum asked
what_is_asked(const kpi__claim *claim)
{
	if (is_first_contact(claim))
		return kpi__parameter_of(claim, KPI__FCR_UNIT) ==
			KPI__FCR_CONTACT
		    ? CONTACT
		    : ISSUE;
	return kpi__parameter_of(claim, KPI__REPEAT_CREDIT) ==
		KPI__REPEAT_EARLIER
	    ? REPEAT_BY_EARLIER
	    : REPEAT;
}

/* The contact itself, be it beside silence or alone. */
static int
asks_itself(const kpi__claim *claim)
{
	return is_first_contact(claim) &&
	    (kpi__parameter_of(claim, KPI__FCR_METHOD) != KPI__FCR_SILENCE ||
		kpi__parameter_of(claim, KPI__FCR_NET));
}

/* All that the keys depend on. */
typedef struct judging {
	kpi__silence_rule rule;
	int64_t from, same; /* repeat_from, repeat_same */
	int64_t by_earlier; /* KPI__NEAR_COUNTED_AFTER is asked for */
	int64_t walk_by;
	int64_t as_of; /* if an end, or the contact itself, may depend on it */
	/* Of who asks the contact itself: */
	kpi__judgement_rule itself;
	uint8_t silence[KPI__KEYS]; /* of what the walk found */
} judging;

static uint8_t
role_of(const judging *j, const kpi__contact *c)
{
	return j->rule.role[(unsigned)(c->outcome << 2 | c->direction) & 63];
}

static uint8_t
key_of_role(uint8_t role)
{
	return (uint8_t)((role & KPI__ROLE_COUNTED ? KPI__NEAR_COUNTED : 0) |
	    (role & KPI__ROLE_UNKNOWN ? KPI__NEAR_UNKNOWN : 0));
}

static uint8_t
key_of_time(const judging *j, int64_t start, int64_t base)
{
	return (uint8_t)((start < j->rule.truncated_before) * KPI__NEAR_TRUNCATED |
	    (base >= j->rule.immature_from) * KPI__NEAR_IMMATURE);
}

/*
 * The usual rule is asked of every contact of the store: back for who came
 * after, forth for who came before, without a branch on a contact's content.
 */
static kpi_status
visit_plain(kpi__claim *claim, const kpi__contact *c, uint32_t count)
{
	const judging *j = claim->side;
	const int64_t window = j->rule.window;
	const kpi_status status =
	    kpi__grow(kpi__snapshot_allocator(claim->asked.snapshot),
		&claim->found, &claim->found_room, count, 1);
	int64_t next = INT64_MAX, reach = INT64_MIN;
	uint8_t *restrict found = claim->found;
	uint8_t *restrict key = claim->classes;

	if (status != KPI_OK)
		return status;
	for (uint32_t i = count; i-- > 0;) {
		const uint8_t role = role_of(j, &c[i]);

		found[i] = (uint8_t)(key_of_role(role) |
		    (next <= c[i].start + window) * KPI__NEAR_FOLLOWED);
		next = role & KPI__ROLE_LATER ? c[i].start : next;
		next = c[i].begins ? INT64_MAX : next;
	}
	for (uint32_t i = 0; i < count; i++) {
		const int64_t start = c[i].start;

		reach = c[i].begins ? INT64_MIN : reach;
		key[c[i].ordinal] = (uint8_t)(found[i] |
		    key_of_time(j, start, start) |
		    (start <= reach) * KPI__NEAR_WITHIN);
		reach = role_of(j, &c[i]) & KPI__ROLE_EARLIER ? start + window
							      : reach;
	}
	return KPI_OK;
}

static kpi_status
visit_sequence(kpi__claim *claim, const kpi__contact *c, uint32_t count)
{
	const kpi_allocator *a =
	    kpi__snapshot_allocator(claim->asked.snapshot);
	const judging *j = claim->side;
	kpi__found few[FEW], *found = few;

	if (count > FEW) {
		found = kpi__new_array(a, count, sizeof(*found));
		if (found == NULL)
			return KPI_ENOMEM;
	}
	kpi__silence(&j->rule, claim->instants, c, count, found);
	for (uint32_t i = 0; i < count; i++)
		claim->classes[c[i].ordinal] =
		    (uint8_t)(key_of_role(found[i].role) |
			key_of_time(j, c[i].start,
			    kpi__silence_base(claim->instants, &c[i])) |
			(found[i].before != UINT32_MAX ? KPI__NEAR_WITHIN : 0) |
			(found[i].followed ? KPI__NEAR_FOLLOWED : 0) |
			(found[i].counted_after ? KPI__NEAR_COUNTED_AFTER : 0));
	if (found != few)
		kpi__release(a, found, count, sizeof(*found));
	return KPI_OK;
}

/*
 * Nobody knows whose it is: unknown, if it would be counted at all, or an
 * issue of its own, which has nothing to look for before or after it.
 */
static uint8_t
silence_alone(const kpi__claim *claim, enum asked asked, unsigned key)
{
	if (key & KPI__NEAR_UNKNOWN)
		return KPI__SILENCE_UNKNOWN;
	if (!(key & KPI__NEAR_COUNTED))
		return asked == ISSUE ? KPI__CLASS_OUTSIDE
				      : KPI__SILENCE_NOT_COUNTED;
	if (kpi__parameter_of(claim, KPI__REPEAT_UNKNOWN_CUSTOMER) ==
	    KPI__UNKNOWN_EXCLUDED)
		return KPI__SILENCE_UNKNOWN;
	return asked == ISSUE || asked == CONTACT ? KPI__SILENCE_YES
						  : KPI__SILENCE_NO;
}

/* What is both counted and unknown is nobody's key. */
static uint8_t
silence_of(const kpi__claim *claim, enum asked asked, unsigned key)
{
	if ((key & KPI__NEAR_COUNTED) && (key & KPI__NEAR_UNKNOWN))
		return KPI__CLASS_OUTSIDE;
	if (key & KPI__NEAR_ALONE)
		return silence_alone(claim, asked, key);
	switch (asked) {
	case REPEAT:
		return judge_repeat(key);
	case REPEAT_BY_EARLIER:
		return judge_by_earlier(key);
	case ISSUE:
		return judge_issue(key);
	default:
		return judge_contact(key);
	}
}

/* A contact that is asked itself is not judged by what came after it; and who
 * counts what was received asks no outcome. */
static void
ask_no_later(judging *j)
{
	j->rule.immature_from = INT64_MAX;
	for (size_t i = 0; i < 64; i++) {
		uint8_t *role = &j->rule.role[i];

		*role &= (uint8_t)~KPI__ROLE_LATER;
		if (j->itself.denominator == KPI__FCR_ANSWERED)
			continue;
		*role &= (uint8_t)~KPI__ROLE_UNKNOWN;
		*role |= KPI__ROLE_COUNTED;
		if (*role & KPI__ROLE_NEIGHBOUR)
			*role |= KPI__ROLE_SEEKS;
	}
}

/* All of a case belongs together, however long it takes. */
static void
take_cases(kpi__silence_rule *rule)
{
	rule->window = EVER;
	rule->truncated_before = INT64_MIN;
	rule->immature_from = INT64_MAX;
}

static void
take_judgements(void *ctx, kpi__batch *b, void *out)
{
	kpi__judgements(ctx, b, out);
}

static void
take_itself(const kpi__claim *claim, judging *j)
{
	kpi__judgement_rule_of(claim, &j->itself);
	if (j->itself.method != KPI__FCR_SILENCE)
		ask_no_later(j);
	for (unsigned key = 0; key < KPI__KEYS; key++)
		j->silence[key] = silence_of(claim, what_is_asked(claim), key);
}

static kpi_status
prepare_itself(kpi__claim *claim, kpi_error *error)
{
	const kpi__snapshot *snapshot = claim->asked.snapshot;
	judging *j = claim->side;

	claim->states = kpi__new_array(
	    kpi__snapshot_allocator(snapshot), claim->total, 1);
	if (claim->states == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for a walk");
	return kpi__each_whole(snapshot, claim->asked.query, claim->asked.as_of,
	    claim->walked.ordinals, claim->states, 1, take_judgements,
	    &j->itself, error);
}

static kpi_status
make_judging(kpi__claim *claim, int64_t window, kpi_error *error)
{
	judging *j = kpi__new_zeroed(
	    kpi__snapshot_allocator(claim->asked.snapshot), 1, sizeof(*j));

	if (j == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for a walk");
	claim->side = j;
	claim->side_size = sizeof(*j);
	kpi__silence_rule_of(claim, window, &j->rule);
	if (claim->walk_by == KPI_BY_CASE)
		take_cases(&j->rule);
	j->from = kpi__parameter_of(claim, KPI__REPEAT_FROM);
	j->same = kpi__parameter_of(claim, KPI__REPEAT_SAME);
	j->by_earlier = what_is_asked(claim) == REPEAT_BY_EARLIER;
	j->walk_by = claim->walk_by;
	if (asks_itself(claim) || j->from == KPI__FROM_END)
		j->as_of = claim->asked.as_of;
	if (asks_itself(claim))
		take_itself(claim, j);
	return KPI_OK;
}

static kpi_status
prepare(kpi__claim *claim, kpi_error *error)
{
	const kpi_status status =
	    asks_itself(claim) ? prepare_itself(claim, error) : KPI_OK;

	return status == KPI_OK ? kpi__silence_prepare(claim, error) : status;
}

static kpi_status
visit(kpi__claim *claim, const kpi__contact *contacts, uint32_t count,
    int known)
{
	/* A case that has no name is one of its own. */
	if (known || claim->walk_by == KPI_BY_CASE)
		return kpi__silence_split(
		    claim, contacts, count, visit_sequence);
	claim->classes[contacts[0].ordinal] = (uint8_t)(KPI__NEAR_ALONE |
	    key_of_role(role_of(claim->side, &contacts[0])));
	return KPI_OK;
}

/* What is decided is so far as the contact itself has not failed. */
static kpi_status
visit_itself(kpi__claim *claim, const kpi__contact *contacts, uint32_t count,
    int known)
{
	const judging *j = claim->side;
	const kpi_status status = visit(claim, contacts, count, known);

	for (uint32_t i = 0; i < count && status == KPI_OK; i++) {
		uint8_t *key = &claim->classes[contacts[i].ordinal];
		const uint8_t itself = claim->states[contacts[i].ordinal];

		*key = j->silence[*key];
		if ((*key == KPI__SILENCE_YES || *key == KPI__SILENCE_NO) &&
		    itself != KPI__SILENCE_YES)
			*key = itself;
	}
	return status;
}

/* Distances from start to start, to the one before, of all the contacts. */
static int
is_plain(const kpi__claim *claim)
{
	return kpi__parameter_of(claim, KPI__REPEAT_GAP) == 0 &&
	    kpi__parameter_of(claim, KPI__REPEAT_LINK) == KPI__LINK_PREVIOUS &&
	    kpi__parameter_of(claim, KPI__REPEAT_FROM) == KPI__FROM_START &&
	    kpi__parameter_of(claim, KPI__REPEAT_SAME) == KPI__SAME_NONE &&
	    what_is_asked(claim) != REPEAT_BY_EARLIER;
}

static void
claim_walk(kpi__claim *claim, kpi_by walk_by)
{
	claim->walk_by = walk_by;
	claim->shares = 1;
	claim->prepare = prepare;
	claim->visit = visit;
	claim->visit_run = is_plain(claim) ? visit_plain : NULL;
	claim->reads_as_of = claim->reads_known_from = 1;
	claim->declared->keyer.make = kpi__walked_keys;
}

kpi_status
kpi__claim_neighbours(kpi__claim *claim, kpi_by walk_by, kpi_error *error)
{
	const int64_t window = kpi__parameter_of(claim, KPI__REPEAT_WINDOW);
	kpi__declared *d = claim->declared;
	uint8_t class_of[KPI__KEYS];

	claim_walk(claim, walk_by);
	if (asks_itself(claim)) {
		claim->visit = visit_itself;
		claim->visit_run = NULL;
		return make_judging(claim, window, error);
	}
	memcpy(class_of, d->class_of, sizeof(class_of));
	for (unsigned key = 0; key < KPI__KEYS; key++)
		d->class_of[key] = class_of[silence_of(
		    claim, what_is_asked(claim), key)];
	return make_judging(claim, window, error);
}

kpi_status
kpi__claim_followers(kpi__claim *claim, int64_t window, kpi_error *error)
{
	claim_walk(claim, KPI_BY_CUSTOMER);
	claim->reads_known_from = 0; /* nothing is looked for before it */
	return make_judging(claim, window, error);
}
