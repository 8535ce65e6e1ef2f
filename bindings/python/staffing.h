/* SPDX-License-Identifier: MIT */
/* staffing.h - Erlang B, C and A. */
#ifndef KPI_PYTHON_STAFFING_H
#define KPI_PYTHON_STAFFING_H

#include "state.h"

PyObject *module_erlang_blocking(PyObject *module, PyObject *args);
PyObject *module_erlang_lines(PyObject *module, PyObject *args);
/* A tuple of the fields of kpi_staffing; NULL with an exception. */
PyObject *staffing_new(const kpi_staffing *s);

PyObject *module_staffing(PyObject *module, PyObject *args);

#endif
