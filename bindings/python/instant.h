/* SPDX-License-Identifier: MIT */
/*
 * instant.h - instants and durations from and to Python.
 */
#ifndef KPI_PYTHON_INSTANT_H
#define KPI_PYTHON_INSTANT_H

#include "value.h"

/*
 * Whether a number given for milliseconds since 1970 is rather of seconds:
 * those of 1980 and later are milliseconds of before 1980.
 */
int instant_is_seconds(int64_t given);

/* -1 with kpi.Error, which says so. */
int instant_refuse(const struct spot *spot, int64_t given);

/*
 * A datetime with a zone, or milliseconds since 1970 UTC that are not likely
 * seconds; the readers are like those of value.h.
 */
int instant_read(const struct spot *spot, PyObject *value, int64_t *out);

/* A timedelta, or milliseconds. */
int duration_read(const struct spot *spot, PyObject *value, int64_t *out);

/*
 * A datetime in UTC; KPI_UNKNOWN is None; milliseconds, where a bound is past
 * the last instant that a datetime can be.
 */
PyObject *instant_new(const struct state *state, int64_t instant);

#endif
