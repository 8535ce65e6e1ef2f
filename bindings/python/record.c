/* SPDX-License-Identifier: MIT */
#include "record.h"

#include "error.h"
#include "field.h"

static const kpi_interaction no_interaction = KPI_INTERACTION_INIT;
static const kpi_visit no_visit = KPI_VISIT_INIT;

/* Reads a visit from a dict that nobody else has. */
static int
visit_read(const struct state *state, const char *caller, PyObject *dict,
    struct record *record, kpi_visit *visit)
{
	const struct field *field;
	PyObject *name, *value;
	Py_ssize_t place = 0;

	*visit = no_visit;
	while (PyDict_Next(dict, &place, &name, &value)) {
		field = field_find(state, name);
		if (field == NULL) {
			field_unknown(state, caller, name);
			return -1;
		}
		if (!field->visit) {
			const struct spot spot = field_spot(state, field);

			return error_value(&spot,
			    "is a field of the interaction, not of a visit");
		}
		if (field_read(state, field, value, visit, &record->kept) != 0)
			return -1;
	}
	return 0;
}

/* The members of an object of a dataclass, in a dict; -1 raised. */
static int
members_read(PyObject *object, PyObject *names, PyObject *dict)
{
	PyObject *const list = PySequence_List(names);
	PyObject *name, *value;
	int failed = list == NULL;
	Py_ssize_t i;

	for (i = 0; !failed && i < PyList_Size(list); i++) {
		name = PyList_GetItem(list, i);
		value = PyObject_GetAttr(object, name);
		failed =
		    value == NULL || PyDict_SetItem(dict, name, value) != 0;
		Py_XDECREF(value);
	}
	Py_XDECREF(list);
	return failed ? -1 : 0;
}

/* Reads a named tuple or an object of a dataclass; -1 raised. */
static int
named_read(PyObject *visit, PyObject *dict)
{
	PyObject *names;
	int failed;

	if ((names = PyObject_GetAttrString(visit, "_fields")) == NULL) {
		PyErr_Clear();
		names = PyObject_GetAttrString(visit, "__dataclass_fields__");
	}
	if (names == NULL) {
		PyErr_Format(PyExc_TypeError,
		    "a visit must be a mapping of fields, a named tuple or of "
		    "a dataclass, not %R",
		    visit);
		return -1;
	}
	failed = members_read(visit, names, dict);
	Py_DECREF(names);
	return failed;
}

/*
 * A copy, so that no other thread changes the dict or frees its texts while
 * the library reads them.
 */
static PyObject *
copy_of(PyObject *visit)
{
	PyObject *const dict = PyDict_New();

	if (dict == NULL || PyDict_Update(dict, visit) == 0)
		return dict;
	if (PyErr_ExceptionMatches(PyExc_AttributeError)) {
		PyErr_Clear();
		if (named_read(visit, dict) == 0)
			return dict;
	}
	Py_DECREF(dict);
	return NULL;
}

static int
visits_read(const struct state *state, const char *caller, PyObject *list,
    struct record *record)
{
	Py_ssize_t count, i;
	PyObject *dict;
	int failed;

	if ((record->held = PySequence_List(list)) == NULL)
		return -1;
	count = PyList_Size(record->held);
	record->visits =
	    PyMem_Calloc((size_t)count + 1, sizeof(*record->visits));
	if (record->visits == NULL) {
		PyErr_NoMemory();
		return -1;
	}
	for (i = 0; i < count; i++) {
		if ((dict = copy_of(PyList_GetItem(record->held, i))) == NULL)
			return -1;
		failed =
		    visit_read(state, caller, dict, record, &record->visits[i]);
		PyList_SetItem(record->held, i, dict);
		if (failed)
			return -1;
	}
	record->interaction.visits = count == 0 ? NULL : record->visits;
	record->interaction.visit_count = (uint64_t)count;
	return 0;
}

/* Takes a keyword that is a field of the interaction or of its one visit. */
static int
value_read(const struct state *state, const struct field *field,
    PyObject *value, struct record *record)
{
	if (!field->visit)
		return field_read(
		    state, field, value, &record->interaction, &record->kept);
	record->interaction.visits = &record->visit;
	record->interaction.visit_count = 1;
	return field_read(state, field, value, &record->visit, &record->kept);
}

int
record_read(struct state *state, const char *caller, int clearing,
    PyObject *const *values, PyObject *names, struct record *record)
{
	const Py_ssize_t count = names == NULL ? 0 : PyTuple_Size(names);
	const struct field *field;
	PyObject *name, *visits = NULL;
	Py_ssize_t i;

	if (names != NULL)
		keywords_learn(state, names);
	record->interaction = no_interaction;
	record->visit = no_visit;
	record->visits = NULL;
	record->held = NULL;
	record->kept = NULL;
	record->clear = NULL;
	for (i = 0; i < count; i++) {
		if ((field = keyword_field(state, names, i)) != NULL) {
			if (value_read(state, field, values[i], record) != 0)
				return -1;
			continue;
		}
		name = PyTuple_GetItem(names, i);
		if (PyUnicode_Compare(name, state->visits) == 0) {
			visits = values[i];
		} else if (clearing &&
		    PyUnicode_Compare(name, state->clear) == 0) {
			record->clear = values[i];
		} else {
			field_unknown(state, caller, name);
			return -1;
		}
	}
	if (visits == NULL || Py_IsNone(visits))
		return 0;
	if (record->interaction.visit_count != 0) {
		PyErr_Format(PyExc_TypeError,
		    "%s takes either visits or the fields of one visit",
		    caller);
		return -1;
	}
	return visits_read(state, caller, visits, record);
}

void
record_clear(struct record *record)
{
	PyMem_Free(record->visits);
	Py_XDECREF(record->held);
	Py_XDECREF(record->kept);
}

static PyObject *
fields_show(const struct state *state, int visit, const void *record)
{
	PyObject *const dict = PyDict_New();
	size_t i;

	for (i = 0; dict != NULL && i < state->field_count; i++) {
		if (state->fields[i].visit != visit)
			continue;
		if (field_show(state, &state->fields[i], record, dict) != 0) {
			Py_DECREF(dict);
			return NULL;
		}
	}
	return dict;
}

static PyObject *
visits_new(const struct state *state, const kpi_interaction *interaction)
{
	PyObject *const list = PyList_New((Py_ssize_t)interaction->visit_count);
	const char *const first = (const char *)interaction->visits;
	PyObject *visit;
	uint64_t i;

	for (i = 0; list != NULL && i < interaction->visit_count; i++) {
		visit = fields_show(
		    state, 1, first + i * interaction->visits->size);
		if (visit == NULL ||
		    PyList_SetItem(list, (Py_ssize_t)i, visit) != 0) {
			Py_DECREF(list);
			return NULL;
		}
	}
	return list;
}

PyObject *
record_new(const struct state *state, const kpi_interaction *interaction)
{
	PyObject *const dict = fields_show(state, 0, interaction);
	PyObject *visits;
	int failed;

	if (dict == NULL)
		return NULL;
	visits = visits_new(state, interaction);
	failed =
	    visits == NULL || PyDict_SetItem(dict, state->visits, visits) != 0;
	Py_XDECREF(visits);
	if (failed) {
		Py_DECREF(dict);
		return NULL;
	}
	return dict;
}
