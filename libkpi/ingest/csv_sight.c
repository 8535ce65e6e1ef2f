/* SPDX-License-Identifier: MIT */
#include "ingest/csv_sight.h"

#include <kpi/csv.h>

#include <string.h>

/* So much of a file tells whether it is a table. */
#define SIGHT 65536

char
kpi__csv_separator(const char *bytes, size_t size, uint32_t *cells)
{
	static const char separators[] = { ',', ';', '\t' };
	uint32_t count[sizeof(separators)] = { 0, 0, 0 };
	size_t best = 0;
	int quoted = 0;

	for (size_t i = 0; i < size && (quoted || bytes[i] != '\n'); i++) {
		if (bytes[i] == '"')
			quoted = !quoted;
		for (size_t s = 0; s < sizeof(separators); s++)
			count[s] += !quoted && bytes[i] == separators[s];
	}
	for (size_t s = 1; s < sizeof(separators); s++)
		if (count[s] > count[best])
			best = s;
	*cells = count[best] + 1;
	return separators[best];
}

size_t
kpi__csv_mark(const char *bytes, size_t size)
{
	return size >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

size_t
kpi__csv_hint(const char *bytes, size_t size, char *separator)
{
	static const char hint[] = "sep=";
	const size_t length = sizeof(hint) - 1;
	size_t end = length + 1;

	if (size <= end || memcmp(bytes, hint, length) != 0)
		return 0;
	if (bytes[end] == '\r')
		end++;
	if (end >= size || bytes[end] != '\n')
		return 0;
	*separator = bytes[length];
	return end + 1;
}

int32_t
kpi_is_csv(const void *bytes, uint64_t size)
{
	const char *at = bytes;
	size_t left = size > SIGHT ? SIGHT : (size_t)size, skip;
	uint32_t cells;
	char separator;

	if (bytes == NULL)
		return 0;
	skip = kpi__csv_mark(at, left);
	at += skip;
	left -= skip;
	if (kpi__csv_hint(at, left, &separator) > 0)
		return 1;
	(void)kpi__csv_separator(at, left, &cells);
	return cells > 1 && memchr(at, '\0', left) == NULL;
}
