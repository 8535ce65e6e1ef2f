/* SPDX-License-Identifier: MIT */
#include "ingest/queue_log_report.h"

#include <string.h>

static const char *const reasons[] = {
	[KPI__QLOG_EMPTY] = "an empty line",
	[KPI__QLOG_LONG] = "longer than 65536 bytes",
	[KPI__QLOG_FIELDS] = "fewer than five fields, or no event",
	[KPI__QLOG_TIME] = "not a number of seconds up to the year 9999",
	[KPI__QLOG_NO_CALL] = "a call's event without a call id",
	[KPI__QLOG_NO_AGENT] = "an agent's event without an agent",
	[KPI__QLOG_NO_BEGINNING] = "an end without a beginning and its times",
	[KPI__QLOG_TWICE] = "the end of a visit told twice",
	[KPI__QLOG_MANY_VISITS] = "more than 1000 visits of one call",
	[KPI__QLOG_FULL_CALL] = "more than 65535 visits of one call",
};

#define MORE_VERBS "other verbs"

static void
count_line(kpi_report_reason *reason, uint64_t number)
{
	const size_t room = sizeof(reason->first) / sizeof(*reason->first);

	if (reason->lines < room)
		reason->first[reason->lines] = number;
	reason->lines++;
}

/* The last place gathers what the others have no room for. */
static void
count_under(kpi_report_reason list[KPI_REPORT_REASONS], uint64_t *count,
    const char *text, uint64_t number)
{
	for (uint64_t i = 0; i < *count; i++)
		if (list[i].reason == text) {
			count_line(&list[i], number);
			return;
		}
	if (*count == KPI_REPORT_REASONS) {
		count_line(&list[*count - 1], number);
		return;
	}
	list[*count].reason =
	    *count == KPI_REPORT_REASONS - 1 ? MORE_VERBS : text;
	count_line(&list[(*count)++], number);
}

void
kpi__qlog_count_damaged(kpi_queue_log_report *report, int why, uint64_t number)
{
	count_under(
	    report->damaged, &report->reason_count, reasons[why], number);
}

void
kpi__qlog_count_other(
    kpi_queue_log_report *report, const char *verb, uint64_t number)
{
	count_under(report->other, &report->other_count, verb, number);
}

static int
stands_before(const kpi_report_reason *a, const kpi_report_reason *b)
{
	if (a->lines != b->lines)
		return a->lines > b->lines;
	return a->first[0] < b->first[0];
}

static void
sort(kpi_report_reason *list, uint64_t count)
{
	for (uint64_t i = 1; i < count; i++)
		for (uint64_t k = i;
		     k > 0 && stands_before(&list[k], &list[k - 1]); k--) {
			const kpi_report_reason swap = list[k];

			list[k] = list[k - 1];
			list[k - 1] = swap;
		}
}

void
kpi__qlog_sort_reasons(kpi_queue_log_report *report)
{
	sort(report->damaged, report->reason_count);
	sort(report->other, report->other_count);
}
