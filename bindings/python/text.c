/* SPDX-License-Identifier: MIT */
/* Figures as people read them, and control charts. */
#include "text.h"

#include "error.h"

#include <math.h>
#include <string.h>

/* The names of units in the tables, by KPI_UNIT_. */
static const char *const units[] = { "", "count", "share", "ms", "points",
	"mark", "ratio", "money" };

static int32_t
unit_find(const char *name)
{
	const int32_t count = (int32_t)(sizeof(units) / sizeof(*units));
	int32_t unit = 1;

	while (unit < count && strcmp(units[unit], name) != 0)
		unit++;
	return unit < count ? unit : KPI_UNIT_RATIO;
}

const char *
unit_name(int32_t unit)
{
	return unit > 0 && unit < (int32_t)(sizeof(units) / sizeof(*units))
	    ? units[unit]
	    : "";
}

static PyObject *
text_new(const struct state *state, const kpi_figure *figure, int32_t what)
{
	char text[KPI_FIGURE_TEXT];
	const kpi_status status =
	    kpi_figure_format(figure, what, text, sizeof(text));

	if (status != KPI_OK)
		return error_raise(state, status, NULL);
	return PyUnicode_FromString(text);
}

/* figure_text(value, unit) -> "85.1 %" */
PyObject *
module_figure_text(PyObject *module, PyObject *args)
{
	kpi_figure figure = KPI_FIGURE_INIT;
	const char *unit;

	if (!PyArg_ParseTuple(args, "ds", &figure.value, &unit))
		return NULL;
	figure.unit = unit_find(unit);
	figure.state = KPI_STATE_OK;
	return text_new(PyModule_GetState(module), &figure, KPI_SHOW_VALUE);
}

/* bounds_text(lower, upper, unit) -> "83.7-86.4 %", with an en dash */
PyObject *
module_bounds_text(PyObject *module, PyObject *args)
{
	kpi_figure figure = KPI_FIGURE_INIT;
	const char *unit;

	if (!PyArg_ParseTuple(args, "dds", &figure.lower, &figure.upper, &unit))
		return NULL;
	figure.unit = unit_find(unit);
	figure.state = KPI_STATE_OK;
	return text_new(PyModule_GetState(module), &figure, KPI_SHOW_BOUNDS);
}

/* A list of floats and Nones as numbers; NULL with an exception. */
static double *
numbers_new(PyObject *list, Py_ssize_t count)
{
	double *const numbers =
	    PyMem_Malloc(((size_t)count + 1) * sizeof(*numbers));
	Py_ssize_t i;

	if (numbers == NULL)
		return (double *)PyErr_NoMemory();
	for (i = 0; i < count; i++) {
		PyObject *const value = PyList_GetItem(list, i);

		numbers[i] =
		    value == Py_None ? (double)NAN : PyFloat_AsDouble(value);
		if (PyErr_Occurred()) {
			PyMem_Free(numbers);
			return NULL;
		}
	}
	return numbers;
}

/* control_limits(list, by the median) -> a tuple of its fields */
PyObject *
module_control_limits(PyObject *module, PyObject *args)
{
	kpi_control_limits limits = KPI_CONTROL_LIMITS_INIT;
	kpi_error error = KPI_ERROR_INIT;
	PyObject *list;
	Py_ssize_t count;
	double *numbers;
	kpi_status status;
	int by_median;

	if (!PyArg_ParseTuple(args, "O!p", &PyList_Type, &list, &by_median))
		return NULL;
	count = PyList_Size(list);
	numbers = numbers_new(list, count);
	if (numbers == NULL)
		return NULL;
	status = kpi_control_limits_of(&limits, numbers, (uint64_t)count,
	    by_median ? KPI_CENTRE_MEDIAN : KPI_CENTRE_MEAN, &error);
	PyMem_Free(numbers);
	if (status != KPI_OK)
		return error_raise(PyModule_GetState(module), status, &error);
	return Py_BuildValue("dddddKK", limits.centre, limits.lower,
	    limits.upper, limits.range, limits.range_limit,
	    (unsigned long long)limits.values,
	    (unsigned long long)limits.ranges);
}

/* What a value signals, in the order of KPI_SIGNAL_: ("outside", "run"). */
static PyObject *
names_new(uint32_t signals)
{
	static const char *const names[] = { "outside", "range", "run" };
	const int count = (int)(sizeof(names) / sizeof(*names));
	const char *set[sizeof(names) / sizeof(*names)];
	PyObject *tuple;
	Py_ssize_t length = 0;

	for (int i = 0; i < count; i++)
		if (signals >> i & 1)
			set[length++] = names[i];
	tuple = PyTuple_New(length);
	for (Py_ssize_t i = 0; tuple != NULL && i < length; i++) {
		PyObject *const name = PyUnicode_FromString(set[i]);

		if (name == NULL || PyTuple_SetItem(tuple, i, name) != 0)
			Py_CLEAR(tuple);
	}
	return tuple;
}

static PyObject *
signals_new(const uint32_t *signals, Py_ssize_t count)
{
	PyObject *list = PyList_New(count);

	for (Py_ssize_t i = 0; list != NULL && i < count; i++) {
		PyObject *const names = names_new(signals[i]);

		if (names == NULL || PyList_SetItem(list, i, names) != 0)
			Py_CLEAR(list);
	}
	return list;
}

/* control_signals(list, centre, lower, upper, range_limit, chart_run) ->
 * a list of tuples of names */
PyObject *
module_control_signals(PyObject *module, PyObject *args)
{
	kpi_control_limits limits = KPI_CONTROL_LIMITS_INIT;
	kpi_error error = KPI_ERROR_INIT;
	PyObject *list, *result = NULL;
	Py_ssize_t count;
	uint32_t *signals;
	double *numbers;
	kpi_status status;
	int chart_run;

	if (!PyArg_ParseTuple(args, "O!ddddi", &PyList_Type, &list,
		&limits.centre, &limits.lower, &limits.upper,
		&limits.range_limit, &chart_run))
		return NULL;
	count = PyList_Size(list);
	numbers = numbers_new(list, count);
	if (numbers == NULL)
		return NULL;
	signals = PyMem_Malloc(((size_t)count + 1) * sizeof(*signals));
	if (signals == NULL) {
		PyMem_Free(numbers);
		return PyErr_NoMemory();
	}
	status = kpi_control_signals_of(
	    signals, &limits, numbers, (uint64_t)count, chart_run, &error);
	if (status == KPI_OK)
		result = signals_new(signals, count);
	else
		error_raise(PyModule_GetState(module), status, &error);
	PyMem_Free(signals);
	PyMem_Free(numbers);
	return result;
}
