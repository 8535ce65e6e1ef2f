/* SPDX-License-Identifier: MIT */
/*
 * kernel.h - the loops in which a scan spends its time, over plain arrays.
 *
 * Short values are durations below 2^32 - 1 ms (49 days), one in four bytes;
 * KPI__SHORT_UNKNOWN stands for unknown. Most parts have no others, and four
 * or eight of them are handled at once where the processor can.
 */
#ifndef KPI_QUERY_KERNEL_H
#define KPI_QUERY_KERNEL_H

#include "base/wide.h"
#include "store/column.h"

#define KPI__SHORT_UNKNOWN UINT32_MAX

/*
 * The compiler makes vectors of loops that have no branch on a row's content;
 * on x86 it makes these functions twice, and the loader takes the one of twice
 * the width where the processor has it.
 */
#if defined(__x86_64__) && defined(__gnu_linux__) && defined(__GLIBC__) &&     \
    defined(__GNUC__) && !defined(__clang__) &&                                \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define KPI__WIDER __attribute__((target_clones("avx2", "default")))
#else
#define KPI__WIDER
#endif

/* A run of a column as short values; 0 if one of them is not short. */
int kpi__kernel_shorten(const kpi__column *c, uint32_t from, uint32_t count,
    uint32_t *out);

/* key = outcome, + 16 where the wait is above `threshold`, + 32 where an
 * abandoned one's is below `short_until`, + 64 (and 16) where it is not
 * known. */
void kpi__kernel_wait_keys(const uint8_t *outcome, const uint32_t *wait,
    uint32_t threshold, uint32_t short_until, uint32_t count, uint8_t *key);

/* Sums of 1 to KPI__SHORT_PARTS short values, unknown as 0; 0 if one of the
 * sums is not short. */
#define KPI__SHORT_PARTS 3
int kpi__kernel_add_parts(const uint32_t *const *part, uint32_t parts,
    uint32_t count, uint32_t *sum);

/* Counts keys: counts[key] goes up for each. Where `keep` is given, only for
 * those with keep[i] = 1. */
#define KPI__COUNT_LANES 4
void kpi__kernel_count(const uint8_t *key, const uint8_t *keep,
    uint32_t count, uint32_t counts[KPI__COUNT_LANES][512]);

/* Keys in the order in which they were met; all 0 at first. */
#define KPI__USUAL_KEYS 16
typedef struct kpi__usual {
	uint8_t key[KPI__USUAL_KEYS];
	uint32_t count, runs, missed; /* calls, and those that met others */
} kpi__usual;

/* The same, for calls one after the other that mostly have the same few. */
void kpi__kernel_count_usual(const uint8_t *key, const uint8_t *keep,
    uint32_t count, kpi__usual *usual, uint32_t counts[KPI__COUNT_LANES][512]);

/* A set of keys; where `exact`, those with (key & bits) == value. */
typedef struct kpi__key_set {
	uint8_t in[256];
	uint8_t exact, bits, value;
} kpi__key_set;

/* Finds out whether a set can be told by its bits. */
void kpi__key_set_find(kpi__key_set *set);

/* mask[i] = 1 where key[i] is in the set, and keep[i] if `keep` is given. */
void kpi__kernel_mask(const uint8_t *key, const kpi__key_set *set,
    const uint8_t *keep, uint32_t count, uint8_t *mask);

/* out[i] = value[i] where key[i] is in the set, else 0. */
void kpi__kernel_choose(const uint32_t *value, const uint8_t *key,
    const kpi__key_set *set, uint32_t count, uint32_t *out);

/* Sum and sum of squares of the values with (key[i] & bits) == match;
 * count < 2^31. */
void kpi__kernel_sum(const uint32_t *value, const uint8_t *key, uint8_t bits,
    uint8_t match, uint32_t count, kpi__wide *sum, kpi__wide *squares);

/* The greatest of the values with (key[i] & bits) == match, 0 of none. */
uint32_t kpi__kernel_greatest(const uint32_t *value, const uint8_t *key,
    uint8_t bits, uint8_t match, uint32_t count);

/* Whether all instants lie in [begin, until), of those with keep[i] = 1 if
 * `keep` is given. */
int kpi__kernel_lie_within(const int64_t *at, const uint8_t *keep,
    int64_t begin, int64_t until, uint32_t count);

/* How many instants, from the first on, lie in [begin, until). */
uint32_t kpi__kernel_run(
    const int64_t *at, int64_t begin, int64_t until, uint32_t count);

/* bin[i] = kpi__bin_of(value[i]). */
void kpi__kernel_bins(const uint32_t *value, size_t count, uint32_t *bin);

/* Makes 0 of the codes of rows whose outcome is not `kept`. */
void kpi__kernel_forget(const uint8_t *outcome, uint8_t kept, uint32_t count,
    uint32_t *codes);

/* Makes 0 of what is kept where codes[i] is not `code`. */
void kpi__kernel_keep_code(const uint32_t *codes, uint32_t code,
    uint32_t count, uint8_t *keep);

#endif
