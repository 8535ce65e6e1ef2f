/* SPDX-License-Identifier: MIT */
/*
 * error.h - statuses of the library as exceptions.
 */
#ifndef KPI_PYTHON_ERROR_H
#define KPI_PYTHON_ERROR_H

#include "value.h"

/* The class kpi.Error; NULL with an exception. */
PyObject *error_type(void);

/*
 * Raises what `status` means: MemoryError for KPI_ENOMEM, else kpi.Error; an
 * exception that a stop callback has left stays. `error` may be NULL.
 * Returns NULL.
 */
PyObject *error_raise(
    const struct state *state, kpi_status status, const kpi_error *error);

/* The same of columns: the text begins with the row, if there is one. */
PyObject *error_raise_row(
    const struct state *state, kpi_status status, const kpi_error *error);

/*
 * Raises kpi.Error (EINVAL) of a value: its field's name and `what` there is
 * to say of it. Returns -1.
 */
int error_value(const struct spot *spot, const char *what);

#endif
