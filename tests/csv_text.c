/* SPDX-License-Identifier: MIT */
#include "csv_text.h"

#include <check.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

kpi_csv_options csv_options;
kpi_csv_report csv_report;

static const char *maps[8], *values[8], *fills[8];
static kpi_record *record;

void
csv_begin(void)
{
	static const kpi_csv_options none = KPI_CSV_OPTIONS_INIT;

	csv_options = none;
	csv_options.maps = maps;
	csv_options.values = values;
	csv_options.fills = fills;
}

void
csv_map(const char *map)
{
	maps[csv_options.map_count++] = map;
}

void
csv_value(const char *value)
{
	values[csv_options.value_count++] = value;
}

void
csv_fill(const char *fill)
{
	fills[csv_options.fill_count++] = fill;
}

kpi_status
csv_import_bytes(const char *bytes, size_t size)
{
	static const kpi_error blank = KPI_ERROR_INIT;
	char path[64];
	kpi_status status;
	FILE *f;

	(void)snprintf(path, sizeof(path), "test-csv.%d", (int)getpid());
	f = fopen(path, "wb");
	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(fwrite(bytes, 1, size, f), size);
	ck_assert_int_eq(fclose(f), 0);
	csv_report.size = sizeof(csv_report);
	error = blank;
	status = kpi_import_csv(store, path, &csv_options, &csv_report, &error);
	ck_assert_int_eq(unlink(path), 0);
	return status;
}

kpi_status
csv_import(const char *text)
{
	return csv_import_bytes(text, strlen(text));
}

void
csv_takes(const char *text, uint64_t added, uint64_t updated, uint64_t refused)
{
	ck_assert_msg(csv_import(text) == KPI_OK, "%s", error.text);
	ck_assert_msg(csv_report.refused == refused, "%d refused: %s %s",
	    (int)csv_report.refused, csv_report.reasons[0].field,
	    csv_report.reasons[0].reason);
	ck_assert_uint_eq(csv_report.interactions, added);
	ck_assert_uint_eq(csv_report.updated, updated);
}

void
csv_refuses(
    const char *text, const char *field, const char *reason, uint64_t line)
{
	ck_assert_msg(csv_import(text) == KPI_OK, "%s", error.text);
	ck_assert_uint_eq(csv_report.refused, 1);
	ck_assert_uint_eq(csv_report.reason_count, 1);
	ck_assert_str_eq(csv_report.reasons[0].field, field);
	ck_assert_str_eq(csv_report.reasons[0].reason, reason);
	ck_assert_uint_eq(csv_report.reasons[0].rows, 1);
	ck_assert_uint_eq(csv_report.reasons[0].first[0], line);
	ck_assert_uint_eq(csv_report.reasons[0].first[1], 0);
}

void
csv_fails(const char *text, kpi_status status, const char *part)
{
	const uint64_t before = info().interactions;
	const kpi_status answer = csv_import(text);

	ck_assert_msg(answer == status, "%d: %s", (int)answer, error.text);
	ck_assert_msg(strstr(error.text, part) != NULL, "%s", error.text);
	ck_assert_uint_eq(info().interactions, before);
}

const kpi_interaction *
csv_get(const char *id)
{
	kpi_record_free(record);
	record = must_get(NULL, id);
	return kpi_record_interaction(record);
}

const kpi_visit *
csv_visit(const char *id)
{
	const kpi_interaction *const i = csv_get(id);

	ck_assert_uint_eq(i->visit_count, 1);
	return i->visits;
}
