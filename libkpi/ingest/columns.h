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
	KPI__ROW_EFFORT, /* ces above that of its version */
	KPI__ROW_RING,   /* longer than the wait */
	KPI__ROW_NO_FIT, /* one of them, with what the store has */
	KPI__ROW_DIFFERS /* from the interaction's first row */
};

/* The codes of a dictionary's texts, kept from one call to the next. Zeroed to
 * begin with. */
typedef struct kpi__codes {
	uint32_t *at; /* by place: code + 1; 0: not asked yet */
	size_t room;
	uint64_t renames; /* of the store, when they were asked */
} kpi__codes;

void kpi__codes_free(kpi__codes *codes, const kpi_allocator *allocator);

/*
 * As kpi_store_add_columns() in an open batch, but `fate` says of each row what
 * became of it, and the others are added. `visits`: rows with one id, one after
 * the other, are the visits of one interaction, at most KPI__VISITS_MAX;
 * started_at of a further row is when its visit was entered, unless it has
 * entered_at. Single values must be within their fields' ranges. `codes`, by
 * column: where the places of a dictionary meant the same in all calls with
 * these codes; NULL: nowhere.
 */
kpi_status kpi__columns_add(kpi_store *store, uint64_t rows,
    const kpi_column *columns, kpi__codes *codes, uint64_t column_count,
    int visits, uint8_t *fate, kpi_error *error) KPI_MUST_CHECK;

#endif
