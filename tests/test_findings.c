/* SPDX-License-Identifier: MIT */
/* What a walk found is kept for later questions, and changes no answer.
 * Results are compared as saved bytes. */
#include <check.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

#include "question.h"
#include "runner.h"
#include "store/state.h"

#define METRICS   4
#define QUESTIONS 12
#define THREADS   4
#define CHUNK     16
#define ROOM      (64 * 1024 * 1024)

static const int32_t walking[METRICS] = { KPI_METRIC_REPEAT_RATE,
	KPI_METRIC_FIRST_CONTACT_RESOLUTION, KPI_METRIC_CONTACTS_PER_ISSUE,
	KPI_METRIC_REPEAT_CUSTOMER_RATE };

typedef struct asked {
	kpi_definition *definition[METRICS];
	kpi_query *query;
	char said[4096];
} asked;

typedef struct answer {
	unsigned char *bytes;
	uint64_t size;
} answer;

static void
make_asked(asked *a, random_source *s, const random_interactions *made)
{
	static question q[METRICS];
	question_rows rows;
	int64_t instants[16];
	uint32_t count = 0;

	while (count < 16 && count < made->count) {
		instants[count] = made->all[count].started_at;
		count++;
	}
	question_rows_make(&rows, s, instants, count);
	for (int i = 0; i < METRICS; i++) {
		question_make(
		    &q[i], s, walking[i], random_one_in(s, 3), instants, count);
		a->definition[i] = question_definition(&q[i]);
	}
	a->query = question_query(&rows);
	(void)snprintf(
	    a->said, sizeof(a->said), "%s", question_said(&q[1], &rows));
}

static void
free_asked(asked *a)
{
	for (int i = 0; i < METRICS; i++)
		kpi_definition_free(a->definition[i]);
	kpi_query_free(a->query);
}

static answer
ask(kpi_store *store, const asked *a)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_result *result;
	answer got;

	ck_assert_msg(kpi_measure(&result, store, a->query,
			  (const kpi_definition *const *)a->definition, METRICS,
			  &error) == KPI_OK,
	    "%s", error.text);
	ck_assert_int_eq(
	    kpi_result_save(result, NULL, 0, &got.size, &error), KPI_EOVERFLOW);
	got.bytes = malloc((size_t)got.size);
	ck_assert_ptr_nonnull(got.bytes);
	ck_assert_int_eq(
	    kpi_result_save(result, got.bytes, got.size, &got.size, &error),
	    KPI_OK);
	kpi_result_free(result);
	return got;
}

static int
is_same(const answer *a, const answer *b)
{
	return a->size == b->size &&
	    memcmp(a->bytes, b->bytes, (size_t)a->size) == 0;
}

static kpi_store *
open_empty(uint64_t memory)
{
	kpi_store_options options = KPI_STORE_OPTIONS_INIT;
	kpi_store *store;

	options.memory = memory;
	ck_assert_int_eq(kpi_store_open(&store, NULL, &options, NULL), KPI_OK);
	store->chunk_size = CHUNK;
	store->settle_at = CHUNK;
	return store;
}

static void
add(kpi_store *store, const random_interactions *made, size_t from,
    size_t until)
{
	kpi_error error = KPI_ERROR_INIT;

	for (size_t i = from; i < until; i++)
		ck_assert_msg(
		    kpi_store_add(store, &made->all[i], &error) == KPI_OK, "%s",
		    error.text);
}

static kpi_store *
open_with(uint64_t memory, const random_interactions *made)
{
	kpi_store *store = open_empty(memory);

	add(store, made, 0, made->count);
	return store;
}

static uint64_t
cached(kpi_store *store)
{
	kpi_store_info info = KPI_STORE_INFO_INIT;

	ck_assert_int_eq(kpi_store_read_info(store, &info, NULL), KPI_OK);
	return info.cached_bytes;
}

/* Asks each question twice, in turn with the others; `plain` keeps nothing. */
static void
check_questions(kpi_store *store, kpi_store *plain, const asked *a)
{
	for (int i = 0; i < 2 * QUESTIONS; i++) {
		const asked *one = &a[i % QUESTIONS];
		answer expected = ask(plain, one), got = ask(store, one);

		ck_assert_msg(is_same(&got, &expected),
		    "asked for time %d: one of the metrics of %s",
		    1 + i / QUESTIONS, one->said);
		free(expected.bytes);
		free(got.bytes);
	}
}

/* Of a seed: interactions, and questions of them. */
typedef struct scene {
	random_source source;
	random_interactions made;
	asked asked[QUESTIONS];
} scene;

static void
scene_make(scene *s, uint64_t seed)
{
	random_shape shape;

	s->source = (random_source){ seed * UINT64_C(69621) + 11 };
	shape = random_shape_any(&s->source);
	random_interactions_make(
	    &s->made, seed, 1 + random_below(&s->source, 120), &shape);
	for (int i = 0; i < QUESTIONS; i++)
		make_asked(&s->asked[i], &s->source, &s->made);
}

static void
scene_free(scene *s)
{
	for (int i = 0; i < QUESTIONS; i++)
		free_asked(&s->asked[i]);
	random_interactions_free(&s->made);
}

static uint32_t
rounds(void)
{
	return random_cases(2000) / 20 + 1;
}

START_TEST(what_is_kept_changes_no_answer)
{
	static scene s;

	for (uint32_t round = 0; round < rounds(); round++) {
		kpi_store *plain, *store;

		scene_make(&s, round);
		plain = open_with(1, &s.made);
		/* None, some and all of what is found has room. */
		store = open_with(
		    round % 3 == 0 ? ROOM : 400 + round % 7 * 300, &s.made);
		check_questions(store, plain, s.asked);
		kpi_store_close(plain);
		kpi_store_close(store);
		scene_free(&s);
	}
}
END_TEST

/* Erases, deletes or updates one of them. */
static void
change(kpi_store *store, const random_interactions *made, uint32_t which)
{
	const kpi_interaction *one = &made->all[which % made->count];
	kpi_interaction late = KPI_INTERACTION_INIT;
	kpi_status status = KPI_OK;

	if (which % 3 == 0 && one->customer != NULL) {
		status = kpi_store_erase_customer(store, one->customer, NULL);
	} else if (one->id != NULL && which % 3 == 1) {
		status = kpi_store_delete(store, one->source, one->id, NULL);
	} else if (one->id != NULL) {
		late.id = one->id;
		late.source = one->source;
		late.customer = "another";
		status = kpi_store_update(store, &late, NULL, 0, NULL);
	}
	ck_assert_msg(status == KPI_OK || status == KPI_ENOTFOUND, "%s",
	    kpi_strerror(status));
}

START_TEST(a_store_that_changes_keeps_nothing_of_before)
{
	static scene s;

	for (uint32_t round = 0; round < rounds(); round++) {
		kpi_store *plain = open_empty(1), *store = open_empty(ROOM);
		kpi__snapshot *held;
		size_t half;

		scene_make(&s, round + 5000);
		half = s.made.count / 2;
		add(store, &s.made, 0, half);
		add(plain, &s.made, 0, half);
		check_questions(store, plain, s.asked);
		/* What is held by another question keeps its own. */
		ck_assert_int_eq(
		    kpi__snapshot_take(&held, store, NULL), KPI_OK);
		add(store, &s.made, half, half + 1);
		add(plain, &s.made, half, half + 1);
		check_questions(store, plain, s.asked);
		add(store, &s.made, half + 1, s.made.count);
		add(plain, &s.made, half + 1, s.made.count);
		check_questions(store, plain, s.asked);
		for (int i = 0; i < 3; i++) {
			const uint32_t which = random_below(&s.source, 1000);

			change(store, &s.made, which);
			change(plain, &s.made, which);
			check_questions(store, plain, s.asked);
		}
		kpi__snapshot_release(held);
		kpi_store_close(plain);
		kpi_store_close(store);
		scene_free(&s);
	}
}
END_TEST

typedef struct asking {
	kpi_store *store;
	const asked *asked;
	const answer *expected;
	int first;
} asking;

static void *
ask_on(void *ctx)
{
	const asking *a = ctx;

	for (int i = 0; i < 3 * QUESTIONS; i++) {
		const int which = (a->first + i) % QUESTIONS;
		answer got = ask(a->store, &a->asked[which]);

		ck_assert_msg(is_same(&got, &a->expected[which]),
		    "in a thread: one of the metrics of %s",
		    a->asked[which].said);
		free(got.bytes);
	}
	return NULL;
}

START_TEST(threads_share_what_is_kept)
{
	static scene s;

	for (uint32_t round = 0; round < rounds() / 4 + 1; round++) {
		asking threads[THREADS];
		pthread_t thread[THREADS];
		answer expected[QUESTIONS];
		kpi_store *plain, *store;

		scene_make(&s, round + 9000);
		plain = open_with(1, &s.made);
		store = open_with(round % 2 == 0 ? ROOM : 700, &s.made);
		for (int i = 0; i < QUESTIONS; i++)
			expected[i] = ask(plain, &s.asked[i]);
		for (int t = 0; t < THREADS; t++) {
			threads[t] =
			    (asking){ store, s.asked, expected, t / 2 * 3 };
			ck_assert_int_eq(pthread_create(&thread[t], NULL,
					     ask_on, &threads[t]),
			    0);
		}
		for (int t = 0; t < THREADS; t++)
			pthread_join(thread[t], NULL);
		for (int i = 0; i < QUESTIONS; i++)
			free(expected[i].bytes);
		kpi_store_close(plain);
		kpi_store_close(store);
		scene_free(&s);
	}
}
END_TEST

static int
count_call(void *ctx, uint64_t done, uint64_t total)
{
	(void)done;
	(void)total;
	++*(int *)ctx;
	return 0;
}

/* How often a question asks whether to go on: it does so in each pass. */
static int
calls_of(kpi_store *store, const char *definition)
{
	kpi_query_options options = KPI_QUERY_OPTIONS_INIT;
	kpi_definition *d;
	kpi_query *query;
	kpi_result *result;
	int calls = 0;

	options.stop = count_call;
	options.stop_ctx = &calls;
	ck_assert_int_eq(kpi_query_new(&query, &options, NULL), KPI_OK);
	ck_assert_int_eq(
	    kpi_definition_parse(&d, definition, NULL, NULL), KPI_OK);
	ck_assert_int_eq(kpi_measure(&result, store, query,
			     (const kpi_definition *const *)&d, 1, NULL),
	    KPI_OK);
	kpi_result_free(result);
	kpi_definition_free(d);
	kpi_query_free(query);
	return calls;
}

START_TEST(asked_again_nobody_walks)
{
	static const char *const same[] = { "repeat_rate", "contacts_per_issue",
		"repeat_customer_rate" };
	const random_shape shape = { 9, 864000000, 1000, 0, 0 };
	random_interactions made;
	kpi_store *store;
	int first;

	random_interactions_make(&made, 3, 100, &shape);
	store = open_with(ROOM, &made);
	first = calls_of(store, same[0]);
	for (int i = 0; i < 3; i++)
		ck_assert_int_lt(calls_of(store, same[i]), first);
	ck_assert_int_eq(
	    calls_of(store, "repeat_rate repeat_window=3d"), first);
	ck_assert_int_lt(calls_of(store, same[0]), first);
	kpi_store_close(store);
	random_interactions_free(&made);
}
END_TEST

START_TEST(it_is_kept_within_the_budget_and_goes_with_its_snapshot)
{
	const random_shape shape = { 9, 864000000, 1000, 0, 0 };
	random_interactions made;
	kpi_store *store;
	uint64_t before;

	random_interactions_make(&made, 4, 100, &shape);
	store = open_empty(ROOM);
	add(store, &made, 0, 99);
	before = cached(store);
	(void)calls_of(store, "repeat_rate");
	ck_assert_uint_gt(cached(store), before);
	add(store, &made, 99, 100);
	ck_assert_uint_eq(cached(store), before);

	ck_assert_int_eq(kpi_store_set_memory(store, 1500), KPI_OK);
	for (int i = 1; i < 50; i++) {
		char text[64];

		(void)snprintf(
		    text, sizeof(text), "repeat_rate repeat_window=%dmin", i);
		(void)calls_of(store, text);
		ck_assert_uint_le(cached(store), 1500);
	}
	ck_assert_uint_gt(cached(store), before);
	kpi_store_close(store);
	random_interactions_free(&made);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("findings");
	TCase *tc = tcase_create("findings");

	tcase_set_timeout(tc, 300);
	tcase_add_test(tc, what_is_kept_changes_no_answer);
	tcase_add_test(tc, a_store_that_changes_keeps_nothing_of_before);
	tcase_add_test(tc, threads_share_what_is_kept);
	tcase_add_test(tc, asked_again_nobody_walks);
	tcase_add_test(
	    tc, it_is_kept_within_the_budget_and_goes_with_its_snapshot);
	suite_add_tcase(s, tc);
	return s;
}
