/* SPDX-License-Identifier: MIT */
#include "catalogue.h"

#include "error.h"

static PyObject *
entry_new(const kpi_entry *entry)
{
	return Py_BuildValue("{s:s,s:i,s:s,s:s,s:s,s:s,s:s,s:s,s:s}", "name",
	    entry->name, "number", entry->number, "kind", entry->kind, "unit",
	    entry->unit, "values", entry->values, "default", entry->initial,
	    "relation", entry->relation, "sentence", entry->sentence, "source",
	    entry->source);
}

PyObject *
catalogue_table(PyObject *module, PyObject *number)
{
	const long table = PyLong_AsLong(number);
	kpi_entry entry = KPI_ENTRY_INIT;
	kpi_status status;
	PyObject *list, *line;
	uint64_t count, i;

	if (table == -1 && PyErr_Occurred())
		return NULL;
	count = kpi_catalogue_count((int32_t)table);
	list = PyList_New((Py_ssize_t)count);
	for (i = 0; list != NULL && i < count; i++) {
		status = kpi_catalogue_entry((int32_t)table, i, &entry);
		line = status == KPI_OK
		    ? entry_new(&entry)
		    : error_raise(PyModule_GetState(module), status, NULL);
		if (line == NULL ||
		    PyList_SetItem(list, (Py_ssize_t)i, line) != 0) {
			Py_DECREF(list);
			return NULL;
		}
	}
	return list;
}

PyObject *
catalogue_find(PyObject *module, PyObject *arguments)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_entry entry = KPI_ENTRY_INIT;
	kpi_status status;
	const char *name;
	int table;

	if (!PyArg_ParseTuple(arguments, "is", &table, &name))
		return NULL;
	status = kpi_catalogue_find(table, name, &entry, &error);
	if (status != KPI_OK)
		return error_raise(PyModule_GetState(module), status, &error);
	return entry_new(&entry);
}
