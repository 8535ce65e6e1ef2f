/* SPDX-License-Identifier: MIT */
#include "store/item.h"

#include <string.h>

#include "base/memory.h"

/* So that a base and any number added to it are an int64_t. */
#define FARTHEST_BASE (INT64_C(1) << 62)
#define HEADER        ((sizeof(kpi__item) + 15) & ~(size_t)15)

kpi__item *
kpi__item_new(const kpi_allocator *allocator, uint32_t number, size_t payload)
{
	kpi__item *item;

	if (payload > SIZE_MAX - HEADER)
		return NULL;
	item = kpi__new_array(allocator, HEADER + payload, 1);
	if (item == NULL)
		return NULL;
	memset(item, 0, sizeof(*item));
	item->number = number;
	item->size = HEADER + payload;
	return item;
}

void *
kpi__item_payload(kpi__item *item)
{
	return (char *)item + HEADER;
}

void
kpi__item_free(const kpi_allocator *allocator, kpi__item *item)
{
	if (item != NULL)
		kpi__release(allocator, item, item->size, 1);
}

struct extent {
	int64_t least, greatest;
	int unknown, known;
};

static struct extent
measure(const int64_t *values, uint32_t rows)
{
	struct extent e = { INT64_MAX, INT64_MIN, 0, 0 };

	for (uint32_t i = 0; i < rows; i++) {
		const int64_t v = values[i];

		if (v == KPI_UNKNOWN) {
			e.unknown = 1;
			continue;
		}
		e.least = v < e.least ? v : e.least;
		e.greatest = v > e.greatest ? v : e.greatest;
		e.known = 1;
	}
	return e;
}

static void
narrow(void *to, unsigned width, const int64_t *values, uint32_t rows,
    int64_t base)
{
	uint8_t *bytes = to;
	uint16_t *shorts = to;
	uint32_t *words = to;

	for (uint32_t i = 0; i < rows; i++) {
		const uint64_t v = values[i] == KPI_UNKNOWN
		    ? UINT64_MAX
		    : (uint64_t)values[i] - (uint64_t)base;

		if (width == 1)
			bytes[i] = (uint8_t)v;
		else if (width == 2)
			shorts[i] = (uint16_t)v;
		else
			words[i] = (uint32_t)v;
	}
}

kpi__item *
kpi__item_pack(const kpi_allocator *allocator, uint32_t number,
    const int64_t *values, uint32_t rows, int codes)
{
	const struct extent e = measure(values, rows);
	int64_t base = !e.known ? KPI_UNKNOWN : e.least;
	uint64_t most;
	unsigned width;
	kpi__item *item;

	if (codes && e.least != e.greatest)
		base = 0;
	most = (uint64_t)e.greatest - (uint64_t)base + (uint64_t)e.unknown;
	if (!e.known || (e.least == e.greatest && !e.unknown))
		width = 0;
	else if (base >= FARTHEST_BASE || base < -FARTHEST_BASE)
		width = 8;
	else if (most <= UINT8_MAX)
		width = 1;
	else if (most <= UINT16_MAX)
		width = 2;
	else if (most <= UINT32_MAX)
		width = 4;
	else
		width = 8;

	item = kpi__item_new(allocator, number, (size_t)rows * width);
	if (item == NULL)
		return NULL;
	item->column.base = width == 8 ? 0 : base;
	item->column.rows = item->until = rows;
	item->column.width = (uint8_t)width;
	item->column.has_unknown = (uint8_t)(width > 0 && e.unknown);
	item->column.bounded = width == 4 && (e.unknown || most < UINT32_MAX);
	if (width == 0)
		return item;
	item->column.data = kpi__item_payload(item);
	if (width == 8)
		memcpy(kpi__item_payload(item), values, (size_t)rows * 8);
	else
		narrow(kpi__item_payload(item), width, values, rows, base);
	return item;
}

/* Where the unknown is all ones, 0 is one more in as many bits. */
void
kpi__column_numbers(uint64_t *numbers, const kpi__column *c, int64_t base)
{
	const uint64_t first =
	    c->has_unknown ? (uint64_t)base - 1 : (uint64_t)base;
	const unsigned up = c->has_unknown;
	const uint8_t *const bytes = c->data;
	const uint16_t *const shorts = c->data;
	const uint32_t *const words = c->data;

	if (c->width == 1)
		for (uint32_t i = 0; i < c->rows; i++)
			numbers[i] = (uint8_t)(bytes[i] + up);
	else if (c->width == 2)
		for (uint32_t i = 0; i < c->rows; i++)
			numbers[i] = (uint16_t)(shorts[i] + up);
	else if (c->width == 4)
		for (uint32_t i = 0; i < c->rows; i++)
			numbers[i] = words[i] + up;
	else
		for (uint32_t i = 0; i < c->rows; i++) {
			const int64_t v = ((const int64_t *)c->data)[i];

			numbers[i] = c->has_unknown && v == KPI_UNKNOWN
			    ? 0
			    : (uint64_t)v - first;
		}
}
