/* SPDX-License-Identifier: MIT */
#include "query/decode.h"

#include <stddef.h>
#include <string.h>

#include "query/kernel.h"

/*
 * A loop a width and no branch on a row's content, so that the compiler makes
 * vectors of them.
 */
#define DECODE(type, out_type, none, from_value)                               \
	do {                                                                   \
		const type *p = (const type *)c->data + from;                  \
		const type unknown = (type)-1;                                 \
                                                                               \
		if (c->has_unknown)                                            \
			for (uint32_t i = 0; i < count; i++)                   \
				out[i] = p[i] == unknown                       \
				    ? (none)                                   \
				    : (out_type)(from_value(base, p[i]));      \
		else                                                           \
			for (uint32_t i = 0; i < count; i++)                   \
				out[i] = (out_type)(from_value(base, p[i]));   \
	} while (0)

#define PLAIN(base, u) ((base) + (int64_t)(u))

void
kpi__decode_integers(const kpi__column *c, uint32_t from, uint32_t count,
    int64_t *out)
{
	const int64_t base = c->base;

	switch (c->width) {
	case 0:
		for (uint32_t i = 0; i < count; i++)
			out[i] = base;
		return;
	case 1:
		DECODE(uint8_t, int64_t, KPI_UNKNOWN, PLAIN);
		return;
	case 2:
		DECODE(uint16_t, int64_t, KPI_UNKNOWN, PLAIN);
		return;
	case 4:
		DECODE(uint32_t, int64_t, KPI_UNKNOWN, PLAIN);
		return;
	default:
		memcpy(out, (const int64_t *)c->data + from,
		    count * sizeof(*out));
	}
}

static uint8_t
small(int64_t value)
{
	if (value < 0)
		return 255;
	return value > 254 ? 254 : (uint8_t)value;
}

/* 0 if a value is beyond 254. `unknown` is 256 where there is none. */
KPI__WIDER static int
shift_bytes(const uint8_t *restrict p, size_t count, uint8_t base,
    unsigned unknown, uint8_t *restrict out)
{
	const uint8_t none = unknown == UINT8_MAX;
	uint8_t over = 0;

	for (size_t i = 0; i < count; i++) {
		const uint8_t lost = (p[i] == UINT8_MAX) & none;
		const uint8_t v = (uint8_t)(p[i] + base);

		over |= ((v < base) | (v == UINT8_MAX)) & (lost ^ 1);
		out[i] = v | (uint8_t)-lost;
	}
	return over == 0;
}

KPI__WIDER static void
small_longs(const int64_t *restrict p, size_t count, uint8_t *restrict out)
{
	for (size_t i = 0; i < count; i++)
		out[i] = small(p[i]);
}

void
kpi__decode_bytes(const kpi__column *c, uint32_t from, uint32_t count,
    uint8_t *out)
{
	if (c->width == 0) {
		memset(out, small(c->base), count);
		return;
	}
	if (c->width == 1 && c->base >= 0 && c->base < UINT8_MAX &&
	    shift_bytes((const uint8_t *)c->data + from, count,
		(uint8_t)c->base, c->has_unknown ? UINT8_MAX : 256, out))
		return;
	if (c->width == 8) {
		small_longs((const int64_t *)c->data + from, count, out);
		return;
	}
	for (uint32_t i = 0; i < count; i++)
		out[i] = small(kpi__column_value(c, from + i));
}

void
kpi__decode_codes(const kpi__column *c, uint32_t from, uint32_t count,
    uint32_t *out)
{
	const uint32_t base = c->base < 0 ? 0 : (uint32_t)c->base;

#define CODE(b, u) ((b) + (uint32_t)(u))
	switch (c->width) {
	case 0:
		for (uint32_t i = 0; i < count; i++)
			out[i] = base;
		return;
	case 1:
		DECODE(uint8_t, uint32_t, 0, CODE);
		return;
	case 2:
		DECODE(uint16_t, uint32_t, 0, CODE);
		return;
	case 4:
		DECODE(uint32_t, uint32_t, 0, CODE);
		return;
	default:
		for (uint32_t i = 0; i < count; i++) {
			const int64_t value = kpi__column_value(c, from + i);

			out[i] = value < 0 ? 0 : (uint32_t)value;
		}
	}
#undef CODE
}

#define GATHER(type)                                                           \
	do {                                                                   \
		const type *from = c->data;                                    \
		type *to = out;                                                \
                                                                               \
		for (uint32_t i = 0; i < count; i++)                           \
			to[i] = from[at[i]];                                   \
	} while (0)

void
kpi__gather(
    const kpi__column *c, const uint32_t *at, uint32_t count, void *out)
{
	switch (c->width) {
	case 1:
		GATHER(uint8_t);
		return;
	case 2:
		GATHER(uint16_t);
		return;
	case 4:
		GATHER(uint32_t);
		return;
	default:
		GATHER(int64_t);
	}
}
