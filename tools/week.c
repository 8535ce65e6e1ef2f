/* SPDX-License-Identifier: MIT */
#include "week.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tool.h"

#define DAY_MINUTES 1440
#define GAP         2
#define SHORT_NAME  3 /* Mon */

const char *
weekday_name(int32_t day)
{
	static const char *const names[] = { "monday", "tuesday", "wednesday",
		"thursday", "friday", "saturday", "sunday" };

	return day < 1 || day > 7 ? "" : names[day - 1];
}

const char *
clock_text(char out[CLOCK_TEXT], int32_t minute)
{
	(void)snprintf(out, CLOCK_TEXT, "%02u:%02u", (unsigned)minute / 60 % 24,
	    (unsigned)minute % 60);
	return out;
}

int
week_make(struct week *out, size_t intervals, size_t days, int32_t first_day)
{
	out->intervals = intervals;
	out->days = days;
	out->first_day = first_day;
	out->cells = calloc(intervals * days + 1, sizeof(*out->cells));
	return out->cells == NULL ? complain(FAILED, "no memory") : DONE;
}

static const char *
cell_at(const struct week *w, size_t day, size_t interval)
{
	return w->cells[day * w->intervals + interval];
}

static int
is_empty(const struct week *w, size_t interval)
{
	for (size_t day = 0; day < w->days; day++)
		if (*cell_at(w, day, interval) != '\0')
			return 0;
	return 1;
}

static size_t
width_of(const struct week *w)
{
	size_t width = w->days == 1 ? 1 : SHORT_NAME;

	for (size_t i = 0; i < w->days * w->intervals; i++)
		if (strlen(w->cells[i]) > width)
			width = strlen(w->cells[i]);
	return width;
}

static void
print_heading(const struct week *w, size_t width)
{
	char name[SHORT_NAME + 1];

	(void)printf("%5s", "");
	for (size_t day = 0; day < w->days; day++) {
		const int32_t number = (w->first_day - 1 + (int32_t)day) % 7;

		(void)snprintf(
		    name, sizeof(name), "%s", weekday_name(number + 1));
		name[0] = (char)(name[0] - 'a' + 'A');
		(void)printf("%*s", (int)(width + GAP), name);
	}
	(void)putchar('\n');
}

void
week_print(const struct week *w)
{
	const size_t width = width_of(w);
	size_t first = 0, end = w->intervals;
	char text[CLOCK_TEXT];

	while (first < end && is_empty(w, first))
		first++;
	while (end > first && is_empty(w, end - 1))
		end--;
	if (w->days > 1)
		print_heading(w, width);
	for (size_t i = first; i < end; i++) {
		(void)fputs(
		    clock_text(text, (int32_t)(i * DAY_MINUTES / w->intervals)),
		    stdout);
		for (size_t day = 0; day < w->days; day++) {
			const char *const cell = cell_at(w, day, i);

			(void)printf("%*s", (int)(width + GAP),
			    *cell == '\0' ? "." : cell);
		}
		(void)putchar('\n');
	}
}
