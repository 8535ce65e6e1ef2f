/* SPDX-License-Identifier: MIT */
/* random.h - xoshiro256++ by Blackman and Vigna, seeded by splitmix64. */
#ifndef BENCH_RANDOM_H
#define BENCH_RANDOM_H

#include <stdint.h>

typedef struct random_source {
	uint64_t word[4];
} random_source;

void random_seed(random_source *source, uint64_t seed);
uint64_t random_next(random_source *source);

/* a * b >> 64. */
static inline uint64_t
high_product(uint64_t a, uint64_t b)
{
	const uint64_t a_low = a & UINT32_MAX, a_high = a >> 32;
	const uint64_t b_low = b & UINT32_MAX, b_high = b >> 32;
	const uint64_t middle =
	    a_high * b_low + (a_low * b_low >> 32);
	const uint64_t other = a_low * b_high + (middle & UINT32_MAX);

	return a_high * b_high + (middle >> 32) + (other >> 32);
}

static inline uint64_t
random_below(random_source *source, uint64_t limit)
{
	return high_product(random_next(source), limit);
}

/* True so many times of a thousand. */
static inline int
random_is(random_source *source, uint64_t per_mille)
{
	return random_below(source, 1000) < per_mille;
}

#endif
