/* SPDX-License-Identifier: MIT */
#include "import_report.h"

#include <inttypes.h>
#include <stdio.h>

#include "output.h"

#define FIRST (sizeof(((kpi_report_reason *)0)->first) / sizeof(uint64_t))

/* The column in which remarks begin. */
#define REMARK 26

void
import_put_count(const char *name, uint64_t count, const char *remark)
{
	(void)printf("  %-12s %9" PRIu64 "%s%s\n", name, count,
	    remark[0] == '\0' ? "" : "  ", remark);
}

void
import_put_part(uint64_t count, const char *text)
{
	(void)printf("  %-12s %9" PRIu64 "  ", "", count);
	put_wrapped(text, REMARK);
}

void
import_put_text(const char *text)
{
	(void)printf("%*s", REMARK, "");
	put_wrapped(text, REMARK);
}

static uint64_t
sum(const kpi_report_reason *list, uint64_t count)
{
	uint64_t lines = 0;

	for (uint64_t i = 0; i < count; i++)
		lines += list[i].lines;
	return lines;
}

/* "       6  not a number of seconds: lines 1902, 3103, 4304, 6706, ..." */
static void
put_reason(const kpi_report_reason *r)
{
	char text[256];
	size_t size = (size_t)snprintf(text, sizeof(text), "%.100s: line%s",
	    r->reason, r->lines == 1 ? "" : "s");

	for (size_t i = 0; i < FIRST && r->first[i] != 0; i++)
		size += (size_t)snprintf(text + size, sizeof(text) - size,
		    "%s %" PRIu64, i == 0 ? "" : ",", r->first[i]);
	(void)snprintf(text + size, sizeof(text) - size, "%s",
	    r->lines > FIRST ? ", ..." : "");
	import_put_part(r->lines, text);
}

static void
put_damaged(const kpi_report_reason *list, uint64_t count)
{
	if (count == 0)
		return;
	import_put_count("damaged", sum(list, count), "lines, not used:");
	for (uint64_t i = 0; i < count; i++)
		put_reason(&list[i]);
}

/* "RINGNOANSWER=160, AGENTDUMP=7" */
static void
put_other(const kpi_report_reason *list, uint64_t count)
{
	char text[1024] = "";
	size_t size = 0;

	if (count == 0)
		return;
	for (uint64_t i = 0; i < count && size < sizeof(text); i++)
		size += (size_t)snprintf(text + size, sizeof(text) - size,
		    "%s%s=%" PRIu64, i == 0 ? "" : ", ", list[i].reason,
		    list[i].lines);
	import_put_count(
	    "other", sum(list, count), "lines that say nothing for a KPI:");
	import_put_text(text);
}

/* "behind  3:00:00" */
static void
put_behind(uint64_t ms)
{
	const uint64_t s = ms / 1000;
	char time[40];

	(void)snprintf(time, sizeof(time), "%" PRIu64 ":%02u:%02u", s / 3600,
	    (unsigned)(s / 60 % 60), (unsigned)(s % 60));
	(void)printf("  %-12s %9s  ", "behind", time);
	put_wrapped("it begins so long before the end of what other files "
		    "told: unless it is a copy of them, agents' log-ins and "
		    "breaks may be wrong",
	    REMARK);
}

void
import_report_print(const char *name, const kpi_queue_log_report *r)
{
	put_padded(name, 0);
	(void)putchar('\n');
	import_put_count("lines", r->lines, r->lines == 0 ? "nothing new" : "");
	import_put_count("visits", r->visits, "");
	import_put_count("interactions", r->interactions, "");
	import_put_count("activities", r->activities, "");
	import_put_count(
	    "open", r->open, r->open == 0 ? "" : "calls that go on at the end");
	if (r->unfinished > 0)
		import_put_count("unfinished", r->unfinished,
		    "bytes after the last newline, left for later");
	if (r->replaced_text > 0)
		import_put_count("replaced", r->replaced_text,
		    "texts with bytes that are no UTF-8");
	if (r->behind_ms > 0)
		put_behind(r->behind_ms);
	put_damaged(r->damaged, r->reason_count);
	put_other(r->other, r->other_count);
}
