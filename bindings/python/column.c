/* SPDX-License-Identifier: MIT */
#include "column.h"

#include "field.h"

#include <string.h>

/* KPI_COLUMN_INT64 or _INT32 for a format of the struct module; 0: neither. */
static int32_t
type_of(const Py_buffer *buffer)
{
	const uint16_t one = 1;
	const int little = *(const unsigned char *)&one == 1;
	const char *format = buffer->format;

	if (*format == '@' || *format == '=' || *format == (little ? '<' : '>'))
		format++;
	if (*format == '\0' || format[1] != '\0' ||
	    strchr("ilqn", *format) == NULL)
		return 0;
	if (buffer->itemsize == (Py_ssize_t)sizeof(int64_t))
		return KPI_COLUMN_INT64;
	return buffer->itemsize == (Py_ssize_t)sizeof(int32_t)
	    ? KPI_COLUMN_INT32
	    : 0;
}

/* 0 if the elements can be read where they are; else -1 raised. */
static int
fit(const struct field *field, const Py_buffer *buffer)
{
	const size_t size = (size_t)buffer->itemsize;
	const Py_ssize_t stride = buffer->strides[0];

	if (buffer->shape[0] > 1 &&
	    (stride == 0 ||
		((uintptr_t)stride | (uintptr_t)buffer->buf) % size != 0)) {
		PyErr_Format(PyExc_ValueError,
		    "%U repeats one element or is not aligned: give a copy",
		    field->name);
		return -1;
	}
	return 0;
}

/* Takes a buffer of integers as it is. */
static int
buffer_read(const struct field *field, PyObject *value, struct column *column,
    kpi_column *out)
{
	Py_buffer *const buffer = &column->buffer;

	if (PyObject_GetBuffer(value, buffer, PyBUF_STRIDES | PyBUF_FORMAT) !=
	    0)
		return -1;
	if (buffer->ndim != 1 || (out->type = type_of(buffer)) == 0) {
		PyErr_Format(PyExc_TypeError,
		    "%U must be a buffer of one dimension of int64 or int32, "
		    "not of %d of '%s'",
		    field->name, buffer->ndim, buffer->format);
		return -1;
	}
	if (fit(field, buffer) != 0)
		return -1;
	out->data = buffer->buf;
	out->stride = buffer->shape[0] > 1 ? buffer->strides[0] : 0;
	column->rows = buffer->shape[0];
	return 0;
}

/* The bytes of a sequence of texts, in column->list; -1: raised. */
static Py_ssize_t
texts_read(const struct field *field, PyObject *value, struct column *column)
{
	Py_ssize_t count, i;

	if ((column->texts = PySequence_Tuple(value)) == NULL)
		return -1;
	count = PyTuple_Size(column->texts);
	column->list = PyMem_Calloc((size_t)count + 1, sizeof(*column->list));
	if (column->list == NULL) {
		PyErr_NoMemory();
		return -1;
	}
	for (i = 0; i < count; i++)
		if (text_read(field->name, PyTuple_GetItem(column->texts, i),
			&column->list[i]) != 0)
			return -1;
	return count;
}

/* A pair of places and texts. */
static int
pair_read(const struct field *field, PyObject *pair, struct column *column,
    kpi_column *out)
{
	Py_ssize_t count;

	if (buffer_read(field, PyTuple_GetItem(pair, 0), column, out) != 0)
		return -1;
	if (out->type != KPI_COLUMN_INT32) {
		PyErr_Format(PyExc_TypeError,
		    "%U: the places of a pair must be a buffer of int32",
		    field->name);
		return -1;
	}
	if ((count = texts_read(field, PyTuple_GetItem(pair, 1), column)) < 0)
		return -1;
	out->type = KPI_COLUMN_DICTIONARY;
	out->dictionary = column->list;
	out->dictionary_count = (uint64_t)count;
	return 0;
}

static int
numbers_read(const struct state *state, const struct field *field,
    PyObject *value, struct column *column, kpi_column *out)
{
	PyObject *const list = PySequence_Tuple(value);
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
	for (i = 0; !failed && i < column->rows; i++)
		failed = field_number(state, field, PyTuple_GetItem(list, i),
		    &column->numbers[i]);
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

int
column_read(const struct state *state, const struct field *field,
    PyObject *value, struct column *column, kpi_column *out)
{
	static const kpi_column empty = KPI_COLUMN_INIT;

	*out = empty;
	out->field = field->number;
	if (PyUnicode_Check(value)) {
		PyErr_Format(PyExc_TypeError,
		    "%U must be a buffer or a sequence of rows, not a str",
		    field->name);
		return -1;
	}
	if (field->kind != FIELD_TEXT)
		return PyObject_CheckBuffer(value)
		    ? buffer_read(field, value, column, out)
		    : numbers_read(state, field, value, column, out);
	if (is_pair(value))
		return pair_read(field, value, column, out);
	if ((column->rows = texts_read(field, value, column)) < 0)
		return -1;
	out->type = KPI_COLUMN_TEXT;
	out->data = column->list;
	return 0;
}

void
column_clear(struct column *column)
{
	if (column->buffer.obj != NULL)
		PyBuffer_Release(&column->buffer);
	Py_XDECREF(column->texts);
	PyMem_Free(column->list);
	PyMem_Free(column->numbers);
}
