/* SPDX-License-Identifier: MIT */
/* first_contact_resolution, repeat_rate, contacts_per_issue: whether customers
 * had to come again. */
#include "base/error.h"
#include "base/memory.h"
#include "metric/silence.h"

#define FEW 64

/* What is asked of a contact. */
enum asked { REPEAT, REPEAT_BY_EARLIER, ISSUE, CONTACT };

/*
 * What a walk finds of a contact, as its key: so definitions that look for the
 * same neighbours share one walk and one count, and only the class of each key
 * tells what they ask.
 */
enum {
	BIT_COUNTED = 1,
	BIT_UNKNOWN = 2,
	BIT_TRUNCATED = 4,
	BIT_WITHIN = 8,
	BIT_IMMATURE = 16,
	BIT_FOLLOWED = 32,
	BIT_COUNTED_AFTER = 64,
	BIT_ALONE = 128 /* of an unknown customer */
};

static uint8_t
judge_repeat(unsigned key)
{
	if (key & BIT_UNKNOWN)
		return KPI__SILENCE_UNKNOWN;
	if (!(key & BIT_COUNTED))
		return KPI__SILENCE_NOT_COUNTED;
	if (key & BIT_TRUNCATED)
		return KPI__SILENCE_TRUNCATED;
	return key & BIT_WITHIN ? KPI__SILENCE_YES : KPI__SILENCE_NO;
}

/* Counted where it came from: so the look is ahead. */
static uint8_t
judge_by_earlier(unsigned key)
{
	if (key & BIT_UNKNOWN)
		return KPI__SILENCE_UNKNOWN;
	if (!(key & BIT_COUNTED))
		return KPI__SILENCE_NOT_COUNTED;
	if (key & BIT_IMMATURE)
		return KPI__SILENCE_IMMATURE;
	return key & BIT_COUNTED_AFTER ? KPI__SILENCE_YES : KPI__SILENCE_NO;
}

/* An issue: what does not begin one is no unit. */
static uint8_t
judge_issue(unsigned key)
{
	if (key & BIT_UNKNOWN)
		return KPI__SILENCE_UNKNOWN;
	if (!(key & BIT_COUNTED))
		return KPI__CLASS_OUTSIDE;
	if (key & BIT_TRUNCATED)
		return KPI__SILENCE_TRUNCATED;
	if (key & BIT_WITHIN)
		return KPI__CLASS_OUTSIDE;
	if (key & BIT_IMMATURE)
		return KPI__SILENCE_IMMATURE;
	return key & BIT_FOLLOWED ? KPI__SILENCE_NO : KPI__SILENCE_YES;
}

static uint8_t
judge_contact(unsigned key)
{
	if (key & BIT_UNKNOWN)
		return KPI__SILENCE_UNKNOWN;
	if (!(key & BIT_COUNTED))
		return KPI__SILENCE_NOT_COUNTED;
	if (key & BIT_IMMATURE)
		return KPI__SILENCE_IMMATURE;
	return key & BIT_FOLLOWED ? KPI__SILENCE_NO : KPI__SILENCE_YES;
}

static enum asked
what_is_asked(const kpi__claim *claim)
{
	if (claim->asked.definition->metric ==
	    KPI_METRIC_FIRST_CONTACT_RESOLUTION)
		return kpi__parameter_of(claim, KPI__FCR_UNIT) ==
			KPI__FCR_ISSUE
		    ? ISSUE
		    : CONTACT;
	return kpi__parameter_of(claim, KPI__REPEAT_CREDIT) ==
		KPI__REPEAT_EARLIER
	    ? REPEAT_BY_EARLIER
	    : REPEAT;
}

/* All that the keys depend on. */
typedef struct judging {
	kpi__silence_rule rule;
	int64_t from, same; /* repeat_from, repeat_same */
	int64_t by_earlier; /* BIT_COUNTED_AFTER is asked for */
} judging;

static uint8_t
role_of(const judging *j, const kpi__contact *c)
{
	return j->rule.role[(unsigned)(c->outcome << 2 | c->direction) & 63];
}

static uint8_t
key_of_role(uint8_t role)
{
	return (uint8_t)((role & KPI__ROLE_COUNTED ? BIT_COUNTED : 0) |
	    (role & KPI__ROLE_UNKNOWN ? BIT_UNKNOWN : 0));
}

static uint8_t
key_of_time(const judging *j, int64_t start, int64_t base)
{
	return (uint8_t)((start < j->rule.truncated_before) * BIT_TRUNCATED |
	    (base >= j->rule.immature_from) * BIT_IMMATURE);
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
		    (next <= c[i].start + window) * BIT_FOLLOWED);
		next = role & KPI__ROLE_LATER ? c[i].start : next;
		next = c[i].begins ? INT64_MAX : next;
	}
	for (uint32_t i = 0; i < count; i++) {
		const int64_t start = c[i].start;

		reach = c[i].begins ? INT64_MIN : reach;
		key[c[i].ordinal] = (uint8_t)(found[i] |
		    key_of_time(j, start, start) |
		    (start <= reach) * BIT_WITHIN);
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
			(found[i].before != UINT32_MAX ? BIT_WITHIN : 0) |
			(found[i].followed ? BIT_FOLLOWED : 0) |
			(found[i].counted_after ? BIT_COUNTED_AFTER : 0));
	if (found != few)
		kpi__release(a, found, count, sizeof(*found));
	return KPI_OK;
}

/*
 * Nobody knows whose it is: unknown, if it would be counted at all, or an
 * issue of its own, which has nothing to look for before or after it.
 */
static uint8_t
class_alone(const kpi__claim *claim, enum asked asked, unsigned key)
{
	if (key & BIT_UNKNOWN)
		return KPI__SILENCE_UNKNOWN;
	if (!(key & BIT_COUNTED))
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
class_of(const kpi__claim *claim, enum asked asked, unsigned key)
{
	if ((key & BIT_COUNTED) && (key & BIT_UNKNOWN))
		return KPI__CLASS_OUTSIDE;
	if (key & BIT_ALONE)
		return class_alone(claim, asked, key);
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

static kpi_status
prepare(kpi__claim *claim, kpi_error *error)
{
	judging *j = kpi__new_zeroed(
	    kpi__snapshot_allocator(claim->asked.snapshot), 1, sizeof(*j));

	if (j == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for a walk");
	claim->side = j;
	claim->side_size = sizeof(*j);
	kpi__silence_rule_of(claim, &j->rule);
	j->from = kpi__parameter_of(claim, KPI__REPEAT_FROM);
	j->same = kpi__parameter_of(claim, KPI__REPEAT_SAME);
	j->by_earlier = what_is_asked(claim) == REPEAT_BY_EARLIER;
	return kpi__silence_prepare(claim, error);
}

static kpi_status
visit(kpi__claim *claim, const kpi__contact *contacts, uint32_t count,
    int known)
{
	if (!known) {
		claim->classes[contacts[0].ordinal] = (uint8_t)(BIT_ALONE |
		    key_of_role(role_of(claim->side, &contacts[0])));
		return KPI_OK;
	}
	return kpi__silence_split(claim, contacts, count, visit_sequence);
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
claim_walk(kpi__claim *claim, int kind, int unit)
{
	kpi__declared *d = claim->declared;

	kpi__claim_stream(claim, KPI__INTERACTION, KPI__COUNTED_DIRECTIONS);
	kpi__claim_figure(claim, kind, unit, KPI__MERGE_CUSTOMER);
	claim->walk_by = KPI_BY_CUSTOMER;
	claim->prepare = prepare;
	claim->visit = visit;
	claim->visit_run = is_plain(claim) ? visit_plain : NULL;
	claim->reads_as_of = claim->reads_known_from = 1;
	claim->shares = 1;
	d->keyer.make = kpi__walked_keys;
	for (unsigned key = 0; key < KPI__KEYS; key++)
		d->class_of[key] = class_of(claim, what_is_asked(claim), key);
	kpi__declare(d, KPI__SUM_UNKNOWN, 1 << KPI__SILENCE_UNKNOWN, 1);
	kpi__declare(d, KPI__SUM_TRUNCATED, 1 << KPI__SILENCE_TRUNCATED, 1);
	kpi__declare(d, KPI__SUM_IMMATURE, 1 << KPI__SILENCE_IMMATURE, 1);
	kpi__declare(
	    d, KPI__SUM_NOT_COUNTED, 1 << KPI__SILENCE_NOT_COUNTED, 1);
}

kpi_status
kpi__declare_first_contact(kpi__claim *claim, kpi_error *error)
{
	(void)error;
	claim_walk(claim, KPI__SHARE, KPI_UNIT_SHARE);
	kpi__claim_share(claim, 1 << KPI__SILENCE_YES,
	    1 << KPI__SILENCE_YES | 1 << KPI__SILENCE_NO);
	return KPI_OK;
}

kpi_status
kpi__declare_repeat_rate(kpi__claim *claim, kpi_error *error)
{
	(void)error;
	claim_walk(claim, KPI__SHARE, KPI_UNIT_SHARE);
	kpi__claim_share(claim, 1 << KPI__SILENCE_YES,
	    1 << KPI__SILENCE_YES | 1 << KPI__SILENCE_NO);
	return KPI_OK;
}

kpi_status
kpi__declare_contacts_per_issue(kpi__claim *claim, kpi_error *error)
{
	(void)error;
	claim_walk(claim, KPI__RATIO, KPI_UNIT_RATIO);
	kpi__claim_share(claim, 1 << KPI__SILENCE_YES | 1 << KPI__SILENCE_NO,
	    1 << KPI__SILENCE_NO);
	/* A repeat is counted above, not below the line. */
	kpi__declare(claim->declared, KPI__SUM_NOT_COUNTED,
	    1 << KPI__SILENCE_YES, 1);
	return KPI_OK;
}
