/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/stop.h"
#include "ingest/arrow_reading.h"

/* The number in the row at fault, which the error does not say. */
static int64_t
number_at_fault(const kpi__arrow_reading *in, const kpi_error *ours)
{
	for (uint32_t c = 0; c < in->bulk.count; c++) {
		const kpi__column_source *source = &in->bulk.source[c];

		if (strcmp(source->field->name, ours->field) == 0 &&
		    source->field->type != KPI__TYPE_TEXT)
			return kpi__column_source_integer(
			    source, (uint32_t)(ours->line - 1));
	}
	return KPI_UNKNOWN;
}

/* Says in which batch and row it was, and which number it is if `got`. */
static kpi_status
place_error(const kpi__arrow_reading *in, const kpi_error *ours, int got,
    kpi_error *error)
{
	const kpi__arrow_held *held = &in->held[in->held_count - 1];
	char value[KPI__INT64_TEXT + sizeof(", got ")] = "";
	char place[KPI__INT64_TEXT + sizeof(", row ")] = "";

	if (ours->status != KPI_EINVAL && ours->status != KPI_EEXISTS)
		return kpi__fail_as(error, ours);
	if (ours->line > 0) {
		const int64_t number =
		    got ? number_at_fault(in, ours) : KPI_UNKNOWN;

		while (held > in->held && held->begin >= ours->line)
			held--;
		(void)snprintf(place, sizeof(place), ", row %" PRId64,
		    held->added + ours->line - held->begin);
		if (number != KPI_UNKNOWN)
			(void)snprintf(
			    value, sizeof(value), ", got %" PRId64, number);
	}
	(void)kpi__fail_at(error, ours->status, ours->field,
	    "batch %" PRId64 "%s: %s%s", held->number, place, ours->text,
	    value);
	if (ours->line > 0)
		kpi__error_place(error, in->added + ours->line, 0);
	return ours->status;
}

/* Adds what was read, of which the batch that is read may have more. */
static kpi_status
add_rows(kpi__arrow_reading *in, kpi_error *error)
{
	const uint32_t rows = in->bulk.rows;
	kpi_error ours = KPI_ERROR_INIT;
	kpi__arrow_held *last;

	if (kpi__bulk_add(&in->bulk, &ours) != KPI_OK)
		return place_error(in, &ours, 1, error);
	if (in->held_count > 0) {
		kpi__arrow_give_back(in, 1);
		last = &in->held[0];
		last->added += rows - last->begin;
		last->begin = 0;
	}
	in->added += rows;
	in->bulk.rows = 0;
	return KPI_OK;
}

static kpi_status
read_rows(
    kpi__arrow_reading *in, int64_t begin, uint32_t count, kpi_error *error)
{
	kpi__bulk *bulk = &in->bulk;
	kpi_error ours = KPI_ERROR_INIT;
	kpi_status status = KPI_OK;

	for (uint32_t c = 0; c < bulk->count && status == KPI_OK; c++)
		status = kpi__arrow_column_fill(&in->column[c],
		    &bulk->source[c], &bulk->store->allocator, begin, count,
		    bulk->rows, &ours);
	if (status != KPI_OK)
		return place_error(in, &ours, 0, error);
	bulk->rows += count;
	return KPI_OK;
}

/* Rows that were read with another dictionary are added first. */
static kpi_status
open_batch(
    kpi__arrow_reading *in, const struct ArrowArray *batch, kpi_error *error)
{
	kpi__bulk *bulk = &in->bulk;
	kpi_error ours = KPI_ERROR_INIT;
	kpi_status status = KPI_OK;
	uint64_t differ = 0;

	for (uint32_t c = 0; c < bulk->count && status == KPI_OK; c++) {
		status = kpi__arrow_column_take(&in->column[c], batch, &ours);
		if (status == KPI_OK && kpi__arrow_words_differ(&in->column[c]))
			differ |= UINT64_C(1) << c;
	}
	if (status == KPI_OK && differ != 0 && bulk->rows > 0) {
		status = add_rows(in, error);
		if (status != KPI_OK)
			return status;
	}
	for (uint32_t c = 0; c < bulk->count && status == KPI_OK; c++)
		if ((differ >> c & 1) != 0)
			status = kpi__arrow_words_learn(&in->column[c],
			    &bulk->source[c], &bulk->store->allocator, &ours);
	if (status != KPI_OK)
		return place_error(in, &ours, 0, error);
	return KPI_OK;
}

static kpi_status
read_batch(
    kpi__arrow_reading *in, const struct ArrowArray *batch, kpi_error *error)
{
	const char *fault = kpi__arrow_batch_fault(batch, in->children);
	const int64_t length = batch->length;
	kpi_status status = KPI_OK;
	int64_t begin = 0;

	if (fault != NULL)
		return kpi__fail(error, KPI_EINVAL, "batch %" PRId64 " %s",
		    in->batches, fault);
	status = open_batch(in, batch, error);
	while (begin < length && status == KPI_OK) {
		const int64_t left = length - begin;
		const uint32_t room = KPI__ARROW_ROWS - in->bulk.rows;
		const uint32_t count = left < room ? (uint32_t)left : room;

		status = read_rows(in, begin, count, error);
		begin += count;
		if (status == KPI_OK && in->bulk.rows == KPI__ARROW_ROWS)
			status = add_rows(in, error);
		if (status == KPI_OK)
			status = kpi__stopped(in->options.stop,
			    in->options.stop_ctx,
			    (uint64_t)in->added + in->bulk.rows, 0, error);
	}
	return status;
}

/* Batches are given back when their rows are added and the next one is there,
 * so that a dictionary in the same place is known to be the same one. */
static kpi_status
read_batches(kpi__arrow_reading *in, kpi_error *error)
{
	kpi_status status = KPI_OK;

	while (status == KPI_OK) {
		kpi__arrow_held *held = &in->held[in->held_count];
		int code;

		memset(held, 0, sizeof(*held));
		code = in->stream->get_next(in->stream, &held->array);
		if (code != 0)
			return kpi__arrow_failed(in, code, error);
		if (held->array.release == NULL)
			return add_rows(in, error);
		held->number = ++in->batches;
		held->begin = in->bulk.rows;
		in->held_count++;
		status = read_batch(in, &held->array, error);
		if (status == KPI_OK && in->held_count == KPI__ARROW_BATCHES)
			status = add_rows(in, error);
	}
	return status;
}

static kpi_status
add_stream(kpi__arrow_reading *in, kpi_store *store,
    const kpi_arrow_options *options, kpi_error *error)
{
	kpi_status status = kpi__arrow_open(in, options, error);

	if (status == KPI_OK)
		status = kpi__write_begin(store, &in->bulk.draft, error);
	if (status != KPI_OK)
		return status;
	status = read_batches(in, error);
	return kpi__write_end(store, in->bulk.draft, status, error);
}

static kpi_status
add(kpi_store *store, struct ArrowArrayStream *stream,
    const kpi_arrow_options *options, kpi_error *error)
{
	const kpi_allocator *a = &store->allocator;
	kpi__arrow_reading *in = kpi__new_zeroed(a, 1, sizeof(*in));
	kpi_status status;

	if (in == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for a stream");
	in->stream = stream;
	in->bulk.store = store;
	status = add_stream(in, store, options, error);
	kpi__arrow_close(in);
	kpi__release(a, in, 1, sizeof(*in));
	return status;
}

kpi_status
kpi_store_add_arrow(kpi_store *store, struct ArrowArrayStream *stream,
    const kpi_arrow_options *options, kpi_error *error)
{
	kpi_status status;

	if (stream == NULL || stream->release == NULL)
		return kpi__fail(error, KPI_EINVAL,
		    "there is no stream, or it was released already");
	if (store == NULL)
		status = kpi__fail(error, KPI_EINVAL, "there is no store");
	else if (stream->get_schema == NULL || stream->get_next == NULL)
		status = kpi__fail(error, KPI_EINVAL,
		    "the stream has no functions to read it by");
	else
		status = add(store, stream, options, error);
	if (stream->release != NULL)
		stream->release(stream);
	return status;
}
