/* SPDX-License-Identifier: MIT */
/*
 * buffer.h - numbers of any width, in the memory of another object.
 */
#ifndef KPI_PYTHON_BUFFER_H
#define KPI_PYTHON_BUFFER_H

#include "value.h"

/*
 * Takes a buffer of one dimension of integers, truth values or floats; 0, or
 * -1 with an exception. PyBuffer_Release() is due if buffer->obj is not NULL.
 */
int buffer_take(const struct spot *spot, PyObject *value, Py_buffer *buffer);

/* Whether the elements are signed, have this size, and can be read there. */
int buffer_is(const Py_buffer *buffer, size_t size);

/*
 * The elements as int64_t, to be freed with PyMem_Free(); NULL with an
 * exception that names the row. The least of 32 and of 64 bits and a float
 * that is not a number are unknown. `rounding`: see whole_read().
 */
int64_t *buffer_widen(
    const struct spot *spot, const Py_buffer *buffer, int rounding);

#endif
