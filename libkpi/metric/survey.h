/* SPDX-License-Identifier: MIT */
/*
 * survey.h - answers to surveys, as keys of a scan. A class is the mark
 * itself; what is no answer is outside, what is on another scale is mixed.
 */
#ifndef KPI_METRIC_SURVEY_H
#define KPI_METRIC_SURVEY_H

#include "metric/claim.h"

/* Which answers are meant. */
typedef struct kpi__question {
	int32_t field;       /* the mark */
	int32_t told_by;     /* field that tells the scale; 0: none does */
	int64_t least, most; /* marks of the scale */
	int64_t told;        /* what `told_by` is on this scale, where known */
	int32_t per;         /* enum kpi__per */
} kpi__question;

/* Stream, keys and classes; figure and sums are left to the caller. */
void kpi__claim_answers(kpi__claim *claim, const kpi__question *question);

/* Marks from the lowest to the highest, both included, as a set. */
uint64_t kpi__marks(int64_t least, int64_t most);

/* The lowest satisfied and the highest dissatisfied mark of a scale: as they
 * are set, or where that is automatic by the scale. */
int64_t kpi__csat_top(int64_t top, int64_t least, int64_t most);
int64_t kpi__csat_bottom(int64_t bottom, int64_t least, int64_t most);

/* One set of marks, of all marks. */
void kpi__claim_marked(kpi__claim *claim, const kpi__question *question,
    uint64_t counted);

/* One set of marks less another, of all marks, in points. */
void kpi__claim_balance(kpi__claim *claim, const kpi__question *question,
    uint64_t detractors, uint64_t promoters);

/* The mean of the marks. */
void kpi__claim_mean_mark(
    kpi__claim *claim, const kpi__question *question);

#endif
