/* SPDX-License-Identifier: MIT */
/*
 * query.h - kpi._kpi.Query: which rows, which groups.
 */
#ifndef KPI_PYTHON_QUERY_H
#define KPI_PYTHON_QUERY_H

#include "stop.h"

/* The type; NULL with an exception. */
PyObject *query_type(PyObject *module);

/* The query of an object; NULL with TypeError if it is none. */
const kpi_query *query_of(const struct state *state, PyObject *object);

/* What its calls ask; the object must be a query. */
struct stop *query_stop(PyObject *query);

#endif
