/* SPDX-License-Identifier: MIT */
/* column_arrow.h - a column of texts as Arrow has them. */
#ifndef KPI_PYTHON_COLUMN_ARROW_H
#define KPI_PYTHON_COLUMN_ARROW_H

#include "column.h"
#include "value.h"

/* The name of a stream's capsule. */
#define ARROW_STREAM "arrow_array_stream"

/* The texts of a capsule's stream, of type utf8 or large_utf8, into the list.
 * The stream is spent. 0, or -1 with an exception. */
int arrow_texts_read(
    const struct spot *spot, PyObject *capsule, struct column *column);

#endif
