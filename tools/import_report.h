/* SPDX-License-Identifier: MIT */
/* import_report.h - what came of reading a file, for people. */
#ifndef KPI_TOOL_IMPORT_REPORT_H
#define KPI_TOOL_IMPORT_REPORT_H

#include <kpi.h>

void import_report_print(const char *name, const kpi_queue_log_report *r);

/* The lines of any such report: "  rows  51708  and a remark", a part of the
 * line before with its count, and words below its remark. */
void import_put_count(const char *name, uint64_t count, const char *remark);
void import_put_part(uint64_t count, const char *text);
void import_put_text(const char *text);

#endif
