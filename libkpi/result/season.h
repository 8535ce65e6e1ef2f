/* SPDX-License-Identifier: MIT */
/* season.h - the inside of a season: sums of each group by cell. */
#ifndef KPI_RESULT_SEASON_H
#define KPI_RESULT_SEASON_H

#include <kpi/season.h>

#include "result/cells.h"

struct kpi_season {
	kpi__cells cells; /* its zone is not kept */
	uint32_t by_count;
	kpi_by by[KPI__MAX_BY];
	int64_t parts;
	size_t rows;
	char **groups;   /* by_count a row; NULL: unknown */
	int64_t *counts; /* cells.count a row, in parts */
	double *means;   /* of each row, the mean of its cells' means */
};

#endif
