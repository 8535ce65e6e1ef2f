/* SPDX-License-Identifier: MIT */
/* csv_cell.h - a cell of a row on its way into its column. */
#ifndef KPI_INGEST_CSV_CELL_H
#define KPI_INGEST_CSV_CELL_H

#include "ingest/csv_batch.h"

/*
 * Writes what the row says of each target into its column, up to the first
 * that cannot be used. What is wrong with that one is in *wrong, whose `why`
 * stays KPI__CSV_GOOD if all can; counts times without an offset and texts in
 * which bytes were replaced. KPI_ENOMEM.
 */
kpi_status kpi__csv_cells_take(kpi__csv_batch *batch, const kpi__csv_rows *rows,
    kpi__csv_wrong *wrong, uint32_t *locals, uint32_t *replaced,
    kpi_error *error) KPI_MUST_CHECK;

#endif
