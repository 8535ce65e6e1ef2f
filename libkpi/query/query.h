/* SPDX-License-Identifier: MIT */
/* query.h - the inside of a query. */
#ifndef KPI_QUERY_QUERY_H
#define KPI_QUERY_QUERY_H

#include <kpi/query.h>

#include "base/buffer.h"
#include "time/zone.h"

#define KPI__DIMENSIONS 13

/* The values that one dimension may have, or may not. */
typedef struct kpi__filter {
	kpi_by by;
	int negated;
	char **values; /* NULL: unknown; by bytes, unknown last, none twice */
	size_t count, room;
} kpi__filter;

/* A measure that must lie in [least, most]; KPI_UNKNOWN: open. */
typedef struct kpi__limit {
	int32_t field;
	int64_t least, most;
} kpi__limit;

struct kpi_query {
	kpi_allocator allocator;
	kpi_stop stop;
	void *stop_ctx;
	uint64_t group_limit;
	char *zone_directory; /* NULL: the system's */
	kpi__zone *zone;
	int64_t from, until; /* KPI_UNKNOWN: open */
	uint32_t by_count;
	kpi_by by[KPI__DIMENSIONS];
	int32_t bucket, week_start, partition;
	kpi__filter *filters; /* one a dimension and sign */
	size_t filter_count, filter_room;
	uint64_t outcomes; /* bits of KPI_OUTCOME_; 0: all */
	kpi__limit *limits;
	size_t limit_count, limit_room;
};

/* The field that a dimension groups; 0 if there is no such dimension. */
int32_t kpi__dimension_field(kpi_by by);

/* Non-zero if groups or filters name the dimension. */
int kpi__query_names(const kpi_query *query, kpi_by by);

/* Non-zero if anything but the range restricts the units. */
int kpi__query_filters(const kpi_query *query);

/* The values of a dimension that are kept; NULL: all. */
const kpi__filter *kpi__query_filter(const kpi_query *query, kpi_by by);

/* Keeps all of them from now on. */
void kpi__query_unfilter(kpi_query *query, kpi_by by);

/* KPI_ESTOPPED if the query has a function that asks for it; NULL: no query. */
kpi_status kpi__query_stopped(const kpi_query *query, uint64_t done,
    uint64_t total, kpi_error *error) KPI_MUST_CHECK;

/* A query with the range, the filters and the function that stops it of
 * `query`, or of all (NULL), but not its groups, buckets and zone. */
kpi_status kpi__query_copy(kpi_query **out, const kpi_query *query,
    kpi_error *error) KPI_MUST_CHECK;

/* Appends the canonical text of the filters; nothing if there are none. */
void kpi__query_filter_text(const kpi_query *query, kpi__buffer *out);

#endif
