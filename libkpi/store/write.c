/* SPDX-License-Identifier: MIT */
#include <kpi/store.h>

#include "base/error.h"
#include "store/disk.h"
#include "store/draft.h"
#include "store/names.h"
#include "store/sheaf.h"

#define WORTH_A_FILTER 64

void
kpi__store_undo(kpi_store *store, const kpi__snapshot *base)
{
	const kpi__version *last;

	pthread_mutex_lock(&store->lookup);
	kpi__index_truncate(&base->ids->index, base->id_count);
	pthread_mutex_unlock(&store->lookup);
	store->renames++;
	for (uint32_t d = 0; d < KPI__ALL_DICTIONARIES; d++)
		kpi__dictionary_truncate(&store->dictionary[d], base->codes[d]);
	kpi__activities_truncate(&store->activities, base->spans);
	kpi__ledger_truncate(&store->ledger, base->entries);
	if (base->tail->count > 0) {
		last = base->tail->at[base->tail->count - 1];
		if (last->block != NULL)
			kpi__arena_reset(&last->block->texts, last->texts_end);
	}
}

void
kpi__store_publish(kpi_store *store, kpi__snapshot *draft)
{
	kpi__snapshot *old;

	pthread_mutex_lock(&store->publish);
	old = store->present;
	store->present = draft;
	pthread_mutex_unlock(&store->publish);
	kpi__snapshot_drop(old);
}

static kpi_status
take_turn(kpi_store *store, kpi_error *error)
{
	kpi_status status;

	if (store == NULL)
		return kpi__fail(error, KPI_EINVAL, "there is no store");
	status = kpi__store_process(store, error);
	if (status != KPI_OK)
		return status;
	if ((store->flags & KPI_OPEN_READ_ONLY) != 0)
		return kpi__fail(error, KPI_EREADONLY,
		    "the store was opened to be read only");
	pthread_mutex_lock(&store->turn);
	return KPI_OK;
}

static void
leave(kpi_store *store)
{
	if (store->batch == NULL)
		kpi__names_give_back(store);
	atomic_store(&store->writing, 0);
	pthread_mutex_unlock(&store->write);
	pthread_mutex_unlock(&store->turn);
}

/* The state is ours to change, and knows what others have committed. On
 * failure nothing is held. */
static kpi_status
enter(kpi_store *store, kpi_error *error)
{
	kpi_status status = take_turn(store, error);
	int begins;

	if (status != KPI_OK)
		return status;
	begins = store->batch == NULL && store->disk != NULL;
	if (begins)
		status = kpi__disk_begin(store, error);
	if (status != KPI_OK) {
		pthread_mutex_unlock(&store->turn);
		return status;
	}
	pthread_mutex_lock(&store->write);
	if (begins)
		status = kpi__disk_catch_up(store, error);
	if (begins && status == KPI_OK)
		status = kpi__sheaves_spread(store, error);
	if (status != KPI_OK) {
		kpi__disk_rollback(store);
		leave(store);
		return status;
	}
	atomic_store(&store->writing, 1);
	return KPI_OK;
}

/* For a commit or a roll back. */
static kpi_status
enter_batch(kpi_store *store, kpi_error *error)
{
	const kpi_status status = take_turn(store, error);

	if (status != KPI_OK)
		return status;
	if (store->batch == NULL) {
		pthread_mutex_unlock(&store->turn);
		return kpi__fail(error, KPI_EORDER, "no batch is open");
	}
	pthread_mutex_lock(&store->write);
	atomic_store(&store->writing, 1);
	return KPI_OK;
}

static const kpi__snapshot *
newest(const kpi_store *store)
{
	return store->batch != NULL ? store->batch : store->present;
}

static void
drop(kpi_store *store, kpi__snapshot *draft)
{
	kpi__snapshot_drop(draft);
	kpi__store_undo(store, newest(store));
}

/* Makes `draft` the present state, in the file first. */
static kpi_status
commit(kpi_store *store, kpi__snapshot *draft, kpi_error *error)
{
	kpi_status status = KPI_OK;

	if (store->disk != NULL)
		status = kpi__disk_commit(store, draft, error);
	if (status == KPI_OK)
		kpi__store_publish(store, draft);
	else
		drop(store, draft);
	return status;
}

/* A filter of all ids is not worth its making for a few calls; without memory
 * for it, the runs are searched on. */
static void
make_filter(kpi_store *store, kpi__snapshot *draft)
{
	if (store->filter.lines > 0 || draft->sealed_ids == 0 ||
	    ++store->unfiltered < WORTH_A_FILTER)
		return;
	store->unfiltered = 0;
	if (kpi__draft_filter(draft, 0, NULL) != KPI_OK)
		kpi__bloom_free(&store->filter, &store->allocator);
}

kpi_status
kpi__write_begin(kpi_store *store, kpi__snapshot **draft, kpi_error *error)
{
	const kpi_status status = enter(store, error);

	if (status != KPI_OK)
		return status;
	*draft = kpi__snapshot_next(store, newest(store));
	if (*draft == NULL) {
		if (store->batch == NULL && store->disk != NULL)
			kpi__disk_rollback(store);
		leave(store);
		return kpi__fail(error, KPI_ENOMEM, "no memory to write");
	}
	make_filter(store, *draft);
	return KPI_OK;
}

kpi_status
kpi__write_end(
    kpi_store *store, kpi__snapshot *draft, kpi_status status, kpi_error *error)
{
	for (uint32_t d = 0; d < KPI__ALL_DICTIONARIES; d++)
		draft->codes[d] = kpi__dictionary_count(&store->dictionary[d]);
	draft->spans = store->activities.index.count;
	draft->entries = store->ledger.index.count;
	if (status == KPI_OK)
		status = kpi__draft_settle(&draft, error);
	if (status == KPI_OK && store->batch == NULL) {
		status = commit(store, draft, error);
	} else if (status == KPI_OK) {
		kpi__snapshot_drop(store->batch);
		store->batch = draft;
	} else {
		if (store->batch == NULL && store->disk != NULL)
			kpi__disk_rollback(store);
		drop(store, draft);
	}
	leave(store);
	return status;
}

kpi_status
kpi_store_begin(kpi_store *store, kpi_error *error)
{
	kpi_status status = enter(store, error);

	if (status != KPI_OK)
		return status;
	if (store->batch != NULL) {
		status =
		    kpi__fail(error, KPI_EORDER, "a batch is open already");
	} else {
		store->batch = kpi__snapshot_next(store, store->present);
		if (store->batch == NULL) {
			if (store->disk != NULL)
				kpi__disk_rollback(store);
			status = kpi__fail(
			    error, KPI_ENOMEM, "no memory for a batch");
		}
	}
	leave(store);
	return status;
}

kpi_status
kpi_store_commit(kpi_store *store, kpi_error *error)
{
	kpi_status status = enter_batch(store, error);
	kpi__snapshot *batch;

	if (status != KPI_OK)
		return status;
	batch = store->batch;
	store->batch = NULL;
	status = commit(store, batch, error);
	leave(store);
	return status;
}

kpi_status
kpi_store_rollback(kpi_store *store, kpi_error *error)
{
	const kpi_status status = enter_batch(store, error);
	kpi__snapshot *batch;

	if (status != KPI_OK)
		return status;
	batch = store->batch;
	store->batch = NULL;
	drop(store, batch);
	if (store->disk != NULL)
		kpi__disk_rollback(store);
	leave(store);
	return KPI_OK;
}

kpi_status
kpi__write_purge(kpi_store *store, int erased, kpi_error *error)
{
	kpi_status status = take_turn(store, error);
	int lingers;

	if (status != KPI_OK)
		return status;
	lingers = erased || store->disk->lingers;
	if (store->batch != NULL)
		status = kpi__fail(error, KPI_EBUSY,
		    "erased, but not yet out of the file: a batch is open");
	else
		status = kpi__disk_purge(store, error);
	store->disk->lingers = lingers && status != KPI_OK;
	pthread_mutex_unlock(&store->turn);
	return status == KPI_OK && !lingers ? KPI_ENOTFOUND : status;
}
