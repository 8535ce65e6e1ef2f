/* SPDX-License-Identifier: MIT */
#include "store.h"

#include "error.h"
#include "field.h"
#include "record.h"

/* Reads (id, source=None); the texts live as long as the arguments. */
static int
key_read(PyObject *arguments, const char **id, const char **source)
{
	PyObject *given_id, *given_source = Py_None, *name;
	int failed;

	if (!PyArg_ParseTuple(arguments, "O|O", &given_id, &given_source))
		return -1;
	if ((name = PyUnicode_FromString("id or source")) == NULL)
		return -1;
	failed = text_read(name, given_id, id) != 0 ||
	    text_read(name, given_source, source) != 0;
	Py_DECREF(name);
	return failed ? -1 : 0;
}

PyObject *
store_get(PyObject *self, PyObject *arguments)
{
	struct store *const store = (struct store *)self;
	kpi_error error = KPI_ERROR_INIT;
	kpi_record *record = NULL;
	const char *id, *source;
	PyObject *dict;
	kpi_status status;
	struct call call;

	if (key_read(arguments, &id, &source) != 0 ||
	    call_begin(&call, store, CALL_SHORT) != 0)
		return NULL;
	status = kpi_store_get(&record, store->store, source, id, &error);
	call_end(&call);
	if (status == KPI_ENOTFOUND)
		Py_RETURN_NONE;
	if (status != KPI_OK)
		return error_raise(store->state, status, &error);
	dict = record_new(store->state, kpi_record_interaction(record));
	kpi_record_free(record);
	return dict;
}

PyObject *
store_delete(PyObject *self, PyObject *arguments)
{
	struct store *const store = (struct store *)self;
	kpi_error error = KPI_ERROR_INIT;
	const char *id, *source;
	kpi_status status;
	struct call call;

	if (key_read(arguments, &id, &source) != 0 ||
	    call_begin(&call, store, CALL_SHORT) != 0)
		return NULL;
	status = kpi_store_delete(store->store, source, id, &error);
	call_end(&call);
	if (status != KPI_OK)
		return error_raise(store->state, status, &error);
	Py_RETURN_NONE;
}
