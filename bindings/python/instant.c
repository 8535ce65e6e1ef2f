/* SPDX-License-Identifier: MIT */
#include "instant.h"

#include "error.h"

#define DAY_MS INT64_C(86400000)

/* A number that a timedelta has; -1 with an exception. */
static int
part_read(PyObject *span, PyObject *name, int64_t *out)
{
	PyObject *const part = PyObject_GetAttr(span, name);

	if (part == NULL)
		return -1;
	*out = PyLong_AsLongLong(part);
	Py_DECREF(part);
	return *out == -1 && PyErr_Occurred() ? -1 : 0;
}

/* Reads a timedelta in whole milliseconds, of which it is not less. */
static int
span_read(const struct spot *spot, PyObject *span, int64_t *out)
{
	const struct state *const state = spot->state;
	int64_t days, seconds, micros;

	if (part_read(span, state->days, &days) != 0 ||
	    part_read(span, state->seconds, &seconds) != 0 ||
	    part_read(span, state->microseconds, &micros) != 0)
		return -1;
	/* All but the days are 0 or more. */
	*out = days * DAY_MS + seconds * 1000 + micros / 1000;
	return 0;
}

int
duration_read(const struct spot *spot, PyObject *value, int64_t *out)
{
	int is_span;

	*out = KPI_UNKNOWN;
	if (PyLong_Check(value))
		return whole_read(spot, value, 1, "", out);
	if ((PyObject *)Py_TYPE(value) == spot->state->timedelta)
		return span_read(spot, value, out);
	if (value_unknown(value))
		return 0;
	if ((is_span = PyObject_IsInstance(value, spot->state->timedelta)) < 0)
		return -1;
	return is_span ? span_read(spot, value, out)
		       : whole_read(spot, value, 1,
			     "a timedelta, milliseconds or None", out);
}

static int
is_naive(const struct spot *spot)
{
	return error_value(spot,
	    "is a datetime without a time zone: give it one, as in "
	    "when.replace(tzinfo=ZoneInfo(\"Europe/Berlin\"))");
}

/* Only datetimes with a zone have a distance from one. */
static int
datetime_read(const struct spot *spot, PyObject *value, int64_t *out)
{
	PyObject *const span = PyNumber_Subtract(value, spot->state->epoch);
	int failed;

	if (span == NULL && PyErr_ExceptionMatches(PyExc_TypeError)) {
		PyErr_Clear();
		return is_naive(spot);
	}
	if (span == NULL)
		return -1;
	failed = span_read(spot, span, out);
	Py_DECREF(span);
	return failed;
}

int
instant_is_seconds(int64_t given)
{
	const int64_t seconds_1980 = 315532800;

	return given >= seconds_1980 && given < seconds_1980 * 1000;
}

int
instant_refuse(const struct spot *spot, int64_t given)
{
	char text[160];

	(void)PyOS_snprintf(text, sizeof(text),
	    "is %lld, which seems to be seconds: give a datetime with a time "
	    "zone, or milliseconds, %lld000",
	    (long long)given, (long long)given);
	return error_value(spot, text);
}

/* Milliseconds; `expected` is of whole_read(). */
static int
number_read(const struct spot *spot, PyObject *value, const char *expected,
    int64_t *out)
{
	if (whole_read(spot, value, 1, expected, out) != 0)
		return -1;
	return instant_is_seconds(*out) ? instant_refuse(spot, *out) : 0;
}

int
instant_read(const struct spot *spot, PyObject *value, int64_t *out)
{
	int is_datetime;

	*out = KPI_UNKNOWN;
	if (PyLong_Check(value))
		return number_read(spot, value, "", out);
	if ((PyObject *)Py_TYPE(value) == spot->state->datetime)
		return datetime_read(spot, value, out);
	if (value_unknown(value))
		return 0;
	if ((is_datetime = PyObject_IsInstance(value, spot->state->datetime)) <
	    0)
		return -1;
	return is_datetime
	    ? datetime_read(spot, value, out)
	    : number_read(spot, value,
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
