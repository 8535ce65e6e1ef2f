/* SPDX-License-Identifier: MIT */
/* neighbours.h - each contact judged by its neighbours, as the metric asks. */
#ifndef KPI_METRIC_NEIGHBOURS_H
#define KPI_METRIC_NEIGHBOURS_H

#include "metric/silence.h"

/* Walks by customer; keys are enum kpi__silence, or KPI__CLASS_OUTSIDE for
 * what is no unit. Whoever walks by case sets walk_by after it. */
void kpi__claim_neighbours(kpi__claim *claim);

#endif
