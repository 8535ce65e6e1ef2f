/* SPDX-License-Identifier: MIT */
/* What a store keeps beside interactions: activities, the roster, expenses,
 * business hours. */
#include "store.h"

#include "error.h"
#include "field.h"

#include <stdlib.h>
#include <string.h>

union record {
	kpi_activity activity;
	kpi_employment employment;
	kpi_expense expense;
	kpi_calendar calendar;
};

/* A record that was told, with its texts. */
struct told {
	struct told *next;
	union record record;
	char texts[];
};

struct list {
	const struct relation *relation;
	struct told *first, **end;
	int full; /* there was no memory for one more */
};

static const char *
text_of(const struct field *field, const void *record)
{
	const char *text;

	memcpy(&text, (const char *)record + field->offset, sizeof(text));
	return field->kind == FIELD_TEXT ? text : NULL;
}

static size_t
texts_size(const struct relation *relation, const void *record)
{
	size_t size = 0;
	int i;

	for (i = 0; i < relation->count; i++) {
		const char *const text = text_of(&relation->fields[i], record);

		size += text == NULL ? 0 : strlen(text) + 1;
	}
	return size;
}

/* The record, its texts being copies at `to`. */
static void
copy_texts(const struct relation *relation, void *record, char *to)
{
	int i;

	for (i = 0; i < relation->count; i++) {
		const struct field *const field = &relation->fields[i];
		const char *const text = text_of(field, record);
		const size_t size = text == NULL ? 0 : strlen(text) + 1;

		if (text == NULL)
			continue;
		memcpy(to, text, size);
		memcpy((char *)record + field->offset, &to, sizeof(to));
		to += size;
	}
}

/* Runs without Python's lock. */
static int
keep(void *context, const void *record, size_t size)
{
	struct list *const list = context;
	struct told *const told =
	    malloc(sizeof(*told) + texts_size(list->relation, record));

	if (told == NULL) {
		list->full = 1;
		return 1;
	}
	told->next = NULL;
	memcpy(&told->record, record, size);
	copy_texts(list->relation, &told->record, told->texts);
	*list->end = told;
	list->end = &told->next;
	return 0;
}

static int
keep_activity(void *context, const kpi_activity *activity)
{
	return keep(context, activity, sizeof(*activity));
}

static int
keep_employment(void *context, const kpi_employment *employment)
{
	return keep(context, employment, sizeof(*employment));
}

static int
keep_expense(void *context, const kpi_expense *expense)
{
	return keep(context, expense, sizeof(*expense));
}

static int
keep_calendar(void *context, const kpi_calendar *calendar)
{
	return keep(context, calendar, sizeof(*calendar));
}

static void
blank(int which, union record *record)
{
	static const kpi_activity activity = KPI_ACTIVITY_INIT;
	static const kpi_employment employment = KPI_EMPLOYMENT_INIT;
	static const kpi_expense expense = KPI_EXPENSE_INIT;
	static const kpi_calendar calendar = KPI_CALENDAR_INIT;

	if (which == ACTIVITIES)
		record->activity = activity;
	else if (which == EMPLOYMENTS)
		record->employment = employment;
	else if (which == EXPENSES)
		record->expense = expense;
	else
		record->calendar = calendar;
}

static kpi_status
add(kpi_store *store, int which, const union record *record, kpi_error *error)
{
	if (which == ACTIVITIES)
		return kpi_store_add_activity(store, &record->activity, error);
	if (which == EMPLOYMENTS)
		return kpi_store_add_employment(
		    store, &record->employment, error);
	if (which == EXPENSES)
		return kpi_store_add_expense(store, &record->expense, error);
	return kpi_store_add_calendar(store, &record->calendar, error);
}

static kpi_status
tell(kpi_store *store, int which, struct list *list, kpi_error *error)
{
	if (which == ACTIVITIES)
		return kpi_store_activities(store, keep_activity, list, error);
	if (which == EMPLOYMENTS)
		return kpi_store_employments(
		    store, keep_employment, list, error);
	if (which == EXPENSES)
		return kpi_store_expenses(store, keep_expense, list, error);
	return kpi_store_calendars(store, keep_calendar, list, error);
}

/* The arguments are the values of the fields, in their order. */
static PyObject *
relation_add(PyObject *self, int which, PyObject *arguments)
{
	struct store *const store = (struct store *)self;
	const struct relation *const relation = &store->state->relations[which];
	PyObject *kept = NULL;
	kpi_error error = KPI_ERROR_INIT;
	union record record;
	kpi_status status;
	struct call call;
	int i;

	if (PyTuple_Size(arguments) != relation->count) {
		PyErr_SetString(
		    PyExc_TypeError, "not the fields of the relation");
		return NULL;
	}
	blank(which, &record);
	for (i = 0; i < relation->count; i++)
		if (field_read(store->state, &relation->fields[i],
			PyTuple_GetItem(arguments, i), &record, &kept) != 0) {
			Py_XDECREF(kept);
			return NULL;
		}
	if (call_begin(&call, store, CALL_SHORT, NULL) != 0) {
		Py_XDECREF(kept);
		return NULL;
	}
	status = add(store->store, which, &record, &error);
	call_end(&call);
	Py_XDECREF(kept);
	if (status != KPI_OK)
		return error_raise(store->state, status, &error);
	Py_RETURN_NONE;
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
dict_new(const struct state *state, const struct relation *relation,
    const union record *record)
{
	PyObject *const dict = PyDict_New();
	int i;

	for (i = 0; dict != NULL && i < relation->count; i++)
		if (field_show(state, &relation->fields[i], record, dict) !=
		    0) {
			Py_DECREF(dict);
			return NULL;
		}
	return dict;
}

static PyObject *
dicts_new(const struct state *state, const struct list *told)
{
	PyObject *const list = PyList_New(0);
	const struct told *one;
	PyObject *dict;
	int failed;

	for (one = told->first; list != NULL && one != NULL; one = one->next) {
		dict = dict_new(state, told->relation, &one->record);
		failed = dict == NULL || PyList_Append(list, dict) != 0;
		Py_XDECREF(dict);
		if (failed) {
			Py_DECREF(list);
			return NULL;
		}
	}
	return list;
}

static PyObject *
relation_list(PyObject *self, int which)
{
	struct store *const store = (struct store *)self;
	struct list list = { &store->state->relations[which], NULL, &list.first,
		0 };
	kpi_error error = KPI_ERROR_INIT;
	PyObject *dicts;
	kpi_status status;
	struct call call;

	if (call_begin(&call, store, CALL_LONG, NULL) != 0)
		return NULL;
	status = tell(store->store, which, &list, &error);
	call_end(&call);
	if (list.full)
		status = KPI_ENOMEM;
	dicts = status == KPI_OK ? dicts_new(store->state, &list)
				 : error_raise(store->state, status, &error);
	list_free(list.first);
	return dicts;
}

PyObject *
store_add_activity(PyObject *self, PyObject *arguments)
{
	return relation_add(self, ACTIVITIES, arguments);
}

PyObject *
store_add_employment(PyObject *self, PyObject *arguments)
{
	return relation_add(self, EMPLOYMENTS, arguments);
}

PyObject *
store_add_expense(PyObject *self, PyObject *arguments)
{
	return relation_add(self, EXPENSES, arguments);
}

PyObject *
store_add_calendar(PyObject *self, PyObject *arguments)
{
	return relation_add(self, CALENDARS, arguments);
}

PyObject *
store_activities(PyObject *self, PyObject *nothing)
{
	(void)nothing;
	return relation_list(self, ACTIVITIES);
}

PyObject *
store_employments(PyObject *self, PyObject *nothing)
{
	(void)nothing;
	return relation_list(self, EMPLOYMENTS);
}

PyObject *
store_expenses(PyObject *self, PyObject *nothing)
{
	(void)nothing;
	return relation_list(self, EXPENSES);
}

PyObject *
store_calendars(PyObject *self, PyObject *nothing)
{
	(void)nothing;
	return relation_list(self, CALENDARS);
}
