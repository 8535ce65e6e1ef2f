/* SPDX-License-Identifier: MIT */
/*
 * The example log's lines, rows and agents' spans, against the figures that
 * the independent script wrote to expected.tsv.
 */
#include <kpi.h>
#include <stdio.h>
#include <string.h>

#include "runner.h"

#define AGENTS 16
#define LINE   1024

/* The union over queues, of what is disjoint by then. */
typedef struct sum {
	char agent[32];
	int64_t ready_ms;
	int64_t break_ms;
} sum;

typedef struct sums {
	int64_t until; /* where a span that goes on is cut */
	size_t count;
	sum of[AGENTS];
} sums;

static kpi_store *store;
static kpi_queue_log_report report;

static const char *
example(char *path, size_t room, const char *name)
{
	const char *const top = getenv("top_srcdir");

	(void)snprintf(path, room, "%s/examples/queue_log/%s",
	    top == NULL ? "." : top, name);
	return path;
}

static void
setup(void)
{
	char path[LINE];
	kpi_error error = KPI_ERROR_INIT;

	memset(&report, 0, sizeof(report));
	report.size = sizeof(report);
	ck_assert_int_eq(kpi_store_open(&store, NULL, NULL, &error), KPI_OK);
	ck_assert_msg(kpi_import_queue_log(store,
			  example(path, sizeof(path), "queue_log"), NULL,
			  &report, &error) == KPI_OK,
	    "%s", error.text);
}

static void
teardown(void)
{
	kpi_store_close(store);
}

/* Hands each line "KIND<TAB>name<TAB>value" to `each`; how many there were. */
static int
expected(const char *kind, void (*each)(char *name, char *value, void *ctx),
    void *ctx)
{
	char path[LINE];
	char line[LINE];
	const size_t length = strlen(kind);
	int found = 0;
	FILE *const f = fopen(example(path, sizeof(path), "expected.tsv"), "r");

	ck_assert_ptr_nonnull(f);
	while (fgets(line, sizeof(line), f) != NULL) {
		char *value;

		if (strncmp(line, kind, length) != 0 || line[length] != '\t')
			continue;
		line[strcspn(line, "\n")] = '\0';
		value = strchr(line + length + 1, '\t');
		ck_assert_ptr_nonnull(value);
		*value++ = '\0';
		each(line + length + 1, value, ctx);
		found++;
	}
	(void)fclose(f);
	return found;
}

static void
count_is(char *name, char *value, void *ctx)
{
	const uint64_t want = strtoull(value, NULL, 10);

	(void)ctx;
	if (strcmp(name, "lines") == 0)
		ck_assert_uint_eq(report.lines, want);
	else if (strcmp(name, "visits") == 0)
		ck_assert_uint_eq(report.visits, want);
	else if (strcmp(name, "interactions") == 0)
		ck_assert_uint_eq(report.interactions, want);
	else if (strcmp(name, "open") == 0)
		ck_assert_uint_eq(report.open, want);
}

START_TEST(lines_and_rows_are_as_the_script_counts_them)
{
	ck_assert_int_gt(expected("import", count_is, NULL), 3);
}
END_TEST

/* The reason of `kind` whose lines begin as the text "4|12,19,30,44". */
static int
has(const kpi_report_reason *reasons, uint64_t count, const char *value)
{
	for (uint64_t i = 0; i < count; i++) {
		char text[LINE];
		int n = snprintf(text, sizeof(text), "%llu|",
		    (unsigned long long)reasons[i].lines);

		for (size_t k = 0; k < 4 && reasons[i].first[k] != 0; k++)
			n += snprintf(text + n, sizeof(text) - (size_t)n,
			    "%s%llu", k == 0 ? "" : ",",
			    (unsigned long long)reasons[i].first[k]);
		if (strncmp(value, text, (size_t)n) == 0)
			return 1;
	}
	return 0;
}

static void
reason_is(char *name, char *value, void *ctx)
{
	(void)ctx;
	if (strncmp(name, "skipped=", 8) != 0)
		return;
	ck_assert_msg(has(report.damaged, report.reason_count, value) ||
		has(report.other, report.other_count, value),
	    "%s: %s is not in the report", name, value);
}

START_TEST(damaged_lines_are_counted_with_their_numbers)
{
	(void)expected("import", reason_is, NULL);
}
END_TEST

static int
add_span(void *ctx, const kpi_activity *activity)
{
	sums *const all = ctx;
	sum *at = NULL;
	int64_t until = activity->ended_at;
	int64_t *into;

	for (size_t i = 0; i < all->count; i++)
		if (strcmp(all->of[i].agent, activity->agent) == 0)
			at = &all->of[i];
	if (at == NULL) {
		ck_assert_uint_lt(all->count, AGENTS);
		at = &all->of[all->count++];
		(void)snprintf(
		    at->agent, sizeof(at->agent), "%s", activity->agent);
	}
	if (until == KPI_UNKNOWN)
		until = all->until;
	ck_assert_int_ge(until, activity->started_at);
	into = activity->state == KPI_ACTIVITY_READY ? &at->ready_ms
						     : &at->break_ms;
	ck_assert(activity->state == KPI_ACTIVITY_READY ||
	    activity->state == KPI_ACTIVITY_BREAK);
	*into += until - activity->started_at;
	return 0;
}

static void
agent_is(char *name, char *value, void *ctx)
{
	sums *const all = ctx;
	const char *const second = strchr(value, '|') + 1;

	for (size_t i = 0; i < all->count; i++) {
		if (strcmp(all->of[i].agent, name + strlen("agent=")) != 0)
			continue;
		ck_assert_msg(all->of[i].ready_ms == strtoll(value, NULL, 10),
		    "%s: ready %lld ms, not %s", name,
		    (long long)all->of[i].ready_ms, value);
		ck_assert_msg(all->of[i].break_ms == strtoll(second, NULL, 10),
		    "%s: break %lld ms, not %s", name,
		    (long long)all->of[i].break_ms, second);
		return;
	}
	ck_abort_msg("%s has no spans", name);
}

START_TEST(agents_are_ready_and_on_break_as_long_as_the_script_finds)
{
	sums all = { 0 };
	kpi_error error = KPI_ERROR_INIT;

	all.until = INT64_C(1794174067000); /* the last line's instant */
	ck_assert_int_eq(
	    kpi_store_activities(store, add_span, &all, &error), KPI_OK);
	ck_assert_int_eq(expected("activity", agent_is, &all), (int)all.count);
}
END_TEST

static Suite *
suite(void)
{
	Suite *const s = suite_create("example");
	TCase *const t = tcase_create("queue_log");

	tcase_add_checked_fixture(t, setup, teardown);
	tcase_add_test(t, lines_and_rows_are_as_the_script_counts_them);
	tcase_add_test(t, damaged_lines_are_counted_with_their_numbers);
	tcase_add_test(
	    t, agents_are_ready_and_on_break_as_long_as_the_script_finds);
	suite_add_tcase(s, t);
	return s;
}
