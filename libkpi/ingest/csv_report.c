/* SPDX-License-Identifier: MIT */
#include "ingest/csv_report.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/suggestion.h"
#include "ingest/csv_word.h"
#include "ingest/text.h"

static const struct {
	const char *reason;
	const char *expected; /* NULL: what the field may be */
} texts[] = {
	[KPI__CSV_GOOD] = { "", "" },
	[KPI__CSV_NOT_TIME] = { "is not a time",
	    "2026-10-01T09:30:00, with or without an offset, or a pattern" },
	[KPI__CSV_NOT_PATTERN] = { "is not a time as the pattern has it", "" },
	[KPI__CSV_NOT_EPOCH] = { "is not a time since 1970", "a number" },
	[KPI__CSV_NOT_DURATION] = { "is not a duration",
	    "h:mm:ss, or a number with its unit, such as 90s" },
	[KPI__CSV_WITHOUT_UNIT] = { "is a number without its unit",
	    "a unit in the header, as in \"wait (s)\", or in a map, as in "
	    "\"Column=wait:s\"" },
	[KPI__CSV_NOT_WHOLE] = { "is not a whole number", NULL },
	[KPI__CSV_NOT_AMOUNT] = { "is not such a number",
	    "a decimal number in the form that is set" },
	[KPI__CSV_NOT_FLAG] = { "is neither yes nor no",
	    "yes, no, y, n, true, false, 1 or 0" },
	[KPI__CSV_NOT_WORD] = { "is none of its words", NULL },
	[KPI__CSV_OUTSIDE] = { "is outside its range", NULL },
	[KPI__CSV_TOO_LONG] = { "is too long", "at most 1024 bytes" },
	[KPI__CSV_FEW_CELLS] = { "fewer cells than the header", "" },
	[KPI__CSV_MANY_CELLS] = { "more cells than the header", "" },
	[KPI__CSV_QUOTE_UNCLOSED] = { "a quote that nothing ends", "" },
	[KPI__CSV_QUOTE_STRAY] = { "something behind the quote that ends a "
				   "cell",
	    "the separator, or two quotes for one" },
	[KPI__CSV_ROW_LONG] = { "longer than 262144 bytes", "" },
	[KPI__CSV_NO_START] = { "is missing",
	    "when it began, as in a map \"Column=started_at\", or the id of an "
	    "interaction in the store" },
	[KPI__CSV_HAS_ID] = { "is in the store already", "a new one" },
	[KPI__CSV_ID_AGAIN] = { "is that of an earlier row, which was updated",
	    "" },
	[KPI__CSV_MARKS] = { "is above csat_scale", "0 to csat_scale" },
	[KPI__CSV_EFFORT] = { "is above those of ces_version 1", "1 to 5" },
	[KPI__CSV_RING] = { "is longer than the wait, which contains it",
	    "at most the wait" },
	[KPI__CSV_NO_FIT] = { "does not fit what the store has under this id",
	    "csat up to csat_scale, ces of version 1 up to 5, ring up to "
	    "wait" },
	[KPI__CSV_DIFFERS] = { "differs from the first row of the interaction",
	    "the same, or nothing" },
	[KPI__CSV_MANY_VISITS] = { "has more than 65535 visits", "" },
};

static const char *
expected_of(const kpi__csv_wrong *wrong)
{
	const char *const expected = texts[wrong->why].expected;

	return expected != NULL ? expected : kpi__csv_words(wrong->field);
}

static const char *
field_of(const kpi__csv_wrong *wrong)
{
	return wrong->field == NULL ? "" : wrong->field->name;
}

void
kpi__csv_report_init(kpi_csv_report *report)
{
	memset(report, 0, sizeof(*report));
	report->again.reason = texts[KPI__CSV_ID_AGAIN].reason;
	report->again.expected = "";
	report->again.field = "id";
}

static void
put_value(kpi_csv_reason *to, const kpi__csv_wrong *wrong)
{
	char text[KPI_TEXT_MAX + 1];
	size_t size = 0;
	int replaced;

	if (wrong->value != NULL)
		size =
		    kpi__text_clean(text, wrong->value, wrong->size, &replaced);
	if (size >= sizeof(to->value)) {
		size = sizeof(to->value) - 1;
		while (((unsigned char)text[size] & 0xc0) == 0x80)
			size--;
	}
	for (size_t i = 0; i < size; i++)
		to->value[i] = (unsigned char)text[i] < ' ' ? ' ' : text[i];
	to->value[size] = '\0';
}

static void
count(kpi_csv_reason *reason, uint64_t line)
{
	const size_t room = sizeof(reason->first) / sizeof(*reason->first);

	if (reason->rows < room)
		reason->first[reason->rows] = line;
	reason->rows++;
}

static kpi_csv_reason *
reason_for(kpi_csv_report *report, const kpi__csv_wrong *wrong)
{
	const char *const reason = texts[wrong->why].reason;
	const char *const field = field_of(wrong);
	kpi_csv_reason *r = report->reasons;

	for (uint64_t i = 0; i < report->reason_count; i++, r++)
		if (r->reason == reason && r->field == field)
			return r;
	/* the last place gathers what the others have no room for */
	if (report->reason_count == KPI_CSV_REASONS)
		return r - 1;
	report->reason_count++;
	r->reason = reason;
	r->expected = expected_of(wrong);
	r->field = field;
	put_value(r, wrong);
	if (report->reason_count == KPI_CSV_REASONS) {
		r->reason = "other reasons";
		r->expected = r->field = "";
	}
	return r;
}

void
kpi__csv_count(kpi_csv_report *report, const kpi__csv_wrong *wrong)
{
	if (wrong->why == KPI__CSV_ID_AGAIN) {
		count(&report->again, wrong->line);
		return;
	}
	report->refused++;
	count(reason_for(report, wrong), wrong->line);
}

static int
stands_before(const kpi_csv_reason *a, const kpi_csv_reason *b)
{
	if (a->rows != b->rows)
		return a->rows > b->rows;
	return a->first[0] < b->first[0];
}

void
kpi__csv_report_sort(kpi_csv_report *report)
{
	kpi_csv_reason *const list = report->reasons;

	for (uint64_t i = 1; i < report->reason_count; i++)
		for (uint64_t k = i;
		     k > 0 && stands_before(&list[k], &list[k - 1]); k--) {
			const kpi_csv_reason swap = list[k];

			list[k] = list[k - 1];
			list[k - 1] = swap;
		}
}

kpi_status
kpi__csv_fail(const kpi__csv_wrong *wrong, const char *column, uint64_t at,
    kpi_error *error)
{
	const char *const expected = expected_of(wrong);
	char name[KPI__QUOTE] = "", value[KPI__QUOTE] = "";
	const char *const subject = column == NULL
	    ? field_of(wrong)
	    : kpi__quote(name, column, strlen(column));
	const int has_value = wrong->value != NULL && wrong->size > 0;

	(void)kpi__fail_at(error, KPI_EPARSE,
	    column == NULL ? field_of(wrong) : column,
	    "line %llu: %s%s%s%s%s%s%s", (unsigned long long)wrong->line,
	    subject, subject[0] == '\0' ? "" : " ", texts[wrong->why].reason,
	    has_value ? ": " : "",
	    has_value ? kpi__quote(value, wrong->value, wrong->size) : "",
	    expected[0] == '\0' ? "" : "; expected ", expected);
	kpi__error_place(error, (int64_t)wrong->line, (int64_t)at);
	return KPI_EPARSE;
}
