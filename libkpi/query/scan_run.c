/* SPDX-License-Identifier: MIT */
/*
 * A scan from its plan to its sums, on one thread or on several. Those who
 * share the parts have a scan each, of one plan, and take part after part;
 * then what each has gathered is put together. All of it adds up, so that who
 * took which part shows nowhere.
 *
 * What fails on several threads is begun anew on one, so that it fails as it
 * does there, or not at all: which of two errors is told, how many groups
 * there are before a limit is met, and whether the memory is enough, depends
 * on no other thread.
 */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/threads.h"
#include "query/scan_plan.h"

/* Vectors that one definition may ask for beside the fields, which all may
 * be asked for in two spaces as integers, bytes and codes, and gathered. */
#define VECTORS_OF_FIELDS     (KPI__FIELDS * 5 + 64)
#define VECTORS_OF_DEFINITION 26

typedef struct sharing {
	kpi__scan *scan[KPI__MOST_THREADS]; /* that of 0 is the caller's */
	kpi_status status[KPI__MOST_THREADS];
	uint32_t count;
	kpi_query query; /* of the others, whom nobody asks to stop */
	atomic_uint next;
} sharing;

static kpi_status
begin(kpi__scan *scan, int64_t as_of, kpi_error *error)
{
	const kpi_query *query = scan->query;
	const kpi__business *business = NULL;

	for (uint32_t i = 0; i < scan->stream_count; i++)
		if (scan->streams[i].business != NULL)
			business = scan->streams[i].business;
	kpi__pass_begin(&scan->pass, scan->snapshot, query, as_of,
	    VECTORS_OF_FIELDS + scan->count * VECTORS_OF_DEFINITION);
	scan->pass.batch.business = business;
	return kpi__groups_init(&scan->groups, scan->snapshot, query, error);
}

static kpi__scan *
new_scan(const kpi__snapshot *snapshot, const kpi_query *query,
    const kpi__declared *declared, uint32_t count)
{
	const kpi_allocator *a = kpi__snapshot_allocator(snapshot);
	kpi__scan *scan = kpi__new_zeroed(a, 1, sizeof(*scan));

	if (scan == NULL)
		return NULL;
	scan->allocator = a;
	scan->snapshot = snapshot;
	scan->query = query;
	scan->declared = declared;
	scan->count = count;
	return scan;
}

static uint32_t
threads_for(const kpi__scan *scan)
{
	const uint32_t parts = kpi__snapshot_parts(scan->snapshot);
	uint64_t work = 0;
	uint32_t asked = 0, threads;
	kpi__sieve sieve;

	kpi__sieve_init(
	    &sieve, &scan->selector, scan->streams, scan->stream_count);
	for (uint32_t i = 0; i < parts; i++) {
		const kpi__part *part = kpi__snapshot_part(scan->snapshot, i);

		if (kpi__scan_skips(scan, part))
			continue;
		work += kpi__sieve_work(&sieve, part);
		asked++;
	}
	threads = kpi__snapshot_threads(scan->snapshot, work);
	return threads < asked ? threads : asked;
}

static void
share_parts(void *ctx, uint32_t which)
{
	sharing *s = ctx;

	s->status[which] = kpi__scan_parts(s->scan[which], NULL);
	if (s->status[which] != KPI_OK)
		atomic_store(&s->next, UINT32_MAX);
}

static void
ask_to_stop(void *ctx)
{
	sharing *s = ctx;
	const kpi__pass *pass = &s->scan[0]->pass;

	if (s->status[0] != KPI_OK)
		return;
	s->status[0] = kpi__query_stopped(
	    s->scan[0]->query, pass->part, pass->parts, NULL);
	if (s->status[0] != KPI_OK)
		atomic_store(&s->next, UINT32_MAX);
}

static kpi_status
make_others(sharing *s, int64_t as_of)
{
	kpi__scan *first = s->scan[0];

	s->query = *first->query;
	s->query.stop = NULL;
	first->next = &s->next;
	kpi__piles_share(first, s->count);
	for (uint32_t i = 1; i < s->count; i++) {
		kpi__scan *scan = new_scan(first->snapshot, &s->query,
		    first->declared, first->count);

		s->scan[i] = scan;
		if (scan == NULL || kpi__scan_copy_plan(scan, first) != KPI_OK)
			return KPI_ENOMEM;
		if (begin(scan, as_of, NULL) != KPI_OK)
			return KPI_ENOMEM;
		/* Values of filters may have to be looked for in the file. */
		scan->selector = first->selector;
		scan->selector_is_lent = 1;
		scan->next = &s->next;
	}
	return KPI_OK;
}

static kpi_status
put_together(sharing *s)
{
	kpi_status status = KPI_OK;

	for (uint32_t i = 0; i < s->count && status == KPI_OK; i++)
		status = s->status[i];
	for (uint32_t i = 1; i < s->count && status == KPI_OK; i++) {
		status = kpi__scan_join(s->scan[0], s->scan[i]);
		kpi__scan_free(s->scan[i]);
		s->scan[i] = NULL;
	}
	return status;
}

/* The error is that of one thread, but for KPI_ESTOPPED. */
static kpi_status
scan_together(kpi__scan *scan, uint32_t threads, int64_t as_of)
{
	sharing s;
	kpi_status status;

	memset(&s, 0, sizeof(s));
	s.scan[0] = scan;
	s.count = threads;
	atomic_init(&s.next, 0);
	status = make_others(&s, as_of);
	if (status == KPI_OK) {
		kpi__threads_run(threads, share_parts, ask_to_stop, &s);
		status = put_together(&s);
	}
	scan->next = NULL;
	for (uint32_t i = 1; i < threads; i++)
		kpi__scan_free(s.scan[i]);
	return status;
}

static kpi_status
finish(kpi__scan *scan, kpi_error *error)
{
	kpi_status status = KPI_OK;

	if (!scan->narrow.all)
		status = kpi__scan_reserve(scan);
	for (uint32_t i = 0; i < scan->distinct_count && status == KPI_OK; i++)
		status = kpi__distinct_finish(scan, &scan->distincts[i]);
	if (status == KPI_OK)
		status = kpi__piles_finish(scan);
	if (status != KPI_OK)
		return kpi__scan_failed(scan, error, status);
	for (uint32_t i = 0; i < scan->counter_count && status == KPI_OK; i++)
		status = kpi__answers_finish(scan, &scan->counters[i], error);
	if (status != KPI_OK)
		return status;
	status = kpi__clusters_finish(scan);
	return status == KPI_OK ? KPI_OK : kpi__clusters_failed(error, status);
}

/* *again: it failed only on several threads. */
static kpi_status
run(kpi__scan *scan, int64_t as_of, int *again, kpi_error *error)
{
	const int alone = *again;
	kpi_status status;
	uint32_t threads;

	*again = 0;
	if ((status = kpi__scan_plan(scan, error)) != KPI_OK ||
	    (status = begin(scan, as_of, error)) != KPI_OK ||
	    (status = kpi__selector_init(&scan->selector, scan->snapshot,
		 scan->query, error)) != KPI_OK)
		return status;
	threads = alone ? 1 : threads_for(scan);
	if (threads <= 1) {
		status = kpi__scan_parts(scan, error);
	} else {
		status = scan_together(scan, threads, as_of);
		*again = status != KPI_OK && status != KPI_ESTOPPED;
		if (status == KPI_ESTOPPED)
			return kpi__scan_failed(scan, error, status);
	}
	return status == KPI_OK ? finish(scan, error) : status;
}

kpi_status
kpi__scan_run(kpi__scan **out, const kpi__snapshot *snapshot,
    const kpi_query *query, const kpi__declared *declared, uint32_t count,
    int64_t as_of, kpi_error *error)
{
	kpi_status status;
	int again = 0;

	*out = NULL;
	do {
		kpi__scan *scan =
		    new_scan(snapshot, query, declared, count);

		if (scan == NULL)
			return kpi__fail(
			    error, KPI_ENOMEM, "no memory for a scan");
		status = run(scan, as_of, &again, error);
		if (status == KPI_OK)
			*out = scan;
		else
			kpi__scan_free(scan);
	} while (again);
	return status;
}

void
kpi__scan_free(kpi__scan *scan)
{
	const kpi_allocator *a;
	uint32_t n;

	if (scan == NULL)
		return;
	a = scan->allocator;
	n = scan->count;
	kpi__batch_free(&scan->pass.batch);
	if (!scan->selector_is_lent)
		kpi__selector_free(&scan->selector);
	kpi__groups_free(&scan->groups);
	for (uint32_t i = 0; i < scan->counter_count; i++)
		kpi__release(a, scan->counters[i].answers,
		    scan->counters[i].answer_room, sizeof(kpi__answer));
	for (uint32_t i = 0; i < scan->distinct_count; i++)
		kpi__distinct_free(scan, &scan->distincts[i]);
	kpi__clusters_free(scan);
	kpi__piles_free(scan);
	kpi__narrow_free(scan);
	kpi__release(a, scan->streams, n, sizeof(*scan->streams));
	kpi__release(a, scan->counters, n, sizeof(*scan->counters));
	kpi__release(a, scan->adders, n, sizeof(*scan->adders));
	kpi__release(a, scan->distincts, n, sizeof(*scan->distincts));
	kpi__release(a, scan->clusters, 2 * (size_t)n, sizeof(*scan->clusters));
	kpi__release(
	    a, scan->gatherers, 2 * (size_t)n, sizeof(*scan->gatherers));
	kpi__release(a, scan->places, n, sizeof(*scan->places));
	kpi__release(a, scan->terms, scan->term_room, sizeof(*scan->terms));
	kpi__release(a, scan->cells, scan->slot_room, sizeof(*scan->cells));
	kpi__release(a, scan, 1, sizeof(*scan));
}
