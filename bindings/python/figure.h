/* SPDX-License-Identifier: MIT */
/*
 * figure.h - the figures of a result one by one and by column, and the
 * result's outline.
 */
#ifndef KPI_PYTHON_FIGURE_H
#define KPI_PYTHON_FIGURE_H

#include "state.h"

/* None for what is not a number. */
PyObject *number_or_none(double number);

/* The names of the columns that figures have, as a tuple. */
PyObject *figure_columns(void);

/*
 * (metric, value, numerator, denominator, excluded, lower, upper, state, unit
 * and the last members of a Row); NULL with an exception.
 */
PyObject *figure_new(const struct state *state, const kpi_result *result,
    uint64_t row, uint64_t index);

/* The same of a figure that is of no result. */
PyObject *figure_show(const kpi_figure *figure, const char *metric);

/* Parts as units: an int where they are whole; `whole` are those of one. */
PyObject *units_new(int64_t parts, int64_t whole);

/*
 * Columns of all figures, as a tuple of lists; what is in `names` and no
 * column of theirs is the metrics' names.
 */
PyObject *figure_read_columns(
    const struct state *state, const kpi_result *result, PyObject *names);

/* (rows, definitions, dimensions, bucket or None, zone) */
PyObject *figure_shape(const kpi_result *result);

#endif
