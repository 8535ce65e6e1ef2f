/* SPDX-License-Identifier: MIT */
/* Two processes that write into one file, killed again and again. */
#define _XOPEN_SOURCE 700

#include <check.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "store/state.h"

#define WRITERS 2
#define ROWS    3 /* of a batch */
#define CHUNK   64

static char path[64];
static kpi_error error = KPI_ERROR_INIT;
static uint64_t seed = 1;

static unsigned
random_below(unsigned below)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % below;
}

static void
remove_files(void)
{
	static const char *const suffix[] = { "", "-wal", "-shm" };
	char name[80];

	for (int i = 0; i < 3; i++) {
		(void)snprintf(name, sizeof(name), "%s%s", path, suffix[i]);
		unlink(name);
	}
}

static void
set_up(void)
{
	/* In memory where that is to be had: a process is killed, no disk. */
	strcpy(path,
	    access("/dev/shm", W_OK) == 0 ? "/dev/shm/kpi-kill-XXXXXX"
					  : "/tmp/kpi-kill-XXXXXX");
	ck_assert_int_ge(close(mkstemp(path)), 0);
}

static kpi_store *
open_file(int64_t busy_ms)
{
	kpi_store_options options = KPI_STORE_OPTIONS_INIT;
	kpi_store *store;

	options.busy_ms = busy_ms;
	if (kpi_store_open(&store, path, &options, &error) != KPI_OK)
		return NULL;
	store->chunk_size = CHUNK;
	store->settle_at = CHUNK;
	return store;
}

/* Rows of one life of a writer are numbered. */
struct life {
	int round, writer;
};

static const char *
id_of(const struct life *life, int row)
{
	static char id[48];

	(void)snprintf(
	    id, sizeof(id), "%d-%d-%d", life->round, life->writer, row);
	return id;
}

static kpi_status
add(kpi_store *store, const struct life *life, int row)
{
	kpi_interaction call = KPI_INTERACTION_INIT;

	call.id = id_of(life, row);
	call.customer = call.id;
	call.started_at = 1700000000000 + row;
	return kpi_store_add(store, &call, &error);
}

/* Adds the rows of a batch; of the one before, deletes the first and answers
 * the second. */
static kpi_status
take_step(kpi_store *store, const struct life *life, int step)
{
	kpi_interaction answer = KPI_INTERACTION_INIT;
	kpi_status status = kpi_store_begin(store, &error);

	for (int i = 0; i < ROWS && status == KPI_OK; i++)
		status = add(store, life, step * ROWS + i);
	if (step > 0 && status == KPI_OK)
		status = kpi_store_delete(
		    store, NULL, id_of(life, (step - 1) * ROWS), &error);
	answer.id = id_of(life, (step - 1) * ROWS + 1);
	answer.csat = 5;
	if (step > 0 && status == KPI_OK)
		status = kpi_store_update(store, &answer, NULL, 0, &error);
	return status == KPI_OK ? kpi_store_commit(store, &error) : status;
}

static void
write_on(const struct life *life, int out)
{
	kpi_store *store = open_file(30000);

	for (int step = 0; store != NULL; step++)
		if (take_step(store, life, step) != KPI_OK ||
		    write(out, &step, sizeof(step)) != sizeof(step))
			break;
	(void)fprintf(stderr, "a writer ends: %s (%s)\n", error.text,
	    kpi_strerror(error.status));
	_exit(1);
}

static pid_t
start(const struct life *life, int *in)
{
	int ends[2];
	pid_t pid;

	ck_assert_int_eq(pipe(ends), 0);
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		close(ends[0]);
		write_on(life, ends[1]);
	}
	close(ends[1]);
	*in = ends[0];
	return pid;
}

/* -1: it is not there. */
static int64_t
mark_of(kpi_store *store, const struct life *life, int row)
{
	kpi_record *record;
	int64_t mark;

	if (row < 0)
		return -1;
	if (kpi_store_get(&record, store, NULL, id_of(life, row), NULL) ==
	    KPI_ENOTFOUND)
		return -1;
	mark = kpi_record_interaction(record)->csat;
	ck_assert_str_eq(
	    kpi_record_interaction(record)->customer, id_of(life, row));
	kpi_record_free(record);
	return mark;
}

/* All steps up to the last that was acknowledged, the one after it whole or
 * not at all. Returns how many rows live. */
static int
check_life(kpi_store *store, const struct life *life, int last)
{
	const int row = (last + 1) * ROWS;
	const int more = mark_of(store, life, row) != -1;

	for (int i = 1; i < ROWS; i++)
		ck_assert_int_eq(mark_of(store, life, row + i) != -1, more);
	ck_assert_int_eq(mark_of(store, life, row + ROWS), -1);
	for (int step = 0; step <= last; step++) {
		const int done = step < last || more;
		const int first = step * ROWS;

		ck_assert_int_eq(
		    mark_of(store, life, first), done ? -1 : KPI_UNKNOWN);
		ck_assert_int_eq(
		    mark_of(store, life, first + 1), done ? 5 : KPI_UNKNOWN);
		ck_assert_int_eq(mark_of(store, life, first + 2), KPI_UNKNOWN);
	}
	return (last + 1 + more) * (ROWS - 1) + 1;
}

static int
one_round(int round)
{
	struct life lives[WRITERS];
	int in[WRITERS], last[WRITERS], status, rows = 0;
	struct timespec pause = { 0, 0 };
	pid_t pids[WRITERS];
	kpi_store *store;

	for (int w = 0; w < WRITERS; w++) {
		lives[w].round = round;
		lives[w].writer = w;
		pids[w] = start(&lives[w], &in[w]);
	}
	for (int w = 0; w < WRITERS; w++)
		ck_assert_int_eq(
		    read(in[w], &last[w], sizeof(int)), sizeof(int));
	for (int w = 0; w < WRITERS; w++) {
		pause.tv_nsec = 1000 * (long)random_below(12000);
		(void)nanosleep(&pause, NULL);
		kill(pids[w], SIGKILL);
	}
	for (int w = 0; w < WRITERS; w++) {
		ck_assert_int_eq(waitpid(pids[w], &status, 0), pids[w]);
		ck_assert(WIFSIGNALED(status));
		while (read(in[w], &last[w], sizeof(int)) == sizeof(int)) {
		}
		close(in[w]);
	}
	store = open_file(0);
	ck_assert_ptr_nonnull(store);
	for (int w = 0; w < WRITERS; w++)
		rows += check_life(store, &lives[w], last[w]);
	kpi_store_close(store);
	return rows;
}

START_TEST(what_two_processes_acknowledged_survives_their_kills)
{
	const char *const wrapped = getenv("KPI_WRAPPED");
	const int kills = wrapped != NULL && *wrapped != '\0' ? 6 : 100;
	kpi_store_info info = KPI_STORE_INFO_INIT;
	kpi_store *store;
	uint64_t rows = 0;

	for (int round = 0; round < kills / WRITERS; round++)
		rows += (uint64_t)one_round(round);
	store = open_file(0);
	ck_assert_msg(kpi_store_check(store, NULL, NULL, &error) == KPI_OK,
	    "%s", error.text);
	ck_assert_int_eq(kpi_store_read_info(store, &info, NULL), KPI_OK);
	ck_assert_uint_eq(info.interactions, rows);
	kpi_store_close(store);
}
END_TEST

START_TEST(whoever_makes_the_store_first_all_have_it)
{
	const char *const wrapped = getenv("KPI_WRAPPED");
	const int rounds = wrapped != NULL && *wrapped != '\0' ? 10 : 150;
	kpi_store *store;
	int status;

	for (int round = 0; round < rounds; round++) {
		remove_files();
		for (int i = 0; i < 4; i++) {
			const pid_t pid = fork();

			ck_assert_int_ge(pid, 0);
			if (pid != 0)
				continue;
			kpi_store_close(store = open_file(30000));
			if (store != NULL)
				_exit(0);
			(void)fprintf(stderr, "not opened: %s\n", error.text);
			_exit(1);
		}
		for (int i = 0; i < 4; i++) {
			ck_assert_int_gt(wait(&status), 0);
			ck_assert_int_eq(status, 0);
		}
	}
}
END_TEST

static int64_t
now_ms(void)
{
	struct timespec now;

	ck_assert_int_eq(clock_gettime(CLOCK_MONOTONIC, &now), 0);
	return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

START_TEST(a_busy_writer_waits_by_its_time_out_and_then_says_so)
{
	static const struct life life = { 0, 0 };
	kpi_store *store = open_file(400), *other = open_file(-1);
	int64_t began;

	ck_assert_int_eq(kpi_store_begin(other, NULL), KPI_OK);
	ck_assert_int_eq(add(other, &life, 1), KPI_OK);
	began = now_ms();
	ck_assert_int_eq(kpi_store_begin(store, &error), KPI_EBUSY);
	ck_assert_int_ge(now_ms() - began, 300);
	ck_assert_str_eq(error.text, "another process writes into the store");
	ck_assert_int_eq(kpi_store_commit(other, NULL), KPI_OK);
	ck_assert_int_eq(add(store, &life, 2), KPI_OK);
	ck_assert_int_eq(mark_of(other, &life, 2), KPI_UNKNOWN);
	kpi_store_close(other);
	kpi_store_close(store);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("kill");
	TCase *tc = tcase_create("kill");

	tcase_add_checked_fixture(tc, set_up, remove_files);
	tcase_set_timeout(tc, 300);
	tcase_add_test(
	    tc, what_two_processes_acknowledged_survives_their_kills);
	tcase_add_test(tc, whoever_makes_the_store_first_all_have_it);
	tcase_add_test(
	    tc, a_busy_writer_waits_by_its_time_out_and_then_says_so);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
