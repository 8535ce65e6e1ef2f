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

/* An instant, or a text that is read in the zone of the object, which must be
 * a query; -1 with an exception. */
int query_bound(
    PyObject *query, const char *field, PyObject *value, int64_t *out);

/* What its calls ask; the object must be a query. */
struct stop *query_stop(PyObject *query);

#endif
