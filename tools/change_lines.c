/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "change.h"
#include "output.h"

static const struct {
	const char *name;
	size_t offset;
} numbers[] = {
	{ "before", offsetof(kpi_difference, before) },
	{ "now", offsetof(kpi_difference, now) },
	{ "difference", offsetof(kpi_difference, difference) },
	{ "lower", offsetof(kpi_difference, lower) },
	{ "upper", offsetof(kpi_difference, upper) },
	{ "verdict_lower", offsetof(kpi_difference, verdict_lower) },
	{ "verdict_upper", offsetof(kpi_difference, verdict_upper) },
	{ "chance", offsetof(kpi_difference, chance) },
	{ "adjusted", offsetof(kpi_difference, adjusted) },
	{ "within", offsetof(kpi_difference, within) },
	{ "mix", offsetof(kpi_difference, mix) },
};

static const struct {
	const char *name;
	int32_t table;
	size_t offset;
} words[] = {
	{ "verdict", KPI_TABLE_VERDICTS, offsetof(kpi_difference, verdict) },
	{ "before_state", KPI_TABLE_STATES,
	    offsetof(kpi_difference, before_state) },
	{ "now_state", KPI_TABLE_STATES, offsetof(kpi_difference, now_state) },
};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static const char *
name_of(int32_t table, int32_t number)
{
	kpi_entry entry = KPI_ENTRY_INIT;

	if (number == 0 ||
	    kpi_catalogue_number(table, number, &entry) != KPI_OK)
		return NULL;
	return entry.name;
}

static const char *
clusters_name(int32_t by)
{
	static const char *const names[] = { NULL, "contact", "day",
		"customer" };

	return by < 0 || by > KPI_BOUNDS_CUSTOMER ? NULL : names[by];
}

static void
put_difference(
    const kpi_change *c, uint64_t row, uint64_t index, int32_t format)
{
	kpi_difference d = KPI_DIFFERENCE_INIT;
	const char *const bytes = (const char *)&d;

	if (kpi_change_get(c, row, index, &d) != KPI_OK)
		return;
	put_text_field(
	    format, "of", row == KPI_CHANGE_WHOLE ? "all" : "group", 1);
	for (uint64_t i = 0; kpi_change_by(c, i) != 0; i++)
		put_text_field(format,
		    name_of(KPI_TABLE_DIMENSIONS, kpi_change_by(c, i)),
		    kpi_change_group(c, row, i), 0);
	put_text_field(format, "metric",
	    name_of(KPI_TABLE_METRICS, kpi_change_metric(c, index)), 0);
	put_text_field(
	    format, "definition", kpi_change_definition(c, index), 0);
	for (size_t i = 0; i < COUNT(numbers); i++)
		put_number_field(format, numbers[i].name,
		    *(const double *)(const void *)(bytes + numbers[i].offset));
	put_text_field(format, "bounds_by", clusters_name(d.bounds_by), 0);
	put_text_field(format, "method", d.method, 0);
	put_text_field(format, "verdict_by", clusters_name(d.verdict_by), 0);
	for (size_t i = 0; i < COUNT(words); i++)
		put_text_field(format, words[i].name,
		    name_of(words[i].table,
			*(const int32_t *)(const void *)(bytes +
			    words[i].offset)),
		    0);
	(void)fputs(format == KPI_FORMAT_CSV ? "\r\n" : "}\n", stdout);
}

static void
put_header(const kpi_change *c)
{
	(void)fputs("of", stdout);
	for (uint64_t i = 0; kpi_change_by(c, i) != 0; i++)
		put_csv(
		    ",", name_of(KPI_TABLE_DIMENSIONS, kpi_change_by(c, i)));
	(void)fputs(",metric,definition", stdout);
	for (size_t i = 0; i < COUNT(numbers); i++)
		(void)printf(",%s", numbers[i].name);
	(void)fputs(",bounds_by,method,verdict_by", stdout);
	for (size_t i = 0; i < COUNT(words); i++)
		(void)printf(",%s", words[i].name);
	(void)fputs("\r\n", stdout);
}

void
change_print_lines(const kpi_change *c, int32_t format)
{
	const uint64_t count = kpi_change_count(c);
	const uint64_t rows = kpi_change_by(c, 0) == 0 ? 0 : kpi_change_rows(c);

	if (format == KPI_FORMAT_CSV)
		put_header(c);
	for (uint64_t i = 0; i < rows * count; i++)
		put_difference(c, i / count, i % count, format);
	for (uint64_t i = 0; i < count; i++)
		put_difference(c, KPI_CHANGE_WHOLE, i, format);
}
