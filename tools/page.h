/* SPDX-License-Identifier: MIT */
/* page.h - a page of text on a terminal: its width, headings, colours, bars. */
#ifndef KPI_TOOL_PAGE_H
#define KPI_TOOL_PAGE_H

#include <stddef.h>

/* How many columns the page has: the terminal's, at most 100 and at least 20;
 * where standard output is none, 80. */
size_t page_width(void);

/* How a text stands out on a terminal that has colours; elsewhere it is as
 * any other. */
enum tone { PLAIN, STRONG, ALARM };
void page_tone(enum tone tone);

/* An empty line, then a line that stands out. */
void page_heading(enum tone tone, const char *text);

/* A bar for `share` of 1, of at most `columns` columns: returns how many it
 * has. What is more than nothing has an eighth of one. */
size_t page_bar(double share, size_t columns);

#endif
