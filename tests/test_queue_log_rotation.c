/* SPDX-License-Identifier: MIT */
/* A log in pieces, each a file of its own, is the log. */
#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif
#include <check.h>
#include <inttypes.h>
#include <stdarg.h>
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

#define LOG  "test_queue_log_rotation.log"
#define OLD  "test_queue_log_rotation.old"
#define PIPE "test_queue_log_rotation.pipe"

/* How a piece comes to be read. */
enum manner { BESIDE, ROTATED, ANEW, PIPED, MANNERS };

static void
write_to_pipe(const char *bytes, size_t size)
{
	FILE *f = fopen(PIPE, "wb");

	child_ends(
	    f != NULL && fwrite(bytes, 1, size, f) == size && fclose(f) == 0);
}

static kpi_queue_log_report
import_pipe(kpi_store *store, const char *bytes, size_t size)
{
	kpi_queue_log_report report;
	int status;
	pid_t child;

	(void)unlink(PIPE); /* of a test that was killed */
	ck_assert_int_eq(mkfifo(PIPE, 0600), 0);
	child = fork();
	ck_assert_int_ge(child, 0);
	if (child == 0)
		write_to_pipe(bytes, size);
	report = log_import(store, PIPE);
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
	ck_assert_int_eq(unlink(PIPE), 0);
	return report;
}

/* A file beside those before, the same name after a renaming, the same file
 * with other content, or a pipe. */
static kpi_queue_log_report
import_piece(kpi_store *store, enum manner manner, int number,
    const char *bytes, size_t size)
{
	char name[64];

	(void)snprintf(name, sizeof(name), "%s.%d", LOG, number);
	if (manner == PIPED)
		return import_pipe(store, bytes, size);
	if (manner == ROTATED && number > 0)
		ck_assert_int_eq(rename(LOG, OLD), 0);
	log_write(manner == BESIDE ? name : LOG, bytes, size);
	return log_import(store, manner == BESIDE ? name : LOG);
}

static void
remove_pieces(enum manner manner, int count)
{
	char name[64];

	for (int i = 0; i < count && manner == BESIDE; i++) {
		(void)snprintf(name, sizeof(name), "%s.%d", LOG, i);
		(void)unlink(name);
	}
	(void)unlink(LOG);
	(void)unlink(OLD);
}

/* Imports the pieces that end where `cut` says, and the rest; 1 if each was
 * known as a log, else 0 and nothing was asked. */
static int
in_pieces_is(const char *log, size_t size, const size_t *cut, int cuts,
    enum manner manner, const char *whole)
{
	kpi_store *store;
	uint64_t lines = 0, newlines = 0;

	for (int i = 0; i <= cuts; i++) {
		const size_t from = i == 0 ? 0 : cut[i - 1];
		const size_t until = i == cuts ? size : cut[i];

		if (until > from && !kpi_is_queue_log(log + from, until - from))
			return 0;
	}
	store = log_store();
	for (int i = 0; i <= cuts; i++) {
		const size_t from = i == 0 ? 0 : cut[i - 1];
		const size_t until = i == cuts ? size : cut[i];
		const kpi_queue_log_report report =
		    import_piece(store, manner, i, log + from, until - from);

		lines += report.lines;
		ck_assert_uint_eq(report.behind_ms, 0);
	}
	for (size_t i = 0; i < size; i++)
		newlines += log[i] == '\n';
	ck_assert_uint_eq(lines, newlines);
	log_holds(store, whole);
	kpi_store_close(store);
	remove_pieces(manner, cuts + 1);
	return 1;
}

static size_t
after_line(const char *log, size_t at)
{
	return (size_t)(strchr(log + at, '\n') + 1 - log);
}

START_TEST(a_log_cut_anywhere_into_two_files_is_the_log)
{
	const size_t size = strlen(log_sample);
	char *whole = log_dump_of(LOG, log_sample, size);
	int asked = 0;

	for (size_t at = 0; at < size; at = after_line(log_sample, at))
		asked += in_pieces_is(
		    log_sample, size, &at, 1, (enum manner)_i, whole);
	ck_assert_int_eq(asked, LOG_SAMPLE_LINES);
	free(whole);
}
END_TEST

START_TEST(a_log_cut_anywhere_into_three_files_is_the_log)
{
	const size_t size = strlen(log_sample);
	char *whole = log_dump_of(LOG, log_sample, size);
	size_t cut[2];
	int asked = 0;

	for (cut[0] = after_line(log_sample, 0); cut[0] < size;
	     cut[0] = after_line(log_sample, cut[0]))
		for (cut[1] = after_line(log_sample, cut[0]); cut[1] < size;
		     cut[1] = after_line(log_sample, cut[1]))
			asked += in_pieces_is(
			    log_sample, size, cut, 2, BESIDE, whole);
	ck_assert_int_gt(asked, 500);
	free(whole);
}
END_TEST

static uint64_t
next(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

typedef struct writing {
	char *text;
	size_t size, room;
	uint64_t seed;
	int64_t now;
} writing;

static void
say(writing *w, const char *format, ...)
{
	char line[200];
	va_list list;
	int size;

	va_start(list, format);
	size = vsnprintf(line, sizeof(line), format, list);
	va_end(list);
	ck_assert(size > 0 && (size_t)size < sizeof(line));
	w->size += (size_t)snprintf(w->text + w->size, w->room - w->size,
	    "%" PRId64 "|%s\n", w->now, line);
	ck_assert_uint_lt(w->size, w->room);
}

/* A line of any kind, about few agents, queues and calls, so that they meet. */
static void
say_anything(writing *w)
{
	static const char *const verbs[] = { "ADDMEMBER|", "REMOVEMEMBER|",
		"PAUSE|x", "UNPAUSE|x", "PAUSEALL|x", "UNPAUSEALL|x",
		"ADDMEMBER|PAUSED" };
	const int agent = (int)(next(&w->seed) % 3);
	const int queue = (int)(next(&w->seed) % 2);
	const int call = (int)(next(&w->seed) % 6);
	const int s = (int)(next(&w->seed) % 40);

	w->now += (int64_t)(next(&w->seed) % 4 == 0 ? next(&w->seed) % 60 : 0);
	switch (next(&w->seed) % 14) {
	case 0:
		say(w, "NONE|NONE|NONE|QUEUESTART");
		break;
	case 1:
		say(w, "NONE|NONE|a%d|AGENTLOGIN|x", agent);
		break;
	case 2:
		say(w, "NONE|NONE|a%d|AGENTLOGOFF|x|%d", agent, s);
		break;
	case 3:
	case 4:
		say(w, "c%d|q%d||ENTERQUEUE||555%d|1", call, queue, call);
		break;
	case 5:
	case 6:
		say(w, "c%d|q%d|a%d|CONNECT|%d|m|1", call, queue, agent, s);
		break;
	case 7:
		say(w, "c%d|q%d|a%d|COMPLETEAGENT|%d|%d|1", call, queue, agent,
		    s, s / 2);
		break;
	case 8:
		say(w, "c%d|q%d|NONE|%s|1|1|%d", call, queue,
		    s % 2 ? "ABANDON" : "EXITEMPTY", s);
		break;
	default:
		say(w, "NONE|q%d|a%d|%s", queue, agent,
		    verbs[next(&w->seed) % 7]);
		break;
	}
}

START_TEST(whatever_the_log_its_pieces_are_the_log)
{
	for (uint64_t round = 0; round < 70; round++) {
		char text[8192], *whole;
		writing w = { text, 0, sizeof(text),
			20261116 + round * MANNERS + (uint64_t)_i, 1000 };
		size_t cut[7];
		const int cuts = (int)(round % 7) + 1;

		for (int i = 0; i < 60; i++)
			say_anything(&w);
		whole = log_dump_of(LOG, text, w.size);
		for (int i = 0; i < cuts; i++) {
			const size_t from = i == 0 ? 0 : cut[i - 1];

			cut[i] = from == w.size
			    ? from
			    : after_line(text,
				  from +
				      (size_t)(next(&w.seed) %
					  (w.size - from)));
		}
		ck_assert_int_eq(in_pieces_is(text, w.size, cut, cuts,
				     (enum manner)_i, whole),
		    1);
		free(whole);
	}
}
END_TEST

START_TEST(a_log_off_in_the_next_file_ends_the_log_in)
{
	static const char first[] = "25200|NONE|q|anna|ADDMEMBER|\n"
				    "25200|NONE|q|ben|ADDMEMBER|\n"
				    "28800|c|q||ENTERQUEUE||5551|1\n"
				    "28805|c|q|anna|CONNECT|5|m|3\n"
				    "30600|c|q|anna|COMPLETEAGENT|5|1795|1\n";
	static const char second[] = "57600|NONE|q|anna|REMOVEMEMBER|\n"
				     "57601|NONE|q|ben|PAUSE|\n"
				     "57700|NONE|q|ben|UNPAUSE|\n";
	kpi_store *store = log_store();
	kpi_queue_log_report report;

	log_write(OLD, first, sizeof(first) - 1);
	log_write(LOG, second, sizeof(second) - 1);
	(void)log_import(store, OLD);
	report = log_import(store, LOG);
	ck_assert_uint_eq(report.lines, 3);
	ck_assert_uint_eq(report.activities, 4);
	log_holds(store,
	    "c@28800 5551: q/anna@28800 answered 5(3)+1795\n"
	    "anna ready 25200-57600\nben break 57601-57700\n"
	    "ben ready 25200-57601\nben ready 57700-\n");
	kpi_store_close(store);
	remove_pieces(ROTATED, 2);
}
END_TEST

/* Who ends a call under another id is known by the call's beginning alone. */
static int
tells_of_itself(const char *piece, size_t size)
{
	const char *const end = strstr(piece, "|1.9|q|a|COMPLETE");
	const char *const begin = strstr(piece, "|1.3|q||ENTERQUEUE");

	return kpi_is_queue_log(piece, size) &&
	    (end == NULL || end > piece + size || begin != NULL);
}

/* Copies of the sample's pieces, after all of it was read. */
START_TEST(a_copy_of_any_piece_adds_nothing)
{
	const size_t size = strlen(log_sample);
	char *whole = log_dump_of(LOG, log_sample, size);
	int asked = 0;

	for (size_t from = 0; from < size; from = after_line(log_sample, from))
		for (size_t until = after_line(log_sample, from);
		     until <= size;) {
			kpi_store *store = log_store();

			log_write(OLD, log_sample, size);
			(void)log_import(store, OLD);
			if (tells_of_itself(log_sample + from, until - from)) {
				(void)import_piece(store, (enum manner)_i, 0,
				    log_sample + from, until - from);
				log_holds(store, whole);
				asked++;
			}
			kpi_store_close(store);
			remove_pieces((enum manner)_i, 1);
			if (until == size)
				break;
			until = after_line(log_sample, until);
		}
	ck_assert_int_gt(asked, 400);
	free(whole);
}
END_TEST

START_TEST(a_file_out_of_order_is_told)
{
	static const char first[] = "1000|NONE|q|a|ADDMEMBER|\n";
	static const char second[] = "5000|NONE|q|a|REMOVEMEMBER|\n"
				     "6000|NONE|q|a|ADDMEMBER|\n";
	static const char more[] = "5500|NONE|q|b|ADDMEMBER|\n";
	kpi_store *store = log_store();

	log_write(LOG, second, sizeof(second) - 1);
	ck_assert_uint_eq(log_import(store, LOG).behind_ms, 0);
	log_write(OLD, first, sizeof(first) - 1);
	ck_assert_uint_eq(log_import(store, OLD).behind_ms, 5000000);
	ck_assert_uint_eq(log_import(store, OLD).behind_ms, 0);
	log_append(OLD, more, sizeof(more) - 1);
	ck_assert_uint_eq(log_import(store, OLD).behind_ms, 500000);
	/* The one that reached furthest may go back in time by itself. */
	log_append(LOG, more, sizeof(more) - 1);
	ck_assert_uint_eq(log_import(store, LOG).behind_ms, 0);
	kpi_store_close(store);
	remove_pieces(ROTATED, 2);
}
END_TEST

/* Many lines: a copy is known by its first 4,096 bytes. */
static char *
long_log(size_t *size)
{
	const size_t room = 2000 * 64;
	char *log = malloc(room), *at = log;

	ck_assert_ptr_nonnull(log);
	for (int i = 0; i < 1000; i++) {
		at += sprintf(
		    at, "%d|c%d|q||ENTERQUEUE||%d|1\n", 1000 + i, i, i % 100);
		at += sprintf(at, "%d|NONE|q|a%d|%s|\n", 1000 + i, i % 7,
		    i % 3 == 0       ? "ADDMEMBER"
			: i % 3 == 1 ? "PAUSE"
				     : "REMOVEMEMBER");
	}
	*size = (size_t)(at - log);
	return log;
}

START_TEST(a_copy_that_grew_goes_on_where_it_was_read_to)
{
	size_t size;
	char *log = long_log(&size), *whole = log_dump_of(LOG, log, size);
	const size_t half = after_line(log, size / 2);
	const enum manner manner = (enum manner)_i;
	kpi_store *store = log_store();
	kpi_queue_log_report report;

	log_write(OLD, log, half);
	(void)log_import(store, OLD);
	report = import_piece(store, manner, 0, log, size);
	ck_assert_uint_gt(report.lines, 900);
	ck_assert_uint_lt(report.lines, 1100);
	ck_assert_uint_eq(report.behind_ms, 0);
	log_holds(store, whole);
	ck_assert_uint_eq(import_piece(store, manner, 0, log, size).lines, 0);
	kpi_store_close(store);
	free(whole);
	free(log);
	remove_pieces(manner, 1);
}
END_TEST

static char *
many_visits(int64_t begin, size_t *size)
{
	char *log = malloc(900 * 64), *at = log;

	ck_assert_ptr_nonnull(log);
	for (int64_t now = begin; now < begin + 900; now++)
		at += sprintf(at,
		    "%" PRId64 "|c|q||ENTERQUEUE||5551|1\n"
		    "%" PRId64 "|c|q|NONE|ABANDON|1|1|0\n",
		    now, now);
	*size = (size_t)(at - log);
	return log;
}

/* The reader lets go of the call between the two, and the copy lacks a line so
 * that it is not known as one. */
START_TEST(a_copy_of_a_call_of_many_visits_adds_nothing)
{
	static const char later[] = "105000|NONE|NONE|NONE|CONFIGRELOAD\n";
	size_t size, more_size;
	char *log = many_visits(100000, &size);
	char *more = many_visits(110000, &more_size), *whole;
	kpi_store *store = log_store();

	(void)import_piece(store, BESIDE, 0, log, size);
	(void)import_piece(store, BESIDE, 1, later, strlen(later));
	ck_assert_uint_eq(
	    import_piece(store, BESIDE, 2, more, more_size).visits, 900);
	whole = log_dump(store);
	ck_assert_uint_eq(import_piece(store, BESIDE, 3, strchr(more, '\n') + 1,
			      strlen(strchr(more, '\n') + 1))
			      .visits,
	    0);
	log_holds(store, whole);
	kpi_store_close(store);
	free(whole);
	free(more);
	free(log);
	remove_pieces(BESIDE, 4);
}
END_TEST

START_TEST(sources_do_not_mix)
{
	static const char first[] = "1000|NONE|q|a|ADDMEMBER|\n";
	static const char second[] = "1500|NONE|q|b|ADDMEMBER|\n"
				     "2000|NONE|q|a|REMOVEMEMBER|\n";
	kpi_queue_log_options options = KPI_QUEUE_LOG_OPTIONS_INIT;
	kpi_store *store = log_store();

	log_write(LOG, first, sizeof(first) - 1);
	(void)log_import(store, LOG);
	log_write(OLD, second, sizeof(second) - 1);
	options.source = "other";
	ck_assert_int_eq(
	    kpi_import_queue_log(store, OLD, &options, NULL, NULL), KPI_OK);
	log_holds(store, "a ready 1000-\na ready 1500-2000\nb ready 1500-\n");
	kpi_store_close(store);
	remove_pieces(ROTATED, 2);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("queue_log_rotation");
	TCase *t = tcase_create("queue_log_rotation");

	tcase_set_timeout(t, 120);
	tcase_add_loop_test(
	    t, a_log_cut_anywhere_into_two_files_is_the_log, 0, MANNERS);
	tcase_add_test(t, a_log_cut_anywhere_into_three_files_is_the_log);
	tcase_add_loop_test(
	    t, whatever_the_log_its_pieces_are_the_log, 0, MANNERS);
	tcase_add_test(t, a_log_off_in_the_next_file_ends_the_log_in);
	tcase_add_loop_test(
	    t, a_copy_of_any_piece_adds_nothing, BESIDE, BESIDE + 1);
	tcase_add_loop_test(
	    t, a_copy_of_any_piece_adds_nothing, PIPED, PIPED + 1);
	tcase_add_test(t, a_file_out_of_order_is_told);
	tcase_add_loop_test(t, a_copy_that_grew_goes_on_where_it_was_read_to,
	    BESIDE, BESIDE + 1);
	tcase_add_loop_test(
	    t, a_copy_that_grew_goes_on_where_it_was_read_to, PIPED, PIPED + 1);
	tcase_add_test(t, a_copy_of_a_call_of_many_visits_adds_nothing);
	tcase_add_test(t, sources_do_not_mix);
	suite_add_tcase(s, t);
	return s;
}
