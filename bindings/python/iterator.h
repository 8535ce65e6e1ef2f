/* SPDX-License-Identifier: MIT */
/*
 * iterator.h - kpi._kpi.Iterator: the interactions of a query, as dicts.
 */
#ifndef KPI_PYTHON_ITERATOR_H
#define KPI_PYTHON_ITERATOR_H

#include "state.h"

/* The type; NULL with an exception. */
PyObject *iterator_type(PyObject *module);

#endif
