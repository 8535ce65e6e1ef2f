/* SPDX-License-Identifier: MIT */
#include "query/resolution.h"

kpi__resolution
kpi__resolution_of(int64_t flag, int64_t at, int64_t first_at, int64_t reopened,
    int first, int64_t as_of)
{
	kpi__resolution r = { at, KPI__SAID_NOTHING };

	if (first && first_at != KPI_UNKNOWN)
		r.at = first_at;
	if (flag == KPI_UNKNOWN && r.at == KPI_UNKNOWN)
		return r;
	r.is = KPI__SAID_RESOLVED;
	if (r.at != KPI_UNKNOWN && r.at >= as_of)
		r.is = KPI__SAID_OPEN;
	/* What the first resolution was is not undone by a later opening. */
	if (first && r.at != KPI_UNKNOWN)
		return r;
	if (flag == 0)
		r.is = KPI__SAID_OPEN;
	if (reopened != KPI_UNKNOWN && at != KPI_UNKNOWN && reopened > at &&
	    reopened < as_of)
		r.is = KPI__SAID_OPEN;
	return r;
}

void
kpi__each_resolution(kpi__batch *b, int first, int64_t as_of,
    void (*take)(void *ctx, uint32_t i, int64_t start, kpi__resolution r),
    void *ctx)
{
	const int space = KPI__WHOLE_SPACE;
	const int64_t *flag =
	    kpi__batch_integers(b, KPI_FIELD_RESOLVED, space);
	const int64_t *at =
	    kpi__batch_integers(b, KPI_FIELD_RESOLVED_AT, space);
	const int64_t *first_at =
	    kpi__batch_integers(b, KPI_FIELD_FIRST_RESOLVED_AT, space);
	const int64_t *reopened =
	    kpi__batch_integers(b, KPI_FIELD_REOPENED_AT, space);
	const int64_t *start =
	    kpi__batch_integers(b, KPI_FIELD_STARTED_AT, space);

	for (uint32_t i = 0; i < b->wholes; i++)
		take(ctx, i, start[i],
		    kpi__resolution_of(flag[i], at[i], first_at[i],
			reopened[i], first, as_of));
}
