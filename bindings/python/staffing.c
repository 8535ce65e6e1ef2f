/* SPDX-License-Identifier: MIT */
/* Erlang B, C and A. */
#include "staffing.h"

#include "error.h"

#include <math.h>

/* A figure; None without data. */
static PyObject *
figure_new(double value)
{
	return isnan(value) ? Py_NewRef(Py_None) : PyFloat_FromDouble(value);
}

/* erlang_blocking(load, lines) -> share, or None */
PyObject *
module_erlang_blocking(PyObject *module, PyObject *args)
{
	const struct state *const state = PyModule_GetState(module);
	kpi_error error = KPI_ERROR_INIT;
	double load, blocking = 0;
	kpi_status status;
	PyObject *given;
	uint64_t lines;

	if (!PyArg_ParseTuple(args, "dO", &load, &given) ||
	    size_read(state, "lines", given, &lines) != 0)
		return NULL;
	Py_BEGIN_ALLOW_THREADS;
	status = kpi_erlang_blocking(&blocking, load, lines, &error);
	Py_END_ALLOW_THREADS;
	return status == KPI_OK ? figure_new(blocking)
				: error_raise(state, status, &error);
}

/* erlang_lines(load, blocking) -> lines */
PyObject *
module_erlang_lines(PyObject *module, PyObject *args)
{
	kpi_error error = KPI_ERROR_INIT;
	double load, blocking;
	uint64_t lines = 0;
	kpi_status status;

	if (!PyArg_ParseTuple(args, "dd", &load, &blocking))
		return NULL;
	Py_BEGIN_ALLOW_THREADS;
	status = kpi_erlang_lines(&lines, load, blocking, &error);
	Py_END_ALLOW_THREADS;
	return status == KPI_OK
	    ? PyLong_FromUnsignedLongLong(lines)
	    : error_raise(PyModule_GetState(module), status, &error);
}

PyObject *
staffing_new(const kpi_staffing *s)
{
	return Py_BuildValue("(KKdNNNNNN)", (unsigned long long)s->agents,
	    (unsigned long long)s->positions, s->load,
	    figure_new(s->wait_probability), figure_new(s->service_level),
	    figure_new(s->mean_wait_ms), figure_new(s->speed_of_answer_ms),
	    figure_new(s->abandonment), figure_new(s->occupancy));
}

/*
 * staffing(agents or None, the fields of kpi_staffing_options) -> a tuple of
 * the fields of kpi_staffing
 */
PyObject *
module_staffing(PyObject *module, PyObject *args)
{
	const struct state *const state = PyModule_GetState(module);
	kpi_staffing_options o = KPI_STAFFING_OPTIONS_INIT;
	kpi_staffing s = KPI_STAFFING_INIT;
	kpi_error error = KPI_ERROR_INIT;
	PyObject *given;
	uint64_t agents = 0;
	kpi_status status;

	if (!PyArg_ParseTuple(args, "Oddddddddi", &given, &o.contacts,
		&o.interval_ms, &o.handle_time_ms, &o.patience_ms,
		&o.threshold_ms, &o.target_value, &o.max_occupancy,
		&o.shrinkage, &o.target))
		return NULL;
	if (!Py_IsNone(given) && size_read(state, "agents", given, &agents))
		return NULL;
	Py_BEGIN_ALLOW_THREADS;
	status = Py_IsNone(given) ? kpi_staffing_for(&s, &o, &error)
				  : kpi_staffing_of(&s, &o, agents, &error);
	Py_END_ALLOW_THREADS;
	return status == KPI_OK ? staffing_new(&s)
				: error_raise(state, status, &error);
}
