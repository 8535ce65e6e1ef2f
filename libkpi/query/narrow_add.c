/* SPDX-License-Identifier: MIT */
#include "query/kernel.h"
#include "query/narrow.h"

/* Cells and tables stand at multiples of this, but no more is asked for. */
typedef uint32_t lanes __attribute__((
    vector_size(KPI__LANES * sizeof(uint32_t)), aligned(4), may_alias));

/* A call with `keys` known makes a loop without a branch. */
static inline __attribute__((always_inline)) void
add_keys(unsigned char *cells, size_t row, const uint32_t *slot,
    const uint8_t *const *key, uint32_t *const *adds, uint32_t keys,
    size_t count)
{
	const uint8_t *k0 = key[0], *k1 = key[1], *k2 = key[2], *k3 = key[3];
	const lanes *a0 = (const lanes *)adds[0], *a1 = (const lanes *)adds[1],
		    *a2 = (const lanes *)adds[2], *a3 = (const lanes *)adds[3];

	for (size_t i = 0; i < count; i++) {
		lanes *to = (lanes *)(void *)(cells + slot[i] * row);
		lanes sum = a0[k0[i]];

		if (keys > 1)
			sum += a1[k1[i]];
		if (keys > 2)
			sum += a2[k2[i]];
		if (keys > 3)
			sum += a3[k3[i]];
		*to += sum;
	}
}

KPI__WIDER void
kpi__narrow_add_keys(unsigned char *cells, size_t row, const uint32_t *slot,
    const uint8_t *const *key, uint32_t *const *adds, uint32_t keys,
    uint32_t count)
{
	switch (keys) {
	case 1:
		add_keys(cells, row, slot, key, adds, 1, count);
		break;
	case 2:
		add_keys(cells, row, slot, key, adds, 2, count);
		break;
	case 3:
		add_keys(cells, row, slot, key, adds, 3, count);
		break;
	default:
		add_keys(cells, row, slot, key, adds, 4, count);
		break;
	}
}

void
kpi__narrow_add_values(unsigned char *cells, size_t row, const uint32_t *slot,
    const uint32_t *value, uint32_t count)
{
	for (size_t i = 0; i < count; i++) {
		uint64_t *to = (void *)(cells + slot[i] * row);
		const uint64_t v = value[i], square = v * v;

		to[0] += v;
		to[1] += (uint32_t)square;
		to[2] += square >> 32;
	}
}
