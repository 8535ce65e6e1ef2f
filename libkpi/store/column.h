/* SPDX-License-Identifier: MIT */
/*
 * column.h - a decoded column: one field of a part, in as few bytes a value
 * as its values need.
 *
 * Integers: value i is base + the i-th unsigned number of `width` bytes;
 * where has_unknown is set, a number of all ones is KPI_UNKNOWN. Width 8:
 * plain int64_t with KPI_UNKNOWN as itself, base 0. Width 0: every value is
 * `base` (which may be KPI_UNKNOWN), data NULL.
 * Dimensions: dictionary codes from 1, and 0 for unknown; has_unknown 0.
 * `bounded`: of width 4, and no known value's number is all ones. A column that
 * nobody looked at says 0.
 */
#ifndef KPI_STORE_COLUMN_H
#define KPI_STORE_COLUMN_H

#include <stdint.h>

#include <kpi/interaction.h>

typedef struct kpi__column {
	const void *data; /* aligned to 8 bytes, in the machine's byte order */
	int64_t base;
	uint32_t rows;
	uint8_t width; /* 0, 1, 2, 4, 8 */
	uint8_t has_unknown;
	uint8_t bounded;
} kpi__column;

static inline int64_t
kpi__column_value(const kpi__column *c, uint32_t i)
{
	switch (c->width) {
	case 0:
		return c->base;
	case 1: {
		const uint8_t u = ((const uint8_t *)c->data)[i];
		return c->has_unknown && u == UINT8_MAX ? KPI_UNKNOWN
							: c->base + u;
	}
	case 2: {
		const uint16_t u = ((const uint16_t *)c->data)[i];
		return c->has_unknown && u == UINT16_MAX ? KPI_UNKNOWN
							 : c->base + u;
	}
	case 4: {
		const uint32_t u = ((const uint32_t *)c->data)[i];
		return c->has_unknown && u == UINT32_MAX ? KPI_UNKNOWN
							 : c->base + u;
	}
	default:
		return ((const int64_t *)c->data)[i];
	}
}

#endif
