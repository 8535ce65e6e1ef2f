/* SPDX-License-Identifier: MIT */
/* average_speed_of_answer, average_wait, longest_wait: how long customers
 * waited. */
#include "metric/outcome.h"

/* Those of the classes have their wait added up, or the greatest kept. */
static void
claim_waits(kpi__claim *claim, kpi__outcome_rule *rule, uint64_t classes,
    int kind)
{
	kpi__declared *d = claim->declared;

	kpi__claim_stream(claim,
	    (int)kpi__parameter_of(claim, KPI__UNIT), KPI__COUNTED_DIRECTIONS);
	kpi__claim_figure(claim, kind, KPI_UNIT_MS, KPI__MERGE_ANY);
	if (kind == KPI__MEAN) {
		kpi__claim_mean(claim, classes);
	} else {
		kpi__declare(d, KPI__SUM_GREATEST, 0, 0);
		kpi__declare(d, KPI__SUM_DENOMINATOR, classes, 1);
	}
	d->value = KPI__VALUE_WAIT;
	d->value_parts = kpi__parameter_of(claim, KPI__WAIT_PARTS);
	d->value_classes = classes;
	kpi__declare(d, KPI__SUM_UNKNOWN, KPI__SET(UNKNOWN), 1);
	kpi__declare(d, KPI__SUM_NOT_COUNTED,
	    (KPI__ALL_CLASSES & ~classes) | UINT64_C(1) << KPI__CLASS_IDLE, 1);
	claim->reads_as_of = (classes & KPI__WAITING) != 0;
	rule->valued = classes;
}

kpi_status
kpi__declare_speed_of_answer(kpi__claim *claim, kpi_error *error)
{
	kpi__outcome_rule rule = kpi__plain_outcomes();

	claim_waits(claim, &rule, KPI__ANSWERED, KPI__MEAN);
	rule.wait_min = kpi__parameter_of(claim, KPI__WAIT_MIN);
	rule.wait_parts = kpi__parameter_of(claim, KPI__WAIT_PARTS);
	claim->any_threshold = 1;
	return kpi__claim_outcomes(claim, &rule, error);
}

static kpi_status
claim_waits_of(
    kpi__claim *claim, int parameter, int kind, kpi_error *error)
{
	const uint64_t classes =
	    (uint64_t)kpi__parameter_of(claim, parameter);
	kpi__outcome_rule rule = kpi__outcomes_of(claim, classes, classes);

	claim_waits(claim, &rule, classes, kind);
	return kpi__claim_outcomes(claim, &rule, error);
}

kpi_status
kpi__declare_average_wait(kpi__claim *claim, kpi_error *error)
{
	return claim_waits_of(
	    claim, KPI__AVERAGE_WAIT_OUTCOMES, KPI__MEAN, error);
}

kpi_status
kpi__declare_longest_wait(kpi__claim *claim, kpi_error *error)
{
	return claim_waits_of(
	    claim, KPI__LONGEST_WAIT_OUTCOMES, KPI__GREATEST, error);
}
