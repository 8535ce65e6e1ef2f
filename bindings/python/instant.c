/* SPDX-License-Identifier: MIT */
#include "instant.h"

#include "error.h"

/* Reads a timedelta in whole milliseconds, of which it is not less. */
static int
span_read(const struct spot *spot, PyObject *span, int64_t *out)
{
	PyObject *const count =
	    PyNumber_FloorDivide(span, spot->state->millisecond);
	const int failed = count == NULL ||
	    whole_read(spot, count, 0, "a timedelta", out) != 0;

	Py_XDECREF(count);
	return failed ? -1 : 0;
}

/* 1 if the value is of a class or of one made from it; -1 raised. */
static int
is_of(PyObject *value, PyObject *type)
{
	return (PyObject *)Py_TYPE(value) == type
	    ? 1
	    : PyObject_IsInstance(value, type);
}

int
duration_read(const struct spot *spot, PyObject *value, int64_t *out)
{
	int is_span;

	*out = KPI_UNKNOWN;
	if (PyLong_Check(value))
		return whole_read(spot, value, 1, "", out);
	if (value_unknown(value))
		return 0;
	if ((is_span = is_of(value, spot->state->timedelta)) < 0)
		return -1;
	return is_span ? span_read(spot, value, out)
		       : whole_read(spot, value, 1,
			     "a timedelta, milliseconds or None", out);
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
datetime_read(const struct spot *spot, PyObject *value, int64_t *out)
{
	const int naive = is_naive(value);
	PyObject *span;
	int failed;

	if (naive < 0)
		return -1;
	if (naive)
		return error_value(spot,
		    "is a datetime without a time zone: give it one, as in "
		    "when.replace(tzinfo=ZoneInfo(\"Europe/Berlin\"))");
	if ((span = PyNumber_Subtract(value, spot->state->epoch)) == NULL)
		return -1;
	failed = span_read(spot, span, out);
	Py_DECREF(span);
	return failed;
}

int
instant_read(const struct spot *spot, PyObject *value, int64_t *out)
{
	int is_datetime;

	*out = KPI_UNKNOWN;
	if (PyLong_Check(value))
		return whole_read(spot, value, 1, "", out);
	if (value_unknown(value))
		return 0;
	if ((is_datetime = is_of(value, spot->state->datetime)) < 0)
		return -1;
	return is_datetime
	    ? datetime_read(spot, value, out)
	    : whole_read(spot, value, 1,
		  "a datetime with a time zone, milliseconds since 1970 or "
		  "None",
		  out);
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
