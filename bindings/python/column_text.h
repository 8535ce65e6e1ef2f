/* SPDX-License-Identifier: MIT */
/*
 * column_text.h - columns of texts: each row's, integers as their digits, or
 * places in a list of texts. Like column_read().
 */
#ifndef KPI_PYTHON_COLUMN_TEXT_H
#define KPI_PYTHON_COLUMN_TEXT_H

#include "column.h"
#include "value.h"

/* A text for each row; of a buffer of integers their digits, and of a capsule
 * of Arrow what its stream has. */
int texts_read(const struct spot *spot, PyObject *value, struct column *column,
    kpi_column *out);

/* A pair of a buffer of places and texts, also the names of codes. */
int pair_read(const struct field *field, const struct spot *spot,
    PyObject *pair, struct column *column, kpi_column *out);

#endif
