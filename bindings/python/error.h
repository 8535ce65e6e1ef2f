/* SPDX-License-Identifier: MIT */
/*
 * error.h - statuses of the library as exceptions.
 */
#ifndef KPI_PYTHON_ERROR_H
#define KPI_PYTHON_ERROR_H

#include "state.h"

/* The class kpi.Error; NULL with an exception. */
PyObject *error_type(void);

/*
 * Raises what `status` means: MemoryError for KPI_ENOMEM, else kpi.Error; an
 * exception that a stop callback has left stays. `error` may be NULL.
 * Returns NULL.
 */
PyObject *error_raise(
    const struct state *state, kpi_status status, const kpi_error *error);

#endif
