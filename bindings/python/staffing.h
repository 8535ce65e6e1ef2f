/* SPDX-License-Identifier: MIT */
/* staffing.h - Erlang B, C and A. */
#ifndef KPI_PYTHON_STAFFING_H
#define KPI_PYTHON_STAFFING_H

#include "state.h"

PyObject *module_erlang_blocking(PyObject *module, PyObject *args);
PyObject *module_erlang_lines(PyObject *module, PyObject *args);
PyObject *module_staffing(PyObject *module, PyObject *args);

#endif
