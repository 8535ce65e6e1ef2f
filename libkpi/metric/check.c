/* SPDX-License-Identifier: MIT */
#include "base/error.h"
#include "metric/definition.h"
#include "metric/table.h"

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

static kpi_status
check_replies(const int64_t *value, kpi_error *error)
{
	if (value[KPI__FCR_MAX_REPLIES] == 0 ||
	    value[KPI__FCR_MIN_REPLIES] <= value[KPI__FCR_MAX_REPLIES])
		return KPI_OK;
	return kpi__fail_at(error, KPI_EINVAL, "fcr_min_replies",
	    "fcr_min_replies must not be above fcr_max_replies");
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
	if (status == KPI_OK && kpi__metric_reads(metric, KPI__FCR_MAX_REPLIES))
		status = check_replies(definition->value, error);
	return status;
}
