/* SPDX-License-Identifier: MIT */
#include "base/sort.h"

#include <string.h>

/* Words that are dealt before a stop is asked for: some milliseconds. */
#define ENOUGH ((size_t)1 << 19)

static void
merge(const char *a, size_t m, const char *b, size_t n, char *out, size_t size,
    int (*compare)(const void *, const void *, const void *), const void *ctx)
{
	while (m > 0 && n > 0) {
		if (compare(a, b, ctx) <= 0) {
			memcpy(out, a, size);
			a += size;
			m--;
		} else {
			memcpy(out, b, size);
			b += size;
			n--;
		}
		out += size;
	}
	memcpy(out, a, m * size);
	memcpy(out + m * size, b, n * size);
}

void
kpi__sort(void *base, void *scratch, size_t count, size_t size,
    int (*compare)(const void *, const void *, const void *), const void *ctx)
{
	char *from = base, *to = scratch, *spare;

	for (size_t run = 1; run < count; run *= 2) {
		for (size_t i = 0; i < count; i += 2 * run) {
			const size_t m = count - i < run ? count - i : run;
			const size_t rest = count - i - m;
			const size_t n = rest < run ? rest : run;
			const char *a = from + i * size;
			const char *b = a + m * size;

			if (n == 0 || compare(b - size, b, ctx) <= 0)
				memcpy(to + i * size, a, (m + n) * size);
			else
				merge(a, m, b, n, to + i * size, size, compare,
				    ctx);
		}
		spare = from, from = to, to = spare;
		if (run > SIZE_MAX / 4)
			break;
	}
	if (from != base)
		memcpy(base, from, count * size);
}

static void
deal(const uint64_t *from, size_t count, unsigned shift, size_t place[256],
    uint64_t *to)
{
	for (size_t i = 0; i < count; i++)
		to[place[from[i] >> shift & 255]++] = from[i];
}

static void
place_bytes(
    const uint64_t *words, size_t count, unsigned shift, size_t place[256])
{
	size_t sum = 0;

	memset(place, 0, 256 * sizeof(*place));
	for (size_t i = 0; i < count; i++)
		place[words[i] >> shift & 255]++;
	for (size_t i = 0; i < 256; i++) {
		const size_t here = place[i];

		place[i] = sum;
		sum += here;
	}
}

int
kpi__sort_words(uint64_t *words, uint64_t *scratch, size_t count,
    int (*stopped)(void *ctx), void *ctx)
{
	uint64_t *from = words, *to = scratch, *spare, differ = 0;

	for (size_t i = 1; i < count; i++)
		differ |= words[i] ^ words[0];
	for (unsigned shift = 0; shift < 64; shift += 8) {
		size_t place[256];

		if ((differ >> shift & 255) == 0)
			continue;
		place_bytes(from, count, shift, place);
		for (size_t i = 0; i < count; i += ENOUGH) {
			if (stopped != NULL && stopped(ctx))
				return 1;
			deal(from + i, count - i < ENOUGH ? count - i : ENOUGH,
			    shift, place, to);
		}
		spare = from, from = to, to = spare;
	}
	if (from != words)
		memcpy(words, from, count * sizeof(*words));
	return 0;
}
