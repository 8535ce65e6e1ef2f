/* SPDX-License-Identifier: MIT */
/*
 * bucket.h - the spans into which a zone's wall clock cuts time.
 *
 * Up to an hour, a bucket is the run of instants that show the same hour (or
 * part of it). Whenever clocks are put back a new one begins: the hour that
 * autumn repeats is two, told apart by offset. One cut short by clocks that
 * are put forward is shorter, one they leave out does not exist.
 *
 * From a day on, a bucket begins at the first instant whose local date lies
 * in it, be that 01:00, and lasts until the next one begins. A day that
 * a place left out does not exist.
 */
#ifndef KPI_TIME_BUCKET_H
#define KPI_TIME_BUCKET_H

#include <kpi/query.h>

#include "time/zone.h"

/*
 * The bucket (KPI_BUCKET_) that contains an instant: [*begin, *until), in
 * UTC. Every instant is in one, and the next begins at *until. KPI_BUCKET_NONE
 * is one for all, INT64_MIN to INT64_MAX. Weeks begin on `week_start`,
 * 1 Monday to 7 Sunday; of no matter else, but checked.
 *
 * Instants before year 1 are in the first bucket, though it begins later;
 * those after year 9999 are in the last one, whose *until is INT64_MAX.
 * So who keeps begin and until of the last answer asks seldom, and who goes
 * on from *until comes to an end.
 *
 * KPI_EINVAL: no such bucket or weekday; *begin and *until are unchanged.
 */
kpi_status kpi__bucket_span(const kpi__zone *zone, int32_t bucket,
    int32_t week_start, int64_t utc_ms, int64_t *begin,
    int64_t *until) KPI_MUST_CHECK;

#endif
