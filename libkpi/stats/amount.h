/* SPDX-License-Identifier: MIT */
/* amount.h - numbers that a formula takes, checked by their range. */
#ifndef KPI_STATS_AMOUNT_H
#define KPI_STATS_AMOUNT_H

#include <kpi/base.h>

struct kpi__amount {
	const char *name;
	double least, most;
};

/* KPI_EINVAL, which names it, unless it is within its range. */
kpi_status kpi__amount_check(
    const struct kpi__amount *a, double value, kpi_error *error) KPI_MUST_CHECK;

/* The same unless it is more than 0 and less than `below`. */
kpi_status kpi__amount_within(const char *name, double value, double below,
    kpi_error *error) KPI_MUST_CHECK;

/* value <= most and value >= least, or so within 1e-12 of them. */
int kpi__at_most(double value, double most);
int kpi__at_least(double value, double least);

#endif
