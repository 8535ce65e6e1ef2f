/* SPDX-License-Identifier: MIT */
/*
 * definition.h - kpi._kpi.Definition: a metric and its parameters.
 */
#ifndef KPI_PYTHON_DEFINITION_H
#define KPI_PYTHON_DEFINITION_H

#include "state.h"

/* The type; NULL with an exception. */
PyObject *definition_type(PyObject *module);

/* The definition of an object; NULL with TypeError if it is none. */
const kpi_definition *definition_of(
    const struct state *state, PyObject *object);

#endif
