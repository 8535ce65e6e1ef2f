/* SPDX-License-Identifier: MIT */
#include "result.h"

#include "definition.h"
#include "error.h"
#include "figure.h"
#include "instant.h"
#include "query.h"
#include "store.h"

#include <stdlib.h>

/* Readers without Python's lock are counted; a merge wants none. */
struct result {
	PyObject_HEAD struct state *state;
	kpi_result *result;
	Py_ssize_t readers;
	int merging;
};

static PyObject *
result_new(struct state *state, kpi_result *handle)
{
	struct result *const result =
	    (struct result *)object_new(state->result_type);

	if (result == NULL) {
		kpi_result_free(handle);
		return NULL;
	}
	result->state = state;
	result->result = handle;
	return (PyObject *)result;
}

static void
type_dealloc(PyObject *self)
{
	kpi_result_free(((struct result *)self)->result);
	object_free(self);
}

/* The definitions of a tuple, to be freed with PyMem_Free(). */
static const kpi_definition **
definitions_of(const struct state *state, PyObject *tuple)
{
	const size_t count = (size_t)PyTuple_Size(tuple);
	const kpi_definition **const list =
	    PyMem_Calloc(count + 1, sizeof(*list));
	size_t i;

	if (list == NULL)
		PyErr_NoMemory();
	for (i = 0; list != NULL && i < count; i++) {
		list[i] =
		    definition_of(state, PyTuple_GetItem(tuple, (Py_ssize_t)i));
		if (list[i] == NULL) {
			PyMem_Free(list);
			return NULL;
		}
	}
	return list;
}

PyObject *
store_measure(PyObject *self, PyObject *arguments)
{
	struct store *const store = (struct store *)self;
	kpi_error error = KPI_ERROR_INIT;
	const kpi_definition **list;
	PyObject *query, *definitions;
	const kpi_query *handle;
	kpi_result *result = NULL;
	kpi_status status;
	struct call call;

	if (!PyArg_ParseTuple(
		arguments, "OO!", &query, &PyTuple_Type, &definitions) ||
	    (handle = query_of(store->state, query)) == NULL ||
	    (list = definitions_of(store->state, definitions)) == NULL)
		return NULL;
	if (call_begin(&call, store, CALL_LONG) != 0) {
		PyMem_Free(list);
		return NULL;
	}
	status = kpi_measure(&result, store->store, handle, list,
	    (uint64_t)PyTuple_Size(definitions), &error);
	call_end(&call);
	PyMem_Free(list);
	if (status == KPI_OK && !PyErr_Occurred())
		return result_new(store->state, result);
	kpi_result_free(result);
	return error_raise(store->state, status, &error);
}

PyObject *
result_load(PyObject *module, PyObject *bytes)
{
	struct state *const state = PyModule_GetState(module);
	kpi_error error = KPI_ERROR_INIT;
	kpi_result *result = NULL;
	PyThreadState *thread;
	kpi_status status;
	Py_buffer buffer;

	if (PyObject_GetBuffer(bytes, &buffer, PyBUF_SIMPLE) != 0)
		return NULL;
	thread = PyEval_SaveThread();
	status = kpi_result_load(
	    &result, buffer.buf, (uint64_t)buffer.len, NULL, &error);
	PyEval_RestoreThread(thread);
	PyBuffer_Release(&buffer);
	if (status != KPI_OK)
		return error_raise(state, status, &error);
	return result_new(state, result);
}

/* 0, or -1 with RuntimeError: another thread is merging into it. */
static int
readable(const struct result *result)
{
	if (!result->merging)
		return 0;
	PyErr_SetString(PyExc_RuntimeError,
	    "the result is being merged into by another thread");
	return -1;
}

static PyObject *
type_save(PyObject *self, PyObject *nothing)
{
	struct result *const result = (struct result *)self;
	kpi_error error = KPI_ERROR_INIT;
	PyObject *bytes = NULL;
	PyThreadState *thread;
	kpi_status status;
	uint64_t size = 0;

	(void)nothing;
	if (readable(result) != 0)
		return NULL;
	result->readers++;
	thread = PyEval_SaveThread();
	status = kpi_result_save(result->result, NULL, 0, &size, &error);
	PyEval_RestoreThread(thread);
	if ((status == KPI_OK || status == KPI_EOVERFLOW) && size != 0 &&
	    (bytes = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)size)) !=
		NULL) {
		char *const place = PyBytes_AsString(bytes);

		thread = PyEval_SaveThread();
		status =
		    kpi_result_save(result->result, place, size, &size, &error);
		PyEval_RestoreThread(thread);
	}
	result->readers--;
	if (status == KPI_OK && bytes != NULL)
		return bytes;
	Py_XDECREF(bytes);
	return error_raise(result->state, status, &error);
}

static PyObject *
type_merge(PyObject *self, PyObject *other)
{
	struct result *const into = (struct result *)self;
	struct result *const from = (struct result *)other;
	kpi_error error = KPI_ERROR_INIT;
	PyThreadState *thread;
	kpi_status status;

	if (Py_TYPE(other) != into->state->result_type || other == self) {
		PyErr_SetString(
		    PyExc_TypeError, "merge() takes another result");
		return NULL;
	}
	if (readable(into) != 0 || readable(from) != 0)
		return NULL;
	if (into->readers != 0) {
		PyErr_SetString(PyExc_RuntimeError,
		    "the result is being read by another thread");
		return NULL;
	}
	into->merging = 1;
	from->readers++;
	thread = PyEval_SaveThread();
	status = kpi_result_merge(into->result, from->result, &error);
	PyEval_RestoreThread(thread);
	from->readers--;
	into->merging = 0;
	if (status != KPI_OK)
		return error_raise(into->state, status, &error);
	Py_RETURN_NONE;
}

struct text {
	char *bytes;
	size_t size, room;
};

/* A kpi_write that collects; it runs without Python's lock. */
static int
collect(void *context, const char *bytes, size_t size)
{
	struct text *const text = context;
	char *grown;
	size_t i;

	if (size > text->room - text->size) {
		const size_t room = (text->size + size) * 2;

		if ((grown = realloc(text->bytes, room)) == NULL)
			return 1;
		text->bytes = grown;
		text->room = room;
	}
	for (i = 0; i < size; i++)
		text->bytes[text->size + i] = bytes[i];
	text->size += size;
	return 0;
}

/* text(format) -> str */
static PyObject *
type_text(PyObject *self, PyObject *arguments)
{
	struct result *const result = (struct result *)self;
	struct text text = { NULL, 0, 0 };
	kpi_error error = KPI_ERROR_INIT;
	PyThreadState *thread;
	PyObject *string;
	kpi_status status;
	int format;

	if (!PyArg_ParseTuple(arguments, "i", &format) || readable(result) != 0)
		return NULL;
	result->readers++;
	thread = PyEval_SaveThread();
	status =
	    kpi_result_print(result->result, format, collect, &text, &error);
	PyEval_RestoreThread(thread);
	result->readers--;
	/* The only reason why collect() refuses. */
	if (status == KPI_EIO)
		status = KPI_ENOMEM;
	string = status == KPI_OK
	    ? PyUnicode_DecodeUTF8(text.bytes, (Py_ssize_t)text.size, "replace")
	    : error_raise(result->state, status, &error);
	free(text.bytes);
	return string;
}

/* figure(row, index) */
static PyObject *
type_figure(PyObject *self, PyObject *arguments)
{
	const struct result *const result = (struct result *)self;
	unsigned long long row, index;

	if (!PyArg_ParseTuple(arguments, "KK", &row, &index) ||
	    readable(result) != 0)
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
static PyObject *
type_group(PyObject *self, PyObject *arguments)
{
	const struct result *const result = (struct result *)self;
	unsigned long long row, index;

	if (!PyArg_ParseTuple(arguments, "KK", &row, &index) ||
	    readable(result) != 0)
		return NULL;
	return text_or_none(kpi_result_group(result->result, row, index));
}

/* time(row): the beginning and the end of its bucket */
static PyObject *
type_time(PyObject *self, PyObject *arguments)
{
	const struct result *const result = (struct result *)self;
	unsigned long long row;

	if (!PyArg_ParseTuple(arguments, "K", &row) || readable(result) != 0)
		return NULL;
	return Py_BuildValue("NN",
	    instant_new(result->state, kpi_result_begin(result->result, row)),
	    instant_new(result->state, kpi_result_until(result->result, row)));
}

/* definition(index) */
static PyObject *
type_definition(PyObject *self, PyObject *arguments)
{
	const struct result *const result = (struct result *)self;
	unsigned long long index;

	if (!PyArg_ParseTuple(arguments, "K", &index) || readable(result) != 0)
		return NULL;
	return text_or_none(kpi_result_definition(result->result, index));
}

/* known(index): the instants that known_from and as_of came to */
static PyObject *
type_known(PyObject *self, PyObject *arguments)
{
	const struct result *const result = (struct result *)self;
	unsigned long long index;

	if (!PyArg_ParseTuple(arguments, "K", &index) || readable(result) != 0)
		return NULL;
	return Py_BuildValue("NN",
	    instant_new(
		result->state, kpi_result_known_from(result->result, index)),
	    instant_new(
		result->state, kpi_result_as_of(result->result, index)));
}

/* shape(): (rows, definitions, dimensions, bucket or None, zone) */
static PyObject *
type_shape(PyObject *self, PyObject *nothing)
{
	const struct result *const result = (struct result *)self;

	(void)nothing;
	if (readable(result) != 0)
		return NULL;
	return figure_shape(result->result);
}

static PyMethodDef methods[] = {
	{ "definition", type_definition, METH_VARARGS, NULL },
	{ "figure", type_figure, METH_VARARGS, NULL },
	{ "group", type_group, METH_VARARGS, NULL },
	{ "known", type_known, METH_VARARGS, NULL },
	{ "merge", type_merge, METH_O, NULL },
	{ "save", type_save, METH_NOARGS, NULL },
	{ "shape", type_shape, METH_NOARGS, NULL },
	{ "text", type_text, METH_VARARGS, NULL },
	{ "time", type_time, METH_VARARGS, NULL },
	{ NULL, NULL, 0, NULL },
};

PyObject *
result_type(PyObject *module)
{
	PyType_Slot slots[] = {
		{ Py_tp_dealloc, (void *)type_dealloc },
		{ Py_tp_methods, methods },
		{ 0, NULL },
	};
	PyType_Spec spec = { "kpi._kpi.Result", (int)sizeof(struct result), 0,
		Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION, slots };

	return PyType_FromModuleAndSpec(module, &spec, NULL);
}
