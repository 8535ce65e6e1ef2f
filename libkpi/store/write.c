/* SPDX-License-Identifier: MIT */
#include <kpi/store.h>

#include <string.h>

#include "base/error.h"
#include "store/draft.h"

/* Takes back what was written behind `base`, the newest state that stays. */
static void
undo(kpi_store *store, const kpi__snapshot *base)
{
	const kpi__version *last;

	pthread_mutex_lock(&store->lookup);
	kpi__index_truncate(&base->ids->index, base->id_count);
	pthread_mutex_unlock(&store->lookup);
	for (uint32_t d = 0; d < KPI__ALL_DICTIONARIES; d++)
		kpi__dictionary_truncate(&store->dictionary[d], base->codes[d]);
	kpi__activities_truncate(&store->activities, base->spans);
	if (base->tail->count > 0) {
		last = base->tail->at[base->tail->count - 1];
		kpi__arena_reset(&last->block->texts, last->texts_end);
	}
}

static void
publish(kpi_store *store, kpi__snapshot *draft)
{
	kpi__snapshot *old;

	pthread_mutex_lock(&store->publish);
	old = store->present;
	store->present = draft;
	pthread_mutex_unlock(&store->publish);
	kpi__snapshot_drop(old);
}

static kpi_status
enter(kpi_store *store, kpi_error *error)
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
	pthread_mutex_lock(&store->write);
	return KPI_OK;
}

kpi_status
kpi__write_begin(kpi_store *store, kpi__snapshot **draft, kpi_error *error)
{
	const kpi_status status = enter(store, error);

	if (status != KPI_OK)
		return status;
	*draft = kpi__snapshot_next(
	    store, store->batch != NULL ? store->batch : store->present);
	if (*draft == NULL) {
		pthread_mutex_unlock(&store->write);
		return kpi__fail(error, KPI_ENOMEM, "no memory to write");
	}
	return KPI_OK;
}

kpi_status
kpi__write_end(
    kpi_store *store, kpi__snapshot *draft, kpi_status status, kpi_error *error)
{
	for (uint32_t d = 0; d < KPI__ALL_DICTIONARIES; d++)
		draft->codes[d] = kpi__dictionary_count(&store->dictionary[d]);
	draft->spans = store->activities.index.count;
	if (status == KPI_OK)
		status = kpi__draft_settle(&draft, error);
	if (status != KPI_OK) {
		kpi__snapshot_drop(draft);
		undo(store,
		    store->batch != NULL ? store->batch : store->present);
	} else if (store->batch != NULL) {
		kpi__snapshot_drop(store->batch);
		store->batch = draft;
	} else {
		publish(store, draft);
	}
	pthread_mutex_unlock(&store->write);
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
		if (store->batch == NULL)
			status = kpi__fail(
			    error, KPI_ENOMEM, "no memory for a batch");
	}
	pthread_mutex_unlock(&store->write);
	return status;
}

static kpi_status
enter_batch(kpi_store *store, kpi_error *error)
{
	const kpi_status status = enter(store, error);

	if (status != KPI_OK || store->batch != NULL)
		return status;
	pthread_mutex_unlock(&store->write);
	return kpi__fail(error, KPI_EORDER, "no batch is open");
}

kpi_status
kpi_store_commit(kpi_store *store, kpi_error *error)
{
	const kpi_status status = enter_batch(store, error);

	if (status != KPI_OK)
		return status;
	publish(store, store->batch);
	store->batch = NULL;
	pthread_mutex_unlock(&store->write);
	return KPI_OK;
}

kpi_status
kpi_store_rollback(kpi_store *store, kpi_error *error)
{
	const kpi_status status = enter_batch(store, error);

	if (status != KPI_OK)
		return status;
	kpi__snapshot_drop(store->batch);
	store->batch = NULL;
	undo(store, store->present);
	pthread_mutex_unlock(&store->write);
	return KPI_OK;
}
