/* SPDX-License-Identifier: MIT */
/* service_level, abandonment_rate, answer_rate: whether customers stayed, and
 * were answered in time. */
#include "metric/outcome.h"

/* Each count stands at its own instant: a ratio then, as is one whose
 * numerator has what its denominator has not. */
static int
kind_of(const kpi__claim *claim, uint64_t numerator, uint64_t denominator)
{
	return claim->declared->stream.anchor == KPI__ANCHOR_OWN_EVENT ||
		(numerator & ~denominator) != 0
	    ? KPI__RATIO
	    : KPI__SHARE;
}

static kpi_status
claim_rate(kpi__claim *claim, int numerator_parameter,
    int denominator_parameter, int complement, kpi_error *error)
{
	const uint64_t numerator =
	    (uint64_t)kpi__parameter_of(claim, numerator_parameter);
	const uint64_t denominator =
	    (uint64_t)kpi__parameter_of(claim, denominator_parameter);
	const kpi__outcome_rule rule =
	    kpi__outcomes_of(claim, numerator, denominator);
	kpi__declared *d = claim->declared;

	kpi__claim_stream(claim,
	    (int)kpi__parameter_of(claim, KPI__UNIT), KPI__COUNTED_DIRECTIONS);
	kpi__claim_figure(claim, kind_of(claim, numerator, denominator),
	    KPI_UNIT_SHARE, KPI__MERGE_ANY);
	if (claim->shape.kind == KPI__RATIO)
		claim->shape.unit = KPI_UNIT_RATIO;
	kpi__claim_share(
	    claim, complement ? denominator : numerator, denominator);
	if (complement)
		kpi__declare(d, KPI__SUM_NUMERATOR, numerator, -1);
	kpi__declare(d, KPI__SUM_UNKNOWN, KPI__SET(UNKNOWN), 1);
	kpi__declare(d, KPI__SUM_NOT_COUNTED,
	    (KPI__ALL_CLASSES & ~denominator) |
		UINT64_C(1) << KPI__CLASS_IDLE,
	    1);
	claim->reads_as_of = ((numerator | denominator) & KPI__WAITING) != 0;
	return kpi__claim_outcomes(claim, &rule, error);
}

kpi_status
kpi__declare_service_level(kpi__claim *claim, kpi_error *error)
{
	return claim_rate(claim, KPI__SERVICE_LEVEL_NUMERATOR,
	    KPI__SERVICE_LEVEL_DENOMINATOR, 0, error);
}

kpi_status
kpi__declare_abandonment_rate(kpi__claim *claim, kpi_error *error)
{
	return claim_rate(claim, KPI__ABANDONMENT_NUMERATOR,
	    KPI__ABANDONMENT_DENOMINATOR, 0, error);
}

kpi_status
kpi__declare_answer_rate(kpi__claim *claim, kpi_error *error)
{
	return claim_rate(claim, KPI__ABANDONMENT_NUMERATOR,
	    KPI__ABANDONMENT_DENOMINATOR, 1, error);
}
