/* SPDX-License-Identifier: MIT */
#include "value.h"

#include "error.h"

#include <math.h>
#include <string.h>

#define TWO_TO_63 9223372036854775808.0

int
value_unknown(PyObject *value)
{
	PyObject *answer;
	int unknown;

	if (Py_IsNone(value))
		return 1;
	if (PyLong_Check(value) || PyUnicode_Check(value))
		return 0;
	if (PyFloat_Check(value))
		return isnan(PyFloat_AsDouble(value));
	answer = PyObject_RichCompare(value, value, Py_NE);
	unknown = answer == NULL ? -1
	    : answer == value    ? 1
				 : PyObject_IsTrue(answer);
	Py_XDECREF(answer);
	if (unknown < 0)
		PyErr_Clear();
	return unknown == 1;
}

int
value_refuse(const struct spot *spot, const char *expected, PyObject *value)
{
	PyObject *const kind = PyType_GetName(Py_TYPE(value));

	if (kind == NULL)
		return -1;
	if (spot->row == 0)
		PyErr_Format(PyExc_TypeError, "%U must be %s, not %U",
		    spot->name, expected, kind);
	else
		PyErr_Format(PyExc_TypeError, "row %lld: %U must be %s, not %U",
		    (long long)spot->row, spot->name, expected, kind);
	Py_DECREF(kind);
	return -1;
}

static int
float_read(const struct spot *spot, PyObject *value, int rounding, int64_t *out)
{
	const double given = PyFloat_AsDouble(value);
	const double whole = rint(given);

	if (whole != given && !rounding)
		return error_value(spot, "is not a whole number");
	if (!(whole >= -TWO_TO_63 && whole < TWO_TO_63))
		return error_value(spot, "does not fit 64 bits");
	*out = (int64_t)whole;
	return 0;
}

static int
long_read(const struct spot *spot, PyObject *value, int64_t *out)
{
	int overflow;
	const long long n = PyLong_AsLongLongAndOverflow(value, &overflow);

	if (overflow != 0)
		return error_value(spot, "does not fit 64 bits");
	if (n == -1 && PyErr_Occurred())
		return -1;
	*out = n;
	return 0;
}

int
whole_read(const struct spot *spot, PyObject *value, int rounding,
    const char *expected, int64_t *out)
{
	PyObject *index;
	int failed;

	if (PyLong_Check(value))
		return long_read(spot, value, out);
	if (PyFloat_Check(value))
		return float_read(spot, value, rounding, out);
	if (!PyIndex_Check(value))
		return value_refuse(spot, expected, value);
	if ((index = PyNumber_Index(value)) == NULL)
		return -1;
	failed = long_read(spot, index, out);
	Py_DECREF(index);
	return failed;
}

int
integer_read(const struct spot *spot, PyObject *value, int64_t *out)
{
	*out = KPI_UNKNOWN;
	return value_unknown(value)
	    ? 0
	    : whole_read(spot, value, 0, "an int or None", out);
}

int
size_read(
    const struct state *state, const char *name, PyObject *value, uint64_t *out)
{
	struct spot spot = { state, PyUnicode_FromString(name), 0 };
	int64_t number = 0;
	int failed;

	if (spot.name == NULL)
		return -1;
	failed = whole_read(&spot, value, 0, "an int", &number);
	if (!failed && number < 0)
		failed = error_value(&spot, "is less than 0");
	Py_DECREF(spot.name);
	*out = (uint64_t)number;
	return failed;
}

/* The bytes of a str. */
static int
bytes_of(const struct spot *spot, PyObject *value, const char **out)
{
	Py_ssize_t size;

	if ((*out = PyUnicode_AsUTF8AndSize(value, &size)) == NULL) {
		PyErr_Clear();
		return error_value(spot, "has characters that UTF-8 has not");
	}
	if ((size_t)size != strlen(*out))
		return error_value(spot, "contains a null character");
	return 0;
}

/* The digits of an int, as a str in the list; borrowed. */
static PyObject *
digits_of(PyObject *value, PyObject **kept)
{
	PyObject *const index = PyNumber_Index(value);
	PyObject *const digits = index == NULL ? NULL : PyObject_Str(index);
	int failed = digits == NULL;

	if (!failed && *kept == NULL)
		failed = (*kept = PyList_New(0)) == NULL;
	if (!failed)
		failed = PyList_Append(*kept, digits) != 0;
	Py_XDECREF(index);
	Py_XDECREF(digits);
	return failed ? NULL : digits;
}

int
text_read(
    const struct spot *spot, PyObject *value, PyObject **kept, const char **out)
{
	*out = NULL;
	if (PyUnicode_Check(value))
		return bytes_of(spot, value, out);
	if (value_unknown(value))
		return 0;
	if (kept == NULL || !PyIndex_Check(value) || PyBool_Check(value))
		return value_refuse(spot, "a str or None", value);
	value = digits_of(value, kept);
	return value == NULL ? -1 : bytes_of(spot, value, out);
}
