/* SPDX-License-Identifier: MIT */
/*
 * queue_log.h - reading Asterisk's queue_log into a store.
 */
#ifndef KPI_QUEUE_LOG_H
#define KPI_QUEUE_LOG_H

#include <kpi/base.h>
#include <kpi/store.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Zero means the default. */
typedef struct kpi_queue_log_options {
	uint64_t size;
	const char *source;  /* of the interactions; NULL: the empty source */
	const char *channel; /* of the interactions; NULL: "voice" */
	kpi_stop stop;       /* progress in bytes; NULL: none */
	void *stop_ctx;
} kpi_queue_log_options;

/* clang-format off */
#define KPI_QUEUE_LOG_OPTIONS_INIT { sizeof(kpi_queue_log_options), 0, 0, 0, 0 }
/* clang-format on */

#define KPI_REPORT_REASONS 16

/* Lines of one reason. */
typedef struct kpi_report_reason {
	const char *reason;    /* a fixed sentence part: "not a number of seconds" */
	const void *reserved;
	uint64_t lines;
	uint64_t first[4];     /* the first line numbers, from 1; 0: no more */
} kpi_report_reason;

/* What was read. Lines that were read by an earlier import are not counted. */
typedef struct kpi_queue_log_report {
	uint64_t size;
	uint64_t lines;         /* read now, damaged ones too */
	uint64_t visits;        /* added or completed now */
	uint64_t interactions;  /* added or completed now */
	uint64_t activities;    /* spans added or completed now */
	uint64_t open;          /* interactions that go on at the end */
	uint64_t replaced_text; /* texts in which bad bytes became U+FFFD */
	uint64_t reason_count;  /* used of `reasons`, most lines first */
	kpi_report_reason damaged[KPI_REPORT_REASONS]; /* see reason_count */
	uint64_t other_count;   /* used of `other` */
	kpi_report_reason other[KPI_REPORT_REASONS]; /* understood as lines, but
	                           not used: verbs that say nothing for a KPI */
	uint64_t unfinished;    /* bytes after the last newline: not read, left
	                           for the next import */
	uint64_t behind_ms;     /* the lines read now begin so long before the
	                           end of what other files of the source told:
	                           a copy, or out of order; 0: they do not */
} kpi_queue_log_report;

/*
 * Reads a queue_log from where an earlier import of the same file into this
 * store ended (by device, inode and its first bytes), so that importing again
 * adds nothing twice. Calls and log-ins that go on at its end are added as they
 * stand and completed by a later import, also of the next file: the logs of a
 * source are one log in pieces, read from the oldest on. A call that the store has already under this
 * source gets what is new of it: visits of one queue and entry are one visit,
 * so that a copy of a file, a pipe, and the file after a rotation add nothing
 * twice either. A line counts when its newline is there. The rows and the
 * reader's place are committed together; no batch may be open (KPI_EORDER).
 * A file that is not a queue_log is KPI_EPARSE; an empty one is read as such.
 * KPI_ENOTFOUND, KPI_EIO, KPI_EBUSY (also: another import of this file runs),
 * KPI_ESTOPPED (what was committed stays, and the next import goes on there),
 * and as kpi_store_add(). `options` and `report` may be NULL; set the report's
 * size first. It is written on KPI_OK only.
 */
KPI_API kpi_status kpi_import_queue_log(kpi_store *store, const char *path,
    const kpi_queue_log_options *options, kpi_queue_log_report *report,
    kpi_error *error) KPI_MUST_CHECK;

/* So many bytes tell whether a file is a queue_log. */
#define KPI_QUEUE_LOG_SIGHT 4096

/*
 * 1 if the `size` bytes that a file begins with look like a queue_log, 0 if
 * they do not. More than KPI_QUEUE_LOG_SIGHT are not looked at.
 */
KPI_API int32_t kpi_is_queue_log(const void *bytes, uint64_t size);

#ifdef __cplusplus
}
#endif

#endif
