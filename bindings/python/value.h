/* SPDX-License-Identifier: MIT */
/*
 * value.h - numbers and texts from Python, and what is said of wrong ones.
 *
 * Each reader returns 0, or -1 with an exception: TypeError for a value of
 * another type, kpi.Error (EINVAL) for one that no field can have. None, a
 * float that is not a number, and what else is not equal to itself (NaT, NA)
 * are unknown.
 */
#ifndef KPI_PYTHON_VALUE_H
#define KPI_PYTHON_VALUE_H

#include "state.h"

/* Where a value stands, for the text of an error. */
struct spot {
	const struct state *state;
	PyObject *name; /* of the field */
	int64_t row;    /* from 1; 0: not in a column */
};

/* 1, or 0 without an exception. */
int value_unknown(PyObject *value);

/* An int, or what can stand for one, as a float that is whole. */
int integer_read(const struct spot *spot, PyObject *value, int64_t *out);

/*
 * Such a value of a known kind, unknown ones aside; `expected` is what the
 * TypeError says. `rounding`: a float goes to the nearest whole number.
 */
int whole_read(const struct spot *spot, PyObject *value, int rounding,
    const char *expected, int64_t *out);

/* An int of 0 or more; `name` is that of the option. */
int size_read(const struct state *state, const char *name, PyObject *value,
    uint64_t *out);

/*
 * The text of a value: NULL for unknown; valid while the value lives. An int
 * is its digits, kept in the list *kept, which is made when needed; if `kept`
 * is NULL, it is refused.
 */
int text_read(const struct spot *spot, PyObject *value, PyObject **kept,
    const char **out);

/* -1 with TypeError: the field must be `expected`, not what `value` is. */
int value_refuse(
    const struct spot *spot, const char *expected, PyObject *value);

#endif
