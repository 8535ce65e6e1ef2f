/* SPDX-License-Identifier: MIT */
#include "result.h"

#include "figure.h"
#include "instant.h"

/* columns(*names) -> tuple of lists */
PyObject *
result_columns(PyObject *self, PyObject *names)
{
	const struct result *const result = (struct result *)self;

	if (result_readable(result) != 0)
		return NULL;
	return figure_read_columns(result->state, result->result, names);
}

/* figure(row, index) */
PyObject *
result_figure(PyObject *self, PyObject *arguments)
{
	const struct result *const result = (struct result *)self;
	unsigned long long row, index;

	if (!PyArg_ParseTuple(arguments, "KK", &row, &index) ||
	    result_readable(result) != 0)
		return NULL;
	return figure_new(result->state, result->result, row, index);
}

static PyObject *
text_or_none(const char *text)
{
	if (text == NULL)
		Py_RETURN_NONE;
	return PyUnicode_FromString(text);
}

/* group(row, index): the value of a dimension */
PyObject *
result_group(PyObject *self, PyObject *arguments)
{
	const struct result *const result = (struct result *)self;
	unsigned long long row, index;

	if (!PyArg_ParseTuple(arguments, "KK", &row, &index) ||
	    result_readable(result) != 0)
		return NULL;
	return text_or_none(kpi_result_group(result->result, row, index));
}

/* groups(index): the values of a dimension, one for each figure */
PyObject *
result_groups(PyObject *self, PyObject *arguments)
{
	const struct result *const result = (struct result *)self;
	unsigned long long index;
	uint64_t count, rows, i;
	PyObject *list, *value = NULL;

	if (!PyArg_ParseTuple(arguments, "K", &index) ||
	    result_readable(result) != 0)
		return NULL;
	count = kpi_result_count(result->result);
	rows = kpi_result_rows(result->result);
	list = PyList_New((Py_ssize_t)(rows * count));
	for (i = 0; list != NULL && i < rows * count; i++) {
		if (i % count == 0) {
			Py_XDECREF(value);
			value = text_or_none(
			    kpi_result_group(result->result, i / count, index));
		}
		if (value == NULL ||
		    PyList_SetItem(list, (Py_ssize_t)i, Py_NewRef(value)) !=
			0) {
			Py_CLEAR(list);
			break;
		}
	}
	Py_XDECREF(value);
	return list;
}

/* times(ends): the beginnings, or the ends, of the rows' buckets */
PyObject *
result_times(PyObject *self, PyObject *arguments)
{
	const struct result *const result = (struct result *)self;
	PyObject *list, *value;
	uint64_t rows, i;
	int ends;

	if (!PyArg_ParseTuple(arguments, "p", &ends) ||
	    result_readable(result) != 0)
		return NULL;
	rows = kpi_result_rows(result->result);
	list = PyList_New((Py_ssize_t)rows);
	for (i = 0; list != NULL && i < rows; i++) {
		value = instant_new(result->state,
		    ends ? kpi_result_until(result->result, i)
			 : kpi_result_begin(result->result, i));
		if (value == NULL ||
		    PyList_SetItem(list, (Py_ssize_t)i, value) != 0) {
			Py_DECREF(list);
			return NULL;
		}
	}
	return list;
}

/* time(row): the beginning and the end of its bucket */
PyObject *
result_time(PyObject *self, PyObject *arguments)
{
	const struct result *const result = (struct result *)self;
	unsigned long long row;

	if (!PyArg_ParseTuple(arguments, "K", &row) ||
	    result_readable(result) != 0)
		return NULL;
	return Py_BuildValue("NN",
	    instant_new(result->state, kpi_result_begin(result->result, row)),
	    instant_new(result->state, kpi_result_until(result->result, row)));
}

/* definition(index) */
PyObject *
result_definition(PyObject *self, PyObject *arguments)
{
	const struct result *const result = (struct result *)self;
	unsigned long long index;

	if (!PyArg_ParseTuple(arguments, "K", &index) ||
	    result_readable(result) != 0)
		return NULL;
	return text_or_none(kpi_result_definition(result->result, index));
}

/* fingerprint(index) */
PyObject *
result_fingerprint(PyObject *self, PyObject *arguments)
{
	const struct result *const result = (struct result *)self;
	unsigned long long index;

	if (!PyArg_ParseTuple(arguments, "K", &index) ||
	    result_readable(result) != 0)
		return NULL;
	return text_or_none(kpi_result_fingerprint(result->result, index));
}

/* presets(index): names with commas */
PyObject *
result_presets(PyObject *self, PyObject *arguments)
{
	const struct result *const result = (struct result *)self;
	unsigned long long index;

	if (!PyArg_ParseTuple(arguments, "K", &index) ||
	    result_readable(result) != 0)
		return NULL;
	return text_or_none(kpi_result_presets(result->result, index));
}

/* known(index): the instants that known_from and as_of came to */
PyObject *
result_known(PyObject *self, PyObject *arguments)
{
	const struct result *const result = (struct result *)self;
	unsigned long long index;

	if (!PyArg_ParseTuple(arguments, "K", &index) ||
	    result_readable(result) != 0)
		return NULL;
	return Py_BuildValue("NN",
	    instant_new(
		result->state, kpi_result_known_from(result->result, index)),
	    instant_new(
		result->state, kpi_result_as_of(result->result, index)));
}

/* shape(): (rows, definitions, dimensions, bucket or None, zone) */
PyObject *
result_shape(PyObject *self, PyObject *nothing)
{
	const struct result *const result = (struct result *)self;

	(void)nothing;
	if (result_readable(result) != 0)
		return NULL;
	return figure_shape(result->result);
}
