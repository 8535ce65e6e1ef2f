/* SPDX-License-Identifier: MIT */
#include "list.h"

#include <stdlib.h>
#include <string.h>

#include "tool.h"

int
list_each(const char *text, int (*each)(void *ctx, const char *word), void *ctx)
{
	char *const word = malloc(strlen(text) + 1);
	size_t size = 0;
	int code = DONE;

	if (word == NULL)
		return complain(FAILED, "no memory");
	for (;; text++) {
		if (*text == '\\' && (text[1] == ',' || text[1] == '\\')) {
			word[size++] = *++text;
			continue;
		}
		if (*text != ',' && *text != '\0') {
			word[size++] = *text;
			continue;
		}
		word[size] = '\0';
		size = 0;
		code = each(ctx, word);
		if (code != DONE || *text == '\0')
			break;
	}
	free(word);
	return code;
}

/* 0 if it fits. */
static int
copy(char *to, size_t room, const char *text, size_t size)
{
	if (size >= room)
		return -1;
	memcpy(to, text, size);
	to[size] = '\0';
	return 0;
}

static int
read_parts(struct setting *out, const char *text)
{
	const size_t name = strcspn(text, "[=");
	const char *of = text + name + 1, *end;
	size_t size;

	if (name == 0 || copy(out->name, sizeof(out->name), text, name) != 0)
		return -1;
	out->of[0] = out->who[0] = '\0';
	out->value = of;
	if (text[name] != '[')
		return text[name] == '=' ? 0 : -1;
	size = strcspn(of, "=");
	end = strstr(of, "]=");
	if (size == 0 || end == NULL || of + size >= end)
		return -1;
	out->value = end + 2;
	if (copy(out->of, sizeof(out->of), of, size) != 0)
		return -1;
	of += size + 1;
	return copy(out->who, sizeof(out->who), of, (size_t)(end - of));
}

int
setting_read(
    struct setting *out, const char *text, const char *option, const char *what)
{
	if (read_parts(out, text) == 0)
		return DONE;
	return complain(
	    WRONG_USE, "%s expects %s, not \"%s\"", option, what, text);
}

int
names_have(const char *names, const char *name)
{
	const size_t size = strlen(name);

	if (*names == '\0')
		return 1;
	while (*names != '\0') {
		const size_t one = strcspn(names, ",");

		if (one == size && memcmp(names, name, size) == 0)
			return 1;
		names += one;
		names += strspn(names, ", ");
	}
	return 0;
}
