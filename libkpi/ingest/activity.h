/* SPDX-License-Identifier: MIT */
/* activity.h - what an agent did, into the store. */
#ifndef KPI_INGEST_ACTIVITY_H
#define KPI_INGEST_ACTIVITY_H

#include <kpi/store.h>

/*
 * As kpi_store_add_activity(). With only_completes what is kept stays, but one
 * that goes on, whose end has become known.
 */
kpi_status kpi__activity_add(kpi_store *store, const kpi_activity *activity,
    int only_completes, kpi_error *error) KPI_MUST_CHECK;

#endif
