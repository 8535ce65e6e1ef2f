/* SPDX-License-Identifier: MIT */
#include "report.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "columns.h"
#include "output.h"
#include "page.h"

/* Its name in two lines over a column, and when it leaves a narrow page. */
static const struct {
	const char *metric;
	const char *heading[2];
	int order;
} headings[] = {
	{ "contacts", { "", "contacts" }, 1 },
	{ "visits", { "", "visits" }, 1 },
	{ "service_level", { "service", "level" }, 2 },
	{ "abandonment_rate", { "", "abandoned" }, 3 },
	{ "average_speed_of_answer", { "answered", "after" }, 4 },
	{ "average_handle_time", { "handle", "time" }, 5 },
	{ "transfer_rate", { "passed", "on" }, 7 },
	{ "first_contact_resolution", { "resolved", "at first" }, 6 },
	{ "resolution_rate", { "", "resolved" }, 6 },
	{ "csat", { "", "csat" }, 8 },
	{ "occupancy", { "", "occupied" }, 8 },
};

#define HEADINGS (sizeof(headings) / sizeof(*headings))

/* The bar is of the first metric, and stands behind it. */
enum { NAME, FIRST, BAR, OTHERS };

static void
lay_out(struct column *out, const struct section *s)
{
	static const struct column name = { { "", "" }, 0, 0, 0 };
	static const struct column bar = { { "", "" }, 0, 1, 9 };

	out[NAME] = name;
	out[BAR] = bar;
	for (size_t i = 0; s->metrics[i] != NULL; i++) {
		struct column *const c = &out[i == 0 ? FIRST : OTHERS + i - 1];

		for (size_t k = 0; k < HEADINGS; k++) {
			if (strcmp(headings[k].metric, s->metrics[i]) != 0)
				continue;
			c->heading[0] = headings[k].heading[0];
			c->heading[1] = headings[k].heading[1];
			c->is_number = 1;
			c->is_bar = 0;
			c->order = headings[k].order;
		}
	}
}

static size_t
count_metrics(const struct section *s)
{
	size_t count = 0;

	while (s->metrics[count] != NULL)
		count++;
	return count;
}

struct ranked {
	double size;
	uint64_t row;
	int is_unknown;
};

/* The greatest first, of equals the first; what has no name last. */
static int
compare(const void *left, const void *right)
{
	const struct ranked *const a = left, *const b = right;

	if (a->is_unknown != b->is_unknown)
		return a->is_unknown - b->is_unknown;
	if (a->size != b->size)
		return a->size < b->size ? 1 : -1;
	return a->row < b->row ? -1 : a->row > b->row;
}

/* The rows in the order in which they are shown; times as they are. */
static struct ranked *
rank(const struct measured *m, uint64_t rows, double *greatest)
{
	struct ranked *const list = malloc((rows + 1) * sizeof(*list));

	*greatest = 0;
	for (uint64_t i = 0; list != NULL && i < rows; i++) {
		const kpi_figure f = report_figure(m, i, 0);

		list[i].row = i;
		list[i].is_unknown = kpi_result_group(m->result, i, 0) == NULL;
		list[i].size = f.state == KPI_STATE_OK ? f.value : 0;
		if (list[i].size > *greatest)
			*greatest = list[i].size;
	}
	if (list != NULL && !m->section->by_time)
		qsort(list, rows, sizeof(*list), compare);
	return list;
}

static int
add_line(struct cells *c, const struct measured *m, const struct ranked *r,
    double greatest)
{
	double *share;
	char(*text)[CELL_SIZE] = cells_add(c, &share);

	if (text == NULL)
		return FAILED;
	report_name(text[NAME], CELL_SIZE, m, r->row);
	for (size_t i = 0; m->section->metrics[i] != NULL; i++) {
		const kpi_figure f = report_figure(m, r->row, i);
		char *const cell = text[i == 0 ? FIRST : OTHERS + i - 1];

		if (f.state == KPI_STATE_OK &&
		    kpi_figure_format(&f, KPI_SHOW_VALUE, cell, CELL_SIZE) !=
			KPI_OK)
			return complain(FAILED, "no memory");
	}
	share[BAR] = greatest > 0 ? r->size / greatest : 0;
	return DONE;
}

static void
put_heading(const struct measured *m)
{
	kpi_entry entry = KPI_ENTRY_INIT;
	char text[64];
	const kpi_status status = m->section->by_time
	    ? kpi_catalogue_number(
		  KPI_TABLE_BUCKETS, kpi_result_bucket(m->result), &entry)
	    : kpi_catalogue_number(
		  KPI_TABLE_DIMENSIONS, m->section->by, &entry);

	(void)snprintf(text, sizeof(text), "By %s",
	    status == KPI_OK ? entry.name : "time");
	page_heading(STRONG, text);
}

int
report_groups(const struct measured *m, size_t width)
{
	struct column columns[COLUMNS_MOST];
	const uint64_t rows = kpi_result_rows(m->result);
	const uint64_t shown =
	    rows < m->section->most ? rows : m->section->most;
	struct ranked *list;
	struct cells c;
	double greatest;
	int code = DONE;

	/* One that all are of says what the totals have said. */
	if (rows < 2)
		return DONE;
	list = rank(m, rows, &greatest);
	if (list == NULL)
		return complain(FAILED, "no memory");
	lay_out(columns, m->section);
	cells_init(&c, columns, OTHERS - 1 + count_metrics(m->section));
	for (uint64_t i = 0; code == DONE && i < shown; i++)
		code = add_line(&c, m,
		    &list[m->section->by_time ? rows - shown + i : i],
		    greatest);
	if (code == DONE) {
		put_heading(m);
		cells_print(&c, width);
		if (shown < rows)
			(void)printf("and %" PRIu64 " more\n", rows - shown);
	}
	cells_free(&c);
	free(list);
	return code;
}
