/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "import.h"
#include "import_report.h"
#include "output.h"

#define FIRST (sizeof(((kpi_csv_reason *)0)->first) / sizeof(uint64_t))

/* A text of the file's for the terminal: no control characters. */
static void
append(char *text, size_t room, const char *more)
{
	size_t size = strlen(text);

	for (; *more != '\0' && size + 1 < room; more++)
		text[size++] =
		    (unsigned char)*more < ' ' || *more == 0x7f ? '?' : *more;
	text[size] = '\0';
}

/* "wait is not a duration: lines 3, 7; expected h:mm:ss; first "5 m"" */
static void
put_reason(const kpi_csv_reason *r)
{
	char text[512];
	size_t size = (size_t)snprintf(text, sizeof(text), "%s%s%s: line%s",
	    r->field, r->field[0] == '\0' ? "" : " ", r->reason,
	    r->rows == 1 ? "" : "s");

	for (size_t i = 0; i < FIRST && r->first[i] != 0; i++)
		size += (size_t)snprintf(text + size, sizeof(text) - size,
		    "%s %" PRIu64, i == 0 ? "" : ",", r->first[i]);
	(void)snprintf(text + size, sizeof(text) - size, "%s",
	    r->rows > FIRST ? ", ..." : "");
	if (r->expected[0] != '\0') {
		append(text, sizeof(text), "; expected ");
		append(text, sizeof(text), r->expected);
	}
	if (r->value[0] != '\0') {
		append(text, sizeof(text), "; first was \"");
		append(text, sizeof(text), r->value);
		append(text, sizeof(text), "\"");
	}
	import_put_part(r->rows, text);
}

static const char *
field_name(int32_t field)
{
	kpi_entry entry = KPI_ENTRY_INIT;

	if (kpi_catalogue_number(KPI_TABLE_FIELDS, field, &entry) != KPI_OK)
		return "?";
	return entry.name;
}

/* The columns that were read, or those that were not. */
static uint64_t
list_columns(char *text, size_t room, const kpi_csv_report *r, int read)
{
	uint64_t count = 0;

	text[0] = '\0';
	for (uint64_t c = 0; c < r->column_count && c < KPI_CSV_COLUMNS; c++) {
		const kpi_csv_column *const column = &r->columns[c];

		if ((column->field != 0) != read)
			continue;
		if (count++ > 0)
			append(text, room, ", ");
		append(text, room,
		    column->name[0] == '\0' ? "(no name)" : column->name);
		if (read) {
			append(text, room, "=");
			append(text, room, field_name(column->field));
		}
	}
	if (r->column_count > KPI_CSV_COLUMNS)
		append(text, room, ", ...");
	return count;
}

static const char *
separator_name(uint64_t separator)
{
	switch (separator) {
	case ',':
		return "between commas:";
	case ';':
		return "between semicolons:";
	case '\t':
		return "between tabs:";
	default:
		return "read:";
	}
}

static void
put_columns(const kpi_csv_report *r)
{
	char text[KPI_CSV_COLUMNS * sizeof(r->columns[0])];
	uint64_t count = list_columns(text, sizeof(text), r, 1);

	import_put_count("columns", count, separator_name(r->separator));
	import_put_text(text);
	count = list_columns(text, sizeof(text), r, 0);
	if (count == 0)
		return;
	import_put_count("not read", count, "columns:");
	import_put_text(text);
}

void
import_csv_report(const char *name, const char *zone, const kpi_csv_report *r)
{
	char remark[128];

	put_padded(name, 0);
	(void)putchar('\n');
	import_put_count("rows", r->rows, "");
	import_put_count("interactions", r->interactions, "");
	if (r->updated > 0)
		import_put_count(
		    "updated", r->updated, "that were in the store already");
	if (r->again.rows > 0) {
		import_put_count("again", r->again.rows,
		    "rows that updated what an earlier row says:");
		put_reason(&r->again);
	}
	if (r->local_times > 0) {
		(void)snprintf(remark, sizeof(remark),
		    "without an offset, taken as of %.60s", zone);
		import_put_count("local times", r->local_times, remark);
	}
	if (r->replaced_text > 0)
		import_put_count("replaced", r->replaced_text,
		    "texts with bytes that are no UTF-8");
	if (r->refused > 0)
		import_put_count("refused", r->refused, "rows, not used:");
	for (uint64_t i = 0; i < r->reason_count; i++)
		put_reason(&r->reasons[i]);
	put_columns(r);
}
