/* SPDX-License-Identifier: MIT */
/*
 * csv_rows.h - the rows of a CSV and their cells, by RFC 4180 as people write
 * it: CRLF or LF, blanks round quotes, a quote in the middle of a cell, a last
 * row without a newline.
 */
#ifndef KPI_INGEST_CSV_ROWS_H
#define KPI_INGEST_CSV_ROWS_H

#include "ingest/queue_log_file.h"

#define KPI__CSV_COLUMNS 1024
#define KPI__CSV_WINDOW  4096

typedef struct kpi__csv_cell {
	char *at; /* without its quotes; valid until the next row */
	uint32_t size;
	int32_t has_doubled; /* quotes are still doubled */
} kpi__csv_cell;

/* What is wrong with a row. */
enum kpi__csv_fault {
	KPI__CSV_FINE,
	KPI__CSV_UNCLOSED, /* a quote that nothing ends */
	KPI__CSV_STRAY,    /* something behind the quote that ends a cell */
	KPI__CSV_LONG      /* longer than KPI__QLOG_BLOCK */
};

typedef struct kpi__csv_rows {
	kpi__qlog_file file; /* file.at is where the row begins */
	kpi_stop stop;
	void *stop_ctx;
	char separator;
	int32_t fault;     /* of the row; then it is one line, without cells */
	uint64_t line;     /* on which the row begins, from 1 */
	uint64_t newlines; /* of the row, its last one too */
	uint64_t passed;   /* bytes before file.block */
	size_t size;       /* bytes of the row */
	uint32_t cells;    /* also those that there is no room for */
	kpi__csv_cell cell[KPI__CSV_COLUMNS];
	uint32_t scanned, marks, next; /* of the block: how far it was searched,
					  what was found, what of it is next */
	uint32_t mark[KPI__CSV_WINDOW];
} kpi__csv_rows;

/* Must be closed, also after a failure; as kpi__qlog_file_open(). */
kpi_status kpi__csv_rows_open(kpi__csv_rows *rows, const char *path,
    const kpi_allocator *a, kpi_error *error) KPI_MUST_CHECK;
void kpi__csv_rows_close(kpi__csv_rows *rows);

/* Reads until `size` bytes of what comes next, or the end, are there. */
kpi_status kpi__csv_rows_see(
    kpi__csv_rows *rows, size_t size, kpi_error *error) KPI_MUST_CHECK;

/* Passes over `size` bytes that are there; their lines are the caller's to
 * count. */
void kpi__csv_rows_skip(kpi__csv_rows *rows, size_t size);

/*
 * Goes on to the next row; *got 0 at the end. A row whose quotes are at fault
 * ends with its first line, so that what comes after it is read.
 * KPI_ESTOPPED, KPI_EIO.
 */
kpi_status kpi__csv_rows_next(
    kpi__csv_rows *rows, int *got, kpi_error *error) KPI_MUST_CHECK;

/* Makes the next row be this one again. */
void kpi__csv_rows_again(kpi__csv_rows *rows);

static inline int
kpi__csv_is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Whether there is nothing to clean. */
static inline int
kpi__csv_cell_is_clean(const kpi__csv_cell *cell)
{
	return !cell->has_doubled &&
	    (cell->size == 0 ||
		(!kpi__csv_is_blank(cell->at[0]) &&
		    !kpi__csv_is_blank(cell->at[cell->size - 1])));
}

/* A cell of the row with its quotes made single and without blanks around. */
void kpi__csv_cell_clean(kpi__csv_cell *cell);

#endif
