/* SPDX-License-Identifier: MIT */
#include "ingest/text.h"

#include <string.h>

/* Length of the character at `p`, at most `left` bytes; *whole 0 if its bytes
 * break off or are none: then the length of what to replace. */
static size_t
character(const unsigned char *p, size_t left, int *whole)
{
	unsigned low = 0x80, high = 0xbf;
	size_t size;

	*whole = 0;
	if (p[0] < 0x80) {
		*whole = p[0] != 0;
		return 1;
	}
	if (p[0] < 0xc2 || p[0] > 0xf4)
		return 1;
	size = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	if (p[0] == 0xe0)
		low = 0xa0;
	else if (p[0] == 0xed)
		high = 0x9f;
	else if (p[0] == 0xf0)
		low = 0x90;
	else if (p[0] == 0xf4)
		high = 0x8f;
	for (size_t i = 1; i < size; i++) {
		if (i == left || p[i] < low || p[i] > high)
			return i;
		low = 0x80;
		high = 0xbf;
	}
	*whole = 1;
	return size;
}

size_t
kpi__text_clean(
    char out[KPI_TEXT_MAX + 1], const char *bytes, size_t size, int *replaced)
{
	const unsigned char *const p = (const unsigned char *)bytes;
	size_t length = 0;

	for (size_t i = 0; i < size;) {
		int whole;
		const size_t taken = character(p + i, size - i, &whole);
		const size_t given = whole ? taken : 3;

		if (length + given > KPI_TEXT_MAX)
			break;
		memcpy(out + length, whole ? bytes + i : "\xef\xbf\xbd", given);
		if (!whole)
			*replaced = 1;
		length += given;
		i += taken;
	}
	out[length] = '\0';
	return length;
}
