/* SPDX-License-Identifier: MIT */
#include "result.h"

#include "error.h"

/* So few are freed in no time. */
#define FEW_ROWS 100

PyObject *
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
	kpi_result *const result = ((struct result *)self)->result;
	PyThreadState *thread = NULL;

	if (kpi_result_rows(result) > FEW_ROWS)
		thread = PyEval_SaveThread();
	kpi_result_free(result);
	if (thread != NULL)
		PyEval_RestoreThread(thread);
	object_free(self);
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

int
result_readable(const struct result *result)
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
	if (result_readable(result) != 0)
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
	if (result_readable(into) != 0 || result_readable(from) != 0)
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

static PyMethodDef methods[] = {
	{ "arrow", result_arrow, METH_NOARGS, NULL },
	{ "change", result_change, METH_VARARGS, NULL },
	{ "columns", result_columns, METH_VARARGS, NULL },
	{ "definition", result_definition, METH_VARARGS, NULL },
	{ "figure", result_figure, METH_VARARGS, NULL },
	{ "fingerprint", result_fingerprint, METH_VARARGS, NULL },
	{ "group", result_group, METH_VARARGS, NULL },
	{ "groups", result_groups, METH_VARARGS, NULL },
	{ "known", result_known, METH_VARARGS, NULL },
	{ "merge", type_merge, METH_O, NULL },
	{ "presets", result_presets, METH_VARARGS, NULL },
	{ "save", type_save, METH_NOARGS, NULL },
	{ "season", result_season, METH_VARARGS, NULL },
	{ "shape", result_shape, METH_NOARGS, NULL },
	{ "text", result_text, METH_VARARGS, NULL },
	{ "time", result_time, METH_VARARGS, NULL },
	{ "times", result_times, METH_VARARGS, NULL },
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
