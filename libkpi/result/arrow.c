/* SPDX-License-Identifier: MIT */
#include <kpi/arrow.h>

#include <errno.h>
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "result/arrow_column.h"

#define FORMAT_SIZE 264 /* of "tsm:" and a zone */

/* The private data of the stream. */
struct stream {
	kpi_allocator allocator;
	kpi__arrow_made column[KPI__ARROW_MADE];
	uint32_t count;
	int whole;
	char instant[FORMAT_SIZE]; /* the format of instants */
	struct ArrowArray batch;   /* released: it was taken */
	const char *failure;
};

static const char *
format_of(const struct stream *s, const kpi__arrow_made *column)
{
	switch (column->value) {
	case KPI__ARROW_GROUP:
		return "u";
	case KPI__ARROW_INSTANT:
		return s->instant;
	case KPI__ARROW_COUNT:
		return s->whole ? "l" : "g";
	case KPI__ARROW_REAL:
	case KPI__ARROW_TARGET:
		return "g";
	default:
		return "i";
	}
}

/* What may be null: a group, a value, a bound, a verdict. */
static int
is_nullable(const kpi__arrow_made *column)
{
	return column->value == KPI__ARROW_GROUP ||
	    column->value == KPI__ARROW_REAL ||
	    column->value == KPI__ARROW_TARGET ||
	    column->value == KPI__ARROW_VERDICT;
}

static int
get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
	struct stream *s = stream->private_data;
	kpi_status status =
	    kpi__arrow_schema_new(out, &s->allocator, "+s", "", 0, 0, s->count);

	s->failure = NULL;
	for (uint32_t c = 0; c < s->count && status == KPI_OK; c++)
		status = kpi__arrow_schema_new(out->children[c], &s->allocator,
		    format_of(s, &s->column[c]), s->column[c].name,
		    is_nullable(&s->column[c]),
		    kpi__arrow_is_word(&s->column[c]), 0);
	if (status == KPI_OK)
		return 0;
	if (out->release != NULL)
		out->release(out);
	s->failure = "no memory for a schema";
	return ENOMEM;
}

static int
get_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
	struct stream *s = stream->private_data;

	s->failure = NULL;
	*out = s->batch;
	memset(&s->batch, 0, sizeof(s->batch));
	return 0;
}

static const char *
get_last_error(struct ArrowArrayStream *stream)
{
	return ((struct stream *)stream->private_data)->failure;
}

static void
release(struct ArrowArrayStream *stream)
{
	struct stream *s = stream->private_data;
	const kpi_allocator a = s->allocator;

	if (s->batch.release != NULL)
		s->batch.release(&s->batch);
	kpi__release(&a, s, 1, sizeof(*s));
	stream->release = NULL;
}

kpi_status
kpi_result_arrow(
    const kpi_result *r, struct ArrowArrayStream *out, kpi_error *error)
{
	struct stream *s;
	kpi_status status;

	if (out == NULL)
		return kpi__fail(error, KPI_EINVAL, "no place for a stream");
	memset(out, 0, sizeof(*out));
	if (r == NULL)
		return kpi__fail(error, KPI_EINVAL, "there is no result");
	s = kpi__new_zeroed(&r->allocator, 1, sizeof(*s));
	if (s == NULL)
		return kpi__fail(error, KPI_ENOMEM, "no memory for a stream");
	s->allocator = r->allocator;
	s->count = kpi__arrow_columns(r, s->column);
	s->whole = kpi__arrow_is_whole(r);
	memcpy(s->instant, "tsm:", sizeof("tsm:"));
	strncat(s->instant, r->zone, FORMAT_SIZE - sizeof("tsm:"));
	status = kpi__arrow_batch(&s->batch, r, s->column, s->count, error);
	if (status != KPI_OK) {
		kpi__release(&r->allocator, s, 1, sizeof(*s));
		return status;
	}
	out->get_schema = get_schema;
	out->get_next = get_next;
	out->get_last_error = get_last_error;
	out->release = release;
	out->private_data = s;
	return KPI_OK;
}
