/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/suggestion.h"
#include "base/word.h"
#include "metric/definition.h"
#include "metric/table.h"
#include "metric/targets.h"

#define MILLION 1000000

/* The scales that have top boxes of their own. */
#define LONGEST_SCALE 8

static kpi_status
check_service_level(const int64_t *value, kpi_error *error)
{
	if ((value[KPI__SERVICE_LEVEL_NUMERATOR] &
		~value[KPI__SERVICE_LEVEL_DENOMINATOR]) == 0)
		return KPI_OK;
	return kpi__fail_at(error, KPI_EINVAL, "service_level_numerator",
	    "the classes of service_level_numerator must all be in "
	    "service_level_denominator");
}

static int64_t
scale_length(const int64_t *value)
{
	return value[KPI__CSAT_SCALE] - value[KPI__CSAT_SCALE_FROM] + 1;
}

static kpi_status
check_mark(const int64_t *value, int32_t parameter, kpi_error *error)
{
	const char *name = kpi__parameter_at(parameter)->name;

	if (value[parameter] == KPI__AUTOMATIC) {
		if (scale_length(value) <= LONGEST_SCALE)
			return KPI_OK;
		return kpi__fail_at(error, KPI_EINVAL, name,
		    "a scale of more than %d marks needs %s", LONGEST_SCALE,
		    name);
	}
	if (value[parameter] < value[KPI__CSAT_SCALE_FROM] ||
	    value[parameter] > value[KPI__CSAT_SCALE])
		return kpi__fail_at(error, KPI_EINVAL, name,
		    "%s must be a mark of the scale, csat_scale_from to "
		    "csat_scale",
		    name);
	return KPI_OK;
}

static kpi_status
check_csat(const int64_t *value, kpi_error *error)
{
	kpi_status status = check_mark(value, KPI__CSAT_TOP, error);

	if (status != KPI_OK || value[KPI__CSAT_SCORE] != KPI__CSAT_SCORE_NET)
		return status;
	status = check_mark(value, KPI__CSAT_BOTTOM, error);
	if (status != KPI_OK)
		return status;
	if (value[KPI__CSAT_TOP] != KPI__AUTOMATIC &&
	    value[KPI__CSAT_BOTTOM] != KPI__AUTOMATIC &&
	    value[KPI__CSAT_BOTTOM] >= value[KPI__CSAT_TOP])
		return kpi__fail_at(error, KPI_EINVAL, "csat_bottom",
		    "csat_bottom must be below csat_top");
	return KPI_OK;
}

/* A mean does not read the ends. */
static kpi_status
check_ces(const int64_t *value, kpi_error *error)
{
	const int64_t most = kpi__ces_most(value[KPI__CES_VERSION]);
	static const int32_t ends[] = { KPI__CES_BOTTOM, KPI__CES_TOP };

	if (value[KPI__CES_SCORE] == KPI__CES_SCORE_MEAN)
		return KPI_OK;
	for (int i = 0; i < 2; i++)
		if (value[ends[i]] > most)
			return kpi__fail_at(error, KPI_EINVAL,
			    kpi__parameter_at(ends[i])->name,
			    "%s must be a mark of version %d, 1 to %d",
			    kpi__parameter_at(ends[i])->name,
			    (int)value[KPI__CES_VERSION], (int)most);
	if (value[KPI__CES_SCORE] == KPI__CES_SCORE_INDEX &&
	    value[KPI__CES_BOTTOM] >= value[KPI__CES_TOP])
		return kpi__fail_at(error, KPI_EINVAL, "ces_bottom",
		    "ces_bottom must be below ces_top");
	return KPI_OK;
}

/* Scores are counted in one of several ways. */
static const char *
unit_of(const kpi__metric *metric, const int64_t *value)
{
	if (kpi__metric_reads(metric, KPI__CSAT_SCORE) &&
	    value[KPI__CSAT_SCORE] == KPI__CSAT_SCORE_NET)
		return "points";
	if (!kpi__metric_reads(metric, KPI__CES_SCORE) ||
	    value[KPI__CES_SCORE] == KPI__CES_SCORE_MEAN)
		return metric->unit;
	return value[KPI__CES_SCORE] == KPI__CES_SCORE_INDEX ? "points"
							     : "share";
}

/* A target, and whose: "" of all, else " of queue "sales"". */
typedef struct target {
	const kpi__metric *metric;
	const int64_t *value;
	int64_t goal, ceiling;
	const char *whose;
} target;

/* What a target may be, by what the figure is in. */
static kpi_status
check_range(const target *t, int32_t parameter, int64_t value, kpi_error *error)
{
	static const struct {
		const char *unit;
		int64_t least, most;
		const char *what;
	} ranges[] = {
		{ "share", 0, 1, "a fraction of 1, such as 0.8" },
		{ "points", -100, 100, "points, from -100 to 100" },
		{ "mark", 0, 11, "a mark" },
	};
	const char *unit = unit_of(t->metric, t->value);
	const char *name = kpi__parameter_at(parameter)->name;

	if (value == KPI__AUTOMATIC)
		return KPI_OK;
	for (size_t i = 0; i < sizeof(ranges) / sizeof(*ranges); i++) {
		if (strcmp(unit, ranges[i].unit) != 0)
			continue;
		if (value < ranges[i].least * MILLION ||
		    value > ranges[i].most * MILLION)
			return kpi__fail_at(error, KPI_EINVAL, name,
			    "%s of %s%s is %s", name, t->metric->name, t->whose,
			    ranges[i].what);
	}
	return KPI_OK;
}

static kpi_status
check_target(const target *t, kpi_error *error)
{
	kpi_status status = check_range(t, KPI__TARGET_GOAL, t->goal, error);

	if (status == KPI_OK)
		status = check_range(t, KPI__TARGET_CEILING, t->ceiling, error);
	if (status != KPI_OK)
		return status;
	if (t->ceiling != KPI__AUTOMATIC && t->goal == KPI__AUTOMATIC)
		return kpi__fail_at(error, KPI_EINVAL, "target_ceiling",
		    "target_ceiling%s ends a band that target_goal begins: set "
		    "target_goal too",
		    t->whose);
	if (t->ceiling != KPI__AUTOMATIC && t->ceiling < t->goal)
		return kpi__fail_at(error, KPI_EINVAL, "target_ceiling",
		    "target_ceiling%s must not be below target_goal", t->whose);
	if (t->ceiling == KPI__AUTOMATIC && t->goal != KPI__AUTOMATIC &&
	    t->metric->better == 0)
		return kpi__fail_at(error, KPI_EINVAL, "target_goal",
		    "of %s neither more nor less is better: its target%s is a "
		    "band, which needs target_ceiling too",
		    t->metric->name, t->whose);
	return KPI_OK;
}

/* That of all, then those of single groups. */
static kpi_status
check_targets(const kpi_definition *d, kpi_error *error)
{
	target t = { kpi__metric_find(d->metric), d->value,
		d->value[KPI__TARGET_GOAL], d->value[KPI__TARGET_CEILING], "" };
	const kpi_by by = kpi__definition_own_by(d, KPI__TARGET_GOAL);
	kpi_status status = check_target(&t, error);
	char whose[KPI__QUOTE + 16], quoted[KPI__QUOTE];
	kpi__targets walk;
	kpi__goal own;

	t.whose = whose;
	kpi__targets_begin(&walk, d);
	while (status == KPI_OK && kpi__targets_next(&walk, &own)) {
		t.goal = own.goal;
		t.ceiling = own.ceiling;
		(void)snprintf(whose, sizeof(whose), " of %s %s",
		    kpi__word_name(KPI_TABLE_DIMENSIONS, by),
		    kpi__quote(quoted, own.name, strlen(own.name)));
		status = check_target(&t, error);
	}
	return status;
}

static kpi_status
check_replies(const int64_t *value, kpi_error *error)
{
	if (value[KPI__FCR_MAX_REPLIES] == 0 ||
	    value[KPI__FCR_MIN_REPLIES] <= value[KPI__FCR_MAX_REPLIES])
		return KPI_OK;
	return kpi__fail_at(error, KPI_EINVAL, "fcr_min_replies",
	    "fcr_min_replies must not be above fcr_max_replies");
}

/* What arrived and what was settled in a time are different interactions. */
static kpi_status
check_flow(const int64_t *value, kpi_error *error)
{
	if (value[KPI__RESOLUTION_MODE] != KPI__FLOW)
		return KPI_OK;
	if (value[KPI__UNIT] == KPI__CASE)
		return kpi__fail_at(error, KPI_EINVAL, "unit",
		    "resolution_mode=flow counts interactions, not cases");
	if (value[KPI__RESOLUTION_WITHIN] > 0)
		return kpi__fail_at(error, KPI_EINVAL, "resolution_within",
		    "resolution_mode=flow counts resolutions however long they "
		    "took: expected resolution_within=0");
	return KPI_OK;
}

/* Agents are counted, and not split. What rows share is of the whole range, so
 * that days, which would share otherwise, do not add up to it. */
static kpi_status
check_cost(const int64_t *value, kpi_error *error)
{
	static const int32_t by_day[] = { KPI__BOUNDS_BY, KPI__VERDICT_BY };

	for (int i = 0; i < 2; i++)
		if (value[KPI__COST_ALLOCATION] != KPI__ALLOCATE_NONE &&
		    value[by_day[i]] == KPI_BOUNDS_DAY)
			return kpi__fail_at(error, KPI_EINVAL,
			    kpi__parameter_at(by_day[i])->name,
			    "%s=day needs what each day cost, and what is "
			    "shared out is known of the whole range alone: "
			    "expected cost_allocation=none",
			    kpi__parameter_at(by_day[i])->name);
	if (value[KPI__COST_DENOMINATOR] != KPI__COST_AGENTS ||
	    value[KPI__CREDIT] != KPI__CREDIT_EQUAL)
		return KPI_OK;
	return kpi__fail_at(error, KPI_EINVAL, "credit",
	    "cost_denominator=agents counts agents, who have no share of one "
	    "another's interactions: expected credit=last or credit=first");
}

kpi_status
kpi__definition_check(const kpi_definition *definition, kpi_error *error)
{
	const kpi__metric *metric = kpi__metric_find(definition->metric);
	kpi_status status = KPI_OK;

	if (kpi__metric_reads(metric, KPI__SERVICE_LEVEL_NUMERATOR))
		status = check_service_level(definition->value, error);
	if (status == KPI_OK && kpi__metric_reads(metric, KPI__CSAT_TOP))
		status = check_csat(definition->value, error);
	else if (status == KPI_OK &&
	    kpi__metric_reads(metric, KPI__CSAT_BOTTOM))
		status = check_mark(
		    definition->value, KPI__CSAT_BOTTOM, error);
	if (status == KPI_OK && kpi__metric_reads(metric, KPI__CES_SCORE))
		status = check_ces(definition->value, error);
	if (status == KPI_OK && kpi__metric_reads(metric, KPI__TARGET_GOAL))
		status = check_targets(definition, error);
	if (status == KPI_OK && kpi__metric_reads(metric, KPI__FCR_MAX_REPLIES))
		status = check_replies(definition->value, error);
	if (status == KPI_OK && kpi__metric_reads(metric, KPI__RESOLUTION_MODE))
		status = check_flow(definition->value, error);
	if (status == KPI_OK && kpi__metric_reads(metric, KPI__COST_SOURCES))
		status = check_cost(definition->value, error);
	return status;
}
