/* SPDX-License-Identifier: MIT */
/* csv_report.h - which rows of a CSV were refused, and why. */
#ifndef KPI_INGEST_CSV_REPORT_H
#define KPI_INGEST_CSV_REPORT_H

#include <kpi/csv.h>

#include "store/field.h"

/* Why a row cannot be used. */
enum kpi__csv_why {
	KPI__CSV_GOOD,
	KPI__CSV_NOT_TIME,
	KPI__CSV_NOT_PATTERN,
	KPI__CSV_NOT_EPOCH,
	KPI__CSV_NOT_DURATION,
	KPI__CSV_WITHOUT_UNIT,
	KPI__CSV_NOT_WHOLE,
	KPI__CSV_NOT_AMOUNT,
	KPI__CSV_NOT_FLAG,
	KPI__CSV_NOT_WORD,
	KPI__CSV_OUTSIDE,
	KPI__CSV_TOO_LONG,
	KPI__CSV_FEW_CELLS,
	KPI__CSV_MANY_CELLS,
	KPI__CSV_QUOTE_UNCLOSED,
	KPI__CSV_QUOTE_STRAY,
	KPI__CSV_ROW_LONG,
	KPI__CSV_NO_START,
	KPI__CSV_HAS_ID,
	KPI__CSV_ID_AGAIN,
	KPI__CSV_MARKS,
	KPI__CSV_EFFORT,
	KPI__CSV_RING,
	KPI__CSV_NO_FIT,
	KPI__CSV_DIFFERS,
	KPI__CSV_MANY_VISITS
};

/* What is wrong with a row. */
typedef struct kpi__csv_wrong {
	int32_t why;
	const kpi__field *field; /* NULL: of the whole row */
	uint64_t line;
	const char
	    *value; /* `size` bytes, of the row or the batch; not of texts */
	size_t size;
} kpi__csv_wrong;

void kpi__csv_report_init(kpi_csv_report *report);

/* Counts a row that was refused, or updated an earlier one. */
void kpi__csv_count(kpi_csv_report *report, const kpi__csv_wrong *wrong);

/* Puts the reasons in order: most rows first, then by first line. */
void kpi__csv_report_sort(kpi_csv_report *report);

/* The same as an error that ends the import; `column` is the name in the
 * header, `at` the byte in its line, or NULL and 0. KPI_EPARSE. */
kpi_status kpi__csv_fail(const kpi__csv_wrong *wrong, const char *column,
    uint64_t at, kpi_error *error);

#endif
