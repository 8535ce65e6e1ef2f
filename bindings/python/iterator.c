/* SPDX-License-Identifier: MIT */
#include "iterator.h"

#include "error.h"
#include "query.h"
#include "record.h"
#include "store.h"

#include <structmember.h>

struct iterator {
	PyObject_HEAD struct store *store;
	PyObject *query;        /* the walk asks its stop function */
	kpi_iterator *iterator; /* NULL: at its end */
	PyObject *weak;         /* references to it */
	int busy;
};

PyObject *
store_iterate(PyObject *self, PyObject *query)
{
	struct store *const store = (struct store *)self;
	const kpi_query *const handle = query_of(store->state, query);
	kpi_error error = KPI_ERROR_INIT;
	struct iterator *iterator;
	kpi_status status;
	struct call call;

	if (handle == NULL)
		return NULL;
	iterator = (struct iterator *)object_new(store->state->iterator_type);
	if (iterator == NULL)
		return NULL;
	iterator->store = (struct store *)Py_NewRef(self);
	iterator->query = Py_NewRef(query);
	if (call_begin(&call, store, CALL_LONG, query_stop(query)) != 0) {
		Py_DECREF((PyObject *)iterator);
		return NULL;
	}
	status = kpi_store_iterate(
	    &iterator->iterator, store->store, handle, &error);
	call_end(&call);
	if (status == KPI_OK && !PyErr_Occurred())
		return (PyObject *)iterator;
	Py_DECREF((PyObject *)iterator);
	return error_raise(store->state, status, &error);
}

/* The next interaction; NULL without an exception at the end. */
static PyObject *
next_of(struct iterator *iterator)
{
	const struct state *const state = iterator->store->state;
	const kpi_interaction *interaction = NULL;
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status;
	struct call call;

	if (call_begin(&call, iterator->store, CALL_SHORT | CALL_AFTER_CLOSE,
		query_stop(iterator->query)) != 0)
		return NULL;
	status = kpi_iterator_next(iterator->iterator, &interaction, &error);
	call_end(&call);
	if (status != KPI_OK || PyErr_Occurred())
		return error_raise(state, status, &error);
	if (interaction != NULL)
		return record_new(state, interaction);
	kpi_iterator_free(iterator->iterator);
	iterator->iterator = NULL;
	return NULL;
}

static PyObject *
type_next(PyObject *self)
{
	struct iterator *const iterator = (struct iterator *)self;
	PyObject *dict;

	if (iterator->busy) {
		PyErr_SetString(PyExc_ValueError,
		    "the iterator is in use by another thread");
		return NULL;
	}
	if (iterator->iterator == NULL)
		return NULL;
	iterator->busy = 1;
	dict = next_of(iterator);
	iterator->busy = 0;
	return dict;
}

static void
type_dealloc(PyObject *self)
{
	struct iterator *const iterator = (struct iterator *)self;
	PyThreadState *thread;

	PyObject_GC_UnTrack(self);
	PyObject_ClearWeakRefs(self);
	thread = PyEval_SaveThread();
	kpi_iterator_free(iterator->iterator);
	PyEval_RestoreThread(thread);
	Py_XDECREF((PyObject *)iterator->store);
	Py_XDECREF(iterator->query);
	object_free(self);
}

/* No clear: the store and the query must be there for as long as it is. */
static int
type_traverse(PyObject *self, visitproc visit, void *arg)
{
	const struct iterator *const iterator = (struct iterator *)self;

	Py_VISIT(Py_TYPE(self));
	Py_VISIT((PyObject *)iterator->store);
	Py_VISIT(iterator->query);
	return 0;
}

static PyMemberDef members[] = {
	{ "__weaklistoffset__", T_PYSSIZET, offsetof(struct iterator, weak),
	    READONLY, NULL },
	{ NULL, 0, 0, 0, NULL },
};

PyObject *
iterator_type(PyObject *module)
{
	PyType_Slot slots[] = {
		{ Py_tp_dealloc, (void *)type_dealloc },
		{ Py_tp_traverse, (void *)type_traverse },
		{ Py_tp_members, members },
		{ Py_tp_iter, (void *)PyObject_SelfIter },
		{ Py_tp_iternext, (void *)type_next },
		{ 0, NULL },
	};
	PyType_Spec spec = { "kpi._kpi.Iterator", (int)sizeof(struct iterator),
		0,
		Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC |
		    Py_TPFLAGS_DISALLOW_INSTANTIATION,
		slots };

	return PyType_FromModuleAndSpec(module, &spec, NULL);
}
