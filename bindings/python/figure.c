/* SPDX-License-Identifier: MIT */
#include "figure.h"

#include "error.h"
#include "text.h"

#include <math.h>
#include <string.h>

/* How a member of a figure is shown. */
#define NUMBER 1 /* None: not a number */
#define UNITS  2 /* of parts */
#define REASON 3 /* units that are left out */
#define CODE   4 /* by its name in a table; None: 0 */
#define UNIT   5 /* of the value, which the metric's line has */

/*
 * In the order of the library's CSV. figure_new() knows those up to the state;
 * those after it are the last members of a Row, in this order.
 */
static const struct member {
	const char *name;
	int kind;
	int32_t table; /* KPI_TABLE_ of a code */
	size_t offset;
} members[] = {
	{ "value", NUMBER, 0, offsetof(kpi_figure, value) },
	{ "numerator", UNITS, 0, offsetof(kpi_figure, numerator) },
	{ "denominator", UNITS, 0, offsetof(kpi_figure, denominator) },
	{ "unknown", REASON, 0, offsetof(kpi_figure, unknown) },
	{ "in_progress", REASON, 0, offsetof(kpi_figure, in_progress) },
	{ "truncated", REASON, 0, offsetof(kpi_figure, truncated) },
	{ "immature", REASON, 0, offsetof(kpi_figure, immature) },
	{ "not_counted", REASON, 0, offsetof(kpi_figure, not_counted) },
	{ "no_activity", REASON, 0, offsetof(kpi_figure, no_activity) },
	{ "lower", NUMBER, 0, offsetof(kpi_figure, lower) },
	{ "upper", NUMBER, 0, offsetof(kpi_figure, upper) },
	{ "unit", UNIT, 0, 0 },
	{ "state", CODE, KPI_TABLE_STATES, offsetof(kpi_figure, state) },
	{ "target", NUMBER, 0, offsetof(kpi_figure, target) },
	{ "target_ceiling", NUMBER, 0, offsetof(kpi_figure, target_ceiling) },
	{ "verdict", CODE, KPI_TABLE_VERDICTS, offsetof(kpi_figure, verdict) },
	{ "verdict_lower", NUMBER, 0, offsetof(kpi_figure, verdict_lower) },
	{ "verdict_upper", NUMBER, 0, offsetof(kpi_figure, verdict_upper) },
};

#define MEMBERS (sizeof(members) / sizeof(*members))

/* A figure, and its metric's name. */
struct shown {
	kpi_figure figure;
	const char *metric;
};

PyObject *
figure_columns(void)
{
	PyObject *const names = PyTuple_New((Py_ssize_t)MEMBERS);
	PyObject *name;
	size_t i;

	for (i = 0; names != NULL && i < MEMBERS; i++) {
		name = PyUnicode_InternFromString(members[i].name);
		if (name == NULL ||
		    PyTuple_SetItem(names, (Py_ssize_t)i, name) != 0) {
			Py_DECREF(names);
			return NULL;
		}
	}
	return names;
}

PyObject *
number_or_none(double number)
{
	if (isnan(number))
		Py_RETURN_NONE;
	return PyFloat_FromDouble(number);
}

PyObject *
units_new(int64_t parts, int64_t whole)
{
	if (whole <= 1)
		return PyLong_FromLongLong(parts);
	if (parts % whole == 0)
		return PyLong_FromLongLong(parts / whole);
	return PyFloat_FromDouble((double)parts / (double)whole);
}

static int64_t
count_of(const struct shown *shown, const struct member *member)
{
	int64_t count;

	memcpy(&count, (const char *)&shown->figure + member->offset,
	    sizeof(count));
	return count;
}

/* The name of a code; NULL with an exception. */
static PyObject *
code_new(const struct shown *shown, const struct member *member)
{
	kpi_entry entry = KPI_ENTRY_INIT;
	kpi_status status;
	int32_t code;

	memcpy(
	    &code, (const char *)&shown->figure + member->offset, sizeof(code));
	if (code == 0)
		Py_RETURN_NONE;
	status = kpi_catalogue_number(member->table, code, &entry);
	if (status != KPI_OK)
		return PyLong_FromLong(code);
	return PyUnicode_InternFromString(entry.name);
}

static PyObject *
member_new(const struct shown *shown, const struct member *member)
{
	double number;

	switch (member->kind) {
	case NUMBER:
		memcpy(&number, (const char *)&shown->figure + member->offset,
		    sizeof(number));
		return number_or_none(number);
	case CODE:
		return code_new(shown, member);
	case UNIT:
		return PyUnicode_InternFromString(
		    unit_name(shown->figure.unit));
	default:
		return units_new(count_of(shown, member), shown->figure.parts);
	}
}

/* 0, or -1 with an exception. */
static int
figure_read(const struct state *state, const kpi_result *result, uint64_t row,
    uint64_t index, struct shown *shown)
{
	static const kpi_figure empty = KPI_FIGURE_INIT;
	kpi_entry metric = KPI_ENTRY_INIT;
	kpi_status status;

	shown->figure = empty;
	status = kpi_result_figure(result, row, index, &shown->figure);
	if (status == KPI_OK)
		status = kpi_catalogue_number(KPI_TABLE_METRICS,
		    kpi_result_metric(result, index), &metric);
	if (status != KPI_OK) {
		error_raise(state, status, NULL);
		return -1;
	}
	shown->metric = metric.name;
	return 0;
}

/* The reasons for which something was left out. */
static PyObject *
excluded_new(const struct shown *shown)
{
	PyObject *const dict = PyDict_New();
	PyObject *units;
	int failed;
	size_t i;

	for (i = 0; dict != NULL && i < MEMBERS; i++) {
		if (members[i].kind != REASON ||
		    count_of(shown, &members[i]) == 0)
			continue;
		units = member_new(shown, &members[i]);
		failed = units == NULL ||
		    PyDict_SetItemString(dict, members[i].name, units) != 0;
		Py_XDECREF(units);
		if (failed) {
			Py_DECREF(dict);
			return NULL;
		}
	}
	return dict;
}

/* The member of a name; NULL: none. */
static const struct member *
member_find(const char *name)
{
	size_t i;

	for (i = 0; i < MEMBERS; i++)
		if (strcmp(members[i].name, name) == 0)
			return &members[i];
	return NULL;
}

/* The values of a Row in its order, of which the others are made elsewhere. */
static const char *const row[] = { "metric", "value", "numerator",
	"denominator", "excluded", "lower", "upper", "state", "unit" };

#define ROW ((Py_ssize_t)(sizeof(row) / sizeof(*row)))

static PyObject *
row_value(const struct shown *shown, const char *name)
{
	const struct member *const member = member_find(name);

	if (member != NULL)
		return member_new(shown, member);
	return strcmp(name, "metric") == 0
	    ? PyUnicode_InternFromString(shown->metric)
	    : excluded_new(shown);
}

static PyObject *
row_new(const struct shown *shown)
{
	const struct member *later = member_find("state") + 1;
	const Py_ssize_t more = &members[MEMBERS] - later;
	PyObject *values, *value;
	Py_ssize_t i;

	values = PyTuple_New(ROW + more);
	for (i = 0; values != NULL && i < ROW + more; i++) {
		value = i < ROW ? row_value(shown, row[i])
				: member_new(shown, later++);
		if (value == NULL || PyTuple_SetItem(values, i, value) != 0) {
			Py_DECREF(values);
			return NULL;
		}
	}
	return values;
}

PyObject *
figure_new(const struct state *state, const kpi_result *result, uint64_t at,
    uint64_t index)
{
	struct shown shown;

	if (figure_read(state, result, at, index, &shown) != 0)
		return NULL;
	return row_new(&shown);
}

PyObject *
figure_show(const kpi_figure *figure, const char *metric)
{
	const struct shown shown = { *figure, metric };

	return row_new(&shown);
}

/* Puts a figure's values at a place of the columns; -1 raised. */
static int
figure_place(const struct shown *shown, PyObject *names, PyObject *columns,
    Py_ssize_t place)
{
	const struct member *member;
	const char *name;
	PyObject *value;
	Py_ssize_t i;

	for (i = 0; i < PyTuple_Size(names); i++) {
		name = PyUnicode_AsUTF8AndSize(PyTuple_GetItem(names, i), NULL);
		if (name == NULL)
			return -1;
		member = member_find(name);
		value = member == NULL
		    ? PyUnicode_InternFromString(shown->metric)
		    : member_new(shown, member);
		if (value == NULL ||
		    PyList_SetItem(PyTuple_GetItem(columns, i), place, value) !=
			0)
			return -1;
	}
	return 0;
}

/* As many lists of so many figures. */
static PyObject *
lists_new(Py_ssize_t count, Py_ssize_t size)
{
	PyObject *const lists = PyTuple_New(count);
	PyObject *list;
	Py_ssize_t i;

	for (i = 0; lists != NULL && i < count; i++) {
		list = PyList_New(size);
		if (list == NULL || PyTuple_SetItem(lists, i, list) != 0) {
			Py_DECREF(lists);
			return NULL;
		}
	}
	return lists;
}

/* A figure's bounds take long: it is read once for all columns. */
PyObject *
figure_read_columns(
    const struct state *state, const kpi_result *result, PyObject *names)
{
	const uint64_t count = kpi_result_count(result);
	const uint64_t rows = kpi_result_rows(result);
	PyObject *const columns =
	    lists_new(PyTuple_Size(names), (Py_ssize_t)(rows * count));
	struct shown shown;
	uint64_t i;

	for (i = 0; columns != NULL && i < rows * count; i++) {
		if (figure_read(state, result, i / count, i % count, &shown) !=
			0 ||
		    figure_place(&shown, names, columns, (Py_ssize_t)i) != 0) {
			Py_DECREF(columns);
			return NULL;
		}
	}
	return columns;
}

static PyObject *
dimensions_new(const kpi_result *result)
{
	PyObject *const list = PyList_New(0);
	kpi_entry entry = KPI_ENTRY_INIT;
	PyObject *name;
	uint64_t i;
	int failed;

	for (i = 0; list != NULL && kpi_result_by(result, i) != 0; i++) {
		if (kpi_catalogue_number(KPI_TABLE_DIMENSIONS,
			kpi_result_by(result, i), &entry) != KPI_OK)
			entry.name = "";
		name = PyUnicode_FromString(entry.name);
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
figure_shape(const kpi_result *result)
{
	const int32_t bucket = kpi_result_bucket(result);
	kpi_entry entry = KPI_ENTRY_INIT;
	const char *name = NULL;

	if (bucket != KPI_BUCKET_NONE &&
	    kpi_catalogue_number(KPI_TABLE_BUCKETS, bucket, &entry) == KPI_OK)
		name = entry.name;
	return Py_BuildValue("KKNzz",
	    (unsigned long long)kpi_result_rows(result),
	    (unsigned long long)kpi_result_count(result),
	    dimensions_new(result), name, kpi_result_zone(result));
}
