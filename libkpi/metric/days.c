/* SPDX-License-Identifier: MIT */
#include "metric/days.h"

#include <string.h>

#include "base/error.h"
#include "result/shape.h"
#include "result/table.h"
#include "time/bucket.h"

#define DAYS_BETWEEN_STOPS 16384

int
kpi__days_wanted(const kpi__claim *claim)
{
	const int32_t bucket = claim->asked.query->bucket;

	return claim->day_by_day &&
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

/* Days that lie in one row of the answer. */
typedef struct row {
	int64_t begin, until; /* KPI_UNKNOWN without buckets */
	uint64_t day;         /* one of them; */
	uint64_t days;        /* so many there are */
	kpi__wide sums[KPI__SUMS];
} row;

static kpi_status
put_row(
    kpi__sink *sink, const kpi_result *days, uint32_t definition, const row *r)
{
	const char *names[KPI__DIMENSIONS];

	if (r->days == 0)
		return KPI_OK;
	for (uint32_t i = 0; i < sink->query->by_count; i++)
		names[i] = kpi_result_group(days, r->day, i);
	kpi__sink_clear(sink);
	kpi__sink_put(sink, definition, r->sums);
	return kpi__sink_named_row(sink, names, r->begin, r->until);
}

/* Of a day: the row of the answer that it lies in, without sums. */
static kpi_status
row_of(const kpi__sink *sink, const kpi_result *days, uint64_t day, row *r)
{
	const kpi_query *q = sink->query;

	memset(r, 0, sizeof(*r));
	r->day = day;
	r->begin = r->until = KPI_UNKNOWN;
	/* Weeks, months and years begin as days do. */
	if (q->bucket != KPI_BUCKET_NONE &&
	    kpi__bucket_span(q->zone, q->bucket, q->week_start,
		kpi_result_begin(days, day), &r->begin, &r->until) != KPI_OK)
		return kpi__fail(sink->error, KPI_EINVAL, "no such bucket");
	return KPI_OK;
}

/* Equal names are one, and stand together. */
static int
is_of(const kpi__sink *sink, const kpi_result *days, const row *a, const row *b)
{
	for (uint32_t i = 0; i < sink->query->by_count; i++)
		if (kpi_result_group(days, a->day, i) !=
		    kpi_result_group(days, b->day, i))
			return 0;
	return a->days > 0 && a->begin == b->begin;
}

/* Non-zero if a sum does not fit. */
static int
add_day(row *r, const kpi__shape *s, int64_t x, int64_t n)
{
	static const uint8_t bounds[4] = { KPI__SUM_CLUSTERS, KPI__SUM_SQUARES,
		KPI__SUM_CROSS, KPI__SUM_SIZES };
	static const uint8_t verdict[4] = { KPI__SUM_VERDICT_CLUSTERS,
		KPI__SUM_VERDICT_SQUARES, KPI__SUM_VERDICT_CROSS,
		KPI__SUM_VERDICT_SIZES };
	kpi__wide sums[KPI__SUMS];
	int over = 0;

	memset(sums, 0, sizeof(sums));
	put_day(s, s->bounded, bounds, x, n, sums);
	put_day(s, s->verdict_by, verdict, x, n, sums);
	for (int i = 0; i < KPI__SUMS; i++)
		over |= kpi__wide_add_checked(&r->sums[i], sums[i]);
	r->days++;
	return over;
}

kpi_status
kpi__days_add(kpi__sink *sink, const kpi_result *days, uint32_t index,
    uint32_t definition)
{
	const kpi__shape *from = &days->shapes[index];
	const kpi__shape *to = &sink->result->shapes[definition];
	const uint64_t count = kpi_result_rows(days);
	kpi_status status = KPI_OK;
	row r, next;

	memset(&r, 0, sizeof(r));
	for (uint64_t day = 0; day < count && status == KPI_OK; day++) {
		int64_t x, n;
		int over = kpi__wide_to_int64(
		    kpi__result_sum(days, day, from, KPI__SUM_NUMERATOR), &x);

		over |= kpi__wide_to_int64(
		    kpi__result_sum(days, day, from, KPI__SUM_DENOMINATOR), &n);
		if (day % DAYS_BETWEEN_STOPS == DAYS_BETWEEN_STOPS - 1)
			status = kpi__query_stopped(
			    sink->query, day, count, sink->error);
		if (status != KPI_OK || (!over && x == 0 && n == 0))
			continue;
		status = row_of(sink, days, day, &next);
		if (status != KPI_OK)
			return status;
		if (!is_of(sink, days, &r, &next)) {
			status = put_row(sink, days, definition, &r);
			r = next;
		}
		if (over || add_day(&r, to, x, n))
			return kpi__fail(sink->error, KPI_EOVERFLOW,
			    "the sums of a day are too large");
	}
	return status == KPI_OK ? put_row(sink, days, definition, &r) : status;
}
