/* SPDX-License-Identifier: MIT */
/* import_order.h - which of several logs is read first. */
#ifndef KPI_TOOLS_IMPORT_ORDER_H
#define KPI_TOOLS_IMPORT_ORDER_H

#include <stddef.h>
#include <stdint.h>

typedef struct given_log {
	const char *file;
	int64_t first; /* its first time stamp; -1: not seen */
	int is_csv;    /* it is no log at all, and has none */
} given_log;

/* The first time stamp of a queue_log that begins so; -1: there is none. */
int64_t first_stamp(const unsigned char *bytes, size_t size);

/* The oldest first. One whose stamp was not seen stays where it is. */
void sort_logs(given_log *logs, size_t count);

#endif
