/* SPDX-License-Identifier: MIT */
/* reason.h - the system's codes in words. */
#ifndef KPI_BASE_REASON_H
#define KPI_BASE_REASON_H

/* Why a file was not opened, read or written, by errno; never NULL. */
const char *kpi__reason(int code);

#endif
