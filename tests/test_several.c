/* SPDX-License-Identifier: MIT */
/* Questions on several threads: that they are answered as by one, to the byte,
 * and what they leave to the caller and to the host. */
#define _XOPEN_SOURCE 700

#include <check.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "question.h"
#include "several.h"

/* Those that have bounds by days or customers, or verdicts, with these. */
static void
ask_every_metric(kpi_store *store, const question_rows *rows, uint32_t round)
{
	static const char *const by[] = { "contact", "day", "customer" };
	static const char *const goals[] = { "0.8", "30s" };
	const uint64_t metrics = kpi_catalogue_count(KPI_TABLE_METRICS);
	uint32_t answered = 0, goalless = 0;

	for (uint64_t i = 0; i < metrics; i++) {
		kpi_entry entry = KPI_ENTRY_INIT;
		question_rows grouped = *rows;
		kpi_definition *d;
		kpi_query *query;

		ck_assert_int_eq(
		    kpi_catalogue_entry(KPI_TABLE_METRICS, i, &entry), KPI_OK);
		if (question_among(entry.number) != 0)
			question_rows_group(
			    &grouped, question_among(entry.number));
		query = question_query(&grouped);
		for (uint32_t k = 0; k < 4; k++) {
			ck_assert_int_eq(kpi_definition_new(&d, entry.number,
					     NULL, NULL),
			    KPI_OK);
			if (k == 3 &&
			    kpi_definition_set(d, "target_goal", goals[0],
				NULL) != KPI_OK &&
			    kpi_definition_set(d, "target_goal", goals[1],
				NULL) != KPI_OK)
				goalless++;
			else if (k == 0 ||
			    kpi_definition_set(d,
				k == 3 ? "verdict_by" : "bounds_by",
				by[(round + k) % 3], NULL) == KPI_OK)
				answered += check_same(store, query, &d, 1,
						entry.name) == KPI_OK;
			kpi_definition_free(d);
		}
		kpi_query_free(query);
	}
	ck_assert_uint_gt(answered, metrics);
	ck_assert_uint_lt(goalless, metrics);
}

START_TEST(several_threads_answer_every_metric_as_one_does)
{
	const uint32_t rounds = (uint32_t)sample_rounds(12, 2);

	for (uint32_t round = 0; round < rounds; round++) {
		random_source s = { round * UINT64_C(48271) + 11 };
		const random_shape shape = random_shape_any(&s);
		static question q[QUESTION_METRICS];
		int64_t instants[16];
		random_interactions made;
		kpi_store *store = open_small(NULL);
		uint32_t count;

		random_interactions_make(
		    &made, s.state, 20 + random_below(&s, 300), &shape);
		fill(store, &made);
		count = random_instants(&made, instants);
		for (int i = 0; i < 6; i++) {
			kpi_definition *d[QUESTION_METRICS];
			question_rows rows;
			kpi_query *query;
			uint32_t metrics;

			question_rows_make(&rows, &s, instants, count);
			metrics = question_make_each(
			    q, &rows, &s, 2, instants, count);
			query = question_query(&rows);
			for (uint32_t m = 0; m < metrics; m++)
				d[m] = question_definition(&q[m]);
			ck_assert_int_eq(
			    check_same(store, query, d, metrics,
				question_said(&q[3], &rows)),
			    KPI_OK);
			for (uint32_t m = 0; m < metrics; m++)
				kpi_definition_free(d[m]);
			kpi_query_free(query);
			if (i == 0)
				ask_every_metric(store, &rows, round);
		}
		kpi_store_close(store);
		random_interactions_free(&made);
	}
	ck_assert_int_eq(atomic_load(&watch.bytes), 0);
	ck_assert_int_gt(atomic_load(&watch.others), 0);
}
END_TEST

/* By agent and day. */
static kpi_query *
query_of(kpi_stop stop, void *ctx, uint64_t group_limit)
{
	kpi_query_options options = KPI_QUERY_OPTIONS_INIT;
	kpi_query *query;

	options.stop = stop;
	options.stop_ctx = ctx;
	options.group_limit = group_limit;
	ck_assert_int_eq(kpi_query_new(&query, &options, NULL), KPI_OK);
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_AGENT), KPI_OK);
	ck_assert_int_eq(kpi_query_by_time(query, KPI_BUCKET_DAY), KPI_OK);
	return query;
}

START_TEST(a_metric_with_each_kind_of_sum_is_shared_out)
{
	kpi_store *store = mixed_store(NULL);
	kpi_query *query = query_of(NULL, NULL, 0);
	kpi_definition *d[MIXED];
	const long long before = atomic_load(&watch.others);

	make_mixed(d);
	for (size_t i = 0; i < MIXED; i++)
		ck_assert_int_eq(
		    check_same(store, query, &d[i], 1, mixed[i]), KPI_OK);
	ck_assert_int_eq(check_same(store, query, d, MIXED, "all"), KPI_OK);
	ck_assert_int_gt(atomic_load(&watch.others), before);
	free_mixed(d);
	kpi_query_free(query);
	kpi_store_close(store);
}
END_TEST

START_TEST(one_thread_is_all_there_is_unless_more_are_asked_for)
{
	kpi_store *store = mixed_store(NULL);
	kpi_definition *d[MIXED];
	sample_answer answer;

	make_mixed(d);
	answer = answer_of(store, 1, NULL, d, MIXED);
	ck_assert_int_eq(answer.status, KPI_OK);
	ck_assert_int_eq(atomic_load(&watch.others), 0);
	free(answer.bytes);
	/* A thread may come when all has been taken. */
	for (int i = 0; i < 1000 && atomic_load(&watch.others) == 0; i++) {
		answer = answer_of(store, 2, NULL, d, MIXED);
		free(answer.bytes);
	}
	ck_assert_int_gt(atomic_load(&watch.others), 0);
	ck_assert_int_eq(atomic_load(&watch.unblocked), 0);
	free_mixed(d);
	kpi_store_close(store);
}
END_TEST

START_TEST(a_small_question_stays_on_its_thread)
{
	kpi_interaction call = KPI_INTERACTION_INIT;
	kpi_store *store = open_small(NULL);
	kpi_definition *d[MIXED];
	sample_answer answer;

	make_mixed(d);
	call.started_at = RANDOM_EPOCH;
	call.direction = KPI_DIRECTION_INBOUND;
	for (uint32_t i = 0; i < SEVERAL_CHUNK / 2; i++)
		ck_assert_int_eq(kpi_store_add(store, &call, NULL), KPI_OK);
	answer = answer_of(store, 8, NULL, d, MIXED);
	ck_assert_int_eq(answer.status, KPI_OK);
	ck_assert_int_eq(atomic_load(&watch.others), 0);
	free(answer.bytes);
	free_mixed(d);
	kpi_store_close(store);
}
END_TEST

/* One of the first hours is asked for, or nearly all. */
START_TEST(a_few_rows_of_many_start_no_thread)
{
	kpi_interaction call = KPI_INTERACTION_INIT;
	kpi_store *store = open_small(NULL);
	kpi_query *query = query_of(NULL, NULL, 0);
	const int64_t hour = 3600000, until = RANDOM_EPOCH + 300 * hour;
	kpi_definition *d[MIXED];

	make_mixed(d);
	for (call.started_at = RANDOM_EPOCH; call.started_at < until;
	     call.started_at += hour)
		ck_assert_int_eq(kpi_store_add(store, &call, NULL), KPI_OK);
	for (int all = 0; all < 2; all++) {
		ck_assert_int_eq(kpi_query_between(query, RANDOM_EPOCH + hour,
				     all ? until : RANDOM_EPOCH + 2 * hour),
		    KPI_OK);
		/* Who asks may be done before another has begun. */
		for (int i = 0; i == 0 ||
		     (all && i < 1000 && atomic_load(&watch.others) == 0); i++)
			free(answer_of(store, 8, query, d, 1).bytes);
		ck_assert_int_eq(atomic_load(&watch.others) > 0, all);
	}
	kpi_query_free(query);
	free_mixed(d);
	kpi_store_close(store);
}
END_TEST

START_TEST(how_many_threads_is_1_to_64)
{
	static const uint64_t wrong[] = { 0, 65, UINT64_MAX };
	kpi_store *store = open_small(NULL);

	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		kpi_error error = KPI_ERROR_INIT;

		ck_assert_int_eq(
		    kpi_store_set_threads(store, wrong[i], &error),
		    KPI_EINVAL);
		ck_assert_str_eq(error.field, "threads");
		ck_assert_str_eq(
		    error.text, "threads are expected to be 1 to 64");
	}
	ck_assert_int_eq(kpi_store_set_threads(NULL, 2, NULL), KPI_EINVAL);
	set_threads(store, 64);
	set_threads(store, 1);
	kpi_store_close(store);
}
END_TEST

START_TEST(too_many_groups_are_said_as_by_one)
{
	kpi_store *store = mixed_store(NULL);
	kpi_query *query = query_of(NULL, NULL, 9);
	kpi_definition *d[MIXED];

	make_mixed(d);
	ck_assert_int_eq(
	    check_same(store, query, d, MIXED, "groups"), KPI_ELIMIT);
	free_mixed(d);
	kpi_query_free(query);
	kpi_store_close(store);
}
END_TEST

/* A failure of one allocation is made good on one thread. */
START_TEST(an_allocation_that_fails_changes_no_answer)
{
	const int step = sample_rounds(1, 13);
	char path[] = "test_several.kpi";
	kpi_store *store;
	kpi_query *query = query_of(NULL, NULL, 0);
	kpi_definition *d[MIXED];
	sample_answer expected;
	int answered = 0, failed = 0;

	(void)unlink(path);
	store = mixed_store(_i < 2 ? NULL : path);
	make_mixed(d);
	expected = answer_of(store, 1, query, d, MIXED);
	ck_assert_int_eq(expected.status, KPI_OK);
	for (long long n = 1; answered < 3; n += step) {
		sample_answer answer;
		long long calls = atomic_load(&watch.calls);

		/* Of a file, what was decoded is decoded again. */
		ck_assert_int_eq(kpi_store_set_memory(store, 1), KPI_OK);
		fail_from(n, _i % 2);
		answer = answer_of(store, 3, query, d, MIXED);
		fail_from(0, 0);
		calls = atomic_load(&watch.calls) - calls;
		if (answer.status == KPI_OK)
			ck_assert(is_same(&answer, &expected));
		else
			ck_assert_int_eq(answer.status, KPI_ENOMEM);
		failed += answer.status != KPI_OK;
		/* Where each failed once there is no end but this. */
		answered += answer.status == KPI_OK && calls < n;
		free(answer.bytes);
	}
	ck_assert_int_gt(failed, 0);
	free(expected.bytes);
	free_mixed(d);
	kpi_query_free(query);
	kpi_store_close(store);
	(void)unlink(path);
	ck_assert_int_eq(atomic_load(&watch.bytes), 0);
}
END_TEST

typedef struct stopping {
	pthread_t caller;
	int calls, stop_at;
	int strange; /* calls of other threads */
} stopping;

static int
stop_at(void *ctx, uint64_t done, uint64_t total)
{
	stopping *s = ctx;

	s->strange += !pthread_equal(pthread_self(), s->caller);
	s->strange += done > total;
	return ++s->calls == s->stop_at;
}

START_TEST(who_stops_is_asked_in_the_calling_thread_alone)
{
	kpi_store *store = mixed_store(NULL);
	stopping s = { pthread_self(), 0, 0, 0 };
	kpi_query *query = query_of(stop_at, &s, 0);
	kpi_definition *d[MIXED];
	sample_answer one, answer;
	int stopped = 0;

	make_mixed(d);
	one = answer_of(store, 1, query, d, MIXED);
	ck_assert_int_eq(one.status, KPI_OK);
	/* The others may take all of it before the first is asked. */
	for (int at = 1, tries = 0; tries < 1000; tries++) {
		s.calls = 0;
		s.stop_at = at;
		answer = answer_of(store, 8, query, d, MIXED);
		if (answer.status == KPI_OK) {
			ck_assert(is_same(&one, &answer));
			free(answer.bytes);
			if (stopped > 0)
				break;
			at = 1;
			continue;
		}
		ck_assert_int_eq(answer.status, KPI_ESTOPPED);
		ck_assert_str_eq(answer.text, kpi_strerror(KPI_ESTOPPED));
		ck_assert_int_eq(s.calls, at++);
		stopped++;
	}
	ck_assert_int_gt(stopped, 0);
	ck_assert_int_eq(s.strange, 0);
	free(one.bytes);
	free_mixed(d);
	kpi_query_free(query);
	kpi_store_close(store);
	ck_assert_int_eq(atomic_load(&watch.bytes), 0);
}
END_TEST

static int
take_memory(void *ctx, uint64_t done, uint64_t total)
{
	(void)ctx;
	(void)done;
	(void)total;
	atomic_store(&watch.no_small, 1);
	return 0;
}

/* It is begun anew on one thread, and that is the end of it. */
START_TEST(memory_that_is_gone_for_good_is_said)
{
	kpi_store *store = mixed_store(NULL);
	kpi_query *query = query_of(take_memory, NULL, 0);
	kpi_definition *d[MIXED];
	int failed = 0;

	make_mixed(d);
	for (int tries = 0; tries < 1000 && failed < 3; tries++) {
		/* Those before the first that walks: a scan is the first to
		 * ask. */
		const sample_answer answer = answer_of(store, 4, query, d, 5);

		atomic_store(&watch.no_small, 0);
		failed += answer.status == KPI_ENOMEM;
		ck_assert(
		    answer.status == KPI_OK || answer.status == KPI_ENOMEM);
		free(answer.bytes);
	}
	ck_assert_int_gt(failed, 0);
	free_mixed(d);
	kpi_query_free(query);
	kpi_store_close(store);
	ck_assert_int_eq(atomic_load(&watch.bytes), 0);
}
END_TEST

/* How many threads this process has; 1 where nobody says. */
static int
threads_now(void)
{
	FILE *file = fopen("/proc/self/status", "r");
	char line[128];
	int count = 1;

	while (file != NULL && fgets(line, sizeof(line), file) != NULL)
		if (sscanf(line, "Threads: %d", &count) == 1)
			break;
	if (file != NULL)
		(void)fclose(file);
	return count;
}

/* One that has been joined is counted a moment longer. */
static int
are_at_most(int count)
{
	const struct timespec pause = { 0, 1000000 };

	for (int i = 0; i < 5000 && threads_now() > count; i++)
		(void)nanosleep(&pause, NULL);
	return threads_now() <= count;
}

#define OURS_AND_A_SANITIZERS 3

static int
child_of(kpi_store *store, kpi_definition *const *d)
{
	sample_answer answer;
	kpi_store *own;

	if (kpi_store_set_threads(store, 2, NULL) != KPI_EFORK)
		return 1;
	own = mixed_store(NULL);
	answer = answer_of(own, 2, NULL, d, MIXED);
	free(answer.bytes);
	kpi_store_close(own);
	return answer.status == KPI_OK ? 0 : 2;
}

START_TEST(threads_end_with_the_question_and_a_fork_finds_none)
{
	kpi_store *store = mixed_store(NULL);
	kpi_definition *d[MIXED];
	sigset_t mask, mask_before;

	make_mixed(d);
	sigemptyset(&mask_before);
	ck_assert_int_eq(pthread_sigmask(SIG_BLOCK, NULL, &mask_before), 0);
	for (int i = 0; i < 3; i++) {
		sample_answer answer = answer_of(store, 8, NULL, d, MIXED);
		int code;
		pid_t child;

		ck_assert_int_eq(answer.status, KPI_OK);
		free(answer.bytes);
		ck_assert(are_at_most(OURS_AND_A_SANITIZERS));
		child = fork();
		ck_assert_int_ge(child, 0);
		if (child == 0)
			_exit(child_of(store, d));
		ck_assert_int_eq(waitpid(child, &code, 0), child);
		ck_assert(WIFEXITED(code) && WEXITSTATUS(code) == 0);
	}
	ck_assert_int_eq(pthread_sigmask(SIG_BLOCK, NULL, &mask), 0);
	for (int number = 1; number < 32; number++)
		ck_assert_int_eq(sigismember(&mask, number),
		    sigismember(&mask_before, number));
	free_mixed(d);
	kpi_store_close(store);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("several");
	TCase *tc = tcase_create("several");

	tcase_set_timeout(tc, 600);
	tcase_add_test(
	    tc, several_threads_answer_every_metric_as_one_does);
	tcase_add_test(tc, a_metric_with_each_kind_of_sum_is_shared_out);
	tcase_add_test(
	    tc, one_thread_is_all_there_is_unless_more_are_asked_for);
	tcase_add_test(tc, a_small_question_stays_on_its_thread);
	tcase_add_test(tc, a_few_rows_of_many_start_no_thread);
	tcase_add_test(tc, how_many_threads_is_1_to_64);
	tcase_add_test(tc, too_many_groups_are_said_as_by_one);
	tcase_add_loop_test(
	    tc, an_allocation_that_fails_changes_no_answer, 0, 4);
	tcase_add_test(tc, who_stops_is_asked_in_the_calling_thread_alone);
	tcase_add_test(tc, memory_that_is_gone_for_good_is_said);
	tcase_add_test(
	    tc, threads_end_with_the_question_and_a_fork_finds_none);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
