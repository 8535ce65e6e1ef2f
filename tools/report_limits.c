/* SPDX-License-Identifier: MIT */
#include "report.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "columns.h"
#include "page.h"

/* Fewer whole weeks give limits that the next one moves. */
#define LEAST_WEEKS 8

enum { METRIC, WEEK, VALUE, LIMITS, CELLS };

static const struct column columns[CELLS] = {
	[METRIC] = { { "", "" }, 0, 0, 0 },
	[WEEK] = { { "", "week of" }, 0, 0, 1 },
	[VALUE] = { { "", "value" }, 1, 0, 2 },
	[LIMITS] = { { "", "limits" }, 1, 0, 3 },
};

/* Whole weeks, one after the other; without data those that have no row. */
struct series {
	double *value;
	uint64_t *row;
	size_t count, known;
};

static int
is_whole(const struct measured *m, const kpi_store_info *info, uint64_t row)
{
	return kpi_result_begin(m->result, row) >= info->known_from &&
	    kpi_result_until(m->result, row) <= info->as_of;
}

static void
gather(struct series *s, const struct measured *m, const kpi_store_info *info,
    size_t metric)
{
	int64_t ended = KPI_UNKNOWN;

	s->count = s->known = 0;
	for (uint64_t i = 0; i < kpi_result_rows(m->result); i++) {
		const kpi_figure f = report_figure(m, i, metric);

		if (!is_whole(m, info, i))
			continue;
		if (ended != KPI_UNKNOWN &&
		    ended != kpi_result_begin(m->result, i))
			s->value[s->count++] = NAN;
		s->row[s->count] = i;
		s->value[s->count++] =
		    f.state == KPI_STATE_OK ? f.value : (double)NAN;
		s->known += f.state == KPI_STATE_OK;
		ended = kpi_result_until(m->result, i);
	}
}

static int
add_line(struct cells *c, const struct measured *m, uint64_t row, size_t metric,
    const kpi_control_limits *l)
{
	kpi_figure f = report_figure(m, row, metric);
	double *share;
	char(*text)[CELL_SIZE] = cells_add(c, &share);

	if (text == NULL)
		return FAILED;
	(void)snprintf(
	    text[METRIC], CELL_SIZE, "%s", m->section->metrics[metric]);
	report_name(text[WEEK], CELL_SIZE, m, row);
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

static int
find_outside(struct cells *c, struct series *s, const struct measured *m,
    const kpi_store_info *info, int *judged)
{
	int code = DONE;

	for (size_t k = 0; m->section->metrics[k] != NULL; k++) {
		kpi_control_limits l = KPI_CONTROL_LIMITS_INIT;

		gather(s, m, info, k);
		if (s->known < LEAST_WEEKS ||
		    kpi_control_limits_of(&l, s->value, s->count,
			KPI_CENTRE_MEDIAN, NULL) != KPI_OK)
			continue;
		*judged = 1;
		for (size_t i = 0; code == DONE && i < s->count; i++)
			if (s->value[i] < l.lower || s->value[i] > l.upper)
				code = add_line(c, m, s->row[i], k, &l);
	}
	return code;
}

int
report_limits(
    const struct measured *weeks, const kpi_store_info *info, size_t width)
{
	const size_t rows = (size_t)kpi_result_rows(weeks->result);
	struct series s = { NULL, NULL, 0, 0 };
	struct cells c;
	int judged = 0, code = DONE;

	s.value = malloc((2 * rows + 1) * sizeof(*s.value));
	s.row = malloc((2 * rows + 1) * sizeof(*s.row));
	cells_init(&c, columns, CELLS);
	if (s.value == NULL || s.row == NULL)
		code = complain(FAILED, "no memory");
	else
		code = find_outside(&c, &s, weeks, info, &judged);
	if (code == DONE && c.lines > 0) {
		page_heading(ALARM,
		    "Outside its limits (median of weeks +- 3.145 "
		    "moving ranges)");
		cells_print(&c, width);
	} else if (code == DONE && judged) {
		(void)puts("No week is outside its limits.");
	}
	cells_free(&c);
	free(s.value);
	free(s.row);
	return code;
}
