/* SPDX-License-Identifier: MIT */
/* first_contact_resolution, repeat_rate, contacts_per_issue,
 * repeat_customer_rate: whether customers had to come again. */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "metric/judgement.h"
#include "metric/neighbours.h"

/* The class of what a walk, or a contact itself, came to. */
static uint64_t
class_bit(const kpi__claim *claim, int silence)
{
	return UINT64_C(1) << claim->declared->class_of[silence];
}

static uint64_t
decided(const kpi__claim *claim)
{
	return class_bit(claim, KPI__SILENCE_YES) |
	    class_bit(claim, KPI__SILENCE_NO);
}

/* A class each, in the order given: of customers the last they have counts,
 * and of reasons to leave one out the first. */
static void
claim_classes(kpi__claim *claim, int kind, int unit, int merge,
    int64_t directions, const uint8_t order[6])
{
	kpi__declared *d = claim->declared;

	kpi__claim_stream(claim, KPI__INTERACTION, directions);
	kpi__claim_figure(claim, kind, unit, merge);
	memset(d->class_of, KPI__CLASS_OUTSIDE, sizeof(d->class_of));
	for (uint8_t i = 0; i < 6; i++)
		d->class_of[order[i]] = i;
	kpi__declare(d, KPI__SUM_UNKNOWN,
	    class_bit(claim, KPI__SILENCE_UNKNOWN), 1);
	kpi__declare(d, KPI__SUM_TRUNCATED,
	    class_bit(claim, KPI__SILENCE_TRUNCATED), 1);
	kpi__declare(d, KPI__SUM_IMMATURE,
	    class_bit(claim, KPI__SILENCE_IMMATURE), 1);
	kpi__declare(d, KPI__SUM_NOT_COUNTED,
	    class_bit(claim, KPI__SILENCE_NOT_COUNTED), 1);
}

static const uint8_t repeat_last[] = { KPI__SILENCE_NOT_COUNTED,
	KPI__SILENCE_IMMATURE, KPI__SILENCE_TRUNCATED, KPI__SILENCE_UNKNOWN,
	KPI__SILENCE_NO, KPI__SILENCE_YES };
static const uint8_t failure_last[] = { KPI__SILENCE_NOT_COUNTED,
	KPI__SILENCE_IMMATURE, KPI__SILENCE_TRUNCATED, KPI__SILENCE_UNKNOWN,
	KPI__SILENCE_YES, KPI__SILENCE_NO };

/* Customers are whole, whoever of their agents has the credit. */
static void
claim_customers(kpi__claim *claim)
{
	claim->declared->by_customer = 1;
	claim->shape.parts = 1;
}

static void
judgement_keys(
    const kpi__keyer *keyer, kpi__batch *b, int space, uint8_t *key)
{
	(void)space;
	kpi__judgements(keyer->side, b, key);
}

/* Nothing is looked for before or after the contact. */
static kpi_status
claim_itself(kpi__claim *claim, kpi_error *error)
{
	kpi__keyer *k = &claim->declared->keyer;

	claim->side_size = sizeof(kpi__judgement_rule);
	claim->side =
	    kpi__new_zeroed(kpi__snapshot_allocator(claim->asked.snapshot), 1,
		claim->side_size);
	if (claim->side == NULL)
		return kpi__fail(
		    error, KPI_ENOMEM, "no memory for a definition");
	kpi__judgement_rule_of(claim, claim->side);
	k->make = judgement_keys;
	k->side = claim->side;
	return KPI_OK;
}

/* What the judgements need whole: nothing, cases or customers. */
static int
merge_of(int64_t unit, int by_itself)
{
	if (by_itself)
		return KPI__MERGE_ANY;
	return unit == KPI__FCR_CASE ? KPI__MERGE_CASE : KPI__MERGE_CUSTOMER;
}

kpi_status
kpi__declare_first_contact(kpi__claim *claim, kpi_error *error)
{
	const int64_t unit = kpi__parameter_of(claim, KPI__FCR_UNIT);
	const int64_t method = kpi__parameter_of(claim, KPI__FCR_METHOD);
	const int by_silence = method == KPI__FCR_SILENCE;
	const int by_itself = unit == KPI__FCR_CONTACT && !by_silence;
	kpi_status status;

	claim_classes(claim, KPI__SHARE, KPI_UNIT_SHARE,
	    merge_of(unit, by_itself),
	    method == KPI__FCR_SURVEY ? KPI__EVERY_DIRECTION
				      : KPI__COUNTED_DIRECTIONS,
	    failure_last);
	if (unit == KPI__FCR_CUSTOMER)
		claim_customers(claim);
	kpi__claim_share(
	    claim, class_bit(claim, KPI__SILENCE_YES), decided(claim));
	if (by_itself)
		return claim_itself(claim, error);
	status = kpi__claim_neighbours(claim,
	    unit == KPI__FCR_CASE ? KPI_BY_CASE : KPI_BY_CUSTOMER, error);
	if (unit == KPI__FCR_CASE)
		claim->reads_as_of = claim->reads_known_from = 0;
	if (!by_silence)
		claim->reads_as_of = 0;
	return status;
}

static kpi_status
claim_repeats(kpi__claim *claim, int by_customer, kpi_error *error)
{
	claim_classes(claim, KPI__SHARE, KPI_UNIT_SHARE, KPI__MERGE_CUSTOMER,
	    KPI__COUNTED_DIRECTIONS, repeat_last);
	if (by_customer)
		claim_customers(claim);
	kpi__claim_share(
	    claim, class_bit(claim, KPI__SILENCE_YES), decided(claim));
	return kpi__claim_neighbours(claim, KPI_BY_CUSTOMER, error);
}

kpi_status
kpi__declare_repeat_rate(kpi__claim *claim, kpi_error *error)
{
	return claim_repeats(claim, 0, error);
}

kpi_status
kpi__declare_repeat_customer_rate(kpi__claim *claim, kpi_error *error)
{
	return claim_repeats(claim, 1, error);
}

kpi_status
kpi__declare_contacts_per_issue(kpi__claim *claim, kpi_error *error)
{
	claim_classes(claim, KPI__RATIO, KPI_UNIT_RATIO, KPI__MERGE_CUSTOMER,
	    KPI__COUNTED_DIRECTIONS, repeat_last);
	kpi__claim_share(
	    claim, decided(claim), class_bit(claim, KPI__SILENCE_NO));
	/* A repeat is counted above, not below the line. */
	kpi__declare(claim->declared, KPI__SUM_NOT_COUNTED,
	    class_bit(claim, KPI__SILENCE_YES), 1);
	return kpi__claim_neighbours(claim, KPI_BY_CUSTOMER, error);
}
