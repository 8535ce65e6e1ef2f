/* SPDX-License-Identifier: MIT */
#include "metric/measure.h"

#include <string.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/memory.h"
#include "base/word.h"
#include "metric/outcome.h"
#include "query/scan.h"

typedef struct measuring {
	const kpi_allocator *allocator;
	const kpi_query *query;
	kpi__snapshot *snapshot;
	const kpi_definition *const *definitions;
	uint32_t count;
	uint32_t *ordinals;
	kpi__claim *claims;
	kpi__declared *declared;
	kpi__shape *shapes;
	uint32_t *widths; /* how many sums each definition has */
	kpi__wide *sums;  /* of a row */
	kpi_result *result;
	kpi_error *error;
} measuring;

static kpi_status
make_claims(measuring *m)
{
	const kpi_allocator *a = m->allocator;
	kpi_status status;

	m->claims = kpi__new_zeroed(a, m->count, sizeof(*m->claims));
	m->declared = kpi__new_zeroed(a, m->count, sizeof(*m->declared));
	m->shapes = kpi__new_zeroed(a, m->count, sizeof(*m->shapes));
	m->widths = kpi__new_zeroed(a, m->count, sizeof(*m->widths));
	if (m->claims == NULL || m->declared == NULL || m->shapes == NULL ||
	    m->widths == NULL)
		return kpi__fail(
		    m->error, KPI_ENOMEM, "no memory for definitions");
	status = kpi__ordinals(m->snapshot, &m->ordinals, m->error);
	for (uint32_t i = 0; i < m->count && status == KPI_OK; i++)
		status = kpi__claim_make(&m->claims[i], &m->declared[i],
		    m->definitions[i], m->query, m->snapshot, m->error);
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
		for (uint32_t left = m->shapes[i].sums; left != 0;
		     left &= left - 1)
			m->widths[i]++;
	}
	status = kpi__result_new(&m->result, &q->allocator, &frame, m->shapes,
	    m->count, m->error);
	if (status == KPI_OK) {
		m->sums = kpi__new_array(m->allocator,
		    kpi__result_width(m->result), sizeof(*m->sums));
		if (m->sums == NULL)
			status = kpi__fail(
			    m->error, KPI_ENOMEM, "no memory for a result");
	}
out:
	kpi__buffer_free(&filters);
	return status;
}

static kpi_status
group_texts(const measuring *m, const uint32_t *codes, const char **text)
{
	kpi_status status = KPI_OK;

	for (uint32_t i = 0; i < m->query->by_count && status == KPI_OK; i++) {
		const kpi_by by = m->query->by[i];

		if (by == KPI_BY_DIRECTION)
			text[i] = kpi__word_name(
			    KPI_TABLE_DIRECTIONS, codes[i]);
		else
			status = kpi__snapshot_text(m->snapshot,
			    kpi__dimension_field(by), codes[i], &text[i],
			    m->error);
	}
	return status;
}

static int
is_all_zero(const kpi__wide *sums, uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		if (sums[i].low != 0 || sums[i].high != 0)
			return 0;
	return 1;
}

/* The rows of a scan that had the definitions in which[0..count). */
static kpi_status
add_rows(measuring *m, const kpi__scan *scan, const uint32_t *which,
    uint32_t count)
{
	const uint32_t slots = kpi__scan_slots(scan);
	const char *text[KPI__DIMENSIONS];

	for (uint32_t slot = 1; slot <= slots; slot++) {
		uint32_t codes[KPI__DIMENSIONS], at = 0;
		int64_t begin, until;
		kpi_status status;

		kpi__scan_group(scan, slot, codes, &begin, &until);
		status = group_texts(m, codes, text);
		if (status != KPI_OK)
			return status;
		for (uint32_t i = 0, next = 0; i < m->count; i++) {
			const uint32_t width = m->widths[i];

			if (next < count && which[next] == i)
				kpi__scan_sums(
				    scan, slot, next++, m->sums + at);
			else
				memset(m->sums + at, 0,
				    width * sizeof(*m->sums));
			at += width;
		}
		/* Units of none of the metrics make no group. */
		if (is_all_zero(m->sums, at))
			continue;
		status = kpi__result_add(
		    m->result, text, begin, until, m->sums, m->error);
		if (status != KPI_OK)
			return status;
	}
	return KPI_OK;
}

/*
 * A pass for each as_of that is asked, which is mostly one: how long who
 * waits has waited depends on it.
 */
static kpi_status
scan_all(measuring *m)
{
	kpi__declared *together;
	uint32_t *which;
	uint8_t *done;
	kpi_status status = KPI_OK;

	together = kpi__new_array(m->allocator, m->count, sizeof(*together));
	which = kpi__new_array(m->allocator, m->count, sizeof(*which));
	done = kpi__new_zeroed(m->allocator, m->count, 1);
	if (together == NULL || which == NULL || done == NULL)
		status = kpi__fail(m->error, KPI_ENOMEM, "no memory for a scan");
	for (uint32_t i = 0; i < m->count && status == KPI_OK; i++) {
		const int64_t as_of = m->claims[i].asked.as_of;
		kpi__scan *scan;
		uint32_t count = 0;

		if (done[i])
			continue;
		for (uint32_t j = i; j < m->count; j++) {
			if (m->claims[j].asked.as_of != as_of)
				continue;
			together[count] = m->declared[j];
			which[count++] = j;
			done[j] = 1;
		}
		status = kpi__scan_run(&scan, m->snapshot, m->query, together,
		    count, as_of, m->error);
		if (status != KPI_OK)
			break;
		status = add_rows(m, scan, which, count);
		kpi__scan_free(scan);
	}
	kpi__release(m->allocator, together, m->count, sizeof(*together));
	kpi__release(m->allocator, which, m->count, sizeof(*which));
	kpi__release(m->allocator, done, m->count, 1);
	return status;
}

static void
finish(measuring *m)
{
	const kpi_allocator *a = m->allocator;

	if (m->result != NULL)
		kpi__release(a, m->sums, kpi__result_width(m->result),
		    sizeof(*m->sums));
	for (uint32_t i = 0; i < m->count && m->claims != NULL; i++)
		kpi__claim_free(&m->claims[i]);
	kpi__release(a, m->claims, m->count, sizeof(*m->claims));
	kpi__release(a, m->declared, m->count, sizeof(*m->declared));
	kpi__release(a, m->shapes, m->count, sizeof(*m->shapes));
	kpi__release(a, m->widths, m->count, sizeof(*m->widths));
	if (m->ordinals != NULL)
		kpi__ordinals_free(m->snapshot, m->ordinals);
	kpi__snapshot_release(m->snapshot);
}

static kpi_status
measure(kpi_result **out, kpi_store *store, const kpi_query *query,
    const kpi_definition *const *definitions, uint32_t count,
    kpi_error *error)
{
	measuring m;
	kpi_status status;

	memset(&m, 0, sizeof(m));
	m.query = query;
	m.definitions = definitions;
	m.error = error;
	status = kpi__snapshot_take(&m.snapshot, store, error);
	if (status != KPI_OK)
		return status;
	m.allocator = kpi__snapshot_allocator(m.snapshot);
	m.count = count;
	status = make_claims(&m);
	if (status == KPI_OK)
		status = make_result(&m);
	if (status == KPI_OK)
		status = scan_all(&m);
	if (status == KPI_OK)
		status = kpi__result_finish(m.result, error);
	finish(&m);
	if (status == KPI_OK)
		*out = m.result;
	else
		kpi_result_free(m.result);
	return status;
}

kpi_status
kpi_measure(kpi_result **out, kpi_store *store, const kpi_query *query,
    const kpi_definition *const *definitions, uint64_t count,
    kpi_error *error)
{
	kpi_query *all = NULL;
	kpi_status status;

	if (out == NULL)
		return kpi__fail(error, KPI_EINVAL, "no place for the result");
	*out = NULL;
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
	if (query == NULL) {
		status = kpi_query_new(&all, NULL, error);
		if (status != KPI_OK)
			return status;
		query = all;
	}
	status =
	    measure(out, store, query, definitions, (uint32_t)count, error);
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
