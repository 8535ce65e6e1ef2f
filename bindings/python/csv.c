/* SPDX-License-Identifier: MIT */
#include "store.h"

#include <string.h>

#include "error.h"
#include "stop.h"

/* A tuple of str as the library takes it: `tuple` keeps the texts. */
struct texts {
	const char **list;
	uint64_t count;
};

static int
texts_read(struct texts *out, PyObject *tuple)
{
	const Py_ssize_t count = PyTuple_Size(tuple);

	out->list = NULL;
	out->count = 0;
	if (count < 0)
		return -1;
	out->list = PyMem_Malloc(((size_t)count + 1) * sizeof(*out->list));
	if (out->list == NULL) {
		PyErr_NoMemory();
		return -1;
	}
	for (Py_ssize_t i = 0; i < count; i++) {
		Py_ssize_t size;
		const char *const text =
		    PyUnicode_AsUTF8AndSize(PyTuple_GetItem(tuple, i), &size);

		if (text == NULL)
			return -1;
		if (strlen(text) != (size_t)size) {
			PyErr_SetString(
			    PyExc_ValueError, "embedded null character");
			return -1;
		}
		out->list[out->count++] = text;
	}
	return 0;
}

/* Rows of one reason, a dict. */
static PyObject *
reason_new(const kpi_csv_reason *reason)
{
	return Py_BuildValue("{s:s,s:s,s:s,s:K,s:N,s:s}", "field",
	    reason->field, "reason", reason->reason, "expected",
	    reason->expected, "rows", (unsigned long long)reason->rows, "first",
	    lines_new(reason->first), "value", reason->value);
}

static PyObject *
reasons_new(const kpi_csv_report *report)
{
	PyObject *const list = PyList_New((Py_ssize_t)report->reason_count);

	for (uint64_t i = 0; list != NULL && i < report->reason_count; i++) {
		PyObject *const reason = reason_new(&report->reasons[i]);

		if (reason == NULL ||
		    PyList_SetItem(list, (Py_ssize_t)i, reason) != 0) {
			Py_DECREF(list);
			return NULL;
		}
	}
	return list;
}

/* (name, field's name or None) of each; the first, if there are many. */
static PyObject *
columns_new(const kpi_csv_report *report)
{
	const uint64_t count = report->column_count < KPI_CSV_COLUMNS
	    ? report->column_count
	    : KPI_CSV_COLUMNS;
	PyObject *const list = PyList_New((Py_ssize_t)count);

	for (uint64_t c = 0; list != NULL && c < count; c++) {
		const kpi_csv_column *const column = &report->columns[c];
		kpi_entry entry = KPI_ENTRY_INIT;
		const int is_read = kpi_catalogue_number(KPI_TABLE_FIELDS,
					column->field, &entry) == KPI_OK;
		PyObject *const pair = Py_BuildValue(
		    "(sz)", column->name, is_read ? entry.name : NULL);

		if (pair == NULL ||
		    PyList_SetItem(list, (Py_ssize_t)c, pair) != 0) {
			Py_DECREF(list);
			return NULL;
		}
	}
	return list;
}

static PyObject *
report_new(const kpi_csv_report *report)
{
	return Py_BuildValue("{s:K,s:K,s:K,s:K,s:K,s:K,s:N,s:N,s:N}", "rows",
	    (unsigned long long)report->rows, "interactions",
	    (unsigned long long)report->interactions, "updated",
	    (unsigned long long)report->updated, "refused",
	    (unsigned long long)report->refused, "local_times",
	    (unsigned long long)report->local_times, "replaced_text",
	    (unsigned long long)report->replaced_text, "again",
	    reason_new(&report->again), "reasons", reasons_new(report),
	    "columns", columns_new(report));
}

struct request {
	PyObject *path;
	struct texts maps, values, fills;
	kpi_csv_options options;
	struct stop stop;
};

static int
request_read(struct request *r, PyObject *arguments)
{
	static const kpi_csv_options none = KPI_CSV_OPTIONS_INIT;
	PyObject *maps, *values, *fills, *progress;
	int visits, strict;

	r->options = none;
	if (!PyArg_ParseTuple(arguments, "O&O!O!O!zppO", PyUnicode_FSConverter,
		&r->path, &PyTuple_Type, &maps, &PyTuple_Type, &values,
		&PyTuple_Type, &fills, &r->options.zone, &visits, &strict,
		&progress))
		return -1;
	if (texts_read(&r->maps, maps) != 0 ||
	    texts_read(&r->values, values) != 0 ||
	    texts_read(&r->fills, fills) != 0)
		return -1;
	r->options.maps = r->maps.list;
	r->options.map_count = r->maps.count;
	r->options.values = r->values.list;
	r->options.value_count = r->values.count;
	r->options.fills = r->fills.list;
	r->options.fill_count = r->fills.count;
	r->options.flags = (uint64_t)((visits ? KPI_CSV_VISITS : 0) |
	    (strict ? KPI_CSV_STRICT : 0));
	if (!Py_IsNone(progress))
		r->stop.progress = progress;
	r->options.stop = stop_check;
	r->options.stop_ctx = &r->stop;
	return 0;
}

/* import_csv(path, maps, values, fills, zone, visits, strict, progress) */
PyObject *
store_import_csv(PyObject *self, PyObject *arguments)
{
	struct store *const store = (struct store *)self;
	struct request request = { 0 };
	kpi_csv_report *report = PyMem_Malloc(sizeof(*report));
	kpi_error error = KPI_ERROR_INIT;
	PyObject *result = NULL;
	kpi_status status = KPI_OK;
	struct call call;

	if (report == NULL)
		return PyErr_NoMemory();
	report->size = sizeof(*report);
	if (request_read(&request, arguments) == 0 &&
	    call_begin(&call, store, CALL_LONG, &request.stop) == 0) {
		status =
		    kpi_import_csv(store->store, PyBytes_AsString(request.path),
			&request.options, report, &error);
		call_end(&call);
		if (status != KPI_OK || PyErr_Occurred())
			(void)error_raise(store->state, status, &error);
		else
			result = report_new(report);
	}
	PyMem_Free(request.maps.list);
	PyMem_Free(request.values.list);
	PyMem_Free(request.fills.list);
	Py_XDECREF(request.path);
	PyMem_Free(report);
	return result;
}

PyObject *
module_is_csv(PyObject *module, PyObject *bytes)
{
	Py_buffer buffer;
	int32_t is;

	(void)module;
	if (PyObject_GetBuffer(bytes, &buffer, PyBUF_SIMPLE) != 0)
		return NULL;
	is = kpi_is_csv(buffer.buf, (uint64_t)buffer.len);
	PyBuffer_Release(&buffer);
	return PyBool_FromLong(is);
}
