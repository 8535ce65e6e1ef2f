/* SPDX-License-Identifier: MIT */
/* naive_shares.h - an amount shared out by looking for each unit's place. */
#ifndef KPI_TESTS_NAIVE_SHARES_H
#define KPI_TESTS_NAIVE_SHARES_H

#include <stddef.h>
#include <stdint.h>

/*
 * Adds to `cost` what each of `count` has of the amount by its base, rounded
 * towards 0, and of the units that are left one each to the largest
 * remainders, of equals to the first. Zero if there is no base. Changes
 * `base`; products of base and amount must fit.
 */
int naive_share(int64_t amount, int64_t *base, size_t count, int64_t *cost);

#endif
