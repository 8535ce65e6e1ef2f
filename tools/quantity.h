/* SPDX-License-Identifier: MIT */
/* quantity.h - durations and other numbers as they are written and shown. */
#ifndef KPI_TOOL_QUANTITY_H
#define KPI_TOOL_QUANTITY_H

#include <stddef.h>
#include <stdint.h>

/*
 * Reads a duration, "20s", or a whole number, as the kind in the table of
 * fields says. 0 if it is one.
 */
int quantity_read(int64_t *out, const char *kind, const char *text);

#define DURATION_TEXT 32

/* The two greatest units that it has: "6d 23h", "4min 20s", "0s". */
const char *duration_text(char out[DURATION_TEXT], int64_t ms);

#endif
