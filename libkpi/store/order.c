/* SPDX-License-Identifier: MIT */
#include "store/order.h"

#include <string.h>

#include "base/memory.h"
#include "store/item.h"

#define DIGIT_BITS 11
#define DIGITS     (1 << DIGIT_BITS)

struct pair {
	uint64_t key;
	uint32_t number;
};

/* One stable pass by the digit at `shift`. */
static void
distribute(struct pair *to, const struct pair *from, uint32_t count,
    unsigned shift, uint32_t *begin)
{
	uint32_t sum = 0;

	memset(begin, 0, DIGITS * sizeof(*begin));
	for (uint32_t i = 0; i < count; i++)
		begin[from[i].key >> shift & (DIGITS - 1)]++;
	for (unsigned d = 0; d < DIGITS; d++) {
		const uint32_t n = begin[d];

		begin[d] = sum;
		sum += n;
	}
	for (uint32_t i = 0; i < count; i++)
		to[begin[from[i].key >> shift & (DIGITS - 1)]++] = from[i];
}

kpi_status
kpi__order(uint32_t *order, const int64_t *keys, uint32_t count,
    const kpi_allocator *allocator, int *sorted)
{
	int64_t least = INT64_MAX, greatest = INT64_MIN;
	struct pair *pairs, *from, *to, *spare;
	uint64_t extent;
	uint32_t *begin;

	*sorted = 1;
	for (uint32_t i = 0; i < count; i++) {
		order[i] = i;
		*sorted &= i == 0 || keys[i - 1] <= keys[i];
		least = keys[i] < least ? keys[i] : least;
		greatest = keys[i] > greatest ? keys[i] : greatest;
	}
	if (*sorted)
		return KPI_OK;

	pairs = kpi__new_array(allocator, (size_t)count * 2, sizeof(*pairs));
	begin = kpi__new_array(allocator, DIGITS, sizeof(*begin));
	if (pairs == NULL || begin == NULL) {
		kpi__release(
		    allocator, pairs, (size_t)count * 2, sizeof(*pairs));
		kpi__release(allocator, begin, DIGITS, sizeof(*begin));
		return KPI_ENOMEM;
	}
	from = pairs;
	to = pairs + count;
	for (uint32_t i = 0; i < count; i++) {
		from[i].key = (uint64_t)keys[i] - (uint64_t)least;
		from[i].number = i;
	}
	extent = (uint64_t)greatest - (uint64_t)least;
	for (unsigned shift = 0; shift < 64 && extent >> shift != 0;
	     shift += DIGIT_BITS) {
		distribute(to, from, count, shift, begin);
		spare = from, from = to, to = spare;
	}
	for (uint32_t i = 0; i < count; i++)
		order[i] = from[i].number;
	kpi__release(allocator, pairs, (size_t)count * 2, sizeof(*pairs));
	kpi__release(allocator, begin, DIGITS, sizeof(*begin));
	return KPI_OK;
}

/* The same of words, which are their own keys. */
static void
distribute_words(uint64_t *to, const uint64_t *from, uint32_t count,
    unsigned shift, uint32_t *begin)
{
	uint32_t sum = 0;

	memset(begin, 0, DIGITS * sizeof(*begin));
	for (uint32_t i = 0; i < count; i++)
		begin[from[i] >> shift & (DIGITS - 1)]++;
	for (unsigned d = 0; d < DIGITS; d++) {
		const uint32_t n = begin[d];

		begin[d] = sum;
		sum += n;
	}
	for (uint32_t i = 0; i < count; i++)
		to[begin[from[i] >> shift & (DIGITS - 1)]++] = from[i];
}

/* Passes are stable: what rises in its places, as the words of a chunk do as
 * they are made, is to be sorted by its hashes alone. */
static unsigned
first_shift(const uint64_t *words, uint32_t count)
{
	for (uint32_t i = 1; i < count; i++)
		if ((words[i - 1] & ~KPI__RUN_HASH) >
		    (words[i] & ~KPI__RUN_HASH))
			return 0;
	return KPI__RUN_MOST_BITS;
}

kpi_status
kpi__order_words(
    uint64_t *words, uint32_t count, const kpi_allocator *allocator)
{
	uint64_t *const other =
	    kpi__new_array(allocator, count, sizeof(*other));
	uint32_t *const begin =
	    kpi__new_array(allocator, DIGITS, sizeof(*begin));
	kpi_status status = KPI_OK;

	if (begin == NULL || (count > 0 && other == NULL))
		status = KPI_ENOMEM;
	if (status == KPI_OK) {
		uint64_t *from = words, *to = other, *spare;

		for (unsigned shift = first_shift(words, count); shift < 64;
		     shift += DIGIT_BITS) {
			distribute_words(to, from, count, shift, begin);
			spare = from, from = to, to = spare;
		}
		if (from != words && count > 0)
			memcpy(words, from, count * sizeof(*words));
	}
	kpi__release(allocator, other, count, sizeof(*other));
	kpi__release(allocator, begin, DIGITS, sizeof(*begin));
	return status;
}
