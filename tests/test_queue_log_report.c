/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "queue_log_text.h"
#include "runner.h"

#define LOG        "test_queue_log_report.log"
#define COUNT(all) (sizeof(all) / sizeof(*(all)))

START_TEST(the_report_counts_and_names_lines)
{
	static const char log[] = "100|c|q||ENTERQUEUE||5551|1\n"
				  "\n"
				  "bad\n"
				  "worse|\n"
				  "x|c|q||ENTERQUEUE||5551|1\n"
				  "y|c\xff|q||PENALTY\n"
				  "101|c\xff|q||ENTERQUEUE||5551|1\n"
				  "102|d|q||PENALTY|1\n"
				  "103|NONE|q|a|ADDMEMBER\n"
				  "103|NONE|q|a|PAUSE\n"
				  "104|c|q|NONE|ABANDON|1|1|4\n"
				  "104|c|q|NONE|ABAN";
	kpi_store *store = log_store();
	kpi_queue_log_report report;

	log_write(LOG, log, sizeof(log) - 1);
	report = log_import(store, LOG);
	ck_assert_uint_eq(report.lines, 11);
	ck_assert_uint_eq(report.visits, 2);
	ck_assert_uint_eq(report.interactions, 2);
	ck_assert_uint_eq(report.activities, 1);
	ck_assert_uint_eq(report.open, 1);
	ck_assert_uint_eq(report.replaced_text, 1);
	ck_assert_uint_eq(report.unfinished, 17);
	ck_assert_uint_eq(report.reason_count, 3);
	ck_assert_uint_eq(report.damaged[0].lines, 2);
	ck_assert_uint_eq(report.damaged[0].first[0], 3);
	ck_assert_uint_eq(report.damaged[0].first[1], 4);
	ck_assert_uint_eq(report.damaged[0].first[2], 0);
	ck_assert_uint_eq(report.damaged[1].first[0], 5);
	ck_assert_uint_eq(report.damaged[1].first[1], 6);
	ck_assert_uint_eq(report.damaged[2].first[0], 2);
	ck_assert_str_eq(report.damaged[2].reason, "an empty line");
	ck_assert_uint_eq(report.other_count, 1);
	ck_assert_str_eq(report.other[0].reason, "PENALTY");
	kpi_store_close(store);
	ck_assert_int_eq(unlink(LOG), 0);
}
END_TEST

START_TEST(options_name_source_and_channel)
{
	static const char log[] = "100|c|q||ENTERQUEUE||5551|1\n";
	kpi_queue_log_options options = KPI_QUEUE_LOG_OPTIONS_INIT;
	kpi_store *store = log_store();
	kpi_record *record;

	options.source = "berlin";
	options.channel = "phone";
	log_write(LOG, log, sizeof(log) - 1);
	ck_assert_int_eq(
	    kpi_import_queue_log(store, LOG, &options, NULL, NULL), KPI_OK);
	ck_assert_int_eq(
	    kpi_store_get(&record, store, NULL, "c", NULL), KPI_ENOTFOUND);
	ck_assert_int_eq(
	    kpi_store_get(&record, store, "berlin", "c", NULL), KPI_OK);
	ck_assert_str_eq(kpi_record_interaction(record)->channel, "phone");
	kpi_record_free(record);
	kpi_store_close(store);
	ck_assert_int_eq(unlink(LOG), 0);
}
END_TEST

START_TEST(what_cannot_be_read_is_told)
{
	static const char csv[] = "time,queue\n1,support\n1|2|3|4|word\n";
	kpi_error error = KPI_ERROR_INIT;
	kpi_queue_log_report report = { 0 };
	kpi_store *store = log_store();

	ck_assert_int_eq(
	    kpi_import_queue_log(store, "no such", NULL, NULL, &error),
	    KPI_ENOTFOUND);
	ck_assert_int_ne(error.system, 0);
	ck_assert_int_eq(
	    kpi_import_queue_log(store, "/", NULL, NULL, NULL), KPI_EPARSE);
	log_write(LOG, csv, sizeof(csv) - 1);
	ck_assert_int_eq(
	    kpi_import_queue_log(store, LOG, NULL, NULL, NULL), KPI_EPARSE);
	ck_assert_int_eq(
	    kpi_import_queue_log(NULL, LOG, NULL, NULL, NULL), KPI_EINVAL);
	ck_assert_int_eq(
	    kpi_import_queue_log(store, NULL, NULL, NULL, NULL), KPI_EINVAL);
	ck_assert_int_eq(
	    kpi_import_queue_log(store, LOG, NULL, &report, NULL), KPI_EINVAL);
	log_write(LOG, "", 0);
	ck_assert_uint_eq(log_import(store, LOG).lines, 0);
	ck_assert_int_eq(kpi_store_begin(store, NULL), KPI_OK);
	ck_assert_int_eq(
	    kpi_import_queue_log(store, LOG, NULL, NULL, NULL), KPI_EORDER);
	kpi_store_close(store);
	ck_assert_int_eq(unlink(LOG), 0);
}
END_TEST

static const struct {
	const char *bytes;
	int32_t is;
} beginnings[] = {
	{ "", 0 },
	{ "100|c|q||ENTERQUEUE||5551|1\n", 1 },
	{ "1430927992|c|q||MYVERB", 1 },
	{ "1430927992|c|q||Myverb", 0 },
	{ "1|c|q||MYVERB\n", 0 },
	{ "damaged\n\n1430927992|c1|NONE|NONE|QUEUESTART\n", 1 },
	{ "id,queue,agent\n1,2,3\n", 0 },
};

START_TEST(a_log_is_known_by_its_beginning)
{
	ck_assert_int_eq(kpi_is_queue_log(beginnings[_i].bytes,
			     strlen(beginnings[_i].bytes)),
	    beginnings[_i].is);
}
END_TEST

START_TEST(nothing_is_no_log)
{
	ck_assert_int_eq(kpi_is_queue_log(NULL, 0), 0);
}
END_TEST

START_TEST(a_line_without_end_is_let_go)
{
	const size_t size = 300000;
	char *log = malloc(2 * size);
	kpi_store *store = log_store();
	kpi_queue_log_report report;
	size_t at;

	ck_assert_ptr_nonnull(log);
	at = (size_t)sprintf(log, "100|c|q||ENTERQUEUE||5551|1\n");
	memset(log + at, 'x', size);
	at += size;
	at += (size_t)sprintf(log + at, "\n104|c|q|NONE|ABANDON|1|1|4\n");
	memset(log + at, 'y', 70000);
	at += 70000;
	log_write(LOG, log, at);
	report = log_import(store, LOG);
	ck_assert_uint_eq(report.lines, 3);
	ck_assert_uint_eq(report.reason_count, 1);
	ck_assert_uint_eq(report.damaged[0].first[0], 2);
	ck_assert_uint_eq(report.open, 0);
	ck_assert_uint_eq(report.unfinished, 70000);
	log_append(LOG, "\n105|d|q||ENTERQUEUE||5551|1\n", 29);
	report = log_import(store, LOG);
	ck_assert_uint_eq(report.lines, 2);
	ck_assert_uint_eq(report.damaged[0].first[0], 4);
	ck_assert_uint_eq(report.open, 1);
	free(log);
	kpi_store_close(store);
	ck_assert_int_eq(unlink(LOG), 0);
}
END_TEST

START_TEST(a_text_that_is_too_long_is_cut_at_a_character)
{
	char log[8192];
	int at = sprintf(log, "100|c|q||ENTERQUEUE||x");
	kpi_store *store = log_store();
	kpi_record *record;
	const char *customer;

	for (int i = 0; i < 1000; i++)
		at += sprintf(log + at, "\xc3\xb6");
	at += sprintf(log + at, "|1\n");
	log_write(LOG, log, (size_t)at);
	ck_assert_uint_eq(log_import(store, LOG).replaced_text, 0);
	ck_assert_int_eq(
	    kpi_store_get(&record, store, NULL, "c", NULL), KPI_OK);
	customer = kpi_record_interaction(record)->customer;
	ck_assert_uint_eq(strlen(customer), 1023);
	ck_assert_str_eq(customer + 1021, "\xc3\xb6");
	kpi_record_free(record);
	kpi_store_close(store);
	ck_assert_int_eq(unlink(LOG), 0);
}
END_TEST

/* A log whose only agent has had `changes`. */
START_TEST(an_end_without_a_beginning_after_many_changes_is_counted)
{
	const int changes = 254 + _i;
	char log[257 * 32] = "1000|NONE|q|a|ADDMEMBER|\n";
	size_t size = strlen(log);
	kpi_store *store = log_store();
	kpi_queue_log_report report;

	for (int i = 1; i < changes; i++)
		size += (size_t)sprintf(log + size, "%d|NONE|q|a|%s|x\n",
		    1000 + i, i % 2 == 1 ? "PAUSE" : "UNPAUSE");
	size += (size_t)sprintf(log + size, "2000|NONE|r|a|REMOVEMEMBER|\n");
	log_write(LOG, log, size);
	report = log_import(store, LOG);
	ck_assert_uint_eq(report.reason_count, changes >= 256);
	if (changes >= 256) {
		ck_assert_str_eq(report.damaged[0].reason,
		    "an end without a beginning and its times");
		ck_assert_uint_eq(
		    report.damaged[0].first[0], (uint64_t)changes + 1);
	}
	kpi_store_close(store);
	ck_assert_int_eq(unlink(LOG), 0);
}
END_TEST

START_TEST(visits_for_which_a_call_has_too_many_are_counted)
{
	static const char log[] = "200000|c|q||ENTERQUEUE||5551|1\n"
				  "200005|c|q|NONE|ABANDON|1|1|5\n"
				  "200006|d|q||ENTERQUEUE||5552|1\n";
	const uint64_t most = 65535;
	kpi_visit *visits = calloc(most, sizeof(*visits));
	kpi_interaction call = KPI_INTERACTION_INIT;
	kpi_store *store = log_store();
	kpi_queue_log_report report;
	kpi_store_info info = KPI_STORE_INFO_INIT;

	ck_assert_ptr_nonnull(visits);
	for (uint64_t i = 0; i < most; i++) {
		visits[i] = (kpi_visit)KPI_VISIT_INIT;
		visits[i].entered_at = (int64_t)i * 1000;
		visits[i].wait_ms = 0;
		visits[i].outcome = KPI_OUTCOME_ABANDONED;
		visits[i].queue = "q";
	}
	call.id = "c";
	call.started_at = 0;
	call.visits = visits;
	call.visit_count = most;
	ck_assert_int_eq(kpi_store_add(store, &call, NULL), KPI_OK);
	log_write(LOG, log, sizeof(log) - 1);
	report = log_import(store, LOG);
	ck_assert_uint_eq(report.reason_count, 1);
	ck_assert_str_eq(
	    report.damaged[0].reason, "more than 65535 visits of one call");
	ck_assert_uint_eq(report.damaged[0].lines, 1);
	ck_assert_uint_eq(report.damaged[0].first[0], 1);
	ck_assert_int_eq(kpi_store_read_info(store, &info, NULL), KPI_OK);
	ck_assert_uint_eq(info.interactions, 2);
	ck_assert_uint_eq(report.visits, 1);
	free(visits);
	kpi_store_close(store);
	ck_assert_int_eq(unlink(LOG), 0);
}
END_TEST

START_TEST(what_cannot_be_read_says_why)
{
	static const struct {
		const char *path, *bytes, *text;
		kpi_status status;
	} all[] = {
		{ "/no/such/log", NULL,
		    "the file cannot be opened: there is no such file",
		    KPI_ENOTFOUND },
		{ LOG, "\x1f\x8b\x08",
		    "it is compressed: expected is a queue_log, such as zcat "
		    "writes into a pipe",
		    KPI_EPARSE },
		{ LOG, "a,b\n",
		    "no line of its beginning is one of a queue_log",
		    KPI_EPARSE },
	};

	for (size_t i = 0; i < COUNT(all); i++) {
		kpi_error error = KPI_ERROR_INIT;
		kpi_store *store = log_store();

		if (all[i].bytes != NULL)
			log_write(LOG, all[i].bytes, strlen(all[i].bytes));
		ck_assert_int_eq(kpi_import_queue_log(
				     store, all[i].path, NULL, NULL, &error),
		    all[i].status);
		ck_assert_str_eq(error.text, all[i].text);
		kpi_store_close(store);
	}
	ck_assert_int_eq(unlink(LOG), 0);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("queue_log_report");
	TCase *t = tcase_create("queue_log_report");

	tcase_add_test(t, the_report_counts_and_names_lines);
	tcase_add_test(t, options_name_source_and_channel);
	tcase_add_test(t, what_cannot_be_read_is_told);
	tcase_add_loop_test(
	    t, a_log_is_known_by_its_beginning, 0, (int)COUNT(beginnings));
	tcase_add_test(t, nothing_is_no_log);
	tcase_add_test(t, a_line_without_end_is_let_go);
	tcase_add_test(t, a_text_that_is_too_long_is_cut_at_a_character);
	tcase_add_loop_test(
	    t, an_end_without_a_beginning_after_many_changes_is_counted, 0, 4);
	tcase_add_test(t, visits_for_which_a_call_has_too_many_are_counted);
	tcase_add_test(t, what_cannot_be_read_says_why);
	suite_add_tcase(s, t);
	return s;
}
