/* SPDX-License-Identifier: MIT */
#include "season.h"

#include "error.h"
#include "figure.h"
#include "instant.h"
#include "result.h"

/* The values of a row's dimensions, a list. */
static PyObject *
group_new(const kpi_season *season, uint64_t row)
{
	PyObject *const list = PyList_New(0);
	PyObject *value;
	uint64_t i;
	int failed;

	for (i = 0; list != NULL && kpi_season_by(season, i) != 0; i++) {
		value = Py_BuildValue("z", kpi_season_group(season, row, i));
		failed = value == NULL || PyList_Append(list, value) != 0;
		Py_XDECREF(value);
		if (failed) {
			Py_DECREF(list);
			return NULL;
		}
	}
	return list;
}

/* (group, weekday, minute, index, mean, count, parts, times) */
static PyObject *
cell_new(const struct state *state, const kpi_season *season, uint64_t row,
    uint64_t cell, PyObject *group)
{
	kpi_season_cell c = KPI_SEASON_CELL_INIT;
	const kpi_status status = kpi_season_get(season, row, cell, &c);

	if (status != KPI_OK)
		return error_raise(state, status, NULL);
	return Py_BuildValue("OiiNNLLd", group, (int)c.weekday, (int)c.minute,
	    number_or_none(c.index), number_or_none(c.mean), (long long)c.count,
	    (long long)c.parts, c.times);
}

/* Of one group; 0, or -1 with an exception. */
static int
add_cells(const struct state *state, const kpi_season *season, uint64_t row,
    PyObject *list)
{
	const uint64_t cells = kpi_season_cells(season);
	PyObject *const group = group_new(season, row);
	int failed = group == NULL;
	uint64_t i;

	for (i = 0; !failed && i < cells; i++) {
		PyObject *const cell = cell_new(state, season, row, i, group);

		failed = cell == NULL || PyList_Append(list, cell) != 0;
		Py_XDECREF(cell);
	}
	Py_XDECREF(group);
	return failed ? -1 : 0;
}

static PyObject *
cells_new(const struct state *state, const kpi_season *season)
{
	PyObject *const list = PyList_New(0);
	uint64_t row;

	for (row = 0; list != NULL && row < kpi_season_rows(season); row++) {
		if (add_cells(state, season, row, list) != 0) {
			Py_DECREF(list);
			return NULL;
		}
	}
	return list;
}

PyObject *
season_read(const struct state *state, const kpi_season *season)
{
	return Py_BuildValue("NNKN",
	    instant_new(state, kpi_season_from(season)),
	    instant_new(state, kpi_season_until(season)),
	    (unsigned long long)kpi_season_periods(season),
	    cells_new(state, season));
}

/* season(index, period) -> what season_read() makes */
PyObject *
result_season(PyObject *self, PyObject *arguments)
{
	struct result *const result = (struct result *)self;
	struct state *const state = result->state;
	kpi_error error = KPI_ERROR_INIT;
	kpi_season *season = NULL;
	PyThreadState *thread;
	PyObject *read;
	kpi_status status;
	int index, period;

	if (!PyArg_ParseTuple(arguments, "ii", &index, &period) ||
	    result_readable(result) != 0)
		return NULL;
	result->readers++;
	thread = PyEval_SaveThread();
	status = kpi_season_of(
	    &season, result->result, (uint64_t)index, period, &error);
	PyEval_RestoreThread(thread);
	result->readers--;
	if (status != KPI_OK)
		return error_raise(state, status, &error);
	read = season_read(state, season);
	kpi_season_free(season);
	return read;
}
