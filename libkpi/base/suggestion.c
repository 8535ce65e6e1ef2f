/* SPDX-License-Identifier: MIT */
#include "base/suggestion.h"

#include <stdio.h>
#include <string.h>

const char *
kpi__quote(char out[KPI__QUOTE], const char *word, size_t size)
{
	const size_t room = KPI__QUOTE - sizeof("\"...\"");
	const size_t shown = size < room ? size : room;
	char *to = out;

	*to++ = '"';
	for (size_t i = 0; i < shown; i++)
		*to++ = word[i] >= ' ' && word[i] <= '~' ? word[i] : '?';
	memcpy(to, shown < size ? "...\"" : "\"", shown < size ? 5 : 2);
	return out;
}

#define LONGEST 64

/* Damerau-Levenshtein distance of two words of at most LONGEST bytes. */
static size_t
distance(const char *a, size_t m, const char *b, size_t n)
{
	size_t rows[3][LONGEST + 1], *before = rows[0], *last = rows[1],
	    *now = rows[2], *spare;

	for (size_t j = 0; j <= n; j++)
		last[j] = j;
	memset(before, 0, sizeof(rows[0]));
	for (size_t i = 1; i <= m; i++) {
		now[0] = i;
		for (size_t j = 1; j <= n; j++) {
			size_t best = last[j - 1] + (a[i - 1] != b[j - 1]);

			if (last[j] + 1 < best)
				best = last[j] + 1;
			if (now[j - 1] + 1 < best)
				best = now[j - 1] + 1;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1] && before[j - 2] + 1 < best)
				best = before[j - 2] + 1;
			now[j] = best;
		}
		spare = before, before = last, last = now, now = spare;
	}
	return last[n];
}

/* The name that is nearest to the word by edit distance (a swap of two
 * neighbours is one edit); NULL if more than a third of the letters of each
 * are wrong. */
static const char *
nearest_of(const char *word, const char *(*name)(const void *ctx, size_t i),
    const void *ctx, size_t count)
{
	const size_t length = strlen(word);
	size_t best = length / 3 + 2;
	const char *found = NULL;

	if (length > LONGEST)
		return NULL;
	for (size_t i = 0; i < count; i++) {
		const char *candidate = name(ctx, i);
		const size_t n = strlen(candidate);
		size_t d;

		if (n > LONGEST)
			continue;
		d = distance(word, length, candidate, n);
		if (d < best) {
			best = d;
			found = candidate;
		}
	}
	return found;
}

const char *
kpi__suggest(char out[KPI__SUGGESTION], const char *word, size_t size,
    const char *(*name)(const void *ctx, size_t i), const void *ctx,
    size_t count)
{
	const char *nearest = NULL;
	char text[64];
	int used;

	if (size < sizeof(text)) {
		memcpy(text, word, size);
		text[size] = '\0';
		nearest = nearest_of(text, name, ctx, count);
	}
	if (nearest != NULL) {
		(void)snprintf(
		    out, KPI__SUGGESTION, "the nearest is \"%s\"", nearest);
		return out;
	}
	used = snprintf(out, KPI__SUGGESTION, "expected is");
	for (size_t i = 0; i < count; i++) {
		const char *one = name(ctx, i);

		if ((size_t)used + strlen(one) + sizeof(", , ...") >
		    KPI__SUGGESTION)
			one = "...";
		used += snprintf(out + used, (size_t)(KPI__SUGGESTION - used),
		    "%s%s", i == 0 ? " " : ", ", one);
		if (strcmp(one, "...") == 0)
			break;
	}
	return out;
}
