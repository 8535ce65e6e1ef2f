/* SPDX-License-Identifier: MIT */
#include "store.h"

#include "column.h"
#include "error.h"
#include "field.h"

struct columns {
	Py_ssize_t count, rows;
	struct column held[FIELDS];
	kpi_column columns[FIELDS];
};

/* 0 if a column is as long as those before it; else -1 with kpi.Error. */
static int
same_length(const struct state *state, struct columns *all, PyObject *name,
    Py_ssize_t rows)
{
	const struct spot spot = { state, name, 0 };
	char text[100];

	if (all->count == 0)
		all->rows = rows;
	if (rows == all->rows)
		return 0;
	(void)PyOS_snprintf(text, sizeof(text),
	    "has %lld rows, where the columns before it have %lld",
	    (long long)rows, (long long)all->rows);
	return error_value(&spot, text);
}

/* `dated` has the names of columns of dates. */
static int
columns_read(const struct state *state, PyObject *const *values,
    PyObject *names, PyObject *dated, struct columns *all)
{
	const Py_ssize_t count = names == NULL ? 0 : PyTuple_Size(names);
	const struct field *field;
	struct column *column;
	PyObject *name;
	Py_ssize_t i;
	int is_dated;

	for (i = 0; i < count; i++) {
		name = PyTuple_GetItem(names, i);
		if ((field = field_find(state, name)) == NULL) {
			field_unknown(state, "add_columns()", name);
			return -1;
		}
		if (Py_IsNone(values[i]))
			continue;
		is_dated = PySequence_Contains(dated, name);
		if (is_dated < 0)
			return -1;
		column = &all->held[all->count];
		if (column_read(state, field, values[i], is_dated, column,
			&all->columns[all->count]) != 0 ||
		    same_length(state, all, name, column->rows) != 0) {
			all->count++;
			return -1;
		}
		all->count++;
	}
	return 0;
}

static PyObject *
add(struct store *store, const struct columns *all)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status;
	struct call call;

	if (call_begin(&call, store, CALL_LONG, NULL) != 0)
		return NULL;
	status = kpi_store_add_columns(store->store, (uint64_t)all->rows,
	    all->columns, (uint64_t)all->count, &error);
	call_end(&call);
	if (status != KPI_OK)
		return error_raise_row(store->state, status, &error);
	Py_RETURN_NONE;
}

/* add_columns(dated, **columns) */
PyObject *
store_add_columns(
    PyObject *self, PyObject *const *values, Py_ssize_t count, PyObject *names)
{
	struct store *const store = (struct store *)self;
	struct columns *all;
	PyObject *done = NULL;
	Py_ssize_t i;

	if (count != 1) {
		PyErr_SetString(
		    PyExc_TypeError, "add_columns() takes dated and keywords");
		return NULL;
	}
	if ((all = PyMem_Calloc(1, sizeof(*all))) == NULL)
		return PyErr_NoMemory();
	if (columns_read(store->state, values + count, names, values[0], all) ==
	    0)
		done = add(store, all);
	for (i = 0; i < all->count; i++)
		column_clear(&all->held[i]);
	PyMem_Free(all);
	return done;
}
