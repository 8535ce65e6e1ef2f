/* SPDX-License-Identifier: MIT */
#include "store.h"

#include "error.h"

/* Opens without Python's lock; the path is bytes or None. */
static kpi_status
open_file(kpi_store **out, PyObject *path, const kpi_store_options *options,
    kpi_error *error)
{
	const char *const name =
	    Py_IsNone(path) ? NULL : PyBytes_AsString(path);
	PyThreadState *const thread = PyEval_SaveThread();
	const kpi_status status = kpi_store_open(out, name, options, error);

	PyEval_RestoreThread(thread);
	return status;
}

static PyObject *
open_at(PyTypeObject *type, PyObject *path, const kpi_store_options *options)
{
	struct state *const state = state_of(type);
	kpi_error error = KPI_ERROR_INIT;
	struct store *store;
	kpi_status status;

	if (state == NULL || (store = (struct store *)object_new(type)) == NULL)
		return NULL;
	store->state = state;
	store->in_file = !Py_IsNone(path);
	status = open_file(&store->store, path, options, &error);
	if (status == KPI_OK)
		return (PyObject *)store;
	Py_DECREF((PyObject *)store);
	return error_raise(state, status, &error);
}

static PyObject *
type_new(PyTypeObject *type, PyObject *arguments, PyObject *keywords)
{
	kpi_store_options options = KPI_STORE_OPTIONS_INIT;
	struct state *const state = state_of(type);
	PyObject *given, *memory, *permissions, *path, *store;
	unsigned long long flags;
	uint64_t mode;
	long long busy_ms;
	int if_exists;

	(void)keywords;
	if (state == NULL ||
	    !PyArg_ParseTuple(arguments, "OKOLOi", &given, &flags, &memory,
		&busy_ms, &permissions, &if_exists) ||
	    size_read(state, "memory", memory, &options.memory) != 0 ||
	    size_read(state, "permissions", permissions, &mode) != 0)
		return NULL;
	options.flags = flags;
	options.busy_ms = busy_ms;
	options.permissions = mode > UINT32_MAX ? UINT32_MAX : (uint32_t)mode;
	options.if_exists = if_exists;
	if (Py_IsNone(given))
		return open_at(type, given, &options);
	if (!PyUnicode_FSConverter(given, &path))
		return NULL;
	store = open_at(type, path, &options);
	Py_DECREF(path);
	return store;
}

static void
type_dealloc(PyObject *self)
{
	/* store_close() lets other threads run; none of them can see us. */
	store_close((struct store *)self);
	object_free(self);
}

static PyObject *
type_close(PyObject *self, PyObject *nothing)
{
	(void)nothing;
	store_close((struct store *)self);
	Py_RETURN_NONE;
}

static PyObject *
type_closed(PyObject *self, void *nothing)
{
	const struct store *const store = (struct store *)self;

	(void)nothing;
	return PyBool_FromLong(store->store == NULL || store->closing);
}

/* begin, commit and roll back: they differ in the function alone. */
static PyObject *
step(PyObject *self, kpi_status (*function)(kpi_store *, kpi_error *))
{
	struct store *const store = (struct store *)self;
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status;
	struct call call;

	if (call_begin(&call, store, CALL_LONG, NULL) != 0)
		return NULL;
	status = function(store->store, &error);
	call_end(&call);
	if (status != KPI_OK)
		return error_raise(store->state, status, &error);
	Py_RETURN_NONE;
}

static PyObject *
type_begin(PyObject *self, PyObject *nothing)
{
	(void)nothing;
	return step(self, kpi_store_begin);
}

static PyObject *
type_commit(PyObject *self, PyObject *nothing)
{
	(void)nothing;
	return step(self, kpi_store_commit);
}

static PyObject *
type_rollback(PyObject *self, PyObject *nothing)
{
	(void)nothing;
	return step(self, kpi_store_rollback);
}

static PyMethodDef methods[] = {
	{ "add", METHOD(store_add), METH_FASTCALL | METH_KEYWORDS,
	    "add(**fields)\n--\n\n"
	    "Adds one interaction.\n\n"
	    "The keywords are the fields of kpi.catalogue('fields'); what is\n"
	    "not given, or None, is unknown. Instants are datetimes with a\n"
	    "time zone or milliseconds since 1970 UTC; durations are\n"
	    "timedeltas or milliseconds; codes are their names. `visits` is a\n"
	    "list of mappings, in order of entry; the fields of a single "
	    "visit\n"
	    "may be keywords themselves. It is kept for good when the call\n"
	    "returns, or with the batch that is open. kpi.Error names the\n"
	    "field that is out of its range, and is EEXISTS for an id that is\n"
	    "there (see open)." },
	{ "update", METHOD(store_update), METH_FASTCALL | METH_KEYWORDS,
	    "update(*, id, source=None, clear=(), **fields)\n--\n\n"
	    "Changes the interaction with this id and source.\n\n"
	    "Known fields replace, unknown ones leave as it was; visits, if\n"
	    "given, replace all visits; fields named in `clear` become\n"
	    "unknown. kpi.Error ENOTFOUND if there is none." },
	{ "add_columns", METHOD(store_add_columns),
	    METH_FASTCALL | METH_KEYWORDS,
	    "add_columns(**columns)\n--\n\n"
	    "Adds many interactions of one visit each, field by field.\n\n"
	    "A column is a one-dimensional buffer of int64 or int32 (array,\n"
	    "memoryview, numpy; the least value of its type is unknown), a\n"
	    "sequence of what add() takes, or for a text field a pair of a\n"
	    "buffer of int32 and a sequence of texts, of which the numbers\n"
	    "are places (negative: unknown). All are added or none; the\n"
	    "error's line is the row, from 1." },
	{ "add_arrow", store_add_arrow, METH_VARARGS,
	    "add_arrow(table, zone, progress, /)\n--\n" },
	{ "add_activity", store_add_activity, METH_VARARGS,
	    "add_activity(agent, state, started_at, ended_at, source, /)\n"
	    "--\n" },
	{ "activities", store_activities, METH_NOARGS,
	    "activities()\n--\n\n"
	    "What agents did, as a list of dicts of agent, state, started_at\n"
	    "and, where known, ended_at and source: by agent, start, state\n"
	    "and source. add_activity(**dict) takes one." },
	{ "add_employment", store_add_employment, METH_VARARGS,
	    "add_employment(agent, hired_at, left_at, source, /)\n--\n" },
	{ "employments", store_employments, METH_NOARGS,
	    "employments()\n--\n\n"
	    "The roster, as a list of dicts of agent, hired_at and, where\n"
	    "known, left_at and source: by agent, hiring and source.\n"
	    "add_employment(**dict) takes one." },
	{ "add_expense", store_add_expense, METH_VARARGS,
	    "add_expense(started_at, ended_at, amount, by, of, id, source,\n"
	    "note, /)\n--\n" },
	{ "expenses", store_expenses, METH_NOARGS,
	    "expenses()\n--\n\n"
	    "Expenses, as a list of dicts of started_at, ended_at, amount\n"
	    "and, where known, by, of, id, source and note: by start, end,\n"
	    "source and id. add_expense(**dict) takes one." },
	{ "add_calendar", store_add_calendar, METH_VARARGS,
	    "add_calendar(queue, time_zone, hours, /)\n--\n" },
	{ "calendars", store_calendars, METH_NOARGS,
	    "calendars()\n--\n\n"
	    "Business hours, as a list of dicts of hours, time_zone and, but\n"
	    "for those of all queues, which come first, queue.\n"
	    "add_calendar(**dict) takes one." },
	{ "delete", store_delete, METH_VARARGS,
	    "delete(id, source=None, /)\n--\n\n"
	    "Deletes an interaction; kpi.Error ENOTFOUND if there is none." },
	{ "erase_customer", store_erase_customer, METH_O,
	    "erase_customer(customer, /)\n--\n\n"
	    "Erases a customer's name; the interactions stay, under the name\n"
	    "(erased). kpi.Error EBUSY: another process still reads an older\n"
	    "state, so that it is not yet out of the file: call again." },
	{ "get", store_get, METH_VARARGS,
	    "get(id, source=None, /)\n--\n\n"
	    "The interaction as a dict of what is known of it, or None.\n\n"
	    "Instants are datetimes in UTC, durations milliseconds, codes\n"
	    "their names; 'visits' is a list of dicts. add(**dict) takes it." },
	{ "iterate", store_iterate, METH_O, "iterate(query, /)\n--\n" },
	{ "measure", store_measure, METH_VARARGS,
	    "measure(query, definitions, /)\n--\n" },
	{ "spread", store_spread, METH_VARARGS,
	    "spread(query, definition, /)\n--\n" },
	{ "plan", store_plan, METH_VARARGS, NULL },
	{ "change", store_change, METH_VARARGS,
	    "change(query, definitions, to, since, until, /)\n--\n" },
	{ "explain", store_explain, METH_VARARGS,
	    "explain(query, definition, metric, roles, /)\n--\n" },
	{ "repeats", store_repeats, METH_VARARGS,
	    "repeats(query, definition, /)\n--\n" },
	{ "import_csv", store_import_csv, METH_VARARGS,
	    "import_csv(path, maps, values, fills, zone, visits, strict, "
	    "progress, /)\n--\n" },
	{ "import_roster", store_import_roster, METH_VARARGS,
	    "import_roster(path, source, zone, /)\n--\n" },
	{ "import_expenses", store_import_expenses, METH_VARARGS,
	    "import_expenses(path, source, zone, /)\n--\n" },
	{ "import_queue_log", store_import_queue_log, METH_VARARGS,
	    "import_queue_log(path, source, channel, progress, /)\n--\n" },
	{ "info", store_info, METH_NOARGS,
	    "info()\n--\n\nWhat the store holds, as a dict.\n\n"
	    "known_from is the earliest start and as_of the latest instant\n"
	    "and a millisecond, as datetimes in UTC; None in an empty store.\n"
	    "Past the last datetime as_of is milliseconds since 1970 UTC." },
	{ "check", store_check, METH_O, "check(progress, /)\n--\n" },
	{ "set_memory", store_set_memory, METH_O,
	    "set_memory(bytes, /)\n--\n\n"
	    "Sets the budget of decoded columns, in bytes; 0: 256 MiB." },
	{ "set_threads", store_set_threads, METH_O,
	    "set_threads(threads, /)\n--\n\n"
	    "How many threads answer a question, 1 to 64; 1 if not set.\n"
	    "The answer is the same." },
	{ "begin", type_begin, METH_NOARGS,
	    "begin()\n--\n\nBegins a batch; see batch()." },
	{ "commit", type_commit, METH_NOARGS,
	    "commit()\n--\n\nKeeps the batch; on failure it is rolled back." },
	{ "rollback", type_rollback, METH_NOARGS,
	    "rollback()\n--\n\nForgets the batch." },
	{ "close", type_close, METH_NOARGS,
	    "close()\n--\n\n"
	    "Gives the store back; an open batch is rolled back.\n\n"
	    "A second close does nothing. Calls of other threads come to\n"
	    "their end; results, iterators and lists stay valid." },
	{ NULL, NULL, 0, NULL },
};

static PyGetSetDef getters[] = {
	{ "closed", type_closed, NULL, "Whether close() was called.", NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};

PyObject *
store_type(PyObject *module)
{
	PyType_Slot slots[] = {
		{ Py_tp_new, (void *)type_new },
		{ Py_tp_dealloc, (void *)type_dealloc },
		{ Py_tp_methods, methods },
		{ Py_tp_getset, getters },
		{ 0, NULL },
	};
	PyType_Spec spec = { "kpi._kpi.Store", (int)sizeof(struct store), 0,
		Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE, slots };

	return PyType_FromModuleAndSpec(module, &spec, NULL);
}
