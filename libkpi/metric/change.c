/* SPDX-License-Identifier: MIT */
#include <kpi/change.h>

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/sized.h"
#include "metric/measure.h"
#include "metric/table.h"
#include "time/calendar.h"

#define YEAR_OF_WEEKDAYS (364 * KPI__DAY_MS)

/* What is measured: of now and before, by groups and as a whole. */
typedef struct asking {
	kpi__snapshot *snapshot;
	const kpi_definition *const *definitions;
	uint32_t count;
	int64_t range[2][2]; /* of now, of before: from, until */
	kpi_result *groups[2], *wholes[2];
	kpi_error *error;
} asking;

static kpi_status
read_options(
    kpi_change_options *o, const kpi_change_options *given, kpi_error *error)
{
	const kpi_change_options none = KPI_CHANGE_OPTIONS_INIT;
	kpi_status status = KPI_OK;

	*o = none;
	if (given != NULL)
		status = kpi__sized_read(o, sizeof(*o), given,
		    KPI__SIZE_TO(kpi_change_options, reserved), NULL);
	if (status != KPI_OK || o->reserved != 0)
		return kpi__fail(error, status != KPI_OK ? status : KPI_ENOTSUP,
		    "the options of the change have a size or a field that is "
		    "not known");
	if (o->to == 0)
		o->to = KPI_CHANGE_PREVIOUS;
	if (o->to < KPI_CHANGE_PREVIOUS || o->to > KPI_CHANGE_GIVEN)
		return kpi__fail_at(error, KPI_EINVAL, "to",
		    "expected the previous period, the weekdays of a year "
		    "ago, or a given one, not %d",
		    (int)o->to);
	if (o->to != KPI_CHANGE_GIVEN &&
	    (o->before_from != 0 || o->before_until != 0))
		return kpi__fail_at(error, KPI_EINVAL, "before_from",
		    "the other period is given, and another one asked for");
	return KPI_OK;
}

static int
is_instant(int64_t at)
{
	return at >= KPI__TIME_FIRST && at <= KPI__TIME_LAST;
}

static kpi_status
check_range(const int64_t range[2], const char *of, kpi_error *error)
{
	if (!is_instant(range[0]) || !is_instant(range[1]))
		return kpi__fail_at(error, KPI_EINVAL, "from",
		    "a change needs both ends of the %s, in the years 1 to "
		    "9999",
		    of);
	if (range[1] < range[0])
		return kpi__fail_at(error, KPI_EINVAL, "until",
		    "the %s ends before it begins", of);
	return KPI_OK;
}

static int64_t
local_of(const kpi_query *q, int64_t at)
{
	return at + INT64_C(1000) * kpi__zone_offset(q->zone, at);
}

/* On the clock of the zone a day has 24 hours, and begins at midnight. */
static void
step_back(asking *a, const kpi_query *q, int32_t to)
{
	const int64_t from = local_of(q, a->range[0][0]);
	const int64_t until = local_of(q, a->range[0][1]);
	const int64_t step =
	    to == KPI_CHANGE_PREVIOUS ? until - from : YEAR_OF_WEEKDAYS;

	a->range[1][0] =
	    kpi__zone_to_utc(q->zone, from - step, KPI__FIRST_TIME);
	a->range[1][1] = to == KPI_CHANGE_PREVIOUS
	    ? a->range[0][0]
	    : kpi__zone_to_utc(q->zone, until - step, KPI__FIRST_TIME);
}

static kpi_status
find_periods(asking *a, const kpi_query *q, const kpi_change_options *o)
{
	kpi_status status;

	a->range[0][0] = q->from;
	a->range[0][1] = q->until;
	status = check_range(a->range[0], "query's range", a->error);
	if (status != KPI_OK)
		return status;
	if (o->to == KPI_CHANGE_GIVEN) {
		a->range[1][0] = o->before_from;
		a->range[1][1] = o->before_until;
	} else {
		step_back(a, q, o->to);
	}
	return check_range(a->range[1], "period before", a->error);
}

/* Contacts of one customer are not independent of each other where it is
 * about their coming again; all others depend on the day. */
static int64_t
clusters_of(const kpi__metric *metric)
{
	return kpi__metric_reads(metric, KPI__REPEAT_WINDOW) &&
		strcmp(metric->figure, "share") == 0
	    ? KPI_BOUNDS_CUSTOMER
	    : KPI_BOUNDS_DAY;
}

/* A copy that lives as long as its definition, whose text it has: what is
 * tested is told with the difference. */
static void
test_by_clusters(kpi_definition *copy, const kpi_definition *of)
{
	const kpi__metric *metric = kpi__metric_find(of->metric);

	*copy = *of;
	if (kpi__metric_reads(metric, KPI__VERDICT_BY) &&
	    copy->value[KPI__VERDICT_BY] == KPI_BOUNDS_NONE)
		copy->value[KPI__VERDICT_BY] = clusters_of(metric);
}

static int
has_mix(const asking *a)
{
	for (uint32_t i = 0; i < a->count; i++)
		if (kpi__metric_find(a->definitions[i]->metric)->among != 0)
			return 1;
	return 0;
}

static kpi_status
measure(asking *a, const kpi_query *query)
{
	const int has_whole = query->by_count > 0 && !has_mix(a);
	kpi_status status = KPI_OK;

	for (int k = 0; k < 2 && status == KPI_OK; k++) {
		kpi_query q = *query;

		q.from = a->range[k][0];
		q.until = a->range[k][1];
		status = kpi__measure_at(&a->groups[k], a->snapshot, &q,
		    a->definitions, a->count, a->error);
		q.by_count = 0;
		if (status == KPI_OK && has_whole)
			status = kpi__measure_at(&a->wholes[k], a->snapshot, &q,
			    a->definitions, a->count, a->error);
	}
	return status;
}

static kpi_status
ask(kpi_change **out, asking *a, kpi_store *store, const kpi_query *query)
{
	kpi_status status = kpi__snapshot_take(&a->snapshot, store, a->error);

	if (status == KPI_OK)
		status = measure(a, query);
	if (status == KPI_OK)
		status = kpi_change_new(out, a->groups[0], a->groups[1],
		    a->wholes[0], a->wholes[1], a->error);
	for (int k = 0; k < 2; k++) {
		kpi_result_free(a->groups[k]);
		kpi_result_free(a->wholes[k]);
	}
	kpi__snapshot_release(a->snapshot);
	return status;
}

/* With the definitions as they are tested. */
static kpi_status
ask_tested(kpi_change **out, asking *a, kpi_store *store,
    const kpi_query *query, const kpi_definition *const *definitions)
{
	const kpi_allocator *m = &query->allocator;
	kpi_definition *copies = kpi__new_array(m, a->count, sizeof(*copies));
	const kpi_definition **list =
	    kpi__new_array(m, a->count, sizeof(*list));
	kpi_status status;

	if (copies != NULL && list != NULL) {
		for (uint32_t i = 0; i < a->count; i++) {
			test_by_clusters(&copies[i], definitions[i]);
			list[i] = &copies[i];
		}
		a->definitions = list;
		status = ask(out, a, store, query);
	} else {
		status = kpi__fail(
		    a->error, KPI_ENOMEM, "no memory for definitions");
	}
	kpi__release(m, copies, a->count, sizeof(*copies));
	kpi__release(m, list, a->count, sizeof(*list));
	return status;
}

kpi_status
kpi_change_measure(kpi_change **out, kpi_store *store, const kpi_query *query,
    const kpi_definition *const *definitions, uint64_t count,
    const kpi_change_options *options, kpi_error *error)
{
	kpi_change_options o;
	kpi_status status;
	asking a;

	if (out == NULL)
		return kpi__fail(error, KPI_EINVAL, "no place for the change");
	*out = NULL;
	status = kpi__measure_check(store, definitions, count, error);
	if (status == KPI_OK && query == NULL)
		status = kpi__fail(error, KPI_EINVAL,
		    "a change needs a query, with both ends of its range");
	if (status == KPI_OK)
		status = read_options(&o, options, error);
	if (status != KPI_OK)
		return status;
	memset(&a, 0, sizeof(a));
	a.count = (uint32_t)count;
	a.error = error;
	if (query->bucket != KPI_BUCKET_NONE)
		return kpi__fail(error, KPI_EINVAL,
		    "a change is of two periods as a whole, without buckets of "
		    "time");
	status = find_periods(&a, query, &o);
	return status == KPI_OK ? ask_tested(out, &a, store, query, definitions)
				: status;
}
