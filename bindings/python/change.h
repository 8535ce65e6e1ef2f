/* SPDX-License-Identifier: MIT */
/*
 * change.h - a change as the package reads it: all of it, at once.
 */
#ifndef KPI_PYTHON_CHANGE_H
#define KPI_PYTHON_CHANGE_H

#include "state.h"

/*
 * (dimensions, ((from, until) of now, of before), count of definitions,
 * differences), the last of which, one a definition, are the whole's; NULL with
 * an exception.
 */
PyObject *change_read(const struct state *state, const kpi_change *change);

#endif
