/* SPDX-License-Identifier: MIT */
/* first_contact_resolution, repeat_rate, contacts_per_issue: whether customers
 * had to come again. */
#include <string.h>

#include "base/memory.h"
#include "metric/silence.h"

#define COUNTED_DIRECTIONS (KPI__DIRECTION_INBOUND | KPI__DIRECTION_UNKNOWN)
#define FEW                64

/* The class of one contact of a sequence. */
typedef uint8_t (*judge)(const kpi__claim *claim, const kpi__contact *c,
    const kpi__found *found);

/* A contact of which nothing is asked but what it is itself. */
static int
is_counted(
    const kpi__claim *claim, const kpi__contact *c, const kpi__found *found)
{
	return !found->carried &&
	    kpi__silence_has(
		claim, KPI__REPEAT_COUNTED_OUTCOMES, c->outcome);
}

static uint8_t
judge_repeat(
    const kpi__claim *claim, const kpi__contact *c, const kpi__found *found)
{
	const int earlier =
	    kpi__parameter_of(claim, KPI__REPEAT_CREDIT) == KPI__REPEAT_EARLIER;

	if (c->outcome == 0)
		return KPI__SILENCE_UNKNOWN;
	if (!earlier && kpi__silence_truncated(claim, c))
		return KPI__SILENCE_TRUNCATED;
	if (earlier && kpi__silence_immature(claim, c))
		return KPI__SILENCE_IMMATURE;
	if (!is_counted(claim, c, found))
		return KPI__SILENCE_NOT_COUNTED;
	if (earlier)
		return found->counted_after ? KPI__SILENCE_YES
					    : KPI__SILENCE_NO;
	return found->before != UINT32_MAX ? KPI__SILENCE_YES
					   : KPI__SILENCE_NO;
}

/* An issue: what does not begin one is no unit. */
static uint8_t
judge_issue(
    const kpi__claim *claim, const kpi__contact *c, const kpi__found *found)
{
	if (c->outcome == 0)
		return KPI__SILENCE_UNKNOWN;
	if (!is_counted(claim, c, found))
		return KPI__CLASS_OUTSIDE;
	if (kpi__silence_truncated(claim, c))
		return KPI__SILENCE_TRUNCATED;
	if (found->before != UINT32_MAX)
		return KPI__CLASS_OUTSIDE;
	if (kpi__silence_immature(claim, c))
		return KPI__SILENCE_IMMATURE;
	return found->followed ? KPI__SILENCE_NO : KPI__SILENCE_YES;
}

static uint8_t
judge_contact(
    const kpi__claim *claim, const kpi__contact *c, const kpi__found *found)
{
	if (c->outcome == 0)
		return KPI__SILENCE_UNKNOWN;
	if (!is_counted(claim, c, found))
		return KPI__SILENCE_NOT_COUNTED;
	if (kpi__silence_immature(claim, c))
		return KPI__SILENCE_IMMATURE;
	return found->followed ? KPI__SILENCE_NO : KPI__SILENCE_YES;
}

static judge
judge_of(const kpi__claim *claim)
{
	if (claim->asked.definition->metric !=
	    KPI_METRIC_FIRST_CONTACT_RESOLUTION)
		return judge_repeat;
	return kpi__parameter_of(claim, KPI__FCR_UNIT) == KPI__FCR_ISSUE
	    ? judge_issue
	    : judge_contact;
}

static kpi_status
visit_sequence(kpi__claim *claim, kpi__contact *contacts, uint32_t count)
{
	const kpi_allocator *a =
	    kpi__snapshot_allocator(claim->asked.snapshot);
	const judge judged = judge_of(claim);
	kpi__found few[FEW], *found = few;

	if (count > FEW) {
		found = kpi__new_array(a, count, sizeof(*found));
		if (found == NULL)
			return KPI_ENOMEM;
	}
	kpi__silence(claim, contacts, count, found);
	for (uint32_t i = 0; i < count; i++)
		claim->classes[contacts[i].ordinal] =
		    judged(claim, &contacts[i], &found[i]);
	if (found != few)
		kpi__release(a, found, count, sizeof(*found));
	return KPI_OK;
}

/*
 * Nobody knows whose it is: unknown, if it would be counted at all, or an
 * issue of its own, which has nothing to look for before or after it.
 */
static uint8_t
class_alone(const kpi__claim *claim, const kpi__contact *c)
{
	const int fcr = claim->asked.definition->metric ==
	    KPI_METRIC_FIRST_CONTACT_RESOLUTION;
	const int issue = fcr &&
	    kpi__parameter_of(claim, KPI__FCR_UNIT) == KPI__FCR_ISSUE;
	const int counted = kpi__silence_has(
	    claim, KPI__REPEAT_COUNTED_OUTCOMES, c->outcome);

	if (c->outcome == 0)
		return KPI__SILENCE_UNKNOWN;
	if (!counted && fcr)
		return issue ? KPI__CLASS_OUTSIDE : KPI__SILENCE_NOT_COUNTED;
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
	claim->prepare = kpi__silence_prepare;
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
