/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700

#include <check.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <kpi/store.h>

#include "child.h"

static char path[64];

static void
set_up(void)
{
	strcpy(path, "/tmp/kpi-file-XXXXXX");
	ck_assert_int_ge(close(mkstemp(path)), 0);
	ck_assert_int_eq(unlink(path), 0);
}

static void
remove_with(const char *suffix)
{
	char name[80];

	(void)snprintf(name, sizeof(name), "%s%s", path, suffix);
	unlink(name);
}

static void
tear_down(void)
{
	unlink(path);
	remove_with("-wal");
	remove_with("-shm");
}

static kpi_store *
open_with(uint64_t flags, int64_t busy_ms)
{
	kpi_store_options options = KPI_STORE_OPTIONS_INIT;
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *store;

	options.flags = flags;
	options.busy_ms = busy_ms;
	ck_assert_msg(kpi_store_open(&store, path, &options, &error) == KPI_OK,
	    "%s", error.text);
	return store;
}

static kpi_status
add(kpi_store *store, int number, kpi_error *error)
{
	kpi_interaction call = KPI_INTERACTION_INIT;
	char id[16], customer[32];

	(void)snprintf(id, sizeof(id), "%d", number);
	(void)snprintf(customer, sizeof(customer), "c-%d", number % 7);
	call.id = id;
	call.customer = customer;
	call.started_at = 1700000000000 + number;
	call.csat = number % 6;
	return kpi_store_add(store, &call, error);
}

static kpi_store_info
info_of(kpi_store *store)
{
	kpi_store_info info = KPI_STORE_INFO_INIT;
	kpi_error error = KPI_ERROR_INIT;

	ck_assert_msg(kpi_store_read_info(store, &info, &error) == KPI_OK, "%s",
	    error.text);
	return info;
}

static int
has(kpi_store *store, int number)
{
	kpi_record *record;
	kpi_status status;
	char id[16];

	(void)snprintf(id, sizeof(id), "%d", number);
	status = kpi_store_get(&record, store, NULL, id, NULL);
	if (status == KPI_OK)
		ck_assert_int_eq(
		    kpi_record_interaction(record)->csat, number % 6);
	else
		ck_assert_int_eq(status, KPI_ENOTFOUND);
	kpi_record_free(record);
	return status == KPI_OK;
}

START_TEST(what_was_added_is_there_when_it_is_opened_again)
{
	kpi_store *store = open_with(0, 0);

	for (int i = 0; i < 20; i++)
		ck_assert_int_eq(add(store, i, NULL), KPI_OK);
	kpi_store_close(store);
	store = open_with(KPI_OPEN_MUST_EXIST, 0);
	ck_assert_uint_eq(info_of(store).interactions, 20);
	ck_assert_uint_gt(info_of(store).file_bytes, 4096);
	for (int i = 0; i < 20; i++)
		ck_assert(has(store, i));
	ck_assert_int_eq(kpi_store_check(store, NULL, NULL, NULL), KPI_OK);
	kpi_store_close(store);
}
END_TEST

START_TEST(a_batch_that_is_not_committed_leaves_no_trace)
{
	kpi_store *store = open_with(0, 0);

	ck_assert_int_eq(add(store, 0, NULL), KPI_OK);
	ck_assert_int_eq(kpi_store_begin(store, NULL), KPI_OK);
	ck_assert_int_eq(add(store, 1, NULL), KPI_OK);
	ck_assert_uint_eq(info_of(store).interactions, 1);
	kpi_store_close(store);
	store = open_with(0, 0);
	ck_assert_uint_eq(info_of(store).interactions, 1);
	ck_assert_int_eq(add(store, 1, NULL), KPI_OK);
	kpi_store_close(store);
}
END_TEST

START_TEST(the_flags_of_opening_hold)
{
	kpi_store_options options = KPI_STORE_OPTIONS_INIT;
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *store;
	struct stat st;

	options.flags = KPI_OPEN_MUST_EXIST;
	ck_assert_int_eq(
	    kpi_store_open(&store, path, &options, &error), KPI_ENOTFOUND);
	ck_assert_ptr_null(store);
	options.flags = KPI_OPEN_READ_ONLY;
	ck_assert_int_eq(
	    kpi_store_open(&store, path, &options, &error), KPI_ENOTFOUND);
	kpi_store_close(open_with(KPI_OPEN_MUST_CREATE, 0));
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777, 0600);
	options.flags = KPI_OPEN_MUST_CREATE;
	ck_assert_int_eq(
	    kpi_store_open(&store, path, &options, &error), KPI_EEXISTS);
	store = open_with(KPI_OPEN_READ_ONLY, 0);
	ck_assert_int_eq(add(store, 1, &error), KPI_EREADONLY);
	ck_assert_int_eq(kpi_store_begin(store, &error), KPI_EREADONLY);
	ck_assert_uint_eq(info_of(store).interactions, 0);
	kpi_store_close(store);
	options.flags = 64;
	ck_assert_int_eq(
	    kpi_store_open(&store, path, &options, &error), KPI_ENOTSUP);
}
END_TEST

static void
write_file(const void *bytes, size_t size)
{
	const int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, bytes, size), (ssize_t)size);
	close(fd);
}

START_TEST(a_file_that_is_no_store_is_refused_and_not_touched)
{
	static const char text[] = "1541512345|1541512345.1|q|agent|CONNECT|1";
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *store;
	char found[sizeof(text)];
	int fd;

	write_file(text, sizeof(text));
	ck_assert_int_eq(
	    kpi_store_open(&store, path, NULL, &error), KPI_ECORRUPT);
	ck_assert_ptr_null(store);
	fd = open(path, O_RDONLY);
	ck_assert_int_eq(read(fd, found, sizeof(found)), (ssize_t)sizeof(text));
	ck_assert_mem_eq(found, text, sizeof(text));
	close(fd);
}
END_TEST

START_TEST(an_empty_file_becomes_a_store)
{
	kpi_store *store;

	write_file("", 0);
	store = open_with(0, 0);
	ck_assert_int_eq(add(store, 1, NULL), KPI_OK);
	kpi_store_close(store);
}
END_TEST

/* Runs `work` in a process of its own, which ends well if it returns 0. */
static pid_t
start(int (*work)(int out), int *in)
{
	int ends[2];
	pid_t pid;

	ck_assert_int_eq(pipe(ends), 0);
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		close(ends[0]);
		child_ends(work(ends[1]) == 0);
	}
	close(ends[1]);
	*in = ends[0];
	return pid;
}

static void
finish(pid_t pid, int in)
{
	int status;

	close(in);
	ck_assert_int_eq(waitpid(pid, &status, 0), pid);
	ck_assert(WIFEXITED(status));
	ck_assert_int_eq(WEXITSTATUS(status), 0);
}

static int
add_five(int out)
{
	kpi_store *store;

	if (kpi_store_open(&store, path, NULL, NULL) != KPI_OK)
		return 1;
	for (int i = 0; i < 5; i++) {
		if (add(store, i, NULL) != KPI_OK || write(out, "+", 1) != 1)
			return 2;
		while (!has(store, 100 + i)) {
		}
	}
	kpi_store_close(store);
	return 0;
}

START_TEST(two_processes_see_what_the_other_commits)
{
	kpi_store *store = open_with(0, 0);
	int in;
	const pid_t pid = start(add_five, &in);
	char sign;

	for (int i = 0; i < 5; i++) {
		ck_assert_int_eq(read(in, &sign, 1), 1);
		ck_assert(has(store, i));
		ck_assert_int_eq(add(store, 100 + i, NULL), KPI_OK);
	}
	finish(pid, in);
	ck_assert_uint_eq(info_of(store).interactions, 10);
	kpi_store_close(store);
}
END_TEST

static int
hold_a_batch(int out)
{
	kpi_store *store;

	if (kpi_store_open(&store, path, NULL, NULL) != KPI_OK ||
	    kpi_store_begin(store, NULL) != KPI_OK ||
	    add(store, 1, NULL) != KPI_OK || write(out, "+", 1) != 1)
		return 1;
	for (;;)
		pause();
}

START_TEST(a_writer_beside_another_is_told_that_it_is_busy)
{
	kpi_store *store = open_with(0, -1);
	kpi_error error = KPI_ERROR_INIT;
	int in, status;
	const pid_t pid = start(hold_a_batch, &in);
	char sign;

	ck_assert_int_eq(read(in, &sign, 1), 1);
	ck_assert_int_eq(add(store, 2, &error), KPI_EBUSY);
	ck_assert_int_eq(kpi_store_begin(store, &error), KPI_EBUSY);
	ck_assert_uint_eq(info_of(store).interactions, 0);
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	close(in);
	ck_assert_int_eq(add(store, 2, &error), KPI_OK);
	ck_assert_uint_eq(info_of(store).interactions, 1);
	kpi_store_close(store);
}
END_TEST

static int
add_until_killed(int out)
{
	kpi_store *store;
	kpi_error error = KPI_ERROR_INIT;

	if (kpi_store_open(&store, path, NULL, &error) != KPI_OK)
		return 1;
	for (int32_t i = 0;; i += 3) {
		if (kpi_store_begin(store, NULL) != KPI_OK ||
		    add(store, i, NULL) != KPI_OK ||
		    add(store, i + 1, NULL) != KPI_OK ||
		    add(store, i + 2, NULL) != KPI_OK ||
		    kpi_store_commit(store, NULL) != KPI_OK ||
		    write(out, &i, sizeof(i)) != sizeof(i))
			return 2;
	}
}

START_TEST(what_was_acknowledged_survives_a_kill)
{
	const struct timespec pause = { 0, 10000000 + 7000000 * _i };
	int32_t last = -3, seen;
	kpi_store *store;
	int in, status;
	const pid_t pid = start(add_until_killed, &in);
	kpi_store_info info;

	(void)nanosleep(&pause, NULL);
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	ck_assert(WIFSIGNALED(status));
	while (read(in, &seen, sizeof(seen)) == sizeof(seen))
		last = seen;
	close(in);
	store = open_with(0, 0);
	info = info_of(store);
	ck_assert_uint_eq(info.interactions % 3, 0);
	ck_assert_uint_ge(info.interactions, (uint64_t)(last + 3));
	ck_assert_uint_le(info.interactions, (uint64_t)(last + 6));
	for (int i = 0; i < last + 3; i++)
		ck_assert(has(store, i));
	ck_assert_int_eq(kpi_store_check(store, NULL, NULL, NULL), KPI_OK);
	kpi_store_close(store);
}
END_TEST

START_TEST(a_handle_from_before_a_fork_says_so)
{
	kpi_store *store = open_with(0, 0);
	kpi_store_info info = KPI_STORE_INFO_INIT;
	int status;
	pid_t pid;

	ck_assert_int_eq(add(store, 1, NULL), KPI_OK);
	ck_assert_int_eq(kpi_store_begin(store, NULL), KPI_OK);
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		const int right = add(store, 2, NULL) == KPI_EFORK &&
		    kpi_store_commit(store, NULL) == KPI_EFORK &&
		    kpi_store_read_info(store, &info, NULL) == KPI_EFORK &&
		    kpi_store_check(store, NULL, NULL, NULL) == KPI_EFORK;

		kpi_store_close(store);
		child_ends(right);
	}
	waitpid(pid, &status, 0);
	ck_assert(WIFEXITED(status));
	ck_assert_int_eq(WEXITSTATUS(status), 0);
	ck_assert_int_eq(add(store, 2, NULL), KPI_OK);
	ck_assert_int_eq(kpi_store_commit(store, NULL), KPI_OK);
	kpi_store_close(store);
	store = open_with(0, 0);
	ck_assert_uint_eq(info_of(store).interactions, 2);
	kpi_store_close(store);
}
END_TEST

START_TEST(a_store_written_by_another_program_is_refused_until_resealed)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *store = open_with(0, 0);
	unsigned char byte;
	int fd;

	ck_assert_int_eq(add(store, 1, NULL), KPI_OK);
	ck_assert_int_eq(kpi_store_reseal(path, &error), KPI_EBUSY);
	kpi_store_close(store);
	/* In the number of the SQLite that wrote last, which none reads. */
	fd = open(path, O_RDWR);
	ck_assert_int_eq(pread(fd, &byte, 1, 96), 1);
	byte ^= 1;
	ck_assert_int_eq(pwrite(fd, &byte, 1, 96), 1);
	close(fd);
	ck_assert_int_eq(
	    kpi_store_open(&store, path, NULL, &error), KPI_ECORRUPT);
	ck_assert_int_eq(kpi_store_reseal(path, &error), KPI_OK);
	store = open_with(0, 0);
	ck_assert(has(store, 1));
	kpi_store_close(store);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("file");
	TCase *tc = tcase_create("file");

	tcase_add_checked_fixture(tc, set_up, tear_down);
	tcase_add_test(tc, what_was_added_is_there_when_it_is_opened_again);
	tcase_add_test(tc, a_batch_that_is_not_committed_leaves_no_trace);
	tcase_add_test(tc, the_flags_of_opening_hold);
	tcase_add_test(tc, a_file_that_is_no_store_is_refused_and_not_touched);
	tcase_add_test(tc, an_empty_file_becomes_a_store);
	tcase_add_test(tc, two_processes_see_what_the_other_commits);
	tcase_add_test(tc, a_writer_beside_another_is_told_that_it_is_busy);
	tcase_add_loop_test(tc, what_was_acknowledged_survives_a_kill, 0, 10);
	tcase_add_test(tc, a_handle_from_before_a_fork_says_so);
	tcase_add_test(
	    tc, a_store_written_by_another_program_is_refused_until_resealed);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
