/* SPDX-License-Identifier: MIT */
#include "store.h"

#include "error.h"
#include "query.h"
#include "season.h"
#include "staffing.h"

/* (handle time, handled, handled of, patience, staffing) */
static PyObject *
interval_new(
    const struct state *state, const kpi_plan *plan, uint64_t row, uint64_t at)
{
	kpi_staffing s = KPI_STAFFING_INIT;
	kpi_plan_cell c = KPI_PLAN_CELL_INIT;
	const kpi_status status = kpi_plan_get(plan, row, at, &s, &c);

	if (status != KPI_OK)
		return error_raise(state, status, NULL);
	return Py_BuildValue("dLidN", c.handle_time_ms, (long long)c.handled,
	    (int)c.handled_of, c.patience_ms, staffing_new(&s));
}

static PyObject *
intervals_new(const struct state *state, const kpi_plan *plan)
{
	const uint64_t cells = kpi_season_cells(kpi_plan_season(plan));
	const uint64_t rows = kpi_season_rows(kpi_plan_season(plan));
	PyObject *const list = PyList_New((Py_ssize_t)(rows * cells));
	uint64_t i;

	for (i = 0; list != NULL && i < rows * cells; i++) {
		PyObject *const interval =
		    interval_new(state, plan, i / cells, i % cells);

		if (interval == NULL ||
		    PyList_SetItem(list, (Py_ssize_t)i, interval) != 0) {
			Py_DECREF(list);
			return NULL;
		}
	}
	return list;
}

/*
 * plan(query, agents, handle time, patience, threshold, target's value,
 * occupancy, shrinkage, target, period, kind of patience) -> (season,
 * intervals)
 */
PyObject *
store_plan(PyObject *self, PyObject *arguments)
{
	struct store *const store = (struct store *)self;
	kpi_staffing_options load = KPI_STAFFING_OPTIONS_INIT;
	kpi_plan_options options = KPI_PLAN_OPTIONS_INIT;
	kpi_error error = KPI_ERROR_INIT;
	PyObject *query, *agents, *read = NULL;
	const kpi_query *handle;
	kpi_plan *plan = NULL;
	kpi_status status;
	struct call call;

	if (!PyArg_ParseTuple(arguments, "OOddddddiii", &query, &agents,
		&load.handle_time_ms, &load.patience_ms, &load.threshold_ms,
		&load.target_value, &load.max_occupancy, &load.shrinkage,
		&load.target, &options.period, &options.patience) ||
	    size_read(store->state, "agents", agents, &options.agents) != 0 ||
	    (handle = query_of(store->state, query)) == NULL ||
	    call_begin(&call, store, CALL_LONG, query_stop(query)) != 0)
		return NULL;
	status = kpi_plan_measure(
	    &plan, store->store, handle, &load, &options, &error);
	call_end(&call);
	if (status != KPI_OK || PyErr_Occurred())
		(void)error_raise(store->state, status, &error);
	else
		read = Py_BuildValue("NN",
		    season_read(store->state, kpi_plan_season(plan)),
		    intervals_new(store->state, plan));
	kpi_plan_free(plan);
	return read;
}
