/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "output.h"
#include "season.h"
#include "tool.h"
#include "week.h"

/* Of the cells in which anything comes, one in so many is marked. */
#define MARKED 10

#define WEEK_MINUTES (7 * 1440)

static const char *
dimension_name(kpi_by by)
{
	kpi_entry entry = KPI_ENTRY_INIT;

	return kpi_catalogue_number(KPI_TABLE_DIMENSIONS, by, &entry) == KPI_OK
	    ? entry.name
	    : "";
}

void
season_print_group(const kpi_season *season, uint64_t row)
{
	for (uint64_t i = 0; kpi_season_by(season, i) != 0; i++) {
		const char *const value = kpi_season_group(season, row, i);

		(void)printf("%s%s ", i == 0 ? "" : ", ",
		    dimension_name(kpi_season_by(season, i)));
		put_padded(value == NULL ? "(unknown)" : value, 0);
	}
}

static kpi_season_cell
cell_of(const kpi_season *season, uint64_t row, uint64_t i)
{
	kpi_season_cell c = KPI_SEASON_CELL_INIT;

	if (kpi_season_get(season, row, i, &c) != KPI_OK)
		c.index = c.mean = (double)NAN;
	return c;
}

static int
descending(const void *left, const void *right)
{
	const double a = *(const double *)left, b = *(const double *)right;

	return (a < b) - (a > b);
}

/* The least index that is marked: of the busiest tenth, and what is as busy;
 * infinite if there is nothing. `room` has a place for each cell. */
static double
find_mark(const kpi_season *season, uint64_t row, double *room)
{
	size_t count = 0;

	for (uint64_t i = 0; i < kpi_season_cells(season); i++) {
		const double index = cell_of(season, row, i).index;

		if (index > 0)
			room[count++] = index;
	}
	if (count == 0)
		return (double)INFINITY;
	qsort(room, count, sizeof(*room), descending);
	return room[(count + MARKED - 1) / MARKED - 1];
}

static double
mean_of_all(const kpi_season *season, uint64_t row)
{
	for (uint64_t i = 0; i < kpi_season_cells(season); i++) {
		const kpi_season_cell c = cell_of(season, row, i);

		if (c.index > 0)
			return c.mean / c.index;
	}
	return 0;
}

static void
print_row(const kpi_season *season, uint64_t row, struct week *w, double *room)
{
	const double mark = find_mark(season, row, room);

	(void)putchar('\n');
	if (kpi_season_by(season, 0) != 0) {
		season_print_group(season, row);
		(void)fputs(": ", stdout);
	}
	(void)printf("1.00 is %.4g in %zu min\n", mean_of_all(season, row),
	    WEEK_MINUTES / (size_t)kpi_season_cells(season));
	for (uint64_t i = 0; i < kpi_season_cells(season); i++) {
		const double index = cell_of(season, row, i).index;

		w->cells[i][0] = '\0';
		if (index > 0)
			(void)snprintf(w->cells[i], WEEK_CELL, "%s%.2f",
			    index >= mark ? "*" : "", index);
	}
	week_print(w);
}

int
season_print_table(
    const kpi_season *season, const kpi_query *query, const char *definition)
{
	const size_t cells = (size_t)kpi_season_cells(season);
	const uint64_t weeks = kpi_season_periods(season);
	char text[2][KPI_INSTANT_TEXT];
	struct week w = { NULL, 0, 0, 0 };
	double *const room = malloc((cells + 1) * sizeof(*room));
	int code = room == NULL
	    ? complain(FAILED, "no memory")
	    : week_make(&w, cells / 7, 7, cell_of(season, 0, 0).weekday);

	if (code == DONE) {
		(void)printf("%s, %" PRIu64 " whole week%s\n%s to %s\n",
		    definition, weeks, weeks == 1 ? "" : "s",
		    instant_text(text[0], query, kpi_season_from(season)),
		    instant_text(text[1], query, kpi_season_until(season)));
		for (uint64_t i = 0; i < kpi_season_rows(season); i++)
			print_row(season, i, &w, room);
		(void)putchar('\n');
		put_wrapped("1.00 is the mean of all intervals of the week, "
			    "nights and closed days too; .: nothing; *: the "
			    "busiest tenth of those in which anything comes.",
		    0);
	}
	free(room);
	free(w.cells);
	return code;
}

void
season_put_place(const kpi_season *season, uint64_t row,
    const kpi_season_cell *cell, int32_t format)
{
	char text[CLOCK_TEXT];
	int first = 1;

	for (uint64_t i = 0; kpi_season_by(season, i) != 0; i++) {
		put_text_field(format, dimension_name(kpi_season_by(season, i)),
		    kpi_season_group(season, row, i), first);
		first = 0;
	}
	put_text_field(format, "weekday",
	    cell->weekday == 0 ? NULL : weekday_name(cell->weekday), first);
	put_text_field(format, "time", clock_text(text, cell->minute), 0);
}

void
season_put_names(const kpi_season *season)
{
	for (uint64_t i = 0; kpi_season_by(season, i) != 0; i++) {
		put_csv("", dimension_name(kpi_season_by(season, i)));
		(void)putchar(',');
	}
	(void)fputs("weekday,time", stdout);
}

static void
put_cell(const kpi_season *season, uint64_t row, uint64_t i, int32_t format)
{
	const kpi_season_cell c = cell_of(season, row, i);

	season_put_place(season, row, &c, format);
	put_number_field(format, "index", c.index);
	put_number_field(format, "mean", c.mean);
	put_number_field(format, "count", (double)c.count / (double)c.parts);
	put_number_field(format, "times", c.times);
	(void)fputs(format == KPI_FORMAT_CSV ? "\r\n" : "}\n", stdout);
}

void
season_print_lines(const kpi_season *season, int32_t format)
{
	if (format == KPI_FORMAT_CSV) {
		season_put_names(season);
		(void)fputs(",index,mean,count,times\r\n", stdout);
	}
	for (uint64_t row = 0; row < kpi_season_rows(season); row++)
		for (uint64_t i = 0; i < kpi_season_cells(season); i++)
			put_cell(season, row, i, format);
}
