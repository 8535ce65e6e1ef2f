/* SPDX-License-Identifier: MIT */
/*
 * field.h - the fields of the records, by the names of the library's table.
 */
#ifndef KPI_PYTHON_FIELD_H
#define KPI_PYTHON_FIELD_H

#include "value.h"

/* Reads the library's tables into the state; 0, or -1 with an exception. */
int fields_init(struct state *state);

/* The field of a name; NULL: none, without an exception. */
const struct field *field_find(const struct state *state, PyObject *name);

/* Remembers the fields of a call's keywords. */
void keywords_learn(struct state *state, PyObject *names);

/* The field of a keyword, as field_find(). */
const struct field *keyword_field(
    const struct state *state, PyObject *names, Py_ssize_t place);

/* Raises kpi.Error: the caller has no such field, and the nearest one. */
void field_unknown(
    const struct state *state, const char *caller, PyObject *name);

/* Where a field's value stands that is in no column. */
struct spot field_spot(const struct state *state, const struct field *field);

/* The number of a value of a field that is no text; 0, or -1 raised. */
int field_number(const struct spot *spot, const struct field *field,
    PyObject *value, int64_t *out);

/*
 * Reads a value into its place in a record; 0, or -1 with an exception.
 * `kept` is that of text_read().
 */
int field_read(const struct state *state, const struct field *field,
    PyObject *value, void *record, PyObject **kept);

/* Puts a field's value into a dict unless it is unknown; 0, or -1 raised. */
int field_show(const struct state *state, const struct field *field,
    const void *record, PyObject *dict);

/* A number as Python shows it: a code by its name, an instant as datetime. */
PyObject *number_new(
    const struct state *state, const struct field *field, int64_t number);

#endif
