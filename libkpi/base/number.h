/* SPDX-License-Identifier: MIT */
/* number.h - numbers as text and back, in no locale. */
#ifndef KPI_BASE_NUMBER_H
#define KPI_BASE_NUMBER_H

#include <stddef.h>
#include <stdint.h>

#define KPI__DOUBLE_TEXT 32
#define KPI__INT64_TEXT  24

/*
 * The shortest decimal text that reads back as the same double, as JSON has
 * numbers: 3, -0.25, 0.8113207547169812, 1e-7, 1.5e22. Without an exponent
 * from 1e-4 up to, not including, 1e16. What is not finite gives "null".
 * Returns the length; the text ends in NUL.
 */
size_t kpi__format_double(char out[KPI__DOUBLE_TEXT], double x);

/* Decimal, with - where negative. Returns the length; ends in NUL. */
size_t kpi__format_int64(char out[KPI__INT64_TEXT], int64_t value);

/*
 * Reads `size` bytes that are a decimal integer and nothing else: an optional
 * -, then digits, leading zeros allowed; no +, no space. Non-zero and *out
 * unchanged if they are not, or if the value does not fit.
 */
int kpi__parse_int64(const char *text, size_t size, int64_t *out);

#endif
