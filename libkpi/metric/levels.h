/* SPDX-License-Identifier: MIT */
/* levels.h - what there is at the end of each bucket. */
#ifndef KPI_METRIC_LEVELS_H
#define KPI_METRIC_LEVELS_H

#include "metric/sink.h"
#include "query/scan.h"

/* Of which definition something is; the scan's `place`-th. */
typedef struct kpi__gathered {
	uint32_t definition, place;
	int rises; /* a level that is cut into buckets: from one to the next */
} kpi__gathered;

/*
 * Adds the rows of levels, cut into buckets: from the first bucket in which
 * a group has anything to the last one that begins before `end`, a row each,
 * with all that came before. KPI_ELIMIT if those are more than groups may be,
 * KPI_ENOMEM, KPI_EIO, KPI_ECORRUPT.
 */
kpi_status kpi__levels_add(kpi__sink *sink, const kpi__scan *scan,
    const kpi__gathered *levels, uint32_t count, int64_t end) KPI_MUST_CHECK;

#endif
