/* SPDX-License-Identifier: MIT */
#include "report.h"

#include <stdio.h>
#include <string.h>

#include "output.h"
#include "page.h"
#include "visible.h"

#define NARROW 60 /* a page on which the names have lines of their own */
#define INDENT 2

/* What the letters of the formulas stand for. */
static const struct {
	const char *metric, *letter, *parameter;
} settings[] = {
	{ "service_level", "T", "service_level_threshold" },
	{ "service_level", "S", "short_abandon_threshold" },
	{ "abandonment_rate", "S", "short_abandon_threshold" },
	{ "first_contact_resolution", "W", "repeat_window" },
	{ "repeat_rate", "W", "repeat_window" },
	{ "contacts_per_issue", "W", "repeat_window" },
};

#define SETTINGS (sizeof(settings) / sizeof(*settings))

static void
append(char *text, size_t room, const char *before, const char *more)
{
	const size_t size = strlen(text);

	(void)snprintf(text + size, room - size, "%s%s", before, more);
}

/* The letters, and what is not as it is by itself. */
static void
append_definition(
    char *text, size_t room, const char *name, const kpi_definition *d)
{
	const char *const own = kpi_definition_text(d) + strlen(name);
	char value[64];
	uint64_t size;

	for (size_t i = 0; i < SETTINGS; i++) {
		if (strcmp(settings[i].metric, name) != 0 ||
		    strstr(own, settings[i].parameter) != NULL ||
		    kpi_definition_get(d, settings[i].parameter, value,
			sizeof(value), &size, NULL) != KPI_OK)
			continue;
		append(text, room, "; ", settings[i].letter);
		append(text, room, ": ", settings[i].parameter);
		append(text, room, "=", value);
	}
	if (*own != '\0')
		append(text, room, ";", own);
}

static void
put_metric(
    const char *name, const kpi_definition *d, size_t column, size_t width)
{
	kpi_entry metric = KPI_ENTRY_INIT;
	char text[4096];

	if (d == NULL ||
	    kpi_catalogue_find(KPI_TABLE_METRICS, name, &metric, NULL) !=
		KPI_OK)
		return;
	(void)snprintf(text, sizeof(text), "%.*s",
	    (int)strcspn(metric.sentence, "."), metric.sentence);
	if (strchr(metric.source, '/') != NULL)
		append(text, sizeof(text), ": ", metric.source);
	append_definition(text, sizeof(text), name, d);
	put_padded(name, column > INDENT ? column : 0);
	if (column == INDENT)
		(void)printf("\n%*s", INDENT, "");
	put_wrapped_to(text, column, width);
}

/* What the figures are in, and what their bounds are. */
static void
put_units(const struct definitions *d, size_t width)
{
	char text[512] = "Times are in seconds, as min:s or as h:min:s.";
	char confidence[16], by[16];
	const kpi_definition *const one = definitions_of(d, "service_level");
	uint64_t size;

	if (kpi_definition_get(one, "confidence", confidence,
		sizeof(confidence), &size, NULL) == KPI_OK &&
	    kpi_definition_get(one, "bounds_by", by, sizeof(by), &size, NULL) ==
		KPI_OK &&
	    strcmp(by, "none") != 0) {
		append(text, sizeof(text), " Bounds are of confidence ",
		    confidence);
		append(text, sizeof(text), " and take each ", by);
		append(text, sizeof(text), " as independent.", "");
	}
	put_wrapped_to(text, 0, width);
}

void
report_legend(
    const struct measured *totals, const struct definitions *d, size_t width)
{
	const char *const *const name = totals->section->metrics;
	size_t column = 0;

	for (size_t i = 0; name[i] != NULL; i++)
		if (report_figure(totals, 0, i).state == KPI_STATE_OK &&
		    output_width(name[i]) > column)
			column = output_width(name[i]);
	column = width < NARROW ? INDENT : column + 2;
	page_heading(STRONG, "What the figures are");
	for (size_t i = 0; name[i] != NULL; i++)
		if (report_figure(totals, 0, i).state == KPI_STATE_OK)
			put_metric(
			    name[i], definitions_of(d, name[i]), column, width);
	put_units(d, width);
}
