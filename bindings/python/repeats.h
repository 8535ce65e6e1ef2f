/* SPDX-License-Identifier: MIT */
/*
 * repeats.h - kpi._kpi.Repeats: the list of repeat contacts, as tuples.
 */
#ifndef KPI_PYTHON_REPEATS_H
#define KPI_PYTHON_REPEATS_H

#include "state.h"

/* The type; NULL with an exception. */
PyObject *repeats_type(PyObject *module);

#endif
