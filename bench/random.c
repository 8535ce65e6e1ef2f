/* SPDX-License-Identifier: MIT */
#include "random.h"

static uint64_t
rotate(uint64_t x, int by)
{
	return x << by | x >> (64 - by);
}

void
random_seed(random_source *source, uint64_t seed)
{
	for (int i = 0; i < 4; i++) {
		uint64_t z = seed += UINT64_C(0x9e3779b97f4a7c15);

		z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
		z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
		source->word[i] = z ^ z >> 31;
	}
}

uint64_t
random_next(random_source *source)
{
	uint64_t *s = source->word;
	const uint64_t out = rotate(s[0] + s[3], 23) + s[0];
	const uint64_t shifted = s[1] << 17;

	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= shifted;
	s[3] = rotate(s[3], 45);
	return out;
}
