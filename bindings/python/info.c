/* SPDX-License-Identifier: MIT */
#include "store.h"

#include "error.h"
#include "instant.h"
#include "stop.h"

PyObject *
store_info(PyObject *self, PyObject *nothing)
{
	struct store *const store = (struct store *)self;
	kpi_store_info info = KPI_STORE_INFO_INIT;
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status;
	struct call call;

	(void)nothing;
	if (call_begin(&call, store, CALL_LONG, NULL) != 0)
		return NULL;
	status = kpi_store_read_info(store->store, &info, &error);
	call_end(&call);
	if (status != KPI_OK)
		return error_raise(store->state, status, &error);
	return Py_BuildValue(
	    "{s:K,s:K,s:K,s:K,s:K,s:K,s:K,s:K,s:K,s:K,s:N,s:N}",
	    "interactions", (unsigned long long)info.interactions, "visits",
	    (unsigned long long)info.visits, "activities",
	    (unsigned long long)info.activities, "employments",
	    (unsigned long long)info.employments, "expenses",
	    (unsigned long long)info.expenses, "calendars",
	    (unsigned long long)info.calendars, "chunks",
	    (unsigned long long)info.chunks, "tail",
	    (unsigned long long)info.tail, "file_bytes",
	    (unsigned long long)info.file_bytes, "cached_bytes",
	    (unsigned long long)info.cached_bytes, "known_from",
	    instant_new(store->state, info.known_from), "as_of",
	    instant_new(store->state, info.as_of));
}

PyObject *
store_check(PyObject *self, PyObject *progress)
{
	struct store *const store = (struct store *)self;
	struct stop stop = { 0 };
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status;
	struct call call;

	if (!Py_IsNone(progress))
		stop.progress = progress;
	if (call_begin(&call, store, CALL_LONG, &stop) != 0)
		return NULL;
	status = kpi_store_check(store->store, stop_check, &stop, &error);
	call_end(&call);
	if (status != KPI_OK || PyErr_Occurred())
		return error_raise(store->state, status, &error);
	Py_RETURN_NONE;
}

PyObject *
store_set_memory(PyObject *self, PyObject *bytes)
{
	struct store *const store = (struct store *)self;
	const unsigned long long budget = PyLong_AsUnsignedLongLong(bytes);
	kpi_status status;
	struct call call;

	if (budget == (unsigned long long)-1 && PyErr_Occurred())
		return NULL;
	if (call_begin(&call, store, CALL_LONG, NULL) != 0)
		return NULL;
	status = kpi_store_set_memory(store->store, budget);
	call_end(&call);
	if (status != KPI_OK)
		return error_raise(store->state, status, NULL);
	Py_RETURN_NONE;
}

PyObject *
store_set_threads(PyObject *self, PyObject *threads)
{
	struct store *const store = (struct store *)self;
	const unsigned long long count = PyLong_AsUnsignedLongLong(threads);
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status;
	struct call call;

	if (count == (unsigned long long)-1 && PyErr_Occurred())
		return NULL;
	if (call_begin(&call, store, CALL_LONG, NULL) != 0)
		return NULL;
	status = kpi_store_set_threads(store->store, count, &error);
	call_end(&call);
	if (status != KPI_OK)
		return error_raise(store->state, status, &error);
	Py_RETURN_NONE;
}

PyObject *
module_reseal(PyObject *module, PyObject *arguments)
{
	kpi_error error = KPI_ERROR_INIT;
	PyThreadState *thread;
	const char *name;
	kpi_status status;
	PyObject *path;

	if (!PyArg_ParseTuple(arguments, "O&", PyUnicode_FSConverter, &path))
		return NULL;
	name = PyBytes_AsString(path);
	thread = PyEval_SaveThread();
	status = kpi_store_reseal(name, &error);
	PyEval_RestoreThread(thread);
	Py_DECREF(path);
	if (status != KPI_OK)
		return error_raise(PyModule_GetState(module), status, &error);
	Py_RETURN_NONE;
}
