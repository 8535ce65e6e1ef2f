/* SPDX-License-Identifier: MIT */
/*
 * season.h - when in the week, or in the day, how much comes.
 *
 * A season is a value of its own: it outlives its result, and may be read from
 * several threads at once.
 */
#ifndef KPI_SEASON_H
#define KPI_SEASON_H

#include <kpi/result.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct kpi_season kpi_season;

/*
 * The seasonal indices of a count (contacts, visits, customers) by the cells of
 * a typical week, or with KPI_BUCKET_DAY as `period` of a typical day; 0 and
 * KPI_BUCKET_WEEK are a week. A cell is a weekday and one of the result's
 * buckets, of 15, 30 or 60 minutes, on the clock of its zone: the index is what
 * comes in it, over the mean of all cells, so that 1 is as much as ever and the
 * mean of all is 1. Each group has a season of its own.
 *
 * Of the result's range only whole weeks (days) count, from the query's start
 * of the week; an end that is open is the end of the first or last day on which
 * there is anything. A bucket without a row counts as 0.
 *
 * KPI_EINVAL: other buckets, a definition that is no count, or another period;
 * KPI_ENOTFOUND: no whole week, with what is missing, or the zone's file is
 * gone (KPI_ECORRUPT: it is damaged); KPI_EOVERFLOW: a sum is beyond 64 bits;
 * KPI_ENOMEM. Memory is had as `result` has it. On failure *out is NULL.
 */
KPI_API kpi_status kpi_season_of(kpi_season **out, const kpi_result *result,
    uint64_t index, int32_t period, kpi_error *error) KPI_MUST_CHECK;

/* Accepts NULL. */
KPI_API void kpi_season_free(kpi_season *season);

/* Groups with anything in the result's range; without groups exactly one. */
KPI_API uint64_t kpi_season_rows(const kpi_season *season);

/* Cells of each: from 24, hours of a day, to 672, quarters of a week. */
KPI_API uint64_t kpi_season_cells(const kpi_season *season);

/* The dimensions of the groups; 0 past the end. */
KPI_API kpi_by kpi_season_by(const kpi_season *season, uint64_t index);

/* The value of a row's dimension; NULL: unknown, or past the end. Rows stand
 * as those of results do. */
KPI_API const char *kpi_season_group(
    const kpi_season *season, uint64_t row, uint64_t index);

/* The whole weeks (days) that count, and how many these are. */
KPI_API int64_t kpi_season_from(const kpi_season *season);
KPI_API int64_t kpi_season_until(const kpi_season *season);
KPI_API uint64_t kpi_season_periods(const kpi_season *season);

/*
 * A cell: mean = count / parts / times, index = mean / mean of the means of all
 * cells that there are. `times` says how often its interval came: once a week,
 * but not where clocks that are put forward leave it out, twice where clocks
 * that are put back show it again, by half where half of it is cut off. So a
 * cell is compared as if the week had no change of clocks.
 */
typedef struct kpi_season_cell {
	uint64_t size;
	double index; /* NaN: nothing in any cell, or `times` is 0 */
	double mean;  /* NaN if `times` is 0 */
	double times;
	int64_t count;   /* exact, in parts */
	int64_t parts;   /* 1, or 720720 where credit is split */
	int32_t weekday; /* 1 Monday to 7 Sunday; 0: of any day */
	int32_t minute;  /* at which it begins, 0 to 1,425 after midnight */
} kpi_season_cell;

/* clang-format off */
#define KPI_SEASON_CELL_INIT { sizeof(kpi_season_cell), 0, 0, 0, 0, 0, 0, 0 }
/* clang-format on */

/* Cells stand in the order of the week, from its first day. KPI_EINVAL past
 * the end. */
KPI_API kpi_status kpi_season_get(const kpi_season *season, uint64_t row,
    uint64_t cell, kpi_season_cell *out) KPI_MUST_CHECK;

#ifdef __cplusplus
}
#endif

#endif
