/* SPDX-License-Identifier: MIT */
/*
 * result.h - kpi._kpi.Result: groups and their figures.
 */
#ifndef KPI_PYTHON_RESULT_H
#define KPI_PYTHON_RESULT_H

#include "state.h"

/* Readers without Python's lock are counted; a merge wants none. */
struct result {
	PyObject_HEAD struct state *state;
	kpi_result *result;
	Py_ssize_t readers;
	int merging;
};

/* The type; NULL with an exception. */
PyObject *result_type(PyObject *module);

/* The object of a result, which it takes; NULL with an exception. */
PyObject *result_new(struct state *state, kpi_result *handle);

/* 0, or -1 with RuntimeError: another thread is merging into it. */
int result_readable(const struct result *result);

/* kpi._kpi.load(bytes) */
PyObject *result_load(PyObject *module, PyObject *bytes);

/* The methods that have files of their own. */
PyObject *result_arrow(PyObject *self, PyObject *nothing);
PyObject *result_change(PyObject *self, PyObject *arguments);
PyObject *result_columns(PyObject *self, PyObject *names);
PyObject *result_definition(PyObject *self, PyObject *arguments);
PyObject *result_figure(PyObject *self, PyObject *arguments);
PyObject *result_fingerprint(PyObject *self, PyObject *arguments);
PyObject *result_group(PyObject *self, PyObject *arguments);
PyObject *result_groups(PyObject *self, PyObject *arguments);
PyObject *result_known(PyObject *self, PyObject *arguments);
PyObject *result_presets(PyObject *self, PyObject *arguments);
PyObject *result_season(PyObject *self, PyObject *arguments);
PyObject *result_shape(PyObject *self, PyObject *nothing);
PyObject *result_text(PyObject *self, PyObject *arguments);
PyObject *result_time(PyObject *self, PyObject *arguments);
PyObject *result_times(PyObject *self, PyObject *arguments);

#endif
