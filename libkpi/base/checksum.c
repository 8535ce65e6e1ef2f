/* SPDX-License-Identifier: MIT */
#include "base/checksum.h"

#include "base/bytes.h"

/*
 * Four lanes, each a multiply by an odd number, a rotation and an add, which
 * are bijections of the lane: so two inputs of one length that differ in one
 * word always differ in one lane before the lanes are mixed, and the mixing
 * is a bijection in every single lane too.
 */
#define ODD_A UINT64_C(0x9e3779b97f4a7c15)
#define ODD_B UINT64_C(0xd1b54a32d192ed03)
#define ODD_C UINT64_C(0x8cb92ba72f3d8dd7)

static uint64_t
rotate(uint64_t x, unsigned by)
{
	return x << by | x >> (64 - by);
}

static uint64_t
absorb(uint64_t lane, uint64_t word)
{
	return rotate((lane ^ word) * ODD_A, 29) + ODD_B;
}

static uint64_t
mix(uint64_t x)
{
	x = (x ^ x >> 32) * ODD_C;
	x = (x ^ x >> 29) * ODD_A;
	return x ^ x >> 32;
}

uint64_t
kpi__checksum(const void *bytes, size_t size, uint64_t seed)
{
	const unsigned char *p = bytes;
	uint64_t lane[4] = { seed ^ ODD_A, seed ^ ODD_B, seed ^ ODD_C, ~seed };
	uint64_t last = 0, sum;
	size_t left = size;

	for (; left >= 32; left -= 32, p += 32)
		for (int i = 0; i < 4; i++)
			lane[i] = absorb(lane[i], kpi__get64(p + 8 * i));
	for (; left >= 8; left -= 8, p += 8)
		lane[0] = absorb(lane[0], kpi__get64(p));
	for (size_t i = 0; i < left; i++)
		last |= (uint64_t)p[i] << 8 * i;
	lane[1] = absorb(lane[1], last);

	sum = mix(lane[0] + (uint64_t)size * ODD_C);
	for (int i = 1; i < 4; i++)
		sum = mix(sum ^ lane[i]);
	return sum;
}
