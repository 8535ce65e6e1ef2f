/* SPDX-License-Identifier: MIT */
#include "store.h"

#include "error.h"
#include "field.h"
#include "record.h"

/* 0 if all is given by keyword; else -1 with TypeError. */
static int
only_keywords(const char *caller, Py_ssize_t count)
{
	if (count == 0)
		return 0;
	PyErr_Format(PyExc_TypeError, "%s takes keywords only", caller);
	return -1;
}

PyObject *
store_add(
    PyObject *self, PyObject *const *values, Py_ssize_t count, PyObject *names)
{
	struct store *const store = (struct store *)self;
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status = KPI_OK;
	struct record record;
	struct call call;
	int failed;

	if (only_keywords("add()", count) != 0)
		return NULL;
	failed = record_read(
	    store->state, "add()", 0, values + count, names, &record);
	if (!failed && !(failed = call_begin(&call, store, CALL_SHORT, NULL))) {
		status =
		    kpi_store_add(store->store, &record.interaction, &error);
		call_end(&call);
	}
	record_clear(&record);
	if (failed)
		return NULL;
	if (status != KPI_OK)
		return error_raise(store->state, status, &error);
	Py_RETURN_NONE;
}

/* The numbers of the fields to clear, to be freed with PyMem_Free(). */
static int32_t *
clear_read(const struct state *state, PyObject *clear, Py_ssize_t *count)
{
	PyObject *const names = PySequence_Tuple(clear);
	const struct field *field;
	int32_t *numbers;
	Py_ssize_t i;

	if (names == NULL)
		return NULL;
	*count = PyTuple_Size(names);
	numbers = PyMem_Calloc((size_t)*count + 1, sizeof(*numbers));
	if (numbers == NULL)
		PyErr_NoMemory();
	for (i = 0; numbers != NULL && i < *count; i++) {
		field = field_find(state, PyTuple_GetItem(names, i));
		if (field != NULL && !field->visit) {
			numbers[i] = field->number;
			continue;
		}
		field_unknown(
		    state, "update(clear)", PyTuple_GetItem(names, i));
		PyMem_Free(numbers);
		numbers = NULL;
	}
	Py_DECREF(names);
	return numbers;
}

static PyObject *
update(struct store *store, const struct record *record)
{
	int32_t *clear = NULL;
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status = KPI_OK;
	Py_ssize_t count = 0;
	struct call call;
	int failed;

	if (record->clear != NULL && !Py_IsNone(record->clear)) {
		clear = clear_read(store->state, record->clear, &count);
		if (clear == NULL)
			return NULL;
	}
	if (!(failed = call_begin(&call, store, CALL_SHORT, NULL))) {
		status = kpi_store_update(store->store, &record->interaction,
		    clear, (uint64_t)count, &error);
		call_end(&call);
	}
	PyMem_Free(clear);
	if (failed)
		return NULL;
	if (status != KPI_OK)
		return error_raise(store->state, status, &error);
	Py_RETURN_NONE;
}

PyObject *
store_update(
    PyObject *self, PyObject *const *values, Py_ssize_t count, PyObject *names)
{
	struct store *const store = (struct store *)self;
	PyObject *done = NULL;
	struct record record;

	if (only_keywords("update()", count) != 0)
		return NULL;
	if (record_read(store->state, "update()", 1, values + count, names,
		&record) == 0)
		done = update(store, &record);
	record_clear(&record);
	return done;
}
