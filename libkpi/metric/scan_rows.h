/* SPDX-License-Identifier: MIT */
/* scan_rows.h - what a scan has gathered, as rows of a result. */
#ifndef KPI_METRIC_SCAN_ROWS_H
#define KPI_METRIC_SCAN_ROWS_H

#include "metric/levels.h"
#include "result/shape.h"

/*
 * Adds a row a slot: the sums of all `gathered` but those that rise from
 * bucket to bucket, and quantiles. The first rows of a result come in its
 * order. As kpi__sink_row() and kpi__quantiles_put().
 */
kpi_status kpi__scan_rows_add(kpi__sink *sink, kpi__scan *scan,
    const kpi__gathered *gathered, uint32_t count,
    const kpi__shape *shapes) KPI_MUST_CHECK;

#endif
