/* SPDX-License-Identifier: MIT */
#include "base/suggestion.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"

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
		nearest = kpi__nearest(text, name, ctx, count);
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
