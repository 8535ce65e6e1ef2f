/* SPDX-License-Identifier: MIT */
/* neighbours.h - each contact judged by its neighbours, as the metric asks. */
#ifndef KPI_METRIC_NEIGHBOURS_H
#define KPI_METRIC_NEIGHBOURS_H

#include "metric/silence.h"

/*
 * Walks by customer or case. class_of, which has the class of each enum
 * kpi__silence, then has that of each key that the walk leaves; what is no
 * unit is KPI__CLASS_OUTSIDE. KPI_ENOMEM.
 */
kpi_status kpi__claim_neighbours(
    kpi__claim *claim, kpi_by walk_by, kpi_error *error) KPI_MUST_CHECK;

#endif
