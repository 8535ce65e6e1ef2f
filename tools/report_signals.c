/* SPDX-License-Identifier: MIT */
#include "report_signals.h"

#include <stdio.h>

#include "page.h"

enum { METRIC, WEEK, VALUE, LIMITS, CELLS };
enum { FIRST = WEEK, LAST, SIDE, MEDIAN, RUN_CELLS };

static const struct column outside_columns[CELLS] = {
	[METRIC] = { { "", "" }, 0, 0, 0 },
	[WEEK] = { { "", "week of" }, 0, 0, 1 },
	[VALUE] = { { "", "value" }, 1, 0, 2 },
	[LIMITS] = { { "", "limits" }, 1, 0, 3 },
};

static const struct column run_columns[RUN_CELLS] = {
	[METRIC] = { { "", "" }, 0, 0, 0 },
	[FIRST] = { { "from", "week of" }, 0, 0, 1 },
	[LAST] = { { "to", "week of" }, 0, 0, 4 },
	[SIDE] = { { "", "weeks" }, 1, 0, 2 },
	[MEDIAN] = { { "", "median" }, 1, 0, 3 },
};

void
report_signals_init(struct said *said)
{
	cells_init(&said->outside, outside_columns, CELLS);
	cells_init(&said->runs, run_columns, RUN_CELLS);
	said->judged = 0;
}

void
report_signals_free(struct said *said)
{
	cells_free(&said->outside);
	cells_free(&said->runs);
}

/* A line that has the names of its metric and of its week. */
static char (*new_line(struct cells *c, const struct measured *m, uint64_t row,
    size_t metric))[CELL_SIZE]
{
	double *share;
	char(*text)[CELL_SIZE] = cells_add(c, &share);

	if (text == NULL)
		return NULL;
	(void)snprintf(
	    text[METRIC], CELL_SIZE, "%s", m->section->metrics[metric]);
	report_name(text[WEEK], CELL_SIZE, m, row);
	return text;
}

static int
add_outside(struct cells *c, const struct measured *m, uint64_t row,
    size_t metric, const kpi_control_limits *l)
{
	kpi_figure f = report_figure(m, row, metric);
	char(*text)[CELL_SIZE] = new_line(c, m, row, metric);

	if (text == NULL)
		return FAILED;
	f.lower = l->lower;
	f.upper = l->upper;
	/* No share, time or count is below nothing. */
	if (f.lower < 0 && f.unit != KPI_UNIT_POINTS)
		f.lower = 0;
	if (f.upper > 1 && f.unit == KPI_UNIT_SHARE)
		f.upper = 1;
	if (kpi_figure_format(&f, KPI_SHOW_VALUE, text[VALUE], CELL_SIZE) !=
		KPI_OK ||
	    kpi_figure_format(&f, KPI_SHOW_BOUNDS, text[LIMITS], CELL_SIZE) !=
		KPI_OK)
		return complain(FAILED, "no memory");
	return DONE;
}

/* A line for the `weeks` from i on, which are a run. */
static int
add_run(struct cells *c, const struct measured *m, const struct series *s,
    size_t i, size_t weeks, size_t metric, double centre)
{
	kpi_figure f = report_figure(m, s->row[i], metric);
	char(*text)[CELL_SIZE] = new_line(c, m, s->row[i], metric);

	if (text == NULL)
		return FAILED;
	report_name(text[LAST], CELL_SIZE, m, s->row[i + weeks - 1]);
	(void)snprintf(text[SIDE], CELL_SIZE, "%zu %s", weeks,
	    s->value[i] > centre ? "above" : "below");
	f.value = centre;
	if (kpi_figure_format(&f, KPI_SHOW_VALUE, text[MEDIAN], CELL_SIZE) !=
	    KPI_OK)
		return complain(FAILED, "no memory");
	return DONE;
}

/* How many weeks from i on are one run, 0 if there is none: two runs may
 * touch, one above and one below the centre. */
static size_t
run_length(const struct series *s, size_t i, double centre)
{
	size_t weeks = 0;

	while (i + weeks < s->count &&
	    (s->signals[i + weeks] & KPI_SIGNAL_RUN) != 0 &&
	    (s->value[i + weeks] > centre) == (s->value[i] > centre))
		weeks++;
	return weeks;
}

int
report_signals_add(struct said *said, const struct series *s,
    const struct measured *m, size_t metric, const kpi_control_limits *l)
{
	int code = DONE;

	for (size_t i = 0; code == DONE && i < s->count; i++)
		if ((s->signals[i] & KPI_SIGNAL_OUTSIDE) != 0)
			code = add_outside(
			    &said->outside, m, s->row[i], metric, l);
	for (size_t i = 0; code == DONE && i < s->count; i++) {
		const size_t weeks = run_length(s, i, l->centre);

		if (weeks == 0)
			continue;
		code = add_run(&said->runs, m, s, i, weeks, metric, l->centre);
		i += weeks - 1;
	}
	return code;
}

/* The table under its heading; where there is nothing in it, that. */
static void
print_table(const struct cells *c, size_t width, const char *heading,
    const char *nothing)
{
	if (c->lines == 0) {
		(void)puts(nothing);
		return;
	}
	page_heading(ALARM, heading);
	cells_print(c, width);
}

void
report_signals_print(const struct said *said, size_t width)
{
	if (!said->judged)
		return;
	print_table(&said->outside, width,
	    "Outside its limits (median of weeks +- 3.145 moving ranges)",
	    "No week is outside its limits.");
	print_table(&said->runs, width,
	    "Moved (eight weeks or more in a row on one side of the median)",
	    "No eight weeks in a row are on one side of the median.");
}
