/* SPDX-License-Identifier: MIT */
/* What the table of metrics says of one. */
#include "metric/table.h"

#include "metric/term.h"

const kpi__initial kpi__visit_initials[] = {
	{ KPI__UNIT, KPI__VISIT },
	{ KPI__PARAMETERS, 0 },
};

const kpi__initial kpi__answer_initials[] = {
	{ KPI__TARGET_GOAL, 20000 }, /* ms */
	{ KPI__UNIT, KPI__VISIT },
	{ KPI__PARAMETERS, 0 },
};

const kpi__initial kpi__whole_initials[] = {
	{ KPI__UNIT, KPI__INTERACTION },
	{ KPI__PARAMETERS, 0 },
};

const kpi__initial kpi__answered_initials[] = {
	{ KPI__REPEAT_COUNTED_OUTCOMES, KPI__OUTCOME_BIT(ANSWERED) },
	{ KPI__REPEAT_EARLIER_OUTCOMES, KPI__OUTCOME_BIT(ANSWERED) },
	{ KPI__PARAMETERS, 0 },
};

const kpi__metric *
kpi__metric_at(size_t i)
{
	const struct {
		const kpi__metric *at;
		size_t count;
	} tables[] = {
		{ kpi__metrics, kpi__metric_count },
		{ kpi__quantile_metrics, kpi__quantile_metric_count },
		{ kpi__work_metrics, kpi__work_metric_count },
	};

	for (size_t t = 0; t < sizeof(tables) / sizeof(*tables); t++) {
		if (i < tables[t].count)
			return &tables[t].at[i];
		i -= tables[t].count;
	}
	return NULL;
}

const kpi__metric *
kpi__metric_find(int32_t number)
{
	const kpi__metric *metric;

	for (size_t i = 0; (metric = kpi__metric_at(i)) != NULL; i++) {
		if (metric->number == number)
			return metric;
	}
	return NULL;
}

int
kpi__metric_reads(const kpi__metric *metric, int32_t parameter)
{
	const uint8_t *p = metric->reads;

	while (*p < parameter)
		p++;
	return *p == parameter && parameter < KPI__PARAMETERS;
}

int64_t
kpi__metric_initial(const kpi__metric *metric, int32_t parameter)
{
	const kpi__initial *own = metric->initials;

	for (; own != NULL && own->parameter != KPI__PARAMETERS; own++) {
		if (own->parameter == parameter)
			return own->value;
	}
	return kpi__parameter_at(parameter)->initial;
}
