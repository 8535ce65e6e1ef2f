/* SPDX-License-Identifier: MIT */
#include <kpi/chart.h>
#include <math.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/sized.h"
#include "base/sort.h"

/* As they are printed in every book, so that charts are the same. */
#define MEAN_LIMIT         2.660
#define MEAN_RANGE_LIMIT   3.268
#define MEDIAN_LIMIT       3.145
#define MEDIAN_RANGE_LIMIT 3.865

static int
compare(const void *left, const void *right, const void *ctx)
{
	const double *const a = left, *const b = right;

	(void)ctx;
	return *a < *b ? -1 : *a > *b;
}

/* The second pass takes the rounding out of the first, or a series that never
 * changes would lie on one side of its mean, and outside of its limits. */
static double
mean(const double *values, uint64_t count)
{
	double sum = 0, rest = 0, first;

	for (uint64_t i = 0; i < count; i++)
		sum += values[i];
	first = sum / (double)count;
	for (uint64_t i = 0; i < count; i++)
		rest += values[i] - first;
	return first + rest / (double)count;
}

/* Sorts the values, with as much room behind them. */
static double
median(double *values, double *room, uint64_t count)
{
	kpi__sort(values, room, (size_t)count, sizeof(*values), compare, NULL);
	return count % 2 == 1
	    ? values[count / 2]
	    : values[count / 2 - 1] / 2 + values[count / 2] / 2;
}

/* The known values, and the ranges between neighbours. */
static void
gather(kpi_control_limits *l, const double *values, uint64_t count,
    double *known, double *range)
{
	for (uint64_t i = 0; i < count; i++) {
		if (!isfinite(values[i]))
			continue;
		known[l->values++] = values[i];
		if (i > 0 && isfinite(values[i - 1]))
			range[l->ranges++] = fabs(values[i] - values[i - 1]);
	}
}

static void
find_limits(kpi_control_limits *l, double *known, double *range, double *room,
    int32_t centre)
{
	const int by_median = centre == KPI_CENTRE_MEDIAN;
	double reach;

	l->centre =
	    by_median ? median(known, room, l->values) : mean(known, l->values);
	l->range =
	    by_median ? median(range, room, l->ranges) : mean(range, l->ranges);
	reach = (by_median ? MEDIAN_LIMIT : MEAN_LIMIT) * l->range;
	l->lower = l->centre - reach;
	l->upper = l->centre + reach;
	l->range_limit =
	    (by_median ? MEDIAN_RANGE_LIMIT : MEAN_RANGE_LIMIT) * l->range;
}

static int
are_finite(const kpi_control_limits *l)
{
	return isfinite(l->centre) && isfinite(l->lower) &&
	    isfinite(l->upper) && isfinite(l->range_limit);
}

kpi_status
kpi_control_limits_of(kpi_control_limits *out, const double *values,
    uint64_t count, int32_t centre, kpi_error *error)
{
	const kpi_allocator *const a = &kpi__default_allocator;
	kpi_control_limits l = KPI_CONTROL_LIMITS_INIT;
	kpi_status status;
	double *room;

	if (out == NULL || values == NULL || count > SIZE_MAX / 64)
		return kpi__fail(
		    error, KPI_EINVAL, "no place for the limits, or no values");
	if (centre != KPI_CENTRE_MEAN && centre != KPI_CENTRE_MEDIAN)
		return kpi__fail_at(error, KPI_EINVAL, "centre",
		    "expected KPI_CENTRE_MEAN or KPI_CENTRE_MEDIAN, not %d",
		    (int)centre);
	room = kpi__new_array(a, 3 * (size_t)count + 1, sizeof(*room));
	if (room == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for a chart");
	gather(&l, values, count, room, room + count);
	if (l.ranges == 0) {
		status = kpi__fail(error, KPI_ENOTFOUND,
		    "limits need two adjacent values at least");
	} else {
		find_limits(&l, room, room + count, room + 2 * count, centre);
		status = are_finite(&l)
		    ? kpi__sized_write(out, &l, sizeof(l),
			  KPI__SIZE_TO(kpi_control_limits, ranges))
		    : KPI_EOVERFLOW;
		if (status != KPI_OK)
			(void)kpi__fail(error, status,
			    status == KPI_EOVERFLOW
				? "the limits, or sums of the values, are too "
				  "large for a double"
				: "the size of the limits is not set");
	}
	kpi__release(a, room, 3 * (size_t)count + 1, sizeof(*room));
	return status;
}
