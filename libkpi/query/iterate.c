/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <kpi/store.h>

#include "base/error.h"
#include "base/memory.h"
#include "query/select.h"

#define VECTORS 512

struct kpi_iterator {
	kpi_allocator allocator;
	kpi__snapshot *snapshot;
	kpi_query *all; /* where the caller gave none */
	kpi__selector selector;
	kpi__stream stream;
	kpi__batch batch;
	uint32_t part, at;
	const uint8_t *keep;
	int in_part;
	kpi_record *record;
};

kpi_status
kpi_store_iterate(kpi_iterator **out, kpi_store *store,
    const kpi_query *query, kpi_error *error)
{
	kpi__snapshot *snapshot;
	kpi_iterator *it;
	int64_t known_from, as_of;
	kpi_status status;

	if (out == NULL)
		return kpi__fail(error, KPI_EINVAL, "no place for the iterator");
	*out = NULL;
	if (store == NULL)
		return kpi__fail(error, KPI_EINVAL, "no store");
	status = kpi__snapshot_take(&snapshot, store, error);
	if (status != KPI_OK)
		return status;
	it = kpi__new_zeroed(
	    kpi__snapshot_allocator(snapshot), 1, sizeof(*it));
	if (it == NULL) {
		kpi__snapshot_release(snapshot);
		return kpi__fail(
		    error, KPI_ENOMEM, "no memory for an iterator");
	}
	it->allocator = *kpi__snapshot_allocator(snapshot);
	it->snapshot = snapshot;
	it->stream.unit = KPI__INTERACTION;
	it->stream.directions = 15;
	status = kpi__query_copy(&it->all, query, error);
	if (status == KPI_OK)
		status = kpi__snapshot_known(
		    snapshot, &known_from, &as_of, error);
	if (status == KPI_OK)
		status = kpi__selector_init(
		    &it->selector, snapshot, it->all, error);
	if (status == KPI_OK)
		status = kpi__batch_init(
		    &it->batch, snapshot, as_of, VECTORS, error);
	if (status != KPI_OK) {
		kpi_iterator_free(it);
		return status;
	}
	*out = it;
	return KPI_OK;
}

/* The next batch with anything in it; 0 at the end or on failure. */
static int
next_batch(kpi_iterator *it)
{
	const uint32_t parts = kpi__snapshot_parts(it->snapshot);

	for (;;) {
		if (!it->in_part) {
			if (it->part == parts)
				return 0;
			if (kpi__selector_skips(&it->selector, &it->stream,
				kpi__snapshot_part(it->snapshot, it->part))) {
				it->part++;
				continue;
			}
			kpi__batch_part(&it->batch, it->part);
			it->in_part = 1;
		}
		if (kpi__batch_next(&it->batch)) {
			it->keep = kpi__select_units(
			    &it->selector, &it->stream, &it->batch);
			it->at = 0;
			return it->batch.status == KPI_OK;
		}
		if (it->batch.status != KPI_OK)
			return 0;
		it->in_part = 0;
		it->part++;
	}
}

kpi_status
kpi_iterator_next(
    kpi_iterator *it, const kpi_interaction **out, kpi_error *error)
{
	kpi_status status;

	if (out == NULL || it == NULL)
		return kpi__fail(error, KPI_EINVAL,
		    "no iterator, or no place for the interaction");
	*out = NULL;
	kpi_record_free(it->record);
	it->record = NULL;
	for (;;) {
		uint32_t i;

		while (it->at == it->batch.wholes) {
			if (next_batch(it))
				continue;
			if (it->batch.status != KPI_OK && error != NULL)
				(void)kpi__fail(error, it->batch.status, "%s",
				    it->batch.error.text);
			return it->batch.status;
		}
		i = it->at++;
		if (it->keep != NULL && !it->keep[i])
			continue;
		status = kpi__snapshot_record(it->snapshot, it->part,
		    it->batch.first + i, &it->record, error);
		if (status == KPI_OK)
			*out = kpi_record_interaction(it->record);
		return status;
	}
}

void
kpi_iterator_free(kpi_iterator *it)
{
	kpi_allocator a;

	if (it == NULL)
		return;
	a = it->allocator;
	kpi_record_free(it->record);
	kpi__batch_free(&it->batch);
	kpi__selector_free(&it->selector);
	kpi_query_free(it->all);
	kpi__snapshot_release(it->snapshot);
	kpi__release(&a, it, 1, sizeof(*it));
}
