/* SPDX-License-Identifier: MIT */
/* vfs_file.h - an open file of our layer: the database's, or its log's. */
#ifndef KPI_STORE_VFS_FILE_H
#define KPI_STORE_VFS_FILE_H

#include <stddef.h>
#include <stdint.h>

#include <sqlite3.h>

#include "store/log_frame.h"

#define KPI__BAD_NOTHING    0
#define KPI__BAD_PAGE       1 /* number: the page's */
#define KPI__BAD_LOG_PAGE   2 /* number: the page's */
#define KPI__BAD_LOG_FRAME  3 /* number: the frame's, from 1 */
#define KPI__BAD_LOG_HEADER 4

/* What was refused last. */
typedef struct kpi__bad {
	int64_t number;
	int kind;
} kpi__bad;

/* sqlite3_file_control() with this code fills in a kpi__bad. */
#define KPI__FCNTL_BAD 0x6b706931

typedef struct kpi__file {
	sqlite3_file base;
	sqlite3_file *real;     /* the default layer's */
	struct kpi__file *main; /* where the connection looks for `bad` */
	kpi__bad bad;
	unsigned char *scratch;
	size_t scratch_size;

	uint32_t page_size; /* of the database's file; 0: not known yet */

	/* Of a log that is being recovered: what should come next. */
	int64_t recover_at;
	unsigned char recover_sums[8];
} kpi__file;

/* Room for our file and, behind it, one of the default layer. */
#define KPI__FILE_SIZE ((sizeof(kpi__file) + 15) / 16 * 16)

/* What to set on a file of each kind. */
extern const sqlite3_io_methods kpi__main_methods;
extern const sqlite3_io_methods kpi__log_methods;

/* Reading and writing, in main_file.c and log_file.c. */
int kpi__main_read(sqlite3_file *, void *to, int size, sqlite3_int64 at);
int kpi__main_write(
    sqlite3_file *, const void *from, int size, sqlite3_int64 at);
int kpi__log_read(sqlite3_file *, void *to, int size, sqlite3_int64 at);
int kpi__log_write(
    sqlite3_file *, const void *from, int size, sqlite3_int64 at);

/* `size` bytes that last until the next call; NULL if there is no memory. */
unsigned char *kpi__file_scratch(kpi__file *f, size_t size);

/* Remembers what is bad and returns what SQLite is to be told. */
int kpi__file_refuse(kpi__file *f, int kind, int64_t number);

/* The default layer's own read and write. */
int kpi__real_read(kpi__file *f, void *to, size_t size, int64_t at);
int kpi__real_write(kpi__file *f, const void *from, size_t size, int64_t at);

#endif
