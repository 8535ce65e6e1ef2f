/* SPDX-License-Identifier: MIT */
/* known.h - sums of what may be unknown. */
#ifndef KPI_QUERY_KNOWN_H
#define KPI_QUERY_KNOWN_H

#include "query/batch.h"

static inline int64_t
sum_known(int64_t a, int64_t b)
{
	return a == KPI_UNKNOWN || b == KPI_UNKNOWN ? KPI_UNKNOWN : a + b;
}

static inline int64_t
or_zero(int64_t a)
{
	return a == KPI_UNKNOWN ? 0 : a;
}

/* A unit is one row. */
static inline int
is_one(const kpi__batch *b, int space)
{
	return space == KPI__ROW_SPACE || b->row_of == NULL;
}

#endif
