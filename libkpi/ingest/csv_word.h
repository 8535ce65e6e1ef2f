/* SPDX-License-Identifier: MIT */
/* csv_word.h - cells that are words: outcomes, directions, yes and no. */
#ifndef KPI_INGEST_CSV_WORD_H
#define KPI_INGEST_CSV_WORD_H

#include "store/field.h"

/* Whether the cells of a field are words. */
int kpi__csv_is_worded(const kpi__field *field);

/* What a word means for such a field, whatever its case and punctuation;
 * KPI_UNKNOWN: it is none. */
int64_t kpi__csv_word(const kpi__field *field, const char *text, size_t size);

/* What a cell of any field may say, in words. */
const char *kpi__csv_words(const kpi__field *field);

#endif
