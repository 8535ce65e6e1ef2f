/* SPDX-License-Identifier: MIT */
#include "store/order.h"

#include <string.h>

#include "base/memory.h"
#include "store/item.h"

#define DIGIT_BITS 11
#define DIGITS     (1 << DIGIT_BITS)
#define WORD_BITS  12 /* a third of the hash that a word keeps */
#define WORDS      (1 << WORD_BITS)

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

/* The same of words, which are their own keys; 0: all have one digit, and
 * nothing was moved. */
static int
distribute_words(uint64_t *to, const uint64_t *from, uint32_t count,
    unsigned shift, uint32_t *begin)
{
	uint32_t sum = 0;

	memset(begin, 0, WORDS * sizeof(*begin));
	for (uint32_t i = 0; i < count; i++)
		begin[from[i] >> shift & (WORDS - 1)]++;
	if (begin[from[0] >> shift & (WORDS - 1)] == count)
		return 0;
	for (unsigned d = 0; d < WORDS; d++) {
		const uint32_t n = begin[d];

		begin[d] = sum;
		sum += n;
	}
	for (uint32_t i = 0; i < count; i++)
		to[begin[from[i] >> shift & (WORDS - 1)]++] = from[i];
	return 1;
}

static void
order_from(uint64_t *words, uint64_t *other, uint32_t count, unsigned shift,
    uint32_t *begin)
{
	uint64_t *from = words, *to = other, *spare;

	for (; shift < 64; shift += WORD_BITS)
		if (distribute_words(to, from, count, shift, begin))
			spare = from, from = to, to = spare;
	if (from != words)
		memcpy(words, from, count * sizeof(*words));
}

static int
rises(const uint64_t *words, uint32_t count)
{
	int falls = 0;

	for (uint32_t i = 1; i < count; i++)
		falls |= words[i - 1] > words[i];
	return !falls;
}

/* Passes are stable: where the places of equal hashes rise, as in the words of
 * a chunk as they are made, and in those of runs one after the other, words
 * are to be sorted by their hashes alone. */
kpi_status
kpi__order_words(
    uint64_t *words, uint32_t count, const kpi_allocator *allocator)
{
	uint64_t *other;
	uint32_t *begin;
	kpi_status status = KPI_ENOMEM;

	if (count == 0)
		return KPI_OK;
	other = kpi__new_array(allocator, count, sizeof(*other));
	begin = kpi__new_array(allocator, WORDS, sizeof(*begin));
	if (other != NULL && begin != NULL) {
		order_from(words, other, count, KPI__RUN_MOST_BITS, begin);
		if (!rises(words, count))
			order_from(words, other, count, 0, begin);
		status = KPI_OK;
	}
	kpi__release(allocator, other, count, sizeof(*other));
	kpi__release(allocator, begin, WORDS, sizeof(*begin));
	return status;
}
