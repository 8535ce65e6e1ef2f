/* SPDX-License-Identifier: MIT */
/* average_idle_time: how long agents were ready between contacts. */
#include <kpi/catalogue.h>

#include "metric/agents.h"

kpi_status
kpi__declare_average_idle_time(kpi__claim *claim, kpi_error *error)
{
	claim->shape.parts = 1;
	claim->day_by_day = 1;
	kpi__claim_figure(claim, KPI__RATIO, KPI_UNIT_MS, KPI__MERGE_AGENT);
	kpi__claim_time_cells(claim, KPI__SUM_NUMERATOR,
	    UINT32_C(1) << KPI_ACTIVITY_READY);
	kpi__claim_time_cells(
	    claim, KPI__SUM_DENOMINATOR, KPI__TIME_BIT(LEGS_HANDLED));
	kpi__claim_time_cells(
	    claim, KPI__SUM_NO_ACTIVITY, KPI__TIME_BIT(LEGS_NO_ACTIVITY));
	kpi__claim_time_cells(
	    claim, KPI__SUM_UNKNOWN, KPI__TIME_BIT(LEGS_UNKNOWN));
	return kpi__claim_time(claim, error);
}
