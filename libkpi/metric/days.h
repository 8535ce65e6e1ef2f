/* SPDX-License-Identifier: MIT */
/*
 * days.h - bounds by day of what a scan does not see by day: agents' time, and
 * contacts an hour of it. Such is measured once more, day by day.
 */
#ifndef KPI_METRIC_DAYS_H
#define KPI_METRIC_DAYS_H

#include "metric/claim.h"
#include "metric/sink.h"

/* Whether days are clusters of the claim's figure that it has to be measured
 * by once more. In buckets of a day or less there is nothing to find. */
int kpi__days_wanted(const kpi__claim *claim);

/*
 * Adds what each day of `days` adds to the bounds and the verdict of
 * `definition`, as which `index` of `days` was measured without either.
 * KPI_EOVERFLOW, KPI_ENOMEM.
 */
kpi_status kpi__days_add(kpi__sink *sink, const kpi_result *days,
    uint32_t index, uint32_t definition) KPI_MUST_CHECK;

#endif
