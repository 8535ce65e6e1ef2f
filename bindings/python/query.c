/* SPDX-License-Identifier: MIT */
#include "query.h"

#include "error.h"
#include "field.h"
#include "instant.h"
#include "stop.h"

struct query {
	PyObject_HEAD struct state *state;
	kpi_query *query;
	struct stop stop;
};

const kpi_query *
query_of(const struct state *state, PyObject *object)
{
	if (Py_TYPE(object) == state->query_type)
		return ((struct query *)object)->query;
	PyErr_SetString(PyExc_TypeError, "not a query");
	return NULL;
}

struct stop *
query_stop(PyObject *query)
{
	return &((struct query *)query)->stop;
}

/* Query(group_limit, progress) */
static PyObject *
type_new(PyTypeObject *type, PyObject *arguments, PyObject *keywords)
{
	kpi_query_options options = KPI_QUERY_OPTIONS_INIT;
	struct state *const state = state_of(type);
	kpi_error error = KPI_ERROR_INIT;
	PyObject *limit, *progress;
	struct query *query;
	kpi_status status;

	(void)keywords;
	if (state == NULL ||
	    !PyArg_ParseTuple(arguments, "OO", &limit, &progress) ||
	    size_read(state, "group_limit", limit, &options.group_limit) != 0 ||
	    (query = (struct query *)object_new(type)) == NULL)
		return NULL;
	query->state = state;
	if (!Py_IsNone(progress))
		query->stop.progress = Py_NewRef(progress);
	options.stop = stop_check;
	options.stop_ctx = &query->stop;
	status = kpi_query_new(&query->query, &options, &error);
	if (status == KPI_OK)
		return (PyObject *)query;
	Py_DECREF((PyObject *)query);
	return error_raise(state, status, &error);
}

static void
type_dealloc(PyObject *self)
{
	struct query *const query = (struct query *)self;

	PyObject_GC_UnTrack(self);
	kpi_query_free(query->query);
	Py_XDECREF(query->stop.progress);
	object_free(self);
}

static int
type_traverse(PyObject *self, visitproc visit, void *arg)
{
	Py_VISIT(Py_TYPE(self));
	Py_VISIT(((struct query *)self)->stop.progress);
	return 0;
}

static int
type_clear(PyObject *self)
{
	Py_CLEAR(((struct query *)self)->stop.progress);
	return 0;
}

/* None, or the exception for a status that comes without a text. */
static PyObject *
done(const struct query *query, kpi_status status, const char *field,
    const char *text)
{
	kpi_error error = KPI_ERROR_INIT;
	size_t i;

	if (status == KPI_OK)
		Py_RETURN_NONE;
	for (i = 0; field[i] != '\0' && i + 1 < sizeof(error.field); i++)
		error.field[i] = field[i];
	for (i = 0; text[i] != '\0' && i + 1 < sizeof(error.text); i++)
		error.text[i] = text[i];
	return error_raise(query->state, status, &error);
}

/* A name in one of the library's tables; 0, or -1 with its error. */
static int
find(
    const struct query *query, int32_t table, const char *name, int32_t *number)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_entry entry = KPI_ENTRY_INIT;
	const kpi_status status =
	    kpi_catalogue_find(table, name, &entry, &error);

	*number = entry.number;
	if (status == KPI_OK)
		return 0;
	error_raise(query->state, status, &error);
	return -1;
}

/* An instant, or a text that is read in the query's zone. */
static int
bound_read(
    const struct query *query, const char *field, PyObject *value, int64_t *out)
{
	struct spot spot = { query->state, PyUnicode_FromString(field), 0 };
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status;
	const char *text;
	int failed;

	if (spot.name == NULL)
		return -1;
	failed = PyUnicode_Check(value) ? text_read(&spot, value, NULL, &text)
					: instant_read(&spot, value, out);
	Py_DECREF(spot.name);
	if (failed || !PyUnicode_Check(value))
		return failed;
	status = kpi_instant_parse(out, query->query, text, &error);
	if (status == KPI_OK)
		return 0;
	error_raise(query->state, status, &error);
	return -1;
}

int
query_bound(PyObject *query, const char *field, PyObject *value, int64_t *out)
{
	return bound_read((const struct query *)query, field, value, out);
}

/* between(since, until) */
static PyObject *
type_between(PyObject *self, PyObject *arguments)
{
	const struct query *const query = (struct query *)self;
	PyObject *since, *until;
	int64_t begin, end;

	if (!PyArg_ParseTuple(arguments, "OO", &since, &until) ||
	    bound_read(query, "since", since, &begin) != 0 ||
	    bound_read(query, "until", until, &end) != 0)
		return NULL;
	return done(query, kpi_query_between(query->query, begin, end), "until",
	    "the range ends before it begins");
}

/* time_zone(name) */
static PyObject *
type_time_zone(PyObject *self, PyObject *arguments)
{
	const struct query *const query = (struct query *)self;
	kpi_error error = KPI_ERROR_INIT;
	PyThreadState *thread;
	kpi_status status;
	const char *name;

	if (!PyArg_ParseTuple(arguments, "s", &name))
		return NULL;
	thread = PyEval_SaveThread();
	status = kpi_query_time_zone(query->query, name, &error);
	PyEval_RestoreThread(thread);
	if (status != KPI_OK)
		return error_raise(query->state, status, &error);
	Py_RETURN_NONE;
}

/* instant(text) -> datetime: wall time, if without offset, of the zone */
static PyObject *
type_instant(PyObject *self, PyObject *text)
{
	const struct query *const query = (struct query *)self;
	int64_t at;

	if (bound_read(query, "instant", text, &at) != 0)
		return NULL;
	return instant_new(query->state, at);
}

/* instant_text(instant, name) -> str, in the zone; an error has the name */
static PyObject *
type_instant_text(PyObject *self, PyObject *arguments)
{
	const struct query *const query = (struct query *)self;
	kpi_error error = KPI_ERROR_INIT;
	char text[KPI_INSTANT_TEXT];
	PyObject *instant;
	kpi_status status;
	const char *name;
	int64_t at;

	if (!PyArg_ParseTuple(arguments, "Os", &instant, &name) ||
	    bound_read(query, name, instant, &at) != 0)
		return NULL;
	status =
	    kpi_instant_format(query->query, at, text, sizeof(text), &error);
	if (status != KPI_OK)
		return error_raise(query->state, status, &error);
	return PyUnicode_FromString(text);
}

/* week_start(day) */
static PyObject *
type_week_start(PyObject *self, PyObject *arguments)
{
	const struct query *const query = (struct query *)self;
	int day;

	if (!PyArg_ParseTuple(arguments, "i", &day))
		return NULL;
	return done(query, kpi_query_week_start(query->query, day),
	    "week_start", "week_start is 1 (Monday) to 7 (Sunday)");
}

/* by(dimension) */
static PyObject *
type_by(PyObject *self, PyObject *arguments)
{
	const struct query *const query = (struct query *)self;
	const char *name;
	int32_t number;

	if (!PyArg_ParseTuple(arguments, "s", &name) ||
	    find(query, KPI_TABLE_DIMENSIONS, name, &number) != 0)
		return NULL;
	return done(query, kpi_query_by(query->query, number), name,
	    "by has the same dimension twice");
}

/* every(bucket) */
static PyObject *
type_every(PyObject *self, PyObject *arguments)
{
	const struct query *const query = (struct query *)self;
	const char *name;
	int32_t number;

	if (!PyArg_ParseTuple(arguments, "s", &name) ||
	    find(query, KPI_TABLE_BUCKETS, name, &number) != 0)
		return NULL;
	return done(query, kpi_query_by_time(query->query, number), name,
	    "every has no such bucket");
}

static PyObject *
filter(PyObject *self, PyObject *arguments,
    kpi_status (*function)(kpi_query *, kpi_by, const char *))
{
	const struct query *const query = (struct query *)self;
	const char *name, *value;
	int32_t number;

	if (!PyArg_ParseTuple(arguments, "sz", &name, &value) ||
	    find(query, KPI_TABLE_DIMENSIONS, name, &number) != 0)
		return NULL;
	return done(query, function(query->query, number, value), name,
	    "the dimension has no such value");
}

/* where(dimension, value) */
static PyObject *
type_where(PyObject *self, PyObject *arguments)
{
	return filter(self, arguments, kpi_query_where);
}

/* where_not(dimension, value) */
static PyObject *
type_where_not(PyObject *self, PyObject *arguments)
{
	return filter(self, arguments, kpi_query_where_not);
}

/* where_outcome(outcome) */
static PyObject *
type_where_outcome(PyObject *self, PyObject *arguments)
{
	const struct query *const query = (struct query *)self;
	const char *name;
	int32_t number;

	if (!PyArg_ParseTuple(arguments, "s", &name) ||
	    find(query, KPI_TABLE_OUTCOMES, name, &number) != 0)
		return NULL;
	return done(query, kpi_query_where_outcome(query->query, number),
	    "outcome", "no such outcome");
}

/* where_between(field, least, most) */
static PyObject *
type_where_between(PyObject *self, PyObject *arguments)
{
	const struct query *const query = (struct query *)self;
	PyObject *name, *least, *most;
	kpi_error error = KPI_ERROR_INIT;
	const struct field *field;
	struct spot spot;
	kpi_status status;
	int64_t low, high;

	if (!PyArg_ParseTuple(arguments, "OOO", &name, &least, &most))
		return NULL;
	field = field_find(query->state, name);
	if (field == NULL || field->kind == FIELD_TEXT) {
		field_unknown(query->state, "between", name);
		return NULL;
	}
	spot = field_spot(query->state, field);
	if (field_number(&spot, field, least, &low) != 0 ||
	    field_number(&spot, field, most, &high) != 0)
		return NULL;
	status = kpi_query_where_between(
	    query->query, field->number, low, high, &error);
	if (status != KPI_OK)
		return error_raise(query->state, status, &error);
	Py_RETURN_NONE;
}

/* partition(number) */
static PyObject *
type_partition(PyObject *self, PyObject *arguments)
{
	const struct query *const query = (struct query *)self;
	int partition;

	if (!PyArg_ParseTuple(arguments, "i", &partition))
		return NULL;
	return done(query, kpi_query_partition(query->query, partition),
	    "partition", "no such partition");
}

static PyMethodDef methods[] = {
	{ "between", type_between, METH_VARARGS, NULL },
	{ "by", type_by, METH_VARARGS, NULL },
	{ "every", type_every, METH_VARARGS, NULL },
	{ "instant", type_instant, METH_O, NULL },
	{ "instant_text", type_instant_text, METH_VARARGS, NULL },
	{ "partition", type_partition, METH_VARARGS, NULL },
	{ "time_zone", type_time_zone, METH_VARARGS, NULL },
	{ "week_start", type_week_start, METH_VARARGS, NULL },
	{ "where", type_where, METH_VARARGS, NULL },
	{ "where_between", type_where_between, METH_VARARGS, NULL },
	{ "where_not", type_where_not, METH_VARARGS, NULL },
	{ "where_outcome", type_where_outcome, METH_VARARGS, NULL },
	{ NULL, NULL, 0, NULL },
};

PyObject *
query_type(PyObject *module)
{
	PyType_Slot slots[] = {
		{ Py_tp_new, (void *)type_new },
		{ Py_tp_dealloc, (void *)type_dealloc },
		{ Py_tp_traverse, (void *)type_traverse },
		{ Py_tp_clear, (void *)type_clear },
		{ Py_tp_methods, methods },
		{ 0, NULL },
	};
	PyType_Spec spec = { "kpi._kpi.Query", (int)sizeof(struct query), 0,
		Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC, slots };

	return PyType_FromModuleAndSpec(module, &spec, NULL);
}
