/* SPDX-License-Identifier: MIT */
#include "store/place.h"

#include "base/error.h"
#include "store/draft.h"

kpi_status
kpi__store_place(
    kpi_store *store, const char *key, kpi__buffer *out, kpi_error *error)
{
	const kpi_status status = kpi__store_process(store, error);
	const kpi__kept_entry *entry;

	if (status != KPI_OK)
		return status;
	pthread_mutex_lock(&store->write);
	entry = kpi__kept_find(
	    (store->batch != NULL ? store->batch : store->present)->kept, key);
	if (entry != NULL)
		kpi__buffer_put(out, kpi__kept_bytes(entry), entry->size);
	pthread_mutex_unlock(&store->write);
	if (out->status != KPI_OK)
		return kpi__fail(
		    error, out->status, "no memory for a reader's place");
	return KPI_OK;
}

kpi_status
kpi__store_set_place(kpi_store *store, const char *key, const void *bytes,
    size_t size, kpi_error *error)
{
	kpi__snapshot *draft;
	kpi_status status = kpi__write_begin(store, &draft, error);

	if (status != KPI_OK)
		return status;
	if (store->batch == NULL) {
		status = kpi__fail(error, KPI_EORDER,
		    "a reader's place is kept with an open batch");
	} else {
		status = kpi__kept_put(&store->allocator, &draft->kept, key,
		    bytes, size, draft->commit);
		if (status != KPI_OK)
			status = kpi__fail(
			    error, status, "no memory for a reader's place");
	}
	return kpi__write_end(store, draft, status, error);
}
