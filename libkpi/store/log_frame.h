/* SPDX-License-Identifier: MIT */
/*
 * log_frame.h - the published form of SQLite's write-ahead log: a header of
 * 32 bytes, then frames, each a header of 24 bytes and a page.
 *
 * Every header ends in a pair of sums that goes on from the pair before it,
 * over the first 8 bytes of the frame's header and its page.
 */
#ifndef KPI_STORE_LOG_FRAME_H
#define KPI_STORE_LOG_FRAME_H

#include <stddef.h>
#include <stdint.h>

#define KPI__LOG_HEADER 32
#define KPI__LOG_FRAME  24

/* What the log's header tells. */
typedef struct kpi__log {
	uint32_t page_size;
	int big_endian;         /* how the sums read the bytes */
	unsigned char salts[8]; /* repeated by every frame of this log's life */
	unsigned char sums[8];
} kpi__log;

/* Non-zero if these 32 bytes are a log's header, whole. */
int kpi__log_read_header(kpi__log *out, const unsigned char *header);

/* Offset in the file of the pair of sums before the frame that is at `at`. */
int64_t kpi__log_sums_before(const kpi__log *log, int64_t at);

/* Writes into the frame's header the sums that follow those `before`. */
void kpi__log_frame_seal(
    const kpi__log *log, unsigned char *frame, const unsigned char *before);

/* Non-zero if the frame is of this log's life and its sums follow `before`. */
int kpi__log_frame_holds(const kpi__log *log, const unsigned char *frame,
    const unsigned char *before);

/* Non-zero if the frame's header says that it is of this log's life. */
int kpi__log_frame_salted(const kpi__log *log, const unsigned char *frame);

/* The page's number; and whether the frame ends a transaction. */
int64_t kpi__log_frame_page(const unsigned char *frame);
int kpi__log_frame_commits(const unsigned char *frame);

/* Its sums, to go on from. */
const unsigned char *kpi__log_frame_sums(const unsigned char *frame);

#endif
