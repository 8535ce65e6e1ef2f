/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <math.h>
#include <stddef.h>
#include <stdio.h>

#include "output.h"
#include "staff.h"

static const struct {
	const char *name;
	const char *heading;
	size_t offset;
	int32_t unit;
	int with_patience; /* else it says nothing to people */
} figures[] = {
	{ "load", "load", offsetof(kpi_staffing, load), KPI_UNIT_RATIO, 0 },
	{ "service_level", "service level",
	    offsetof(kpi_staffing, service_level), KPI_UNIT_SHARE, 0 },
	{ "wait_probability", "have to wait",
	    offsetof(kpi_staffing, wait_probability), KPI_UNIT_SHARE, 0 },
	{ "speed_of_answer_ms", "speed of answer",
	    offsetof(kpi_staffing, speed_of_answer_ms), KPI_UNIT_MS, 0 },
	{ "mean_wait_ms", "wait of all", offsetof(kpi_staffing, mean_wait_ms),
	    KPI_UNIT_MS, 1 },
	{ "abandonment", "abandonment", offsetof(kpi_staffing, abandonment),
	    KPI_UNIT_SHARE, 1 },
	{ "occupancy", "occupancy", offsetof(kpi_staffing, occupancy),
	    KPI_UNIT_SHARE, 0 },
};

#define FIGURES (sizeof(figures) / sizeof(*figures))

static double
value_of(const kpi_staffing *s, size_t i)
{
	return *(
	    const double *)(const void *)((const char *)s + figures[i].offset);
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

static void
print_table(const kpi_staffing *s, const kpi_staffing_options *o)
{
	char text[KPI_FIGURE_TEXT];

	(void)printf("%-16s %" PRIu64 "\n", "agents", s->agents);
	(void)printf("%-16s %" PRIu64 "\n", "positions", s->positions);
	for (size_t i = 0; i < FIGURES; i++) {
		const double value = value_of(s, i);

		if (figures[i].with_patience && o->patience_ms == 0)
			continue;
		(void)printf("%-16s %s", figures[i].heading,
		    text_of(text, value, figures[i].unit));
		if (figures[i].offset == offsetof(kpi_staffing, load))
			(void)fputs(" erlangs", stdout);
		if (figures[i].offset ==
			offsetof(kpi_staffing, service_level) &&
		    !isnan(value))
			(void)printf(" within %s",
			    text_of(text, o->threshold_ms, KPI_UNIT_MS));
		(void)putchar('\n');
	}
}

void
staff_put_names(void)
{
	(void)fputs(",agents,positions", stdout);
	for (size_t i = 0; i < FIGURES; i++)
		(void)printf(",%s", figures[i].name);
}

void
staff_put_fields(const kpi_staffing *s, int32_t format)
{
	put_number_field(format, "agents", (double)s->agents);
	put_number_field(format, "positions", (double)s->positions);
	for (size_t i = 0; i < FIGURES; i++)
		put_number_field(format, figures[i].name, value_of(s, i));
}

static void
print_csv(const kpi_staffing *s)
{
	(void)fputs("agents,positions", stdout);
	for (size_t i = 0; i < FIGURES; i++)
		(void)printf(",%s", figures[i].name);
	(void)printf("\n%" PRIu64 ",%" PRIu64, s->agents, s->positions);
	for (size_t i = 0; i < FIGURES; i++)
		put_number_field(
		    KPI_FORMAT_CSV, figures[i].name, value_of(s, i));
	(void)putchar('\n');
}

static void
print_json(const kpi_staffing *s)
{
	(void)printf("{\"agents\":%" PRIu64 ",\"positions\":%" PRIu64,
	    s->agents, s->positions);
	for (size_t i = 0; i < FIGURES; i++)
		put_number_field(
		    KPI_FORMAT_JSON, figures[i].name, value_of(s, i));
	(void)puts("}");
}

void
staff_print(
    const kpi_staffing *s, const kpi_staffing_options *o, int32_t format)
{
	if (format == KPI_FORMAT_CSV)
		print_csv(s);
	else if (format == KPI_FORMAT_JSON)
		print_json(s);
	else
		print_table(s, o);
}
