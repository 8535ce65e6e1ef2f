/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"

/* How many bytes the lead byte promises; 0 if it leads nothing. */
static size_t
promised(unsigned lead)
{
	if (lead < 0x80)
		return 1;
	if (lead < 0xc2)
		return 0;
	if (lead < 0xe0)
		return 2;
	if (lead < 0xf0)
		return 3;
	return lead < 0xf5 ? 4 : 0;
}

size_t
kpi__utf8_decode(const char *text, size_t size, uint32_t *code)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	static const unsigned char mask[] = { 0, 0x7f, 0x1f, 0x0f, 0x07 };
	size_t length;
	uint32_t c;

	if (size == 0)
		return 0;
	length = promised((unsigned char)text[0]);
	if (length == 0 || length > size)
		return 0;

	c = (unsigned char)text[0] & (uint32_t)mask[length];
	for (size_t i = 1; i < length; i++) {
		const unsigned char next = (unsigned char)text[i];

		if ((next & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (next & 0x3f);
	}
	if (c < least[length] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000))
		return 0;
	*code = c;
	return length;
}

int
kpi__utf8_is_text(const char *text, size_t size)
{
	for (size_t at = 0; at < size;) {
		uint32_t code = 0;
		const size_t length =
		    kpi__utf8_decode(text + at, size - at, &code);

		if (length == 0 || code == 0)
			return 0;
		at += length;
	}
	return 1;
}
