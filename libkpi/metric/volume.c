/* SPDX-License-Identifier: MIT */
/* contacts, visits, customers, channel_mix, reason_mix: how much there is. */
#include <string.h>

#include "metric/outcome.h"

static void
claim_count(kpi__claim *claim, uint64_t counted, uint64_t unknown,
    uint64_t not_counted)
{
	kpi__claim_figure(
	    claim, KPI__COUNT, KPI_UNIT_COUNT, KPI__MERGE_ANY);
	kpi__declare(claim->declared, KPI__SUM_NUMERATOR, counted, 1);
	kpi__declare(claim->declared, KPI__SUM_UNKNOWN, unknown, 1);
	kpi__declare(claim->declared, KPI__SUM_NOT_COUNTED, not_counted, 1);
}

/* All are counted alike. */
static void
one_key(const kpi__keyer *k, kpi__batch *b, int space, uint8_t *key)
{
	(void)k;
	memset(key, 0, kpi__batch_count(b, space));
}

static void
known_keys(const kpi__keyer *k, kpi__batch *b, int space, uint8_t *key)
{
	const uint32_t *code = kpi__batch_codes(
	    b, (kpi_by)k->parameter[0], KPI__CREDIT_LAST, space);
	const uint32_t count = kpi__batch_count(b, space);

	for (uint32_t i = 0; i < count; i++)
		key[i] = code[i] != 0;
}

/* Classes: 0 is not known, 1 is. */
static void
claim_known(kpi__claim *claim, kpi_by by)
{
	claim->declared->keyer.make = known_keys;
	claim->declared->keyer.parameter[0] = by;
	claim->declared->class_of[1] = 1;
}

/* Contacts of the classes that are counted, `*counted`; those without a value
 * of `known` are unknown, if it is a dimension. */
static kpi_status
claim_contacts(
    kpi__claim *claim, kpi_by known, uint64_t *counted, kpi_error *error)
{
	const int64_t classes =
	    kpi__parameter_of(claim, KPI__CONTACTS_CLASSES);
	kpi__outcome_rule rule;
	kpi_status status;

	kpi__claim_stream(claim, KPI__INTERACTION, KPI__COUNTED_DIRECTIONS);
	if (classes == KPI__AUTOMATIC && known != 0) {
		*counted = 1 << 1;
		claim_count(claim, *counted, 1 << 0, 0);
		claim_known(claim, known);
		return KPI_OK;
	}
	if (classes == KPI__AUTOMATIC) {
		*counted = 1 << 0;
		claim_count(claim, *counted, 0, 0);
		claim->declared->keyer.make = one_key;
		return KPI_OK;
	}
	*counted = (uint64_t)classes;
	rule = kpi__outcomes_of(claim, *counted, 0);
	claim_count(claim, *counted, KPI__SET(UNKNOWN),
	    KPI__ALL_CLASSES & ~*counted);
	claim->reads_as_of = (*counted & KPI__WAITING) != 0;
	status = kpi__claim_outcomes(claim, &rule, error);
	kpi__claim_known(claim, known);
	return status;
}

kpi_status
kpi__declare_contacts(kpi__claim *claim, kpi_error *error)
{
	uint64_t counted;

	return claim_contacts(claim, 0, &counted, error);
}

static kpi_status
declare_mix(kpi__claim *claim, kpi_by among, kpi_error *error)
{
	const int known_alone = kpi__parameter_of(claim, KPI__MIX_UNKNOWN) ==
	    KPI__MIX_EXCLUDED;
	uint64_t counted;
	const kpi_status status =
	    claim_contacts(claim, known_alone ? among : 0, &counted, error);

	kpi__claim_figure(claim, KPI__MIX, KPI_UNIT_SHARE, KPI__MERGE_ANY);
	claim->shape.among = among;
	claim->shape.known_alone = known_alone;
	if (claim->shape.parts != 1)
		kpi__declare(
		    claim->declared, KPI__SUM_WEIGHTS, counted, 1);
	return status;
}

kpi_status
kpi__declare_channel_mix(kpi__claim *claim, kpi_error *error)
{
	return declare_mix(claim, KPI_BY_CHANNEL, error);
}

kpi_status
kpi__declare_reason_mix(kpi__claim *claim, kpi_error *error)
{
	return declare_mix(claim, KPI_BY_REASON, error);
}

kpi_status
kpi__declare_visits(kpi__claim *claim, kpi_error *error)
{
	const kpi__outcome_rule rule = kpi__plain_outcomes();

	kpi__claim_stream(claim, KPI__VISIT, KPI__COUNTED_DIRECTIONS);
	claim->any_threshold = 1;
	claim_count(claim, KPI__QUEUED | KPI__SET(UNKNOWN), 0,
	    KPI__ALL_CLASSES & ~KPI__QUEUED);
	return kpi__claim_outcomes(claim, &rule, error);
}

/* How many there are is known at the end of the scan, not by classes. */
kpi_status
kpi__declare_customers(kpi__claim *claim, kpi_error *error)
{
	kpi__declared *d = claim->declared;

	(void)error;
	kpi__claim_stream(claim, KPI__INTERACTION, KPI__COUNTED_DIRECTIONS);
	claim->shape.parts = 1;
	kpi__claim_figure(
	    claim, KPI__COUNT, KPI_UNIT_COUNT, KPI__MERGE_CUSTOMER);
	claim_known(claim, KPI_BY_CUSTOMER);
	d->distinct = KPI_BY_CUSTOMER;
	d->distinct_sum = KPI__SUM_NUMERATOR;
	d->value_classes = 1 << 1;
	kpi__declare(d, KPI__SUM_NUMERATOR, 0, 0);
	kpi__declare(d, KPI__SUM_UNKNOWN, 1 << 0, 1);
	kpi__declare(d, KPI__SUM_NOT_COUNTED, 0, 0);
	return KPI_OK;
}
