/* SPDX-License-Identifier: MIT */
#define _XOPEN_SOURCE 700

#include "several.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "results.h"

watched watch;

#define SMALL 4096

static void *
watched_resize(void *ctx, void *ptr, size_t old_size, size_t new_size)
{
	watched *w = ctx;
	const long long call = atomic_fetch_add(&w->calls, new_size > 0) + 1;
	const long long fail_at = atomic_load(&w->fail_at);
	void *block;

	if (!pthread_equal(pthread_self(), w->caller)) {
		sigset_t blocked;

		atomic_fetch_add(&w->others, 1);
		pthread_sigmask(SIG_BLOCK, NULL, &blocked);
		if (sigismember(&blocked, SIGINT) != 1 ||
		    sigismember(&blocked, SIGCHLD) != 1)
			atomic_fetch_add(&w->unblocked, 1);
	}
	if (new_size == 0) {
		atomic_fetch_sub(&w->bytes, (long long)old_size);
		free(ptr);
		return NULL;
	}
	if (fail_at > 0 && (w->once ? call == fail_at : call >= fail_at))
		return NULL;
	if (atomic_load(&w->no_small) && new_size < SMALL)
		return NULL;
	block = realloc(ptr, new_size);
	atomic_fetch_add(
	    &w->bytes, (long long)new_size - (long long)old_size);
	return block;
}

static const kpi_allocator watched_allocator = { watched_resize, &watch };

void
fail_from(long long n, int once)
{
	watch.once = once;
	atomic_store(
	    &watch.fail_at, n == 0 ? 0 : atomic_load(&watch.calls) + n);
}

kpi_store *
open_small(const char *path)
{
	kpi_store_options options = KPI_STORE_OPTIONS_INIT;
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *store;

	watch.caller = pthread_self();
	options.allocator = &watched_allocator;
	ck_assert_msg(
	    kpi_store_open(&store, path, &options, &error) == KPI_OK, "%s",
	    error.text);
	sample_small_chunks(store, SEVERAL_CHUNK);
	return store;
}

void
set_threads(kpi_store *store, uint64_t threads)
{
	ck_assert_int_eq(kpi_store_set_threads(store, threads, NULL), KPI_OK);
}

void
fill(kpi_store *store, const random_interactions *made)
{
	kpi_error error = KPI_ERROR_INIT;

	for (size_t i = 0; i < made->count; i++) {
		if (i % SEVERAL_CHUNK == 0)
			ck_assert_int_eq(
			    kpi_store_begin(store, &error), KPI_OK);
		ck_assert_msg(
		    kpi_store_add(store, &made->all[i], &error) == KPI_OK,
		    "%s", error.text);
		if (i % SEVERAL_CHUNK == SEVERAL_CHUNK - 1 || i + 1 == made->count)
			ck_assert_int_eq(
			    kpi_store_commit(store, &error), KPI_OK);
	}
}

static const uint64_t threads_asked[] = { 2, 3, 8 };

sample_answer
answer_of(kpi_store *store, uint64_t threads, const kpi_query *query,
    kpi_definition *const *definitions, uint32_t count)
{
	kpi_error error = KPI_ERROR_INIT;
	sample_answer answer;
	kpi_result *result;
	uint64_t size;

	memset(&answer, 0, sizeof(answer));
	set_threads(store, threads);
	/* Nothing is kept of what other threads have found. */
	ck_assert_int_eq(kpi_store_set_memory(store, 1), KPI_OK);
	answer.status = kpi_measure(&result, store, query,
	    (const kpi_definition *const *)definitions, count, &error);
	memcpy(answer.text, error.text, sizeof(answer.text));
	if (answer.status != KPI_OK)
		return answer;
	answer.bytes = saved_bytes(result, &size);
	answer.size = (size_t)size;
	kpi_result_free(result);
	return answer;
}

int
is_same(const sample_answer *a, const sample_answer *b)
{
	return a->status == b->status && strcmp(a->text, b->text) == 0 &&
	    a->size == b->size &&
	    (a->size == 0 || memcmp(a->bytes, b->bytes, a->size) == 0);
}

kpi_status
check_same(kpi_store *store, const kpi_query *query,
    kpi_definition *const *definitions, uint32_t count, const char *said)
{
	sample_answer one = answer_of(store, 1, query, definitions, count);
	const kpi_status status = one.status;

	for (size_t t = 0; t < 3; t++) {
		sample_answer other = answer_of(
		    store, threads_asked[t], query, definitions, count);

		ck_assert_msg(is_same(&one, &other),
		    "%d threads answer otherwise (%d, %s): %s",
		    (int)threads_asked[t], (int)other.status, other.text,
		    said);
		free(other.bytes);
	}
	free(one.bytes);
	return status;
}

const char *const mixed[MIXED] = { "service_level bounds_by=day",
	"average_handle_time bounds_by=customer", "longest_wait",
	"customers", "csat csat_per=customer", "repeat_rate",
	"average_speed_of_answer verdict_by=day", "backlog",
	"resolution_rate credit=equal", "repeat_customer_rate", "wait_p90",
	"handle_time_p50 credit=equal unit=interaction" };

void
make_mixed(kpi_definition *d[MIXED])
{
	kpi_error error = KPI_ERROR_INIT;

	for (size_t i = 0; i < MIXED; i++)
		ck_assert_msg(kpi_definition_parse(
				  &d[i], mixed[i], NULL, &error) == KPI_OK,
		    "%s: %s", mixed[i], error.text);
}

void
free_mixed(kpi_definition *d[MIXED])
{
	for (size_t i = 0; i < MIXED; i++)
		kpi_definition_free(d[i]);
}

kpi_store *
mixed_store(const char *path)
{
	const random_shape shape = { 9, INT64_C(864000000), 1000, 0, 0 };
	kpi_store *store = open_small(path);
	random_interactions made;

	random_interactions_make(&made, 17, 400, &shape);
	fill(store, &made);
	random_interactions_free(&made);
	return store;
}
