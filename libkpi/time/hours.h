/* SPDX-License-Identifier: MIT */
/*
 * hours.h - business hours as a text, in a subset of OpenStreetMap's
 * opening_hours: which minutes of each local day are open.
 *
 *     hours    = rule { ";" rule }
 *     rule     = "24/7" | [ dates ] [ weekdays ] ( spans | "off" | "closed" )
 *     dates    = date [ "-" date ] { "," date [ "-" date ] }
 *     date     = [ year ] month [ day ] | day
 *     weekdays = weekday [ "-" weekday ] { "," weekday [ "-" weekday ] }
 *     spans    = time "-" time { "," time "-" time }
 *
 * A month is "Jan" to "Dec", a weekday "Mo" to "Su", a year has four digits.
 * A rule with dates and weekdays names the days that are in both. Of several
 * rules that name a day the last one says all of it; a day that none names is
 * closed. A span that ends at or before its beginning, or after 24:00 (up to
 * 48:00), goes on into the next day, and belongs to the day it begins on
 * whatever a rule says of the next one. After a comma, and as an end, a date
 * without year, or a day without month, is of the year and month before it; an
 * end that would lie before its beginning is of the next year. Dates without
 * any year are of every year.
 */
#ifndef KPI_TIME_HOURS_H
#define KPI_TIME_HOURS_H

#include "base/buffer.h"

/* Minutes after the day's 00:00: 0 <= begin < 1440, begin < until <= 2880. */
typedef struct kpi__open_span {
	int32_t begin, until;
} kpi__open_span;

typedef struct kpi__hours kpi__hours;

/*
 * Reads `size` bytes of `text`, all of them. KPI_EPARSE, with the column at
 * fault (bytes, from 1) and what was expected. KPI_ENOMEM. On failure *out is
 * NULL. Free with kpi__hours_free().
 */
kpi_status kpi__hours_parse(kpi__hours **out, const char *text, size_t size,
    const kpi_allocator *a, kpi_error *error) KPI_MUST_CHECK;
void kpi__hours_free(kpi__hours *hours); /* accepts NULL */

/* Appends the canonical text: equal for texts that have the same rules. */
void kpi__hours_text(const kpi__hours *hours, kpi__buffer *out);

/* The spans that begin on a local day, by begin, apart from one another; how
 * many there are. They live as long as the hours. */
size_t kpi__hours_of_day(
    const kpi__hours *hours, int64_t day, const kpi__open_span **spans);

#endif
