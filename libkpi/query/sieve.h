/* SPDX-License-Identifier: MIT */
/*
 * sieve.h - which interactions of a part may have a unit that is selected: of
 * one customer or of one day few have, and only these are looked at.
 */
#ifndef KPI_QUERY_SIEVE_H
#define KPI_QUERY_SIEVE_H

#include "query/select.h"

typedef struct kpi__sieve {
	const kpi__selector *selector; /* whose filters without unknown hold */
	int64_t from, until; /* of the start; KPI_UNKNOWN, INT64_MAX: open */
	int by_code;         /* there is such a filter */
} kpi__sieve;

/* Of what the streams select; the selector must live as long. */
void kpi__sieve_init(kpi__sieve *sieve, const kpi__selector *selector,
    const kpi__stream *streams, uint32_t count);

/* About how many of a part's interactions there are to look at, as if a column
 * of codes that is read to find them were an eighth of the work. */
uint64_t kpi__sieve_work(const kpi__sieve *sieve, const kpi__part *part);

/*
 * Narrows what is to come of a part that was just begun. Non-zero if batches
 * are to be asked for by kpi__sieve_next(), else by kpi__batch_next().
 */
int kpi__sieve_part(const kpi__sieve *sieve, kpi__batch *b);

/* As kpi__batch_next(); `picked` is room that the batch may use. */
int kpi__sieve_next(const kpi__sieve *sieve, kpi__batch *b,
    uint32_t picked[KPI__BATCH_ROWS]);

#endif
