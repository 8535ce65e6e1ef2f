/* SPDX-License-Identifier: MIT */
#include "visible.h"

#include <stdint.h>
#include <string.h>

#define REPLACEMENT "\xef\xbf\xbd"

/* Controls, and the marks that change the direction of writing. */
static const struct {
	uint32_t first, last;
} hidden[] = { { 0, 0x1f }, { 0x7f, 0x9f }, { 0x200e, 0x200f },
	{ 0x2028, 0x202e }, { 0x2066, 0x2069 } };

static int
is_hidden(uint32_t code)
{
	for (size_t i = 0; i < sizeof(hidden) / sizeof(*hidden); i++)
		if (code >= hidden[i].first && code <= hidden[i].last)
			return 1;
	return 0;
}

static int
continues(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

/* Bytes of the character that begins the text; 0: none does. A code that is
 * written longer than it needs is the code that a terminal may take it for. */
static size_t
decode(uint32_t *code, const char *text, size_t size)
{
	const unsigned char first = (unsigned char)*text;
	size_t length = 4;

	if (first < 0x80) {
		*code = first;
		return 1;
	}
	if (first < 0xe0)
		length = 2;
	else if (first < 0xf0)
		length = 3;
	if (first < 0xc0 || first > 0xf4 || length > size)
		return 0;
	*code = first & (0xffu >> (length + 1));
	for (size_t i = 1; i < length; i++) {
		if (!continues(text[i]))
			return 0;
		*code = *code << 6 | ((unsigned char)text[i] & 0x3f);
	}
	return length;
}

/* What put_visible() makes of a byte that is none of a character is one. */
static size_t
step(const char *text, size_t size)
{
	uint32_t code;
	const size_t length = decode(&code, text, size);

	return length == 0 ? 1 : length;
}

size_t
output_width(const char *text)
{
	const size_t size = strlen(text);
	size_t width = 0;

	for (size_t at = 0; at < size; at += step(text + at, size - at))
		width++;
	return width;
}

size_t
output_size(const char *text, size_t columns)
{
	const size_t size = strlen(text);
	size_t at = 0;

	for (; columns > 0 && at < size; columns--)
		at += step(text + at, size - at);
	return at;
}

void
put_visible(FILE *to, const char *text, size_t size)
{
	for (size_t at = 0; at < size;) {
		uint32_t code;
		const size_t length = decode(&code, text + at, size - at);

		if (length == 0 || is_hidden(code))
			(void)fputs(REPLACEMENT, to);
		else
			(void)fwrite(text + at, 1, length, to);
		at += length == 0 ? 1 : length;
	}
}
