/* SPDX-License-Identifier: MIT */
/*
 * field.h - the fields of the records, by the names of the library's table.
 */
#ifndef KPI_PYTHON_FIELD_H
#define KPI_PYTHON_FIELD_H

#include "state.h"

/* Reads the library's tables into the state; 0, or -1 with an exception. */
int fields_init(struct state *state);

/* The field of a name; NULL: none, without an exception. */
const struct field *field_find(const struct state *state, PyObject *name);

/* Raises TypeError: the caller has no such field, and the nearest one. */
void field_unknown(const char *caller, PyObject *name);

/* The number of a value of a field that is no text; 0, or -1 raised. */
int field_number(const struct state *state, const struct field *field,
    PyObject *value, int64_t *out);

/*
 * The text of a value: NULL for None; valid while the value lives. 0, or -1
 * with an exception that begins with `name`.
 */
int text_read(PyObject *name, PyObject *value, const char **out);

/* Reads a value into its place in a record; 0, or -1 with an exception. */
int field_read(const struct state *state, const struct field *field,
    PyObject *value, void *record);

/* Puts a field's value into a dict unless it is unknown; 0, or -1 raised. */
int field_show(const struct state *state, const struct field *field,
    const void *record, PyObject *dict);

/* A number as Python shows it: a code by its name, an instant as datetime. */
PyObject *number_new(
    const struct state *state, const struct field *field, int64_t number);

#endif
