/* SPDX-License-Identifier: MIT */
/* check_run.h - whether runs find all that they should, and nothing else. */
#ifndef KPI_STORE_CHECK_RUN_H
#define KPI_STORE_CHECK_RUN_H

#include "store/state.h"

/* Who may stop a check; each few milliseconds `stop` is asked, if there is
 * any. */
typedef struct kpi__checking {
	kpi_stop stop;
	void *ctx;
} kpi__checking;

kpi_status kpi__check_texts(const kpi__snapshot *snapshot,
    const kpi__checking *checking, kpi_error *error) KPI_MUST_CHECK;
kpi_status kpi__check_ids(const kpi__snapshot *snapshot,
    const kpi__checking *checking, kpi_error *error) KPI_MUST_CHECK;

#endif
