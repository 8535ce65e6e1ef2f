/* SPDX-License-Identifier: MIT */
/*
 * stop.h - progress, and Ctrl-C, while a call takes long.
 */
#ifndef KPI_PYTHON_STOP_H
#define KPI_PYTHON_STOP_H

#include "state.h"

struct stop {
	PyObject *progress; /* called with (done, total); NULL: nobody */
	int64_t last;       /* when it was called, ms of a steady clock */
};

/*
 * A kpi_stop over a struct stop, for a thread that has let Python's lock go:
 * ends the call when the progress function raises or returns True, or when
 * Ctrl-C came. The exception is left set.
 */
int stop_check(void *stop, uint64_t done, uint64_t total);

#endif
