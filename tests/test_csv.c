/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <string.h>

#include <kpi/catalogue.h>

#include "csv_text.h"

#define NINE INT64_C(1790845200000) /* 2026-10-01T09:00:00Z */
#define HEAD "id,started_at,"
#define ROW  "1,2026-10-01T09:00:00Z,"

static void
begin(int in_file)
{
	open_store(in_file, KPI_IF_EXISTS_UPDATE);
	csv_begin();
}

START_TEST(columns_are_matched_whatever_their_case_and_punctuation)
{
	const kpi_visit *v;

	begin(_i);
	csv_takes("Call ID,Started-At,QUEUE,Wait Time (s),Talk time,outcome\n"
		  "a,2026-10-01T11:00:00+02:00,support,12.5,0:03:10,Answered\n",
	    1, 0, 0);
	ck_assert_int_eq(csv_get("a")->started_at, NINE);
	v = csv_visit("a");
	ck_assert_str_eq(v->queue, "support");
	ck_assert_int_eq(v->wait_ms, 12500);
	ck_assert_int_eq(v->talk_ms, 190000);
	ck_assert_int_eq(v->outcome, KPI_OUTCOME_ANSWERED);
	ck_assert_ptr_null(v->agent);
	ck_assert_int_eq(v->hold_ms, KPI_UNKNOWN);
	close_store();
}
END_TEST

START_TEST(quotes_doubled_quotes_and_lines_within_them_are_of_the_cell)
{
	begin(_i);
	csv_takes(HEAD
	    "reason,queue\n"
	    "1,2026-10-01T09:00:00Z,\"say \"\"no\"\",\r\nplease\" ,q\n"
	    "2,2026-10-01T09:00:00Z, \"x\",5\" pipe\n",
	    2, 0, 0);
	ck_assert_str_eq(csv_get("1")->reason, "say \"no\",\r\nplease");
	ck_assert_str_eq(csv_get("2")->reason, "x");
	ck_assert_str_eq(csv_visit("2")->queue, "5\" pipe");
	close_store();
}
END_TEST

START_TEST(a_mark_crlf_and_a_last_line_without_end_change_nothing)
{
	begin(_i);
	csv_takes("\xef\xbb\xbf" HEAD "queue\r\n" ROW "q\r\n\r\n"
		  "2,2026-10-01T09:00:00Z,r",
	    2, 0, 0);
	ck_assert_str_eq(csv_visit("1")->queue, "q");
	ck_assert_str_eq(csv_visit("2")->queue, "r");
	ck_assert_uint_eq(csv_report.rows, 2);
	close_store();
}
END_TEST

START_TEST(the_separator_is_the_one_the_header_has)
{
	begin(_i);
	csv_takes("id;started_at;\"wait (s)\";queue\n"
		  "1;2026-10-01T09:00:00Z;1,5;a,b\n",
	    1, 0, 0);
	ck_assert_uint_eq(csv_report.separator, ';');
	ck_assert_int_eq(csv_visit("1")->wait_ms, 1500);
	ck_assert_str_eq(csv_visit("1")->queue, "a,b");
	csv_takes("id\tstarted_at\tqueue\n"
		  "2\t2026-10-01T09:00:00Z\ta;b, c\n",
	    1, 0, 0);
	ck_assert_uint_eq(csv_report.separator, '\t');
	ck_assert_str_eq(csv_visit("2")->queue, "a;b, c");
	csv_takes("sep=|\nid|started_at|queue\n3|2026-10-01T09:00:00Z|a;b\n", 1,
	    0, 0);
	ck_assert_str_eq(csv_visit("3")->queue, "a;b");
	close_store();
}
END_TEST

START_TEST(an_empty_cell_is_unknown)
{
	begin(_i);
	csv_takes(HEAD "wait,queue,outcome,csat,resolved,cost\n" ROW
		       ",,\"\", ,,\n",
	    1, 0, 0);
	ck_assert_int_eq(csv_visit("1")->wait_ms, KPI_UNKNOWN);
	ck_assert_ptr_null(csv_visit("1")->queue);
	ck_assert_int_eq(csv_visit("1")->outcome, KPI_UNKNOWN);
	ck_assert_int_eq(csv_get("1")->csat, KPI_UNKNOWN);
	ck_assert_int_eq(csv_get("1")->resolved, KPI_UNKNOWN);
	ck_assert_int_eq(csv_get("1")->cost, KPI_UNKNOWN);
	close_store();
}
END_TEST

START_TEST(a_map_says_what_a_column_is_and_how_it_is_written)
{
	begin(_i);
	csv_map("Speed of answer=wait:s");
	csv_map("Day+Hour=started_at:%d/%m/%y %I:%M %p");
	csv_map("Price=cost:0.01");
	csv_map("notes=");
	csv_takes("id,Day,Hour,Speed of Answer,Price,Notes\n"
		  "1,01/10/26,9:00 AM,8,12.34,secret\n",
	    1, 0, 0);
	ck_assert_int_eq(csv_get("1")->started_at, NINE);
	ck_assert_int_eq(csv_get("1")->cost, 1234);
	ck_assert_int_eq(csv_visit("1")->wait_ms, 8000);
	ck_assert_uint_eq(csv_report.local_times, 1);
	close_store();
}
END_TEST

START_TEST(a_column_may_be_of_several_fields)
{
	begin(_i);
	csv_map("Day+Begin=started_at");
	csv_map("Day+End=ended_at");
	csv_takes(
	    "id,Day,Begin,End\n1,2026-10-01,09:00:00,09:01:00\n", 1, 0, 0);
	ck_assert_int_eq(csv_get("1")->started_at, NINE);
	ck_assert_int_eq(csv_visit("1")->ended_at, NINE + 60000);
	close_store();
}
END_TEST

START_TEST(values_say_what_a_cell_means)
{
	begin(_i);
	csv_map("Took it=outcome");
	csv_value("Y=answered");
	csv_value("n=abandoned");
	csv_value("queue:Q1=support");
	csv_value("N/A=");
	csv_takes("id,started_at,Took it,queue,wait\n"
		  "1,2026-10-01T09:00:00Z,y,q1,N/A\n"
		  "2,2026-10-01T09:00:00Z,N,Y,2s\n"
		  "3,2026-10-01T09:00:00Z,n/a,n/a,\n",
	    3, 0, 0);
	ck_assert_int_eq(csv_visit("1")->outcome, KPI_OUTCOME_ANSWERED);
	ck_assert_str_eq(csv_visit("1")->queue, "support");
	ck_assert_int_eq(csv_visit("1")->wait_ms, KPI_UNKNOWN);
	ck_assert_int_eq(csv_visit("2")->outcome, KPI_OUTCOME_ABANDONED);
	ck_assert_str_eq(csv_visit("2")->queue, "Y");
	ck_assert_int_eq(csv_visit("2")->wait_ms, 2000);
	ck_assert_int_eq(csv_visit("3")->outcome, KPI_UNKNOWN);
	ck_assert_ptr_null(csv_visit("3")->queue);
	close_store();
}
END_TEST

START_TEST(a_fill_is_what_rows_say_nothing_of)
{
	begin(_i);
	csv_fill("channel=chat");
	csv_fill("csat_scale=5");
	csv_fill("direction=inbound");
	csv_fill("source=desk");
	csv_takes(HEAD "channel,csat\n" ROW ",4\n"
		       "2,2026-10-01T09:00:00Z,phone,\n",
	    2, 0, 0);
	csv_begin();
	{
		kpi_record *r = must_get("desk", "1");
		const kpi_interaction *i = kpi_record_interaction(r);

		ck_assert_str_eq(i->channel, "chat");
		ck_assert_int_eq(i->csat_scale, 5);
		ck_assert_int_eq(i->direction, KPI_DIRECTION_INBOUND);
		kpi_record_free(r);
		r = must_get("desk", "2");
		ck_assert_str_eq(kpi_record_interaction(r)->channel, "phone");
		kpi_record_free(r);
	}
	close_store();
}
END_TEST

START_TEST(local_times_are_in_the_zone)
{
	begin(_i);
	csv_options.zone = "Europe/Berlin";
	csv_takes(HEAD "ended_at\n1,2026-10-01 11:00,2026-10-01T09:01:00Z\n", 1,
	    0, 0);
	ck_assert_int_eq(csv_get("1")->started_at, NINE);
	ck_assert_int_eq(csv_visit("1")->ended_at, NINE + 60000);
	ck_assert_uint_eq(csv_report.local_times, 1);
	csv_options.zone = "Europe/Berln";
	csv_fails(HEAD "ended_at\n", KPI_ENOTFOUND, "Europe/Berln");
	close_store();
}
END_TEST

START_TEST(importing_again_adds_nothing_twice)
{
	static const char text[] =
	    HEAD "queue,csat\n" ROW "q,4\n2,2026-10-01T09:00:00Z,r,5\n";

	begin(_i);
	csv_takes(text, 2, 0, 0);
	csv_takes(text, 0, 2, 0);
	ck_assert_uint_eq(info().interactions, 2);
	ck_assert_uint_eq(info().visits, 2);
	ck_assert_str_eq(csv_visit("2")->queue, "r");
	close_store();
}
END_TEST

START_TEST(answers_that_come_later_need_the_id_alone)
{
	begin(_i);
	csv_takes(HEAD "queue\n" ROW "q\n", 1, 0, 0);
	csv_takes("id,csat\n1,4\n", 0, 1, 0);
	ck_assert_int_eq(csv_get("1")->csat, 4);
	ck_assert_str_eq(csv_visit("1")->queue, "q");
	csv_refuses("id,csat\n9,4\n", "started_at", "is missing", 2);
	close_store();
}
END_TEST

START_TEST(an_id_twice_in_a_file_is_told)
{
	static const char text[] = HEAD "queue\n" ROW "q\n" ROW "r\n";

	begin(_i);
	csv_takes(text, 1, 0, 0);
	ck_assert_uint_eq(csv_report.again.rows, 1);
	ck_assert_uint_eq(csv_report.again.first[0], 3);
	ck_assert_str_eq(csv_visit("1")->queue, "r");
	csv_takes(text, 0, 2, 0);
	ck_assert_uint_eq(csv_report.again.rows, 0);
	ck_assert_str_eq(csv_visit("1")->queue, "r");
	close_store();
}
END_TEST

START_TEST(rows_with_one_id_are_visits_where_that_is_asked_for)
{
	const kpi_interaction *i;

	begin(_i);
	csv_options.flags = KPI_CSV_VISITS;
	csv_takes(HEAD "customer,queue,wait,outcome\n"
		       "a,2026-10-01T09:00:00Z,c,q,30s,overflowed\n"
		       "a,2026-10-01T09:00:30Z,,r,5s,answered\n"
		       ",2026-10-01T09:00:00Z,c,q,1s,abandoned\n"
		       ",2026-10-01T09:00:00Z,c,q,1s,abandoned\n"
		       "b,2026-10-01T09:00:00Z,d,q,1s,abandoned\n",
	    4, 0, 0);
	i = csv_get("a");
	ck_assert_uint_eq(i->visit_count, 2);
	ck_assert_int_eq(i->started_at, NINE);
	ck_assert_str_eq(i->visits[1].queue, "r");
	ck_assert_int_eq(i->visits[0].entered_at, KPI_UNKNOWN);
	ck_assert_int_eq(i->visits[1].entered_at, NINE + 30000);
	ck_assert_str_eq(i->customer, "c");
	ck_assert_uint_eq(info().visits, 5);
	csv_refuses(HEAD "customer\n"
			 "e,2026-10-01T09:00:00Z,x\n"
			 "e,2026-10-01T09:00:00Z,y\n",
	    "", "differs from the first row of the interaction", 3);
	close_store();
}
END_TEST

START_TEST(what_no_column_is_is_told)
{
	begin(_i);
	csv_takes(HEAD "Mood,queue\n" ROW "good,q\n", 1, 0, 0);
	ck_assert_uint_eq(csv_report.column_count, 4);
	ck_assert_int_eq(csv_report.columns[0].field, KPI_FIELD_ID);
	ck_assert_int_eq(csv_report.columns[2].field, 0);
	ck_assert_str_eq(csv_report.columns[2].name, "Mood");
	ck_assert_int_eq(csv_report.columns[3].field, KPI_FIELD_QUEUE);
	close_store();
}
END_TEST

START_TEST(bytes_that_are_no_utf8_are_replaced_and_counted)
{
	begin(_i);
	csv_takes(HEAD "queue\n" ROW "caf\xe9\n"
		       "2,2026-10-01T09:00:00Z,caf\xe9\n"
		       "3\xff,2026-10-01T09:00:00Z,q\n",
	    3, 0, 0);
	ck_assert_uint_eq(csv_report.replaced_text, 3);
	ck_assert_str_eq(csv_visit("1")->queue, "caf\xef\xbf\xbd");
	ck_assert_str_eq(csv_visit("3\xef\xbf\xbd")->queue, "q");
	close_store();
}
END_TEST

START_TEST(a_csv_is_recognised)
{
	static const char log[] = "1430927992|c1|q|NONE|ENTERQUEUE||1|1\n";

	ck_assert_int_eq(kpi_is_csv("a,b\n", 4), 1);
	ck_assert_int_eq(kpi_is_csv("\xef\xbb\xbf"
				    "a;b\n",
			     7),
	    1);
	ck_assert_int_eq(kpi_is_csv("\"a,b\"\nc,d", 9), 0);
	ck_assert_int_eq(kpi_is_csv("abc\n", 4), 0);
	ck_assert_int_eq(kpi_is_csv("a,b\0\n", 5), 0);
	ck_assert_int_eq(kpi_is_csv(log, strlen(log)), 0);
	ck_assert_int_eq(kpi_is_csv(NULL, 0), 0);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("csv");
	TCase *c = tcase_create("csv");

	tcase_add_loop_test(
	    c, columns_are_matched_whatever_their_case_and_punctuation, 0, 2);
	tcase_add_loop_test(c,
	    quotes_doubled_quotes_and_lines_within_them_are_of_the_cell, 0, 1);
	tcase_add_loop_test(
	    c, a_mark_crlf_and_a_last_line_without_end_change_nothing, 0, 1);
	tcase_add_loop_test(c, the_separator_is_the_one_the_header_has, 0, 1);
	tcase_add_loop_test(c, an_empty_cell_is_unknown, 0, 2);
	tcase_add_loop_test(
	    c, a_map_says_what_a_column_is_and_how_it_is_written, 0, 1);
	tcase_add_loop_test(c, a_column_may_be_of_several_fields, 0, 1);
	tcase_add_loop_test(c, values_say_what_a_cell_means, 0, 2);
	tcase_add_loop_test(c, a_fill_is_what_rows_say_nothing_of, 0, 2);
	tcase_add_loop_test(c, local_times_are_in_the_zone, 0, 1);
	tcase_add_loop_test(c, importing_again_adds_nothing_twice, 0, 2);
	tcase_add_loop_test(c, answers_that_come_later_need_the_id_alone, 0, 2);
	tcase_add_loop_test(c, an_id_twice_in_a_file_is_told, 0, 2);
	tcase_add_loop_test(
	    c, rows_with_one_id_are_visits_where_that_is_asked_for, 0, 2);
	tcase_add_loop_test(c, what_no_column_is_is_told, 0, 1);
	tcase_add_loop_test(
	    c, bytes_that_are_no_utf8_are_replaced_and_counted, 0, 1);
	tcase_add_test(c, a_csv_is_recognised);
	suite_add_tcase(s, c);
	return s;
}

#include "runner.h"
