/* SPDX-License-Identifier: MIT */
#include "entry.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "list.h"
#include "output.h"

#define LABEL 12

static void
put_item(const char *label, const char *text)
{
	if (text[0] == '\0')
		return;
	put_padded(label, LABEL);
	put_wrapped(text, LABEL);
}

/* Each parameter that the metric reads, with its default there. */
static void
put_parameters(const kpi_entry *metric)
{
	kpi_entry p = KPI_ENTRY_INIT;
	kpi_definition *d;
	const char *label = "parameters";

	if (kpi_definition_new(&d, metric->number, NULL, NULL) != KPI_OK)
		return;
	for (uint64_t i = 0;
	     kpi_catalogue_entry(KPI_TABLE_PARAMETERS, i, &p) == KPI_OK; i++) {
		char text[512];
		size_t size;

		if (!names_have(p.relation, metric->name))
			continue;
		size = (size_t)snprintf(text, sizeof(text), "%s=", p.name);
		if (kpi_definition_get(d, p.name, text + size,
			sizeof(text) - size, NULL, NULL) != KPI_OK)
			continue;
		put_item(label, text);
		label = "";
	}
	kpi_definition_free(d);
}

static void
put_presets(const kpi_entry *metric)
{
	kpi_entry p = KPI_ENTRY_INIT;
	char text[1024];
	size_t size = 0;

	text[0] = '\0';
	for (uint64_t i = 0;
	     kpi_catalogue_entry(KPI_TABLE_PRESETS, i, &p) == KPI_OK; i++) {
		if (!names_have(p.relation, metric->name) ||
		    size + strlen(p.name) + sizeof(", ") > sizeof(text))
			continue;
		size += (size_t)snprintf(text + size, sizeof(text) - size,
		    "%s%s", size == 0 ? "" : ", ", p.name);
	}
	put_item("presets", text);
}

void
entry_text(int32_t table, const kpi_entry *e)
{
	const int is_metric = table == KPI_TABLE_METRICS;
	const int is_preset = table == KPI_TABLE_PRESETS;
	const char *relation = "of";

	if (is_metric)
		relation = "merges by";
	(void)printf("%s\n", e->name);
	put_item("", e->sentence);
	put_item(is_metric ? "figure" : "kind", e->kind);
	put_item("unit", e->unit);
	put_item(is_preset ? "sets" : "values", e->values);
	put_item("default", e->initial);
	put_item(relation, e->relation);
	put_item(is_metric ? "formula" : "source", e->source);
	if (is_metric) {
		put_parameters(e);
		put_presets(e);
	}
}

#define TEXTS 8

static const char *const names[TEXTS] = { "name", "kind", "unit", "values",
	"initial", "relation", "sentence", "source" };

static void
gather(const char *out[TEXTS], const kpi_entry *e)
{
	const char *const texts[TEXTS] = { e->name, e->kind, e->unit, e->values,
		e->initial, e->relation, e->sentence, e->source };

	memcpy(out, texts, sizeof(texts));
}

void
entry_csv_header(void)
{
	(void)fputs("table,number", stdout);
	for (size_t i = 0; i < TEXTS; i++)
		(void)printf(",%s", names[i]);
	(void)fputs("\r\n", stdout);
}

void
entry_csv(const char *table, const kpi_entry *e)
{
	const char *texts[TEXTS];

	gather(texts, e);
	(void)printf("%s,%" PRId32, table, e->number);
	for (size_t i = 0; i < TEXTS; i++)
		put_csv(",", texts[i]);
	(void)fputs("\r\n", stdout);
}

void
entry_json(const char *table, const kpi_entry *e)
{
	const char *texts[TEXTS];

	gather(texts, e);
	put_json("{", "table", table);
	(void)printf(",\"number\":%" PRId32, e->number);
	for (size_t i = 0; i < TEXTS; i++)
		put_json(",", names[i], texts[i]);
	(void)fputs("}\n", stdout);
}
