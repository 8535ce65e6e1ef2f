/* SPDX-License-Identifier: MIT */
/* check_run.h - whether runs find all that they should, and nothing else. */
#ifndef KPI_STORE_CHECK_RUN_H
#define KPI_STORE_CHECK_RUN_H

#include "store/state.h"

kpi_status kpi__check_texts(
    const kpi__snapshot *snapshot, kpi_error *error) KPI_MUST_CHECK;
kpi_status kpi__check_ids(
    const kpi__snapshot *snapshot, kpi_error *error) KPI_MUST_CHECK;

#endif
