/* SPDX-License-Identifier: MIT */
/* pass.h - all batches of a snapshot, part by part. */
#ifndef KPI_QUERY_PASS_H
#define KPI_QUERY_PASS_H

#include "query/query.h"
#include "query/sieve.h"

typedef struct kpi__pass {
	kpi__batch batch;
	const kpi_query *query; /* whose function may stop it; NULL: none's */
	int (*skips)(const void *ctx, const kpi__part *part);
	const void *ctx;
	const kpi__sieve *sieve;
	uint32_t part, parts, batches;
	int in_part, sifts;
	uint32_t picked[KPI__BATCH_ROWS];
} kpi__pass;

/*
 * Begins a pass; `vectors` as for kpi__batch_init(). What fails, here too, is
 * in the batch's status, which ends the pass. The caller may set `skips`: it
 * says of which parts nothing is wanted; and a sieve, which leaves out of the
 * others what it does not keep.
 */
void kpi__pass_begin(kpi__pass *pass, const kpi__snapshot *snapshot,
    const kpi_query *query, int64_t as_of, uint32_t vectors);

/* The next batch; NULL at the end, after a failure, or if the query's function
 * asks to stop (KPI_ESTOPPED), which is called each few batches. */
kpi__batch *kpi__pass_next(kpi__pass *pass);

/* Frees what the pass holds, and hands on what failed. */
kpi_status kpi__pass_end(kpi__pass *pass, kpi_error *error) KPI_MUST_CHECK;

#endif
