/* SPDX-License-Identifier: MIT */
/*
 * csv_flow.h - the rows of a CSV, batch by batch, into the store; where it has
 * several threads, one batch is read while the one before is stored.
 */
#ifndef KPI_INGEST_CSV_FLOW_H
#define KPI_INGEST_CSV_FLOW_H

#include "ingest/csv_batch.h"

/*
 * Adds the rows behind the header to the batch that is open in the store: all
 * to the end, or up to the first failure. What is counted and what fails is
 * the same with any number of threads; the file is read, and who may stop it is
 * asked, in the calling one.
 */
kpi_status kpi__csv_flow(kpi_store *store, kpi__csv_rows *rows,
    kpi__csv_plan *plan, uint64_t flags, kpi_csv_report *report,
    kpi_error *error) KPI_MUST_CHECK;

#endif
