/* SPDX-License-Identifier: MIT */
/* naive_clusters.h - bounds by clusters, written out over the figures of the
 * clusters themselves. */
#ifndef KPI_TESTS_NAIVE_CLUSTERS_H
#define KPI_TESTS_NAIVE_CLUSTERS_H

#include <kpi.h>

#define NAIVE_CLUSTERS 4096

/* Sums over the clusters of one group. */
typedef struct naive_clusters {
	uint32_t clusters;
	long double x, n;
	long double at[NAIVE_CLUSTERS][2];
} naive_clusters;

/* The figures that make up a group: what of `fine`, whose rows are of a day or
 * a customer each, lies in a row of `coarse`. */
void naive_gather(naive_clusters *to, const kpi_result *coarse, uint64_t row,
    const kpi_result *fine);

/*
 * Fails unless the bounds are R +- t sqrt(C/(C-1) sum (X_c - R N_c)^2) / N, on
 * the scale of a figure of that kind, or "an hour"; none of fewer than 5.
 */
void naive_check(const naive_clusters *of, const char *kind,
    const kpi_figure *figure, double lower, double upper, const char *said);

#endif
