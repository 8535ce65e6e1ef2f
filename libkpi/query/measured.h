/* SPDX-License-Identifier: MIT */
/* measured.h - numbers of whole interactions that are added up: marks, times
 * of the desk, and costs. */
#ifndef KPI_QUERY_MEASURED_H
#define KPI_QUERY_MEASURED_H

#include "query/batch.h"
#include "query/business.h"

enum kpi__measured {
	KPI__MEASURED_QUALITY,    /* the reviewer's mark, millionths */
	KPI__MEASURED_REPLY,      /* ms from the start to the first one */
	KPI__MEASURED_RESOLUTION, /* to the last one */
	KPI__MEASURED_FIRST_RESOLUTION,
	KPI__MEASURED_COST /* its own */
};

/* Beside a time: of it what is of business. */
#define KPI__IN_BUSINESS_TIME 8

/* KPI_UNKNOWN where there is none; times are below 0 where the end is given
 * before the start. */
const int64_t *kpi__batch_measured(kpi__batch *b, int64_t what);

/* The same as short values (kernel.h); NULL if one of them is not short. */
const uint32_t *kpi__batch_short_measured(kpi__batch *b, int64_t what);

/* How much time of business lies between each interaction's start and as_of.
 */
const int64_t *kpi__batch_business_ages(kpi__batch *b);

/* The clock of a batch's interactions. */
kpi__clock kpi__batch_clock(kpi__batch *b, int in_business_time);

/* When each interaction was first replied to: as is given, else when its first
 * answered row was answered. */
const int64_t *kpi__batch_replies(kpi__batch *b);

#endif
