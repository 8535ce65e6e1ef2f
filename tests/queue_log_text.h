/* SPDX-License-Identifier: MIT */
/* queue_log_text.h - logs as texts, and what a store holds of them as text. */
#ifndef KPI_QUEUE_LOG_TEXT_H
#define KPI_QUEUE_LOG_TEXT_H

#include <kpi/queue_log.h>

/* A file of `size` bytes, in a directory that the test program is in. */
void log_write(const char *path, const char *bytes, size_t size);
void log_append(const char *path, const char *bytes, size_t size);

kpi_store *log_store(void); /* a new one, in memory */

/* Imports, asserting KPI_OK. */
kpi_queue_log_report log_import(kpi_store *store, const char *path);

/*
 * All interactions by id, then all activities that have a length, a line each;
 * to be freed. Seconds; unknown is left out:
 *     id@start customer: queue/agent@entry outcome wait(ring)+talk,after >kind
 *     agent ready begin-until
 */
char *log_dump(kpi_store *store);

/* The dump of a log in a store of its own, by way of a file at `path`. */
char *log_dump_of(const char *path, const char *log, size_t size);

/* Asserts that the dump is as expected. */
void log_holds(kpi_store *store, const char *expected);

/* A log with something of everything; its first line has 31 bytes. */
#define LOG_SAMPLE_LINES 34
extern const char log_sample[];

#endif
