/* SPDX-License-Identifier: MIT */
#include "store/order.h"

#include <string.h>

#include "base/memory.h"

#define DIGIT_BITS 11
#define DIGITS     (1 << DIGIT_BITS)
#define SIGN       (UINT64_C(1) << 63) /* its flip makes unsigned order signed */

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

kpi_status
kpi__order_words(
    uint64_t *words, uint32_t count, const kpi_allocator *allocator)
{
	int64_t *keys = kpi__new_array(allocator, count, sizeof(*keys));
	uint32_t *order = kpi__new_array(allocator, count, sizeof(*order));
	kpi_status status = KPI_OK;
	int sorted;

	if (count > 0 && (keys == NULL || order == NULL))
		status = KPI_ENOMEM;
	for (uint32_t i = 0; i < count && status == KPI_OK; i++)
		keys[i] = (int64_t)(words[i] ^ SIGN);
	if (status == KPI_OK)
		status = kpi__order(order, keys, count, allocator, &sorted);
	for (uint32_t i = 0; i < count && status == KPI_OK; i++)
		words[i] = (uint64_t)keys[order[i]] ^ SIGN;
	kpi__release(allocator, keys, count, sizeof(*keys));
	kpi__release(allocator, order, count, sizeof(*order));
	return status;
}
