/* SPDX-License-Identifier: MIT */
#include "change.h"

#include <string.h>

#include "output.h"
#include "selection.h"
#include "unknown.h"

static const char help[] =
    "usage: kpi change STORE METRIC... --from TIME --until TIME [OPTION...]\n"
    "\n"
    "Tells what changed from another period to this one: by how much, whether\n"
    "that is more than noise, and how much of it comes of the groups "
    "themselves\n"
    "and how much of their mix. A METRIC may also be a definition in full.\n"
    "\n"
    "  --from TIME, --until TIME   2026-10-01, 2026-10-01T09:30 (in the zone) "
    "or\n"
    "                              2026-10-01T09:30:00+02:00; until is "
    "exclusive\n"
    "  --to PERIOD                 previous (as long, just before it), "
    "weekdays-year\n"
    "                              (364 days earlier) or TIME..TIME "
    "[previous]\n"
    "  --by DIMENSION[,...]        a row for each agent, queue, ...\n"
    "  --zone ZONE                 of times and days: Europe/Berlin, ... "
    "[UTC]\n"
    "  --where DIMENSION=V[,V...], --where-not DIMENSION=V[,V...],\n"
    "  --outcome OUTCOME[,...], --least FIELD=VALUE, --most FIELD=VALUE\n"
    "                              only these contacts; see kpi help measure\n"
    "  --preset PRESET             as another system counts\n"
    "  --set PARAMETER=VALUE       such as verdict_by=customer, "
    "confidence=0.99\n"
    "  --format table|csv|json     [table]; json is one object a line\n"
    "  --threads THREADS           that answer it, 1 to 64 [1]\n"
    "\n"
    "Compare whole weeks to whole weeks. Of fewer than 5 days in either "
    "period\n"
    "nothing is said of noise.\n";

#define PERIOD                                                                 \
	"expected previous, weekdays-year or TIME..TIME, such as "             \
	"2025-10-01..2025-11-01"

static int
read_instant(int64_t *out, const kpi_query *q, const char *text, size_t size)
{
	char copy[64];
	kpi_error error = KPI_ERROR_INIT;
	kpi_status status;

	if (size >= sizeof(copy))
		return complain(WRONG_USE, "--to: " PERIOD);
	memcpy(copy, text, size);
	copy[size] = '\0';
	status = kpi_instant_parse(out, q, copy, &error);
	return status == KPI_OK ? DONE : refused("--to", status, &error);
}

static int
read_period(kpi_change_options *o, const kpi_query *q, const char *text)
{
	const char *const dots = strstr(text, "..");
	int code;

	if (strcmp(text, "previous") == 0) {
		o->to = KPI_CHANGE_PREVIOUS;
		return DONE;
	}
	if (strcmp(text, "weekdays-year") == 0) {
		o->to = KPI_CHANGE_WEEKDAYS_YEAR;
		return DONE;
	}
	if (dots == NULL)
		return complain(WRONG_USE,
		    "--to: there is no period \"%s\"; " PERIOD, text);
	o->to = KPI_CHANGE_GIVEN;
	code = read_instant(&o->before_from, q, text, (size_t)(dots - text));
	if (code == DONE)
		code = read_instant(
		    &o->before_until, q, dots + 2, strlen(dots + 2));
	return code;
}

static int
name_metrics(struct definitions *d, const struct arguments *a)
{
	const char *word;
	int code = DONE;

	if (argument_word(a, 0) == NULL || argument_word(a, 1) == NULL)
		return complain(WRONG_USE,
		    "expected a STORE and a METRIC; see kpi help change");
	for (size_t i = 1; code == DONE && (word = argument_word(a, i)) != NULL;
	     i++)
		code = definitions_add(d, word);
	return code == DONE ? definitions_apply(d, a) : code;
}

static int
check_range(const struct arguments *a)
{
	if (argument_value(a, FROM, NULL) != NULL &&
	    argument_value(a, UNTIL, NULL) != NULL)
		return DONE;
	return complain(WRONG_USE,
	    "expected --from and --until: a change is of a period that has "
	    "both ends");
}

static int
measure(const struct arguments *a, const kpi_query *query,
    const struct definitions *d, const kpi_change_options *options,
    int32_t format)
{
	const char *const path = argument_word(a, 0);
	kpi_error error = KPI_ERROR_INIT;
	kpi_change *change;
	kpi_store *store;
	kpi_status status;
	int code = open_to_ask(&store, path, a);

	if (code != DONE)
		return code;
	status = kpi_change_measure(&change, store, query,
	    (const kpi_definition *const *)d->at, d->count, options, &error);
	if (status == KPI_OK)
		say_unknown(store, path, query, a);
	kpi_store_close(store);
	if (status != KPI_OK)
		return answered(path, status, &error);
	if (format == KPI_FORMAT_TABLE)
		code = change_print_table(change, query, d);
	else
		change_print_lines(change, format);
	kpi_change_free(change);
	return code;
}

static int
run(const struct arguments *a)
{
	kpi_change_options options = KPI_CHANGE_OPTIONS_INIT;
	int32_t format = KPI_FORMAT_TABLE;
	kpi_query *query = NULL;
	struct definitions d;
	int code;

	definitions_init(&d);
	code = name_metrics(&d, a);
	if (code == DONE)
		code = check_range(a);
	if (code == DONE)
		code = output_format(&format, a);
	if (code == DONE)
		code = selection_make(&query, a);
	if (code == DONE)
		code = read_period(
		    &options, query, argument_value(a, TO, "previous"));
	if (code == DONE)
		code = measure(a, query, &d, &options, format);
	kpi_query_free(query);
	definitions_free(&d);
	return code;
}

const struct command command_change = {
	.name = "change",
	.summary = "tells what changed from one period to another, and why",
	.help = help,
	.takes = SELECTION | TAKES(BY) | DEFINITION | TAKES(TO) |
	    TAKES(FORMAT) | TAKES(THREADS),
	.run = run,
};
