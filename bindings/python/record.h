/* SPDX-License-Identifier: MIT */
/*
 * record.h - an interaction from keywords, and as a dict.
 */
#ifndef KPI_PYTHON_RECORD_H
#define KPI_PYTHON_RECORD_H

#include "state.h"

/* An interaction whose texts are held until record_clear(). */
struct record {
	kpi_interaction interaction;
	kpi_visit visit; /* where its fields were given directly */
	kpi_visit *visits;
	PyObject *held;  /* the visits' dicts, our copies */
	PyObject *kept;  /* texts that were made */
	PyObject *clear; /* the keyword `clear`, borrowed; NULL: not given */
};

/*
 * Reads the keywords of a call (METH_FASTCALL | METH_KEYWORDS), whose
 * arguments must outlive the record. `clear` is refused unless `clearing`.
 * 0, or -1 with an exception; record_clear() is due either way.
 */
int record_read(struct state *state, const char *caller, int clearing,
    PyObject *const *values, PyObject *names, struct record *record);

void record_clear(struct record *record);

/* An interaction as a dict of what is known of it; NULL with an exception. */
PyObject *record_new(
    const struct state *state, const kpi_interaction *interaction);

#endif
