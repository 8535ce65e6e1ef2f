/* SPDX-License-Identifier: MIT */
#include "call.h"

int
call_begin(struct call *call, struct store *store, int how, struct stop *stop)
{
	const int after = (how & CALL_AFTER_CLOSE) != 0;

	if (!after && (store->store == NULL || store->closing)) {
		PyErr_SetString(PyExc_ValueError, "the store is closed");
		return -1;
	}
	Py_INCREF((PyObject *)store);
	call->store = store;
	call->thread = NULL;
	store->inside++;
	if ((how & CALL_SHORT) == 0 || store->in_file || store->inside != 1)
		call->thread = PyEval_SaveThread();
	if (stop != NULL) {
		stop->caller = PyThread_get_thread_ident();
		stop->thread = call->thread;
	}
	return 0;
}

void
call_end(struct call *call)
{
	struct store *const store = call->store;

	if (call->thread != NULL)
		PyEval_RestoreThread(call->thread);
	store->inside--;
	if (store->closing)
		store_close(store);
	Py_DECREF((PyObject *)store);
}

void
store_close(struct store *store)
{
	kpi_store *const handle = store->store;
	PyThreadState *thread;

	if (handle == NULL)
		return;
	store->closing = 1;
	if (store->inside != 0)
		return;
	store->store = NULL;
	thread = PyEval_SaveThread();
	kpi_store_close(handle);
	PyEval_RestoreThread(thread);
}
