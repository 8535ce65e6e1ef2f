/* SPDX-License-Identifier: MIT */
#include "change.h"

#include "error.h"
#include "figure.h"
#include "instant.h"
#include "result.h"
#include "text.h"

/* The name of a code; NULL, which is None, for 0. */
static const char *
name_of(int32_t table, int32_t code)
{
	kpi_entry entry = KPI_ENTRY_INIT;

	if (code == 0 || kpi_catalogue_number(table, code, &entry) != KPI_OK)
		return NULL;
	return entry.name;
}

static const char *
clusters_name(int32_t by)
{
	static const char *const names[] = { NULL, "contact", "day",
		"customer" };

	return by < KPI_BOUNDS_NONE || by > KPI_BOUNDS_CUSTOMER ? NULL
								: names[by];
}

/* The values of a row's dimensions, a tuple; of the whole it has none. */
static PyObject *
group_new(const kpi_change *change, uint64_t row)
{
	Py_ssize_t count = 0, i;
	PyObject *tuple, *value;

	while (row != KPI_CHANGE_WHOLE &&
	    kpi_change_by(change, (uint64_t)count) != 0)
		count++;
	tuple = PyTuple_New(count);
	for (i = 0; tuple != NULL && i < count; i++) {
		value = Py_BuildValue(
		    "z", kpi_change_group(change, row, (uint64_t)i));
		if (value == NULL || PyTuple_SetItem(tuple, i, value) != 0) {
			Py_DECREF(tuple);
			return NULL;
		}
	}
	return tuple;
}

/* A Difference, whose group is the values alone. */
static PyObject *
difference_new(const struct state *state, const kpi_change *change,
    uint64_t row, uint64_t index)
{
	kpi_difference d = KPI_DIFFERENCE_INIT;
	const kpi_status status = kpi_change_get(change, row, index, &d);

	if (status != KPI_OK)
		return error_raise(state, status, NULL);
	return Py_BuildValue("NzNNNNNNNzNNNNNNzzzzzzzz", group_new(change, row),
	    name_of(KPI_TABLE_METRICS, kpi_change_metric(change, index)),
	    number_or_none(d.now), number_or_none(d.before),
	    number_or_none(d.difference), number_or_none(d.lower),
	    number_or_none(d.upper), number_or_none(d.chance),
	    number_or_none(d.adjusted), name_of(KPI_TABLE_VERDICTS, d.verdict),
	    number_or_none(d.verdict_lower), number_or_none(d.verdict_upper),
	    number_or_none(d.within), number_or_none(d.mix),
	    number_or_none(d.now_weight), number_or_none(d.before_weight),
	    clusters_name(d.bounds_by), clusters_name(d.verdict_by), d.method,
	    d.verdict_method, unit_name(d.unit),
	    name_of(KPI_TABLE_STATES, d.now_state),
	    name_of(KPI_TABLE_STATES, d.before_state),
	    kpi_change_definition(change, index));
}

static PyObject *
differences_new(const struct state *state, const kpi_change *change)
{
	const uint64_t rows = kpi_change_rows(change);
	const uint64_t count = kpi_change_count(change);
	PyObject *const list = PyList_New((Py_ssize_t)((rows + 1) * count));
	PyObject *difference;
	uint64_t i;

	for (i = 0; list != NULL && i < (rows + 1) * count; i++) {
		difference = difference_new(state, change,
		    i / count == rows ? KPI_CHANGE_WHOLE : i / count,
		    i % count);
		if (difference == NULL ||
		    PyList_SetItem(list, (Py_ssize_t)i, difference) != 0) {
			Py_DECREF(list);
			return NULL;
		}
	}
	return list;
}

static PyObject *
dimensions_new(const kpi_change *change)
{
	PyObject *const list = PyList_New(0);
	PyObject *name;
	uint64_t i;
	int failed;

	for (i = 0; list != NULL && kpi_change_by(change, i) != 0; i++) {
		name = Py_BuildValue("z",
		    name_of(KPI_TABLE_DIMENSIONS, kpi_change_by(change, i)));
		failed = name == NULL || PyList_Append(list, name) != 0;
		Py_XDECREF(name);
		if (failed) {
			Py_DECREF(list);
			return NULL;
		}
	}
	return list;
}

PyObject *
change_read(const struct state *state, const kpi_change *change)
{
	return Py_BuildValue("N((NN)(NN))KN", dimensions_new(change),
	    instant_new(state, kpi_change_from(change, KPI_PERIOD_NOW)),
	    instant_new(state, kpi_change_until(change, KPI_PERIOD_NOW)),
	    instant_new(state, kpi_change_from(change, KPI_PERIOD_BEFORE)),
	    instant_new(state, kpi_change_until(change, KPI_PERIOD_BEFORE)),
	    (unsigned long long)kpi_change_count(change),
	    differences_new(state, change));
}

/* The results of a change, of which the last two may be None. */
#define RESULTS 4

/* change(before, whole, whole before): whole ones may be None */
PyObject *
result_change(PyObject *self, PyObject *arguments)
{
	struct state *const state = ((struct result *)self)->state;
	struct result *of[RESULTS] = { (struct result *)self, NULL, NULL,
		NULL };
	PyObject *given[RESULTS] = { self, NULL, NULL, NULL };
	kpi_error error = KPI_ERROR_INIT;
	kpi_change *change = NULL;
	PyObject *read = NULL;
	PyThreadState *thread;
	kpi_status status;
	int i;

	if (!PyArg_ParseTuple(
		arguments, "OOO", &given[1], &given[2], &given[3]))
		return NULL;
	for (i = 0; i < RESULTS; i++) {
		if (i >= 2 && given[i] == Py_None)
			continue;
		if (Py_TYPE(given[i]) != state->result_type) {
			PyErr_SetString(
			    PyExc_TypeError, "change() takes results");
			return NULL;
		}
		of[i] = (struct result *)given[i];
		if (result_readable(of[i]) != 0)
			return NULL;
	}
	for (i = 0; i < RESULTS; i++)
		if (of[i] != NULL)
			of[i]->readers++;
	thread = PyEval_SaveThread();
	status = kpi_change_new(&change, of[0]->result, of[1]->result,
	    of[2] == NULL ? NULL : of[2]->result,
	    of[3] == NULL ? NULL : of[3]->result, &error);
	PyEval_RestoreThread(thread);
	for (i = 0; i < RESULTS; i++)
		if (of[i] != NULL)
			of[i]->readers--;
	if (status != KPI_OK)
		return error_raise(state, status, &error);
	read = change_read(state, change);
	kpi_change_free(change);
	return read;
}
