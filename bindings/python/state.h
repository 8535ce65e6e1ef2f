/* SPDX-License-Identifier: MIT */
/*
 * state.h - what the module knows for as long as it is loaded.
 *
 * Include it before anything else: it chooses the limited API.
 */
#ifndef KPI_PYTHON_STATE_H
#define KPI_PYTHON_STATE_H

#define PY_SSIZE_T_CLEAN
#define Py_LIMITED_API 0x030B0000
#include <Python.h>

#include <kpi.h>

#define FIELDS 48
#define CODES  5

/* What a store keeps beside interactions. */
#define ACTIVITIES  0
#define EMPLOYMENTS 1
#define EXPENSES    2
#define CALENDARS   3
#define RELATIONS   4

#define RELATION_FIELDS 8 /* at most */

/* How a field is read and shown. */
#define FIELD_TEXT     1
#define FIELD_INSTANT  2
#define FIELD_DURATION 3
#define FIELD_INTEGER  4

/* A set of codes that have names. */
struct codes {
	int32_t table;     /* KPI_TABLE_ */
	PyObject *numbers; /* name -> int */
	PyObject *names;   /* int -> name */
};

/* A field of the records, and where in its record it is. */
struct field {
	int32_t number;
	int kind;
	int visit; /* of a visit, else of the interaction */
	size_t offset;
	const struct codes *codes; /* NULL: none */
	PyObject *name;
};

/* The fields of its records, in the order of arguments. */
struct relation {
	int count;
	struct field fields[RELATION_FIELDS];
};

/*
 * The fields of the keywords of the last call: a caller in a loop has the
 * same tuple of names every time.
 */
struct keywords {
	PyObject *names;                        /* NULL: none yet */
	const struct field *fields[FIELDS + 2]; /* NULL: not a field */
};

struct state {
	PyObject *error;    /* kpi.Error */
	PyObject *datetime; /* the classes */
	PyObject *timedelta;
	PyObject *epoch;  /* 1970-01-01 UTC, aware */
	PyObject *visits; /* names, interned */
	PyObject *clear;
	PyObject *id;
	PyObject *source;
	PyObject *days;
	PyObject *seconds;
	PyObject *microseconds;
	PyTypeObject *definition_type;
	PyTypeObject *explanation_type;
	PyTypeObject *iterator_type;
	PyTypeObject *query_type;
	PyTypeObject *repeats_type;
	PyTypeObject *result_type;
	PyTypeObject *store_type;
	PyObject *places; /* name of a field -> its place in `fields` */
	size_t field_count;
	struct field fields[FIELDS];
	struct relation relations[RELATIONS];
	struct codes codes[CODES];
	struct keywords keywords;
};

/* The state of the module that `type`, or a base of it, belongs to. */
struct state *state_of(PyTypeObject *type);

/* Frees an object's memory and lets go of its type. */
void object_free(PyObject *self);

/* A new object of `type`, zeroed; NULL with an exception. */
PyObject *object_new(PyTypeObject *type);

/* So that tables of methods can hold functions of any shape. */
#define METHOD(function) ((PyCFunction)(void (*)(void))(function))

#endif
