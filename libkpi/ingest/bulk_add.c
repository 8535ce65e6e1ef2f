/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "ingest/bulk.h"
#include "ingest/record.h"

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
		kpi__record_set_id(in, source, source_size, id, size);
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

static void
release_rows(kpi__bulk *bulk)
{
	const kpi_allocator *a = &bulk->store->allocator;

	kpi__release(a, bulk->start, bulk->rows, sizeof(*bulk->start));
	kpi__release(a, bulk->hash, bulk->rows, sizeof(*bulk->hash));
	kpi__release(a, bulk->state, bulk->rows, sizeof(*bulk->state));
	kpi__release(a, bulk->closed, bulk->rows, sizeof(*bulk->closed));
	bulk->start = NULL;
	bulk->hash = NULL;
	bulk->state = NULL;
	bulk->closed = NULL;
	for (uint32_t c = 0; c < bulk->count; c++)
		kpi__text_codes_free(&bulk->source[c].met, a);
}

static kpi_status
add_each(kpi__bulk *bulk, kpi_error *error)
{
	kpi_status status = kpi__bulk_plan(bulk, error);

	if (status == KPI_OK)
		status = kpi__bulk_seal(bulk, error);
	if (status == KPI_OK)
		status = put_rest(bulk, 0, error);
	if (status == KPI_OK)
		status = put_rest(bulk, 1, error);
	return status;
}

kpi_status
kpi__bulk_add(kpi__bulk *bulk, kpi_error *error)
{
	kpi_status status;

	if (bulk->rows == 0)
		return KPI_OK;
	if (bulk->of[KPI_FIELD_STARTED_AT] == NULL)
		return kpi__fail_at(
		    error, KPI_EINVAL, "started_at", "started_at is required");
	status = bulk->visits ? kpi__bulk_put_visits(bulk, error)
			      : add_each(bulk, error);
	release_rows(bulk);
	return status;
}
