/* SPDX-License-Identifier: MIT */
/* columns.h - interactions by column, of which some may be wrong. */
#ifndef KPI_INGEST_COLUMNS_H
#define KPI_INGEST_COLUMNS_H

#include <kpi/store.h>

/* What became of a row. */
enum kpi__fate {
	KPI__ROW_ADDED,
	KPI__ROW_UPDATED, /* what the store had before the batch */
	KPI__ROW_AGAIN,   /* updated what came in the batch */
	KPI__ROW_VISIT,  /* a further visit of the interaction of the row before
			  */
	KPI__ROW_HAS_ID, /* refused, and all below: the store has its id */
	KPI__ROW_NO_START,
	KPI__ROW_MARKS,  /* csat above its scale */
	KPI__ROW_RING,   /* longer than the wait */
	KPI__ROW_NO_FIT, /* either of them, with what the store has */
	KPI__ROW_DIFFERS /* from the interaction's first row */
};

/*
 * As kpi_store_add_columns() in an open batch, but `fate` says of each row what
 * became of it, and the others are added. `visits`: rows with one id, one after
 * the other, are the visits of one interaction, at most KPI__VISITS_MAX;
 * started_at of a further row is when its visit was entered, unless it has
 * entered_at. Single values must be within their fields' ranges.
 */
kpi_status kpi__columns_add(kpi_store *store, uint64_t rows,
    const kpi_column *columns, uint64_t column_count, int visits, uint8_t *fate,
    kpi_error *error) KPI_MUST_CHECK;

#endif
