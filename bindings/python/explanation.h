/* SPDX-License-Identifier: MIT */
/*
 * explanation.h - kpi._kpi.Explanation: the units of a figure, as tuples.
 */
#ifndef KPI_PYTHON_EXPLANATION_H
#define KPI_PYTHON_EXPLANATION_H

#include "state.h"

/* The type; NULL with an exception. */
PyObject *explanation_type(PyObject *module);

#endif
