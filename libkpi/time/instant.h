/* SPDX-License-Identifier: MIT */
/* instant.h - instants as text, by ISO 8601. */
#ifndef KPI_TIME_INSTANT_H
#define KPI_TIME_INSTANT_H

#include "time/zone.h"

/* Enough for any instant, with its NUL. */
#define KPI__INSTANT_SIZE 40

/*
 * The wall time in the zone and its offset: "2026-10-01T00:00:00+02:00". With
 * three digits of a second unless it is whole, with seconds of the offset if
 * it has any ("+00:19:32"); UTC is "+00:00". Instants outside of the years
 * 1 to 9999 UTC are written as the nearest one within; on their first and
 * last day the local year may be "0000" or "10000".
 */
void kpi__format_instant(
    char out[KPI__INSTANT_SIZE], const kpi__zone *zone, int64_t utc_ms);

/*
 * Reads all of `size` bytes: YYYY-MM-DD, or YYYY-MM-DDTHH:MM[:SS[.digits]]
 * with "T" or a space and 1 to 9 digits, of which those after the third are
 * cut off; a time may be followed by Z, +HH:MM[:SS] or +HHMM (or "-"). Without
 * them it is wall time in the zone: the first such instant if clocks show it
 * twice, the instant of the change if they never do. 24:00 and second 60 are
 * no times. KPI_EPARSE, and *out unchanged: not such a text, no such date or
 * time, or an instant outside of the years 1 to 9999 UTC.
 */
kpi_status kpi__parse_instant(const char *text, size_t size,
    const kpi__zone *zone, int64_t *out) KPI_MUST_CHECK;

/* Non-zero if it begins as a date that no calendar has: 2026-11-31. */
int kpi__is_no_day(const char *text, size_t size);

#endif
