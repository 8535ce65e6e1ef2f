/* SPDX-License-Identifier: MIT */
/* csv_batch.h - rows as columns, and their way into the store. */
#ifndef KPI_INGEST_CSV_BATCH_H
#define KPI_INGEST_CSV_BATCH_H

#include "ingest/columns.h"
#include "ingest/csv_plan.h"
#include "ingest/csv_report.h"

/* As many as make a chunk of a store. */
#define KPI__CSV_BATCH 65536

/* What a target's cells came to: one of the three. */
typedef struct kpi__csv_column {
	int64_t *values;         /* of what is no text */
	int32_t *places;         /* of texts: in `texts`, or -1 */
	const char **strings;    /* of ids */
	const char **dictionary; /* of texts, by place: as of the last row */
	size_t room;             /* of the dictionary */
	uint32_t count;
} kpi__csv_column;

/* The texts and words met, and the codes of texts, by target: what one batch
 * leaves to the next. */
typedef struct kpi__csv_known {
	const kpi_allocator *allocator;
	kpi__csv_texts texts[KPI__FIELDS];
	kpi__codes codes[KPI__FIELDS];
} kpi__csv_known;

/* Nothing but its memory. */
void kpi__csv_known_init(kpi__csv_known *known, const kpi_allocator *a);
void kpi__csv_known_free(kpi__csv_known *known);

/* Whether there is so much of it that it is to be forgotten when no batch has
 * rows. */
int kpi__csv_known_is_much(const kpi__csv_known *known);
void kpi__csv_known_forget(kpi__csv_known *known);

typedef struct kpi__csv_batch {
	const kpi_allocator *allocator;
	kpi_store *store;
	kpi__csv_plan *plan;
	kpi__csv_known *known;
	kpi_csv_report *report;
	uint64_t flags; /* KPI_CSV_ */
	uint32_t rows;
	uint32_t run; /* of them, the last ones that have one id */
	kpi__csv_column column[KPI__FIELDS]; /* by target */
	kpi__arena ids;                      /* of the rows */
	uint64_t *line;                      /* by row: on which it begins */
	uint8_t *fate;
	char joined[KPI__CSV_JOINED *
	    (KPI_TEXT_MAX + 1)]; /* one value's cells */
	/* what has to come before a row that was read is refused; NULL: nothing
	 */
	kpi_status (*settle)(void *ctx, kpi_error *error);
	void *settle_ctx;
} kpi__csv_batch;

/* The plan is made; started_at and id have targets. KPI_ENOMEM; must be freed,
 * also after a failure. */
kpi_status kpi__csv_batch_init(kpi__csv_batch *batch, kpi_store *store,
    kpi__csv_plan *plan, kpi__csv_known *known, kpi_csv_report *report,
    uint64_t flags, kpi_error *error) KPI_MUST_CHECK;
void kpi__csv_batch_free(kpi__csv_batch *batch);

/*
 * Takes the row on which `rows` stands, which has no fault. One that cannot be
 * used is counted, or with KPI_CSV_STRICT is KPI_EPARSE.
 */
kpi_status kpi__csv_batch_take(kpi__csv_batch *batch, kpi__csv_rows *rows,
    kpi_error *error) KPI_MUST_CHECK;

/* Whether two rows are of one interaction. */
int kpi__csv_is_same_id(const kpi__csv_batch *batch, uint32_t a, uint32_t b);

/* Makes what was taken ready to be put, also by another thread while the next
 * batch is taken. KPI_ENOMEM. */
kpi_status kpi__csv_batch_close(
    kpi__csv_batch *batch, kpi_error *error) KPI_MUST_CHECK;

/* Adds what was taken, and is ready, to the batch that is open in the store; of
 * visits not those of the last id, of which more may come, unless it is the
 * `last` put. */
kpi_status kpi__csv_batch_put(
    kpi__csv_batch *batch, int last, kpi_error *error) KPI_MUST_CHECK;

/* Counts a row that was read and cannot be used, or KPI_EPARSE; `rows` NULL: no
 * place in the line is known. */
kpi_status kpi__csv_batch_refuse(kpi__csv_batch *batch,
    const kpi__csv_rows *rows, kpi__csv_wrong *wrong,
    kpi_error *error) KPI_MUST_CHECK;
/* The same of a row that was put. */
kpi_status kpi__csv_batch_refuse_put(kpi__csv_batch *batch,
    kpi__csv_wrong *wrong, kpi_error *error) KPI_MUST_CHECK;

#endif
