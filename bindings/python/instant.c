/* SPDX-License-Identifier: MIT */
#include "instant.h"

/* -1 with TypeError: what `name` must be, and what it is. */
static int
refuse(PyObject *name, const char *expected, PyObject *value)
{
	PyObject *const kind = PyType_GetName(Py_TYPE(value));

	if (kind != NULL)
		PyErr_Format(PyExc_TypeError, "%U must be %s, not %U", name,
		    expected, kind);
	Py_XDECREF(kind);
	return -1;
}

/* Reads an int, or what can stand for one. */
static int
whole_read(PyObject *name, PyObject *value, const char *expected, int64_t *out)
{
	PyObject *index;
	int overflow;
	long long n;

	if (!PyIndex_Check(value))
		return refuse(name, expected, value);
	if ((index = PyNumber_Index(value)) == NULL)
		return -1;
	n = PyLong_AsLongLongAndOverflow(index, &overflow);
	Py_DECREF(index);
	if (overflow != 0) {
		PyErr_Format(
		    PyExc_OverflowError, "%U does not fit 64 bits", name);
		return -1;
	}
	if (n == -1 && PyErr_Occurred())
		return -1;
	*out = n;
	return 0;
}

int
integer_read(PyObject *name, PyObject *value, int64_t *out)
{
	if (Py_IsNone(value)) {
		*out = KPI_UNKNOWN;
		return 0;
	}
	return whole_read(name, value, "an int or None", out);
}

/* Reads a timedelta in whole milliseconds. */
static int
span_read(
    const struct state *state, PyObject *name, PyObject *span, int64_t *out)
{
	PyObject *const count = PyNumber_FloorDivide(span, state->millisecond);
	const int failed =
	    count == NULL || whole_read(name, count, "an int", out) != 0;

	Py_XDECREF(count);
	return failed ? -1 : 0;
}

int
duration_read(
    const struct state *state, PyObject *name, PyObject *value, int64_t *out)
{
	const int is_span = PyObject_IsInstance(value, state->timedelta);

	if (is_span < 0)
		return -1;
	if (is_span)
		return span_read(state, name, value, out);
	if (Py_IsNone(value)) {
		*out = KPI_UNKNOWN;
		return 0;
	}
	return whole_read(
	    name, value, "a timedelta, an int of milliseconds or None", out);
}

/* 1 if a datetime has no zone, 0 if it has one, -1 with an exception. */
static int
is_naive(PyObject *value)
{
	PyObject *const offset = PyObject_CallMethod(value, "utcoffset", NULL);
	const int naive = offset == NULL ? -1 : Py_IsNone(offset);

	Py_XDECREF(offset);
	return naive;
}

static int
datetime_read(
    const struct state *state, PyObject *name, PyObject *value, int64_t *out)
{
	const int naive = is_naive(value);
	PyObject *span;
	int failed;

	if (naive < 0)
		return -1;
	if (naive) {
		PyErr_Format(PyExc_ValueError,
		    "%U is a datetime without a time zone", name);
		return -1;
	}
	if ((span = PyNumber_Subtract(value, state->epoch)) == NULL)
		return -1;
	failed = span_read(state, name, span, out);
	Py_DECREF(span);
	return failed;
}

int
instant_read(
    const struct state *state, PyObject *name, PyObject *value, int64_t *out)
{
	const int is_datetime = PyObject_IsInstance(value, state->datetime);

	if (is_datetime < 0)
		return -1;
	if (is_datetime)
		return datetime_read(state, name, value, out);
	if (Py_IsNone(value)) {
		*out = KPI_UNKNOWN;
		return 0;
	}
	return whole_read(name, value,
	    "a datetime with a time zone, an int of milliseconds or None", out);
}

/* The years that a datetime has, in milliseconds since 1970 UTC. */
#define FIRST_INSTANT INT64_C(-62135596800000)
#define LAST_INSTANT  INT64_C(253402300799999)

PyObject *
instant_new(const struct state *state, int64_t instant)
{
	PyObject *span, *value;

	if (instant == KPI_UNKNOWN)
		Py_RETURN_NONE;
	if (instant < FIRST_INSTANT || instant > LAST_INSTANT)
		return PyLong_FromLongLong(instant);
	span = PyObject_CallFunction(
	    state->timedelta, "iiiL", 0, 0, 0, (long long)instant);
	if (span == NULL)
		return NULL;
	value = PyNumber_Add(state->epoch, span);
	Py_DECREF(span);
	return value;
}
