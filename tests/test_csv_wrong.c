/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "csv_text.h"

#define HEAD "id,started_at,"
#define ROW  "1,2026-10-01T09:00:00Z,"

static void
begin(int in_file)
{
	open_store(in_file, KPI_IF_EXISTS_UPDATE);
	csv_begin();
}

START_TEST(what_is_wrong_with_a_row_is_told_with_its_line)
{
	static const struct {
		const char *head, *cell, *field, *reason;
	} cases[] = {
		{ "ended_at", "32.1.2026", "ended_at", "is not a time" },
		{ "wait", "soon", "wait", "is not a duration" },
		{ "wait", "5", "wait", "is a number without its unit" },
		{ "wait", "5:30", "wait", "is not a duration" },
		{ "wait", "-1s", "wait", "is outside its range" },
		{ "csat", "good", "csat", "is not a whole number" },
		{ "csat", "4.5", "csat", "is not a whole number" },
		{ "csat", "12", "csat", "is outside its range" },
		{ "resolved", "perhaps", "resolved", "is neither yes nor no" },
		{ "outcome", "lost", "outcome", "is none of its words" },
		{ "quality", "120%", "quality", "is outside its range" },
		{ "cost", "1.5", "cost", "is not such a number" },
		{ "queue", "q,r", "", "more cells than the header" },
		{ "queue,agent", "q", "", "fewer cells than the header" },
		{ "queue", "\"q\" r", "",
		    "something behind the quote that ends a cell" },
	};
	char text[256];

	open_store(0, KPI_IF_EXISTS_UPDATE);
	csv_begin();
	(void)snprintf(text, sizeof(text),
	    HEAD "%s\n" ROW "%s\n2,2026-10-01T09:00:00Z%s\n", cases[_i].head,
	    cases[_i].cell, strchr(cases[_i].head, ',') != NULL ? ",," : ",");
	csv_refuses(text, cases[_i].field, cases[_i].reason, 2);
	ck_assert_uint_eq(csv_report.interactions, 1);
	csv_options.flags = KPI_CSV_STRICT;
	csv_fails(text, KPI_EPARSE, cases[_i].reason);
	ck_assert_int_eq(error.line, 2);
	ck_assert_str_eq(error.field, cases[_i].field);
	ck_assert_int_eq(error.column, cases[_i].field[0] == '\0' ? 0 : 24);
	close_store();
}
END_TEST

START_TEST(a_row_of_several_lines_is_named_by_the_line_of_its_cell)
{
	begin(_i);
	csv_options.flags = KPI_CSV_STRICT;
	csv_fails(HEAD "reason,wait\n" ROW "\"a\nb\nc\",x\n", KPI_EPARSE,
	    "line 4: \"wait\" is not a duration: \"x\"");
	ck_assert_int_eq(error.line, 4);
	ck_assert_int_eq(error.column, 4);
	close_store();
}
END_TEST

START_TEST(a_quote_that_nothing_ends_costs_its_line_alone)
{
	begin(_i);
	csv_refuses(HEAD "queue\n"
			 "1,2026-10-01T09:00:00Z,\"q\n"
			 "2,2026-10-01T09:00:00Z,r\n"
			 "3,2026-10-01T09:00:00Z,s\n",
	    "", "a quote that nothing ends", 2);
	ck_assert_uint_eq(csv_report.interactions, 2);
	ck_assert_str_eq(csv_visit("3")->queue, "s");
	ck_assert_uint_eq(csv_report.rows, 3);
	close_store();
}
END_TEST

START_TEST(the_cell_at_fault_is_quoted_but_no_text)
{
	char text[2000];

	begin(_i);
	csv_refuses(
	    HEAD "wait\n" ROW "\"five m\"\n", "wait", "is not a duration", 2);
	ck_assert_str_eq(csv_report.reasons[0].value, "five m");
	csv_map("Day+End=ended_at");
	csv_refuses(HEAD "Day,End\n" ROW "2026-13-01,09:00\n", "ended_at",
	    "is not a time", 2);
	ck_assert_str_eq(csv_report.reasons[0].value, "2026-13-01 09:00");
	csv_begin();
	memset(text, 'x', sizeof(text));
	memcpy(text, HEAD "customer\n" ROW, strlen(HEAD "customer\n" ROW));
	text[sizeof(text) - 1] = '\0';
	csv_refuses(text, "customer", "is too long", 2);
	ck_assert_str_eq(csv_report.reasons[0].value, "");
	close_store();
}
END_TEST

START_TEST(what_concerns_two_fields_is_told_too)
{
	begin(_i);
	csv_refuses(HEAD "csat,csat_scale\n" ROW "6,5\n", "csat",
	    "is above csat_scale", 2);
	csv_refuses(HEAD "ces,ces_version\n" ROW "6,1\n", "ces",
	    "is above those of ces_version 1", 2);
	csv_refuses(HEAD "wait (s),ring (s)\n" ROW "1,2\n", "ring",
	    "is longer than the wait, which contains it", 2);
	csv_refuses(HEAD "queue\n7,,q\n", "started_at", "is missing", 2);
	csv_takes(HEAD "csat\n" ROW "6\n", 1, 0, 0);
	csv_refuses("id,csat_scale\n1,5\n", "",
	    "does not fit what the store has under this id", 2);
	ck_assert_int_eq(csv_get("1")->csat_scale, KPI_UNKNOWN);
	close_store();
}
END_TEST

START_TEST(a_store_that_refuses_refuses_the_row)
{
	open_store(_i, KPI_IF_EXISTS_REFUSE);
	csv_begin();
	csv_refuses(HEAD "queue\n" ROW "q\n" ROW "r\n", "id",
	    "is in the store already", 3);
	csv_refuses(
	    HEAD "queue\n" ROW "s\n", "id", "is in the store already", 2);
	ck_assert_uint_eq(info().interactions, 1);
	ck_assert_str_eq(csv_visit("1")->queue, "q");
	close_store();
}
END_TEST

START_TEST(options_that_do_not_fit_are_refused)
{
	static const struct {
		char option;
		const char *text, *part;
	} cases[] = {
		{ 'm', "Wiat=wait:s",
		    "there is no column \"Wiat\"; the "
		    "nearest is \"wait\"" },
		{ 'm', "wait=wiat",
		    "there is no field \"wiat\"; the nearest "
		    "is \"wait\"" },
		{ 'm', "wait=wait:weeks", "wait has no form \"weeks\"" },
		{ 'm', "wait=ended_at:%H:%M", "year, month and day" },
		{ 'm', "wait=ended_at:%Y-%m-%d %I", "%I in a pattern" },
		{ 'm', "wait=ended_at:%Y-%m-%d %Q", "has no %Q" },
		{ 'm', "wait", "expected to be \"COLUMN=FIELD\"" },
		{ 'm', "=wait", "expected to be \"COLUMN=FIELD\"" },
		{ 'v', "Y", "expected to be \"TEXT=WORD\"" },
		{ 'v', "Y=maybe", "\"maybe\" is a word of none" },
		{ 'v', "outcome:Y=maybe", "\"maybe\" is no word of outcome" },
		{ 'v', "agent:Y=x", "agent is read from no column" },
		{ 'f', "channel", "expected to be \"FIELD=VALUE\"" },
		{ 'f', "chanel=x", "the nearest is \"channel\"" },
		{ 'f', "csat_scale=x", "csat_scale cannot be filled" },
		{ 'f', "id=x", "id cannot be filled" },
	};

	open_store(0, KPI_IF_EXISTS_UPDATE);
	csv_begin();
	if (cases[_i].option == 'm')
		csv_map(cases[_i].text);
	else if (cases[_i].option == 'v')
		csv_value(cases[_i].text);
	else
		csv_fill(cases[_i].text);
	csv_fails(
	    HEAD "wait,outcome\n" ROW "1s,\n", KPI_EINVAL, cases[_i].part);
	close_store();
}
END_TEST

START_TEST(a_header_that_does_not_do_is_refused)
{
	begin(_i);
	csv_fails("", KPI_EPARSE, "empty");
	csv_fails("a,b\n1,2\n", KPI_EPARSE, "no column is started_at");
	csv_fails("id,start,created\n", KPI_EPARSE,
	    "\"start\" and \"created\" may both be started_at");
	csv_takes("id,start,created,started_at\n", 0, 0, 0);
	csv_fails("id,\"started_at\n", KPI_EPARSE, "quote");
	csv_fails("id,started_at\r1,2\r", KPI_EPARSE, "CR alone");
	ck_assert_int_eq(csv_import_bytes("\xff\xfei\0d\0", 6), KPI_EPARSE);
	ck_assert_ptr_nonnull(strstr(error.text, "UTF-16"));
	ck_assert_int_eq(csv_import_bytes("id,\0\n", 5), KPI_EPARSE);
	close_store();
}
END_TEST

START_TEST(what_is_not_there_is_refused)
{
	static const kpi_csv_options strange = { .size = sizeof(strange),
		.flags = 1 << 20 };

	begin(_i);
	ck_assert_int_eq(
	    kpi_import_csv(NULL, "x", NULL, NULL, NULL), KPI_EINVAL);
	ck_assert_int_eq(
	    kpi_import_csv(store, NULL, NULL, NULL, NULL), KPI_EINVAL);
	ck_assert_int_eq(
	    kpi_import_csv(store, "no/such/file", NULL, NULL, &error),
	    KPI_ENOTFOUND);
	ck_assert_int_eq(
	    kpi_import_csv(store, ".", NULL, NULL, &error), KPI_EPARSE);
	ck_assert_int_eq(
	    kpi_import_csv(store, "x", &strange, NULL, &error), KPI_ENOTSUP);
	csv_report.size = 8;
	ck_assert_int_eq(
	    kpi_import_csv(store, "x", NULL, &csv_report, &error), KPI_EINVAL);
	ck_assert_int_eq(kpi_store_begin(store, NULL), KPI_OK);
	ck_assert_int_eq(csv_import(HEAD "queue\n"), KPI_EORDER);
	ck_assert_int_eq(kpi_store_rollback(store, NULL), KPI_OK);
	close_store();
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("csv_wrong");
	TCase *c = tcase_create("csv_wrong");

	tcase_add_loop_test(
	    c, what_is_wrong_with_a_row_is_told_with_its_line, 0, 15);
	tcase_add_loop_test(
	    c, a_row_of_several_lines_is_named_by_the_line_of_its_cell, 0, 1);
	tcase_add_loop_test(
	    c, a_quote_that_nothing_ends_costs_its_line_alone, 0, 1);
	tcase_add_loop_test(c, the_cell_at_fault_is_quoted_but_no_text, 0, 1);
	tcase_add_loop_test(c, what_concerns_two_fields_is_told_too, 0, 2);
	tcase_add_loop_test(c, a_store_that_refuses_refuses_the_row, 0, 2);
	tcase_add_loop_test(c, options_that_do_not_fit_are_refused, 0, 16);
	tcase_add_loop_test(c, a_header_that_does_not_do_is_refused, 0, 1);
	tcase_add_loop_test(c, what_is_not_there_is_refused, 0, 1);
	suite_add_tcase(s, c);
	return s;
}

#include "runner.h"
