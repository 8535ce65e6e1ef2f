/* SPDX-License-Identifier: MIT */
#include "report.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "output.h"
#include "page.h"
#include "selection.h"
#include "targets.h"
#include "unknown.h"

static const char help[] =
    "usage: kpi report STORE [OPTION...]\n"
    "\n"
    "The whole picture: the totals with their bounds, by queue, agent, "
    "channel\n"
    "and time, and who called most often again. What is outside of its target\n"
    "or its limits, or has moved for eight weeks, is said first.\n"
    "\n"
    "  --from TIME, --until TIME   2026-10-01, 2026-10-01T09:30 (in the zone) "
    "or\n"
    "                              2026-10-01T09:30:00+02:00; until is "
    "exclusive\n"
    "  --zone ZONE                 of times: Europe/Berlin, ... [UTC]\n"
    "  --every BUCKET              hour, day, week, month, ... [day; of a "
    "long\n"
    "                              time week, month or year]\n"
    "  --week-start DAY            first day of the week [monday]\n"
    "  --where DIMENSION=V[,V...], --where-not DIMENSION=V[,V...],\n"
    "  --outcome OUTCOME[,...], --least FIELD=VALUE, --most FIELD=VALUE\n"
    "                              only these contacts; see kpi help measure\n"
    "  --preset PRESET             as another system counts\n"
    "  --set PARAMETER=VALUE       such as service_level_threshold=30s\n"
    "  --target METRIC=VALUE       what a figure is to reach, or not to pass: "
    "such as\n"
    "                              service_level=80%, or of one queue, "
    "channel or\n"
    "                              agent 'service_level[queue=sales]=90%'\n"
    "  --threads THREADS           that answer it, 1 to 64 [1]\n"
    "\n"
    "It is as wide as the terminal; where it does not go to one, 80 columns "
    "and\n"
    "without colours.\n";

#define DAY_MS  INT64_C(86400000)
#define BUCKETS 62 /* lines of time, about */

const struct section report_sections[SECTIONS] = {
	[TOTALS] = { 0, 0, 0,
	    { "contacts", "visits", "customers", "service_level",
		"abandonment_rate", "average_speed_of_answer", "longest_wait",
		"average_handle_time", "transfer_rate", "occupancy",
		"utilisation", "contacts_per_agent", "resolution_rate",
		"backlog", "first_contact_resolution", "repeat_rate",
		"contacts_per_issue", "csat", "dsat", "nps", "ces",
		"survey_response_rate", NULL } },
	[QUEUES] = { KPI_BY_QUEUE, 0, 20,
	    { "visits", "service_level", "abandonment_rate",
		"average_speed_of_answer", "average_handle_time", NULL } },
	[AGENTS] = { KPI_BY_AGENT, 0, 20,
	    { "visits", "average_handle_time", "transfer_rate",
		"first_contact_resolution", "csat", "occupancy", NULL } },
	[CHANNELS] = { KPI_BY_CHANNEL, 0, 20,
	    { "contacts", "service_level", "abandonment_rate",
		"average_handle_time", "resolution_rate", "csat", NULL } },
	[TIMES] = { 0, 1, 3 * BUCKETS,
	    { "contacts", "service_level", "abandonment_rate",
		"average_speed_of_answer", "average_handle_time", NULL } },
	/* of which none is shown that is as it always is */
	[WEEKS] = { 0, 1, 0,
	    { "contacts", "service_level", "abandonment_rate",
		"average_speed_of_answer", "average_handle_time", "repeat_rate",
		NULL } },
};

struct report {
	const struct arguments *arguments;
	const char *path;
	kpi_store *store;
	kpi_store_info info;
	struct definitions definitions; /* of all sections, each metric once */
	kpi_query *query[SECTIONS];
	struct measured measured[SECTIONS];
};

static int
has_metric(const struct section *s, const char *name)
{
	for (size_t i = 0; s->metrics[i] != NULL; i++)
		if (strcmp(s->metrics[i], name) == 0)
			return 1;
	return 0;
}

static int
define(struct report *r)
{
	int code = DONE;

	for (size_t s = 0; s < SECTIONS; s++) {
		const char *const *name = report_sections[s].metrics;

		for (; code == DONE && *name != NULL; name++) {
			size_t before = 0;

			while (!has_metric(&report_sections[before], *name))
				before++;
			if (before == s)
				code = definitions_add(&r->definitions, *name);
		}
	}
	if (code == DONE)
		code = definitions_apply(&r->definitions, r->arguments);
	return code == DONE ? targets_apply(&r->definitions, r->arguments)
			    : code;
}

/* Days, unless they would be too many lines. */
static int32_t
bucket_of(const struct report *r)
{
	static const struct {
		int64_t ms;
		int32_t bucket;
	} buckets[] = {
		{ DAY_MS, KPI_BUCKET_DAY },
		{ 7 * DAY_MS, KPI_BUCKET_WEEK },
		{ 31 * DAY_MS, KPI_BUCKET_MONTH },
	};
	int64_t from = r->info.known_from, until = r->info.as_of, given;

	if (kpi_instant_parse(&given, r->query[TIMES],
		argument_value(r->arguments, FROM, ""), NULL) == KPI_OK &&
	    given > from)
		from = given;
	if (kpi_instant_parse(&given, r->query[TIMES],
		argument_value(r->arguments, UNTIL, ""), NULL) == KPI_OK &&
	    given < until)
		until = given;
	for (size_t i = 0; i < sizeof(buckets) / sizeof(*buckets); i++)
		if ((until - from) / buckets[i].ms < BUCKETS)
			return buckets[i].bucket;
	return KPI_BUCKET_YEAR;
}

static int
ask(struct report *r, size_t s)
{
	const struct section *const section = &report_sections[s];
	struct measured *const m = &r->measured[s];
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status = KPI_OK;
	kpi_query *q;
	const int code = selection_make(&r->query[s], r->arguments);

	if (code != DONE)
		return code;
	q = r->query[s];
	m->section = section;
	m->query = q;
	if (!section->by_time)
		status = kpi_query_by_time(q, KPI_BUCKET_NONE);
	else if (s == WEEKS)
		status = kpi_query_by_time(q, KPI_BUCKET_WEEK);
	else if (argument_value(r->arguments, EVERY, NULL) == NULL)
		status = kpi_query_by_time(q, bucket_of(r));
	if (status == KPI_OK && section->by != 0)
		status = kpi_query_by(q, section->by);
	return status == KPI_OK ? DONE : answered(r->path, status, &error);
}

/* Measures those of the section's metrics that `at` has a place for. */
static kpi_status
measure_some(struct report *r, struct measured *m, kpi_error *error)
{
	const kpi_definition *definitions[SECTION_METRICS];
	uint64_t count = 0;

	for (size_t i = 0; m->section->metrics[i] != NULL; i++) {
		if (m->at[i] < 0)
			continue;
		m->at[i] = (int64_t)count;
		definitions[count++] =
		    definitions_of(&r->definitions, m->section->metrics[i]);
	}
	return kpi_measure(
	    &m->result, r->store, m->query, definitions, count, error);
}

/* Leaves out each metric that this query does not allow. */
static void
leave_out(struct report *r, struct measured *m)
{
	for (size_t i = 0; m->section->metrics[i] != NULL; i++) {
		const kpi_definition *const one =
		    definitions_of(&r->definitions, m->section->metrics[i]);
		kpi_result *result;

		if (kpi_measure(&result, r->store, m->query, &one, 1, NULL) ==
		    KPI_ENOTSUP)
			m->at[i] = -1;
		kpi_result_free(result);
	}
}

static int
measure(struct report *r, size_t s)
{
	kpi_error error = KPI_ERROR_INIT;
	struct measured *const m = &r->measured[s];
	kpi_status status;
	int code = ask(r, s);

	if (code != DONE)
		return code;
	status = measure_some(r, m, &error);
	if (status == KPI_ENOTSUP) {
		leave_out(r, m);
		status = measure_some(r, m, &error);
	}
	return status == KPI_OK ? DONE : answered(r->path, status, &error);
}

kpi_figure
report_figure(const struct measured *m, uint64_t row, size_t metric)
{
	kpi_figure figure = KPI_FIGURE_INIT;
	const kpi_figure none = KPI_FIGURE_INIT;

	if (m->at[metric] < 0 ||
	    kpi_result_figure(
		m->result, row, (uint64_t)m->at[metric], &figure) != KPI_OK)
		return none;
	return figure;
}

void
report_name(char *out, size_t size, const struct measured *m, uint64_t row)
{
	char text[KPI_INSTANT_TEXT];
	const char *name = kpi_result_group(m->result, row, 0);

	if (m->section->by_time) {
		(void)instant_text(
		    text, m->query, kpi_result_begin(m->result, row));
		text[10] = ' ';
		text[kpi_result_bucket(m->result) >= KPI_BUCKET_DAY ? 10 : 16] =
		    '\0';
		name = text;
	}
	if (name == NULL)
		name =
		    m->section->by == KPI_BY_AGENT ? "(no agent)" : "(unknown)";
	(void)snprintf(out, size, "%s", name);
}

static int
print(const struct report *r)
{
	const size_t width = page_width();
	int code = DONE;

	report_head(r->path, &r->info, r->query[TOTALS], r->arguments, width);
	if (r->info.interactions == 0)
		return DONE;
	code = report_targets(
	    r->measured, &r->definitions, r->arguments, width);
	if (code == DONE)
		code = report_limits(&r->measured[WEEKS], &r->info, width);
	if (code == DONE)
		code =
		    report_totals(&r->measured[TOTALS], &r->definitions, width);
	for (size_t s = QUEUES; s <= TIMES && code == DONE; s++)
		code = report_groups(&r->measured[s], width);
	if (code == DONE)
		code = report_callers(r->store, r->query[TOTALS],
		    definitions_of(&r->definitions, "repeat_rate"), width);
	if (code == DONE)
		report_legend(&r->measured[TOTALS], &r->definitions, width);
	return code;
}

static int
read_store(struct report *r)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status;
	int code = open_to_ask(&r->store, r->path, r->arguments);

	if (code != DONE)
		return code;
	status = kpi_store_read_info(r->store, &r->info, &error);
	if (status != KPI_OK)
		return answered(r->path, status, &error);
	for (size_t s = 0; s < SECTIONS && code == DONE; s++)
		code = measure(r, s);
	if (code != DONE)
		return code;
	say_unknown(r->store, r->path, r->query[TOTALS], r->arguments);
	return print(r);
}

static int
run(const struct arguments *a)
{
	const kpi_store_info none = KPI_STORE_INFO_INIT;
	struct report r;
	int code;

	if (argument_word(a, 0) == NULL || argument_word(a, 1) != NULL)
		return complain(WRONG_USE,
		    "expected one STORE and options; see kpi help report");
	memset(&r, 0, sizeof(r));
	r.arguments = a;
	r.path = argument_word(a, 0);
	r.info = none;
	definitions_init(&r.definitions);
	code = define(&r);
	if (code == DONE)
		code = read_store(&r);
	for (size_t s = 0; s < SECTIONS; s++) {
		kpi_result_free(r.measured[s].result);
		kpi_query_free(r.query[s]);
	}
	kpi_store_close(r.store);
	definitions_free(&r.definitions);
	return code;
}

const struct command command_report = {
	.name = "report",
	.summary = "shows the whole picture",
	.help = help,
	.takes = SELECTION | DEFINITION | TAKES(EVERY) | TAKES(WEEK_START) |
	    TAKES(TARGET) | TAKES(THREADS),
	.run = run,
};
