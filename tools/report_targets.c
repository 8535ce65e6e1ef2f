/* SPDX-License-Identifier: MIT */
#include "report.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "columns.h"
#include "list.h"
#include "page.h"

enum { METRIC, WHOSE, VALUE, BOUNDS, TARGET_VALUE, VERDICT, CELLS };

static const struct column columns[CELLS] = {
	[METRIC] = { { "", "" }, 0, 0, 0 },
	[WHOSE] = { { "", "" }, 0, 0, 1 },
	[VALUE] = { { "", "value" }, 1, 0, 2 },
	[BOUNDS] = { { "", "bounds" }, 1, 0, 5 },
	[TARGET_VALUE] = { { "", "target" }, 1, 0, 3 },
	[VERDICT] = { { "", "" }, 0, 0, 4 },
};

/* "80%" as "0.8", which is how a share is set. */
static const char *
plain_value(char *out, size_t size, const char *text)
{
	double percent;
	char end;

	if (sscanf(text, "%lf%c", &percent, &end) != 2 || end != '%' ||
	    text[strlen(text) - 1] != '%')
		return text;
	(void)snprintf(out, size, "%.6g", percent / 100);
	return out;
}

static int
set(kpi_definition *d, const char *parameter, const char *value)
{
	kpi_error error = KPI_ERROR_INIT;
	const kpi_status status =
	    kpi_definition_set(d, parameter, value, &error);

	return status == KPI_OK ? DONE : refused("--target", status, &error);
}

/* Whether the metric reads a parameter. */
static int
reads(const kpi_entry *metric, const char *parameter)
{
	kpi_entry entry = KPI_ENTRY_INIT;

	return kpi_catalogue_find(
		   KPI_TABLE_PARAMETERS, parameter, &entry, NULL) == KPI_OK &&
	    names_have(entry.relation, metric->name);
}

static int
has(const kpi_definition *d, const char *parameter)
{
	char text[64];
	uint64_t size;

	return kpi_definition_get(
		   d, parameter, text, sizeof(text), &size, NULL) == KPI_OK &&
	    strcmp(text, "none") != 0;
}

/* Contacts of one customer are not independent of each other where it is
 * about their coming again; all others depend on the day. */
static int
judge(kpi_definition *d)
{
	kpi_entry metric = KPI_ENTRY_INIT;

	if (kpi_catalogue_number(KPI_TABLE_METRICS, kpi_definition_metric(d),
		&metric) != KPI_OK ||
	    !(has(d, "target_goal") || has(d, "target_ceiling")))
		return DONE;
	return set(d, "verdict_by",
	    reads(&metric, "repeat_window") && strcmp(metric.kind, "share") == 0
		? "customer"
		: "day");
}

static int
set_target(struct definitions *d, const char *text)
{
	kpi_entry metric = KPI_ENTRY_INIT;
	kpi_error error = KPI_ERROR_INIT;
	char value[64];
	struct setting s;
	kpi_status status;
	int code = setting_read(
	    &s, text, "--target", "METRIC=VALUE, such as service_level=80%");

	if (code != DONE)
		return code;
	status = kpi_catalogue_find(KPI_TABLE_METRICS, s.name, &metric, &error);
	if (status != KPI_OK)
		return refused("--target", status, &error);
	for (size_t i = 0; i < d->count; i++)
		if (kpi_definition_metric(d->at[i]) == metric.number)
			return set(d->at[i], "target_goal",
			    plain_value(value, sizeof(value), s.value));
	return complain(WRONG_USE,
	    "--target: %s is none of the figures of the report", s.name);
}

int
report_set_targets(struct definitions *d, const struct arguments *a)
{
	const struct argument *one;
	int code = DONE;

	for (size_t at = 0;
	     code == DONE && (one = argument_next(a, TARGET, &at)) != NULL;)
		code = set_target(d, one->text);
	for (size_t i = 0; i < d->count && code == DONE; i++)
		code = judge(d->at[i]);
	return code;
}

static kpi_status
show(const kpi_figure *f, double value, char *out)
{
	kpi_figure shown = *f;

	shown.value = value;
	return kpi_figure_format(&shown, KPI_SHOW_VALUE, out, CELL_SIZE);
}

static int
add_line(struct cells *c, const struct measured *m, uint64_t row, size_t metric,
    const kpi_figure *f)
{
	kpi_entry dimension = KPI_ENTRY_INIT;
	kpi_figure bounds = *f;
	char name[CELL_SIZE];
	double *share;
	char(*text)[CELL_SIZE] = cells_add(c, &share);

	if (text == NULL)
		return FAILED;
	bounds.lower = f->verdict_lower;
	bounds.upper = f->verdict_upper;
	(void)snprintf(
	    text[METRIC], CELL_SIZE, "%s", m->section->metrics[metric]);
	if (kpi_catalogue_number(
		KPI_TABLE_DIMENSIONS, m->section->by, &dimension) == KPI_OK) {
		report_name(name, sizeof(name), m, row);
		(void)snprintf(
		    text[WHOSE], CELL_SIZE, "%s %.90s", dimension.name, name);
	} else {
		(void)snprintf(text[WHOSE], CELL_SIZE, "in all");
	}
	(void)snprintf(text[VERDICT], CELL_SIZE, "%s",
	    f->verdict == KPI_VERDICT_MISSED ? "missed"
					     : "missed within noise");
	if (show(f, f->value, text[VALUE]) != KPI_OK ||
	    show(f, f->target, text[TARGET_VALUE]) != KPI_OK ||
	    kpi_figure_format(
		&bounds, KPI_SHOW_BOUNDS, text[BOUNDS], CELL_SIZE) != KPI_OK)
		return complain(FAILED, "no memory");
	return DONE;
}

/* Adds the figures of a section with that verdict; counts those with any. */
static int
find(struct cells *c, const struct measured *m, int32_t verdict, size_t *judged)
{
	const uint64_t rows = kpi_result_rows(m->result);
	int code = DONE;

	/* One group is all, and said there. */
	if (m->section->by != 0 && rows < 2)
		return DONE;
	for (uint64_t i = 0; i < rows; i++)
		for (size_t k = 0;
		     code == DONE && m->section->metrics[k] != NULL; k++) {
			const kpi_figure f = report_figure(m, i, k);

			*judged += f.verdict != KPI_VERDICT_NONE;
			if (f.verdict == verdict)
				code = add_line(c, m, i, k, &f);
		}
	return code;
}

int
report_targets(const struct measured *measured, size_t width)
{
	static const int32_t verdicts[] = { KPI_VERDICT_MISSED,
		KPI_VERDICT_MISSED_WITHIN_NOISE };
	struct cells c;
	size_t judged = 0;
	int code = DONE;

	cells_init(&c, columns, CELLS);
	for (size_t v = 0; v < 2; v++)
		for (size_t s = TOTALS; code == DONE && s <= CHANNELS; s++)
			code = find(&c, &measured[s], verdicts[v], &judged);
	if (code == DONE && c.lines > 0) {
		page_heading(ALARM, "Outside its target");
		cells_print(&c, width);
	} else if (code == DONE && judged > 0) {
		(void)puts("All targets are met.");
	}
	cells_free(&c);
	return code;
}
