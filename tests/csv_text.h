/* SPDX-License-Identifier: MIT */
/* csv_text.h - tables as texts, imported into the store of opened.h. */
#ifndef KPI_TESTS_CSV_TEXT_H
#define KPI_TESTS_CSV_TEXT_H

#include <kpi/csv.h>

#include "opened.h"

/* Options that csv_import() takes; csv_begin() makes them none. */
extern kpi_csv_options csv_options;
extern kpi_csv_report csv_report;

void csv_begin(void);

/* Of up to 8 each. */
void csv_map(const char *map);
void csv_value(const char *value);
void csv_fill(const char *fill);

/* What kpi_import_csv() answers of `size` bytes; the error is in `error`. */
kpi_status csv_import_bytes(const char *bytes, size_t size);
kpi_status csv_import(const char *text);

/* Asserts KPI_OK and that so many rows were added, updated and refused. */
void csv_takes(
    const char *text, uint64_t added, uint64_t updated, uint64_t refused);

/* Asserts that all else is good but for one row of one reason. */
void csv_refuses(
    const char *text, const char *field, const char *reason, uint64_t line);

/* Asserts the status, and that the error's text has a part. */
void csv_fails(const char *text, kpi_status status, const char *part);

/* The interaction's only visit, which lives until the next call. */
const kpi_interaction *csv_get(const char *id);
const kpi_visit *csv_visit(const char *id);

#endif
