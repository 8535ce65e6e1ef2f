/* SPDX-License-Identifier: MIT */
#include "metric/expenses.h"

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "query/expenses.h"
#include "result/shape.h"
#include "time/bucket.h"

#define ROWS_BETWEEN_STOPS 1024

/* One group on its way over the range. */
typedef struct spending {
	kpi__sink *sink;
	const kpi__claim *claims;
	uint32_t count;
	const kpi__expense *next, *end; /* those that have not begun */
	const kpi__expense **now;       /* those that go on */
	size_t running;
	uint64_t rows;
} spending;

static void
put(const spending *s, uint32_t definition, int64_t begin, int64_t until)
{
	const kpi__shape *shape = &s->claims[definition].shape;
	const int allocates = (shape->sums & KPI__SUM_BIT(POOL)) != 0;
	kpi__wide sums[KPI__SUMS], *numerator, *known, *pool;

	memset(sums, 0, sizeof(sums));
	numerator = &sums[kpi__shape_place(shape, KPI__SUM_NUMERATOR)];
	known = &sums[kpi__shape_place(shape, KPI__SUM_KNOWN)];
	pool = &sums[kpi__shape_place(shape, KPI__SUM_POOL)];
	for (size_t i = 0; i < s->running; i++) {
		const int64_t spent =
		    kpi__expense_between(s->now[i], begin, until);

		if (allocates && s->now[i]->is_common) {
			*pool = kpi__wide_add(*pool, kpi__wide_of(spent));
			continue;
		}
		*numerator = kpi__wide_add(
		    *numerator, kpi__wide_product(spent, shape->parts));
		*known = kpi__wide_add(*known, kpi__wide_of(1));
	}
	sums[kpi__shape_place(shape, KPI__SUM_EXPENSES)] =
	    kpi__wide_of((int64_t)s->running);
	kpi__sink_put(s->sink, definition, sums);
}

/* What is spent in [begin, until) stands in the row of [row_begin, row_until).
 */
static kpi_status
add_row(spending *s, int64_t begin, int64_t until, int64_t row_begin,
    int64_t row_until)
{
	const kpi_query *q = s->sink->query;
	const char *names[KPI__DIMENSIONS] = { NULL };
	const kpi__expense *one = s->now[0];

	if (s->rows++ >= q->group_limit)
		return kpi__fail(s->sink->error, KPI_ELIMIT,
		    "more than %llu groups",
		    (unsigned long long)q->group_limit);
	if (s->rows % ROWS_BETWEEN_STOPS == 0) {
		const kpi_status status =
		    kpi__query_stopped(q, s->rows, 0, s->sink->error);

		if (status != KPI_OK)
			return status;
	}
	if (one->name != NULL)
		names[one->in] = one->name;
	kpi__sink_clear(s->sink);
	for (uint32_t i = 0; i < s->count; i++)
		if (s->claims[i].of_expenses)
			put(s, i, begin, until);
	return kpi__sink_named_row(s->sink, names, row_begin, row_until);
}

static void
drop_ended(spending *s, int64_t at)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->running; i++)
		if (s->now[i]->until > at)
			s->now[kept++] = s->now[i];
	s->running = kept;
}

/* Buckets in which nothing is spent are passed over. */
static kpi_status
add_group(spending *s)
{
	const kpi_query *q = s->sink->query;
	const int64_t from = q->from == KPI_UNKNOWN ? INT64_MIN : q->from;
	const int64_t until = q->until == KPI_UNKNOWN ? INT64_MAX : q->until;
	const int whole = q->bucket == KPI_BUCKET_NONE;
	kpi_status status = KPI_OK;
	int64_t at = from;

	s->running = 0;
	while (status == KPI_OK && at < until) {
		int64_t begin = KPI_UNKNOWN, next = KPI_UNKNOWN, end = until;

		drop_ended(s, at);
		if (s->running == 0 && s->next == s->end)
			break;
		if (s->running == 0 && s->next->begin > at)
			at = s->next->begin;
		if (!whole &&
		    kpi__bucket_span(q->zone, q->bucket, q->week_start, at,
			&begin, &next) != KPI_OK)
			return kpi__fail(
			    s->sink->error, KPI_EINVAL, "no such bucket");
		if (!whole && next < until)
			end = next;
		while (s->next < s->end && s->next->begin < end)
			s->now[s->running++] = s->next++;
		status = add_row(s, at, end, begin, next);
		at = end;
	}
	return status;
}

static kpi_status
add_all(spending *s, const kpi__expenses *all)
{
	kpi_status status = KPI_OK;

	s->end = all->at;
	while (status == KPI_OK && s->end < all->at + all->count) {
		s->next = s->end;
		while (s->end < all->at + all->count &&
		    kpi__expenses_are_together(s->next, s->end))
			s->end++;
		status = add_group(s);
	}
	return status;
}

kpi_status
kpi__expenses_add(kpi__sink *sink, const kpi__claim *claims, uint32_t count)
{
	spending s = { .sink = sink, .claims = claims, .count = count };
	const kpi_allocator *a = kpi__snapshot_allocator(sink->snapshot);
	kpi__expenses all;
	kpi_status status;
	uint32_t first = 0;

	while (first < count && !claims[first].of_expenses)
		first++;
	if (first == count)
		return KPI_OK;
	status = kpi__expenses_read(
	    &all, sink->snapshot, sink->query, sink->error);
	if (status == KPI_OK && all.count > 0) {
		s.now = kpi__new_array(a, all.count, sizeof(*s.now));
		status = s.now == NULL
		    ? kpi__fail(sink->error, KPI_ENOMEM,
			  "no memory for expenses")
		    : add_all(&s, &all);
		kpi__release(a, s.now, all.count, sizeof(*s.now));
	}
	kpi__expenses_free(&all);
	return status;
}
