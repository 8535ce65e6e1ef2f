/* SPDX-License-Identifier: MIT */
/* visible.h - texts of strangers, shown so that they do not move a terminal. */
#ifndef KPI_TOOL_VISIBLE_H
#define KPI_TOOL_VISIBLE_H

#include <stddef.h>
#include <stdio.h>

/* How many columns a text takes. */
size_t output_width(const char *text);

/* How many bytes its first columns take; all of it if it has no more. */
size_t output_size(const char *text, size_t columns);

/* Writes `size` bytes of UTF-8, each control character, mark that changes the
 * direction of writing and byte that is none of a character as U+FFFD. */
void put_visible(FILE *to, const char *text, size_t size);

#endif
