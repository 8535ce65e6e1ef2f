/* SPDX-License-Identifier: MIT */
#include "figure.h"

#include "error.h"

#include <math.h>

static PyObject *
number_or_none(double number)
{
	if (isnan(number))
		Py_RETURN_NONE;
	return PyFloat_FromDouble(number);
}

/* Parts as units: an int where they are whole. */
static PyObject *
units_new(int64_t parts, int64_t whole)
{
	if (whole <= 1)
		return PyLong_FromLongLong(parts);
	if (parts % whole == 0)
		return PyLong_FromLongLong(parts / whole);
	return PyFloat_FromDouble((double)parts / (double)whole);
}

/* The reasons for which something was left out. */
static PyObject *
excluded_new(const kpi_figure *figure)
{
	const struct {
		const char *reason;
		int64_t parts;
	} reasons[] = {
		{ "unknown", figure->unknown },
		{ "in_progress", figure->in_progress },
		{ "truncated", figure->truncated },
		{ "immature", figure->immature },
		{ "not_counted", figure->not_counted },
	};
	PyObject *const dict = PyDict_New();
	PyObject *units;
	int failed;
	size_t i;

	for (i = 0; i < sizeof(reasons) / sizeof(*reasons); i++) {
		if (dict == NULL || reasons[i].parts == 0)
			continue;
		units = units_new(reasons[i].parts, figure->parts);
		failed = units == NULL ||
		    PyDict_SetItemString(dict, reasons[i].reason, units) != 0;
		Py_XDECREF(units);
		if (failed) {
			Py_DECREF(dict);
			return NULL;
		}
	}
	return dict;
}

PyObject *
figure_new(const struct state *state, const kpi_result *result, uint64_t row,
    uint64_t index)
{
	kpi_figure figure = KPI_FIGURE_INIT;
	kpi_entry metric = KPI_ENTRY_INIT, label = KPI_ENTRY_INIT;
	kpi_status status = kpi_result_figure(result, row, index, &figure);

	if (status == KPI_OK)
		status = kpi_catalogue_number(KPI_TABLE_METRICS,
		    kpi_result_metric(result, index), &metric);
	if (status == KPI_OK)
		status = kpi_catalogue_number(
		    KPI_TABLE_STATES, figure.state, &label);
	if (status != KPI_OK)
		return error_raise(state, status, NULL);
	return Py_BuildValue("sNNNNNNss", metric.name,
	    number_or_none(figure.value),
	    units_new(figure.numerator, figure.parts),
	    units_new(figure.denominator, figure.parts), excluded_new(&figure),
	    number_or_none(figure.lower), number_or_none(figure.upper),
	    label.name, metric.unit);
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
