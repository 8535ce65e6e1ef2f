/* SPDX-License-Identifier: MIT */
/*
 * stop.h - progress, and Ctrl-C, while a call takes long.
 */
#ifndef KPI_PYTHON_STOP_H
#define KPI_PYTHON_STOP_H

#include "state.h"

struct stop {
	PyObject *progress;    /* called with (done, total); NULL: nobody */
	int64_t last;          /* when it was called, ms of a steady clock */
	unsigned long caller;  /* the thread that is in the library */
	PyThreadState *thread; /* its state; NULL: it holds Python's lock */
};

/*
 * A kpi_stop over a struct stop that call_begin() was given: ends the call
 * when the progress function raises or returns True, or when Ctrl-C came. The
 * exception is left set. It asks in the thread that called, and so in the
 * interpreter that did.
 */
int stop_check(void *stop, uint64_t done, uint64_t total);

#endif
