/* SPDX-License-Identifier: MIT */
#include "store.h"

#include <stdio.h>
#include <string.h>

#include "error.h"
#include "stop.h"

PyObject *
lines_new(const uint64_t first[4])
{
	PyObject *const lines = PyList_New(0);
	PyObject *line;
	size_t i;
	int failed;

	for (i = 0; lines != NULL && i < 4 && first[i] != 0; i++) {
		line = PyLong_FromUnsignedLongLong(first[i]);
		failed = line == NULL || PyList_Append(lines, line) != 0;
		Py_XDECREF(line);
		if (failed) {
			Py_DECREF(lines);
			return NULL;
		}
	}
	return lines;
}

/* Lines of one reason: {"reason": ..., "lines": ..., "first": [...]}. */
static PyObject *
reason_new(const kpi_report_reason *reason)
{
	return Py_BuildValue("{s:s,s:K,s:N}", "reason", reason->reason, "lines",
	    (unsigned long long)reason->lines, "first",
	    lines_new(reason->first));
}

static PyObject *
reasons_new(const kpi_report_reason *reasons, uint64_t count)
{
	PyObject *const list = PyList_New((Py_ssize_t)count);
	PyObject *reason;
	uint64_t i;

	for (i = 0; list != NULL && i < count; i++) {
		if ((reason = reason_new(&reasons[i])) == NULL ||
		    PyList_SetItem(list, (Py_ssize_t)i, reason) != 0) {
			Py_DECREF(list);
			return NULL;
		}
	}
	return list;
}

static PyObject *
report_new(const kpi_queue_log_report *report)
{
	return Py_BuildValue("{s:K,s:K,s:K,s:K,s:K,s:K,s:K,s:K,s:N,s:N}",
	    "lines", (unsigned long long)report->lines, "visits",
	    (unsigned long long)report->visits, "interactions",
	    (unsigned long long)report->interactions, "activities",
	    (unsigned long long)report->activities, "open",
	    (unsigned long long)report->open, "replaced_text",
	    (unsigned long long)report->replaced_text, "unfinished",
	    (unsigned long long)report->unfinished, "behind_ms",
	    (unsigned long long)report->behind_ms, "damaged",
	    reasons_new(report->damaged, report->reason_count), "other",
	    reasons_new(report->other, report->other_count));
}

/* import_queue_log(path, source, channel, progress) */
PyObject *
store_import_queue_log(PyObject *self, PyObject *arguments)
{
	struct store *const store = (struct store *)self;
	kpi_queue_log_options options = KPI_QUEUE_LOG_OPTIONS_INIT;
	kpi_queue_log_report report = { .size = sizeof(report) };
	kpi_error error = KPI_ERROR_INIT;
	struct stop stop = { 0 };
	PyObject *path, *progress;
	kpi_status status = KPI_OK;
	struct call call;
	int failed;

	if (!PyArg_ParseTuple(arguments, "O&zzO", PyUnicode_FSConverter, &path,
		&options.source, &options.channel, &progress))
		return NULL;
	if (!Py_IsNone(progress))
		stop.progress = progress;
	options.stop = stop_check;
	options.stop_ctx = &stop;
	if (!(failed = call_begin(&call, store, CALL_LONG, &stop))) {
		status = kpi_import_queue_log(store->store,
		    PyBytes_AsString(path), &options, &report, &error);
		call_end(&call);
	}
	if (status != KPI_OK) {
		char text[sizeof(error.text)];

		memcpy(text, error.text, sizeof(text));
		(void)snprintf(error.text, sizeof(error.text), "%.100s: %.150s",
		    PyBytes_AsString(path), text);
	}
	Py_DECREF(path);
	if (failed)
		return NULL;
	if (status != KPI_OK || PyErr_Occurred())
		return error_raise(store->state, status, &error);
	return report_new(&report);
}

PyObject *
module_is_queue_log(PyObject *module, PyObject *bytes)
{
	Py_buffer buffer;
	int32_t is;

	(void)module;
	if (PyObject_GetBuffer(bytes, &buffer, PyBUF_SIMPLE) != 0)
		return NULL;
	is = kpi_is_queue_log(buffer.buf, (uint64_t)buffer.len);
	PyBuffer_Release(&buffer);
	return PyBool_FromLong(is);
}
