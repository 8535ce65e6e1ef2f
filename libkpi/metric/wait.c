/* SPDX-License-Identifier: MIT */
/* average_speed_of_answer, average_wait, longest_wait, and their quantiles:
 * how long customers waited. */
#include "metric/outcome.h"

static kpi_status
claim_kind(kpi__claim *claim, uint64_t classes, int kind, kpi_error *error)
{
	kpi__declared *d = claim->declared;

	switch (kind) {
	case KPI__MEAN:
		kpi__claim_mean(claim, classes);
		return KPI_OK;
	case KPI__QUANTILE:
		return kpi__claim_quantile(claim, classes, error);
	default:
		kpi__declare(d, KPI__SUM_GREATEST, 0, 0);
		kpi__declare(d, KPI__SUM_DENOMINATOR, classes, 1);
		return KPI_OK;
	}
}

/* Those of the classes have their wait added up, put in order, or the greatest
 * kept. */
static kpi_status
claim_waits(kpi__claim *claim, kpi__outcome_rule *rule, uint64_t classes,
    int kind, kpi_error *error)
{
	kpi__declared *d = claim->declared;

	kpi__claim_stream(claim,
	    (int)kpi__parameter_of(claim, KPI__UNIT), KPI__COUNTED_DIRECTIONS);
	kpi__claim_figure(claim, kind, KPI_UNIT_MS, KPI__MERGE_ANY);
	d->value = KPI__VALUE_WAIT;
	d->value_parts = kpi__parameter_of(claim, KPI__WAIT_PARTS);
	d->value_classes = classes;
	kpi__declare(d, KPI__SUM_UNKNOWN, KPI__SET(UNKNOWN), 1);
	kpi__declare(d, KPI__SUM_NOT_COUNTED,
	    (KPI__ALL_CLASSES & ~classes) | UINT64_C(1) << KPI__CLASS_IDLE, 1);
	claim->reads_as_of = (classes & KPI__WAITING) != 0;
	rule->valued = classes;
	return claim_kind(claim, classes, kind, error);
}

static kpi_status
claim_answers(kpi__claim *claim, int kind, kpi_error *error)
{
	kpi__outcome_rule rule = kpi__plain_outcomes();
	kpi_status status =
	    claim_waits(claim, &rule, KPI__ANSWERED, kind, error);

	if (status != KPI_OK)
		return status;
	rule.wait_min = kpi__parameter_of(claim, KPI__WAIT_MIN);
	rule.wait_parts = kpi__parameter_of(claim, KPI__WAIT_PARTS);
	claim->any_threshold = 1;
	return kpi__claim_outcomes(claim, &rule, error);
}

kpi_status
kpi__declare_speed_of_answer(kpi__claim *claim, kpi_error *error)
{
	return claim_answers(claim, KPI__MEAN, error);
}

kpi_status
kpi__declare_speed_of_answer_quantile(kpi__claim *claim, kpi_error *error)
{
	return claim_answers(claim, KPI__QUANTILE, error);
}

static kpi_status
claim_waits_of(
    kpi__claim *claim, int parameter, int kind, kpi_error *error)
{
	const uint64_t classes =
	    (uint64_t)kpi__parameter_of(claim, parameter);
	kpi__outcome_rule rule = kpi__outcomes_of(claim, classes, classes);

	kpi_status status = claim_waits(claim, &rule, classes, kind, error);

	return status == KPI_OK ? kpi__claim_outcomes(claim, &rule, error)
				: status;
}

kpi_status
kpi__declare_average_wait(kpi__claim *claim, kpi_error *error)
{
	return claim_waits_of(
	    claim, KPI__AVERAGE_WAIT_OUTCOMES, KPI__MEAN, error);
}

kpi_status
kpi__declare_wait_quantile(kpi__claim *claim, kpi_error *error)
{
	return claim_waits_of(
	    claim, KPI__AVERAGE_WAIT_OUTCOMES, KPI__QUANTILE, error);
}

kpi_status
kpi__declare_longest_wait(kpi__claim *claim, kpi_error *error)
{
	return claim_waits_of(
	    claim, KPI__LONGEST_WAIT_OUTCOMES, KPI__GREATEST, error);
}
