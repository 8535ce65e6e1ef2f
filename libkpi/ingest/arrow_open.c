/* SPDX-License-Identifier: MIT */
#include "ingest/arrow_reading.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/sized.h"
#include "base/suggestion.h"
#include "ingest/text.h"

static kpi_status
read_options(kpi__arrow_reading *in, const kpi_arrow_options *theirs,
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
	return kpi__zone_load(
	    &in->zone, in->options.zone_directory, in->options.zone, a, error);
}

kpi_status
kpi__arrow_failed(const kpi__arrow_reading *in, int code, kpi_error *error)
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
	(void)kpi__fail(error, status,
	    "the stream failed after batch %" PRId64 ": %s", in->batches,
	    clean);
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
	char quote[KPI__QUOTE], suggestion[KPI__SUGGESTION];

	if (name == NULL)
		return kpi__fail(
		    error, KPI_EINVAL, "a column of the stream has no name");
	for (uint32_t f = 0; f < KPI__FIELDS; f++) {
		*out = kpi__field_at(f);
		if (strcmp((*out)->name, name) == 0)
			return KPI_OK;
	}
	return kpi__fail(error, KPI_EINVAL,
	    "there is no field for the column %s; %s",
	    kpi__quote(quote, name, strlen(name)),
	    kpi__suggest(suggestion, name, strlen(name), field_name, NULL,
		KPI__FIELDS));
}

static kpi_status
open_column(kpi__arrow_reading *in, const struct ArrowSchema *schema,
    int64_t child, kpi_error *error)
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
	status = kpi__arrow_column_open(
	    column, field, schema, in->options.zone != NULL, in->zone, error);
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
    kpi__arrow_reading *in, const struct ArrowSchema *schema, kpi_error *error)
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
	in->bulk.source = kpi__new_zeroed(
	    &in->bulk.store->allocator, KPI__FIELDS, sizeof(*in->bulk.source));
	if (in->bulk.source == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for columns");
	for (int64_t i = 0; i < in->children && status == KPI_OK; i++)
		status = open_column(in, schema->children[i], i, error);
	return status;
}

static kpi_status
open_stream(kpi__arrow_reading *in, kpi_error *error)
{
	struct ArrowSchema schema;
	kpi_status status;
	int code;

	memset(&schema, 0, sizeof(schema));
	code = in->stream->get_schema(in->stream, &schema);
	if (code != 0)
		return kpi__arrow_failed(in, code, error);
	status = open_columns(in, &schema, error);
	if (schema.release != NULL)
		schema.release(&schema);
	return status;
}

kpi_status
kpi__arrow_open(
    kpi__arrow_reading *in, const kpi_arrow_options *options, kpi_error *error)
{
	const kpi_status status =
	    read_options(in, options, &in->bulk.store->allocator, error);

	return status == KPI_OK ? open_stream(in, error) : status;
}

void
kpi__arrow_give_back(kpi__arrow_reading *in, uint32_t kept)
{
	const uint32_t count = in->held_count - kept;

	for (uint32_t i = 0; i < count; i++)
		if (in->held[i].array.release != NULL)
			in->held[i].array.release(&in->held[i].array);
	memmove(in->held, in->held + count, kept * sizeof(*in->held));
	in->held_count = kept;
}

void
kpi__arrow_close(kpi__arrow_reading *in)
{
	const kpi_allocator *a = &in->bulk.store->allocator;

	kpi__arrow_give_back(in, 0);
	for (uint32_t c = 0; c < in->bulk.count; c++) {
		kpi__arrow_column_close(&in->column[c], a);
		kpi__column_source_close(&in->bulk.source[c], a);
	}
	kpi__release(a, in->bulk.source, KPI__FIELDS, sizeof(*in->bulk.source));
	kpi__zone_free(in->zone);
}
