/* SPDX-License-Identifier: MIT */
/*
 * result.h - kpi._kpi.Result: groups and their figures.
 */
#ifndef KPI_PYTHON_RESULT_H
#define KPI_PYTHON_RESULT_H

#include "state.h"

/* The type; NULL with an exception. */
PyObject *result_type(PyObject *module);

/* kpi._kpi.load(bytes) */
PyObject *result_load(PyObject *module, PyObject *bytes);

#endif
