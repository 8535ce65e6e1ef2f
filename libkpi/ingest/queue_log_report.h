/* SPDX-License-Identifier: MIT */
/* queue_log_report.h - which lines of a queue_log were not used, and why. */
#ifndef KPI_INGEST_QUEUE_LOG_REPORT_H
#define KPI_INGEST_QUEUE_LOG_REPORT_H

#include <kpi/queue_log.h>

/* Why a line is damaged. */
#define KPI__QLOG_FINE         0
#define KPI__QLOG_EMPTY        1
#define KPI__QLOG_LONG         2
#define KPI__QLOG_FIELDS       3
#define KPI__QLOG_TIME         4
#define KPI__QLOG_NO_CALL      5
#define KPI__QLOG_NO_AGENT     6
#define KPI__QLOG_NO_BEGINNING 7
#define KPI__QLOG_TWICE        8
#define KPI__QLOG_MANY_VISITS  9
#define KPI__QLOG_FULL_CALL    10
#define KPI__QLOG_OTHER        11 /* not damaged, but it says nothing */

/* Counts one line; `number` is its number. */
void kpi__qlog_count_damaged(
    kpi_queue_log_report *report, int why, uint64_t number);

/* The same of a line that was understood and not used; `verb` is static. */
void kpi__qlog_count_other(
    kpi_queue_log_report *report, const char *verb, uint64_t number);

/* Puts the reasons in order: most lines first, then by first line. */
void kpi__qlog_sort_reasons(kpi_queue_log_report *report);

#endif
