/* SPDX-License-Identifier: MIT */
#include "store.h"

#include "change.h"
#include "definition.h"
#include "error.h"
#include "query.h"
#include "result.h"

/* The definitions of a tuple, to be freed with PyMem_Free(). */
static const kpi_definition **
definitions_of(const struct state *state, PyObject *tuple)
{
	const size_t count = (size_t)PyTuple_Size(tuple);
	const kpi_definition **const list =
	    PyMem_Calloc(count + 1, sizeof(*list));
	size_t i;

	if (list == NULL)
		PyErr_NoMemory();
	for (i = 0; list != NULL && i < count; i++) {
		list[i] =
		    definition_of(state, PyTuple_GetItem(tuple, (Py_ssize_t)i));
		if (list[i] == NULL) {
			PyMem_Free(list);
			return NULL;
		}
	}
	return list;
}

/* A result, or the error; what raised in a call goes first. */
static PyObject *
answer(struct store *store, kpi_status status, kpi_result *result,
    const kpi_error *error)
{
	if (status == KPI_OK && !PyErr_Occurred())
		return result_new(store->state, result);
	kpi_result_free(result);
	return error_raise(store->state, status, error);
}

PyObject *
store_measure(PyObject *self, PyObject *arguments)
{
	struct store *const store = (struct store *)self;
	kpi_error error = KPI_ERROR_INIT;
	const kpi_definition **list;
	PyObject *query, *definitions;
	const kpi_query *handle;
	kpi_result *result = NULL;
	kpi_status status;
	struct call call;

	if (!PyArg_ParseTuple(
		arguments, "OO!", &query, &PyTuple_Type, &definitions) ||
	    (handle = query_of(store->state, query)) == NULL ||
	    (list = definitions_of(store->state, definitions)) == NULL)
		return NULL;
	if (call_begin(&call, store, CALL_LONG, query_stop(query)) != 0) {
		PyMem_Free(list);
		return NULL;
	}
	status = kpi_measure(&result, store->store, handle, list,
	    (uint64_t)PyTuple_Size(definitions), &error);
	call_end(&call);
	PyMem_Free(list);
	return answer(store, status, result, &error);
}

PyObject *
store_spread(PyObject *self, PyObject *arguments)
{
	struct store *const store = (struct store *)self;
	kpi_error error = KPI_ERROR_INIT;
	const kpi_definition *definition;
	PyObject *query, *own;
	const kpi_query *handle;
	kpi_result *result = NULL;
	kpi_status status;
	struct call call;

	if (!PyArg_ParseTuple(arguments, "OO", &query, &own) ||
	    (handle = query_of(store->state, query)) == NULL ||
	    (definition = definition_of(store->state, own)) == NULL ||
	    call_begin(&call, store, CALL_LONG, query_stop(query)) != 0)
		return NULL;
	status =
	    kpi_spread(&result, store->store, handle, definition, &error);
	call_end(&call);
	return answer(store, status, result, &error);
}

/* change(query, definitions, to, since, until) -> what change_read() makes */
PyObject *
store_change(PyObject *self, PyObject *arguments)
{
	struct store *const store = (struct store *)self;
	kpi_change_options options = KPI_CHANGE_OPTIONS_INIT;
	kpi_error error = KPI_ERROR_INIT;
	PyObject *query, *definitions, *since, *until, *read = NULL;
	const kpi_definition **list;
	kpi_change *change = NULL;
	const kpi_query *handle;
	kpi_status status;
	struct call call;
	int to;

	if (!PyArg_ParseTuple(arguments, "OO!iOO", &query, &PyTuple_Type,
		&definitions, &to, &since, &until) ||
	    (handle = query_of(store->state, query)) == NULL)
		return NULL;
	options.to = to;
	if (to == KPI_CHANGE_GIVEN &&
	    (query_bound(query, "since", since, &options.before_from) != 0 ||
		query_bound(query, "until", until, &options.before_until) !=
		    0))
		return NULL;
	if ((list = definitions_of(store->state, definitions)) == NULL)
		return NULL;
	if (call_begin(&call, store, CALL_LONG, query_stop(query)) != 0) {
		PyMem_Free(list);
		return NULL;
	}
	status = kpi_change_measure(&change, store->store, handle, list,
	    (uint64_t)PyTuple_Size(definitions), &options, &error);
	call_end(&call);
	PyMem_Free(list);
	if (status != KPI_OK || PyErr_Occurred())
		(void)error_raise(store->state, status, &error);
	else
		read = change_read(store->state, change);
	kpi_change_free(change);
	return read;
}
