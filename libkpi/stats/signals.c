/* SPDX-License-Identifier: MIT */
#include <kpi/chart.h>
#include <math.h>

#include "base/error.h"
#include "base/sized.h"

#define LEAST_RUN 5
#define MOST_RUN  20

static kpi_status
read_limits(
    kpi_control_limits *l, const kpi_control_limits *limits, kpi_error *error)
{
	const kpi_status status = kpi__sized_read(l, sizeof(*l), limits,
	    KPI__SIZE_TO(kpi_control_limits, ranges), NULL);
	const struct {
		const char *field;
		double value;
	} used[] = {
		{ "centre", l->centre },
		{ "lower", l->lower },
		{ "upper", l->upper },
		{ "range_limit", l->range_limit },
	};

	if (status != KPI_OK)
		return kpi__fail(error, status,
		    status == KPI_EINVAL
			? "no limits, or their size is not set"
			: "limits with a field that this release does not "
			  "know");
	for (size_t i = 0; i < sizeof(used) / sizeof(*used); i++)
		if (isnan(used[i].value))
			return kpi__fail_at(error, KPI_EINVAL, used[i].field,
			    "%s is not a number", used[i].field);
	return KPI_OK;
}

static uint32_t
signal_alone(const kpi_control_limits *l, const double *values, uint64_t i)
{
	uint32_t mask = 0;

	if (!isfinite(values[i]))
		return 0;
	if (values[i] < l->lower || values[i] > l->upper)
		mask |= KPI_SIGNAL_OUTSIDE;
	if (i > 0 && isfinite(values[i - 1]) &&
	    fabs(values[i] - values[i - 1]) > l->range_limit)
		mask |= KPI_SIGNAL_RANGE;
	return mask;
}

/* 1 above the centre, -1 below, 0 where a run ends. */
static int
side_of(double value, double centre)
{
	return isfinite(value) ? (value > centre) - (value < centre) : 0;
}

/* How many from i on are on its side; 1 if it is on none. */
static uint64_t
length_of(const double *values, uint64_t count, uint64_t i, double centre)
{
	const int side = side_of(values[i], centre);
	uint64_t length = 1;

	while (side != 0 && i + length < count &&
	    side_of(values[i + length], centre) == side)
		length++;
	return length;
}

kpi_status
kpi_control_signals_of(uint32_t *out, const kpi_control_limits *limits,
    const double *values, uint64_t count, int32_t chart_run, kpi_error *error)
{
	kpi_control_limits l = KPI_CONTROL_LIMITS_INIT;
	uint64_t end;
	kpi_status status;

	if (out == NULL || values == NULL)
		return kpi__fail(error, KPI_EINVAL,
		    "no place for the signals, or no values");
	if (chart_run < LEAST_RUN || chart_run > MOST_RUN)
		return kpi__fail_at(error, KPI_EINVAL, "chart_run",
		    "chart_run is %d: expected is %d to %d", (int)chart_run,
		    LEAST_RUN, MOST_RUN);
	status = read_limits(&l, limits, error);
	if (status != KPI_OK)
		return status;
	for (uint64_t i = 0; i < count; i = end) {
		const uint64_t length = length_of(values, count, i, l.centre);
		const uint32_t run =
		    length >= (uint64_t)chart_run ? KPI_SIGNAL_RUN : 0;

		for (end = i; end < i + length; end++)
			out[end] = signal_alone(&l, values, end) | run;
	}
	return KPI_OK;
}
