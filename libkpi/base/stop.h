/* SPDX-License-Identifier: MIT */
/* stop.h - asking the caller whether to go on. */
#ifndef KPI_BASE_STOP_H
#define KPI_BASE_STOP_H

#include <kpi/base.h>

/* KPI_ESTOPPED if the caller's function, which may be NULL, asks for it. */
kpi_status kpi__stopped(kpi_stop stop, void *ctx, uint64_t done,
    uint64_t total, kpi_error *error) KPI_MUST_CHECK;

#endif
