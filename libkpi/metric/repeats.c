/* SPDX-License-Identifier: MIT */
/* first_contact_resolution, repeat_rate, contacts_per_issue: whether customers
 * had to come again. */
#include "base/error.h"
#include "base/memory.h"
#include "metric/silence.h"

#define COUNTED_DIRECTIONS (KPI__DIRECTION_INBOUND | KPI__DIRECTION_UNKNOWN)
#define FEW                64

/* What is asked of a contact. */
enum asked { REPEAT, REPEAT_BY_EARLIER, ISSUE, CONTACT };

static uint8_t
judge_repeat(const kpi__silence_rule *rule, int64_t start, const kpi__found *f)
{
	if (f->role & KPI__ROLE_UNKNOWN)
		return KPI__SILENCE_UNKNOWN;
	if (start < rule->truncated_before)
		return KPI__SILENCE_TRUNCATED;
	if (!(f->role & KPI__ROLE_COUNTED))
		return KPI__SILENCE_NOT_COUNTED;
	return f->before != UINT32_MAX ? KPI__SILENCE_YES : KPI__SILENCE_NO;
}

/* Counted where it came from: so the look is ahead. */
static uint8_t
judge_by_earlier(
    const kpi__silence_rule *rule, int64_t base, const kpi__found *f)
{
	if (f->role & KPI__ROLE_UNKNOWN)
		return KPI__SILENCE_UNKNOWN;
	if (base >= rule->immature_from)
		return KPI__SILENCE_IMMATURE;
	if (!(f->role & KPI__ROLE_COUNTED))
		return KPI__SILENCE_NOT_COUNTED;
	return f->counted_after ? KPI__SILENCE_YES : KPI__SILENCE_NO;
}

/* An issue: what does not begin one is no unit. */
static uint8_t
judge_issue(const kpi__silence_rule *rule, int64_t start, int64_t base,
    const kpi__found *f)
{
	if (f->role & KPI__ROLE_UNKNOWN)
		return KPI__SILENCE_UNKNOWN;
	if (!(f->role & KPI__ROLE_COUNTED))
		return KPI__CLASS_OUTSIDE;
	if (start < rule->truncated_before)
		return KPI__SILENCE_TRUNCATED;
	if (f->before != UINT32_MAX)
		return KPI__CLASS_OUTSIDE;
	if (base >= rule->immature_from)
		return KPI__SILENCE_IMMATURE;
	return f->followed ? KPI__SILENCE_NO : KPI__SILENCE_YES;
}

static uint8_t
judge_contact(
    const kpi__silence_rule *rule, int64_t base, const kpi__found *f)
{
	if (f->role & KPI__ROLE_UNKNOWN)
		return KPI__SILENCE_UNKNOWN;
	if (!(f->role & KPI__ROLE_COUNTED))
		return KPI__SILENCE_NOT_COUNTED;
	if (base >= rule->immature_from)
		return KPI__SILENCE_IMMATURE;
	return f->followed ? KPI__SILENCE_NO : KPI__SILENCE_YES;
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

/* What a walk keeps from one sequence to the next. */
typedef struct judging {
	enum asked asked;
	kpi__silence_rule rule;
} judging;

static void
judge_sequence(const judging *j, const int64_t *ends, const kpi__contact *c,
    uint32_t count, const kpi__found *found, uint8_t *classes)
{
	const kpi__silence_rule *rule = &j->rule;

	for (uint32_t i = 0; i < count; i++) {
		const int64_t base = kpi__silence_base(ends, &c[i]);
		uint8_t *to = &classes[c[i].ordinal];

		switch (j->asked) {
		case REPEAT:
			*to = judge_repeat(rule, c[i].start, &found[i]);
			break;
		case REPEAT_BY_EARLIER:
			*to = judge_by_earlier(rule, base, &found[i]);
			break;
		case ISSUE:
			*to = judge_issue(rule, c[i].start, base, &found[i]);
			break;
		case CONTACT:
			*to = judge_contact(rule, base, &found[i]);
			break;
		}
	}
}

static kpi_status
visit_sequence(kpi__claim *claim, kpi__contact *contacts, uint32_t count)
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
	kpi__silence(&j->rule, claim->instants, contacts, count, found);
	judge_sequence(
	    j, claim->instants, contacts, count, found, claim->classes);
	if (found != few)
		kpi__release(a, found, count, sizeof(*found));
	return KPI_OK;
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
	j->asked = what_is_asked(claim);
	kpi__silence_rule_of(claim, &j->rule);
	return kpi__silence_prepare(claim, error);
}

/*
 * Nobody knows whose it is: unknown, if it would be counted at all, or an
 * issue of its own, which has nothing to look for before or after it.
 */
static uint8_t
class_alone(const kpi__claim *claim, const kpi__contact *c)
{
	const judging *j = claim->side;
	const int fcr = j->asked == ISSUE || j->asked == CONTACT;
	const int counted =
	    j->rule.role[(c->outcome << 2 | c->direction) & 63] &
	    KPI__ROLE_COUNTED;

	if (c->outcome == 0)
		return KPI__SILENCE_UNKNOWN;
	if (!counted && fcr)
		return j->asked == ISSUE ? KPI__CLASS_OUTSIDE
					 : KPI__SILENCE_NOT_COUNTED;
	if (kpi__parameter_of(claim, KPI__REPEAT_UNKNOWN_CUSTOMER) ==
	    KPI__UNKNOWN_EXCLUDED)
		return KPI__SILENCE_UNKNOWN;
	if (!counted)
		return KPI__SILENCE_NOT_COUNTED;
	return fcr ? KPI__SILENCE_YES : KPI__SILENCE_NO;
}

static kpi_status
visit(kpi__claim *claim, kpi__contact *contacts, uint32_t count, int known)
{
	if (!known) {
		claim->classes[contacts[0].ordinal] =
		    class_alone(claim, &contacts[0]);
		return KPI_OK;
	}
	return kpi__silence_split(claim, contacts, count, visit_sequence);
}

static void
claim_walk(kpi__claim *claim, int kind, int unit)
{
	kpi__declared *d = claim->declared;

	kpi__claim_stream(claim, KPI__INTERACTION, COUNTED_DIRECTIONS);
	kpi__claim_figure(claim, kind, unit, KPI__MERGE_CUSTOMER);
	claim->walk_by = KPI_BY_CUSTOMER;
	claim->prepare = prepare;
	claim->visit = visit;
	claim->reads_as_of = claim->reads_known_from = 1;
	d->keyer.make = kpi__walked_keys;
	for (int key = 0; key < KPI__KEYS; key++)
		d->class_of[key] = (uint8_t)(key <= KPI__SILENCE_NO
			? key
			: KPI__CLASS_OUTSIDE);
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
