/* SPDX-License-Identifier: MIT */
/* sort.h - sorting without memory of its own: the C library's may take some. */
#ifndef KPI_BASE_SORT_H
#define KPI_BASE_SORT_H

#include <stddef.h>
#include <stdint.h>

/*
 * A stable sort in O(n log n), O(n) where it is in order already, of `count`
 * elements of `size` bytes. `scratch` is as large. compare() is as qsort()'s,
 * with `ctx`.
 */
void kpi__sort(void *base, void *scratch, size_t count, size_t size,
    int (*compare)(const void *a, const void *b, const void *ctx),
    const void *ctx);

/*
 * Ascending, by the bytes in use; `scratch` has room for `count`. Non-zero if
 * stopped(), which is called each few milliseconds unless it is NULL, asked
 * for it: then the words are in no order, and some may be lost.
 */
int kpi__sort_words(uint64_t *words, uint64_t *scratch, size_t count,
    int (*stopped)(void *ctx), void *ctx);

#endif
