/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"

#include "base/bytes.h"

size_t
kpi__utf8_measure(const char *text, size_t size, int *whole)
{
	const unsigned char *const p = (const unsigned char *)text;
	unsigned low = 0x80, high = 0xbf;
	size_t length;

	*whole = p[0] < 0x80;
	if (p[0] < 0xc2 || p[0] > 0xf4)
		return 1;
	length = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	if (p[0] == 0xe0)
		low = 0xa0;
	else if (p[0] == 0xed)
		high = 0x9f;
	else if (p[0] == 0xf0)
		low = 0x90;
	else if (p[0] == 0xf4)
		high = 0x8f;
	for (size_t i = 1; i < length; i++) {
		if (i == size || p[i] < low || p[i] > high)
			return i;
		low = 0x80;
		high = 0xbf;
	}
	*whole = 1;
	return length;
}

size_t
kpi__utf8_decode(const char *text, size_t size, uint32_t *code)
{
	static const unsigned char mask[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
	size_t length;
	uint32_t c;
	int whole;

	if (size == 0)
		return 0;
	length = kpi__utf8_measure(text, size, &whole);
	if (!whole)
		return 0;
	c = (unsigned char)text[0] & (uint32_t)mask[length];
	for (size_t i = 1; i < length; i++)
		c = c << 6 | ((unsigned char)text[i] & 0x3f);
	*code = c;
	return length;
}

size_t
kpi__utf8_ascii(const char *text, size_t size)
{
	size_t at = 0;

	for (; size - at >= 8; at += 8) {
		const uint64_t word = kpi__get64(text + at);

		/* nothing above 0x7f, and no NUL */
		if (((word | (word - UINT64_C(0x0101010101010101))) &
			UINT64_C(0x8080808080808080)) != 0)
			break;
	}
	while (at < size && (unsigned char)text[at] - 1u < 0x7f)
		at++;
	return at;
}

int
kpi__utf8_is_text(const char *text, size_t size)
{
	for (size_t at = kpi__utf8_ascii(text, size); at < size;) {
		uint32_t code = 0;
		const size_t length =
		    kpi__utf8_decode(text + at, size - at, &code);

		if (length == 0 || code == 0)
			return 0;
		at += length;
	}
	return 1;
}
