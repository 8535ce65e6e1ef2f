/* SPDX-License-Identifier: MIT */
#include "store.h"

#include "error.h"
#include "field.h"

#include <stdlib.h>
#include <string.h>

/* add_activity(agent, state, started_at, ended_at, source) */
PyObject *
store_add_activity(PyObject *self, PyObject *arguments)
{
	struct store *const store = (struct store *)self;
	kpi_activity activity = KPI_ACTIVITY_INIT;
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status;
	struct call call;
	Py_ssize_t i;

	if (PyTuple_Size(arguments) != ACTIVITY_FIELDS) {
		PyErr_SetString(PyExc_TypeError, "not an activity");
		return NULL;
	}
	for (i = 0; i < ACTIVITY_FIELDS; i++)
		if (field_read(store->state, &store->state->activity[i],
			PyTuple_GetItem(arguments, i), &activity, NULL) != 0)
			return NULL;
	if (call_begin(&call, store, CALL_SHORT, NULL) != 0)
		return NULL;
	status = kpi_store_add_activity(store->store, &activity, &error);
	call_end(&call);
	if (status != KPI_OK)
		return error_raise(store->state, status, &error);
	Py_RETURN_NONE;
}

/* An activity that was told, with its texts. */
struct told {
	struct told *next;
	kpi_activity activity;
	char texts[];
};

struct list {
	struct told *first, **end;
	int full; /* there was no memory for one more */
};

/* Runs without Python's lock. */
static int
keep(void *context, const kpi_activity *activity)
{
	struct list *const list = context;
	const size_t agent = strlen(activity->agent) + 1;
	const size_t source =
	    activity->source == NULL ? 0 : strlen(activity->source) + 1;
	struct told *const told = malloc(sizeof(*told) + agent + source);

	if (told == NULL) {
		list->full = 1;
		return 1;
	}
	told->next = NULL;
	told->activity = *activity;
	told->activity.agent = memcpy(told->texts, activity->agent, agent);
	if (source != 0)
		told->activity.source =
		    memcpy(told->texts + agent, activity->source, source);
	*list->end = told;
	list->end = &told->next;
	return 0;
}

static void
list_free(struct told *told)
{
	struct told *next;

	for (; told != NULL; told = next) {
		next = told->next;
		free(told);
	}
}

static PyObject *
dict_new(const struct state *state, const kpi_activity *activity)
{
	PyObject *const dict = PyDict_New();
	int i;

	for (i = 0; dict != NULL && i < ACTIVITY_FIELDS; i++)
		if (field_show(state, &state->activity[i], activity, dict) !=
		    0) {
			Py_DECREF(dict);
			return NULL;
		}
	return dict;
}

static PyObject *
dicts_new(const struct state *state, const struct told *told)
{
	PyObject *const list = PyList_New(0);
	PyObject *dict;
	int failed;

	for (; list != NULL && told != NULL; told = told->next) {
		dict = dict_new(state, &told->activity);
		failed = dict == NULL || PyList_Append(list, dict) != 0;
		Py_XDECREF(dict);
		if (failed) {
			Py_DECREF(list);
			return NULL;
		}
	}
	return list;
}

PyObject *
store_activities(PyObject *self, PyObject *nothing)
{
	struct store *const store = (struct store *)self;
	struct list list = { NULL, &list.first, 0 };
	kpi_error error = KPI_ERROR_INIT;
	PyObject *dicts;
	kpi_status status;
	struct call call;

	(void)nothing;
	if (call_begin(&call, store, CALL_LONG, NULL) != 0)
		return NULL;
	status = kpi_store_activities(store->store, keep, &list, &error);
	call_end(&call);
	if (list.full)
		status = KPI_ENOMEM;
	dicts = status == KPI_OK ? dicts_new(store->state, list.first)
				 : error_raise(store->state, status, &error);
	list_free(list.first);
	return dicts;
}
