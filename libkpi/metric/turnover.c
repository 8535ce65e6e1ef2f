/* SPDX-License-Identifier: MIT */
/* turnover: how many left, of how many there were. */
#include "metric/turnover.h"

#include <string.h>

#include "base/error.h"
#include "base/word.h"
#include "metric/term.h"
#include "query/roster.h"
#include "result/shape.h"
#include "time/bucket.h"
#include "time/calendar.h"

#define ROWS_BETWEEN_STOPS 1024

static kpi_status
refuse(
    const kpi__claim *claim, const char *how, const char *by, kpi_error *error)
{
	return kpi__fail_at(error, KPI_ENOTSUP, by,
	    "%s: the roster knows agents and times alone, so that it cannot "
	    "be %s by %s: expected are buckets of time, and agent as a filter",
	    kpi_definition_text(claim->asked.definition), how, by);
}

static kpi_status
check_query(const kpi__claim *claim, kpi_error *error)
{
	const kpi_query *q = claim->asked.query;

	if (q->by_count > 0)
		return refuse(claim, "grouped",
		    kpi__word_name(KPI_TABLE_DIMENSIONS, q->by[0]), error);
	for (size_t i = 0; i < q->filter_count; i++)
		if (q->filters[i].by != KPI_BY_AGENT)
			return refuse(claim, "filtered",
			    kpi__word_name(
				KPI_TABLE_DIMENSIONS, q->filters[i].by),
			    error);
	if (q->outcomes != 0)
		return refuse(claim, "filtered", "outcome", error);
	if (q->limit_count > 0)
		return refuse(claim, "filtered",
		    kpi__field_find(q->limits[0].field)->name, error);
	return KPI_OK;
}

kpi_status
kpi__claim_roster(kpi__claim *claim, kpi_error *error)
{
	const kpi_status status = check_query(claim, error);

	if (status != KPI_OK)
		return status;
	claim->of_roster = 1;
	claim->reads_as_of = claim->asked.query->until == KPI_UNKNOWN ||
	    kpi__parameter_of(claim, KPI__AS_OF) != KPI__AUTOMATIC;
	claim->reads_known_from = claim->asked.query->from == KPI_UNKNOWN ||
	    kpi__parameter_of(claim, KPI__KNOWN_FROM) != KPI__AUTOMATIC;
	return KPI_OK;
}

/* Of a mean over time, as of the ends of months, spans add up; of what there
 * was at the ends of one span they do not. */
kpi_status
kpi__declare_turnover(kpi__claim *claim, kpi_error *error)
{
	const int64_t of = kpi__parameter_of(claim, KPI__TURNOVER_DENOMINATOR);
	const kpi_status status = kpi__claim_roster(claim, error);

	if (status != KPI_OK)
		return status;
	claim->shape.parts = 1;
	kpi__claim_figure(claim, KPI__RATE, KPI_UNIT_SHARE,
	    of == KPI__TURNOVER_MEAN || of == KPI__TURNOVER_MONTH_ENDS
		? KPI__MERGE_ONCE
		: KPI__MERGE_ONCE_OF_RANGE);
	kpi__declare(claim->declared, KPI__SUM_NUMERATOR, 0, 0);
	kpi__declare(claim->declared, KPI__SUM_DENOMINATOR, 0, 0);
	kpi__declare(claim->declared, KPI__SUM_TIMES, 0, 0);
	if (kpi__parameter_of(claim, KPI__TURNOVER_ANNUAL) != 0)
		kpi__declare(claim->declared, KPI__SUM_YEARS, 0, 0);
	return KPI_OK;
}

/* What the months of a span come to. */
typedef struct months {
	int64_t parts;          /* KPI__MONTH of a whole one */
	int64_t ends, employed; /* ends of months, and who was there then */
} months;

/* The share of a month's length that lies before an instant, in whole parts,
 * so that those of spans that touch add up to that of both. */
static int64_t
parts_before(int64_t begin, int64_t until, int64_t instant)
{
	const int64_t end = instant < until ? instant : until;

	return end <= begin ? 0 : (end - begin) * KPI__MONTH / (until - begin);
}

static kpi_status
measure_months(months *m, const kpi__roster *roster, const kpi_query *q,
    int64_t begin, int64_t until)
{
	int64_t at = begin, first, next;

	memset(m, 0, sizeof(*m));
	while (at < until) {
		if (kpi__bucket_span(q->zone, KPI_BUCKET_MONTH, q->week_start,
			at, &first, &next) != KPI_OK)
			return KPI_EINVAL;
		m->parts += parts_before(first, next, until) -
		    parts_before(first, next, begin);
		if (next <= until) {
			m->ends++;
			m->employed += kpi__roster_at(roster, next - 1);
		}
		at = next;
	}
	return KPI_OK;
}

/* The denominator, and what it is a mean over. */
static void
put_headcount(const kpi__claim *claim, const kpi__roster *roster,
    const months *m, int64_t begin, int64_t until, kpi__wide *of,
    kpi__wide *times)
{
	*times = kpi__wide_of(1);
	switch (kpi__parameter_of(claim, KPI__TURNOVER_DENOMINATOR)) {
	case KPI__TURNOVER_MEAN:
		*of = kpi__roster_time(roster, begin, until);
		*times = kpi__wide_of(until - begin);
		break;
	case KPI__TURNOVER_ENDS:
		*of = kpi__wide_of(kpi__roster_at(roster, begin) +
		    kpi__roster_at(roster, until - 1));
		*times = kpi__wide_of(2);
		break;
	case KPI__TURNOVER_MONTH_ENDS:
		*of = kpi__wide_of(m->employed);
		*times = kpi__wide_of(m->ends);
		break;
	case KPI__TURNOVER_START:
		*of = kpi__wide_of(kpi__roster_at(roster, begin));
		break;
	default:
		*of = kpi__wide_of(kpi__roster_ever(roster, begin, until));
	}
}

/* One definition on its way over the range. */
typedef struct turning {
	kpi__sink *sink;
	const kpi__claim *claim;
	const kpi__roster *roster;
	uint32_t definition;
	uint64_t rows;
} turning;

static kpi_status
put_turnover(
    turning *t, int64_t begin, int64_t until, kpi__wide sums[KPI__SUMS])
{
	const kpi__shape *s = &t->claim->shape;
	months m;

	if (measure_months(&m, t->roster, t->sink->query, begin, until) !=
	    KPI_OK)
		return kpi__fail(t->sink->error, KPI_EINVAL, "no such bucket");
	sums[kpi__shape_place(s, KPI__SUM_NUMERATOR)] =
	    kpi__wide_of(kpi__roster_leavers(t->roster, begin, until));
	put_headcount(t->claim, t->roster, &m, begin, until,
	    &sums[kpi__shape_place(s, KPI__SUM_DENOMINATOR)],
	    &sums[kpi__shape_place(s, KPI__SUM_TIMES)]);
	if (s->sums & KPI__SUM_BIT(YEARS))
		sums[kpi__shape_place(s, KPI__SUM_YEARS)] =
		    kpi__wide_of(m.parts);
	return KPI_OK;
}

/* What is counted for each head comes from the scan. */
static void
put_heads(turning *t, int64_t begin, int64_t until, kpi__wide sums[KPI__SUMS])
{
	const kpi__shape *s = &t->claim->shape;

	sums[kpi__shape_place(s, KPI__SUM_DENOMINATOR)] =
	    kpi__wide_of(kpi__roster_ever(t->roster, begin, until));
}

static kpi_status
add_row(turning *t, int64_t begin, int64_t until, int64_t row_begin,
    int64_t row_until)
{
	kpi__wide sums[KPI__SUMS];
	kpi_status status = KPI_OK;

	memset(sums, 0, sizeof(sums));
	if (t->claim->shape.kind == KPI__PER_HEAD)
		put_heads(t, begin, until, sums);
	else
		status = put_turnover(t, begin, until, sums);
	if (status != KPI_OK)
		return status;
	kpi__sink_clear(t->sink);
	kpi__sink_put(t->sink, t->definition, sums);
	return kpi__sink_named_row(t->sink, NULL, row_begin, row_until);
}

static kpi_status
next_row(turning *t)
{
	const kpi_query *q = t->sink->query;

	if (t->rows++ >= q->group_limit)
		return kpi__fail(t->sink->error, KPI_ELIMIT,
		    "more than %llu groups",
		    (unsigned long long)q->group_limit);
	if (t->rows % ROWS_BETWEEN_STOPS != 0)
		return KPI_OK;
	return kpi__query_stopped(q, t->rows, 0, t->sink->error);
}

static kpi_status
add_buckets(turning *t, int64_t from, int64_t until)
{
	const kpi_query *q = t->sink->query;
	kpi_status status = KPI_OK;

	for (int64_t at = from; at < until && status == KPI_OK;) {
		int64_t begin, next;

		status = next_row(t);
		if (status == KPI_OK &&
		    kpi__bucket_span(q->zone, q->bucket, q->week_start, at,
			&begin, &next) != KPI_OK)
			status = kpi__fail(
			    t->sink->error, KPI_EINVAL, "no such bucket");
		if (status != KPI_OK)
			break;
		status =
		    add_row(t, at, next < until ? next : until, begin, next);
		at = next;
	}
	return status;
}

static int64_t
within(int64_t instant)
{
	return instant < KPI__TIME_FIRST ? KPI__TIME_FIRST
	    : instant > KPI__TIME_LAST   ? KPI__TIME_LAST + 1
					 : instant;
}

/* An open end of the range is that of what is known. What is known of contacts
 * does not end what is known of employments, unless a definition says so: else
 * a quarter would end with its last call. */
static kpi_status
add_range(turning *t)
{
	const kpi_query *q = t->sink->query;
	const kpi__asked *asked = &t->claim->asked;
	int64_t from = q->from, until = q->until;

	if (t->claim->reads_known_from &&
	    (from == KPI_UNKNOWN || from < asked->known_from))
		from = asked->known_from;
	if (t->claim->reads_as_of &&
	    (until == KPI_UNKNOWN || until > asked->as_of))
		until = asked->as_of;
	from = within(from);
	until = within(until);
	if (from >= until)
		return KPI_OK;
	return q->bucket == KPI_BUCKET_NONE
	    ? add_row(t, from, until, KPI_UNKNOWN, KPI_UNKNOWN)
	    : add_buckets(t, from, until);
}

kpi_status
kpi__turnover_add(kpi__sink *sink, const kpi__claim *claims, uint32_t count)
{
	kpi_status status = KPI_OK;
	kpi__roster roster;
	uint32_t first = 0;

	while (first < count && !claims[first].of_roster)
		first++;
	if (first == count)
		return KPI_OK;
	status =
	    kpi__roster_read(&roster, sink->snapshot, sink->query, sink->error);
	for (uint32_t i = first; i < count && status == KPI_OK; i++) {
		turning t = { sink, &claims[i], &roster, i, 0 };

		if (claims[i].of_roster && roster.is_kept)
			status = add_range(&t);
	}
	kpi__roster_free(&roster);
	return status;
}
