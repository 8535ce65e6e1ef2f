/* SPDX-License-Identifier: MIT */
#include <kpi/store.h>

#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "ingest/bulk.h"
#include "ingest/record.h"

#define MOST_ROWS (UINT32_MAX / 4)

static kpi_status
open_sources(kpi__bulk *bulk, const kpi_column *columns, uint64_t count,
    kpi_error *error)
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

		status = kpi__column_source_open(
		    source, &bulk->store->allocator, theirs, bulk->rows, error);
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
	kpi__release(a, bulk->start, bulk->rows, sizeof(*bulk->start));
	kpi__release(a, bulk->hash, bulk->rows, sizeof(*bulk->hash));
	kpi__release(a, bulk->state, bulk->rows, sizeof(*bulk->state));
	kpi__release(a, bulk->closed, bulk->rows, sizeof(*bulk->closed));
}

kpi_status
kpi__bulk_read(kpi__bulk *bulk, uint32_t row, kpi__input *in, kpi_error *error)
{
	const char *id, *source;
	size_t size, source_size;
	kpi_status status = KPI_OK;

	for (uint32_t c = 0; c < bulk->count && status == KPI_OK; c++) {
		kpi__column_source *column = &bulk->source[c];
		const int32_t number = column->field->number;
		int64_t *value = column->field->of_visit
		    ? &in->row[0].value[number - KPI_FIELD_ENTERED_AT]
		    : &in->value[number - 1];

		if (number != KPI_FIELD_ID)
			status = kpi__column_source_fill(
			    column, bulk->store, &row, 1, value, error);
	}
	in->id = NULL;
	if (status != KPI_OK || bulk->of[KPI_FIELD_ID] == NULL)
		return status;
	status =
	    kpi__bulk_id(bulk, row, &id, &size, &source, &source_size, error);
	if (status == KPI_OK)
		kpi__record_set_id(in, source, id, size);
	return status;
}

int
kpi__bulk_visit_is_known(const kpi__row *row)
{
	for (uint32_t f = 0; f < KPI__VISIT_FIELDS; f++)
		if (kpi__field_is_known(
			kpi__field_at(KPI__WHOLE_FIELDS + f), row->value[f]))
			return 1;
	return 0;
}

/* Rows that stay in the tail; then, in order, those that update others. */
static kpi_status
put_rest(kpi__bulk *bulk, int repeats, kpi_error *error)
{
	kpi_status status = KPI_OK;
	kpi__input in;

	kpi__input_init(&in, &bulk->store->allocator);
	if (kpi__input_set_rows(&in, 1) != KPI_OK)
		return kpi__fail(error, KPI_ENOMEM, "no memory for a row");
	for (uint32_t r = 0; r < bulk->rows && status == KPI_OK; r++) {
		if (bulk->state[r] == KPI__BULK_SEALED ||
		    bulk->state[r] == KPI__BULK_REFUSED ||
		    (bulk->state[r] == KPI__BULK_REPEAT) != repeats)
			continue;
		in.rows = 1;
		status = kpi__bulk_read(bulk, r, &in, error);
		if (status == KPI_OK && !repeats)
			status = kpi__draft_append(bulk->draft, &in, error);
		else if (status == KPI_OK) {
			in.rows = kpi__bulk_visit_is_known(&in.row[0]) ? 1 : 0;
			status = kpi__record_put(
			    bulk->draft, &in, KPI_IF_EXISTS_UPDATE, error);
		}
		if (status == KPI_EINVAL &&
		    kpi__bulk_refuse(bulk, r, KPI__ROW_NO_FIT))
			status = KPI_OK;
		if (status != KPI_OK)
			kpi__error_place(error, (int64_t)r + 1, 0);
	}
	kpi__input_free(&in);
	return status;
}

static kpi_status
add(kpi__bulk *bulk, const kpi_column *columns, uint64_t count, int visits,
    kpi_error *error)
{
	kpi_status status = open_sources(bulk, columns, count, error);

	if (status != KPI_OK || bulk->rows == 0)
		return status;
	if (bulk->of[KPI_FIELD_STARTED_AT] == NULL)
		return kpi__fail_at(
		    error, KPI_EINVAL, "started_at", "started_at is required");
	if (visits)
		return kpi__bulk_put_visits(bulk, error);
	status = kpi__bulk_plan(bulk, error);
	if (status == KPI_OK)
		status = kpi__bulk_seal(bulk, error);
	if (status == KPI_OK)
		status = put_rest(bulk, 0, error);
	if (status == KPI_OK)
		status = put_rest(bulk, 1, error);
	return status;
}

kpi_status
kpi__columns_add(kpi_store *store, uint64_t rows, const kpi_column *columns,
    uint64_t column_count, int visits, uint8_t *fate, kpi_error *error)
{
	kpi__bulk bulk;
	kpi_status status;

	memset(&bulk, 0, sizeof(bulk));
	status = kpi__write_begin(store, &bulk.draft, error);
	if (status != KPI_OK)
		return status;
	bulk.store = store;
	bulk.rows = (uint32_t)rows;
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
		status = add(&bulk, columns, column_count, visits, error);
	close_bulk(&bulk);
	return kpi__write_end(store, bulk.draft, status, error);
}

kpi_status
kpi_store_add_columns(kpi_store *store, uint64_t rows,
    const kpi_column *columns, uint64_t column_count, kpi_error *error)
{
	return kpi__columns_add(
	    store, rows, columns, column_count, 0, NULL, error);
}
