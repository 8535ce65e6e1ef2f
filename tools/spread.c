/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "definitions.h"
#include "output.h"
#include "selection.h"
#include "unknown.h"
#include "visible.h"

static const char help[] =
    "usage: kpi spread STORE METRIC [OPTION...]\n"
    "\n"
    "Measures a METRIC by every preset that concerns it, in one pass: why one\n"
    "system says 81 % of these calls and another 86 %. From the lowest to the\n"
    "highest figure; presets that count alike share a line.\n"
    "\n"
    "  --set PARAMETER=VALUE       over every preset: "
    "service_level_threshold=30s\n"
    "  --from, --until, --zone, --where, --where-not, --outcome, --least, "
    "--most,\n"
    "  --by, --every, --week-start, --threads\n"
    "                              as of kpi measure; of each group a table\n"
    "  --format table|csv|json     [table]; csv and json have a figure a line\n"
    "                              with its presets, in the order of the "
    "catalogue\n"
    "\n"
    "`kpi catalogue presets` says which document or system each follows.\n";

#define TEXT KPI_FIGURE_TEXT

struct line {
	kpi_figure figure;
	uint64_t column;
	char value[TEXT], bounds[TEXT], counted[TEXT];
};

/* Of a rate by events, which is a ratio, too: all are to be compared. */
static int
is_rate(const kpi_result *r)
{
	kpi_entry metric = KPI_ENTRY_INIT;

	return kpi_catalogue_number(KPI_TABLE_METRICS, kpi_result_metric(r, 0),
		   &metric) == KPI_OK &&
	    strcmp(metric.unit, "share") == 0;
}

/* Sums of agents' time are no units. */
static int
has_units(const kpi_result *r)
{
	kpi_entry metric = KPI_ENTRY_INIT;

	return kpi_catalogue_number(KPI_TABLE_METRICS, kpi_result_metric(r, 0),
		   &metric) == KPI_OK &&
	    !metric_reads(metric.name, "overlap");
}

static int
fill(struct line *l, const kpi_result *r, uint64_t row, uint64_t column)
{
	const kpi_figure blank = KPI_FIGURE_INIT;
	kpi_figure *f = &l->figure;
	kpi_status status;

	*f = blank;
	l->column = column;
	status = kpi_result_figure(r, row, column, f);
	if (status != KPI_OK)
		return failed(NULL, status, NULL);
	if (f->unit == KPI_UNIT_RATIO && is_rate(r))
		f->unit = KPI_UNIT_SHARE;
	status = kpi_figure_format(f, KPI_SHOW_VALUE, l->value, TEXT);
	if (status == KPI_OK)
		status = kpi_figure_format(f, KPI_SHOW_BOUNDS, l->bounds, TEXT);
	if (status != KPI_OK)
		return failed(NULL, status, NULL);
	l->counted[0] = '\0';
	if (f->unit == KPI_UNIT_MS || f->unit == KPI_UNIT_MARK)
		(void)snprintf(
		    l->counted, TEXT, "of %" PRId64, f->denominator / f->parts);
	else if (f->unit != KPI_UNIT_COUNT && has_units(r))
		(void)snprintf(l->counted, TEXT, "%" PRId64 " of %" PRId64,
		    f->numerator / f->parts, f->denominator / f->parts);
	return DONE;
}

/* From the lowest, what has no value last, else in the order of the table. */
static int
compare(const void *a, const void *b)
{
	const struct line *one = a, *other = b;
	const int has = one->figure.state == KPI_STATE_OK;
	const int other_has = other->figure.state == KPI_STATE_OK;

	if (has != other_has)
		return other_has - has;
	if (has && one->figure.value != other->figure.value)
		return one->figure.value < other->figure.value ? -1 : 1;
	return one->column < other->column ? -1 : 1;
}

static size_t
widest(size_t width, const char *text)
{
	return output_width(text) > width ? output_width(text) : width;
}

static void
put_right(const char *text, size_t width)
{
	for (size_t w = output_width(text); w < width; w++)
		(void)putchar(' ');
	put_padded(text, 0);
}

static void
print_lines(const kpi_result *r, const struct line *lines, size_t count)
{
	size_t value = strlen("value"), bounds = 0, counted = 0;

	for (size_t i = 0; i < count; i++) {
		value = widest(value, lines[i].value);
		bounds = widest(bounds, lines[i].bounds);
		counted = widest(counted, lines[i].counted);
	}
	bounds = bounds == 0 ? 0 : widest(bounds, "bounds") + 2;
	counted = counted == 0 ? 0 : widest(counted, "counted") + 2;
	put_right("value", value);
	put_right(bounds == 0 ? "" : "bounds", bounds);
	put_right(counted == 0 ? "" : "counted", counted);
	(void)fputs("  by preset\n", stdout);
	for (size_t i = 0; i < count; i++) {
		put_right(lines[i].value, value);
		put_right(lines[i].bounds, bounds);
		put_right(lines[i].counted, counted);
		(void)fputs("  ", stdout);
		put_wrapped(kpi_result_presets(r, lines[i].column),
		    value + bounds + counted + 2);
	}
}

/* What is said of the difference between two shares is said in points. */
static void
print_difference(const struct line *lines, size_t count)
{
	kpi_figure between;
	char text[TEXT];
	size_t known = 0;

	while (known < count && lines[known].figure.state == KPI_STATE_OK)
		known++;
	if (known == 0) {
		(void)fputs("\nno preset has a figure here\n", stdout);
		return;
	}
	if (count == 1) {
		(void)fputs("\nno preset counts it otherwise\n", stdout);
		return;
	}
	between = lines[known - 1].figure;
	between.value -= lines[0].figure.value;
	if (between.unit == KPI_UNIT_SHARE)
		(void)snprintf(
		    text, sizeof(text), "%.1f points", 100 * between.value);
	else if (kpi_figure_format(
		     &between, KPI_SHOW_VALUE, text, sizeof(text)) != KPI_OK)
		return;
	(void)printf("\nlowest %s, highest %s: %s apart\n", lines[0].value,
	    lines[known - 1].value, text);
}

static void
print_group(const kpi_result *r, uint64_t row, const kpi_query *query)
{
	char at[KPI_INSTANT_TEXT];
	kpi_entry dimension = KPI_ENTRY_INIT;
	const char *before = row == 0 ? "" : "\n";
	kpi_by by;

	for (uint64_t i = 0; (by = kpi_result_by(r, i)) != 0; i++) {
		const char *name = kpi_result_group(r, row, i);

		if (kpi_catalogue_number(
			KPI_TABLE_DIMENSIONS, by, &dimension) != KPI_OK)
			continue;
		(void)printf("%s%s ", before, dimension.name);
		put_padded(name == NULL ? "(unknown)" : name, 0);
		before = ", ";
	}
	if (kpi_result_bucket(r) != KPI_BUCKET_NONE) {
		(void)printf("%s%s", before,
		    instant_text(at, query, kpi_result_begin(r, row)));
		before = ", ";
	}
	if (strcmp(before, ", ") == 0)
		(void)fputs("\n\n", stdout);
}

static int
print_row(const kpi_result *r, uint64_t row, const kpi_query *query,
    struct line *lines)
{
	const size_t count = (size_t)kpi_result_count(r);
	int code = DONE;

	for (size_t i = 0; i < count && code == DONE; i++)
		code = fill(&lines[i], r, row, i);
	if (code != DONE)
		return code;
	qsort(lines, count, sizeof(*lines), compare);
	print_group(r, row, query);
	print_lines(r, lines, count);
	print_difference(lines, count);
	return DONE;
}

static int
print(const kpi_result *r, const kpi_query *query, int32_t format)
{
	kpi_error error = KPI_ERROR_INIT;
	struct line *lines;
	int code = DONE;

	if (format != KPI_FORMAT_TABLE) {
		const kpi_status status =
		    kpi_result_print(r, format, output_write, NULL, &error);

		/* What could not be written is told at the end. */
		return status == KPI_OK || status == KPI_EIO
		    ? DONE
		    : failed(NULL, status, &error);
	}
	lines = malloc((size_t)kpi_result_count(r) * sizeof(*lines));
	if (lines == NULL)
		return complain(FAILED, "no memory");
	for (uint64_t row = 0; row < kpi_result_rows(r) && code == DONE; row++)
		code = print_row(r, row, query, lines);
	free(lines);
	return code;
}

static int
spread(const struct arguments *a, const kpi_query *query,
    const kpi_definition *definition, int32_t format)
{
	const char *const path = argument_word(a, 0);
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *store;
	kpi_result *result;
	kpi_status status;
	int code = open_to_ask(&store, path, a);

	if (code != DONE)
		return code;
	status = kpi_spread(&result, store, query, definition, &error);
	if (status == KPI_OK)
		say_unknown(store, path, query, a);
	kpi_store_close(store);
	if (status != KPI_OK)
		return answered(path, status, &error);
	code = print(result, query, format);
	kpi_result_free(result);
	return code;
}

static int
name_metric(struct definitions *d, const struct arguments *a)
{
	int code;

	if (argument_word(a, 1) == NULL || argument_word(a, 2) != NULL)
		return complain(WRONG_USE,
		    "expected a STORE and one METRIC; see kpi help spread");
	code = definitions_add(d, argument_word(a, 1));
	if (code == DONE && d->count != 1)
		return complain(WRONG_USE,
		    "expected one METRIC, such as service_level, not %s",
		    argument_word(a, 1));
	return code == DONE ? definitions_apply(d, a) : code;
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
		code = selection_make(&query, a);
	if (code == DONE)
		code = spread(a, query, d.at[0], format);
	kpi_query_free(query);
	definitions_free(&d);
	return code;
}

const struct command command_spread = {
	.name = "spread",
	.summary = "measures a KPI by every preset: who says what of these "
		   "calls",
	.help = help,
	.takes =
	    SELECTION | GROUPS | TAKES(SET) | TAKES(FORMAT) | TAKES(THREADS),
	.run = run,
};
