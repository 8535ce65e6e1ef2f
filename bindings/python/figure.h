/* SPDX-License-Identifier: MIT */
/*
 * figure.h - the figures of a result one by one and by column, and the
 * result's outline.
 */
#ifndef KPI_PYTHON_FIGURE_H
#define KPI_PYTHON_FIGURE_H

#include "state.h"

/* The names of the columns that figures have, as a tuple. */
PyObject *figure_columns(void);

/*
 * (metric, value, numerator, denominator, excluded, lower, upper, state,
 * unit); NULL with an exception.
 */
PyObject *figure_new(const struct state *state, const kpi_result *result,
    uint64_t row, uint64_t index);

/* A column of all figures, or the metrics' names, as a list. */
PyObject *figure_column(
    const struct state *state, const kpi_result *result, const char *name);

/* (rows, definitions, dimensions, bucket or None, zone) */
PyObject *figure_shape(const kpi_result *result);

#endif
