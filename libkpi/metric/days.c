/* SPDX-License-Identifier: MIT */
#include "metric/days.h"

#include <string.h>

#include "base/error.h"
#include "result/shape.h"
#include "result/table.h"
#include "time/bucket.h"

int
kpi__days_wanted(const kpi__claim *claim)
{
	const int32_t bucket = claim->asked.query->bucket;

	return claim->of_time &&
	    (bucket == KPI_BUCKET_NONE || bucket > KPI_BUCKET_DAY) &&
	    (claim->shape.bounded == KPI_BOUNDS_DAY ||
		claim->shape.verdict_by == KPI_BOUNDS_DAY);
}

/* What one day adds: 1, x^2, xn, n^2. */
static void
put_day(const kpi__shape *s, int32_t by, const uint8_t which[4], int64_t x,
    int64_t n, kpi__wide *sums)
{
	if (by != KPI_BOUNDS_DAY)
		return;
	sums[kpi__shape_place(s, which[0])] = kpi__wide_of(1);
	sums[kpi__shape_place(s, which[1])] = kpi__wide_product(x, x);
	sums[kpi__shape_place(s, which[2])] = kpi__wide_product(x, n);
	sums[kpi__shape_place(s, which[3])] = kpi__wide_product(n, n);
}

static kpi_status
add_day(kpi__sink *sink, const kpi_result *days, uint64_t row,
    uint32_t definition, int64_t x, int64_t n)
{
	static const uint8_t bounds[4] = { KPI__SUM_CLUSTERS, KPI__SUM_SQUARES,
		KPI__SUM_CROSS, KPI__SUM_SIZES };
	static const uint8_t verdict[4] = { KPI__SUM_VERDICT_CLUSTERS,
		KPI__SUM_VERDICT_SQUARES, KPI__SUM_VERDICT_CROSS,
		KPI__SUM_VERDICT_SIZES };
	const kpi_query *q = sink->query;
	const kpi__shape *s = &sink->result->shapes[definition];
	const char *names[KPI__DIMENSIONS];
	kpi__wide sums[KPI__SUMS];
	int64_t begin = KPI_UNKNOWN, until = KPI_UNKNOWN;

	memset(sums, 0, sizeof(sums));
	put_day(s, s->bounded, bounds, x, n, sums);
	put_day(s, s->verdict_by, verdict, x, n, sums);
	for (uint32_t i = 0; i < q->by_count; i++)
		names[i] = kpi_result_group(days, row, i);
	/* Weeks, months and years begin as days do. */
	if (q->bucket != KPI_BUCKET_NONE &&
	    kpi__bucket_span(q->zone, q->bucket, q->week_start,
		kpi_result_begin(days, row), &begin, &until) != KPI_OK)
		return kpi__fail(sink->error, KPI_EINVAL, "no such bucket");
	kpi__sink_clear(sink);
	kpi__sink_put(sink, definition, sums);
	return kpi__sink_named_row(sink, names, begin, until);
}

kpi_status
kpi__days_add(kpi__sink *sink, const kpi_result *days, uint32_t index,
    uint32_t definition)
{
	const kpi__shape *s = &days->shapes[index];
	kpi_status status = KPI_OK;

	for (uint64_t row = 0; row < kpi_result_rows(days) && status == KPI_OK;
	     row++) {
		int64_t x, n;

		if (kpi__wide_to_int64(
			kpi__result_sum(days, row, s, KPI__SUM_NUMERATOR),
			&x) ||
		    kpi__wide_to_int64(
			kpi__result_sum(days, row, s, KPI__SUM_DENOMINATOR),
			&n))
			return kpi__fail(sink->error, KPI_EOVERFLOW,
			    "the sums of a day are too large");
		if (x != 0 || n != 0)
			status = add_day(sink, days, row, definition, x, n);
	}
	return status;
}
