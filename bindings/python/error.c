/* SPDX-License-Identifier: MIT */
#include "error.h"

#include <string.h>

static const char error_doc[] =
    "What the library refused or could not do.\n\n"
    "str(error) is one sentence; besides there are:\n"
    "  status  the name, such as 'ENOTFOUND', 'EEXISTS', 'EBUSY',\n"
    "          'EREADONLY', 'ECORRUPT', 'EFORK'\n"
    "  code    its number\n"
    "  field   the field, parameter or word at fault, or ''\n"
    "  line    of the input, or the row of a column, from 1; 0: none\n"
    "  column  of the input, in bytes from 1; 0: none\n"
    "  system  the system's errno or SQLite's code; 0: none\n\n"
    "Memory that is not there is MemoryError; an argument of the wrong type\n"
    "is TypeError, and a closed store is ValueError.";

static const char *const names[] = {
	"OK",
	"EINVAL",
	"ENOMEM",
	"EOVERFLOW",
	"ENOTFOUND",
	"EEXISTS",
	"EBUSY",
	"EREADONLY",
	"ECORRUPT",
	"EIO",
	"EFULL",
	"EVERSION",
	"ENOTSUP",
	"ESTOPPED",
	"EMISMATCH",
	"EORDER",
	"ELIMIT",
	"EPARSE",
	"EFORK",
};

static const char *
status_name(kpi_status status)
{
	const int64_t place = -(int64_t)status;

	return place >= 0 && place < (int64_t)(sizeof(names) / sizeof(*names))
	    ? names[place]
	    : "";
}

PyObject *
error_type(void)
{
	PyObject *const initial =
	    Py_BuildValue("{s:i,s:s,s:s,s:i,s:i,s:i}", "code", 0, "status", "",
		"field", "", "line", 0, "column", 0, "system", 0);
	PyObject *type;

	if (initial == NULL)
		return NULL;
	type = PyErr_NewExceptionWithDoc("kpi.Error", error_doc, NULL, initial);
	Py_DECREF(initial);
	return type;
}

/* Sets an attribute and lets go of its value; a NULL value is a failure. */
static int
give(PyObject *object, const char *name, PyObject *value)
{
	const int failed =
	    value == NULL || PyObject_SetAttrString(object, name, value) != 0;

	Py_XDECREF(value);
	return failed;
}

static PyObject *
text_of(const char *bytes)
{
	return PyUnicode_DecodeUTF8(
	    bytes, (Py_ssize_t)strlen(bytes), "replace");
}

PyObject *
error_raise(
    const struct state *state, kpi_status status, const kpi_error *error)
{
	static const kpi_error nothing = KPI_ERROR_INIT;
	PyObject *text, *exception = NULL;

	if (PyErr_Occurred())
		return NULL;
	if (status == KPI_ENOMEM)
		return PyErr_NoMemory();
	if (error == NULL)
		error = &nothing;
	text = text_of(
	    error->text[0] != '\0' ? error->text : kpi_strerror(status));
	if (text != NULL)
		exception =
		    PyObject_CallFunctionObjArgs(state->error, text, NULL);
	Py_XDECREF(text);
	if (exception == NULL)
		return NULL;
	if (!give(exception, "code", PyLong_FromLong(status)) &&
	    !give(exception, "status", text_of(status_name(status))) &&
	    !give(exception, "field", text_of(error->field)) &&
	    !give(exception, "line", PyLong_FromLongLong(error->line)) &&
	    !give(exception, "column", PyLong_FromLongLong(error->column)) &&
	    !give(exception, "system", PyLong_FromLong(error->system)))
		PyErr_SetObject(state->error, exception);
	Py_DECREF(exception);
	return NULL;
}
