/* SPDX-License-Identifier: MIT */
/*
 * instant.h - numbers, instants and durations from and to Python.
 *
 * Each reader returns 0, or -1 with an exception that begins with `name`.
 * None is KPI_UNKNOWN.
 */
#ifndef KPI_PYTHON_INSTANT_H
#define KPI_PYTHON_INSTANT_H

#include "state.h"

int integer_read(PyObject *name, PyObject *value, int64_t *out);

/* A datetime with a zone, or milliseconds since 1970 UTC. */
int instant_read(
    const struct state *state, PyObject *name, PyObject *value, int64_t *out);

/* A timedelta, or milliseconds. */
int duration_read(
    const struct state *state, PyObject *name, PyObject *value, int64_t *out);

/*
 * A datetime in UTC; KPI_UNKNOWN is None; milliseconds, where a bound is past
 * the last instant that a datetime can be.
 */
PyObject *instant_new(const struct state *state, int64_t instant);

#endif
