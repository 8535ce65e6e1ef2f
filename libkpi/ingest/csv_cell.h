/* SPDX-License-Identifier: MIT */
/* csv_cell.h - a cell of a row on its way into its column. */
#ifndef KPI_INGEST_CSV_CELL_H
#define KPI_INGEST_CSV_CELL_H

#include "ingest/csv_batch.h"

/*
 * Writes what the row says of target `t` into its column. What is wrong with
 * it is in *wrong, whose `why` is KPI__CSV_GOOD if nothing is; counts times
 * without an offset and texts in which bytes were replaced. KPI_ENOMEM.
 */
kpi_status kpi__csv_cell_take(kpi__csv_batch *batch, uint32_t t,
    const kpi__csv_rows *rows, kpi__csv_wrong *wrong, uint32_t *locals,
    uint32_t *replaced, kpi_error *error) KPI_MUST_CHECK;

#endif
