/* SPDX-License-Identifier: MIT */
/*
 * buffer.h - growing byte strings, and reading them back with limits.
 *
 * Writing keeps the first failure in `status`, so that a run of puts is
 * checked once at its end. Reading keeps `bad`: a get past the end gives 0.
 */
#ifndef KPI_BASE_BUFFER_H
#define KPI_BASE_BUFFER_H

#include <kpi/base.h>

typedef struct kpi__buffer {
	const kpi_allocator *allocator;
	unsigned char *bytes;
	size_t size, room;
	kpi_status status;
} kpi__buffer;

void kpi__buffer_init(kpi__buffer *b, const kpi_allocator *a);
void kpi__buffer_free(kpi__buffer *b);
void kpi__buffer_put(kpi__buffer *b, const void *bytes, size_t size);
void kpi__buffer_put_byte(kpi__buffer *b, unsigned value);
/* Little-endian base-128; negative numbers by zigzag. */
void kpi__buffer_put_varint(kpi__buffer *b, uint64_t value);
void kpi__buffer_put_signed(kpi__buffer *b, int64_t value);
void kpi__buffer_put64(kpi__buffer *b, uint64_t value);
/* A text with its length before it; NULL and "" differ. */
void kpi__buffer_put_text(kpi__buffer *b, const char *text);
void kpi__buffer_put_string(kpi__buffer *b, const char *text); /* bytes alone */

typedef struct kpi__reader {
	const unsigned char *at, *end;
	int bad;
} kpi__reader;

unsigned kpi__read_byte(kpi__reader *r);
uint64_t kpi__read_varint(kpi__reader *r);
int64_t kpi__read_signed(kpi__reader *r);
uint64_t kpi__read64(kpi__reader *r);
/* A text in place, not NUL-terminated; NULL and *size 0 for the unknown. */
const char *kpi__read_text(kpi__reader *r, size_t *size);

#endif
