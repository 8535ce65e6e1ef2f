/* SPDX-License-Identifier: MIT */
/* season.h - the inside of a season: sums of each group by cell. */
#ifndef KPI_RESULT_SEASON_H
#define KPI_RESULT_SEASON_H

#include <kpi/season.h>

#include "result/cells.h"

struct kpi_season {
	kpi__cells cells;
	uint32_t by_count;
	kpi_by by[KPI__MAX_BY];
	int64_t parts;
	size_t rows;
	char **groups;   /* by_count a row; NULL: unknown */
	int64_t *counts; /* cells.count a row, in parts */
	double *means;   /* of each row, the mean of its cells' means */
};

/*
 * Adds a sum of definition `index` of the result that the season is of, row by
 * row, to the cells in `out`, of which each group has cells.count.
 * KPI_EOVERFLOW.
 */
kpi_status kpi__season_fold(int64_t *out, const kpi_season *season,
    const kpi_result *result, uint32_t index, enum kpi__sum sum) KPI_MUST_CHECK;

#endif
