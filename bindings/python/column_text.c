/* SPDX-License-Identifier: MIT */
#include "column_text.h"

#include "buffer.h"
#include "column_arrow.h"
#include "error.h"
#include "field.h"

/* A number of 64 bits with its sign and the NUL. */
#define DIGITS 21

/* The bytes of a sequence of texts, in column->list; -1: raised. */
static Py_ssize_t
list_read(const struct spot *spot, PyObject *value, struct column *column)
{
	struct spot at = *spot;
	Py_ssize_t count, i;

	if ((column->texts = PySequence_Tuple(value)) == NULL)
		return -1;
	count = PyTuple_Size(column->texts);
	column->list = PyMem_Calloc((size_t)count + 1, sizeof(*column->list));
	if (column->list == NULL) {
		PyErr_NoMemory();
		return -1;
	}
	for (i = 0; i < count; i++) {
		at.row = i + 1;
		if (text_read(&at, PyTuple_GetItem(column->texts, i),
			&column->kept, &column->list[i]) != 0)
			return -1;
	}
	return count;
}

/* Writes a number before `end`; returns its first character. */
static char *
digits_before(char *end, int64_t number)
{
	uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;

	do {
		*--end = (char)('0' + rest % 10);
		rest /= 10;
	} while (rest != 0);
	if (number < 0)
		*--end = '-';
	return end;
}

static int
digits_read(const struct spot *spot, PyObject *value, struct column *column)
{
	PyThreadState *thread;
	size_t rows, i;
	char *end;

	if (buffer_take(spot, value, &column->buffer) != 0 ||
	    (column->numbers = buffer_widen(spot, &column->buffer, 0)) == NULL)
		return -1;
	column->rows = column->buffer.shape[0];
	rows = (size_t)column->rows;
	column->list = PyMem_Calloc(rows + 1, sizeof(*column->list));
	column->digits = PyMem_Calloc(rows + 1, DIGITS);
	if (column->list == NULL || column->digits == NULL) {
		PyErr_NoMemory();
		return -1;
	}
	thread = PyEval_SaveThread();
	for (i = 0; i < rows; i++) {
		if (column->numbers[i] == KPI_UNKNOWN)
			continue;
		end = &column->digits[(i + 1) * DIGITS - 1];
		column->list[i] = digits_before(end, column->numbers[i]);
	}
	PyEval_RestoreThread(thread);
	return 0;
}

int
texts_read(const struct spot *spot, PyObject *value, struct column *column,
    kpi_column *out)
{
	if (PyCapsule_IsValid(value, ARROW_STREAM)) {
		if (arrow_texts_read(spot, value, column) != 0)
			return -1;
	} else if (PyObject_CheckBuffer(value)) {
		if (digits_read(spot, value, column) != 0)
			return -1;
	} else if ((column->rows = list_read(spot, value, column)) < 0) {
		return -1;
	}
	out->type = KPI_COLUMN_TEXT;
	out->data = column->list;
	return 0;
}

/* The places of a pair as int32_t, at *out; -1 raised. */
static int
places_read(const struct spot *spot, struct column *column, const int32_t **out)
{
	struct spot wrong = *spot;
	Py_ssize_t i;

	if ((column->numbers = buffer_widen(spot, &column->buffer, 0)) == NULL)
		return -1;
	column->places =
	    PyMem_Calloc((size_t)column->rows + 1, sizeof(*column->places));
	if (column->places == NULL) {
		PyErr_NoMemory();
		return -1;
	}
	for (i = 0; i < column->rows; i++) {
		if (column->numbers[i] > INT32_MAX) {
			wrong.row = i + 1;
			return error_value(&wrong, "has no such place");
		}
		column->places[i] =
		    column->numbers[i] < 0 ? -1 : (int32_t)column->numbers[i];
	}
	*out = column->places;
	return 0;
}

/* The codes that the texts of a pair name, one for each place. */
static int64_t *
codes_read(const struct field *field, const struct spot *spot, PyObject *texts)
{
	const Py_ssize_t count = PyTuple_Size(texts);
	int64_t *const codes = PyMem_Calloc((size_t)count + 1, sizeof(*codes));
	Py_ssize_t i;

	if (codes == NULL)
		PyErr_NoMemory();
	for (i = 0; codes != NULL && i < count; i++) {
		if (field_number(spot, field, PyTuple_GetItem(texts, i),
			&codes[i]) != 0) {
			PyMem_Free(codes);
			return NULL;
		}
	}
	return codes;
}

/* Puts the code that a place names where the place was. */
static int
codes_place(const struct field *field, const struct spot *spot,
    struct column *column, kpi_column *out)
{
	const Py_ssize_t count = PyTuple_Size(column->texts);
	int64_t *const codes = codes_read(field, spot, column->texts);
	struct spot wrong = *spot;
	int64_t *number;
	Py_ssize_t i;

	if (codes == NULL)
		return -1;
	column->numbers = buffer_widen(spot, &column->buffer, 0);
	for (i = 0; column->numbers != NULL && i < column->rows; i++) {
		number = &column->numbers[i];
		if (*number >= count)
			break;
		*number = *number < 0 ? KPI_UNKNOWN : codes[*number];
	}
	PyMem_Free(codes);
	if (column->numbers == NULL)
		return -1;
	wrong.row = i + 1;
	if (i < column->rows)
		return error_value(&wrong, "has no such place");
	out->type = KPI_COLUMN_INT64;
	out->data = column->numbers;
	return 0;
}

int
pair_read(const struct field *field, const struct spot *spot, PyObject *pair,
    struct column *column, kpi_column *out)
{
	Py_buffer *const buffer = &column->buffer;
	PyObject *const texts = PyTuple_GetItem(pair, 1);
	const int32_t *places = NULL;
	Py_ssize_t count;

	if (buffer_take(spot, PyTuple_GetItem(pair, 0), buffer) != 0)
		return -1;
	column->rows = buffer->shape[0];
	if (field->codes != NULL) {
		column->texts = PySequence_Tuple(texts);
		return column->texts == NULL
		    ? -1
		    : codes_place(field, spot, column, out);
	}
	if ((count = list_read(spot, texts, column)) < 0)
		return -1;
	if (buffer_is(buffer, sizeof(int32_t))) {
		places = buffer->buf;
		out->stride = column->rows > 1 ? buffer->strides[0] : 0;
	} else if (places_read(spot, column, &places) != 0) {
		return -1;
	}
	out->type = KPI_COLUMN_DICTIONARY;
	out->data = places;
	out->dictionary = column->list;
	out->dictionary_count = (uint64_t)count;
	return 0;
}
