/* SPDX-License-Identifier: MIT */
/* arrow_reading.h - a stream while its rows are added. */
#ifndef KPI_INGEST_ARROW_READING_H
#define KPI_INGEST_ARROW_READING_H

#include "ingest/arrow_column.h"
#include "ingest/bulk.h"

/* Batches whose rows are added at once. */
#define KPI__ARROW_BATCHES 256

/* A batch that is not given back, for rows of it are not added yet. */
typedef struct kpi__arrow_held {
	struct ArrowArray array;
	int64_t number; /* from 1 */
	int64_t added;  /* of its rows */
	uint32_t begin; /* of the rest, in the rows that are to be added */
} kpi__arrow_held;

typedef struct kpi__arrow_reading {
	struct ArrowArrayStream *stream;
	kpi_arrow_options options;
	kpi__zone *zone; /* NULL: UTC */
	kpi__bulk bulk;  /* its rows are those that were read, not added yet */
	kpi__arrow_column column[KPI__FIELDS]; /* of bulk.source */
	uint64_t given; /* bit of the number of each field that is a column */
	int64_t children;
	kpi__arrow_held held[KPI__ARROW_BATCHES]; /* the last is read */
	uint32_t held_count;
	int64_t batches, added; /* rows */
} kpi__arrow_reading;

/* Reads options and schema, and makes the columns; on failure, too, it is to
 * be closed. As kpi_store_add_arrow(). */
kpi_status kpi__arrow_open(kpi__arrow_reading *in,
    const kpi_arrow_options *options, kpi_error *error) KPI_MUST_CHECK;
void kpi__arrow_close(kpi__arrow_reading *in);

/* KPI_EIO or KPI_ENOMEM, with what the stream says of its code. */
kpi_status kpi__arrow_failed(
    const kpi__arrow_reading *in, int code, kpi_error *error);

/* Gives back the batches, but for the last `kept`, which become the first. */
void kpi__arrow_give_back(kpi__arrow_reading *in, uint32_t kept);

#endif
