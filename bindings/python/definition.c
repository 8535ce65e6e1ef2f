/* SPDX-License-Identifier: MIT */
#include "definition.h"

#include "error.h"

#include <string.h>

struct definition {
	PyObject_HEAD struct state *state;
	kpi_definition *definition;
};

const kpi_definition *
definition_of(const struct state *state, PyObject *object)
{
	if (Py_TYPE(object) == state->definition_type)
		return ((struct definition *)object)->definition;
	PyErr_SetString(PyExc_TypeError, "not a definition");
	return NULL;
}

/* A metric's number, or the canonical text of a definition. */
static kpi_status
definition_make(kpi_definition **out, PyObject *what, kpi_error *error)
{
	const char *text;
	long number;

	if (PyUnicode_Check(what)) {
		text = PyUnicode_AsUTF8AndSize(what, NULL);
		return text == NULL
		    ? KPI_EINVAL
		    : kpi_definition_parse(out, text, NULL, error);
	}
	number = PyLong_AsLong(what);
	if ((number == -1 && PyErr_Occurred()) || number != (int32_t)number)
		return KPI_EINVAL;
	return kpi_definition_new(out, (int32_t)number, NULL, error);
}

/* Definition(number or text) */
static PyObject *
type_new(PyTypeObject *type, PyObject *arguments, PyObject *keywords)
{
	struct state *const state = state_of(type);
	kpi_error error = KPI_ERROR_INIT;
	struct definition *definition;
	kpi_status status;
	PyObject *what;

	(void)keywords;
	if (state == NULL || !PyArg_ParseTuple(arguments, "O", &what) ||
	    (definition = (struct definition *)object_new(type)) == NULL)
		return NULL;
	definition->state = state;
	status = definition_make(&definition->definition, what, &error);
	if (status == KPI_OK)
		return (PyObject *)definition;
	Py_DECREF((PyObject *)definition);
	return error_raise(state, status, &error);
}

static void
type_dealloc(PyObject *self)
{
	kpi_definition_free(((struct definition *)self)->definition);
	object_free(self);
}

static PyObject *
done(const struct definition *definition, kpi_status status,
    const kpi_error *error)
{
	if (status != KPI_OK)
		return error_raise(definition->state, status, error);
	Py_RETURN_NONE;
}

/* preset(name) */
static PyObject *
type_preset(PyObject *self, PyObject *arguments)
{
	const struct definition *const definition = (struct definition *)self;
	kpi_error error = KPI_ERROR_INIT;
	const char *preset;

	if (!PyArg_ParseTuple(arguments, "s", &preset))
		return NULL;
	return done(definition,
	    kpi_definition_preset(definition->definition, preset, &error),
	    &error);
}

/* set(parameter, value) */
static PyObject *
type_set(PyObject *self, PyObject *arguments)
{
	const struct definition *const definition = (struct definition *)self;
	kpi_error error = KPI_ERROR_INIT;
	const char *parameter, *value;

	if (!PyArg_ParseTuple(arguments, "ss", &parameter, &value))
		return NULL;
	return done(definition,
	    kpi_definition_set(
		definition->definition, parameter, value, &error),
	    &error);
}

/* set_for(parameter, dimension, name, value) */
static PyObject *
type_set_for(PyObject *self, PyObject *arguments)
{
	const struct definition *const definition = (struct definition *)self;
	const char *parameter, *by, *name, *value;
	kpi_error error = KPI_ERROR_INIT;
	kpi_entry entry = KPI_ENTRY_INIT;
	kpi_status status;

	if (!PyArg_ParseTuple(
		arguments, "ssss", &parameter, &by, &name, &value))
		return NULL;
	status = kpi_catalogue_find(KPI_TABLE_DIMENSIONS, by, &entry, &error);
	if (status == KPI_OK)
		status = kpi_definition_set_for(definition->definition,
		    parameter, entry.number, name, value, &error);
	return done(definition, status, &error);
}

/* A parameter's value; NULL: the words. */
static kpi_status
write_text(const struct definition *definition, const char *parameter,
    char *text, uint64_t room, uint64_t *size, kpi_error *error)
{
	return parameter == NULL
	    ? kpi_definition_words(
		  definition->definition, text, room, size, error)
	    : kpi_definition_get(definition->definition, parameter, text,
		  room, size, error);
}

static PyObject *
text_new(const struct definition *definition, const char *parameter)
{
	kpi_error error = KPI_ERROR_INIT;
	uint64_t size = 0;
	kpi_status status =
	    write_text(definition, parameter, NULL, 0, &size, &error);
	PyObject *value;
	char *text;

	if (status != KPI_OK)
		return error_raise(definition->state, status, &error);
	if ((text = PyMem_Malloc((size_t)size + 1)) == NULL)
		return PyErr_NoMemory();
	status =
	    write_text(definition, parameter, text, size + 1, &size, &error);
	value = status == KPI_OK
	    ? PyUnicode_FromStringAndSize(text, (Py_ssize_t)size)
	    : error_raise(definition->state, status, &error);
	PyMem_Free(text);
	return value;
}

/* get(parameter) -> str */
static PyObject *
type_get(PyObject *self, PyObject *arguments)
{
	const char *parameter;

	if (!PyArg_ParseTuple(arguments, "s", &parameter))
		return NULL;
	return text_new((const struct definition *)self, parameter);
}

/* words() -> str */
static PyObject *
type_words(PyObject *self, PyObject *nothing)
{
	(void)nothing;
	return text_new((const struct definition *)self, NULL);
}

/* fingerprint() -> str */
static PyObject *
type_fingerprint(PyObject *self, PyObject *nothing)
{
	const struct definition *const definition = (struct definition *)self;

	(void)nothing;
	return PyUnicode_FromString(
	    kpi_definition_fingerprint(definition->definition));
}

/* metric() -> its name */
static PyObject *
type_metric(PyObject *self, PyObject *nothing)
{
	const struct definition *const definition = (struct definition *)self;
	kpi_entry entry = KPI_ENTRY_INIT;
	const kpi_status status = kpi_catalogue_number(KPI_TABLE_METRICS,
	    kpi_definition_metric(definition->definition), &entry);

	(void)nothing;
	if (status != KPI_OK)
		return error_raise(definition->state, status, NULL);
	return PyUnicode_FromString(entry.name);
}

static PyObject *
type_str(PyObject *self)
{
	const struct definition *const definition = (struct definition *)self;
	const char *const text = kpi_definition_text(definition->definition);

	return text == NULL ? PyErr_NoMemory() : PyUnicode_FromString(text);
}

static PyMethodDef methods[] = {
	{ "fingerprint", type_fingerprint, METH_NOARGS, NULL },
	{ "get", type_get, METH_VARARGS, NULL },
	{ "metric", type_metric, METH_NOARGS, NULL },
	{ "preset", type_preset, METH_VARARGS, NULL },
	{ "set", type_set, METH_VARARGS, NULL },
	{ "set_for", type_set_for, METH_VARARGS, NULL },
	{ "words", type_words, METH_NOARGS, NULL },
	{ NULL, NULL, 0, NULL },
};

PyObject *
definition_type(PyObject *module)
{
	PyType_Slot slots[] = {
		{ Py_tp_new, (void *)type_new },
		{ Py_tp_dealloc, (void *)type_dealloc },
		{ Py_tp_str, (void *)type_str },
		{ Py_tp_methods, methods },
		{ 0, NULL },
	};
	PyType_Spec spec = { "kpi._kpi.Definition",
		(int)sizeof(struct definition), 0, Py_TPFLAGS_DEFAULT, slots };

	return PyType_FromModuleAndSpec(module, &spec, NULL);
}
