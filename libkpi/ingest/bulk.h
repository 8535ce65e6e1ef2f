/* SPDX-License-Identifier: MIT */
/*
 * bulk.h - many interactions of one row each, given by column: which of them
 * are new, and which make chunks at once.
 */
#ifndef KPI_INGEST_BULK_H
#define KPI_INGEST_BULK_H

#include "ingest/column_source.h"
#include "ingest/columns.h"
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
	int visits;    /* rows with one id, one after the other, are visits of
			  one interaction; needs `fate` */
	uint8_t *fate; /* by row, enum kpi__fate; NULL: a row that cannot be
			  added fails all */
	const kpi__snapshot *before; /* with `fate`: what the store had before
					the caller's batch */
} kpi__bulk;

enum kpi__bulk_state {
	KPI__BULK_CLOSED, /* may be sealed */
	KPI__BULK_OPEN,   /* stays in the tail */
	KPI__BULK_REPEAT, /* updates what has its id already */
	KPI__BULK_REFUSED,
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

/* Writes down what becomes of a row that cannot be added, and returns 1; 0 if
 * that fails all. */
int kpi__bulk_refuse(kpi__bulk *bulk, uint32_t row, int fate);

/* Whether the interaction is in the store, or in what of the batch came before
 * it; then also what becomes of the row by that. */
kpi_status kpi__bulk_find(kpi__bulk *bulk, uint32_t row, const char *id,
    size_t size, const char *source, size_t source_size, uint64_t hash,
    int *found, kpi_error *error) KPI_MUST_CHECK;

/* Rows with one id, one after the other, are visits of one interaction: adds
 * or updates each. Needs `fate`, which says of a further row KPI__ROW_VISIT. */
kpi_status kpi__bulk_put_visits(
    kpi__bulk *bulk, kpi_error *error) KPI_MUST_CHECK;

/* All of a row but the visits after its first; in->id stays the source's. */
kpi_status kpi__bulk_read(kpi__bulk *bulk, uint32_t row, kpi__input *in,
    kpi_error *error) KPI_MUST_CHECK;

/* Whether anything is known of a visit. */
int kpi__bulk_visit_is_known(const kpi__row *row);

/* Whether two rows have one id of one source. */
int kpi__bulk_same_id(const kpi__bulk *bulk, uint32_t a, uint32_t b);

/* A row's id in place, and the text of its source. *size 0: no id. */
kpi_status kpi__bulk_id(const kpi__bulk *bulk, uint32_t row, const char **id,
    size_t *size, const char **source, size_t *source_size,
    kpi_error *error) KPI_MUST_CHECK;

#endif
