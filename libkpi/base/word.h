/* SPDX-License-Identifier: MIT */
/* word.h - the names of codes: dimensions, outcomes, buckets, states. */
#ifndef KPI_BASE_WORD_H
#define KPI_BASE_WORD_H

#include <kpi/catalogue.h>

typedef struct kpi__word {
	int32_t number; /* KPI_BY_, KPI_OUTCOME_, ... */
	const char *name;
	const char *sentence;
} kpi__word;

/*
 * The words of KPI_TABLE_DIMENSIONS, _OUTCOMES, _BUCKETS, _STATES,
 * _DIRECTIONS, _TRANSFERS or _ACTIVITIES, by number; NULL and 0 for any other
 * table.
 */
const kpi__word *kpi__words(int32_t table, size_t *count);

/* The name of a code in one of these tables; NULL if it has none. */
const char *kpi__word_name(int32_t table, int64_t number);

/* Its sentence; NULL if it has none. */
const char *kpi__word_sentence(int32_t table, int64_t number);

/* The code of `size` bytes of name; KPI_UNKNOWN if there is none. */
int64_t kpi__word_number(int32_t table, const char *name, size_t size);

#endif
