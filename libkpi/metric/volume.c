/* SPDX-License-Identifier: MIT */
/* contacts, visits, customers: how much there is. */
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

kpi_status
kpi__declare_contacts(kpi__claim *claim, kpi_error *error)
{
	const int64_t classes =
	    kpi__parameter_of(claim, KPI__CONTACTS_CLASSES);
	kpi__outcome_rule rule = kpi__plain_outcomes();

	kpi__claim_stream(claim, KPI__INTERACTION, KPI__COUNTED_DIRECTIONS);
	if (classes == KPI__AUTOMATIC) {
		claim_count(claim, 1 << 0, 0, 0);
		claim->declared->keyer.make = one_key;
		claim->declared->keyer.few = 1;
		return KPI_OK;
	}
	rule.threshold =
	    kpi__parameter_of(claim, KPI__SERVICE_LEVEL_THRESHOLD);
	rule.short_abandon =
	    kpi__parameter_of(claim, KPI__SHORT_ABANDON_THRESHOLD);
	rule.short_answer =
	    kpi__parameter_of(claim, KPI__SHORT_ANSWER_THRESHOLD);
	rule.wait_parts = kpi__parameter_of(claim, KPI__WAIT_PARTS);
	rule.sets[0] = (uint64_t)classes;
	claim_count(claim, (uint64_t)classes, KPI__SET(UNKNOWN),
	    KPI__ALL_CLASSES & ~(uint64_t)classes);
	claim->reads_as_of = ((uint64_t)classes & KPI__WAITING) != 0;
	return kpi__claim_outcomes(claim, &rule, error);
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

static void
known_customers(const kpi__keyer *k, kpi__batch *b, int space, uint8_t *key)
{
	const uint32_t *code =
	    kpi__batch_codes(b, KPI_BY_CUSTOMER, KPI__CREDIT_LAST, space);
	const uint32_t count = kpi__batch_count(b, space);

	(void)k;
	for (uint32_t i = 0; i < count; i++)
		key[i] = code[i] != 0;
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
	d->keyer.make = known_customers;
	d->class_of[1] = 1;
	d->distinct = KPI_BY_CUSTOMER;
	d->distinct_sum = KPI__SUM_NUMERATOR;
	d->value_classes = 1 << 1;
	kpi__declare(d, KPI__SUM_NUMERATOR, 0, 0);
	kpi__declare(d, KPI__SUM_UNKNOWN, 1 << 0, 1);
	kpi__declare(d, KPI__SUM_NOT_COUNTED, 0, 0);
	return KPI_OK;
}
