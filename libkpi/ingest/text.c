/* SPDX-License-Identifier: MIT */
#include "ingest/text.h"

#include <string.h>

#include "base/utf8.h"

size_t
kpi__text_clean(
    char out[KPI_TEXT_MAX + 1], const char *bytes, size_t size, int *replaced)
{
	size_t length = 0;

	for (size_t i = 0; i < size;) {
		int whole;
		const size_t taken =
		    kpi__utf8_measure(bytes + i, size - i, &whole);
		size_t given;

		whole = whole && bytes[i] != '\0';
		given = whole ? taken : 3;

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
