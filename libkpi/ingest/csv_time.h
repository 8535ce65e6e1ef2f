/* SPDX-License-Identifier: MIT */
/*
 * csv_time.h - times by a pattern like that of strptime(3), in no locale:
 *
 *     %Y %y %m %d %e  year, its last two digits (69 to 99: 1969 to 1999),
 *                     month, day
 *     %b %B %h        the month's English name, whole or three letters
 *     %H %I %M %S %p  hour, that of a clock of 12, minute, second, AM or PM
 *     %f              digits of a fraction of a second
 *     %z              Z, +02:00 or +0200
 *     %a %A           the English name of a weekday, which is not checked
 *     %F %T %R %D     %Y-%m-%d, %H:%M:%S, %H:%M, %m/%d/%y
 *     %%              a percent sign
 *
 * Numbers may lack leading zeros; a blank is any number of blanks.
 */
#ifndef KPI_INGEST_CSV_TIME_H
#define KPI_INGEST_CSV_TIME_H

#include "time/zone.h"

/* KPI_EINVAL: it does not say year, month and day, or has what is not above. */
kpi_status kpi__csv_pattern_check(
    const char *pattern, kpi_error *error) KPI_MUST_CHECK;

/*
 * 1, or 0 and *out unchanged. Without %z it is wall time in the zone, and
 * *is_local becomes 1; as kpi__parse_instant().
 */
int kpi__csv_pattern_read(const char *pattern, const char *text, size_t size,
    const kpi__zone *zone, int64_t *out, int *is_local);

/* By ISO 8601; the same. */
int kpi__csv_iso_read(const char *text, size_t size, const kpi__zone *zone,
    int64_t *out, int *is_local);

#endif
