/* SPDX-License-Identifier: MIT */
#include "result/width.h"

#include <string.h>

#include "base/utf8.h"

#define REPLACEMENT "\xef\xbf\xbd"

struct range {
	uint32_t first, last;
};

/* Blocks of Unicode whose characters take no column of their own. */
static const struct range combining[] = { { 0x300, 0x36f }, { 0x483, 0x489 },
	{ 0x591, 0x5bd }, { 0x610, 0x61a }, { 0x64b, 0x65f },
	{ 0x1ab0, 0x1aff }, { 0x1dc0, 0x1dff }, { 0x200b, 0x200f },
	{ 0x20d0, 0x20ff }, { 0x3099, 0x309a }, { 0xfe00, 0xfe0f },
	{ 0xfe20, 0xfe2f }, { 0xfeff, 0xfeff } };

/* Blocks whose characters take two. */
static const struct range wide[] = { { 0x1100, 0x115f }, { 0x2e80, 0x303e },
	{ 0x3041, 0x33ff }, { 0x3400, 0x4dbf }, { 0x4e00, 0xa4cf },
	{ 0xa960, 0xa97f }, { 0xac00, 0xd7a3 }, { 0xf900, 0xfaff },
	{ 0xfe30, 0xfe6f }, { 0xff00, 0xff60 }, { 0xffe0, 0xffe6 },
	{ 0x1f300, 0x1f64f }, { 0x1f680, 0x1f6ff }, { 0x1f900, 0x1f9ff },
	{ 0x20000, 0x3fffd } };

/* Controls, and the marks that change the direction of writing. */
static const struct range invisible[] = { { 0, 0x1f }, { 0x7f, 0x9f },
	{ 0x200e, 0x200f }, { 0x2028, 0x202e }, { 0x2066, 0x2069 } };

#define IS_IN(code, ranges)                                                    \
	is_in(code, ranges, sizeof(ranges) / sizeof(*(ranges)))

static int
is_in(uint32_t code, const struct range *ranges, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (code >= ranges[i].first && code <= ranges[i].last)
			return 1;
	return 0;
}

size_t
kpi__width_of(const char *text, size_t size)
{
	size_t width = 0;

	for (size_t at = 0; at < size;) {
		uint32_t code = 0;
		const size_t length =
		    kpi__utf8_decode(text + at, size - at, &code);

		at += length == 0 ? 1 : length;
		if (!IS_IN(code, combining))
			width += IS_IN(code, wide) ? 2 : 1;
	}
	return width;
}

void
kpi__put_visible(kpi__buffer *b, const char *text, size_t size)
{
	for (size_t at = 0; at < size;) {
		uint32_t code = 0;
		const size_t length =
		    kpi__utf8_decode(text + at, size - at, &code);

		if (length == 0 || IS_IN(code, invisible))
			kpi__buffer_put_string(b, REPLACEMENT);
		else
			kpi__buffer_put(b, text + at, length);
		at += length == 0 ? 1 : length;
	}
}
