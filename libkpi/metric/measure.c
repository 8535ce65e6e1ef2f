/* SPDX-License-Identifier: MIT */
#include "metric/measure.h"

#include <string.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/word.h"
#include "metric/agents.h"
#include "metric/days.h"
#include "metric/expenses.h"
#include "metric/levels.h"
#include "metric/outcome.h"
#include "metric/scan_rows.h"
#include "metric/table.h"
#include "metric/turnover.h"
#include "query/level.h"

typedef struct measuring {
	const kpi_allocator *allocator;
	const kpi_query *query;
	kpi__snapshot *snapshot;
	const kpi_definition *const *definitions;
	uint32_t count;
	uint32_t *ordinals;
	kpi__business *business;
	kpi__claim *claims;
	kpi__declared *declared;
	kpi__shape *shapes;
	kpi_result *result;
	kpi__sink sink;
	kpi_error *error;
} measuring;

static kpi_status
make_claims(measuring *m)
{
	const kpi_allocator *a = m->allocator;
	kpi_status status;

	m->claims = kpi__new_zeroed(a, m->count, sizeof(*m->claims));
	m->declared = kpi__new_array(
	    a, (size_t)m->count * KPI__STREAMS, sizeof(*m->declared));
	m->shapes = kpi__new_zeroed(a, m->count, sizeof(*m->shapes));
	if (m->claims == NULL || m->declared == NULL || m->shapes == NULL)
		return kpi__fail(
		    m->error, KPI_ENOMEM, "no memory for definitions");
	status = kpi__ordinals(m->snapshot, &m->ordinals, m->error);
	if (status == KPI_OK)
		status = kpi__business_wanted(&m->business, m->snapshot,
		    m->query, m->definitions, m->count, m->error);
	for (uint32_t i = 0; i < m->count && status == KPI_OK; i++)
		status = kpi__claim_make(&m->claims[i],
		    &m->declared[(size_t)i * KPI__STREAMS], m->definitions[i],
		    m->query, m->snapshot, m->business, m->error);
	if (status != KPI_OK)
		return status;
	kpi__claims_join(m->claims, m->count);
	return kpi__claims_walk(m->claims, m->count, m->ordinals, m->error);
}

static kpi_status
make_result(measuring *m)
{
	const kpi_query *q = m->query;
	kpi__frame frame;
	kpi__buffer filters;
	kpi_status status;

	memset(&frame, 0, sizeof(frame));
	frame.by_count = q->by_count;
	memcpy(frame.by, q->by, q->by_count * sizeof(*q->by));
	frame.bucket = q->bucket;
	frame.week_start = q->week_start;
	frame.partition = q->partition;
	frame.from = q->from;
	frame.until = q->until;
	frame.zone = kpi__zone_name(q->zone);
	frame.zone_directory = q->zone_directory;
	kpi__buffer_init(&filters, m->allocator);
	kpi__query_filter_text(q, &filters);
	kpi__buffer_put_byte(&filters, 0);
	status = filters.status;
	if (status != KPI_OK) {
		status = kpi__fail(
		    m->error, status, "no memory for a result");
		goto out;
	}
	frame.filters = (const char *)filters.bytes;
	for (uint32_t i = 0; i < m->count; i++) {
		const char *text = kpi_definition_text(m->definitions[i]);

		if (text == NULL) {
			status = kpi__fail(m->error, KPI_ENOMEM,
			    "no memory for a definition's text");
			goto out;
		}
		m->shapes[i] = m->claims[i].shape;
		memcpy(&m->shapes[i].text, &text, sizeof(text));
	}
	status = kpi__result_new(&m->result, &q->allocator, &frame, m->shapes,
	    m->count, m->error);
	if (status == KPI_OK)
		status = kpi__sink_init(&m->sink, m->result, m->shapes,
		    m->count, q, m->snapshot, m->error);
out:
	kpi__buffer_free(&filters);
	return status;
}

/* Levels that are cut into buckets rise from one to the next. */
static int
rises(const measuring *m, uint32_t definition)
{
	return m->shapes[definition].kind == KPI__LEVEL &&
	    m->query->bucket != KPI_BUCKET_NONE;
}

static kpi_status
add_levels(measuring *m, const kpi__scan *scan, kpi__gathered *gathered,
    uint32_t count, int64_t as_of)
{
	uint32_t levels = 0;

	for (uint32_t i = 0; i < count; i++)
		if (gathered[i].rises)
			gathered[levels++] = gathered[i];
	if (levels == 0)
		return KPI_OK;
	return kpi__levels_add(&m->sink, scan, gathered, levels,
	    kpi__level_end(m->query, as_of));
}

/* Takes the streams of the definitions of one as_of that are not done. */
static uint32_t
gather_streams(const measuring *m, int64_t as_of, uint8_t *done,
    kpi__declared *together, kpi__gathered *gathered)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < m->count; i++) {
		if (m->claims[i].asked.as_of != as_of || done[i])
			continue;
		done[i] = 1;
		for (uint32_t k = 0; k < KPI__STREAMS; k++) {
			const kpi__declared *d = &m->claims[i].declared[k];

			if (d->keyer.make == NULL)
				continue;
			together[count] = *d;
			gathered[count] =
			    (kpi__gathered){ i, count, rises(m, i) };
			count++;
		}
	}
	return count;
}

/*
 * A pass for each as_of that is asked, which is mostly one: how long who
 * waits has waited depends on it.
 */
static kpi_status
scan_all(measuring *m)
{
	const size_t room = (size_t)m->count * KPI__STREAMS;
	kpi__declared *together;
	kpi__gathered *gathered;
	uint8_t *done;
	kpi_status status = KPI_OK;

	together = kpi__new_array(m->allocator, room, sizeof(*together));
	gathered = kpi__new_array(m->allocator, room, sizeof(*gathered));
	done = kpi__new_zeroed(m->allocator, m->count, 1);
	if (together == NULL || gathered == NULL || done == NULL)
		status = kpi__fail(m->error, KPI_ENOMEM, "no memory for a scan");
	for (uint32_t i = 0; i < m->count && status == KPI_OK; i++) {
		const int64_t as_of = m->claims[i].asked.as_of;
		const uint32_t count =
		    gather_streams(m, as_of, done, together, gathered);
		kpi__scan *scan;

		if (count == 0)
			continue;
		status = kpi__scan_run(&scan, m->snapshot, m->query, together,
		    count, as_of, m->error);
		if (status != KPI_OK)
			break;
		status = kpi__scan_rows_add(
		    &m->sink, scan, gathered, count, m->shapes);
		if (status == KPI_OK)
			status = add_levels(m, scan, gathered, count, as_of);
		kpi__scan_free(scan);
	}
	kpi__release(m->allocator, together, room, sizeof(*together));
	kpi__release(m->allocator, gathered, room, sizeof(*gathered));
	kpi__release(m->allocator, done, m->count, 1);
	return status;
}

static void
finish(measuring *m)
{
	const kpi_allocator *a = m->allocator;

	kpi__sink_free(&m->sink);
	for (uint32_t i = 0; i < m->count && m->claims != NULL; i++)
		kpi__claim_free(&m->claims[i]);
	kpi__release(a, m->claims, m->count, sizeof(*m->claims));
	kpi__release(a, m->declared, (size_t)m->count * KPI__STREAMS,
	    sizeof(*m->declared));
	kpi__release(a, m->shapes, m->count, sizeof(*m->shapes));
	kpi__business_free(m->business);
	if (m->ordinals != NULL)
		kpi__ordinals_free(m->snapshot, m->ordinals);
}

static kpi_status add_days(measuring *m);

static kpi_status
run(measuring *m)
{
	kpi_status status = make_claims(m);

	if (status == KPI_OK)
		status = make_result(m);
	if (status == KPI_OK)
		status = scan_all(m);
	if (status == KPI_OK)
		status = kpi__agents_add(&m->sink, m->claims, m->count);
	if (status == KPI_OK)
		status = kpi__turnover_add(&m->sink, m->claims, m->count);
	if (status == KPI_OK)
		status = kpi__expenses_add(&m->sink, m->claims, m->count);
	if (status == KPI_OK)
		status = add_days(m);
	if (status == KPI_OK)
		status = kpi__result_finish(m->result, m->error);
	finish(m);
	if (status != KPI_OK) {
		kpi_result_free(m->result);
		m->result = NULL;
	}
	return status;
}

/* A definition at a time, which are few: by day it is as of the same instants,
 * and has neither bounds nor verdict. */
static kpi_status
add_days_of(measuring *m, uint32_t definition)
{
	kpi_definition plain = *m->definitions[definition];
	const kpi_definition *const plain_at = &plain;
	kpi_query by_day = *m->query;
	measuring days;
	kpi_status status;

	plain.value[KPI__BOUNDS_BY] = KPI_BOUNDS_NONE;
	plain.value[KPI__VERDICT_BY] = KPI_BOUNDS_NONE;
	by_day.bucket = KPI_BUCKET_DAY;
	by_day.group_limit = UINT64_MAX;
	memset(&days, 0, sizeof(days));
	days.allocator = m->allocator;
	days.query = &by_day;
	days.snapshot = m->snapshot;
	days.definitions = &plain_at;
	days.count = 1;
	days.error = m->error;
	status = run(&days);
	if (status == KPI_OK)
		status = kpi__days_add(&m->sink, days.result, 0, definition);
	kpi_result_free(days.result);
	return status;
}

static kpi_status
add_days(measuring *m)
{
	kpi_status status = KPI_OK;

	for (uint32_t i = 0; i < m->count && status == KPI_OK; i++)
		if (kpi__days_wanted(&m->claims[i]))
			status = add_days_of(m, i);
	return status;
}

static int
groups_by(const kpi_query *query, kpi_by by)
{
	for (uint32_t i = 0; i < query->by_count; i++)
		if (query->by[i] == by)
			return 1;
	return 0;
}

/*
 * A mix is of groups. Asked alone it brings them: `grouped` is then the query
 * with them. Beside another metric it may not, whose rows would be others.
 */
static kpi_status
bring_groups(kpi_query *grouped, const kpi_query **query,
    const kpi_definition *const *definitions, uint32_t count,
    kpi_error *error)
{
	const kpi_by first = kpi__metric_find(definitions[0]->metric)->among;
	const kpi__metric *lacking = NULL;
	int alone = 1;

	for (uint32_t i = 0; i < count; i++) {
		const kpi__metric *metric =
		    kpi__metric_find(definitions[i]->metric);

		alone &= metric->among == first;
		if (metric->among != 0 && !groups_by(*query, metric->among))
			lacking = metric;
	}
	if (lacking == NULL)
		return KPI_OK;
	if (!alone) {
		const char *by =
		    kpi__word_name(KPI_TABLE_DIMENSIONS, lacking->among);

		return kpi__fail_at(error, KPI_ENOTSUP, lacking->name,
		    "%s is of groups by %s, which this query does not have: "
		    "group it by %s, or measure %s alone",
		    lacking->name, by, by, lacking->name);
	}
	*grouped = **query;
	grouped->by[grouped->by_count++] = first;
	*query = grouped;
	return KPI_OK;
}

kpi_status
kpi__measure_at(kpi_result **out, kpi__snapshot *snapshot,
    const kpi_query *query, const kpi_definition *const *definitions,
    uint32_t count, kpi_error *error)
{
	kpi_query grouped;
	measuring m;
	kpi_status status;

	memset(&m, 0, sizeof(m));
	*out = NULL;
	status = bring_groups(&grouped, &query, definitions, count, error);
	if (status != KPI_OK)
		return status;
	m.allocator = kpi__snapshot_allocator(snapshot);
	m.snapshot = snapshot;
	m.query = query;
	m.definitions = definitions;
	m.count = count;
	m.error = error;
	status = run(&m);
	*out = m.result;
	return status;
}

kpi_status
kpi__measure_check(const kpi_store *store,
    const kpi_definition *const *definitions, uint64_t count,
    kpi_error *error)
{
	if (store == NULL || definitions == NULL)
		return kpi__fail(error, KPI_EINVAL,
		    store == NULL ? "no store" : "no definitions");
	if (count == 0 || count > 1000)
		return kpi__fail(error, KPI_EINVAL,
		    "expected 1 to 1000 definitions in one call");
	for (uint64_t i = 0; i < count; i++)
		if (definitions[i] == NULL)
			return kpi__fail(
			    error, KPI_EINVAL, "one of the definitions is NULL");
	return KPI_OK;
}

kpi_status
kpi_measure(kpi_result **out, kpi_store *store, const kpi_query *query,
    const kpi_definition *const *definitions, uint64_t count,
    kpi_error *error)
{
	kpi__snapshot *snapshot = NULL;
	kpi_query *all = NULL;
	kpi_status status;

	if (out == NULL)
		return kpi__fail(error, KPI_EINVAL, "no place for the result");
	*out = NULL;
	status = kpi__measure_check(store, definitions, count, error);
	if (status == KPI_OK && query == NULL)
		status = kpi_query_new(&all, NULL, error);
	if (status == KPI_OK)
		status = kpi__snapshot_take(&snapshot, store, error);
	if (status == KPI_OK) {
		status = kpi__measure_at(out, snapshot,
		    query == NULL ? all : query, definitions, (uint32_t)count,
		    error);
		kpi__snapshot_release(snapshot);
	}
	kpi_query_free(all);
	return status;
}

kpi_status
kpi__measure_one(kpi_result **out, kpi_store *store, const kpi_query *query,
    const kpi_definition *definition, int32_t metric, kpi_error *error)
{
	kpi_definition *own = NULL;
	kpi_status status;

	if (out != NULL)
		*out = NULL;
	if (definition == NULL) {
		kpi_definition_options options = KPI_DEFINITION_OPTIONS_INIT;

		options.allocator = query == NULL ? NULL : &query->allocator;
		status = kpi_definition_new(&own, metric, &options, error);
		if (status != KPI_OK)
			return status;
		definition = own;
	} else if (definition->metric != metric) {
		return kpi__fail(error, KPI_EINVAL,
		    "the definition is of another metric: %s",
		    kpi_definition_text(definition));
	}
	status = kpi_measure(out, store, query, &definition, 1, error);
	kpi_definition_free(own);
	return status;
}
