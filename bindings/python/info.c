/* SPDX-License-Identifier: MIT */
#include "store.h"

#include "error.h"
#include "instant.h"
#include "stop.h"

PyObject *
store_info(PyObject *self, PyObject *nothing)
{
	struct store *const store = (struct store *)self;
	kpi_store_info info = KPI_STORE_INFO_INIT;
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status;
	struct call call;

	(void)nothing;
	if (call_begin(&call, store, CALL_LONG) != 0)
		return NULL;
	status = kpi_store_read_info(store->store, &info, &error);
	call_end(&call);
	if (status != KPI_OK)
		return error_raise(store->state, status, &error);
	return Py_BuildValue("{s:K,s:K,s:K,s:K,s:K,s:K,s:K,s:N,s:N}",
	    "interactions", (unsigned long long)info.interactions, "visits",
	    (unsigned long long)info.visits, "activities",
	    (unsigned long long)info.activities, "chunks",
	    (unsigned long long)info.chunks, "tail",
	    (unsigned long long)info.tail, "file_bytes",
	    (unsigned long long)info.file_bytes, "cached_bytes",
	    (unsigned long long)info.cached_bytes, "known_from",
	    instant_new(store->state, info.known_from), "as_of",
	    instant_new(store->state, info.as_of));
}

PyObject *
store_check(PyObject *self, PyObject *progress)
{
	struct store *const store = (struct store *)self;
	struct stop stop = { Py_IsNone(progress) ? NULL : progress, 0 };
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status;
	struct call call;

	if (call_begin(&call, store, CALL_LONG) != 0)
		return NULL;
	status = kpi_store_check(store->store, stop_check, &stop, &error);
	call_end(&call);
	if (status != KPI_OK || PyErr_Occurred())
		return error_raise(store->state, status, &error);
	Py_RETURN_NONE;
}
