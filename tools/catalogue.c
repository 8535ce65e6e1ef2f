/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "entry.h"
#include "output.h"
#include "synonym.h"
#include "tool.h"
#include "visible.h"

static const char help[] =
    "usage: kpi catalogue [TABLE [NAME]] [--format table|csv|json]\n"
    "       kpi catalogue NAME\n"
    "\n"
    "Prints what can be measured, grouped by, set and imported: a list of the\n"
    "TABLEs, one TABLE, or all that is known of one NAME in it.\n"
    "\n"
    "  metrics       what `kpi measure` measures\n"
    "  parameters    what a metric's definition can be set to, by --set\n"
    "  presets       parameters as another system has them, for --preset\n"
    "  dimensions    what --by groups and --where selects\n"
    "  outcomes      what --outcome selects\n"
    "  buckets       what --every takes\n"
    "  fields        what an interaction and its visits consist of\n"
    "  states, verdicts, directions, transfers, activities\n"
    "                what figures, interactions, visits and agents are\n";

static const struct {
	const char *name, *what;
	int32_t number;
} tables[] = {
	{ "metrics", "what kpi measure measures", KPI_TABLE_METRICS },
	{ "parameters", "what --set sets", KPI_TABLE_PARAMETERS },
	{ "presets", "what --preset takes", KPI_TABLE_PRESETS },
	{ "dimensions", "what --by and --where take", KPI_TABLE_DIMENSIONS },
	{ "outcomes", "what --outcome takes", KPI_TABLE_OUTCOMES },
	{ "buckets", "what --every takes", KPI_TABLE_BUCKETS },
	{ "fields", "what interactions and visits consist of",
	    KPI_TABLE_FIELDS },
	{ "states", "what a figure can be", KPI_TABLE_STATES },
	{ "directions", "who began an interaction", KPI_TABLE_DIRECTIONS },
	{ "transfers", "how a visit was passed on", KPI_TABLE_TRANSFERS },
	{ "activities", "what an agent was doing", KPI_TABLE_ACTIVITIES },
	{ "verdicts", "what is said of a target", KPI_TABLE_VERDICTS },
	{ "roles", "what a unit is to a figure; --role takes them",
	    KPI_TABLE_ROLES },
};

#define METRICS 0
#define TABLES  (sizeof(tables) / sizeof(*tables))

static const char *
table_name(const void *ctx, size_t i)
{
	(void)ctx;
	return tables[i].name;
}

static int
print_tables(int32_t format)
{
	if (format == KPI_FORMAT_CSV)
		(void)fputs("table,lines,sentence\r\n", stdout);
	for (size_t i = 0; i < TABLES; i++) {
		const uint64_t lines = kpi_catalogue_count(tables[i].number);

		if (format == KPI_FORMAT_JSON) {
			put_json("{", "table", tables[i].name);
			(void)printf(",\"lines\":%" PRIu64, lines);
			put_json(",", "sentence", tables[i].what);
			(void)fputs("}\n", stdout);
		} else if (format == KPI_FORMAT_CSV) {
			(void)printf("%s,%" PRIu64 ",%s\r\n", tables[i].name,
			    lines, tables[i].what);
		} else {
			(void)printf("%-10s %4" PRIu64 "  %s\n", tables[i].name,
			    lines, tables[i].what);
		}
	}
	return DONE;
}

static int
print_table(size_t table, int32_t format)
{
	const int32_t number = tables[table].number;
	kpi_entry e = KPI_ENTRY_INIT;
	size_t width = 0;

	for (uint64_t i = 0; kpi_catalogue_entry(number, i, &e) == KPI_OK; i++)
		if (output_width(e.name) > width)
			width = output_width(e.name);
	if (format == KPI_FORMAT_CSV)
		entry_csv_header();
	for (uint64_t i = 0; kpi_catalogue_entry(number, i, &e) == KPI_OK;
	     i++) {
		if (format == KPI_FORMAT_JSON) {
			entry_json(tables[table].name, &e);
		} else if (format == KPI_FORMAT_CSV) {
			entry_csv(tables[table].name, &e);
		} else {
			put_padded(e.name, width + 2);
			put_wrapped(e.sentence, width + 2);
		}
	}
	return DONE;
}

static void
print_entry(size_t table, const kpi_entry *e, int32_t format)
{
	if (format == KPI_FORMAT_JSON) {
		entry_json(tables[table].name, e);
	} else if (format == KPI_FORMAT_CSV) {
		entry_csv_header();
		entry_csv(tables[table].name, e);
	} else {
		entry_text(tables[table].number, e);
	}
}

static int
print_named(size_t table, const char *name, int32_t format)
{
	kpi_entry e = KPI_ENTRY_INIT;
	kpi_error error = KPI_ERROR_INIT;

	if (kpi_catalogue_find(tables[table].number, name, &e, &error) !=
	    KPI_OK)
		return complain(WRONG_USE, "%s", error.text);
	print_entry(table, &e, format);
	return DONE;
}

/* All names of all tables, one after the other. */
static const char *
any_name(const void *ctx, size_t at)
{
	kpi_entry e = KPI_ENTRY_INIT;

	(void)ctx;
	for (size_t i = 0; i < TABLES; i++) {
		const size_t count =
		    (size_t)kpi_catalogue_count(tables[i].number);

		if (at < count)
			return kpi_catalogue_entry(tables[i].number, at, &e) ==
				KPI_OK
			    ? e.name
			    : "";
		at -= count;
	}
	return "";
}

static const char *
nearest_name(const char *word)
{
	const char *const table = nearest(word, table_name, NULL, TABLES);
	size_t count = 0;

	for (size_t i = 0; i < TABLES; i++)
		count += (size_t)kpi_catalogue_count(tables[i].number);
	return table != NULL ? table : nearest(word, any_name, NULL, count);
}

/* A word that is no table may be a name in one or more. */
static int
print_anywhere(const char *name, int32_t format)
{
	kpi_entry e = KPI_ENTRY_INIT;
	const char *const metric = metric_called(name);
	const char *near;
	int found = 0;

	for (size_t i = 0; i < TABLES; i++) {
		if (kpi_catalogue_find(tables[i].number, name, &e, NULL) !=
		    KPI_OK)
			continue;
		if (found++ > 0 && format == KPI_FORMAT_TABLE)
			(void)putchar('\n');
		print_entry(i, &e, format);
	}
	if (found > 0)
		return DONE;
	if (metric != NULL &&
	    kpi_catalogue_find(KPI_TABLE_METRICS, metric, &e, NULL) == KPI_OK) {
		print_entry(METRICS, &e, format);
		return DONE;
	}
	near = nearest_name(name);
	if (near != NULL)
		return complain(WRONG_USE,
		    "there is no table or name \"%s\"; the nearest is \"%s\"",
		    name, near);
	return complain(WRONG_USE,
	    "there is no table \"%s\" and no such name in any; expected is "
	    "metrics, parameters, presets, ...: see kpi catalogue",
	    name);
}

static int
run(const struct arguments *a)
{
	const char *const table = argument_word(a, 0);
	const char *const name = argument_word(a, 1);
	int32_t format = KPI_FORMAT_TABLE;
	size_t i = 0;
	const int code = output_format(&format, a);

	if (code != DONE)
		return code;
	if (table == NULL)
		return print_tables(format);
	if (name != NULL && argument_word(a, 2) != NULL)
		return complain(WRONG_USE,
		    "expected one TABLE and one NAME; see kpi help catalogue");
	while (i < TABLES && strcmp(tables[i].name, table) != 0)
		i++;
	if (i == TABLES)
		return print_anywhere(name == NULL ? table : name, format);
	if (name == NULL)
		return print_table(i, format);
	return print_named(i, name, format);
}

const struct command command_catalogue = {
	.name = "catalogue",
	.summary = "says what can be measured, grouped by and set",
	.help = help,
	.takes = TAKES(FORMAT),
	.run = run,
};
