/* SPDX-License-Identifier: MIT */
#include <string.h>

#include <kpi/store.h>

#include "base/error.h"
#include "base/memory.h"
#include "query/pass.h"
#include "query/select.h"

#define VECTORS 512

struct kpi_iterator {
	kpi_allocator allocator;
	kpi__snapshot *snapshot;
	kpi_query *all; /* where the caller gave none */
	kpi__selector selector;
	kpi__stream stream;
	kpi__pass pass;
	uint32_t at;
	const uint8_t *keep;
	kpi_record *record;
};

static int
skips_part(const void *ctx, const kpi__part *part)
{
	const kpi_iterator *it = ctx;

	return kpi__selector_skips(&it->selector, &it->stream, part);
}

kpi_status
kpi_store_iterate(kpi_iterator **out, kpi_store *store,
    const kpi_query *query, kpi_error *error)
{
	kpi__snapshot *snapshot;
	kpi_iterator *it;
	int64_t known_from, as_of = KPI_UNKNOWN;
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
	if (status == KPI_OK) {
		kpi__pass_begin(&it->pass, snapshot, it->all, as_of, VECTORS);
		it->pass.skips = skips_part;
		it->pass.ctx = it;
		status = it->pass.batch.status;
		if (status != KPI_OK)
			(void)kpi__fail_as(error, &it->pass.batch.error);
	}
	if (status != KPI_OK) {
		kpi_iterator_free(it);
		return status;
	}
	*out = it;
	return KPI_OK;
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
		const kpi__batch *b = &it->pass.batch;
		uint32_t i;

		while (b->status != KPI_OK || it->at == b->wholes) {
			if (kpi__pass_next(&it->pass) == NULL)
				return b->status == KPI_OK
				    ? KPI_OK
				    : kpi__fail_as(error, &b->error);
			it->keep = kpi__select_units(
			    &it->selector, &it->stream, &it->pass.batch);
			it->at = 0;
		}
		i = it->at++;
		if (it->keep != NULL && !it->keep[i])
			continue;
		status = kpi__snapshot_record(
		    it->snapshot, b->number, b->first + i, &it->record, error);
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
	kpi__batch_free(&it->pass.batch);
	kpi__selector_free(&it->selector);
	kpi_query_free(it->all);
	kpi__snapshot_release(it->snapshot);
	kpi__release(&a, it, 1, sizeof(*it));
}
