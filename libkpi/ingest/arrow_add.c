/* SPDX-License-Identifier: MIT */
#include <kpi/arrow.h>

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/sized.h"
#include "base/utf8.h"
#include "ingest/arrow_column.h"
#include "ingest/bulk.h"
#include "ingest/text.h"
#include "store/chunk.h"

/* Rows that are added at once: what they are read into stays small, and who
 * waits is asked often enough. */
#define MOST_ROWS KPI__CHUNK_INTERACTIONS

struct reading {
	struct ArrowArrayStream *stream;
	kpi_arrow_options options;
	kpi__zone *zone; /* NULL: UTC */
	kpi__bulk bulk;
	kpi__arrow_column column[KPI__FIELDS]; /* of bulk.source */
	uint64_t given; /* bit of the number of each field that is a column */
	int64_t children;
	int64_t batch; /* from 1 */
	int64_t rows;  /* of the batches before */
	struct ArrowArray now, before;
};

static kpi_status
read_options(struct reading *in, const kpi_arrow_options *theirs,
    const kpi_allocator *a, kpi_error *error)
{
	kpi_status status = KPI_OK;

	if (theirs != NULL)
		status = kpi__sized_read(&in->options, sizeof(in->options),
		    theirs, KPI__SIZE_TO(kpi_arrow_options, stop_ctx), NULL);
	if (status != KPI_OK)
		return kpi__fail_at(
		    error, status, "options", "options that we do not know");
	if (in->options.zone == NULL)
		return KPI_OK;
	return kpi__zone_load(&in->zone, in->options.zone_directory,
	    in->options.zone, a, error);
}

static kpi_status
stream_failed(const struct reading *in, int code, kpi_error *error)
{
	struct ArrowArrayStream *stream = in->stream;
	const kpi_status status = code == ENOMEM ? KPI_ENOMEM : KPI_EIO;
	char clean[KPI_TEXT_MAX + 1];
	const char *said = NULL, *end;
	int replaced;

	if (stream->get_last_error != NULL)
		said = stream->get_last_error(stream);
	if (said == NULL)
		said = "it does not say why";
	end = memchr(said, '\0', KPI_TEXT_MAX);
	(void)kpi__text_clean(clean, said,
	    end == NULL ? KPI_TEXT_MAX : (size_t)(end - said), &replaced);
	(void)kpi__fail(error, status, "the stream failed after batch %" PRId64
	    ": %s", in->batch, clean);
	kpi__error_system(error, code);
	return status;
}

static const char *
field_name(const void *ctx, size_t i)
{
	(void)ctx;
	return kpi__field_at((uint32_t)i)->name;
}

static kpi_status
find_field(const kpi__field **out, const char *name, kpi_error *error)
{
	const char *nearest;

	if (name == NULL)
		return kpi__fail(
		    error, KPI_EINVAL, "a column of the stream has no name");
	for (uint32_t f = 0; f < KPI__FIELDS; f++) {
		*out = kpi__field_at(f);
		if (strcmp((*out)->name, name) == 0)
			return KPI_OK;
	}
	if (!kpi__utf8_is_text(name, strlen(name)))
		name = "(not UTF-8)";
	nearest = kpi__nearest(name, field_name, NULL, KPI__FIELDS);
	return kpi__fail_at(error, KPI_EINVAL, name,
	    nearest == NULL ? "there is no field for the column %.100s"
			    : "there is no field for the column %.100s: did "
			      "you mean %s?",
	    name, nearest);
}

static kpi_status
open_column(
    struct reading *in, const struct ArrowSchema *schema, int64_t child,
    kpi_error *error)
{
	kpi__bulk *bulk = &in->bulk;
	kpi__arrow_column *column = &in->column[bulk->count];
	kpi__column_source *source = &bulk->source[bulk->count];
	const kpi__field *field = NULL;
	kpi_status status;

	if (schema == NULL || schema->release == NULL)
		return kpi__fail(error, KPI_EINVAL,
		    "the schema of a column is not there or was released");
	status = find_field(&field, schema->name, error);
	if (status != KPI_OK)
		return status;
	if ((in->given >> field->number & 1) != 0)
		return kpi__fail_at(error, KPI_EINVAL, field->name,
		    "%s has two columns", field->name);
	in->given |= UINT64_C(1) << field->number;
	if (schema->n_children != 0)
		return kpi__fail_at(error, KPI_EINVAL, field->name,
		    "the column %s is nested: expected one of plain values",
		    field->name);
	status = kpi__arrow_column_open(column, field, schema,
	    in->options.zone != NULL, in->zone, error);
	if (status != KPI_OK || column->type.kind == KPI__ARROW_NULL)
		return status;
	column->child = child;
	source->field = field;
	bulk->of[field->number] = source;
	bulk->count++;
	return KPI_OK;
}

static kpi_status
open_columns(
    struct reading *in, const struct ArrowSchema *schema, kpi_error *error)
{
	kpi_status status = KPI_OK;

	if (schema->release == NULL || schema->format == NULL ||
	    strcmp(schema->format, "+s") != 0 || schema->dictionary != NULL)
		return kpi__fail(error, KPI_EINVAL,
		    "the stream is not one of struct arrays, whose children "
		    "are columns");
	if (schema->n_children < 0 ||
	    (schema->n_children > 0 && schema->children == NULL))
		return kpi__fail(error, KPI_EINVAL,
		    "the schema of the stream has no columns where it says "
		    "that it has");
	in->children = schema->n_children;
	in->bulk.source = kpi__new_zeroed(&in->bulk.store->allocator,
	    KPI__FIELDS, sizeof(*in->bulk.source));
	if (in->bulk.source == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for columns");
	for (int64_t i = 0; i < in->children && status == KPI_OK; i++)
		status = open_column(in, schema->children[i], i, error);
	return status;
}

static kpi_status
open_stream(struct reading *in, kpi_error *error)
{
	struct ArrowSchema schema;
	kpi_status status;
	int code;

	memset(&schema, 0, sizeof(schema));
	code = in->stream->get_schema(in->stream, &schema);
	if (code != 0)
		return stream_failed(in, code, error);
	status = open_columns(in, &schema, error);
	if (schema.release != NULL)
		schema.release(&schema);
	return status;
}

/* Says in which batch and row it was, and with `got` which number it is. */
static kpi_status
place_error(const struct reading *in, const kpi_error *ours, int64_t begin,
    int got, kpi_error *error)
{
	const int64_t row = begin + ours->line;
	char value[KPI__INT64_TEXT + sizeof(", got ")] = "";
	char place[2 * KPI__INT64_TEXT] = "";

	if (ours->status != KPI_EINVAL && ours->status != KPI_EEXISTS)
		return kpi__fail_as(error, ours);
	for (uint32_t c = 0; got && ours->line > 0 && c < in->bulk.count; c++) {
		const kpi__column_source *source = &in->bulk.source[c];
		int64_t number;

		if (strcmp(source->field->name, ours->field) != 0 ||
		    source->field->type == KPI__TYPE_TEXT)
			continue;
		number = kpi__column_source_integer(
		    source, (uint32_t)(ours->line - 1));
		if (number != KPI_UNKNOWN)
			(void)snprintf(value, sizeof(value),
			    ", got %" PRId64, number);
	}
	if (ours->line > 0)
		(void)snprintf(place, sizeof(place), ", row %" PRId64, row);
	(void)kpi__fail_at(error, ours->status, ours->field,
	    "batch %" PRId64 "%s: %s%s", in->batch, place, ours->text, value);
	if (ours->line > 0)
		kpi__error_place(error, in->rows + row, 0);
	return ours->status;
}

static kpi_status
ask_to_stop(const struct reading *in, int64_t begin, kpi_error *error)
{
	if (in->options.stop == NULL ||
	    in->options.stop(in->options.stop_ctx, (uint64_t)(in->rows + begin),
		0) == 0)
		return KPI_OK;
	return kpi__fail(error, KPI_ESTOPPED, "stopped on request");
}

static kpi_status
add_rows(struct reading *in, int64_t begin, uint32_t count, kpi_error *error)
{
	kpi__bulk *bulk = &in->bulk;
	kpi_error ours = KPI_ERROR_INIT;
	kpi_status status = KPI_OK;

	for (uint32_t c = 0; c < bulk->count && status == KPI_OK; c++)
		status = kpi__arrow_column_fill(&in->column[c],
		    &bulk->source[c], &bulk->store->allocator, begin, count,
		    &ours);
	if (status != KPI_OK)
		return place_error(in, &ours, begin, 0, error);
	bulk->rows = count;
	status = kpi__bulk_add(bulk, &ours);
	if (status != KPI_OK)
		return place_error(in, &ours, begin, 1, error);
	return KPI_OK;
}

static kpi_status
add_batch(struct reading *in, kpi_error *error)
{
	const struct ArrowArray *batch = &in->now;
	const char *fault = kpi__arrow_batch_fault(batch, in->children);
	kpi_error ours = KPI_ERROR_INIT;
	kpi_status status = KPI_OK;
	int64_t begin = 0;

	if (fault != NULL)
		return kpi__fail(error, KPI_EINVAL, "batch %" PRId64 " %s",
		    in->batch, fault);
	for (uint32_t c = 0; c < in->bulk.count && status == KPI_OK; c++)
		status = kpi__arrow_column_take(&in->column[c],
		    &in->bulk.source[c], &in->bulk.store->allocator, batch,
		    &ours);
	if (status != KPI_OK)
		return place_error(in, &ours, 0, 0, error);
	status = ask_to_stop(in, 0, error);
	while (begin < batch->length && status == KPI_OK) {
		const int64_t left = batch->length - begin;
		const uint32_t count =
		    left < MOST_ROWS ? (uint32_t)left : MOST_ROWS;

		status = add_rows(in, begin, count, error);
		begin += count;
		if (status == KPI_OK)
			status = ask_to_stop(in, begin, error);
	}
	in->rows += batch->length;
	return status;
}

static void
release_batch(struct ArrowArray *batch)
{
	if (batch->release != NULL)
		batch->release(batch);
	memset(batch, 0, sizeof(*batch));
}

/* A batch is given back when the next one is there, so that a dictionary in
 * the same place is known to be the same one. */
static kpi_status
add_batches(struct reading *in, kpi_error *error)
{
	kpi_status status = KPI_OK;

	while (status == KPI_OK) {
		const int code = in->stream->get_next(in->stream, &in->now);

		if (code != 0) {
			memset(&in->now, 0, sizeof(in->now));
			return stream_failed(in, code, error);
		}
		if (in->now.release == NULL)
			return KPI_OK;
		in->batch++;
		status = add_batch(in, error);
		release_batch(&in->before);
		in->before = in->now;
		memset(&in->now, 0, sizeof(in->now));
	}
	return status;
}

static void
close_reading(struct reading *in)
{
	const kpi_allocator *a = &in->bulk.store->allocator;

	release_batch(&in->now);
	release_batch(&in->before);
	for (uint32_t c = 0; c < in->bulk.count; c++) {
		kpi__arrow_column_close(&in->column[c], a);
		kpi__column_source_close(&in->bulk.source[c], a);
	}
	kpi__release(
	    a, in->bulk.source, KPI__FIELDS, sizeof(*in->bulk.source));
	kpi__zone_free(in->zone);
}

static kpi_status
add_stream(kpi_store *store, struct ArrowArrayStream *stream,
    const kpi_arrow_options *options, kpi_error *error)
{
	struct reading in;
	kpi_status status;

	memset(&in, 0, sizeof(in));
	in.stream = stream;
	in.bulk.store = store;
	status = read_options(&in, options, &store->allocator, error);
	if (status == KPI_OK)
		status = open_stream(&in, error);
	if (status == KPI_OK)
		status = kpi__write_begin(store, &in.bulk.draft, error);
	if (status == KPI_OK) {
		status = add_batches(&in, error);
		status = kpi__write_end(store, in.bulk.draft, status, error);
	}
	close_reading(&in);
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
		status = add_stream(store, stream, options, error);
	if (stream->release != NULL)
		stream->release(stream);
	return status;
}
