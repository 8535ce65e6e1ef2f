/* SPDX-License-Identifier: MIT */
/* Streams of Arrow, as capsules of its PyCapsule interface. */
#include "store.h"

#include "column_arrow.h"
#include "error.h"
#include "result.h"

#include <stdlib.h>

/* The capsule of an object's stream; NULL with an exception. */
static PyObject *
stream_of(PyObject *table)
{
	PyObject *const method =
	    PyObject_GetAttrString(table, "__arrow_c_stream__");
	PyObject *capsule;

	if (method == NULL) {
		if (PyErr_ExceptionMatches(PyExc_AttributeError))
			PyErr_Format(PyExc_TypeError,
			    "add_arrow() takes a table or reader with "
			    "__arrow_c_stream__, not %R",
			    (PyObject *)Py_TYPE(table));
		return NULL;
	}
	capsule = PyObject_CallNoArgs(method);
	Py_DECREF(method);
	return capsule;
}

/* add_arrow(table, zone, progress) */
PyObject *
store_add_arrow(PyObject *self, PyObject *arguments)
{
	struct store *const store = (struct store *)self;
	kpi_arrow_options options = KPI_ARROW_OPTIONS_INIT;
	kpi_error error = KPI_ERROR_INIT;
	struct ArrowArrayStream *stream;
	PyObject *table, *progress, *capsule;
	kpi_status status = KPI_OK;
	struct stop stop = { 0 };
	struct call call;
	int failed = -1;

	if (!PyArg_ParseTuple(
		arguments, "OzO", &table, &options.zone, &progress) ||
	    (capsule = stream_of(table)) == NULL)
		return NULL;
	if (!Py_IsNone(progress))
		stop.progress = progress;
	options.stop = stop_check;
	options.stop_ctx = &stop;
	stream = PyCapsule_GetPointer(capsule, ARROW_STREAM);
	if (stream != NULL)
		failed = call_begin(&call, store, CALL_LONG, &stop);
	if (!failed) {
		status =
		    kpi_store_add_arrow(store->store, stream, &options, &error);
		call_end(&call);
	}
	Py_DECREF(capsule);
	if (failed)
		return NULL;
	if (status != KPI_OK || PyErr_Occurred())
		return error_raise(store->state, status, &error);
	Py_RETURN_NONE;
}

/* Of a capsule: its stream, which was taken or not. */
static void
stream_free(PyObject *capsule)
{
	struct ArrowArrayStream *const stream =
	    PyCapsule_GetPointer(capsule, ARROW_STREAM);

	if (stream->release != NULL)
		stream->release(stream);
	free(stream);
}

/* arrow() -> capsule of the figures */
PyObject *
result_arrow(PyObject *self, PyObject *nothing)
{
	struct result *const result = (struct result *)self;
	struct ArrowArrayStream *stream;
	kpi_error error = KPI_ERROR_INIT;
	PyThreadState *thread;
	PyObject *capsule;
	kpi_status status;

	(void)nothing;
	if (result_readable(result) != 0)
		return NULL;
	if ((stream = malloc(sizeof(*stream))) == NULL)
		return PyErr_NoMemory();
	result->readers++;
	thread = PyEval_SaveThread();
	status = kpi_result_arrow(result->result, stream, &error);
	PyEval_RestoreThread(thread);
	result->readers--;
	if (status != KPI_OK) {
		free(stream);
		return error_raise(result->state, status, &error);
	}
	capsule = PyCapsule_New(stream, ARROW_STREAM, stream_free);
	if (capsule == NULL) {
		stream->release(stream);
		free(stream);
	}
	return capsule;
}
