/* SPDX-License-Identifier: MIT */
/*
 * call.h - going into the library and coming back: who is inside a store, and
 * whether other Python threads may run meanwhile.
 */
#ifndef KPI_PYTHON_CALL_H
#define KPI_PYTHON_CALL_H

#include "state.h"
#include "stop.h"

/* kpi._kpi.Store */
struct store {
	PyObject_HEAD struct state *state;
	kpi_store *store; /* NULL: closed */
	int in_file;
	int closing; /* close() came while somebody was inside */
	Py_ssize_t inside;
};

/*
 * Other threads run meanwhile, unless the call is short (a row, nothing on a
 * disc): in a memory store that nobody else is inside. Then nothing can hold
 * a lock of the store for which we would wait with Python's in our hand.
 */
#define CALL_LONG  0
#define CALL_SHORT 1
/* What was made from a store may be used after its close. */
#define CALL_AFTER_CLOSE 2

struct call {
	struct store *store;
	PyThreadState *thread; /* NULL: no other thread runs */
};

/*
 * 0, or -1 with ValueError: the store is closed. `stop` is what the library
 * will ask in the call; NULL: nothing.
 */
int call_begin(
    struct call *call, struct store *store, int how, struct stop *stop);

/* Keeps an exception as it is. */
void call_end(struct call *call);

/* Closes now, or when the last call that is inside has come back. */
void store_close(struct store *store);

#endif
