/* SPDX-License-Identifier: MIT */
/*
 * chart.h - control charts: whether a series of figures varies as it always
 * does, or something has happened.
 */
#ifndef KPI_CHART_H
#define KPI_CHART_H

#include <kpi/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What the limits stand around. */
#define KPI_CENTRE_MEAN   1
#define KPI_CENTRE_MEDIAN 2

/*
 * The limits of a chart of individual values and moving ranges (XmR), in the
 * unit of the values.
 */
typedef struct kpi_control_limits {
	uint64_t size;
	double centre;      /* mean or median of the values */
	double lower;       /* natural process limits: values outside of them */
	double upper;       /* are more than noise */
	double range;       /* mean or median of the moving ranges */
	double range_limit; /* a moving range above it is more than noise */
	uint64_t values;    /* that are known */
	uint64_t ranges;    /* between two known ones that are adjacent */
} kpi_control_limits;

/* clang-format off */
#define KPI_CONTROL_LIMITS_INIT { sizeof(kpi_control_limits), 0, 0, 0, 0, 0, 0, \
	0 }
/* clang-format on */

/*
 * The limits of a series in the order of time; what is not finite is a bucket
 * without data, across which there is no moving range. Around the mean they
 * are mean +- 2.660 mR and 3.268 mR of the mean moving range mR, around the
 * median 3.145 and 3.865 of the median one. Use buckets that are alike: weeks,
 * or one weekday; working days mixed with weekends give useless limits.
 * KPI_ENOTFOUND: no two adjacent values are known; KPI_EINVAL: another
 * `centre`, or a struct whose size is not set; KPI_EOVERFLOW: limits, or sums of
 * the values, that a double does not hold; KPI_ENOMEM. On failure *out is
 * unchanged.
 *
 * D. J. Wheeler, Understanding Variation, 2nd edition (2000).
 */
KPI_API kpi_status kpi_control_limits_of(kpi_control_limits *out,
    const double *values, uint64_t count, int32_t centre,
    kpi_error *error) KPI_MUST_CHECK;

/* What a value signals. */
#define KPI_SIGNAL_OUTSIDE 1 /* above the upper limit, or below the lower */
#define KPI_SIGNAL_RANGE   2 /* too far from the value before */
#define KPI_SIGNAL_RUN     4 /* one of a run on one side of the centre */

/* How many in a row are a run, as is usual. */
#define KPI_CHART_RUN 8

/*
 * What each value signals against the limits, of these values or of earlier
 * ones: out[0..count) become masks of KPI_SIGNAL_, 0 where it is noise.
 * OUTSIDE: beyond `lower` or `upper`. RANGE: the moving range from the value
 * before is above `range_limit`. RUN: one of `chart_run` (5 to 20, usually
 * KPI_CHART_RUN) or more adjacent values strictly on one side of `centre`; all
 * of a run have it. What is not finite signals nothing, has no range beside it
 * and ends a run, as does a value on the centre. Of the limits only the four
 * named here are read, so that they may be made by hand.
 * KPI_EINVAL: another `chart_run`, a limit that is not a number, limits whose
 * size is not set; KPI_ENOTSUP: limits with a field that this release does not
 * know. On failure *out is unchanged.
 *
 * D. J. Wheeler, Understanding Variation, 2nd edition (2000).
 */
KPI_API kpi_status kpi_control_signals_of(uint32_t *out,
    const kpi_control_limits *limits, const double *values, uint64_t count,
    int32_t chart_run, kpi_error *error) KPI_MUST_CHECK;

#ifdef __cplusplus
}
#endif

#endif
