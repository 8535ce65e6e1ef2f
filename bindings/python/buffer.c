/* SPDX-License-Identifier: MIT */
#include "buffer.h"

#include "error.h"

#include <math.h>
#include <string.h>

#define TWO_TO_63 9223372036854775808.0

#define SIGNED   1
#define UNSIGNED 2
#define FLOAT    3

/* SIGNED, ... for a format of the struct module; 0: none of them. */
static int
kind_of(const Py_buffer *buffer)
{
	const uint16_t one = 1;
	const int little = *(const unsigned char *)&one == 1;
	const char *format = buffer->format;

	if (*format == '@' || *format == '=' || *format == (little ? '<' : '>'))
		format++;
	if (*format == '\0' || format[1] != '\0')
		return 0;
	if (strchr("bhilqn", *format) != NULL)
		return SIGNED;
	if (strchr("BHILQN?", *format) != NULL)
		return UNSIGNED;
	return strchr("fd", *format) != NULL ? FLOAT : 0;
}

int
buffer_take(const struct spot *spot, PyObject *value, Py_buffer *buffer)
{
	if (PyObject_GetBuffer(value, buffer, PyBUF_STRIDES | PyBUF_FORMAT) !=
	    0)
		return -1;
	if (buffer->ndim == 1 && kind_of(buffer) != 0)
		return 0;
	PyErr_Format(PyExc_TypeError,
	    "%U must be a buffer of one dimension of integers or floats in "
	    "this machine's order of bytes, not of %d of '%s'",
	    spot->name, buffer->ndim, buffer->format);
	return -1;
}

int
buffer_is(const Py_buffer *buffer, size_t size)
{
	const Py_ssize_t stride = buffer->strides[0];

	return kind_of(buffer) == SIGNED &&
	    buffer->itemsize == (Py_ssize_t)size &&
	    (uintptr_t)buffer->buf % size == 0 &&
	    (buffer->shape[0] < 2 ||
		(stride != 0 && (uintptr_t)stride % size == 0));
}

/*
 * Each of these reads elements of a type, in whatever place they are, and
 * returns 0, or the row (from 1) of one that has no number.
 */
#define EACH(type, statement)                                                  \
	do {                                                                   \
		for (i = 0; i < rows; i++, at += stride) {                     \
			type v;                                                \
			memcpy(&v, at, sizeof(v));                             \
			statement;                                             \
		}                                                              \
		return 0;                                                      \
	} while (0)

static Py_ssize_t
signed_widen(const char *at, Py_ssize_t stride, Py_ssize_t rows,
    Py_ssize_t size, int64_t *out)
{
	Py_ssize_t i;

	if (size == 1)
		EACH(int8_t, out[i] = v);
	if (size == 2)
		EACH(int16_t, out[i] = v);
	if (size == 4)
		EACH(int32_t, out[i] = v == INT32_MIN ? KPI_UNKNOWN : v);
	EACH(int64_t, out[i] = v);
}

static Py_ssize_t
unsigned_widen(const char *at, Py_ssize_t stride, Py_ssize_t rows,
    Py_ssize_t size, int64_t *out)
{
	Py_ssize_t i;

	if (size == 1)
		EACH(uint8_t, out[i] = v);
	if (size == 2)
		EACH(uint16_t, out[i] = v);
	if (size == 4)
		EACH(uint32_t, out[i] = v);
	EACH(uint64_t, if (v > INT64_MAX) return i + 1; out[i] = (int64_t)v);
}

/* 0 if the float has no number. */
static int
whole_of(double given, int rounding, int64_t *out)
{
	const double whole = rint(given);

	if (isnan(given)) {
		*out = KPI_UNKNOWN;
		return 1;
	}
	if ((whole != given && !rounding) ||
	    !(whole >= -TWO_TO_63 && whole < TWO_TO_63))
		return 0;
	*out = (int64_t)whole;
	return 1;
}

static Py_ssize_t
float_widen(const char *at, Py_ssize_t stride, Py_ssize_t rows, Py_ssize_t size,
    int rounding, int64_t *out)
{
	Py_ssize_t i;

	if (size == (Py_ssize_t)sizeof(float))
		EACH(float,
		    if (!whole_of((double)v, rounding, &out[i])) return i + 1);
	EACH(double, if (!whole_of(v, rounding, &out[i])) return i + 1);
}

static Py_ssize_t
widen(const Py_buffer *buffer, int rounding, int64_t *out)
{
	const Py_ssize_t stride = buffer->strides[0], rows = buffer->shape[0];
	const Py_ssize_t size = buffer->itemsize;
	const char *const at = buffer->buf;

	switch (kind_of(buffer)) {
	case SIGNED:
		return signed_widen(at, stride, rows, size, out);
	case UNSIGNED:
		return unsigned_widen(at, stride, rows, size, out);
	default:
		return float_widen(at, stride, rows, size, rounding, out);
	}
}

int64_t *
buffer_widen(const struct spot *spot, const Py_buffer *buffer, int rounding)
{
	const size_t rows = (size_t)buffer->shape[0];
	int64_t *const out = PyMem_Calloc(rows + 1, sizeof(*out));
	struct spot wrong = *spot;
	PyThreadState *thread;

	if (out == NULL) {
		PyErr_NoMemory();
		return NULL;
	}
	thread = PyEval_SaveThread();
	wrong.row = widen(buffer, rounding, out);
	PyEval_RestoreThread(thread);
	if (wrong.row == 0)
		return out;
	PyMem_Free(out);
	(void)error_value(&wrong,
	    rounding || kind_of(buffer) != FLOAT
		? "does not fit 64 bits"
		: "is not a whole number of 64 bits");
	return NULL;
}
