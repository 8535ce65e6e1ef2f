/* SPDX-License-Identifier: MIT */
#include "ingest/arrow_part.h"

/* The place of an element's last byte fits a size_t and an int64_t. */
#define MOST_PLACES (INT64_C(1) << (sizeof(size_t) > 4 ? 58 : 26))

static const char *
shape_fault(const struct ArrowArray *array, int64_t skip, int64_t count)
{
	if (array == NULL)
		return "is not there";
	if (array->release == NULL)
		return "was released already";
	if (array->length < 0 || array->offset < 0)
		return "has a length or offset below 0";
	if (array->length > MOST_PLACES || array->offset > MOST_PLACES)
		return "has a length or offset that no memory has room for";
	if (skip > array->length || count > array->length - skip)
		return "is shorter than its batch";
	if (array->null_count < -1 || array->null_count > array->length)
		return "has a count of nulls that cannot be";
	return NULL;
}

static const char *
buffers_fault(const kpi__arrow_type *type, const struct ArrowArray *array)
{
	const int view = type->kind == KPI__ARROW_UTF8_VIEW;

	if (view ? array->n_buffers < type->buffers ||
		    array->n_buffers > INT32_MAX
		 : array->n_buffers != type->buffers)
		return "has another number of buffers than its type";
	if (array->n_buffers > 0 && array->buffers == NULL)
		return "has no buffers";
	if (array->length == 0 || array->n_buffers == 0)
		return NULL;
	if (array->buffers[1] == NULL)
		return "has no buffer of values";
	if (array->null_count > 0 && array->buffers[0] == NULL)
		return "has nulls, but no bitmap that says which";
	if (view && array->n_buffers > type->buffers &&
	    array->buffers[array->n_buffers - 1] == NULL)
		return "has no buffer of sizes";
	return NULL;
}

/* Rows of which it is said that they are not there. */
static const char *
rows_fault(const struct ArrowArray *batch)
{
	kpi__arrow_part part = { .array = batch, .first = batch->offset };

	if (batch->null_count > 0)
		return "has rows that are null";
	if (batch->null_count == 0 || batch->n_buffers < 1 ||
	    batch->buffers == NULL)
		return NULL;
	part.valid = batch->buffers[0];
	for (int64_t i = 0; i < batch->length; i++)
		if (kpi__arrow_part_is_null(&part, i))
			return "has rows that are null";
	return NULL;
}

const char *
kpi__arrow_batch_fault(const struct ArrowArray *batch, int64_t columns)
{
	const char *fault = shape_fault(batch, 0, batch->length);

	if (fault != NULL)
		return fault;
	if (batch->n_children != columns)
		return "has another number of columns than the stream";
	if (columns > 0 && batch->children == NULL)
		return "has no columns";
	if (batch->dictionary != NULL)
		return "has a dictionary, which no struct has";
	return rows_fault(batch);
}

const char *
kpi__arrow_part_open(kpi__arrow_part *part, const kpi__arrow_type *type,
    const struct ArrowArray *array, int64_t skip, int64_t count, int coded)
{
	const char *fault = shape_fault(array, skip, count);

	if (fault == NULL && array->n_children != 0)
		fault = "has children that its type has not";
	if (fault == NULL && (array->dictionary != NULL) != coded)
		fault = coded ? "has no dictionary, which its type has"
			      : "has a dictionary that its type has not";
	if (fault == NULL)
		fault = buffers_fault(type, array);
	if (fault != NULL)
		return fault;
	part->type = *type;
	part->array = array;
	part->first = array->offset + skip;
	part->count = count;
	part->valid = array->null_count == 0 || array->n_buffers == 0
	    ? NULL
	    : array->buffers[0];
	return NULL;
}

int
kpi__arrow_part_is_null(const kpi__arrow_part *part, int64_t at)
{
	const int64_t place = part->first + at;

	return part->valid != NULL &&
	    (part->valid[place >> 3] >> (place & 7) & 1) == 0;
}
