/* SPDX-License-Identifier: MIT */
#include "quantity.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *name;
	int64_t ms;
} units[] = {
	{ "d", 86400000 },
	{ "h", 3600000 },
	{ "min", 60000 },
	{ "s", 1000 },
	{ "ms", 1 },
};

#define UNITS (sizeof(units) / sizeof(*units))

/* What a number with this unit is times; 0: there is no such unit. */
static int64_t
unit_of(const char *name, int is_duration, int64_t value)
{
	for (size_t i = 0; is_duration && i < UNITS; i++)
		if (strcmp(name, units[i].name) == 0)
			return units[i].ms;
	return *name == '\0' && (!is_duration || value == 0);
}

int
quantity_read(int64_t *out, const char *kind, const char *text)
{
	const int is_signed = strcmp(kind, "money") == 0 && *text == '-';
	int64_t value, unit;
	char *end;

	if (text[is_signed] < '0' || text[is_signed] > '9')
		return -1;
	errno = 0;
	value = strtoll(text, &end, 10);
	unit = unit_of(end, strcmp(kind, "duration") == 0, value);
	if (errno != 0 || unit == 0 || value > INT64_MAX / unit)
		return -1;
	*out = value * unit;
	return 0;
}

const char *
duration_text(char out[DURATION_TEXT], int64_t ms)
{
	size_t i = 0;
	int64_t rest;
	int size;

	while (i + 2 < UNITS && ms < units[i].ms)
		i++;
	size = snprintf(out, DURATION_TEXT, "%" PRId64 "%s", ms / units[i].ms,
	    units[i].name);
	if (i + 2 >= UNITS)
		return out;
	rest = ms % units[i].ms / units[i + 1].ms;
	if (rest > 0)
		(void)snprintf(out + size, (size_t)(DURATION_TEXT - size),
		    " %" PRId64 "%s", rest, units[i + 1].name);
	return out;
}
