/* SPDX-License-Identifier: MIT */
#include "query/kernel.h"

#include <string.h>

#include "base/bin.h"

#define WIDEN(type)                                                            \
	do {                                                                   \
		const type *restrict p = (const type *)c->data + from;         \
                                                                               \
		for (size_t i = 0; i < n; i++) {                               \
			const uint32_t v = base + p[i];                        \
			const uint32_t lost = -(uint32_t)(p[i] == unknown);    \
                                                                               \
			over |= (uint32_t)(v < base) & ~lost;                  \
			over |= (uint32_t)(v == UINT32_MAX) & ~lost;           \
			out[i] = v | lost;                                     \
		}                                                              \
	} while (0)

/* `unknown` is above the type's values where the column has no unknown. */
KPI__WIDER static int
widen_bytes(const kpi__column *c, uint32_t from, size_t n, uint32_t base,
    uint32_t unknown, uint32_t *restrict out)
{
	uint32_t over = 0;

	WIDEN(uint8_t);
	return over == 0;
}

KPI__WIDER static int
widen_words(const kpi__column *c, uint32_t from, size_t n, uint32_t base,
    uint32_t unknown, uint32_t *restrict out)
{
	uint32_t over = 0;

	WIDEN(uint16_t);
	return over == 0;
}

/* `unknown` is all ones, or 0 where the column has none: then what is all
 * ones is too long for a short value. */
KPI__WIDER static int
widen_longs(const kpi__column *c, uint32_t from, size_t n, uint32_t base,
    uint32_t unknown, uint32_t *restrict out)
{
	const uint32_t *restrict p = (const uint32_t *)c->data + from;
	uint32_t over = 0;

	for (size_t i = 0; i < n; i++) {
		const uint32_t v = base + p[i];
		const uint32_t lost =
		    -(uint32_t)(p[i] == UINT32_MAX) & unknown;

		over |= ((uint32_t)(v < base) | (uint32_t)(v == UINT32_MAX)) &
		    ~lost;
		out[i] = v | lost;
	}
	return over == 0;
}

KPI__WIDER static int
narrow_longs(
    const int64_t *restrict p, size_t n, uint32_t *restrict out)
{
	uint64_t over = 0;

	for (size_t i = 0; i < n; i++) {
		const uint64_t lost = -(uint64_t)(p[i] == KPI_UNKNOWN);
		const uint64_t v = (uint64_t)p[i];

		over |= (v >> 32 | (uint64_t)((uint32_t)v == UINT32_MAX)) &
		    ~lost;
		out[i] = (uint32_t)(v | lost);
	}
	return over == 0;
}

int
kpi__kernel_shorten(const kpi__column *c, uint32_t from, uint32_t count,
    uint32_t *out)
{
	const int known = c->width == 0 && c->base != KPI_UNKNOWN;
	const uint32_t constant =
	    known ? (uint32_t)c->base : KPI__SHORT_UNKNOWN;

	if (c->width == 8)
		return narrow_longs(
		    (const int64_t *)c->data + from, count, out);
	if ((c->width != 0 || known) &&
	    (c->base < 0 || c->base >= UINT32_MAX))
		return 0;
	switch (c->width) {
	case 1:
		return widen_bytes(c, from, count, (uint32_t)c->base,
		    c->has_unknown ? UINT8_MAX : UINT32_MAX, out);
	case 2:
		return widen_words(c, from, count, (uint32_t)c->base,
		    c->has_unknown ? UINT16_MAX : UINT32_MAX, out);
	case 4:
		return widen_longs(c, from, count, (uint32_t)c->base,
		    c->has_unknown ? UINT32_MAX : 0, out);
	default:
		for (uint32_t i = 0; i < count; i++)
			out[i] = constant;
		return 1;
	}
}

KPI__WIDER void
kpi__kernel_wait_keys(const uint8_t *restrict outcome,
    const uint32_t *restrict wait, uint32_t threshold, uint32_t short_until,
    uint32_t count, uint8_t *restrict key)
{
	for (size_t i = 0; i < count; i++) {
		const uint8_t by_wait =
		    (uint8_t)((wait[i] > threshold ? 16 : 0) |
			(wait[i] < short_until ? 32 : 0) |
			(wait[i] == KPI__SHORT_UNKNOWN ? 64 : 0));
		const uint8_t abandoned =
		    outcome[i] == KPI_OUTCOME_ABANDONED ? 32 : 0;

		key[i] = (uint8_t)(outcome[i] |
		    (by_wait & (16 | 64 | abandoned)));
	}
}

/* One reading of all parts; one that is not asked for is masked. */
KPI__WIDER static int
add_three(const uint32_t *restrict a, const uint32_t *restrict b,
    uint32_t use_b, const uint32_t *restrict c, uint32_t use_c, size_t count,
    uint32_t *restrict sum)
{
	uint32_t over = 0;

	for (size_t i = 0; i < count; i++) {
		const uint32_t x =
		    a[i] & -(uint32_t)(a[i] != KPI__SHORT_UNKNOWN);
		const uint32_t y = b[i] & use_b &
		    -(uint32_t)(b[i] != KPI__SHORT_UNKNOWN);
		const uint32_t z = c[i] & use_c &
		    -(uint32_t)(c[i] != KPI__SHORT_UNKNOWN);
		const uint32_t first = x + y;
		const uint32_t both = first + z;

		over |= (uint32_t)(first < x) | (uint32_t)(both < first) |
		    (uint32_t)(both == UINT32_MAX);
		sum[i] = both;
	}
	return over == 0;
}

int
kpi__kernel_add_parts(const uint32_t *const *part, uint32_t parts,
    uint32_t count, uint32_t *sum)
{
	return add_three(part[0], parts > 1 ? part[1] : part[0],
	    parts > 1 ? UINT32_MAX : 0, parts > 2 ? part[2] : part[0],
	    parts > 2 ? UINT32_MAX : 0, count, sum);
}

/*
 * Lanes: two equal keys one after the other would wait for one another's
 * count. A key that is not kept is counted beyond 255.
 */
void
kpi__kernel_count(const uint8_t *restrict key, const uint8_t *restrict keep,
    uint32_t count, uint32_t counts[KPI__COUNT_LANES][512])
{
	uint32_t i = 0;

	if (keep != NULL) {
		for (; i < count; i++)
			counts[i % KPI__COUNT_LANES]
			      [key[i] | (unsigned)(keep[i] ^ 1) << 8]++;
		return;
	}
	for (; i + 8 <= count; i += 8) {
		uint64_t k;

		memcpy(&k, key + i, 8);
		counts[0][k & 255]++;
		counts[1][k >> 8 & 255]++;
		counts[2][k >> 16 & 255]++;
		counts[3][k >> 24 & 255]++;
		counts[0][k >> 32 & 255]++;
		counts[1][k >> 40 & 255]++;
		counts[2][k >> 48 & 255]++;
		counts[3][k >> 56]++;
	}
	for (; i < count; i++)
		counts[0][key[i]]++;
}

/* Four keys in one reading, of those that are kept; so many in a run fit a
 * byte, of which the processor adds 32 at once. */
#define BYTES 224

KPI__WIDER static void
count_four(const uint8_t *restrict key, const uint8_t *restrict keep,
    size_t keeps, const uint8_t which[4], size_t count, uint32_t hits[4])
{
	const uint8_t first = which[0], second = which[1];
	const uint8_t third = which[2], fourth = which[3];

	for (size_t from = 0; from < count; from += BYTES) {
		const size_t n = count - from < BYTES ? count - from : BYTES;
		const uint8_t *restrict k = key + from;
		const uint8_t *restrict kept = keep + from % keeps;
		uint8_t a = 0, b = 0, c = 0, d = 0;

		for (size_t i = 0; i < n; i++) {
			a = (uint8_t)(a + ((k[i] == first) & kept[i]));
			b = (uint8_t)(b + ((k[i] == second) & kept[i]));
			c = (uint8_t)(c + ((k[i] == third) & kept[i]));
			d = (uint8_t)(d + ((k[i] == fourth) & kept[i]));
		}
		hits[0] += a;
		hits[1] += b;
		hits[2] += c;
		hits[3] += d;
	}
}

KPI__WIDER static uint32_t
count_kept(const uint8_t *keep, size_t count)
{
	uint32_t kept = 0;

	for (size_t i = 0; i < count; i++)
		kept += keep[i];
	return kept;
}

/* 0 and nothing counted if there are other keys. */
static int
count_known(const kpi__usual *usual, const uint8_t *key, const uint8_t *keep,
    uint32_t count, uint32_t counts[512])
{
	uint32_t hits[KPI__USUAL_KEYS] = { 0 };
	uint32_t left = keep == NULL ? count : count_kept(keep, count);
	uint32_t met = 0;
	uint8_t all[BYTES];

	memset(all, 1, sizeof(all));
	while (left > 0 && met < usual->count) {
		count_four(key, keep == NULL ? all : keep,
		    keep == NULL ? BYTES : count, usual->key + met, count,
		    hits + met);
		for (uint32_t end = met + 4; met < end && met < usual->count;
		     met++)
			left -= hits[met];
	}
	if (left > 0)
		return 0;
	for (uint32_t k = 0; k < met; k++)
		counts[usual->key[k]] += hits[k];
	return 1;
}

static void
learn(kpi__usual *usual, const uint8_t *key, const uint8_t *keep,
    uint32_t count)
{
	for (uint32_t i = 0; i < count; i++)
		if (usual->count < KPI__USUAL_KEYS &&
		    (keep == NULL || keep[i]) &&
		    memchr(usual->key, key[i], usual->count) == NULL)
			usual->key[usual->count++] = key[i];
}

/* Where others are not rare, to look for the usual ones is in vain. */
void
kpi__kernel_count_usual(const uint8_t *key, const uint8_t *keep,
    uint32_t count, kpi__usual *usual, uint32_t counts[KPI__COUNT_LANES][512])
{
	if (usual->missed <= KPI__USUAL_KEYS + usual->runs / 4) {
		usual->runs++;
		if (count_known(usual, key, keep, count, counts[0]))
			return;
		usual->missed++;
		learn(usual, key, keep, count);
	}
	kpi__kernel_count(key, keep, count, counts);
}

/*
 * Most values are below 2^28 ms (3 days), and the squares of a run of them add
 * up to less than 2^64. 0 if one is not.
 */
#define RUN        256
#define SMALL_BITS 28

KPI__WIDER static int
sum_small(const uint32_t *restrict value, const uint8_t *restrict key,
    uint8_t bits, uint8_t match, size_t count, kpi__wide *sum,
    kpi__wide *squares)
{
	uint64_t total = 0, square = 0;
	uint32_t any = 0;

	for (size_t i = 0; i < count; i++) {
		const uint32_t v = value[i] &
		    -(uint32_t)((key[i] & bits) == match);

		any |= v;
		total += v;
		square += (uint64_t)v * v;
	}
	*sum = (kpi__wide){ total, 0 };
	*squares = (kpi__wide){ square, 0 };
	return any >> SMALL_BITS == 0;
}

/* Halves of the squares are added apart, so that none is ever lost. */
KPI__WIDER static void
sum_any(const uint32_t *restrict value, const uint8_t *restrict key,
    uint8_t bits, uint8_t match, size_t count, kpi__wide *sum,
    kpi__wide *squares)
{
	uint64_t total = 0, low = 0, high = 0;

	for (size_t i = 0; i < count; i++) {
		const uint32_t v = value[i] &
		    -(uint32_t)((key[i] & bits) == match);
		const uint64_t square = (uint64_t)v * v;

		total += v;
		low += square & UINT32_MAX;
		high += square >> 32;
	}
	*sum = (kpi__wide){ total, 0 };
	*squares = (kpi__wide){ high << 32, (int64_t)(high >> 32) };
	*squares = kpi__wide_add(*squares, (kpi__wide){ low, 0 });
}

KPI__WIDER uint32_t
kpi__kernel_greatest(const uint32_t *restrict value,
    const uint8_t *restrict key, uint8_t bits, uint8_t match, uint32_t count)
{
	uint32_t greatest = 0;

	for (size_t i = 0; i < count; i++) {
		const uint32_t v = value[i] &
		    -(uint32_t)((key[i] & bits) == match);

		greatest = v > greatest ? v : greatest;
	}
	return greatest;
}

void
kpi__kernel_sum(const uint32_t *value, const uint8_t *key, uint8_t bits,
    uint8_t match, uint32_t count, kpi__wide *sum, kpi__wide *squares)
{
	*sum = *squares = (kpi__wide){ 0, 0 };
	for (uint32_t i = 0; i < count; i += RUN) {
		const uint32_t n = count - i < RUN ? count - i : RUN;
		kpi__wide total, square;

		if (!sum_small(value + i, key + i, bits, match, n, &total,
			&square))
			sum_any(value + i, key + i, bits, match, n, &total,
			    &square);
		*sum = kpi__wide_add(*sum, total);
		*squares = kpi__wide_add(*squares, square);
	}
}

/*
 * A float has the power of two and the bits below it where a bin has them. The
 * first bit behind those that are read is cleared, so that rounding ends there;
 * of half the value, which fits what the processor converts.
 */
#define POWER_OF_HALF 126
#define FLOAT_BITS    23

KPI__WIDER void
kpi__kernel_bins(
    const uint32_t *restrict value, size_t count, uint32_t *restrict bin)
{
	const uint32_t first = (POWER_OF_HALF + KPI__BIN_BITS - 1)
	    << KPI__BIN_BITS;

	for (size_t i = 0; i < count; i++) {
		const uint32_t v = value[i];
		const uint32_t read = v & ~(v >> (KPI__BIN_BITS + 1));
		const uint32_t itself =
		    -(uint32_t)(v >> (KPI__BIN_BITS + 1) == 0);
		const float half = (float)(int32_t)(read >> 1);
		uint32_t bits;

		memcpy(&bits, &half, sizeof(bits));
		bits = (bits >> (FLOAT_BITS - KPI__BIN_BITS)) - first;
		bin[i] = (v & itself) | (bits & ~itself);
	}
}

KPI__WIDER static int
lie_within(const int64_t *restrict at, int64_t begin, int64_t until,
    size_t count)
{
	uint64_t beyond = 0;

	for (size_t i = 0; i < count; i++)
		beyond |=
		    (uint64_t)(at[i] < begin) | (uint64_t)(at[i] >= until);
	return beyond == 0;
}

#define RUN_AT_ONCE 64

uint32_t
kpi__kernel_run(const int64_t *at, int64_t begin, int64_t until, uint32_t count)
{
	uint32_t i = 0;

	while (count - i >= RUN_AT_ONCE &&
	    lie_within(at + i, begin, until, RUN_AT_ONCE))
		i += RUN_AT_ONCE;
	while (i < count && at[i] >= begin && at[i] < until)
		i++;
	return i;
}

int
kpi__kernel_lie_within(const int64_t *at, const uint8_t *keep, int64_t begin,
    int64_t until, uint32_t count)
{
	if (lie_within(at, begin, until, count))
		return 1;
	for (size_t i = 0; i < count && keep != NULL; i++)
		if (keep[i] && (at[i] < begin || at[i] >= until))
			return 0;
	return keep != NULL;
}

KPI__WIDER void
kpi__kernel_forget(const uint8_t *restrict outcome, uint8_t kept,
    uint32_t count, uint32_t *restrict codes)
{
	for (size_t i = 0; i < count; i++)
		codes[i] &= -(uint32_t)(outcome[i] == kept);
}

KPI__WIDER void
kpi__kernel_keep_code(const uint32_t *restrict codes, uint32_t code,
    uint32_t count, uint8_t *restrict keep)
{
	for (size_t i = 0; i < count; i++)
		keep[i] &= codes[i] == code;
}
