/* SPDX-License-Identifier: MIT */
/* csv_head.h - how a CSV begins: its separator, and its header. */
#ifndef KPI_INGEST_CSV_HEAD_H
#define KPI_INGEST_CSV_HEAD_H

#include "ingest/csv_rows.h"

/* Finds the separator of rows that were opened, and goes to the header.
 * KPI_EPARSE: the file is no CSV; KPI_ESTOPPED, KPI_EIO. */
kpi_status kpi__csv_head_read(
    kpi__csv_rows *rows, kpi_error *error) KPI_MUST_CHECK;

#endif
