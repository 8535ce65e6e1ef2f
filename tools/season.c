/* SPDX-License-Identifier: MIT */
#include "season.h"

#include "definitions.h"
#include "output.h"
#include "selection.h"
#include "unknown.h"

static const char help[] =
    "usage: kpi season STORE [METRIC] [OPTION...]\n"
    "\n"
    "Tells when in the week how much comes: for each weekday and interval an\n"
    "index, the mean of what comes then over the mean of all of the week. 1.00 "
    "is\n"
    "as much as ever, 2.00 twice as much. METRIC is contacts, visits or "
    "customers\n"
    "[contacts].\n"
    "\n"
    "  --every 15min|30min|hour    the interval [hour]\n"
    "  --by DIMENSION[,...]        a table for each agent, queue, ...\n"
    "  --week-start DAY            first day of the week [monday]\n"
    "  --from TIME, --until TIME   2026-10-01, 2026-10-01T09:30 (in the zone) "
    "or\n"
    "                              2026-10-01T09:30:00+02:00; until is "
    "exclusive\n"
    "  --zone ZONE                 of weekdays and clock: Europe/Berlin, ... "
    "[UTC]\n"
    "  --where DIMENSION=V[,V...], --where-not DIMENSION=V[,V...],\n"
    "  --outcome OUTCOME[,...], --least FIELD=VALUE, --most FIELD=VALUE\n"
    "                              only these contacts; see kpi help measure\n"
    "  --preset PRESET             as another system counts\n"
    "  --set PARAMETER=VALUE       such as anchor=queued\n"
    "  --format table|csv|json     [table]; json is one object a line\n"
    "  --threads THREADS           that answer it, 1 to 64 [1]\n"
    "\n"
    "Only whole weeks count; without --from and --until those of all days.\n";

static int
name_metric(struct definitions *d, const struct arguments *a)
{
	const char *const metric = argument_word(a, 1);
	int code;

	if (argument_word(a, 0) == NULL || argument_word(a, 2) != NULL)
		return complain(WRONG_USE,
		    "expected a STORE and one METRIC or none; see kpi help "
		    "season");
	code = definitions_add(d, metric == NULL ? "contacts" : metric);
	if (code == DONE && d->count != 1)
		return complain(WRONG_USE,
		    "expected one METRIC, such as visits, not %s", metric);
	return code == DONE ? definitions_apply(d, a) : code;
}

/* The interval is an hour where nothing is said. */
static int
make_query(kpi_query **out, const struct arguments *a)
{
	int code = selection_make(out, a);

	if (code == DONE && argument_value(a, EVERY, NULL) == NULL &&
	    kpi_query_by_time(*out, KPI_BUCKET_HOUR) != KPI_OK)
		code = complain(FAILED, "an hour is no bucket");
	return code;
}

static int
print(const kpi_result *result, const kpi_query *query, const char *path,
    int32_t format)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_season *season;
	const kpi_status status =
	    kpi_season_of(&season, result, 0, KPI_BUCKET_WEEK, &error);
	int code = DONE;

	if (status != KPI_OK)
		return answered(path, status, &error);
	if (format == KPI_FORMAT_TABLE)
		code = season_print_table(
		    season, query, kpi_result_definition(result, 0));
	else
		season_print_lines(season, format);
	kpi_season_free(season);
	return code;
}

static int
measure(const struct arguments *a, const kpi_query *query,
    const struct definitions *d, int32_t format)
{
	const char *const path = argument_word(a, 0);
	kpi_error error = KPI_ERROR_INIT;
	kpi_result *result;
	kpi_store *store;
	kpi_status status;
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
	code = print(result, query, path, format);
	kpi_result_free(result);
	return code;
}

static int
run(const struct arguments *a)
{
	struct definitions d;
	kpi_query *query = NULL;
	int32_t format = KPI_FORMAT_TABLE;
	int code;

	definitions_init(&d);
	code = name_metric(&d, a);
	if (code == DONE)
		code = output_format(&format, a);
	if (code == DONE)
		code = make_query(&query, a);
	if (code == DONE)
		code = measure(a, query, &d, format);
	kpi_query_free(query);
	definitions_free(&d);
	return code;
}

const struct command command_season = {
	.name = "season",
	.summary = "tells when in the week how much comes",
	.help = help,
	.takes =
	    SELECTION | GROUPS | DEFINITION | TAKES(FORMAT) | TAKES(THREADS),
	.run = run,
};
