/* SPDX-License-Identifier: MIT */
#include "report.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "columns.h"
#include "page.h"
#include "targets.h"

enum { METRIC, WHOSE, VALUE, BOUNDS, TARGET_VALUE, VERDICT, CELLS };

static const struct column columns[CELLS] = {
	[METRIC] = { { "", "" }, 0, 0, 0 },
	[WHOSE] = { { "", "" }, 0, 0, 1 },
	[VALUE] = { { "", "value" }, 1, 0, 2 },
	[BOUNDS] = { { "", "bounds" }, 1, 0, 5 },
	[TARGET_VALUE] = { { "", "target" }, 1, 0, 3 },
	[VERDICT] = { { "", "" }, 0, 0, 4 },
};

/* What is said of a verdict; of a figure that has none, why. */
static void
put_verdict(char out[CELL_SIZE], const kpi_figure *f, const kpi_definition *d)
{
	static const char *const verdicts[] = {
		[KPI_VERDICT_MET] = "met",
		[KPI_VERDICT_MISSED] = "missed",
		[KPI_VERDICT_MET_WITHIN_NOISE] = "met within noise",
		[KPI_VERDICT_MISSED_WITHIN_NOISE] = "missed within noise",
	};
	char by[TARGETS_BY];

	if (f->verdict != KPI_VERDICT_NONE)
		(void)snprintf(out, CELL_SIZE, "%s", verdicts[f->verdict]);
	else if (f->state == KPI_STATE_OK && targets_judge_by(d, by))
		(void)snprintf(out, CELL_SIZE, "not judged: fewer than 5 %ss", by);
	else
		(void)snprintf(out, CELL_SIZE, "not judged");
}

static kpi_status
show_target(const kpi_figure *f, char *out)
{
	kpi_figure shown = *f;

	shown.state = KPI_STATE_OK;
	shown.value = f->target;
	if (isnan(f->target_ceiling))
		return kpi_figure_format(
		    &shown, KPI_SHOW_VALUE, out, CELL_SIZE);
	shown.lower = f->target;
	shown.upper = f->target_ceiling;
	return kpi_figure_format(&shown, KPI_SHOW_BOUNDS, out, CELL_SIZE);
}

/* "queue support", "in all". */
static void
put_whose(char out[CELL_SIZE], const struct measured *m, uint64_t row)
{
	kpi_entry dimension = KPI_ENTRY_INIT;
	char name[CELL_SIZE];

	(void)snprintf(out, CELL_SIZE, "in all");
	if (kpi_catalogue_number(
		KPI_TABLE_DIMENSIONS, m->section->by, &dimension) != KPI_OK)
		return;
	report_name(name, sizeof(name), m, row);
	(void)snprintf(out, CELL_SIZE, "%s %.90s", dimension.name, name);
}

static int
add_line(struct cells *c, const struct measured *m, uint64_t row, size_t metric,
    const kpi_definition *d)
{
	const kpi_figure f = report_figure(m, row, metric);
	kpi_figure bounds = f;
	double *share;
	char(*text)[CELL_SIZE] = cells_add(c, &share);

	if (text == NULL)
		return FAILED;
	bounds.lower = f.verdict_lower;
	bounds.upper = f.verdict_upper;
	put_verdict(text[VERDICT], &f, d);
	(void)snprintf(
	    text[METRIC], CELL_SIZE, "%s", m->section->metrics[metric]);
	put_whose(text[WHOSE], m, row);
	if (f.state == 0)
		return DONE;
	if (kpi_figure_format(&f, KPI_SHOW_VALUE, text[VALUE], CELL_SIZE) !=
		KPI_OK ||
	    show_target(&f, text[TARGET_VALUE]) != KPI_OK ||
	    kpi_figure_format(
		&bounds, KPI_SHOW_BOUNDS, text[BOUNDS], CELL_SIZE) != KPI_OK)
		return complain(FAILED, "no memory");
	return DONE;
}

static int
is_same(double a, double b)
{
	return a == b || (isnan(a) && isnan(b));
}

/* Whether the target of a group's figure is not that of all. */
static int
is_own(const kpi_figure *f, const struct measured *totals, const char *metric)
{
	const char *const *const names = totals->section->metrics;
	kpi_figure all;
	size_t k = 0;

	while (names[k] != NULL && strcmp(names[k], metric) != 0)
		k++;
	if (names[k] == NULL || f->state == 0)
		return 0;
	all = report_figure(totals, 0, k);
	return all.state != 0 &&
	    (!is_same(f->target, all.target) ||
		!is_same(f->target_ceiling, all.target_ceiling));
}

static int
is_missed(int32_t verdict)
{
	return verdict == KPI_VERDICT_MISSED ||
	    verdict == KPI_VERDICT_MISSED_WITHIN_NOISE;
}

/* Adds the figures of a section with that verdict. */
static int
find(struct cells *c, const struct measured *measured, size_t section,
    int32_t verdict, const struct definitions *d)
{
	const struct measured *const m = &measured[section];
	const char *const *const names = m->section->metrics;
	const uint64_t rows = kpi_result_rows(m->result);
	int code = DONE;

	for (uint64_t i = 0; i < rows; i++)
		for (size_t k = 0; code == DONE && names[k] != NULL; k++) {
			const kpi_figure f = report_figure(m, i, k);

			if (f.verdict != verdict)
				continue;
			/* One group is all, and said there. */
			if (section == TOTALS || rows > 1 ||
			    is_own(&f, &measured[TOTALS], names[k]))
				code = add_line(
				    c, m, i, k, definitions_of(d, names[k]));
		}
	return code;
}

/* Adds the groups that have a target of their own and do not miss it; counts
 * what is not judged. */
static int
find_own(struct cells *c, const struct measured *measured, size_t section,
    const struct definitions *d, size_t *open)
{
	const struct measured *const m = &measured[section];
	const char *const *const names = m->section->metrics;
	int code = DONE;

	for (uint64_t i = 0; i < kpi_result_rows(m->result); i++)
		for (size_t k = 0; code == DONE && names[k] != NULL; k++) {
			const kpi_figure f = report_figure(m, i, k);

			if (is_missed(f.verdict) || isnan(f.target) ||
			    !is_own(&f, &measured[TOTALS], names[k]))
				continue;
			*open += f.verdict == KPI_VERDICT_NONE;
			code =
			    add_line(c, m, i, k, definitions_of(d, names[k]));
		}
	return code;
}

/* Adds what else has a target, in all; counts what is not judged. */
static int
find_others(struct cells *c, const struct measured *totals,
    const struct definitions *d, size_t *open)
{
	int code = DONE;

	for (size_t k = 0; code == DONE && totals->section->metrics[k] != NULL;
	     k++) {
		const kpi_definition *const one =
		    definitions_of(d, totals->section->metrics[k]);
		const kpi_figure f = report_figure(totals, 0, k);
		char by[TARGETS_BY];

		if (!targets_judge_by(one, by) || is_missed(f.verdict) ||
		    (f.state != 0 && isnan(f.target)))
			continue;
		*open += f.verdict == KPI_VERDICT_NONE;
		code = add_line(c, totals, 0, k, one);
	}
	return code;
}

static int
names_row(const struct measured *m, const struct setting *target)
{
	kpi_entry dimension = KPI_ENTRY_INIT;
	size_t k = 0;

	while (m->section->metrics[k] != NULL &&
	    strcmp(m->section->metrics[k], target->name) != 0)
		k++;
	if (m->section->metrics[k] == NULL ||
	    kpi_catalogue_number(KPI_TABLE_DIMENSIONS, m->section->by,
		&dimension) != KPI_OK ||
	    strcmp(dimension.name, target->of) != 0)
		return 0;
	for (uint64_t i = 0; i < kpi_result_rows(m->result); i++) {
		const char *const name = kpi_result_group(m->result, i, 0);

		if (name != NULL && strcmp(name, target->who) == 0)
			return report_figure(m, i, k).state != 0;
	}
	return 0;
}

/* Adds the groups' targets of which no section has the figure: a team's, or
 * that of a name that nothing has. */
static int
find_absent(struct cells *c, const struct measured *measured,
    const struct arguments *a, size_t *open)
{
	const struct argument *one;

	for (size_t at = 0; (one = argument_next(a, TARGET, &at)) != NULL;) {
		struct setting s;
		size_t section = QUEUES;
		double *share;
		char(*text)[CELL_SIZE];

		if (setting_read(&s, one->text, "--target", "") != DONE)
			return WRONG_USE;
		while (section <= CHANNELS && !names_row(&measured[section], &s))
			section++;
		if (s.of[0] == '\0' || section <= CHANNELS ||
		    strcmp(s.value, "none") == 0)
			continue;
		text = cells_add(c, &share);
		if (text == NULL)
			return FAILED;
		(void)snprintf(text[METRIC], CELL_SIZE, "%.60s", s.name);
		(void)snprintf(
		    text[WHOSE], CELL_SIZE, "%.30s %.60s", s.of, s.who);
		(void)snprintf(text[TARGET_VALUE], CELL_SIZE, "%.60s", s.value);
		(void)snprintf(text[VERDICT], CELL_SIZE, "no figure here");
		++*open;
	}
	return DONE;
}

static int
put_others(const struct measured *measured, const struct definitions *d,
    const struct arguments *a, int some_missed, size_t width)
{
	const char *heading = "Other targets";
	struct cells c;
	size_t open = 0;
	int code;

	cells_init(&c, columns, CELLS);
	code = find_others(&c, &measured[TOTALS], d, &open);
	for (size_t s = QUEUES; code == DONE && s <= CHANNELS; s++)
		code = find_own(&c, measured, s, d, &open);
	if (code == DONE)
		code = find_absent(&c, measured, a, &open);
	if (!some_missed)
		heading = open > 0 ? "Targets" : "All targets are met";
	if (code == DONE && c.lines > 0) {
		page_heading(STRONG, heading);
		cells_print(&c, width);
	}
	cells_free(&c);
	return code;
}

int
report_targets(const struct measured *measured, const struct definitions *d,
    const struct arguments *a, size_t width)
{
	static const int32_t verdicts[] = { KPI_VERDICT_MISSED,
		KPI_VERDICT_MISSED_WITHIN_NOISE };
	struct cells c;
	int code = DONE;

	cells_init(&c, columns, CELLS);
	for (size_t v = 0; v < 2; v++)
		for (size_t s = TOTALS; code == DONE && s <= CHANNELS; s++)
			code = find(&c, measured, s, verdicts[v], d);
	if (code == DONE && c.lines > 0) {
		page_heading(ALARM, "Outside its target");
		cells_print(&c, width);
	}
	if (code == DONE)
		code = put_others(measured, d, a, c.lines > 0, width);
	cells_free(&c);
	return code;
}
