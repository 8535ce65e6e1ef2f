/* SPDX-License-Identifier: MIT */
#include "store.h"

#include "error.h"
#include "record.h"
#include "value.h"

/* The key of an interaction. */
struct key {
	const char *id, *source;
	PyObject *kept; /* texts that were made */
};

/* Reads (id, source=None); key_clear() is due either way. */
static int
key_read(const struct state *state, PyObject *arguments, struct key *key)
{
	PyObject *id, *source = Py_None;
	struct spot spot = { state, NULL, 0 };

	key->kept = NULL;
	if (!PyArg_ParseTuple(arguments, "O|O", &id, &source))
		return -1;
	spot.name = state->id;
	if (text_read(&spot, id, &key->kept, &key->id) != 0)
		return -1;
	spot.name = state->source;
	return text_read(&spot, source, &key->kept, &key->source);
}

static void
key_clear(struct key *key)
{
	Py_XDECREF(key->kept);
}

PyObject *
store_get(PyObject *self, PyObject *arguments)
{
	struct store *const store = (struct store *)self;
	kpi_error error = KPI_ERROR_INIT;
	kpi_record *record = NULL;
	kpi_status status = KPI_OK;
	PyObject *dict;
	struct call call;
	struct key key;
	int failed;

	failed = key_read(store->state, arguments, &key) != 0;
	if (!failed && !(failed = call_begin(&call, store, CALL_SHORT, NULL))) {
		status = kpi_store_get(
		    &record, store->store, key.source, key.id, &error);
		call_end(&call);
	}
	key_clear(&key);
	if (failed)
		return NULL;
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
	kpi_status status = KPI_OK;
	struct call call;
	struct key key;
	int failed;

	failed = key_read(store->state, arguments, &key) != 0;
	if (!failed && !(failed = call_begin(&call, store, CALL_SHORT, NULL))) {
		status =
		    kpi_store_delete(store->store, key.source, key.id, &error);
		call_end(&call);
	}
	key_clear(&key);
	if (failed)
		return NULL;
	if (status != KPI_OK)
		return error_raise(store->state, status, &error);
	Py_RETURN_NONE;
}

PyObject *
store_erase_customer(PyObject *self, PyObject *customer)
{
	struct store *const store = (struct store *)self;
	struct spot spot = { store->state, NULL, 0 };
	PyObject *const name = PyUnicode_FromString("customer");
	PyObject *kept = NULL;
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status = KPI_OK;
	const char *text;
	struct call call;
	int failed;

	if (name == NULL)
		return NULL;
	spot.name = name;
	failed = text_read(&spot, customer, &kept, &text) != 0;
	if (!failed && !(failed = call_begin(&call, store, CALL_LONG, NULL))) {
		status = kpi_store_erase_customer(store->store, text, &error);
		call_end(&call);
	}
	Py_XDECREF(kept);
	Py_DECREF(name);
	if (failed)
		return NULL;
	if (status != KPI_OK)
		return error_raise(store->state, status, &error);
	Py_RETURN_NONE;
}
