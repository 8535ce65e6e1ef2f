/* SPDX-License-Identifier: MIT */
#include "repeats.h"

#include "definition.h"
#include "error.h"
#include "instant.h"
#include "query.h"
#include "store.h"

struct repeats {
	PyObject_HEAD struct state *state;
	kpi_repeats *repeats;
};

PyObject *
store_repeats(PyObject *self, PyObject *arguments)
{
	struct store *const store = (struct store *)self;
	kpi_error error = KPI_ERROR_INIT;
	const kpi_definition *definition;
	PyObject *query, *given;
	struct repeats *repeats;
	const kpi_query *handle;
	kpi_status status;
	struct call call;

	if (!PyArg_ParseTuple(arguments, "OO", &query, &given) ||
	    (handle = query_of(store->state, query)) == NULL ||
	    (definition = definition_of(store->state, given)) == NULL)
		return NULL;
	repeats = (struct repeats *)object_new(store->state->repeats_type);
	if (repeats == NULL)
		return NULL;
	repeats->state = store->state;
	if (call_begin(&call, store, CALL_LONG, query_stop(query)) != 0) {
		Py_DECREF((PyObject *)repeats);
		return NULL;
	}
	status = kpi_repeat_contacts(
	    &repeats->repeats, store->store, handle, definition, &error);
	call_end(&call);
	if (status == KPI_OK && !PyErr_Occurred())
		return (PyObject *)repeats;
	Py_DECREF((PyObject *)repeats);
	return error_raise(store->state, status, &error);
}

static Py_ssize_t
type_length(PyObject *self)
{
	return (Py_ssize_t)kpi_repeats_count(
	    ((const struct repeats *)self)->repeats);
}

/*
 * (started_at, earlier_started_at, first_started_at, gap, customer, source,
 * id, earlier_source, earlier_id, first_source, first_id)
 */
static PyObject *
type_item(PyObject *self, Py_ssize_t place)
{
	const struct repeats *const repeats = (const struct repeats *)self;
	const struct state *const state = repeats->state;
	kpi_repeat r = KPI_REPEAT_INIT;

	if (place < 0 ||
	    kpi_repeats_get(repeats->repeats, (uint64_t)place, &r) != KPI_OK) {
		PyErr_SetString(PyExc_IndexError, "no such repeat contact");
		return NULL;
	}
	return Py_BuildValue("NNNLzzzzzzz", instant_new(state, r.started_at),
	    instant_new(state, r.earlier_started_at),
	    instant_new(state, r.first_started_at), (long long)r.gap_ms,
	    r.customer, r.source, r.id, r.earlier_source, r.earlier_id,
	    r.first_source, r.first_id);
}

static void
type_dealloc(PyObject *self)
{
	PyThreadState *const thread = PyEval_SaveThread();

	kpi_repeats_free(((struct repeats *)self)->repeats);
	PyEval_RestoreThread(thread);
	object_free(self);
}

PyObject *
repeats_type(PyObject *module)
{
	PyType_Slot slots[] = {
		{ Py_tp_dealloc, (void *)type_dealloc },
		{ Py_sq_length, (void *)type_length },
		{ Py_sq_item, (void *)type_item },
		{ 0, NULL },
	};
	PyType_Spec spec = { "kpi._kpi.Repeats", (int)sizeof(struct repeats), 0,
		Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION, slots };

	return PyType_FromModuleAndSpec(module, &spec, NULL);
}
