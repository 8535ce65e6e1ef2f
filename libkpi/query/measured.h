/* SPDX-License-Identifier: MIT */
/* measured.h - numbers of whole interactions that are added up: marks and times
 * of the desk. */
#ifndef KPI_QUERY_MEASURED_H
#define KPI_QUERY_MEASURED_H

#include "query/batch.h"

enum kpi__measured {
	KPI__MEASURED_QUALITY,    /* the reviewer's mark, millionths */
	KPI__MEASURED_REPLY,      /* ms from the start to the first one */
	KPI__MEASURED_RESOLUTION, /* to the last one */
	KPI__MEASURED_FIRST_RESOLUTION
};

/* KPI_UNKNOWN where there is none; times are below 0 where the end is given
 * before the start. */
const int64_t *kpi__batch_measured(kpi__batch *b, int64_t what);

/* The same as short values (kernel.h); NULL if one of them is not short. */
const uint32_t *kpi__batch_short_measured(kpi__batch *b, int64_t what);

/* When each interaction was first replied to: as is given, else when its first
 * answered row was answered. */
const int64_t *kpi__batch_replies(kpi__batch *b);

#endif
