/* SPDX-License-Identifier: MIT */
/* csv_number.h - numbers and durations as cells have them. */
#ifndef KPI_INGEST_CSV_NUMBER_H
#define KPI_INGEST_CSV_NUMBER_H

#include <stddef.h>
#include <stdint.h>

#include "ingest/csv_form.h"

/*
 * A decimal number times `scale`, to the nearest integer: digits with a sign
 * and, behind a point, a fraction; in a file whose separator is a semicolon
 * the comma is a decimal sign too. 0, and *out unchanged, if it is no such
 * number or does not fit; with `exact` also if there is anything to round.
 */
int kpi__csv_scaled(const char *text, size_t size, int64_t scale,
    char separator, int exact, int64_t *out);

/* At most 15 digits and nothing else, as most numbers are; 0, and *out
 * unchanged: it is something else. */
int kpi__csv_digits(const char *text, size_t size, int64_t *out);

#define KPI__CSV_NO_DURATION 0
#define KPI__CSV_NO_UNIT     (-1) /* a number whose unit nobody knows */

/* h:mm:ss, a number with its unit, or as the form says, in ms; 1, or one of
 * the above. */
int kpi__csv_duration(const char *text, size_t size, const kpi__csv_form *form,
    char separator, int64_t *out);

/* How many ms a unit of time has; 0 if there is no such word. */
int64_t kpi__csv_time_unit(const char *word, size_t size);

#endif
