/* SPDX-License-Identifier: MIT */
#include "queue_log_text.h"

#include <check.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "store/snapshot.h"

typedef struct lines {
	char **line;
	size_t count;
} lines;

static void
write_as(const char *path, const char *mode, const char *bytes, size_t size)
{
	FILE *f = fopen(path, mode);

	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(fwrite(bytes, 1, size, f), size);
	ck_assert_int_eq(fclose(f), 0);
}

void
log_write(const char *path, const char *bytes, size_t size)
{
	write_as(path, "wb", bytes, size);
}

void
log_append(const char *path, const char *bytes, size_t size)
{
	write_as(path, "ab", bytes, size);
}

kpi_store *
log_store(void)
{
	kpi_store *store;

	ck_assert_int_eq(kpi_store_open(&store, NULL, NULL, NULL), KPI_OK);
	return store;
}

kpi_queue_log_report
log_import(kpi_store *store, const char *path)
{
	kpi_queue_log_report report;
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status;

	memset(&report, 0, sizeof(report));
	report.size = sizeof(report);
	status = kpi_import_queue_log(store, path, NULL, &report, &error);
	ck_assert_msg(status == KPI_OK, "%s %s", error.field, error.text);
	return report;
}

static void
put(char **text, const char *format, ...)
{
	const size_t length = strlen(*text);
	va_list args, again;
	int added;

	va_start(args, format);
	va_copy(again, args);
	added = vsnprintf(NULL, 0, format, args);
	va_end(args);
	ck_assert_int_ge(added, 0);
	*text = realloc(*text, length + (size_t)added + 1);
	ck_assert_ptr_nonnull(*text);
	(void)vsnprintf(*text + length, (size_t)added + 1, format, again);
	va_end(again);
}

static void
put_seconds(char **text, const char *format, int64_t ms)
{
	if (ms == KPI_UNKNOWN)
		return;
	ck_assert_int_eq(ms % 1000, 0);
	put(text, format, ms / 1000);
}

static const char *const outcomes[] = { "?", "answered", "abandoned",
	"before_queue", "self_served", "overflowed", "timed_out", "exited",
	"voicemail", "emptied", "callback", "turned_away", "failed",
	"waiting" };

static void
put_visit(char **text, const kpi_visit *v)
{
	put(text, " %s/%s", v->queue == NULL ? "-" : v->queue,
	    v->agent == NULL ? "-" : v->agent);
	put_seconds(text, "@%" PRId64, v->entered_at);
	put(text, " %s", outcomes[v->outcome]);
	put_seconds(text, " %" PRId64, v->wait_ms);
	put_seconds(text, "(%" PRId64 ")", v->ring_ms);
	put_seconds(text, "+%" PRId64, v->talk_ms);
	put_seconds(text, ",%" PRId64, v->after_call_ms);
	/* Of a talk that is over it is known that there was none. */
	if (v->transfer !=
	    (v->outcome == KPI_OUTCOME_ANSWERED && v->talk_ms != KPI_UNKNOWN
		    ? KPI_TRANSFER_NONE
		    : KPI_UNKNOWN))
		put(text, " >%s",
		    v->transfer == KPI_TRANSFER_BLIND          ? "blind"
			: v->transfer == KPI_TRANSFER_ATTENDED ? "attended"
							       : "?");
}

static char *
empty(void)
{
	char *text = malloc(1);

	ck_assert_ptr_nonnull(text);
	*text = '\0';
	return text;
}

static void
keep(lines *all, char *line)
{
	all->line = realloc(all->line, (all->count + 1) * sizeof(*all->line));
	ck_assert_ptr_nonnull(all->line);
	all->line[all->count++] = line;
}

static void
keep_interaction(lines *all, const kpi_interaction *i)
{
	char *text = empty();
	const kpi_visit *v = i->visits;

	ck_assert_int_eq(i->direction, KPI_DIRECTION_INBOUND);
	ck_assert_str_eq(i->channel, "voice");
	put(&text, "%s", i->id);
	put_seconds(&text, "@%" PRId64, i->started_at);
	if (i->customer != NULL)
		put(&text, " %s", i->customer);
	put(&text, ":");
	for (uint64_t n = 0; n < i->visit_count; n++) {
		put_visit(&text, v);
		v = (const kpi_visit *)(const void *)((const char *)v +
		    i->visits->size);
		put(&text, n + 1 < i->visit_count ? ";" : "\n");
	}
	keep(all, text);
}

static int
keep_activity(void *ctx, const kpi_activity *a)
{
	char *text;

	if (a->ended_at == a->started_at)
		return 0;
	text = empty();
	put(&text, "%s %s", a->agent,
	    a->state == KPI_ACTIVITY_READY       ? "ready"
		: a->state == KPI_ACTIVITY_BREAK ? "break"
						 : "?");
	put_seconds(&text, " %" PRId64 "-", a->started_at);
	put_seconds(&text, "%" PRId64, a->ended_at);
	put(&text, "\n");
	keep(ctx, text);
	return 0;
}

static int
compare(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void
keep_part(lines *all, const kpi__snapshot *snapshot, uint32_t number)
{
	const kpi__part *const part = kpi__snapshot_part(snapshot, number);

	for (uint32_t i = 0; i < part->interactions; i++) {
		kpi_record *record;

		if (part->dead != NULL && part->dead[i / 64] >> i % 64 & 1)
			continue;
		ck_assert_int_eq(
		    kpi__snapshot_record(snapshot, number, i, &record, NULL),
		    KPI_OK);
		keep_interaction(all, kpi_record_interaction(record));
		kpi_record_free(record);
	}
}

char *
log_dump(kpi_store *store)
{
	lines all = { NULL, 0 };
	kpi__snapshot *snapshot;
	char *text = empty();
	size_t calls;

	ck_assert_int_eq(kpi__snapshot_take(&snapshot, store, NULL), KPI_OK);
	for (uint32_t i = 0; i < kpi__snapshot_parts(snapshot); i++)
		keep_part(&all, snapshot, i);
	kpi__snapshot_release(snapshot);
	calls = all.count;
	if (calls > 0)
		qsort(all.line, calls, sizeof(*all.line), compare);
	ck_assert_int_eq(
	    kpi_store_activities(store, keep_activity, &all, NULL), KPI_OK);
	if (all.count > calls)
		qsort(all.line + calls, all.count - calls, sizeof(*all.line),
		    compare);
	for (size_t i = 0; i < all.count; i++) {
		put(&text, "%s", all.line[i]);
		free(all.line[i]);
	}
	free(all.line);
	return text;
}

const char log_sample[] = "1000|NONE|NONE|NONE|QUEUESTART\n"
			  "1001|NONE|q|a|ADDMEMBER|\n"
			  "1001|NONE|r|a|ADDMEMBER|PAUSED\n"
			  "1002|1.1|q||ENTERQUEUE||5551|1\n"
			  "1003|1.2|q||ENTERQUEUE|http://x|5552|2|Name\n"
			  "1005|NONE|r|a|UNPAUSE|\n"
			  "1006|1.1|q|a|RINGNOANSWER|4000\n"
			  "\n"
			  "1010|1.1|q|a|CONNECT|8|m.1|3\n"
			  "1012|1.2|q|NONE|EXITEMPTY|1|2|9\n"
			  "1012|1.2|q|NONE|ABANDON|1|2|9\n"
			  "1013|1.2|r||ENTERQUEUE||5552|1\n"
			  "1014|1.3|q||ENTERQUEUE|||1\n"
			  "1020|1.1|q|a|BLINDTRANSFER|200|x|8|10|1\n"
			  "1020|1.1|r||ENTERQUEUE||5551|2\n"
			  "damaged\n"
			  "1021|1.1|r|b|CONNECT|1|m.2|1\n"
			  "1022|1.3|q|a|CONNECT|8|m.3|3\n"
			  "1030|1.9|q|a|COMPLETECALLER|8|8|1\n"
			  "1031|NONE|NONE|b|PAUSEALL|lunch\n"
			  "1031|NONE|q|b|PAUSE|lunch\n"
			  "1035|1.2|r|b|AGENTDUMP\n"
			  "1040|1.4|q||ENTERQUEUE||5554|1\n"
			  "1041|NONE|NONE|NONE|QUEUESTART\n"
			  "1050|NONE|q|a|ADDMEMBER|\n"
			  "1060|1.4|q||ENTERQUEUE||5554|1\n"
			  "1061|NONE|q|c|UNPAUSE|\n"
			  "1062|1.5|q|b|COMPLETEAGENT|10|20|1\n"
			  "1063|NONE|q|c|REMOVEMEMBER|\n"
			  "1064|1.4|q|NONE|EXITWITHKEY|3|1|1|4\n"
			  "9064|1.4|q||ENTERQUEUE||5554|1\n"
			  "9065|1.1|r||ENTERQUEUE||5551|1\n"
			  "9070|NONE|NONE|d|AGENTLOGOFF|x|1000\n"
			  "9071|NONE|q|b|UNPAUSE|lunch\n";

char *
log_dump_of(const char *path, const char *log, size_t size)
{
	kpi_store *store = log_store();
	char *text;

	log_write(path, log, size);
	(void)log_import(store, path);
	text = log_dump(store);
	kpi_store_close(store);
	ck_assert_int_eq(unlink(path), 0);
	return text;
}

void
log_holds(kpi_store *store, const char *expected)
{
	char *is = log_dump(store);

	ck_assert_msg(
	    strcmp(is, expected) == 0, "%sinstead of\n%s", is, expected);
	free(is);
}
