/* SPDX-License-Identifier: MIT */
/*
 * Two batches go round: one is filled by who reads, the other waits, is being
 * stored, or is free. Whoever reads and finds the other one still waiting
 * stores it himself, so that nothing depends on there being another thread.
 * Before a row is refused the other batch is stored, whose rows come before
 * it: reasons are counted, and the first failure is found, in order of rows.
 */
#include "ingest/csv_flow.h"

#include <pthread.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/threads.h"
#include "store/state.h"

typedef struct flow {
	kpi__csv_rows *rows;
	kpi_csv_report *report;
	kpi__csv_known known;
	kpi__csv_batch batch[2];
	kpi__csv_batch *filling;
	int is_shared; /* there may be another thread */
	kpi_status status;
	kpi_error *error;

	pthread_mutex_t lock;
	pthread_cond_t changed;
	/* under `lock`: */
	kpi__csv_batch *waiting;
	int is_storing, has_ended;
	kpi_status stored; /* what came of the last one */
	kpi_error store_error;
} flow;

/* Stores the batch that waits; `lock` is held, but not meanwhile. */
static void
store_waiting(flow *f)
{
	kpi__csv_batch *const batch = f->waiting;
	kpi_status status;

	f->waiting = NULL;
	f->is_storing = 1;
	pthread_mutex_unlock(&f->lock);
	status = kpi__csv_batch_put(batch, 0, &f->store_error);
	pthread_mutex_lock(&f->lock);
	f->stored = status;
	f->is_storing = 0;
	pthread_cond_signal(&f->changed);
}

/* Waits until the other batch is stored. */
static kpi_status
settle(void *ctx, kpi_error *error)
{
	flow *const f = ctx;
	kpi_status status;

	pthread_mutex_lock(&f->lock);
	if (f->waiting != NULL)
		store_waiting(f);
	while (f->is_storing)
		pthread_cond_wait(&f->changed, &f->lock);
	status = f->stored;
	pthread_mutex_unlock(&f->lock);
	if (status != KPI_OK)
		(void)kpi__fail_as(error, &f->store_error);
	return status;
}

static kpi_status
put(flow *f, int last)
{
	const kpi_status status =
	    kpi__csv_batch_put(f->filling, last, f->error);

	if (status == KPI_OK && f->filling->rows == 0 &&
	    kpi__csv_known_is_much(&f->known))
		kpi__csv_known_forget(&f->known);
	return status;
}

/* The batch is full. What is forgotten must not be of use to one that waits. */
static kpi_status
hand_over(flow *f)
{
	kpi_status status = kpi__csv_batch_close(f->filling, f->error);

	if (status == KPI_OK)
		status = settle(f, f->error);
	if (status != KPI_OK)
		return status;
	if (!f->is_shared || kpi__csv_known_is_much(&f->known))
		return put(f, 0);
	pthread_mutex_lock(&f->lock);
	f->waiting = f->filling;
	pthread_cond_signal(&f->changed);
	pthread_mutex_unlock(&f->lock);
	f->filling = &f->batch[f->filling == f->batch];
	return KPI_OK;
}

static kpi_status
refuse_fault(flow *f)
{
	static const uint8_t why[] = { [KPI__CSV_UNCLOSED] =
					   KPI__CSV_QUOTE_UNCLOSED,
		[KPI__CSV_STRAY] = KPI__CSV_QUOTE_STRAY,
		[KPI__CSV_LONG] = KPI__CSV_ROW_LONG };
	kpi__csv_wrong wrong = { why[f->rows->fault], NULL, f->rows->line, NULL,
		0 };

	f->report->rows++;
	return kpi__csv_batch_refuse(f->filling, NULL, &wrong, f->error);
}

static kpi_status
fill(flow *f)
{
	kpi_status status = KPI_OK;

	while (status == KPI_OK) {
		int got;

		status = kpi__csv_rows_next(f->rows, &got, f->error);
		if (status != KPI_OK || !got)
			break;
		status = f->rows->fault == KPI__CSV_FINE
		    ? kpi__csv_batch_take(f->filling, f->rows, f->error)
		    : refuse_fault(f);
		if (status == KPI_OK && f->filling->rows == KPI__CSV_BATCH)
			status = hand_over(f);
	}
	return status;
}

/* What fails where rows are stored comes before what fails behind them. */
static void
read_all(flow *f)
{
	kpi_error later = KPI_ERROR_INIT, *const error = f->error;
	kpi_status status, stored;

	f->error = &later;
	status = fill(f);
	stored = settle(f, error);
	f->error = error;
	f->status = stored != KPI_OK ? stored : status;
	if (stored == KPI_OK && status != KPI_OK)
		(void)kpi__fail_as(error, &later);
	if (f->status == KPI_OK)
		f->status = kpi__csv_batch_close(f->filling, error);
	if (f->status == KPI_OK)
		f->status = put(f, 1);
}

static void
store_all(flow *f)
{
	pthread_mutex_lock(&f->lock);
	for (;;) {
		while (f->waiting == NULL && !f->has_ended)
			pthread_cond_wait(&f->changed, &f->lock);
		if (f->waiting == NULL)
			break;
		store_waiting(f);
	}
	pthread_mutex_unlock(&f->lock);
}

static void
work(void *ctx, uint32_t which)
{
	flow *const f = ctx;

	if (which != 0) {
		store_all(f);
		return;
	}
	read_all(f);
	pthread_mutex_lock(&f->lock);
	f->has_ended = 1;
	pthread_cond_signal(&f->changed);
	pthread_mutex_unlock(&f->lock);
}

static kpi_status
run(flow *f, kpi_store *store, kpi__csv_plan *plan, uint64_t flags)
{
	kpi_status status = KPI_OK;

	/* of visits the last ones stay for the next batch */
	f->is_shared =
	    atomic_load(&store->threads) > 1 && (flags & KPI_CSV_VISITS) == 0;
	for (int b = 0; b <= f->is_shared && status == KPI_OK; b++) {
		status = kpi__csv_batch_init(&f->batch[b], store, plan,
		    &f->known, f->report, flags, f->error);
		f->batch[b].settle = settle;
		f->batch[b].settle_ctx = f;
	}
	f->filling = f->batch;
	if (status == KPI_OK) {
		kpi__threads_run(1 + (uint32_t)f->is_shared, work, NULL, f);
		status = f->status;
	}
	kpi__csv_batch_free(&f->batch[0]);
	kpi__csv_batch_free(&f->batch[1]);
	return status;
}

kpi_status
kpi__csv_flow(kpi_store *store, kpi__csv_rows *rows, kpi__csv_plan *plan,
    uint64_t flags, kpi_csv_report *report, kpi_error *error)
{
	static const kpi_error blank = KPI_ERROR_INIT;
	const kpi_allocator *const a = &store->allocator;
	flow *const f = kpi__new_zeroed(a, 1, sizeof(*f));
	kpi_status status;

	if (f == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for the rows");
	f->rows = rows;
	f->report = report;
	f->error = error;
	f->store_error = blank;
	kpi__csv_known_init(&f->known, a);
	pthread_mutex_init(&f->lock, NULL);
	pthread_cond_init(&f->changed, NULL);
	status = run(f, store, plan, flags);
	pthread_cond_destroy(&f->changed);
	pthread_mutex_destroy(&f->lock);
	kpi__csv_known_free(&f->known);
	kpi__release(a, f, 1, sizeof(*f));
	return status;
}
