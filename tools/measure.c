/* SPDX-License-Identifier: MIT */
#include "definitions.h"
#include "explain.h"
#include "output.h"
#include "selection.h"
#include "targets.h"
#include "unknown.h"

static const char help[] =
    "usage: kpi measure STORE METRIC... [OPTION...]\n"
    "\n"
    "Measures one or more METRICs of what the STORE holds; `kpi catalogue\n"
    "metrics` lists them. A METRIC may also be a definition in full, in "
    "quotes:\n"
    "\"service_level service_level_threshold=30s\".\n"
    "\n"
    "Which groups:\n"
    "  --by DIMENSION[,...]        a row for each agent, queue, ...\n"
    "  --every BUCKET              15min, 30min, hour, day, week, month, "
    "quarter\n"
    "                              or year\n"
    "  --week-start DAY            first day of the week [monday]\n"
    "Which rows:\n"
    "  --from TIME, --until TIME   2026-10-01, 2026-10-01T09:30 (in the zone) "
    "or\n"
    "                              2026-10-01T09:30:00+02:00; until is "
    "exclusive\n"
    "  --zone ZONE                 of times and buckets: Europe/Berlin, ... "
    "[UTC]\n"
    "  --where DIMENSION=V[,V...]  only these values; \"agent=\" is the "
    "unknown one\n"
    "  --where-not DIMENSION=V[,V...]\n"
    "  --outcome OUTCOME[,...]     only these outcomes\n"
    "  --least FIELD=VALUE, --most FIELD=VALUE\n"
    "                              only with wait=20s or more, csat=2 or less\n"
    "Which definition:\n"
    "  --preset PRESET             as another system counts\n"
    "  --set PARAMETER=VALUE       of every METRIC that reads the parameter, "
    "after\n"
    "                              the preset; "
    "'service_level_threshold[queue=vip]\n"
    "                              =10s' for one queue or channel alone\n"
    "  --target METRIC=VALUE       such as service_level=80%, with a verdict; "
    "of one\n"
    "                              group 'service_level[queue=sales]=90%'\n"
    "Output:\n"
    "  --format table|csv|json     [table]; json is one object a line\n"
    "  --explain                   says below the table in words what is "
    "measured\n"
    "  --threads THREADS           that answer it, 1 to 64 [1]\n"
    "\n"
    "`kpi catalogue` names dimensions, fields, outcomes, parameters and "
    "presets.\n";

static int
name_metrics(struct definitions *d, const struct arguments *a)
{
	const char *word;
	int code = DONE;

	if (argument_word(a, 0) == NULL)
		return complain(WRONG_USE,
		    "expected a STORE and a METRIC; see kpi help measure");
	if (argument_word(a, 1) == NULL)
		return complain(WRONG_USE,
		    "expected a METRIC after the STORE, such as contacts or "
		    "service_level; see kpi catalogue metrics");
	for (size_t i = 1; code == DONE && (word = argument_word(a, i)) != NULL;
	     i++)
		code = definitions_add(d, word);
	if (code == DONE)
		code = definitions_apply(d, a);
	return code == DONE ? targets_apply(d, a) : code;
}

static int
print(const kpi_result *r, int32_t format)
{
	kpi_error error = KPI_ERROR_INIT;
	const kpi_status status =
	    kpi_result_print(r, format, output_write, NULL, &error);

	/* What could not be written is told at the end of the output. */
	if (status == KPI_OK || status == KPI_EIO)
		return DONE;
	return failed(NULL, status, &error);
}

static int
measure(const struct arguments *a, const kpi_query *query,
    const struct definitions *d, int32_t format)
{
	const char *const path = argument_word(a, 0);
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *store;
	kpi_result *result;
	kpi_status status;
	size_t at = 0;
	int code = open_to_ask(&store, path, a);

	if (code != DONE)
		return code;
	status = kpi_measure(&result, store, query,
	    (const kpi_definition *const *)d->at, d->count, &error);
	if (status == KPI_OK)
		say_unknown(store, path, query, a);
	kpi_store_close(store);
	if (status != KPI_OK)
		return answered(path, status, &error);
	code = print(result, format);
	kpi_result_free(result);
	if (code != DONE || argument_next(a, EXPLAIN, &at) == NULL)
		return code;
	return explain_definitions(
	    (const kpi_definition *const *)d->at, d->count);
}

static int
run(const struct arguments *a)
{
	struct definitions d;
	kpi_query *query = NULL;
	int32_t format = KPI_FORMAT_TABLE;
	int code;

	definitions_init(&d);
	code = name_metrics(&d, a);
	if (code == DONE)
		code = output_format(&format, a);
	if (code == DONE)
		code = explain_check(a, format);
	if (code == DONE)
		code = selection_make(&query, a);
	if (code == DONE)
		code = measure(a, query, &d, format);
	kpi_query_free(query);
	definitions_free(&d);
	return code;
}

const struct command command_measure = {
	.name = "measure",
	.summary = "measures KPIs, by agent, queue, month, ...",
	.help = help,
	.takes =
	    SELECTION | GROUPS | DEFINITION | TAKES(TARGET) | TAKES(FORMAT) |
	    TAKES(EXPLAIN) | TAKES(THREADS),
	.run = run,
};
