/* SPDX-License-Identifier: MIT */
/*
 * figure.h - one figure of a result, and the result's outline, as tuples.
 */
#ifndef KPI_PYTHON_FIGURE_H
#define KPI_PYTHON_FIGURE_H

#include "state.h"

/*
 * (metric, value, numerator, denominator, excluded, lower, upper, state,
 * unit); NULL with an exception.
 */
PyObject *figure_new(const struct state *state, const kpi_result *result,
    uint64_t row, uint64_t index);

/* (rows, definitions, dimensions, bucket or None, zone) */
PyObject *figure_shape(const kpi_result *result);

#endif
