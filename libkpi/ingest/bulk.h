/* SPDX-License-Identifier: MIT */
/*
 * bulk.h - many interactions of one row each, given by column: which of them
 * are new, and which make chunks at once.
 */
#ifndef KPI_INGEST_BULK_H
#define KPI_INGEST_BULK_H

#include "ingest/column_source.h"
#include "store/index.h"

typedef struct kpi__bulk {
	kpi_store *store;
	kpi__snapshot *draft;
	uint32_t rows;
	uint32_t count;
	kpi__column_source *source;              /* `count` of them */
	kpi__column_source *of[KPI__FIELDS + 1]; /* by field; NULL: absent */
	int64_t *start;                          /* by row */
	uint64_t *hash;   /* of ids, by row; NULL without ids */
	uint8_t *state;   /* by row: what becomes of it */
	uint32_t *closed; /* rows that may be sealed, sorted by start */
	uint32_t closed_count;
} kpi__bulk;

enum kpi__bulk_state {
	KPI__BULK_CLOSED, /* may be sealed */
	KPI__BULK_OPEN,   /* stays in the tail */
	KPI__BULK_REPEAT, /* updates what has its id already */
	KPI__BULK_SEALED
};

/*
 * Adds the rows of the sources to the draft: all but what the sources and the
 * first five members hold is made and released here. The error names the row
 * as the line.
 */
kpi_status kpi__bulk_add(kpi__bulk *bulk, kpi_error *error) KPI_MUST_CHECK;

/* Sorts rows out: fills start, hash, state and closed. KPI_EEXISTS and
 * KPI_EINVAL name the row as the line; KPI_ENOMEM. */
kpi_status kpi__bulk_plan(kpi__bulk *bulk, kpi_error *error) KPI_MUST_CHECK;

/* Makes chunks of closed rows while there are enough for one. */
kpi_status kpi__bulk_seal(kpi__bulk *bulk, kpi_error *error) KPI_MUST_CHECK;

/* A row's id in place, and the text of its source. *size 0: no id. */
kpi_status kpi__bulk_id(const kpi__bulk *bulk, uint32_t row, const char **id,
    size_t *size, const char **source, size_t *source_size,
    kpi_error *error) KPI_MUST_CHECK;

#endif
