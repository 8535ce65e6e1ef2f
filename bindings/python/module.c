/* SPDX-License-Identifier: MIT */
#include "state.h"

#include "catalogue.h"
#include "definition.h"
#include "error.h"
#include "explanation.h"
#include "field.h"
#include "figure.h"
#include "iterator.h"
#include "query.h"
#include "repeats.h"
#include "result.h"
#include "staffing.h"
#include "store.h"
#include "text.h"

static const struct {
	const char *name;
	long value;
} constants[] = {
	{ "OPEN_READ_ONLY", KPI_OPEN_READ_ONLY },
	{ "OPEN_MUST_EXIST", KPI_OPEN_MUST_EXIST },
	{ "OPEN_MUST_CREATE", KPI_OPEN_MUST_CREATE },
	{ "IF_EXISTS_REFUSE", KPI_IF_EXISTS_REFUSE },
	{ "IF_EXISTS_UPDATE", KPI_IF_EXISTS_UPDATE },
	{ "TABLE_FIELDS", KPI_TABLE_FIELDS },
	{ "TABLE_DIMENSIONS", KPI_TABLE_DIMENSIONS },
	{ "TABLE_METRICS", KPI_TABLE_METRICS },
	{ "TABLE_PARAMETERS", KPI_TABLE_PARAMETERS },
	{ "TABLE_PRESETS", KPI_TABLE_PRESETS },
	{ "TABLE_OUTCOMES", KPI_TABLE_OUTCOMES },
	{ "TABLE_BUCKETS", KPI_TABLE_BUCKETS },
	{ "TABLE_STATES", KPI_TABLE_STATES },
	{ "TABLE_DIRECTIONS", KPI_TABLE_DIRECTIONS },
	{ "TABLE_TRANSFERS", KPI_TABLE_TRANSFERS },
	{ "TABLE_ACTIVITIES", KPI_TABLE_ACTIVITIES },
	{ "TABLE_VERDICTS", KPI_TABLE_VERDICTS },
	{ "TABLE_ROLES", KPI_TABLE_ROLES },
	{ "PATIENCE_GIVEN", KPI_PATIENCE_GIVEN },
	{ "PATIENCE_MEASURED", KPI_PATIENCE_MEASURED },
	{ "PARTITION_NONE", KPI_PARTITION_NONE },
	{ "PARTITION_CUSTOMER", KPI_PARTITION_CUSTOMER },
	{ "PARTITION_CASE", KPI_PARTITION_CASE },
	{ "PARTITION_AGENT", KPI_PARTITION_AGENT },
	{ "PARTITION_DAY", KPI_PARTITION_DAY },
	{ "CHANGE_PREVIOUS", KPI_CHANGE_PREVIOUS },
	{ "CHANGE_WEEKDAYS_YEAR", KPI_CHANGE_WEEKDAYS_YEAR },
	{ "BUCKET_DAY", KPI_BUCKET_DAY },
	{ "BUCKET_WEEK", KPI_BUCKET_WEEK },
	{ "CHANGE_GIVEN", KPI_CHANGE_GIVEN },
	{ "FORMAT_TABLE", KPI_FORMAT_TABLE },
	{ "FORMAT_CSV", KPI_FORMAT_CSV },
	{ "FORMAT_JSON", KPI_FORMAT_JSON },
	{ "ERLANG_SERVICE_LEVEL", KPI_ERLANG_SERVICE_LEVEL },
	{ "ERLANG_WAIT_PROBABILITY", KPI_ERLANG_WAIT_PROBABILITY },
	{ "ERLANG_SPEED_OF_ANSWER", KPI_ERLANG_SPEED_OF_ANSWER },
	{ "ERLANG_ABANDONMENT", KPI_ERLANG_ABANDONMENT },
	{ "ERLANG_OCCUPANCY", KPI_ERLANG_OCCUPANCY },
};

/* The classes of the datetime module, and two values of theirs. */
static int
clock_init(struct state *state)
{
	PyObject *const module = PyImport_ImportModule("datetime");
	PyObject *zone = NULL, *utc = NULL;

	if (module == NULL)
		return -1;
	state->datetime = PyObject_GetAttrString(module, "datetime");
	state->timedelta = PyObject_GetAttrString(module, "timedelta");
	zone = PyObject_GetAttrString(module, "timezone");
	if (zone != NULL)
		utc = PyObject_GetAttrString(zone, "utc");
	if (state->datetime != NULL && utc != NULL)
		state->epoch = PyObject_CallFunction(
		    state->datetime, "iiiiiiiO", 1970, 1, 1, 0, 0, 0, 0, utc);
	Py_XDECREF(utc);
	Py_XDECREF(zone);
	Py_DECREF(module);
	return state->epoch == NULL || state->timedelta == NULL ? -1 : 0;
}

/* Makes a type known to the state and by its name in the module. */
static int
type_add(PyObject *module, PyTypeObject **slot, const char *name,
    PyObject *(*make)(PyObject *))
{
	*slot = (PyTypeObject *)make(module);
	return *slot == NULL
	    ? -1
	    : PyModule_AddObjectRef(module, name, (PyObject *)*slot);
}

static int
types_init(PyObject *module, struct state *state)
{
	if (type_add(module, &state->definition_type, "Definition",
		definition_type) != 0 ||
	    type_add(module, &state->explanation_type, "Explanation",
		explanation_type) != 0 ||
	    type_add(module, &state->iterator_type, "Iterator",
		iterator_type) != 0 ||
	    type_add(module, &state->query_type, "Query", query_type) != 0 ||
	    type_add(module, &state->repeats_type, "Repeats", repeats_type) !=
		0 ||
	    type_add(module, &state->result_type, "Result", result_type) != 0)
		return -1;
	return type_add(module, &state->store_type, "Store", store_type);
}

static int
names_init(struct state *state)
{
	const struct {
		PyObject **name;
		const char *text;
	} names[] = {
		{ &state->visits, "visits" },
		{ &state->clear, "clear" },
		{ &state->id, "id" },
		{ &state->source, "source" },
		{ &state->days, "days" },
		{ &state->seconds, "seconds" },
		{ &state->microseconds, "microseconds" },
	};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(*names); i++) {
		*names[i].name = PyUnicode_InternFromString(names[i].text);
		if (*names[i].name == NULL)
			return -1;
	}
	return 0;
}

static int
module_exec(PyObject *module)
{
	struct state *const state = PyModule_GetState(module);
	PyObject *figures;
	int failed;
	size_t i;

	if (names_init(state) != 0 || (state->error = error_type()) == NULL ||
	    PyModule_AddObjectRef(module, "Error", state->error) != 0 ||
	    PyModule_AddStringConstant(module, "version", kpi_version()) != 0)
		return -1;
	for (i = 0; i < sizeof(constants) / sizeof(*constants); i++)
		if (PyModule_AddIntConstant(
			module, constants[i].name, constants[i].value) != 0)
			return -1;
	if ((figures = figure_columns()) == NULL)
		return -1;
	failed = PyModule_AddObjectRef(module, "FIGURES", figures);
	Py_DECREF(figures);
	if (failed != 0 || clock_init(state) != 0 || fields_init(state) != 0)
		return -1;
	return types_init(module, state);
}

static int
module_traverse(PyObject *module, visitproc visit, void *arg)
{
	const struct state *const state = PyModule_GetState(module);

	Py_VISIT(state->error);
	Py_VISIT(state->datetime);
	Py_VISIT(state->timedelta);
	Py_VISIT((PyObject *)state->definition_type);
	Py_VISIT((PyObject *)state->explanation_type);
	Py_VISIT((PyObject *)state->iterator_type);
	Py_VISIT((PyObject *)state->query_type);
	Py_VISIT((PyObject *)state->repeats_type);
	Py_VISIT((PyObject *)state->result_type);
	Py_VISIT((PyObject *)state->store_type);
	return 0;
}

static int
module_clear(PyObject *module)
{
	struct state *const state = PyModule_GetState(module);
	size_t i;

	Py_CLEAR(state->error);
	Py_CLEAR(state->datetime);
	Py_CLEAR(state->timedelta);
	Py_CLEAR(state->epoch);
	Py_CLEAR(state->visits);
	Py_CLEAR(state->clear);
	Py_CLEAR(state->id);
	Py_CLEAR(state->source);
	Py_CLEAR(state->days);
	Py_CLEAR(state->seconds);
	Py_CLEAR(state->microseconds);
	Py_CLEAR(state->definition_type);
	Py_CLEAR(state->explanation_type);
	Py_CLEAR(state->iterator_type);
	Py_CLEAR(state->query_type);
	Py_CLEAR(state->repeats_type);
	Py_CLEAR(state->result_type);
	Py_CLEAR(state->store_type);
	Py_CLEAR(state->places);
	Py_CLEAR(state->keywords.names);
	for (i = 0; i < FIELDS; i++)
		Py_CLEAR(state->fields[i].name);
	for (i = 0; i < RELATIONS * RELATION_FIELDS; i++)
		Py_CLEAR(state->relations[i / RELATION_FIELDS]
			     .fields[i % RELATION_FIELDS]
			     .name);
	for (i = 0; i < CODES; i++) {
		Py_CLEAR(state->codes[i].numbers);
		Py_CLEAR(state->codes[i].names);
	}
	return 0;
}

static void
module_free(void *module)
{
	module_clear(module);
}

static PyMethodDef functions[] = {
	{ "bounds_text", module_bounds_text, METH_VARARGS, NULL },
	{ "control_limits", module_control_limits, METH_VARARGS, NULL },
	{ "control_signals", module_control_signals, METH_VARARGS, NULL },
	{ "erlang_blocking", module_erlang_blocking, METH_VARARGS, NULL },
	{ "erlang_lines", module_erlang_lines, METH_VARARGS, NULL },
	{ "figure_text", module_figure_text, METH_VARARGS, NULL },
	{ "find", catalogue_find, METH_VARARGS, NULL },
	{ "is_csv", module_is_csv, METH_O, NULL },
	{ "is_queue_log", module_is_queue_log, METH_O, NULL },
	{ "load", result_load, METH_O, NULL },
	{ "reseal", module_reseal, METH_VARARGS, NULL },
	{ "staffing", module_staffing, METH_VARARGS, NULL },
	{ "table", catalogue_table, METH_O, NULL },
	{ NULL, NULL, 0, NULL },
};

/*
 * Py_mod_multiple_interpreters and Py_MOD_PER_INTERPRETER_GIL_SUPPORTED, of
 * Python 3.12, which earlier ones refuse. All that changes is in the state.
 */
#define SLOT_INTERPRETERS 3
#define OWN_LOCKS         ((void *)2)
#define PYTHON_3_12       0x030C0000

static PyModuleDef_Slot slots[] = {
	{ Py_mod_exec, (void *)module_exec },
	{ 0, NULL },
};

static PyModuleDef_Slot later_slots[] = {
	{ Py_mod_exec, (void *)module_exec },
	{ SLOT_INTERPRETERS, OWN_LOCKS },
	{ 0, NULL },
};

static PyModuleDef definition = {
	PyModuleDef_HEAD_INIT,
	.m_name = "kpi._kpi",
	.m_doc = "The inside of the package kpi, which is its interface.",
	.m_size = sizeof(struct state),
	.m_methods = functions,
	.m_traverse = module_traverse,
	.m_clear = module_clear,
	.m_free = module_free,
};

PyMODINIT_FUNC PyInit__kpi(void);

PyMODINIT_FUNC
PyInit__kpi(void)
{
	definition.m_slots = Py_Version < PYTHON_3_12 ? slots : later_slots;
	return PyModuleDef_Init(&definition);
}
