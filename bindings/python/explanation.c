/* SPDX-License-Identifier: MIT */
#include "explanation.h"

#include "definition.h"
#include "error.h"
#include "figure.h"
#include "instant.h"
#include "query.h"
#include "store.h"

struct explanation {
	PyObject_HEAD struct store *store;
	PyObject *query;  /* a page asks its stop function */
	PyObject *metric; /* its name */
	kpi_explanation *explanation;
	kpi_figure figure;
	int busy;
};

PyObject *
store_explain(PyObject *self, PyObject *arguments)
{
	struct store *const store = (struct store *)self;
	static const kpi_figure none = KPI_FIGURE_INIT;
	kpi_explain_options options = KPI_EXPLAIN_OPTIONS_INIT;
	kpi_error error = KPI_ERROR_INIT;
	const kpi_definition *definition;
	PyObject *query, *given, *metric;
	struct explanation *e;
	const kpi_query *handle;
	long long roles;
	kpi_status status;
	struct call call;

	if (!PyArg_ParseTuple(
		arguments, "OOUL", &query, &given, &metric, &roles) ||
	    (handle = query_of(store->state, query)) == NULL ||
	    (definition = definition_of(store->state, given)) == NULL)
		return NULL;
	e = (struct explanation *)object_new(store->state->explanation_type);
	if (e == NULL)
		return NULL;
	e->store = (struct store *)Py_NewRef(self);
	e->query = Py_NewRef(query);
	e->metric = Py_NewRef(metric);
	e->figure = none;
	options.roles = roles;
	if (call_begin(&call, store, CALL_LONG, query_stop(query)) != 0) {
		Py_DECREF((PyObject *)e);
		return NULL;
	}
	status = kpi_explain(&e->explanation, store->store, handle, definition,
	    &options, &error);
	if (status == KPI_OK)
		status = kpi_explanation_figure(e->explanation, &e->figure);
	call_end(&call);
	if (status == KPI_OK && !PyErr_Occurred())
		return (PyObject *)e;
	Py_DECREF((PyObject *)e);
	return error_raise(store->state, status, &error);
}

static Py_ssize_t
type_length(PyObject *self)
{
	return (Py_ssize_t)kpi_explanation_count(
	    ((const struct explanation *)self)->explanation);
}

/* The members of a Row from the metric on. */
static PyObject *
type_figure(PyObject *self, PyObject *nothing)
{
	const struct explanation *const e = (const struct explanation *)self;
	const char *metric = PyUnicode_AsUTF8AndSize(e->metric, NULL);

	(void)nothing;
	return metric == NULL ? NULL : figure_show(&e->figure, metric);
}

/* Its name, or None. */
static PyObject *
role_new(int32_t role)
{
	kpi_entry entry = KPI_ENTRY_INIT;

	if (kpi_catalogue_number(KPI_TABLE_ROLES, role, &entry) != KPI_OK)
		Py_RETURN_NONE;
	return PyUnicode_InternFromString(entry.name);
}

static PyObject *
known(int64_t value, int64_t unknown)
{
	if (value == unknown)
		Py_RETURN_NONE;
	return PyLong_FromLongLong(value);
}

/*
 * (started_at, row, role, left_out, value, numerator, denominator, excluded,
 * source, id, customer, outcome_class)
 */
static PyObject *
unit_new(const struct explanation *e, const kpi_explained *u)
{
	return Py_BuildValue("NNNNNNNNzzzz",
	    instant_new(e->store->state, u->started_at), known(u->row, 0),
	    role_new(u->role), role_new(u->left_out),
	    known(u->value, KPI_UNKNOWN),
	    units_new(u->numerator, e->figure.parts),
	    units_new(u->denominator, e->figure.parts),
	    units_new(u->excluded, e->figure.parts), u->source, u->id,
	    u->customer, u->outcome_class);
}

/* The first of a page is looked for in the store while other threads run; the
 * rest mostly stands beside it. */
static PyObject *
unit_at(struct explanation *e, uint64_t place, int how)
{
	kpi_explained unit = KPI_EXPLAINED_INIT;
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status;
	struct call call;

	if (call_begin(&call, e->store, how | CALL_AFTER_CLOSE,
		query_stop(e->query)) != 0)
		return NULL;
	status = kpi_explanation_get(e->explanation, place, &unit, &error);
	call_end(&call);
	if (status != KPI_OK || PyErr_Occurred())
		return error_raise(e->store->state, status, &error);
	return unit_new(e, &unit);
}

static PyObject *
page_new(struct explanation *e, uint64_t first, uint64_t count)
{
	PyObject *const list = PyList_New((Py_ssize_t)count);

	for (uint64_t i = 0; list != NULL && i < count; i++) {
		PyObject *const unit =
		    unit_at(e, first + i, i == 0 ? CALL_LONG : CALL_SHORT);

		if (unit == NULL ||
		    PyList_SetItem(list, (Py_ssize_t)i, unit) != 0) {
			Py_DECREF(list);
			return NULL;
		}
	}
	return list;
}

/* Some of the units, of places that there are. */
static PyObject *
type_page(PyObject *self, PyObject *arguments)
{
	struct explanation *const e = (struct explanation *)self;
	const uint64_t all = kpi_explanation_count(e->explanation);
	Py_ssize_t first, count;
	PyObject *list;

	if (!PyArg_ParseTuple(arguments, "nn", &first, &count))
		return NULL;
	if (first < 0 || count < 0 || (uint64_t)first > all ||
	    (uint64_t)count > all - (uint64_t)first) {
		PyErr_SetString(PyExc_IndexError, "no such unit");
		return NULL;
	}
	if (e->busy) {
		PyErr_SetString(PyExc_ValueError,
		    "the explanation is in use by another thread");
		return NULL;
	}
	e->busy = 1;
	list = page_new(e, (uint64_t)first, (uint64_t)count);
	e->busy = 0;
	return list;
}

static void
type_dealloc(PyObject *self)
{
	struct explanation *const e = (struct explanation *)self;
	PyThreadState *thread;

	PyObject_GC_UnTrack(self);
	thread = PyEval_SaveThread();
	kpi_explanation_free(e->explanation);
	PyEval_RestoreThread(thread);
	Py_XDECREF((PyObject *)e->store);
	Py_XDECREF(e->query);
	Py_XDECREF(e->metric);
	object_free(self);
}

/* No clear: the store and the query must be there for as long as it is. */
static int
type_traverse(PyObject *self, visitproc visit, void *arg)
{
	const struct explanation *const e = (const struct explanation *)self;

	Py_VISIT(Py_TYPE(self));
	Py_VISIT((PyObject *)e->store);
	Py_VISIT(e->query);
	return 0;
}

static PyMethodDef methods[] = {
	{ "figure", type_figure, METH_NOARGS, "figure()\n--\n" },
	{ "page", type_page, METH_VARARGS, "page(first, count, /)\n--\n" },
	{ NULL, NULL, 0, NULL },
};

PyObject *
explanation_type(PyObject *module)
{
	PyType_Slot slots[] = {
		{ Py_tp_dealloc, (void *)type_dealloc },
		{ Py_tp_traverse, (void *)type_traverse },
		{ Py_tp_methods, methods },
		{ Py_sq_length, (void *)type_length },
		{ 0, NULL },
	};
	PyType_Spec spec = { "kpi._kpi.Explanation",
		(int)sizeof(struct explanation), 0,
		Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC |
		    Py_TPFLAGS_DISALLOW_INSTANTIATION,
		slots };

	return PyType_FromModuleAndSpec(module, &spec, NULL);
}
