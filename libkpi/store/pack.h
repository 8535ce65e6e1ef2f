/* SPDX-License-Identifier: MIT */
/*
 * pack.h - numbers in as few bits as most of them need.
 *
 * A pack begins with its form; how many bits a number has, a gap and a rest
 * (a byte each); exceptions (32 bits); first (64 bits, little-endian). Then
 * come three runs of bits, each to the end of a byte: the low bits of all
 * numbers; of each exception, how many numbers lie between it and the one
 * before; and what is above its low bits. Forms: 0, what a number is above
 * `first`; 1, above the number before, the first one's being `first`; 2, the
 * same, where numbers may fall: twice the difference, or of a fall twice its
 * size less one.
 */
#ifndef KPI_STORE_PACK_H
#define KPI_STORE_PACK_H

#include "base/buffer.h"

/* Appends a pack; the numbers are spent. `steps`: what a number is above the
 * one before may be tried, too. */
void kpi__pack(kpi__buffer *out, uint64_t *numbers, uint32_t count, int steps);

typedef struct kpi__unpack {
	const unsigned char *numbers, *gaps, *rests;
	const unsigned char *end; /* of the pack */
	uint64_t before;
	uint64_t next; /* exception: its place */
	uint32_t count, at;
	uint32_t exceptions, taken;
	unsigned char form, bits, gap_bits, rest_bits;
	unsigned char bad; /* an exception lies behind the last number */
} kpi__unpack;

/* Begins to read a pack of `count` numbers; 0: the bytes are none, or end
 * before it does. */
int kpi__unpack_open(
    kpi__unpack *u, const void *bytes, size_t size, uint32_t count);

/* The next `n`, a multiple of 8 but of the last. */
void kpi__unpack_next(kpi__unpack *u, uint64_t *out, uint32_t n);

/* Passes over those before `at`, a multiple of 8. */
void kpi__unpack_skip(kpi__unpack *u, uint32_t at);

#endif
