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

/* What nothing is known of; what the time that is known is too short for. */
enum { SILENT, EARLY, LISTS };

static size_t
list_of(const kpi_figure *f)
{
	if (f->state == 0 || f->state == KPI_STATE_OK)
		return LISTS;
	return f->truncated + f->immature > 0 ? EARLY : SILENT;
}

static void
put_list(const struct measured *m, size_t list, const char *label,
    const char *why, size_t width)
{
	char names[1024] = "";
	size_t size = 0;

	for (size_t i = 0; m->section->metrics[i] != NULL; i++) {
		const kpi_figure f = report_figure(m, 0, i);

		if (list_of(&f) == list && size < sizeof(names))
			size += (size_t)snprintf(names + size,
			    sizeof(names) - size, "%s %s", size == 0 ? "" : ",",
			    m->section->metrics[i]);
	}
	if (size == 0)
		return;
	if (size < sizeof(names))
		(void)snprintf(names + size, sizeof(names) - size, "%s", why);
	(void)fputs(label, stdout);
	put_wrapped_to(names, strlen(label) + 1, width);
}

/* How soon is too soon, where it is about who comes again. */
static void
put_why(char *out, size_t size, const struct measured *m,
    const struct definitions *d)
{
	char window[32];
	uint64_t needed;
	size_t repeats = 0;

	out[0] = '\0';
	for (size_t i = 0; m->section->metrics[i] != NULL; i++) {
		const kpi_figure f = report_figure(m, 0, i);

		if (list_of(&f) == EARLY &&
		    metric_reads(m->section->metrics[i], "repeat_edge"))
			repeats++;
	}
	if (repeats > 0 &&
	    kpi_definition_get(definitions_of(d, "repeat_rate"),
		"repeat_window", window, sizeof(window), &needed,
		NULL) == KPI_OK)
		(void)snprintf(out, size,
		    "; who comes again within %s (repeat_window) is not known "
		    "so soon; --set repeat_edge=include counts what there is",
		    window);
}

/* They are named, so that nobody looks for them. */
static void
put_missing(const struct measured *m, const struct definitions *d, size_t width)
{
	char why[256];

	put_why(why, sizeof(why), m, d);
	put_list(m, EARLY, "too early:", why, width);
	put_list(m, SILENT, "no data:", "", width);
}

/* "In all: the value, its 95 % bounds, and of how many" */
static void
put_heading(const struct definitions *d)
{
	char text[96], confidence[16];
	uint64_t size;
	double share;

	if (kpi_definition_get(definitions_of(d, "service_level"), "confidence",
		confidence, sizeof(confidence), &size, NULL) != KPI_OK ||
	    sscanf(confidence, "%lf", &share) != 1)
		share = 0.95;
	(void)snprintf(text, sizeof(text),
	    "In all: the value, its %.6g %% bounds, and of how many",
	    100 * share);
	page_heading(STRONG, text);
}

int
report_totals(
    const struct measured *m, const struct definitions *d, size_t width)
{
	struct cells c;
	int code = DONE;

	put_heading(d);
	cells_init(&c, columns, CELLS);
	for (size_t i = 0; code == DONE && m->section->metrics[i] != NULL;
	     i++) {
		const kpi_figure f = report_figure(m, 0, i);

		if (f.state == KPI_STATE_OK)
			code = add_line(&c, m->section->metrics[i], &f);
	}
	if (code == DONE) {
		cells_print(&c, width);
		put_missing(m, d, width);
	}
	cells_free(&c);
	return code;
}
