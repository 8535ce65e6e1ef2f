/* SPDX-License-Identifier: MIT */
/* width.h - how wide a text stands on a terminal. */
#ifndef KPI_RESULT_WIDTH_H
#define KPI_RESULT_WIDTH_H

#include <stddef.h>

#include "base/buffer.h"

/* Columns: wide East Asian characters and pictures are 2, combining ones 0. */
size_t kpi__width_of(const char *text, size_t size);

/* The text without what would move a terminal's cursor or turn its text
 * round: such characters, and bytes that are none, become U+FFFD. */
void kpi__put_visible(kpi__buffer *b, const char *text, size_t size);

#endif
