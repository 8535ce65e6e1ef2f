/* SPDX-License-Identifier: MIT */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include "child.h"
#include "queue_log_text.h"
#include "runner.h"

#define LOG  "test_queue_log_place.log"
#define NEXT "test_queue_log_place.next"

START_TEST(a_log_in_two_halves_is_the_log)
{
	char *whole = log_dump_of(LOG, log_sample, strlen(log_sample));

	for (size_t at = 60; at <= strlen(log_sample); at += 5) {
		kpi_store *store = log_store();
		uint64_t lines;

		log_write(LOG, log_sample, at);
		lines = log_import(store, LOG).lines;
		log_append(LOG, log_sample + at, strlen(log_sample) - at);
		lines += log_import(store, LOG).lines;
		ck_assert_uint_eq(lines, LOG_SAMPLE_LINES);
		log_holds(store, whole);
		kpi_store_close(store);
		ck_assert_int_eq(unlink(LOG), 0);
	}
	free(whole);
}
END_TEST

START_TEST(a_log_line_by_line_is_the_log)
{
	char *whole = log_dump_of(LOG, log_sample, strlen(log_sample));
	kpi_store *store = log_store();
	uint64_t visits = 0;

	log_write(LOG, "", 0);
	for (const char *at = log_sample; *at != '\0';) {
		const size_t size = (size_t)(strchr(at, '\n') + 1 - at);
		kpi_queue_log_report report;

		log_append(LOG, at, size);
		report = log_import(store, LOG);
		ck_assert_uint_eq(report.lines, 1);
		visits += report.visits;
		at += size;
	}
	ck_assert_uint_gt(visits, 9); /* completed ones count again */
	log_holds(store, whole);
	kpi_store_close(store);
	ck_assert_int_eq(unlink(LOG), 0);
	free(whole);
}
END_TEST

START_TEST(importing_again_adds_nothing)
{
	kpi_store *store = log_store();
	kpi_queue_log_report report;
	char *once;

	log_write(LOG, log_sample, strlen(log_sample));
	(void)log_import(store, LOG);
	once = log_dump(store);
	report = log_import(store, LOG);
	ck_assert_uint_eq(report.lines, 0);
	ck_assert_uint_eq(report.visits, 0);
	ck_assert_uint_eq(report.interactions, 0);
	ck_assert_uint_eq(report.activities, 0);
	ck_assert_int_eq(rename(LOG, NEXT), 0);
	ck_assert_uint_eq(log_import(store, NEXT).lines, 0);
	log_write(LOG, log_sample, strlen(log_sample)); /* a copy */
	report = log_import(store, LOG);
	ck_assert_uint_eq(report.lines, LOG_SAMPLE_LINES);
	ck_assert_uint_eq(report.visits, 0);
	ck_assert_uint_eq(report.interactions, 0);
	log_holds(store, once);
	free(once);
	kpi_store_close(store);
	ck_assert_int_eq(unlink(LOG), 0);
	ck_assert_int_eq(unlink(NEXT), 0);
}
END_TEST

START_TEST(a_file_that_was_begun_anew_is_read_from_its_beginning)
{
	static const char first[] = "100|c|q||ENTERQUEUE||5551|1\n"
				    "105|c|q|NONE|ABANDON|1|1|5\n";
	static const char second[] = "200|d|q||ENTERQUEUE||5552|1\n";
	kpi_store *store = log_store();

	log_write(LOG, first, sizeof(first) - 1);
	ck_assert_uint_eq(log_import(store, LOG).lines, 2);
	log_write(LOG, second, sizeof(second) - 1);
	ck_assert_uint_eq(log_import(store, LOG).lines, 1);
	log_holds(store,
	    "c@100 5551: q/-@100 abandoned 5\nd@200 5552: q/-@200 waiting\n");
	kpi_store_close(store);
	ck_assert_int_eq(unlink(LOG), 0);
}
END_TEST

START_TEST(the_next_file_completes_the_calls_of_the_one_before)
{
	static const char first[] = "100|c|q||ENTERQUEUE||5551|1\n"
				    "110|c|q|m|CONNECT|10|x|3\n"
				    "115|d|q||ENTERQUEUE||5552|1\n"
				    "116|e|q||ENTERQUEUE||5553|1\n"
				    "117|e|q|NONE|ABANDON|1|1|1\n";
	static const char second[] = "120|c|q|m|COMPLETECALLER|10|11|1\n"
				     "125|d|q|m|CONNECT|10|x|3\n"
				     "130|d|q|m|COMPLETECALLER|10|5|1\n"
				     "131|e|q||ENTERQUEUE||5553|1\n"
				     "133|e|q|NONE|ABANDON|1|1|2\n";
	kpi_store *store = log_store();
	kpi_queue_log_report report;

	log_write(LOG, first, sizeof(first) - 1);
	log_write(NEXT, second, sizeof(second) - 1);
	ck_assert_uint_eq(log_import(store, LOG).interactions, 3);
	report = log_import(store, NEXT);
	ck_assert_uint_eq(report.interactions, 3);
	ck_assert_uint_eq(report.visits, 3);
	log_holds(store,
	    "c@100 5551: q/m@100 answered 10(3)+11\n"
	    "d@115 5552: q/m@115 answered 10(3)+5\n"
	    "e@116 5553: q/-@116 abandoned 1; q/-@131 abandoned 2\n");
	kpi_store_close(store);
	ck_assert_int_eq(unlink(LOG), 0);
	ck_assert_int_eq(unlink(NEXT), 0);
}
END_TEST

START_TEST(a_call_that_was_deleted_is_not_brought_back)
{
	static const char first[] = "100|c|q||ENTERQUEUE||5551|1\n";
	static const char second[] = "110|c|q|m|CONNECT|10|x|3\n";
	kpi_store *store = log_store();
	kpi_error error = KPI_ERROR_INIT;

	log_write(LOG, first, sizeof(first) - 1);
	(void)log_import(store, LOG);
	ck_assert_int_eq(kpi_store_delete(store, NULL, "c", NULL), KPI_OK);
	log_append(LOG, second, sizeof(second) - 1);
	ck_assert_int_eq(
	    kpi_import_queue_log(store, LOG, NULL, NULL, &error), KPI_OK);
	ck_assert_str_eq(error.text, "");
	log_holds(store, "");
	kpi_store_close(store);
	ck_assert_int_eq(unlink(LOG), 0);
}
END_TEST

static void
write_to_pipe(void)
{
	FILE *f = fopen(LOG, "wb");

	child_ends(
	    f != NULL && fputs(log_sample, f) != EOF && fclose(f) == 0);
}

START_TEST(a_pipe_is_read_to_its_end)
{
	char *whole = log_dump_of(LOG, log_sample, strlen(log_sample));
	kpi_store *store = log_store();

	for (int times = 0; times < 2; times++) {
		int status;
		pid_t child;

		ck_assert_int_eq(mkfifo(LOG, 0600), 0);
		child = fork();
		ck_assert_int_ge(child, 0);
		if (child == 0)
			write_to_pipe();
		ck_assert_uint_eq(
		    log_import(store, LOG).lines, LOG_SAMPLE_LINES);
		ck_assert_int_eq(waitpid(child, &status, 0), child);
		ck_assert_int_eq(status, 0);
		ck_assert_int_eq(unlink(LOG), 0);
	}
	log_holds(store, whole);
	kpi_store_close(store);
	free(whole);
}
END_TEST

static int
stop_at_third(void *ctx, uint64_t done, uint64_t total)
{
	int *const asked = ctx;

	(void)done;
	(void)total;
	return ++*asked == 3;
}

START_TEST(a_pipe_that_nobody_writes_into_can_be_left)
{
	kpi_queue_log_options options = KPI_QUEUE_LOG_OPTIONS_INIT;
	kpi_store *store = log_store();
	int asked = 0;

	options.stop = stop_at_third;
	options.stop_ctx = &asked;
	ck_assert_int_eq(mkfifo(LOG, 0600), 0);
	ck_assert_int_eq(
	    kpi_import_queue_log(store, LOG, &options, NULL, NULL),
	    KPI_ESTOPPED);
	ck_assert_int_eq(asked, 3);
	ck_assert_int_eq(unlink(LOG), 0);
	kpi_store_close(store);
}
END_TEST

START_TEST(a_pipe_that_says_nothing_can_be_left)
{
	kpi_queue_log_options options = KPI_QUEUE_LOG_OPTIONS_INIT;
	kpi_store *store = log_store();
	int asked = 0, silent;

	options.stop = stop_at_third;
	options.stop_ctx = &asked;
	ck_assert_int_eq(mkfifo(LOG, 0600), 0);
	silent = open(LOG, O_RDWR);
	ck_assert_int_ge(silent, 0);
	ck_assert_int_eq(
	    kpi_import_queue_log(store, LOG, &options, NULL, NULL),
	    KPI_ESTOPPED);
	ck_assert_int_eq(asked, 3);
	ck_assert_int_eq(close(silent), 0);
	ck_assert_int_eq(unlink(LOG), 0);
	kpi_store_close(store);
}
END_TEST

/* Many calls: more than are committed at once. */
static char *
many_calls(size_t *size)
{
	const int count = 25000;
	char *log = malloc((size_t)count * 128);
	char *at = log;

	ck_assert_ptr_nonnull(log);
	for (int i = 0; i < count; i++) {
		at += sprintf(at, "%d|c%d|q%d||ENTERQUEUE||%d|1\n", 1000 + i, i,
		    i % 3, i % 100);
		if (i >= 5)
			at += sprintf(at, "%d|c%d|q%d|NONE|ABANDON|1|1|5\n",
			    1000 + i, i - 5, (i - 5) % 3);
	}
	*size = (size_t)(at - log);
	return log;
}

static int
stop_at(void *ctx, uint64_t done, uint64_t total)
{
	int *left = ctx;

	ck_assert_uint_le(done, total);
	return (*left)-- == 0;
}

START_TEST(an_import_that_was_stopped_goes_on_where_it_was)
{
	size_t size;
	char *log = many_calls(&size), *whole = log_dump_of(LOG, log, size);
	kpi_queue_log_options options = KPI_QUEUE_LOG_OPTIONS_INIT;
	kpi_store *store = log_store();
	kpi_store_info info = KPI_STORE_INFO_INIT;
	int left, stops = 0;
	uint64_t before = 0;

	log_write(LOG, log, size);
	options.stop = stop_at;
	options.stop_ctx = &left;
	for (int calls = 3;; calls += 20) {
		kpi_error error = KPI_ERROR_INIT;
		kpi_status status;

		left = calls;
		status =
		    kpi_import_queue_log(store, LOG, &options, NULL, &error);
		ck_assert_int_eq(
		    kpi_store_read_info(store, &info, NULL), KPI_OK);
		ck_assert_uint_ge(info.interactions, before);
		before = info.interactions;
		if (status == KPI_OK)
			break;
		ck_assert_int_eq(status, KPI_ESTOPPED);
		ck_assert_int_eq(error.status, KPI_ESTOPPED);
		ck_assert_uint_lt(info.interactions, 25000);
		stops++;
	}
	ck_assert_int_gt(stops, 3);
	log_holds(store, whole);
	kpi_store_close(store);
	free(whole);
	free(log);
	ck_assert_int_eq(unlink(LOG), 0);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("queue_log_place");
	TCase *t = tcase_create("queue_log_place");

	tcase_set_timeout(t, 120);
	tcase_add_test(t, a_log_in_two_halves_is_the_log);
	tcase_add_test(t, a_log_line_by_line_is_the_log);
	tcase_add_test(t, importing_again_adds_nothing);
	tcase_add_test(
	    t, a_file_that_was_begun_anew_is_read_from_its_beginning);
	tcase_add_test(t, the_next_file_completes_the_calls_of_the_one_before);
	tcase_add_test(t, a_call_that_was_deleted_is_not_brought_back);
	tcase_add_test(t, a_pipe_is_read_to_its_end);
	tcase_add_test(t, a_pipe_that_nobody_writes_into_can_be_left);
	tcase_add_test(t, a_pipe_that_says_nothing_can_be_left);
	tcase_add_test(t, an_import_that_was_stopped_goes_on_where_it_was);
	suite_add_tcase(s, t);
	return s;
}
