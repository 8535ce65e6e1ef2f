/* SPDX-License-Identifier: MIT */
/* stop.h - how long work shows where it is, and is ended by a signal. */
#ifndef KPI_TOOL_STOP_H
#define KPI_TOOL_STOP_H

#include <stdint.h>

/* From now on SIGINT, SIGTERM and SIGHUP are kept for stop_asked(); a second
 * one of the same kind ends the program as it always does. */
void stop_on_signals(void);

/* The signal that was caught, 0 if none was. */
int stop_signal(void);

/*
 * A kpi_stop: non-zero once a signal was caught. `ctx` names the work in the
 * line of progress that it keeps on a terminal; elsewhere it shows nothing.
 */
int stop_asked(void *ctx, uint64_t done, uint64_t total);

/* Takes the line of progress off the terminal, if there is one. */
void progress_clear(void);

#endif
