/* SPDX-License-Identifier: MIT */
#include "report.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "columns.h"
#include "output.h"
#include "page.h"

enum { METRIC, VALUE, BOUNDS, COUNTED, BAR, CELLS };

static const struct column columns[CELLS] = {
	[METRIC] = { { "", "" }, 0, 0, 0 },
	[VALUE] = { { "", "" }, 1, 0, 1 },
	[BOUNDS] = { { "", "" }, 1, 0, 3 },
	[COUNTED] = { { "", "" }, 1, 0, 4 },
	[BAR] = { { "", "" }, 0, 1, 5 },
};

/* "2376 of 2792"; of means of how many; of counts, and of agents' time, whose
 * sums are no units, nothing. */
static void
put_counted(
    char *out, size_t size, const kpi_entry *metric, const kpi_figure *f)
{
	const int64_t parts = f->parts == 0 ? 1 : f->parts;
	const int is_mean = f->unit == KPI_UNIT_MS || f->unit == KPI_UNIT_MARK;

	if (f->unit == KPI_UNIT_COUNT ||
	    (f->unit == KPI_UNIT_SHARE && strcmp(metric->kind, "share") != 0))
		return;
	if (is_mean)
		(void)snprintf(
		    out, size, "of %" PRId64, f->denominator / parts);
	else
		(void)snprintf(out, size, "%" PRId64 " of %" PRId64,
		    f->numerator / parts, f->denominator / parts);
}

static int
add_line(struct cells *c, const char *name, const kpi_figure *f)
{
	kpi_entry metric = KPI_ENTRY_INIT;
	double *share;
	char(*text)[CELL_SIZE] = cells_add(c, &share);

	if (text == NULL)
		return FAILED;
	(void)snprintf(text[METRIC], CELL_SIZE, "%s", name);
	if (kpi_figure_format(f, KPI_SHOW_VALUE, text[VALUE], CELL_SIZE) !=
		KPI_OK ||
	    kpi_figure_format(f, KPI_SHOW_BOUNDS, text[BOUNDS], CELL_SIZE) !=
		KPI_OK)
		return complain(FAILED, "no memory");
	if (kpi_catalogue_find(KPI_TABLE_METRICS, name, &metric, NULL) ==
	    KPI_OK)
		put_counted(text[COUNTED], CELL_SIZE, &metric, f);
	if (f->unit == KPI_UNIT_SHARE)
		share[BAR] = f->value;
	return DONE;
}

/* What the store says nothing about is named, so that nobody looks for it. */
static void
put_silent(const struct measured *m)
{
	char names[512] = "";
	size_t size = 0;

	for (size_t i = 0; m->section->metrics[i] != NULL; i++) {
		const int32_t state = report_figure(m, 0, i).state;

		if (state != 0 && state != KPI_STATE_OK && size < sizeof(names))
			size += (size_t)snprintf(names + size,
			    sizeof(names) - size, "%s %s", size == 0 ? "" : ",",
			    m->section->metrics[i]);
	}
	if (size == 0)
		return;
	(void)fputs("no data:", stdout);
	put_wrapped(names, sizeof("no data: ") - 1);
}

int
report_totals(const struct measured *m, size_t width)
{
	struct cells c;
	int code = DONE;

	page_heading(STRONG, "In all: the value, its bounds, and of how many");
	cells_init(&c, columns, CELLS);
	for (size_t i = 0; code == DONE && m->section->metrics[i] != NULL;
	     i++) {
		const kpi_figure f = report_figure(m, 0, i);

		if (f.state == KPI_STATE_OK)
			code = add_line(&c, m->section->metrics[i], &f);
	}
	if (code == DONE) {
		cells_print(&c, width);
		put_silent(m);
	}
	cells_free(&c);
	return code;
}
