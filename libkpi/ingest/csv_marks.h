/* SPDX-License-Identifier: MIT */
/* csv_marks.h - where the bytes stand that cut a CSV into rows and cells. */
#ifndef KPI_INGEST_CSV_MARKS_H
#define KPI_INGEST_CSV_MARKS_H

#include <stddef.h>
#include <stdint.h>

/*
 * Writes to `mark`, in order, the places in [from, until) of newlines, quotes
 * and separators; there is room for all bytes. Returns how many there are.
 */
uint32_t kpi__csv_marks(const char *bytes, uint32_t from, uint32_t until,
    char separator, uint32_t *mark);

/* The same in its plainest form, for tests. */
uint32_t kpi__csv_marks_plain(const char *bytes, uint32_t from, uint32_t until,
    char separator, uint32_t *mark);

#endif
