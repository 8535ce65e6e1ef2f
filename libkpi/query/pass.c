/* SPDX-License-Identifier: MIT */
#include "query/pass.h"

#include <string.h>

#include "base/error.h"

/* The slowest questions take half a millisecond a batch. */
#define BATCHES_BETWEEN_STOPS 16

void
kpi__pass_begin(kpi__pass *p, const kpi__snapshot *snapshot,
    const kpi_query *query, int64_t as_of, uint32_t vectors)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status;

	memset(p, 0, sizeof(*p));
	p->query = query;
	p->parts = kpi__snapshot_parts(snapshot);
	status = kpi__batch_init(&p->batch, snapshot, as_of, vectors, &error);
	if (status != KPI_OK) {
		p->batch.status = status;
		p->batch.error = error;
	}
}

static int
begin_part(kpi__pass *p)
{
	kpi__batch *b = &p->batch;

	while (p->skips != NULL && p->part < p->parts &&
	    p->skips(p->ctx, kpi__snapshot_part(b->snapshot, p->part)))
		p->part++;
	if (p->part == p->parts)
		return 0;
	kpi__batch_part(b, p->part);
	p->sifts = p->sieve != NULL && kpi__sieve_part(p->sieve, b);
	p->in_part = 1;
	return 1;
}

kpi__batch *
kpi__pass_next(kpi__pass *p)
{
	kpi__batch *b = &p->batch;

	while (b->status == KPI_OK && (p->in_part || begin_part(p))) {
		if (p->batches++ % BATCHES_BETWEEN_STOPS == 0) {
			b->status = kpi__query_stopped(
			    p->query, p->part, p->parts, &b->error);
			if (b->status != KPI_OK)
				return NULL;
		}
		if (p->sifts ? kpi__sieve_next(p->sieve, b, p->picked)
			     : kpi__batch_next(b))
			return b;
		p->in_part = 0;
		p->part++;
	}
	return NULL;
}

kpi_status
kpi__pass_end(kpi__pass *p, kpi_error *error)
{
	const kpi_status status = p->batch.status;

	if (status != KPI_OK)
		(void)kpi__fail_as(error, &p->batch.error);
	kpi__batch_free(&p->batch);
	return status;
}
