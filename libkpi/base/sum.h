/* SPDX-License-Identifier: MIT */
/*
 * sum.h - what is gathered for a definition in each group. Every sum is a
 * kpi__wide; when results merge they add, but for GREATEST.
 */
#ifndef KPI_BASE_SUM_H
#define KPI_BASE_SUM_H

#include <stdint.h>

/* Numbers are the saved form's: append, never reuse. */
enum kpi__sum {
	KPI__SUM_UNKNOWN,     /* excluded, by reason, in parts */
	KPI__SUM_IN_PROGRESS,
	KPI__SUM_TRUNCATED,
	KPI__SUM_IMMATURE,
	KPI__SUM_NOT_COUNTED,
	KPI__SUM_MIXED,       /* units on another scale: above 0 is mixed */
	KPI__SUM_KNOWN,       /* units with a known value: 0 is no data */
	KPI__SUM_DENOMINATOR, /* in parts */
	KPI__SUM_NUMERATOR,   /* in parts; a mean's: the sum of values, in parts */
	KPI__SUM_WEIGHTS,     /* of squared shares over the denominator */
	KPI__SUM_SQUARES,     /* of a mean's values (of its clusters' totals) */
	KPI__SUM_CLUSTERS,    /* how many clusters, where they are not the units */
	KPI__SUM_CROSS,       /* of cluster total x cluster size */
	KPI__SUM_SIZES,       /* of squared cluster sizes */
	KPI__SUM_DETRACTORS,  /* of a balance, in parts */
	KPI__SUM_GREATEST,    /* value, never below 0; 0 of none: merges by
				 maximum */
	KPI__SUM_NO_ACTIVITY, /* excluded: time of who is known to have done nothing */
	KPI__SUM_VERDICT_CLUSTERS, /* as above, of the verdict's clusters */
	KPI__SUM_VERDICT_SQUARES,
	KPI__SUM_VERDICT_CROSS,
	KPI__SUM_VERDICT_SIZES,
	KPI__SUM_QUANTILE, /* in millionths of the value's unit */
	KPI__SUM_LOWER,    /* of it, a value and 1; 0: there is none */
	KPI__SUM_UPPER,
	KPI__SUM_AWAITED,  /* of the immature, who still lack their value: where
			      they are more than 5 % so is the figure */
	KPI__SUM_TIMES,    /* what a rate's denominator is a mean over */
	KPI__SUM_YEARS,    /* of a rate a year: KPI__MONTH a whole month */
	KPI__SUM_EXPENSES, /* how many have a part in the numerator */
	KPI__SUM_POOL,     /* of them what is to be allocated, in minor units */
	KPI__SUM_BASE,     /* by what: allocation.h */
	KPI__SUMS
};

#define KPI__SUM_BIT(sum) (UINT32_C(1) << KPI__SUM_##sum)

#endif
