/* SPDX-License-Identifier: MIT */
#include "store.h"

#include <stdio.h>
#include <string.h>

#include "error.h"

/* import_roster(path, source, zone) and the same of expenses */
static PyObject *
import(PyObject *self, PyObject *arguments,
    kpi_status (*read)(kpi_store *store, const char *path,
	const kpi_ledger_options *options, uint64_t *rows, kpi_error *error))
{
	struct store *const store = (struct store *)self;
	kpi_ledger_options options = KPI_LEDGER_OPTIONS_INIT;
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status = KPI_OK;
	uint64_t rows = 0;
	struct call call;
	PyObject *path;
	int failed;

	if (!PyArg_ParseTuple(arguments, "O&zz", PyUnicode_FSConverter, &path,
		&options.source, &options.zone))
		return NULL;
	if (!(failed = call_begin(&call, store, CALL_LONG, NULL))) {
		status = read(store->store, PyBytes_AsString(path), &options,
		    &rows, &error);
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
	if (status != KPI_OK)
		return error_raise(store->state, status, &error);
	return PyLong_FromUnsignedLongLong(rows);
}

PyObject *
store_import_roster(PyObject *self, PyObject *arguments)
{
	return import(self, arguments, kpi_import_roster);
}

PyObject *
store_import_expenses(PyObject *self, PyObject *arguments)
{
	return import(self, arguments, kpi_import_expenses);
}
