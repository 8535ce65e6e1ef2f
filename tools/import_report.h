/* SPDX-License-Identifier: MIT */
/* import_report.h - what came of reading a file, for people. */
#ifndef KPI_TOOL_IMPORT_REPORT_H
#define KPI_TOOL_IMPORT_REPORT_H

#include <kpi.h>

void import_report_print(const char *name, const kpi_queue_log_report *r);

#endif
