/* SPDX-License-Identifier: MIT */
/*
 * text.h - figures as people read them, and control charts.
 */
#ifndef KPI_PYTHON_TEXT_H
#define KPI_PYTHON_TEXT_H

#include "state.h"

/* The name of a KPI_UNIT_. */
const char *unit_name(int32_t unit);

PyObject *module_figure_text(PyObject *module, PyObject *args);
PyObject *module_bounds_text(PyObject *module, PyObject *args);
PyObject *module_control_limits(PyObject *module, PyObject *args);
PyObject *module_control_signals(PyObject *module, PyObject *args);

#endif
