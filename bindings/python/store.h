/* SPDX-License-Identifier: MIT */
/*
 * store.h - kpi._kpi.Store: open, write, read, close.
 */
#ifndef KPI_PYTHON_STORE_H
#define KPI_PYTHON_STORE_H

#include "call.h"

/* The type; NULL with an exception. */
PyObject *store_type(PyObject *module);

/* The methods that have files of their own. */
PyObject *store_add(
    PyObject *self, PyObject *const *values, Py_ssize_t count, PyObject *names);
PyObject *store_update(
    PyObject *self, PyObject *const *values, Py_ssize_t count, PyObject *names);
PyObject *store_add_columns(
    PyObject *self, PyObject *const *values, Py_ssize_t count, PyObject *names);
PyObject *store_add_arrow(PyObject *self, PyObject *arguments);
PyObject *store_add_activity(PyObject *self, PyObject *arguments);
PyObject *store_add_employment(PyObject *self, PyObject *arguments);
PyObject *store_add_expense(PyObject *self, PyObject *arguments);
PyObject *store_add_calendar(PyObject *self, PyObject *arguments);
PyObject *store_activities(PyObject *self, PyObject *nothing);
PyObject *store_employments(PyObject *self, PyObject *nothing);
PyObject *store_expenses(PyObject *self, PyObject *nothing);
PyObject *store_calendars(PyObject *self, PyObject *nothing);
PyObject *store_delete(PyObject *self, PyObject *arguments);
PyObject *store_erase_customer(PyObject *self, PyObject *customer);
PyObject *store_get(PyObject *self, PyObject *arguments);
PyObject *store_iterate(PyObject *self, PyObject *query);
PyObject *store_measure(PyObject *self, PyObject *arguments);
PyObject *store_spread(PyObject *self, PyObject *arguments);
PyObject *store_plan(PyObject *self, PyObject *arguments);
PyObject *store_change(PyObject *self, PyObject *arguments);
PyObject *store_explain(PyObject *self, PyObject *arguments);
PyObject *store_repeats(PyObject *self, PyObject *arguments);
PyObject *store_import_csv(PyObject *self, PyObject *arguments);
PyObject *store_import_expenses(PyObject *self, PyObject *arguments);
PyObject *store_import_roster(PyObject *self, PyObject *arguments);
PyObject *store_import_queue_log(PyObject *self, PyObject *arguments);
PyObject *store_info(PyObject *self, PyObject *nothing);
PyObject *store_check(PyObject *self, PyObject *progress);
PyObject *store_set_memory(PyObject *self, PyObject *bytes);
PyObject *store_set_threads(PyObject *self, PyObject *threads);

/* Line numbers of a report, a list. */
PyObject *lines_new(const uint64_t first[4]);

/* kpi._kpi.is_csv(bytes), is_queue_log(bytes) and reseal(path) */
PyObject *module_is_csv(PyObject *module, PyObject *bytes);
PyObject *module_is_queue_log(PyObject *module, PyObject *bytes);
PyObject *module_reseal(PyObject *module, PyObject *arguments);

#endif
