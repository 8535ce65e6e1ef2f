/* SPDX-License-Identifier: MIT */
/* output.h - what goes to standard output. */
#ifndef KPI_TOOL_OUTPUT_H
#define KPI_TOOL_OUTPUT_H

#include <stddef.h>

#include "arguments.h"

/* Columns of a terminal; wider text is broken into lines. */
#define TERMINAL 80

/* The --format asked for, a KPI_FORMAT_, table if none is. */
int output_format(int32_t *out, const struct arguments *a);

/* A kpi_write to standard output. */
int output_write(void *ctx, const char *text, size_t size);

/* Ends the output: `code`, or FAILED if anything could not be written. */
int output_finish(int code);

/* Made visible, and spaces up to the width. */
void put_padded(const char *text, size_t width);

/* Broken between words; the lines after the first begin at the column. */
void put_wrapped(const char *text, size_t column);

/* The same on a page that is not TERMINAL wide. */
void put_wrapped_to(const char *text, size_t column, size_t width);

/* A field of RFC 4180; nothing for NULL. `before` is "" or ",". */
void put_csv(const char *before, const char *text);

/* "name":"text", or null; `before` is "{" or ",". */
void put_json(const char *before, const char *name, const char *text);

/* The shortest that reads back as the same; `none` for no number. */
void put_number(double value, const char *none);

/* A field of a line of CSV or JSON, KPI_FORMAT_; the first one begins it. */
void put_text_field(
    int32_t format, const char *name, const char *text, int is_first);
void put_number_field(int32_t format, const char *name, double value);

#endif
