/* SPDX-License-Identifier: MIT */
#include "query/query.h"

#include <string.h>

#include <kpi/catalogue.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/sized.h"
#include "base/stop.h"
#include "base/word.h"
#include "store/field.h"

#define DEFAULT_GROUP_LIMIT 1000000

static char *
copy_text(const kpi_allocator *a, const char *text)
{
	const size_t size = strlen(text) + 1;
	char *copy = kpi__new_array(a, size, 1);

	if (copy != NULL)
		memcpy(copy, text, size);
	return copy;
}

static void
free_text(const kpi_allocator *a, char *text)
{
	if (text != NULL)
		kpi__release(a, text, strlen(text) + 1, 1);
}

int32_t
kpi__dimension_field(kpi_by by)
{
	static const int32_t field[KPI__DIMENSIONS + 1] = { 0,
		KPI_FIELD_AGENT, KPI_FIELD_TEAM, KPI_FIELD_QUEUE,
		KPI_FIELD_CHANNEL, KPI_FIELD_REASON, KPI_FIELD_CUSTOMER,
		KPI_FIELD_CASE, KPI_FIELD_DIRECTION, KPI_FIELD_SOURCE,
		KPI_FIELD_ATTRIBUTE_1, KPI_FIELD_ATTRIBUTE_2,
		KPI_FIELD_ATTRIBUTE_3, KPI_FIELD_ATTRIBUTE_4 };

	return by < 1 || by > KPI__DIMENSIONS ? 0 : field[by];
}

kpi_status
kpi_query_new(kpi_query **out, const kpi_query_options *options,
    kpi_error *error)
{
	kpi_query_options o = KPI_QUERY_OPTIONS_INIT;
	kpi_allocator a;
	kpi_query *q;
	kpi_status status;

	if (out == NULL)
		return kpi__fail(error, KPI_EINVAL, "no place for the query");
	*out = NULL;
	if (options != NULL) {
		status = kpi__sized_read(&o, sizeof(o), options,
		    KPI__SIZE_TO(kpi_query_options, stop_ctx), NULL);
		if (status != KPI_OK)
			return kpi__fail(error, status,
			    "the options of the query have a size or a field "
			    "that is not known");
	}
	status = kpi__allocator_of(&a, o.allocator, error);
	if (status != KPI_OK)
		return status;

	q = kpi__new_zeroed(&a, 1, sizeof(*q));
	if (q == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for a query");
	q->allocator = a;
	q->stop = o.stop;
	q->stop_ctx = o.stop_ctx;
	q->group_limit =
	    o.group_limit == 0 ? DEFAULT_GROUP_LIMIT : o.group_limit;
	q->from = q->until = KPI_UNKNOWN;
	q->week_start = 1;
	if (o.zone_directory != NULL) {
		q->zone_directory = copy_text(&a, o.zone_directory);
		if (q->zone_directory == NULL) {
			status = kpi__fail(
			    error, KPI_ENOMEM, "no memory for a query");
			goto failed;
		}
	}
	status = kpi_query_time_zone(q, "UTC", error);
	if (status != KPI_OK)
		goto failed;
	*out = q;
	return KPI_OK;
failed:
	kpi_query_free(q);
	return status;
}

static void
free_filter(const kpi_allocator *a, kpi__filter *f)
{
	for (size_t i = 0; i < f->count; i++)
		free_text(a, f->values[i]);
	kpi__release(a, f->values, f->room, sizeof(*f->values));
}

void
kpi_query_free(kpi_query *q)
{
	kpi_allocator a;

	if (q == NULL)
		return;
	a = q->allocator;
	for (size_t i = 0; i < q->filter_count; i++)
		free_filter(&a, &q->filters[i]);
	kpi__release(&a, q->filters, q->filter_room, sizeof(*q->filters));
	kpi__release(&a, q->limits, q->limit_room, sizeof(*q->limits));
	free_text(&a, q->zone_directory);
	kpi__zone_free(q->zone);
	kpi__release(&a, q, 1, sizeof(*q));
}

kpi_status
kpi_query_between(kpi_query *q, int64_t from, int64_t until)
{
	if (q == NULL)
		return KPI_EINVAL;
	if (from != KPI_UNKNOWN && until != KPI_UNKNOWN && until < from)
		return KPI_EINVAL;
	q->from = from;
	q->until = until;
	return KPI_OK;
}

kpi_status
kpi_query_time_zone(kpi_query *q, const char *name, kpi_error *error)
{
	kpi__zone *zone;
	kpi_status status;

	if (q == NULL || name == NULL)
		return kpi__fail(error, KPI_EINVAL, "no query or no zone");
	status = kpi__zone_load(
	    &zone, q->zone_directory, name, &q->allocator, error);
	if (status != KPI_OK)
		return status;
	kpi__zone_free(q->zone);
	q->zone = zone;
	return KPI_OK;
}

kpi_status
kpi_query_week_start(kpi_query *q, int32_t day)
{
	if (q == NULL || day < 1 || day > 7)
		return KPI_EINVAL;
	q->week_start = day;
	return KPI_OK;
}

kpi_status
kpi_query_by(kpi_query *q, kpi_by by)
{
	if (q == NULL || kpi__dimension_field(by) == 0)
		return KPI_EINVAL;
	for (uint32_t i = 0; i < q->by_count; i++)
		if (q->by[i] == by)
			return KPI_EINVAL;
	q->by[q->by_count++] = by;
	return KPI_OK;
}

kpi_status
kpi_query_by_time(kpi_query *q, int32_t bucket)
{
	if (q == NULL || bucket < KPI_BUCKET_NONE || bucket > KPI_BUCKET_YEAR)
		return KPI_EINVAL;
	q->bucket = bucket;
	return KPI_OK;
}

kpi_status
kpi_query_partition(kpi_query *q, int32_t partition)
{
	if (q == NULL || partition < KPI_PARTITION_NONE ||
	    partition > KPI_PARTITION_DAY)
		return KPI_EINVAL;
	q->partition = partition;
	return KPI_OK;
}

kpi_status
kpi_query_where_outcome(kpi_query *q, int64_t outcome)
{
	if (q == NULL || outcome < KPI_OUTCOME_ANSWERED ||
	    outcome > KPI_OUTCOME_WAITING)
		return KPI_EINVAL;
	q->outcomes |= UINT64_C(1) << outcome;
	return KPI_OK;
}

kpi_status
kpi_query_where_between(kpi_query *q, int32_t field, int64_t least,
    int64_t most, kpi_error *error)
{
	const kpi__field *f = kpi__field_find(field);
	kpi_status status;

	if (q == NULL)
		return kpi__fail(error, KPI_EINVAL, "no query");
	if (f == NULL ||
	    (f->type != KPI__TYPE_DURATION && f->type != KPI__TYPE_COUNT &&
		f->type != KPI__TYPE_MARK && f->type != KPI__TYPE_MONEY))
		return kpi__fail_at(error, KPI_EINVAL,
		    f == NULL ? "" : f->name,
		    "expected a field that is a duration, a count, a mark or "
		    "money");
	if (least != KPI_UNKNOWN && most != KPI_UNKNOWN && most < least)
		return kpi__fail_at(error, KPI_EINVAL, f->name,
		    "the most is below the least");
	status = kpi__grow(&q->allocator, &q->limits, &q->limit_room,
	    q->limit_count + 1, sizeof(*q->limits));
	if (status != KPI_OK)
		return kpi__fail(error, status, "no memory for a filter");
	q->limits[q->limit_count++] = (kpi__limit){ field, least, most };
	return KPI_OK;
}

/* Unknown comes last. */
static int
compare_values(const char *a, const char *b)
{
	if (a == NULL || b == NULL)
		return (a == NULL) - (b == NULL);
	return strcmp(a, b);
}

static kpi_status
filter_of(kpi_query *q, kpi_by by, int negated, kpi__filter **out)
{
	kpi_status status;
	size_t at = 0;

	while (at < q->filter_count &&
	    (q->filters[at].by < by ||
		(q->filters[at].by == by && q->filters[at].negated < negated)))
		at++;
	if (at == q->filter_count || q->filters[at].by != by ||
	    q->filters[at].negated != negated) {
		status = kpi__grow(&q->allocator, &q->filters, &q->filter_room,
		    q->filter_count + 1, sizeof(*q->filters));
		if (status != KPI_OK)
			return status;
		memmove(q->filters + at + 1, q->filters + at,
		    (q->filter_count - at) * sizeof(*q->filters));
		q->filters[at] = (kpi__filter){ by, negated, NULL, 0, 0 };
		q->filter_count++;
	}
	*out = &q->filters[at];
	return KPI_OK;
}

const kpi__filter *
kpi__query_filter(const kpi_query *q, kpi_by by)
{
	for (size_t i = 0; i < q->filter_count; i++)
		if (q->filters[i].by == by && !q->filters[i].negated)
			return &q->filters[i];
	return NULL;
}

void
kpi__query_unfilter(kpi_query *q, kpi_by by)
{
	for (size_t i = 0; i < q->filter_count; i++) {
		kpi__filter *f = &q->filters[i];

		if (f->by != by || f->negated)
			continue;
		free_filter(&q->allocator, f);
		memmove(f, f + 1, (q->filter_count - i - 1) * sizeof(*f));
		q->filter_count--;
		return;
	}
}

static int
is_direction(const char *value)
{
	return value == NULL ||
	    kpi__word_number(KPI_TABLE_DIRECTIONS, value, strlen(value)) !=
	    KPI_UNKNOWN;
}

static kpi_status
where(kpi_query *q, kpi_by by, const char *value, int negated)
{
	kpi__filter *f;
	char *copy = NULL;
	kpi_status status;
	size_t at = 0;

	if (q == NULL || kpi__dimension_field(by) == 0)
		return KPI_EINVAL;
	if (value != NULL && value[0] == '\0')
		value = NULL;
	if (by == KPI_BY_DIRECTION && !is_direction(value))
		return KPI_EINVAL;
	if (value != NULL && (copy = copy_text(&q->allocator, value)) == NULL)
		return KPI_ENOMEM;
	status = filter_of(q, by, negated, &f);
	if (status == KPI_OK)
		status = kpi__grow(&q->allocator, &f->values, &f->room,
		    f->count + 1, sizeof(*f->values));
	if (status != KPI_OK) {
		free_text(&q->allocator, copy);
		return status;
	}

	while (at < f->count && compare_values(f->values[at], value) < 0)
		at++;
	if (at < f->count && compare_values(f->values[at], value) == 0) {
		free_text(&q->allocator, copy);
		return KPI_OK;
	}
	memmove(f->values + at + 1, f->values + at,
	    (f->count - at) * sizeof(*f->values));
	f->values[at] = copy;
	f->count++;
	return KPI_OK;
}

kpi_status
kpi_query_where(kpi_query *q, kpi_by by, const char *value)
{
	return where(q, by, value, 0);
}

kpi_status
kpi_query_where_not(kpi_query *q, kpi_by by, const char *value)
{
	return where(q, by, value, 1);
}

int
kpi__query_names(const kpi_query *q, kpi_by by)
{
	for (uint32_t i = 0; i < q->by_count; i++)
		if (q->by[i] == by)
			return 1;
	for (size_t i = 0; i < q->filter_count; i++)
		if (q->filters[i].by == by && q->filters[i].count > 0)
			return 1;
	return 0;
}

int
kpi__query_filters(const kpi_query *q)
{
	return q->filter_count > 0 || q->limit_count > 0 || q->outcomes != 0;
}

kpi_status
kpi__query_stopped(
    const kpi_query *q, uint64_t done, uint64_t total, kpi_error *error)
{
	return q == NULL
	    ? KPI_OK
	    : kpi__stopped(q->stop, q->stop_ctx, done, total, error);
}

static kpi_status
copy_filter(kpi_query *to, const kpi__filter *f)
{
	kpi_status status = KPI_OK;

	for (size_t i = 0; i < f->count && status == KPI_OK; i++)
		status = where(to, f->by, f->values[i], f->negated);
	return status;
}

kpi_status
kpi__query_copy(kpi_query **out, const kpi_query *query, kpi_error *error)
{
	kpi_query_options options = KPI_QUERY_OPTIONS_INIT;
	kpi_status status;

	if (query != NULL) {
		options.allocator = &query->allocator;
		options.zone_directory = query->zone_directory;
		options.stop = query->stop;
		options.stop_ctx = query->stop_ctx;
	}
	status = kpi_query_new(out, &options, error);
	if (status != KPI_OK || query == NULL)
		return status;
	(*out)->from = query->from;
	(*out)->until = query->until;
	(*out)->outcomes = query->outcomes;
	for (size_t i = 0; i < query->filter_count && status == KPI_OK; i++)
		status = copy_filter(*out, &query->filters[i]);
	for (size_t i = 0; i < query->limit_count && status == KPI_OK; i++)
		status = kpi_query_where_between(*out, query->limits[i].field,
		    query->limits[i].least, query->limits[i].most, NULL);
	if (status == KPI_OK)
		return KPI_OK;
	kpi_query_free(*out);
	*out = NULL;
	return kpi__fail(error, status, "no memory for a query");
}
