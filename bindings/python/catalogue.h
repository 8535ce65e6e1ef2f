/* SPDX-License-Identifier: MIT */
/*
 * catalogue.h - the library's tables as lists of dicts.
 */
#ifndef KPI_PYTHON_CATALOGUE_H
#define KPI_PYTHON_CATALOGUE_H

#include "state.h"

/* kpi._kpi.table(number) */
PyObject *catalogue_table(PyObject *module, PyObject *number);

/* kpi._kpi.find(number, name): one line of a table; kpi.Error if none. */
PyObject *catalogue_find(PyObject *module, PyObject *arguments);

#endif
