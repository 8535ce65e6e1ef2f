/* SPDX-License-Identifier: MIT */
/*
 * query.h - which rows, which groups: range, zone, buckets, filters.
 */
#ifndef KPI_QUERY_H
#define KPI_QUERY_H

#include <kpi/base.h>
#include <kpi/interaction.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct kpi_query kpi_query;

/* What rows are grouped and filtered by. */
typedef int32_t kpi_by;
#define KPI_BY_AGENT       1
#define KPI_BY_TEAM        2
#define KPI_BY_QUEUE       3
#define KPI_BY_CHANNEL     4
#define KPI_BY_REASON      5
#define KPI_BY_CUSTOMER    6
#define KPI_BY_CASE        7
#define KPI_BY_DIRECTION   8
#define KPI_BY_SOURCE      9
#define KPI_BY_ATTRIBUTE_1 10
#define KPI_BY_ATTRIBUTE_2 11
#define KPI_BY_ATTRIBUTE_3 12
#define KPI_BY_ATTRIBUTE_4 13

/* Buckets of local wall time. */
#define KPI_BUCKET_NONE         0
#define KPI_BUCKET_QUARTER_HOUR 1
#define KPI_BUCKET_HALF_HOUR    2
#define KPI_BUCKET_HOUR         3
#define KPI_BUCKET_DAY          4
#define KPI_BUCKET_WEEK         5
#define KPI_BUCKET_MONTH        6
#define KPI_BUCKET_QUARTER      7
#define KPI_BUCKET_YEAR         8

/* How the data was parted before it was measured. */
#define KPI_PARTITION_NONE     0 /* not at all, or nothing is known of it */
#define KPI_PARTITION_CUSTOMER 1 /* every customer whole in one part */
#define KPI_PARTITION_CASE     2
#define KPI_PARTITION_AGENT    3
#define KPI_PARTITION_DAY      4 /* every local day whole in one part */

/* Zero means the default. */
typedef struct kpi_query_options {
	uint64_t size;
	uint64_t group_limit; /* more groups are KPI_ELIMIT; 0: 1,000,000 */
	const char *zone_directory; /* NULL: the system's, /usr/share/zoneinfo */
	const kpi_allocator *allocator; /* copied; NULL: malloc and free */
	kpi_stop stop; /* of the calls that read the query; NULL: none */
	void *stop_ctx;
} kpi_query_options;

/* clang-format off */
#define KPI_QUERY_OPTIONS_INIT { sizeof(kpi_query_options), 0, 0, 0, 0, 0 }
/* clang-format on */

/* All rows, one group, UTC, weeks from Monday. On failure *out is NULL. */
KPI_API kpi_status kpi_query_new(kpi_query **out,
    const kpi_query_options *options, kpi_error *error) KPI_MUST_CHECK;

/* Accepts NULL. */
KPI_API void kpi_query_free(kpi_query *query);

/*
 * The instants [from, until), by each definition's anchor; KPI_UNKNOWN: open.
 * KPI_EINVAL if it ends before it begins.
 */
KPI_API kpi_status kpi_query_between(
    kpi_query *query, int64_t from, int64_t until) KPI_MUST_CHECK;

/* The zone of buckets, by its IANA name; KPI_ENOTFOUND, KPI_ECORRUPT. */
KPI_API kpi_status kpi_query_time_zone(
    kpi_query *query, const char *name, kpi_error *error) KPI_MUST_CHECK;

/* The first day of the week: 1 Monday to 7 Sunday. */
KPI_API kpi_status kpi_query_week_start(
    kpi_query *query, int32_t day) KPI_MUST_CHECK;

/* Adds a dimension to the groups; twice the same is KPI_EINVAL. */
KPI_API kpi_status kpi_query_by(kpi_query *query, kpi_by by) KPI_MUST_CHECK;

/* Cuts the groups into buckets of time. */
KPI_API kpi_status kpi_query_by_time(
    kpi_query *query, int32_t bucket) KPI_MUST_CHECK;

/*
 * Keeps the units whose value is `value` (NULL: unknown). Several values of
 * one dimension: any of them. Several dimensions: all of them. A direction
 * is "inbound", "outbound" or "internal".
 */
KPI_API kpi_status kpi_query_where(
    kpi_query *query, kpi_by by, const char *value) KPI_MUST_CHECK;

/* Keeps the units whose value is not `value`; several: none of them. */
KPI_API kpi_status kpi_query_where_not(
    kpi_query *query, kpi_by by, const char *value) KPI_MUST_CHECK;

/* Keeps the units with this outcome, KPI_OUTCOME_; several: any of them. */
KPI_API kpi_status kpi_query_where_outcome(
    kpi_query *query, int64_t outcome) KPI_MUST_CHECK;

/*
 * Keeps the units whose measure lies in [least, most], KPI_UNKNOWN: open.
 * Measures are the integer fields that are durations, counts, marks or money
 * (KPI_FIELD_WAIT, KPI_FIELD_CSAT, ...), of a unit of several visits its sum;
 * unknown is never kept.
 */
KPI_API kpi_status kpi_query_where_between(kpi_query *query, int32_t field,
    int64_t least, int64_t most, kpi_error *error) KPI_MUST_CHECK;

/* States how the data was parted, KPI_PARTITION_; the results carry it. */
KPI_API kpi_status kpi_query_partition(
    kpi_query *query, int32_t partition) KPI_MUST_CHECK;

/* Enough room for any instant's text, with its NUL. */
#define KPI_INSTANT_TEXT 40

/*
 * Reads an instant: YYYY-MM-DD, or YYYY-MM-DDTHH:MM[:SS[.digits]] with "T" or
 * a space, then Z or an offset (+HH:MM, +HHMM) or neither. Without one it is
 * wall time in the query's zone (NULL: UTC): the first such instant if clocks
 * show it twice, the instant of the change if they never do. KPI_EPARSE, and
 * *out unchanged, if it is anything else or outside of the years 1 to 9999.
 */
KPI_API kpi_status kpi_instant_parse(int64_t *out, const kpi_query *query,
    const char *text, kpi_error *error) KPI_MUST_CHECK;

/*
 * Writes the instant `at` in the query's zone (NULL: UTC) in `text` of `room`
 * bytes, with its NUL: "2026-10-01T00:00:00+02:00", with three digits of a
 * second unless it is whole. KPI_EINVAL, and nothing written, if `at` is
 * KPI_UNKNOWN or outside of the years 1 to 9999, or if the room is too small.
 */
KPI_API kpi_status kpi_instant_format(const kpi_query *query, int64_t at,
    char *text, uint64_t room, kpi_error *error) KPI_MUST_CHECK;

#ifdef __cplusplus
}
#endif

#endif
