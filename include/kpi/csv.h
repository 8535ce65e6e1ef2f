/* SPDX-License-Identifier: MIT */
/*
 * csv.h - reading tables of interactions as CSV into a store.
 */
#ifndef KPI_CSV_H
#define KPI_CSV_H

#include <kpi/base.h>
#include <kpi/store.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The first row that cannot be used ends the import, and nothing is added. */
#define KPI_CSV_STRICT 1
/* Rows one after the other with one id are the visits of one interaction. */
#define KPI_CSV_VISITS 2

/*
 * Zero means the default: columns are matched by their names alone. The texts:
 *
 * maps: "COLUMN=FIELD" or "COLUMN=FIELD:FORM", a column by its name in the
 * header, or several with + between, whose cells are put together with a blank
 * ("Date+Time=started_at:%d/%m/%Y %H:%M"); "COLUMN=" leaves a column out.
 * FORM: of a duration ms, s, min, h, h:mm:ss, m:ss or h:mm; of an instant iso,
 * s, ms (since 1970) or a pattern of strptime(3)'s letters; of cost 1, 0.1,
 * 0.01, 0.001; of quality share, % or millionths.
 *
 * values: "TEXT=WORD" says what a cell means where WORD is a word of a mapped
 * field: "Y=answered"; "FIELD:TEXT=WORD" in one field alone; "TEXT=" and
 * "FIELD:TEXT=" that it is unknown.
 *
 * fills: "FIELD=VALUE" where a row says nothing of the field.
 */
typedef struct kpi_csv_options {
	uint64_t size;
	uint64_t flags;              /* KPI_CSV_ */
	uint64_t map_count;
	uint64_t value_count;
	uint64_t fill_count;
	const char *const *maps;
	const char *const *values;
	const char *const *fills;
	const char *zone;            /* of times without an offset; NULL: UTC */
	const char *zone_directory;  /* NULL: /usr/share/zoneinfo */
	kpi_stop stop;               /* progress in bytes; NULL: none */
	void *stop_ctx;
	const void *reserved;        /* NULL */
} kpi_csv_options;

/* clang-format off */
#define KPI_CSV_OPTIONS_INIT { sizeof(kpi_csv_options), \
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }
/* clang-format on */

#define KPI_CSV_REASONS 16
#define KPI_CSV_COLUMNS 64

/* Rows of one reason. */
typedef struct kpi_csv_reason {
	const char *reason;   /* a fixed sentence part: "is not a time" */
	const char *expected; /* a fixed sentence part, or "" */
	const char *field;    /* the field's name, or "" */
	const void *reserved; /* NULL */
	uint64_t rows;
	uint64_t first[4];    /* the lines on which the first of them begin,
	                         from 1; 0: no more */
	char value[48];       /* what the first one says, cut where long;
	                         "" of texts */
} kpi_csv_reason;

/* What a column was read as. */
typedef struct kpi_csv_column {
	int32_t field;    /* KPI_FIELD_, the first if several; 0: not read */
	int32_t reserved;
	char name[56];    /* in the header, cut where long */
} kpi_csv_column;

/* What was read. */
typedef struct kpi_csv_report {
	uint64_t size;
	uint64_t rows;          /* after the header, refused ones too */
	uint64_t interactions;  /* added */
	uint64_t updated;       /* interactions that the store had already */
	uint64_t refused;       /* rows that could not be used: see reasons */
	uint64_t local_times;   /* without an offset: they are in the zone */
	uint64_t replaced_text; /* texts in which bad bytes became U+FFFD */
	kpi_csv_reason again;   /* rows with the id of an earlier row: it was
	                           updated by them */
	uint64_t reason_count;  /* used of `reasons`, most rows first */
	kpi_csv_reason reasons[KPI_CSV_REASONS];
	uint64_t column_count;  /* of the file; the first ones are told */
	kpi_csv_column columns[KPI_CSV_COLUMNS];
	uint64_t separator;     /* ',', ';' or '\t' */
} kpi_csv_report;

/*
 * Reads a CSV (kpi-csv(5)), a row an interaction of one visit, and adds all of
 * it or nothing; no batch may be open (KPI_EORDER). A row with an id that the
 * store has updates it or is refused, as the store's if_exists says. A row
 * that cannot be used is refused, counted, and the others are added; see
 * KPI_CSV_STRICT, with which it is KPI_EPARSE, whose error has line, column,
 * the column's name as its field, and a text with the cell's first characters.
 *
 * KPI_EPARSE also if the file is no CSV, or neither started_at nor id is among
 * its columns; KPI_EINVAL for a map, value or fill that is wrong or does not
 * fit the header; KPI_ENOTFOUND, KPI_EIO, KPI_EBUSY, KPI_ESTOPPED, and as
 * kpi_store_add(). `options` and `report` may be NULL; set the report's size
 * first. It is written on KPI_OK only.
 */
KPI_API kpi_status kpi_import_csv(kpi_store *store, const char *path,
    const kpi_csv_options *options, kpi_csv_report *report,
    kpi_error *error) KPI_MUST_CHECK;

/*
 * 1 if the `size` bytes that a file begins with look like a CSV with a header
 * of several columns, 0 if they do not.
 */
KPI_API int32_t kpi_is_csv(const void *bytes, uint64_t size);

#ifdef __cplusplus
}
#endif

#endif
