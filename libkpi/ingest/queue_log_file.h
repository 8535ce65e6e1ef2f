/* SPDX-License-Identifier: MIT */
/* queue_log_file.h - the bytes of a log: a file or a pipe, line by line. */
#ifndef KPI_INGEST_QUEUE_LOG_FILE_H
#define KPI_INGEST_QUEUE_LOG_FILE_H

#include <kpi/base.h>

#include "ingest/queue_log_place.h"

#define KPI__QLOG_LINE  65536 /* a longer line is not read */
#define KPI__QLOG_BLOCK (4 * (size_t)KPI__QLOG_LINE)

typedef struct kpi__qlog_file {
	const kpi_allocator *allocator;
	int fd;
	int is_regular;
	uint64_t device, inode;
	uint64_t total; /* bytes; 0: not known */
	unsigned char head[KPI__QLOG_HEAD];
	size_t head_size;
	char *block;      /* KPI__QLOG_BLOCK bytes */
	size_t at, end;   /* of what was read and not taken yet, in `block` */
	uint64_t skipped; /* bytes let go of a line that is too long */
	int at_end;
} kpi__qlog_file;

/* Must be closed, also after a failure. KPI_ENOTFOUND, KPI_EIO, KPI_EPARSE
 * (a directory), KPI_ENOMEM. */
kpi_status kpi__qlog_file_open(kpi__qlog_file *file, const char *path,
    const kpi_allocator *a, kpi_error *error) KPI_MUST_CHECK;
void kpi__qlog_file_close(kpi__qlog_file *file);

/* Keeps the head: what was read is the beginning. */
void kpi__qlog_file_keep_head(kpi__qlog_file *file);

/* What the first `size` bytes are, at most those of the head. */
kpi__qlog_head kpi__qlog_file_head(const kpi__qlog_file *file, uint64_t size);

/* Reading goes on at `offset` of a regular file. */
kpi_status kpi__qlog_file_seek(
    kpi__qlog_file *file, uint64_t offset, kpi_error *error) KPI_MUST_CHECK;

/* Reads up to a block behind what is there; file->at_end is set where there is
 * no more. A pipe that has nothing to say is waited for so long that the
 * caller can look up again in between, and nothing was read then. */
kpi_status kpi__qlog_file_fill(
    kpi__qlog_file *file, kpi_error *error) KPI_MUST_CHECK;

/* A line, or a part of one that is too long (line NULL). */
typedef struct kpi__qlog_taken {
	const char *line;
	size_t size;    /* without the newline */
	uint64_t bytes; /* of the whole line and its newline */
} kpi__qlog_taken;

/* The next whole line of what was read; 0: there is none. */
int kpi__qlog_file_next(kpi__qlog_file *file, kpi__qlog_taken *out);

#endif
