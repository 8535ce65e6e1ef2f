/* SPDX-License-Identifier: MIT */
#include <kpi/store.h>

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "ingest/bulk.h"

#define MOST_ROWS (UINT32_MAX / 4)

static kpi_status
open_sources(kpi__bulk *bulk, const kpi_column *columns, kpi__codes *codes,
    uint64_t count, kpi_error *error)
{
	kpi_status status = KPI_OK;
	uint64_t stride = 0;

	if (count == 0)
		return KPI_OK;
	bulk->source = kpi__new_zeroed(
	    &bulk->store->allocator, (size_t)count, sizeof(*bulk->source));
	if (bulk->source == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for columns");
	bulk->count = (uint32_t)count;
	memcpy(&stride, columns, sizeof(stride));
	for (uint32_t c = 0; c < bulk->count; c++) {
		kpi__column_source *source = &bulk->source[c];
		const void *theirs = (const char *)columns + c * (size_t)stride;

		status = kpi__column_source_open(source, bulk->store, theirs,
		    codes == NULL ? NULL : &codes[c], bulk->rows, error);
		if (status != KPI_OK)
			return status;
		if (bulk->of[source->field->number] != NULL)
			return kpi__fail_at(error, KPI_EINVAL,
			    source->field->name, "%s has two columns",
			    source->field->name);
		bulk->of[source->field->number] = source;
	}
	return status;
}

static void
close_bulk(kpi__bulk *bulk)
{
	const kpi_allocator *a = &bulk->store->allocator;

	for (uint32_t c = 0; c < bulk->count; c++)
		kpi__column_source_close(&bulk->source[c], a);
	kpi__release(a, bulk->source, bulk->count, sizeof(*bulk->source));
}

static kpi_status
add(kpi__bulk *bulk, const kpi_column *columns, kpi__codes *codes,
    uint64_t count, kpi_error *error)
{
	const kpi_status status =
	    open_sources(bulk, columns, codes, count, error);

	return status == KPI_OK ? kpi__bulk_add(bulk, error) : status;
}

kpi_status
kpi__columns_add(kpi_store *store, uint64_t rows, const kpi_column *columns,
    kpi__codes *codes, uint64_t column_count, int visits, uint8_t *fate,
    kpi_error *error)
{
	kpi__bulk bulk;
	kpi_status status;

	memset(&bulk, 0, sizeof(bulk));
	status = kpi__write_begin(store, &bulk.draft, error);
	if (status != KPI_OK)
		return status;
	bulk.store = store;
	bulk.rows = (uint32_t)rows;
	bulk.visits = visits;
	bulk.fate = fate;
	bulk.before = store->present;
	if (rows > MOST_ROWS)
		status = kpi__fail(error, KPI_EINVAL,
		    "more rows than one call takes (%lu)",
		    (unsigned long)MOST_ROWS);
	else if (column_count > KPI__FIELDS ||
	    (columns == NULL && column_count > 0))
		status = kpi__fail(error, KPI_EINVAL,
		    "more columns than there are fields, or none given");
	else
		status = add(&bulk, columns, codes, column_count, error);
	close_bulk(&bulk);
	return kpi__write_end(store, bulk.draft, status, error);
}

kpi_status
kpi_store_add_columns(kpi_store *store, uint64_t rows,
    const kpi_column *columns, uint64_t column_count, kpi_error *error)
{
	return kpi__columns_add(
	    store, rows, columns, NULL, column_count, 0, NULL, error);
}
