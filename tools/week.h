/* SPDX-License-Identifier: MIT */
/* week.h - a table of the week: a line an interval, a column a weekday. */
#ifndef KPI_TOOL_WEEK_H
#define KPI_TOOL_WEEK_H

#include <stddef.h>
#include <stdint.h>

#define WEEK_CELL 12 /* bytes of a text, with its NUL */

struct week {
	char (*cells)[WEEK_CELL]; /* day by day; "": nothing there */
	size_t intervals;         /* of a day */
	size_t days;              /* 7, or 1: of any day, without a heading */
	int32_t first_day;        /* 1 Monday to 7 Sunday */
};

/* Room for it, zeroed; free its cells with free(). DONE, or has complained. */
int week_make(
    struct week *out, size_t intervals, size_t days, int32_t first_day);

/* Prints it, without the intervals at either end in which there is nothing on
 * any day. */
void week_print(const struct week *w);

/* "monday" of 1. */
const char *weekday_name(int32_t day);

/* "09:30" of 570. */
#define CLOCK_TEXT 8
const char *clock_text(char out[CLOCK_TEXT], int32_t minute);

#endif
