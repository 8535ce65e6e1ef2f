/* SPDX-License-Identifier: MIT */
/*
 * cells.h - the intervals of a typical week or day: which instants are in
 * each, and how much time there was of it.
 */
#ifndef KPI_RESULT_CELLS_H
#define KPI_RESULT_CELLS_H

#include "result/result.h"
#include "time/zone.h"

typedef struct kpi__cells {
	kpi_allocator allocator;
	kpi__zone *zone;     /* NULL: UTC */
	int64_t from, until; /* whole periods */
	uint64_t periods;
	int64_t interval_ms, period_ms;
	int64_t origin; /* a wall time at which a period begins */
	uint32_t count;
	int64_t *time; /* ms of each from `from` to `until` */
} kpi__cells;

/* Of a result's range, buckets, zone and week; errors as of kpi_season_of().
 * Free with kpi__cells_free(), also on failure. */
kpi_status kpi__cells_make(kpi__cells *out, const kpi_result *result,
    int32_t period, kpi_error *error) KPI_MUST_CHECK;

void kpi__cells_free(kpi__cells *cells);

/* Of an instant from `from` to `until`, by the clock that it has. */
uint32_t kpi__cells_at(const kpi__cells *cells, int64_t instant);

/* How often the interval came. */
double kpi__cells_times(const kpi__cells *cells, uint32_t cell);

/* 1 Monday to 7 Sunday, of a day 0; and minutes after midnight. */
int32_t kpi__cells_weekday(const kpi__cells *cells, uint32_t cell);
int32_t kpi__cells_minute(const kpi__cells *cells, uint32_t cell);

#endif
