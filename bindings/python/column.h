/* SPDX-License-Identifier: MIT */
/*
 * column.h - a field of many interactions, from a buffer or a sequence.
 */
#ifndef KPI_PYTHON_COLUMN_H
#define KPI_PYTHON_COLUMN_H

#include "state.h"

/* What a kpi_column points into, held until column_clear(). */
struct column {
	Py_buffer buffer;  /* obj NULL: none */
	PyObject *texts;   /* a tuple; NULL: none */
	PyObject *kept;    /* texts that were made of ints */
	const char **list; /* the texts' bytes */
	char *digits;      /* of integers as texts, or texts of Arrow */
	int64_t *numbers;
	int32_t *places; /* in the texts */
	Py_ssize_t rows;
};

/*
 * Fills in a zeroed column and its kpi_column; 0, or -1 with an exception
 * that names the row. `dated`: a buffer's instants came from a type of dates,
 * so that none can be seconds. column_clear() is due either way.
 */
int column_read(const struct state *state, const struct field *field,
    PyObject *value, int dated, struct column *column, kpi_column *out);

void column_clear(struct column *column);

#endif
