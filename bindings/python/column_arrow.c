/* SPDX-License-Identifier: MIT */
#include "column_arrow.h"

#include "error.h"

#include <kpi/arrow.h>

#include <string.h>

/* What a stream has given: its schema and its arrays. */
struct arrays {
	struct ArrowSchema schema;
	struct ArrowArray *at;
	size_t count;
	int is_large; /* offsets of 64 bits */
	size_t rows, bytes;
};

static int64_t
offset_at(const struct arrays *all, const struct ArrowArray *array, int64_t row)
{
	const size_t at = (size_t)(array->offset + row);
	const char *const offsets = array->buffers[1];
	int32_t narrow;
	int64_t wide;

	if (all->is_large) {
		memcpy(&wide, offsets + at * sizeof(wide), sizeof(wide));
		return wide;
	}
	memcpy(&narrow, offsets + at * sizeof(narrow), sizeof(narrow));
	return narrow;
}

static int
is_null(const struct ArrowArray *array, int64_t row)
{
	const unsigned char *const known = array->buffers[0];
	const size_t at = (size_t)(array->offset + row);

	return known != NULL && (known[at / 8] >> at % 8 & 1) == 0;
}

/* Counts the array's rows, and their bytes with a NUL each; 0: it is none of
 * texts. */
static int
count_array(struct arrays *all, const struct ArrowArray *array)
{
	int64_t begin, end;

	if (array->length == 0)
		return 1;
	if (array->length < 0 || array->offset < 0 || array->n_buffers != 3 ||
	    array->buffers[1] == NULL)
		return 0;
	begin = offset_at(all, array, 0);
	end = offset_at(all, array, array->length);
	if (begin < 0 || end < begin ||
	    (uint64_t)end > SIZE_MAX / 2 - all->bytes ||
	    (end > begin && array->buffers[2] == NULL) ||
	    (uint64_t)array->length > SIZE_MAX / 16 - all->rows)
		return 0;
	all->rows += (size_t)array->length;
	all->bytes += (size_t)(end - begin) + (size_t)array->length;
	return 1;
}

/* Takes all arrays of the stream; -1 raised. */
static int
take_arrays(const struct spot *spot, struct ArrowArrayStream *stream,
    struct arrays *all)
{
	struct ArrowArray *more;

	for (;;) {
		more =
		    PyMem_Realloc(all->at, (all->count + 1) * sizeof(*all->at));
		if (more == NULL) {
			PyErr_NoMemory();
			return -1;
		}
		all->at = more;
		memset(&more[all->count], 0, sizeof(*more));
		if (stream->get_next(stream, &more[all->count]) != 0)
			return error_value(spot, "cannot be read from Arrow");
		if (more[all->count].release == NULL)
			return 0;
		if (!count_array(all, &more[all->count++]))
			return error_value(
			    spot, "is no column of texts that Arrow knows");
	}
}

/* Puts the text of a row behind those before; NULL: the offsets are wrong, or
 * there is a NUL in it. */
static char *
put_text(const struct arrays *all, const struct ArrowArray *array, int64_t row,
    char *to, const char *end)
{
	const int64_t first = offset_at(all, array, 0);
	const int64_t last = offset_at(all, array, array->length);
	const int64_t begin = offset_at(all, array, row);
	const int64_t until = offset_at(all, array, row + 1);
	size_t size;

	if (begin < first || until < begin || until > last ||
	    until - begin >= end - to)
		return NULL;
	size = (size_t)(until - begin);
	if (size > 0)
		memcpy(to, (const char *)array->buffers[2] + begin, size);
	to[size] = '\0';
	return memchr(to, '\0', size) == NULL ? to + size + 1 : NULL;
}

/* The row that is wrong, or as many as there are. */
static size_t
put_texts(const struct arrays *all, struct column *column)
{
	const char *const end = column->digits + all->bytes;
	char *to = column->digits;
	size_t row = 0;

	for (size_t n = 0; n < all->count; n++) {
		const struct ArrowArray *const array = &all->at[n];

		for (int64_t i = 0; i < array->length; i++, row++) {
			char *next;

			if (is_null(array, i))
				continue;
			next = put_text(all, array, i, to, end);
			if (next == NULL)
				return row;
			column->list[row] = to;
			to = next;
		}
	}
	return row;
}

static int
arrays_read(
    const struct spot *spot, const struct arrays *all, struct column *column)
{
	struct spot wrong = *spot;
	PyThreadState *thread;
	size_t row;

	column->rows = (Py_ssize_t)all->rows;
	column->list = PyMem_Calloc(all->rows + 1, sizeof(*column->list));
	column->digits = PyMem_Malloc(all->bytes + 1);
	if (column->list == NULL || column->digits == NULL) {
		PyErr_NoMemory();
		return -1;
	}
	thread = PyEval_SaveThread();
	row = put_texts(all, column);
	PyEval_RestoreThread(thread);
	wrong.row = (Py_ssize_t)row + 1;
	return row == all->rows
	    ? 0
	    : error_value(&wrong,
		  "contains a null character, or has offsets that "
		  "decrease");
}

static int
stream_read(const struct spot *spot, struct ArrowArrayStream *stream,
    struct arrays *all, struct column *column)
{
	if (stream->get_schema(stream, &all->schema) != 0)
		return error_value(spot, "cannot be read from Arrow");
	all->is_large = strcmp(all->schema.format, "U") == 0;
	if (!all->is_large && strcmp(all->schema.format, "u") != 0) {
		PyErr_Format(PyExc_TypeError,
		    "%U takes texts of Arrow's types utf8 and large_utf8, "
		    "not %s",
		    spot->name, all->schema.format);
		return -1;
	}
	if (take_arrays(spot, stream, all) != 0)
		return -1;
	return arrays_read(spot, all, column);
}

/* Who gave it may run Python, and does not expect an exception then. */
static void
give_back(struct ArrowArrayStream *stream, struct arrays *all)
{
	PyObject *type, *value, *trace;

	PyErr_Fetch(&type, &value, &trace);
	for (size_t n = 0; n < all->count; n++)
		all->at[n].release(&all->at[n]);
	PyMem_Free(all->at);
	if (all->schema.release != NULL)
		all->schema.release(&all->schema);
	stream->release(stream);
	PyErr_Restore(type, value, trace);
}

int
arrow_texts_read(
    const struct spot *spot, PyObject *capsule, struct column *column)
{
	struct ArrowArrayStream *const stream =
	    PyCapsule_GetPointer(capsule, ARROW_STREAM);
	struct arrays all;
	int failed;

	if (stream == NULL)
		return -1;
	if (stream->release == NULL)
		return error_value(spot, "is a stream that was read already");
	memset(&all, 0, sizeof(all));
	failed = stream_read(spot, stream, &all, column);
	give_back(stream, &all);
	return failed;
}
