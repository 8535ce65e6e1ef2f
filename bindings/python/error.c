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

/* Raises kpi.Error with a text, which it takes; NULL is a failure. */
static void
raise_text(const struct state *state, PyObject *text, kpi_status status,
    PyObject *field, const kpi_error *error)
{
	PyObject *exception = NULL;

	if (text != NULL)
		exception =
		    PyObject_CallFunctionObjArgs(state->error, text, NULL);
	Py_XDECREF(text);
	if (exception == NULL) {
		Py_XDECREF(field);
		return;
	}
	if (!give(exception, "field", field) &&
	    !give(exception, "code", PyLong_FromLong(status)) &&
	    !give(exception, "status", text_of(status_name(status))) &&
	    !give(exception, "line", PyLong_FromLongLong(error->line)) &&
	    !give(exception, "column", PyLong_FromLongLong(error->column)) &&
	    !give(exception, "system", PyLong_FromLong(error->system)))
		PyErr_SetObject(state->error, exception);
	Py_DECREF(exception);
}

/* The row, if there is one, and a text, which it takes. */
static PyObject *
with_row(int64_t row, PyObject *text)
{
	PyObject *whole;

	if (row == 0 || text == NULL)
		return text;
	whole = PyUnicode_FromFormat("row %lld: %U", (long long)row, text);
	Py_DECREF(text);
	return whole;
}

static PyObject *
raise_status(const struct state *state, kpi_status status,
    const kpi_error *error, int rows)
{
	static const kpi_error nothing = KPI_ERROR_INIT;

	if (PyErr_Occurred())
		return NULL;
	if (status == KPI_ENOMEM)
		return PyErr_NoMemory();
	if (error == NULL)
		error = &nothing;
	raise_text(state,
	    with_row(rows ? error->line : 0,
		text_of(error->text[0] != '\0' ? error->text
					       : kpi_strerror(status))),
	    status, text_of(error->field), error);
	return NULL;
}

PyObject *
error_raise(
    const struct state *state, kpi_status status, const kpi_error *error)
{
	return raise_status(state, status, error, 0);
}

PyObject *
error_raise_row(
    const struct state *state, kpi_status status, const kpi_error *error)
{
	return raise_status(state, status, error, 1);
}

int
error_value(const struct spot *spot, const char *what)
{
	kpi_error error = KPI_ERROR_INIT;

	error.line = spot->row;
	raise_text(spot->state,
	    with_row(
		spot->row, PyUnicode_FromFormat("%U %s", spot->name, what)),
	    KPI_EINVAL, Py_NewRef(spot->name), &error);
	return -1;
}
