/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "ingest/bulk.h"
#include "store/read.h"

#define NO_MEMORY "no memory for a chunk"

/* Room to put a chunk together. */
struct bench {
	int64_t values[KPI__CHUNK_INTERACTIONS];
	const char *ids[KPI__CHUNK_INTERACTIONS];
	uint32_t sizes[KPI__CHUNK_INTERACTIONS];
	uint64_t hashes[KPI__CHUNK_INTERACTIONS];
};

static kpi_status
set_ids(const kpi__bulk *bulk, kpi__chunk *chunk, const uint32_t *rows,
    struct bench *bench, kpi_error *error)
{
	kpi_status status = KPI_OK;

	if (bulk->of[KPI_FIELD_ID] == NULL)
		return KPI_OK;
	for (uint32_t i = 0; i < chunk->interactions && status == KPI_OK; i++) {
		size_t size = 0;

		status = kpi__column_source_text(bulk->of[KPI_FIELD_ID],
		    rows[i], &bench->ids[i], &size, error);
		if (size == 0)
			bench->ids[i] = NULL;
		bench->sizes[i] = (uint32_t)size;
		bench->hashes[i] = bulk->hash[rows[i]];
	}
	if (status != KPI_OK)
		return status;
	status =
	    kpi__chunk_set_ids(chunk, bench->ids, bench->sizes, bench->hashes);
	if (status != KPI_OK)
		return kpi__fail(error, status, NO_MEMORY);
	return KPI_OK;
}

static kpi_status
set_columns(kpi__bulk *bulk, kpi__chunk *chunk, const uint32_t *rows,
    struct bench *bench, kpi_error *error)
{
	kpi_status status = KPI_OK;

	for (uint32_t c = 0; c < bulk->count && status == KPI_OK; c++) {
		kpi__column_source *source = &bulk->source[c];

		if (source->field->number == KPI_FIELD_ID)
			continue;
		status = kpi__column_source_fill(source, bulk->store, rows,
		    chunk->interactions, bench->values, error);
		if (status != KPI_OK)
			return status;
		status = kpi__chunk_set(chunk, source->field, bench->values);
		if (status != KPI_OK)
			status = kpi__fail(error, status, NO_MEMORY);
	}
	return status;
}

static kpi_status
seal_one(kpi__bulk *bulk, const uint32_t *rows, uint32_t count,
    struct bench *bench, kpi_error *error)
{
	kpi_store *store = bulk->store;
	kpi__chunk *chunk = kpi__chunk_new(
	    &store->allocator, ++store->chunks, count, count, NULL);
	kpi_status status;

	if (chunk == NULL)
		return kpi__fail(error, KPI_ENOMEM, NO_MEMORY);
	status = set_columns(bulk, chunk, rows, bench, error);
	if (status == KPI_OK)
		status = set_ids(bulk, chunk, rows, bench, error);
	if (status == KPI_OK)
		status = kpi__chunk_know(store, chunk, error);
	if (status == KPI_OK)
		status = kpi__draft_seal(bulk->draft, chunk, error);
	if (status != KPI_OK)
		kpi__chunk_release(chunk);
	return status;
}

kpi_status
kpi__bulk_seal(kpi__bulk *bulk, kpi_error *error)
{
	const kpi_allocator *a = &bulk->store->allocator;
	kpi_status status = KPI_OK;
	struct bench *bench;
	/* Fewer rows wait in the tail for more to come. */
	const uint32_t most = bulk->store->chunk_size, least = (most + 1) / 2;
	uint32_t done = 0;

	if (bulk->closed_count < least)
		return KPI_OK;
	bench = kpi__new_array(a, 1, sizeof(*bench));
	if (bench == NULL)
		return kpi__fail(error, KPI_ENOMEM, NO_MEMORY);
	while (bulk->closed_count - done >= least && status == KPI_OK) {
		uint32_t n = bulk->closed_count - done;

		if (n > most)
			n = most;
		status = seal_one(bulk, bulk->closed + done, n, bench, error);
		for (uint32_t i = 0; i < n; i++)
			bulk->state[bulk->closed[done + i]] = KPI__BULK_SEALED;
		done += n;
	}
	kpi__release(a, bench, 1, sizeof(*bench));
	return status;
}
