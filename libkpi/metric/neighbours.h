/* SPDX-License-Identifier: MIT */
/* neighbours.h - each contact judged by its neighbours, as the metric asks. */
#ifndef KPI_METRIC_NEIGHBOURS_H
#define KPI_METRIC_NEIGHBOURS_H

#include "metric/silence.h"

/*
 * What a walk finds of a contact, as its key: so definitions that look for the
 * same neighbours share one walk and one count, and only the class of each key
 * tells what they ask.
 */
enum kpi__near {
	KPI__NEAR_COUNTED = 1,
	KPI__NEAR_UNKNOWN = 2,
	KPI__NEAR_TRUNCATED = 4,
	KPI__NEAR_WITHIN = 8,
	KPI__NEAR_IMMATURE = 16,
	KPI__NEAR_FOLLOWED = 32,
	KPI__NEAR_COUNTED_AFTER = 64,
	KPI__NEAR_ALONE = 128 /* of an unknown customer */
};

/*
 * Walks by customer or case. class_of, which has the class of each enum
 * kpi__silence, then has that of each key that the walk leaves; what is no
 * unit is KPI__CLASS_OUTSIDE. KPI_ENOMEM.
 */
kpi_status kpi__claim_neighbours(
    kpi__claim *claim, kpi_by walk_by, kpi_error *error) KPI_MUST_CHECK;

/*
 * Walks by customer for attempts that follow within the window, and leaves enum
 * kpi__near; classes, and what else makes a key, are the caller's. KPI_ENOMEM.
 */
kpi_status kpi__claim_followers(
    kpi__claim *claim, int64_t window, kpi_error *error) KPI_MUST_CHECK;

#endif
