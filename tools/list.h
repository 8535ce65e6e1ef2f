/* SPDX-License-Identifier: MIT */
/* list.h - options whose value is a list, and whose value is a setting. */
#ifndef KPI_TOOL_LIST_H
#define KPI_TOOL_LIST_H

#include <stddef.h>

/*
 * Hands each part of "one,two" to each(), until that does not return DONE;
 * returns what it returned last. A comma after a backslash does not part.
 */
int list_each(
    const char *text, int (*each)(void *ctx, const char *word), void *ctx);

#define SETTING_NAME 64

/* "name=value" or "name[of=who]=value". */
struct setting {
	char name[SETTING_NAME];
	char of[SETTING_NAME]; /* "": not of anything */
	char who[1025];
	const char *value;
};

/* Returns DONE, or complains that `option` expects `what`. */
int setting_read(struct setting *out, const char *text, const char *option,
    const char *what);

/* Non-zero if the names, with ", " between them, have this one or are none,
 * which stands for all. */
int names_have(const char *names, const char *name);

#endif
