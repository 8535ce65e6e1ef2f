/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "output.h"
#include "season.h"
#include "staff.h"
#include "tool.h"
#include "week.h"

#define WEEK_DAYS   7
#define DAY_MINUTES 1440

/* An interval of a group: what comes, and what it needs. */
struct interval {
	kpi_season_cell arrivals;
	kpi_plan_cell cell;
	kpi_staffing staffing;
};

static struct interval
interval_at(const kpi_plan *plan, uint64_t row, uint64_t at)
{
	struct interval i = { KPI_SEASON_CELL_INIT, KPI_PLAN_CELL_INIT,
		KPI_STAFFING_INIT };

	if (kpi_season_get(kpi_plan_season(plan), row, at, &i.arrivals) !=
		KPI_OK ||
	    kpi_plan_get(plan, row, at, &i.staffing, &i.cell) != KPI_OK)
		i.arrivals.mean = (double)NAN;
	return i;
}

static const char *
text_of(char out[KPI_FIGURE_TEXT], double value, int32_t unit)
{
	kpi_figure f = KPI_FIGURE_INIT;

	f.value = value;
	f.unit = unit;
	f.state = isnan(value) ? KPI_STATE_NO_DATA : KPI_STATE_OK;
	if (kpi_figure_format(&f, KPI_SHOW_VALUE, out, KPI_FIGURE_TEXT) !=
	    KPI_OK)
		out[0] = '\0';
	return out;
}

static const char *
source_of(int32_t handled_of)
{
	static const char *const names[] = { "", "given", "interval", "group",
		"all" };

	return handled_of < KPI_HANDLED_GIVEN || handled_of > KPI_HANDLED_ALL
	    ? ""
	    : names[handled_of];
}

enum shown { AGENTS, POSITIONS, LEVEL };

/* A table of the week, of what is shown. */
static void
print_week(const kpi_plan *plan, uint64_t row, struct week *w, enum shown what)
{
	const uint64_t cells = kpi_season_cells(kpi_plan_season(plan));

	for (uint64_t k = 0; k < cells; k++) {
		const struct interval i = interval_at(plan, row, k);

		w->cells[k][0] = '\0';
		if (!(i.arrivals.mean > 0))
			continue;
		if (what == LEVEL)
			(void)snprintf(w->cells[k], WEEK_CELL, "%.1f",
			    100 * i.staffing.service_level);
		else
			(void)snprintf(w->cells[k], WEEK_CELL, "%" PRIu64,
			    what == AGENTS ? i.staffing.agents
					   : i.staffing.positions);
	}
	week_print(w);
}

/* One below the other, with what comes beside it. */
static void
print_day(const kpi_plan *plan, uint64_t row)
{
	const uint64_t cells = kpi_season_cells(kpi_plan_season(plan));

	(void)printf("%-5s %9s %12s %9s %7s %9s %9s %6s\n", "time", "contacts",
	    "handle time", "erlangs", "agents", "positions", "in time", "busy");
	for (uint64_t k = 0; k < cells; k++) {
		const struct interval i = interval_at(plan, row, k);
		char time[CLOCK_TEXT], handled[KPI_FIGURE_TEXT];

		if (!(i.arrivals.mean > 0))
			continue;
		(void)printf("%-5s %9.4g %12s %9.2f %7" PRIu64 " %9" PRIu64
			     " %7.1f %% %4.0f %%\n",
		    clock_text(time, i.arrivals.minute), i.arrivals.mean,
		    text_of(handled, i.cell.handle_time_ms, KPI_UNIT_MS),
		    i.staffing.load, i.staffing.agents, i.staffing.positions,
		    100 * i.staffing.service_level, 100 * i.staffing.occupancy);
	}
}

/* What a group adds up to. */
static void
print_sums(const kpi_plan *plan, uint64_t row)
{
	const uint64_t cells = kpi_season_cells(kpi_plan_season(plan));
	const int is_day = interval_at(plan, row, 0).arrivals.weekday == 0;
	const double hours = (is_day ? 24.0 : 24.0 * WEEK_DAYS) / (double)cells;
	double agents = 0, positions = 0, contacts = 0;

	for (uint64_t k = 0; k < cells; k++) {
		const struct interval i = interval_at(plan, row, k);

		if (!(i.arrivals.mean > 0))
			continue;
		contacts += i.arrivals.mean;
		agents += hours * (double)i.staffing.agents;
		positions += hours * (double)i.staffing.positions;
	}
	(void)printf("%.6g contacts, %.6g hours of agents", contacts, agents);
	if (positions > agents)
		(void)printf(", %.6g paid", positions);
	(void)fputs(is_day ? " in the day\n" : " a week\n", stdout);
}

static void
print_heading(const kpi_plan *plan, const kpi_query *query)
{
	const kpi_season *s = kpi_plan_season(plan);
	const uint64_t count = kpi_season_periods(s);
	kpi_season_cell first = KPI_SEASON_CELL_INIT;
	char text[2][KPI_INSTANT_TEXT];

	(void)printf("%s to %s",
	    instant_text(text[0], query, kpi_season_from(s)),
	    instant_text(text[1], query, kpi_season_until(s)));
	if (kpi_season_get(s, 0, 0, &first) == KPI_OK && first.weekday != 0)
		(void)printf(
		    ", %" PRIu64 " whole week%s", count, count == 1 ? "" : "s");
	(void)putchar('\n');
}

static void
print_target(const kpi_staffing_options *load, const kpi_plan_options *o)
{
	char text[2][KPI_FIGURE_TEXT];

	if (o->agents > 0)
		(void)printf(
		    "%" PRIu64 " agents in every interval; ", o->agents);
	else if (load->target == KPI_ERLANG_SERVICE_LEVEL)
		(void)printf("%s within %s; ",
		    text_of(text[0], load->target_value, KPI_UNIT_SHARE),
		    text_of(text[1], load->threshold_ms, KPI_UNIT_MS));
	else
		(void)printf("%s at most %s; ", staff_target_name(load->target),
		    text_of(text[0], load->target_value,
			load->target == KPI_ERLANG_SPEED_OF_ANSWER
			    ? KPI_UNIT_MS
			    : KPI_UNIT_SHARE));
}

/* How long the group's contacts take, and wait before they leave; 0 if there
 * are none. */
static int
print_means(const kpi_plan *plan, uint64_t row)
{
	const uint64_t cells = kpi_season_cells(kpi_plan_season(plan));
	const double patience = interval_at(plan, row, 0).cell.patience_ms;
	double least = (double)INFINITY, most = 0;
	char text[KPI_FIGURE_TEXT];
	uint64_t own = 0;

	for (uint64_t k = 0; k < cells; k++) {
		const struct interval i = interval_at(plan, row, k);

		if (!(i.arrivals.mean > 0))
			continue;
		least = fmin(least, i.cell.handle_time_ms);
		most = fmax(most, i.cell.handle_time_ms);
		own += i.cell.handled_of == KPI_HANDLED_INTERVAL;
	}
	if (most == 0) {
		(void)puts("nothing comes");
		return 0;
	}
	(void)printf("handle time %s", text_of(text, least, KPI_UNIT_MS));
	if (most > least)
		(void)printf(" to %s", text_of(text, most, KPI_UNIT_MS));
	if (own > 0)
		(void)printf(" (%" PRIu64 " interval%s own)", own,
		    own == 1 ? " has its" : "s have their");
	if (patience > 0)
		(void)printf(
		    ", patience %s", text_of(text, patience, KPI_UNIT_MS));
	(void)putchar('\n');
	return 1;
}

static void
print_row(const kpi_plan *plan, uint64_t row, struct week *w,
    const kpi_plan_options *o, const kpi_staffing_options *load)
{
	const kpi_season *s = kpi_plan_season(plan);

	(void)putchar('\n');
	if (kpi_season_by(s, 0) != 0) {
		season_print_group(s, row);
		(void)putchar('\n');
	}
	if (!print_means(plan, row))
		return;
	if (w->days == 1) {
		print_day(plan, row);
	} else {
		(void)printf("%s:\n",
		    o->agents > 0 ? "answered in time, per cent" : "agents");
		print_week(plan, row, w, o->agents > 0 ? LEVEL : AGENTS);
		if (o->agents == 0 && load->shrinkage > 0) {
			(void)puts("positions:");
			print_week(plan, row, w, POSITIONS);
		}
	}
	print_sums(plan, row);
}

int
staff_print_plan(const kpi_plan *plan, const kpi_query *query,
    const kpi_staffing_options *load, const kpi_plan_options *o)
{
	const kpi_season *s = kpi_plan_season(plan);
	const size_t cells = (size_t)kpi_season_cells(s);
	const int32_t first = interval_at(plan, 0, 0).arrivals.weekday;
	const size_t days = first == 0 ? 1 : WEEK_DAYS;
	struct week w;
	int code = week_make(&w, cells / days, days, first == 0 ? 1 : first);

	if (code != DONE)
		return code;
	print_heading(plan, query);
	print_target(load, o);
	(void)fputs(
	    load->patience_ms > 0 || o->patience == KPI_PATIENCE_MEASURED
		? "who waits may leave (Erlang A)\n"
		: "nobody leaves (Erlang C)\n",
	    stdout);
	for (uint64_t row = 0; row < kpi_season_rows(s); row++)
		print_row(plan, row, &w, o, load);
	(void)putchar('\n');
	put_wrapped("Arrivals are visits to queues, by when they entered; .: "
		    "none. An interval with 30 handle times or more has its "
		    "own mean, another one that of all of its group.",
	    0);
	free(w.cells);
	return DONE;
}

static void
put_interval(const kpi_plan *plan, uint64_t row, uint64_t at, int32_t format)
{
	const struct interval i = interval_at(plan, row, at);

	season_put_place(kpi_plan_season(plan), row, &i.arrivals, format);
	put_number_field(format, "arrived", (double)i.arrivals.count);
	put_number_field(format, "times", i.arrivals.times);
	put_number_field(format, "contacts", i.arrivals.mean);
	put_number_field(format, "handle_time_ms", i.cell.handle_time_ms);
	put_number_field(format, "handled", (double)i.cell.handled);
	put_text_field(format, "handled_of", source_of(i.cell.handled_of), 0);
	put_number_field(format, "patience_ms",
	    i.cell.patience_ms > 0 ? i.cell.patience_ms : (double)NAN);
	staff_put_fields(&i.staffing, format);
	(void)fputs(format == KPI_FORMAT_CSV ? "\r\n" : "}\n", stdout);
}

void
staff_print_intervals(const kpi_plan *plan, int32_t format)
{
	const kpi_season *s = kpi_plan_season(plan);

	if (format == KPI_FORMAT_CSV) {
		season_put_names(s);
		(void)fputs(",arrived,times,contacts,handle_time_ms,handled,"
			    "handled_of,patience_ms",
		    stdout);
		staff_put_names();
		(void)fputs("\r\n", stdout);
	}
	for (uint64_t row = 0; row < kpi_season_rows(s); row++)
		for (uint64_t i = 0; i < kpi_season_cells(s); i++)
			put_interval(plan, row, i, format);
}
