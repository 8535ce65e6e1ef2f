/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "tool.h"

#define LONGEST 32

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Letters to put in, take out, change or swap; both at most LONGEST long. */
static size_t
edits(const char *a, const char *b)
{
	const size_t rows = strlen(a), columns = strlen(b);
	size_t d[LONGEST + 1][LONGEST + 1];

	for (size_t i = 0; i <= rows; i++)
		d[i][0] = i;
	for (size_t j = 0; j <= columns; j++)
		d[0][j] = j;
	for (size_t i = 1; i <= rows; i++) {
		for (size_t j = 1; j <= columns; j++) {
			d[i][j] = least(d[i - 1][j], d[i][j - 1]) + 1;
			d[i][j] = least(
			    d[i][j], d[i - 1][j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1])
				d[i][j] = least(d[i][j], d[i - 2][j - 2] + 1);
		}
	}
	return d[rows][columns];
}

const char *
nearest(const char *word, const char *(*name)(const void *, size_t),
    const void *ctx, size_t count)
{
	const size_t size = strlen(word);
	const char *found = NULL;
	size_t fewest = size / 3 + 1;

	if (size > LONGEST)
		return NULL;
	for (size_t i = 0; i < count; i++) {
		const char *one = name(ctx, i);
		const size_t apart =
		    strlen(one) > LONGEST ? size + 1 : edits(word, one);

		if (apart < fewest || (found == NULL && apart == fewest)) {
			found = one;
			fewest = apart;
		}
	}
	return found;
}
