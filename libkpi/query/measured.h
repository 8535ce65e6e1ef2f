/* SPDX-License-Identifier: MIT */
/*
 * measured.h - numbers of whole interactions that are added up as their handle
 * times are: kpi__batch_handles() has them too, under these bits beside those
 * of the parts, each alone.
 */
#ifndef KPI_QUERY_MEASURED_H
#define KPI_QUERY_MEASURED_H

#include "query/batch.h"

enum kpi__measured_bit {
	KPI__MEASURED_QUALITY = 1 << 16 /* the reviewer's mark, millionths */
};

#define KPI__MEASURED KPI__MEASURED_QUALITY

/* KPI_UNKNOWN where there is none. */
const int64_t *kpi__batch_measured(kpi__batch *b, int64_t what);

/* The same as short values (kernel.h); NULL if one of them is not short. */
const uint32_t *kpi__batch_short_measured(kpi__batch *b, int64_t what);

#endif
