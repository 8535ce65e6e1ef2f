/* SPDX-License-Identifier: MIT */
#include "column.h"

#include "buffer.h"
#include "column_text.h"
#include "error.h"
#include "field.h"
#include "instant.h"

#include <string.h>

/* The number in a row of a column. */
static int64_t
number_at(const kpi_column *column, Py_ssize_t row)
{
	const Py_ssize_t size = column->type == KPI_COLUMN_INT32
	    ? (Py_ssize_t)sizeof(int32_t)
	    : (Py_ssize_t)sizeof(int64_t);
	const Py_ssize_t stride =
	    column->stride == 0 ? size : (Py_ssize_t)column->stride;
	const char *const at = (const char *)column->data + row * stride;
	int32_t narrow;
	int64_t wide;

	if (column->type == KPI_COLUMN_INT32) {
		memcpy(&narrow, at, sizeof(narrow));
		return narrow;
	}
	memcpy(&wide, at, sizeof(wide));
	return wide;
}

/* -1 with kpi.Error if a number of the column is rather of seconds. */
static int
instants_check(
    const struct spot *spot, const kpi_column *column, Py_ssize_t rows)
{
	PyThreadState *const thread = PyEval_SaveThread();
	struct spot wrong = *spot;
	Py_ssize_t row = 0;

	while (row < rows && !instant_is_seconds(number_at(column, row)))
		row++;
	PyEval_RestoreThread(thread);
	wrong.row = row + 1;
	return row == rows ? 0 : instant_refuse(&wrong, number_at(column, row));
}

/* Takes a buffer of numbers: as it is, or widened. */
static int
buffer_read(const struct field *field, const struct spot *spot, PyObject *value,
    int dated, struct column *column, kpi_column *out)
{
	const int rounding =
	    field->kind == FIELD_INSTANT || field->kind == FIELD_DURATION;
	Py_buffer *const buffer = &column->buffer;

	if (buffer_take(spot, value, buffer) != 0)
		return -1;
	column->rows = buffer->shape[0];
	if (buffer_is(buffer, sizeof(int64_t)) ||
	    buffer_is(buffer, sizeof(int32_t))) {
		out->type = buffer->itemsize == (Py_ssize_t)sizeof(int64_t)
		    ? KPI_COLUMN_INT64
		    : KPI_COLUMN_INT32;
		out->data = buffer->buf;
		out->stride = column->rows > 1 ? buffer->strides[0] : 0;
	} else {
		column->numbers = buffer_widen(spot, buffer, rounding);
		out->type = KPI_COLUMN_INT64;
		out->data = column->numbers;
		if (column->numbers == NULL)
			return -1;
	}
	return field->kind == FIELD_INSTANT && !dated
	    ? instants_check(spot, out, column->rows)
	    : 0;
}

static int
numbers_read(const struct field *field, const struct spot *spot,
    PyObject *value, struct column *column, kpi_column *out)
{
	PyObject *const list = PySequence_Tuple(value);
	struct spot at = *spot;
	int failed = 0;
	Py_ssize_t i;

	if (list == NULL)
		return -1;
	column->rows = PyTuple_Size(list);
	column->numbers =
	    PyMem_Calloc((size_t)column->rows + 1, sizeof(*column->numbers));
	if (column->numbers == NULL) {
		PyErr_NoMemory();
		failed = -1;
	}
	for (i = 0; !failed && i < column->rows; i++) {
		at.row = i + 1;
		failed = field_number(
		    &at, field, PyTuple_GetItem(list, i), &column->numbers[i]);
	}
	Py_DECREF(list);
	out->type = KPI_COLUMN_INT64;
	out->data = column->numbers;
	return failed;
}

static int
is_pair(PyObject *value)
{
	return PyTuple_Check(value) && PyTuple_Size(value) == 2 &&
	    PyObject_CheckBuffer(PyTuple_GetItem(value, 0));
}

/* 1 if the value is a text, and so no column, with TypeError. */
static int
is_text(const struct spot *spot, PyObject *value)
{
	if (!PyUnicode_Check(value) && !PyBytes_Check(value) &&
	    !PyByteArray_Check(value))
		return 0;
	value_refuse(spot, "a buffer or a sequence of rows", value);
	return 1;
}

int
column_read(const struct state *state, const struct field *field,
    PyObject *value, int dated, struct column *column, kpi_column *out)
{
	static const kpi_column empty = KPI_COLUMN_INIT;
	const struct spot spot = field_spot(state, field);

	*out = empty;
	out->field = field->number;
	if (is_text(&spot, value))
		return -1;
	if (is_pair(value) &&
	    (field->kind == FIELD_TEXT || field->codes != NULL))
		return pair_read(field, &spot, value, column, out);
	if (field->kind == FIELD_TEXT)
		return texts_read(&spot, value, column, out);
	return PyObject_CheckBuffer(value)
	    ? buffer_read(field, &spot, value, dated, column, out)
	    : numbers_read(field, &spot, value, column, out);
}

void
column_clear(struct column *column)
{
	if (column->buffer.obj != NULL)
		PyBuffer_Release(&column->buffer);
	Py_XDECREF(column->texts);
	Py_XDECREF(column->kept);
	PyMem_Free(column->list);
	PyMem_Free(column->digits);
	PyMem_Free(column->numbers);
	PyMem_Free(column->places);
}
