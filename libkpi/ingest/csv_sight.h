/* SPDX-License-Identifier: MIT */
/* csv_sight.h - what the beginning of a CSV says of it. */
#ifndef KPI_INGEST_CSV_SIGHT_H
#define KPI_INGEST_CSV_SIGHT_H

#include <stddef.h>
#include <stdint.h>

/* The separator of which the first row has most outside of quotes, a comma if
 * it has none; *cells is how many it makes. */
char kpi__csv_separator(const char *bytes, size_t size, uint32_t *cells);

/* The size of UTF-8's mark in front; 0: none. */
size_t kpi__csv_mark(const char *bytes, size_t size);

/* The size of a first line "sep=;", as spreadsheets read it; 0: none. */
size_t kpi__csv_hint(const char *bytes, size_t size, char *separator);

#endif
