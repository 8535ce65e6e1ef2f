/* SPDX-License-Identifier: MIT */
/*
 * Agents' time of random interactions and activities is what looking at every
 * moment finds. Figures do not depend on the order of adding, on chunks, or on
 * whether the store is in a file.
 */
#define _XOPEN_SOURCE 700

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "agent_scene.h"
#include "asked.h"
#include "instant_text.h"
#include "runner.h"

static int
is_kept(const scene *s, size_t agent)
{
	return s->filter == AGENTS || (s->filter == agent) != s->negated;
}

static int64_t
sum_states(const times *t, unsigned states)
{
	int64_t sum = 0;

	for (int i = 0; i < STATES; i++)
		sum += states >> i & 1 ? t->state[i] : 0;
	return sum;
}

static int
is_empty(const times *t)
{
	return sum_states(t, 127) == 0 && t->unknown == 0 &&
	    t->no_activity == 0;
}

static void
check_row(const scene *s, const kpi_result *result, uint64_t row,
    const times *t, const char *agent, int64_t begin)
{
	const kpi_figure f = figure_at(result, row);
	const int64_t numerator = sum_states(t, s->numerator);
	const int64_t denominator = sum_states(t, s->denominator);

	if (s->by_agent)
		ck_assert_msg(same_text(kpi_result_group(result, row, 0), agent),
		    "%s", s->text);
	if (s->length > 0)
		ck_assert_int_eq(kpi_result_begin(result, row), begin);
	ck_assert_msg(f.numerator == numerator && f.denominator == denominator &&
		f.unknown == t->unknown && f.no_activity == t->no_activity &&
		f.not_counted == sum_states(t, 127 & ~s->denominator),
	    "%s: %lld of %lld, expected %lld of %lld", s->text,
	    (long long)f.numerator, (long long)f.denominator,
	    (long long)numerator, (long long)denominator);
	if (denominator > 0)
		ck_assert_double_eq(
		    f.value, (double)numerator / (double)denominator);
	else
		ck_assert_int_eq(f.state,
		    numerator > 0 ? KPI_STATE_UNDEFINED : KPI_STATE_NO_DATA);
}

static kpi_query *
query_of(const scene *s)
{
	kpi_query *query = new_query();
	const int32_t bucket = s->length == 0 ? KPI_BUCKET_NONE
	    : s->length == DAY		      ? KPI_BUCKET_DAY
	    : s->length == HOUR		      ? KPI_BUCKET_HOUR
					      : KPI_BUCKET_QUARTER_HOUR;

	ck_assert_int_eq(kpi_query_between(query, s->from, s->until), KPI_OK);
	ck_assert_int_eq(kpi_query_by_time(query, bucket), KPI_OK);
	if (s->by_agent)
		ck_assert_int_eq(kpi_query_by(query, KPI_BY_AGENT), KPI_OK);
	if (s->filter < AGENTS && s->negated)
		ck_assert_int_eq(kpi_query_where_not(query, KPI_BY_AGENT,
				     agents[s->filter]),
		    KPI_OK);
	else if (s->filter < AGENTS)
		ck_assert_int_eq(kpi_query_where(
				     query, KPI_BY_AGENT, agents[s->filter]),
		    KPI_OK);
	return query;
}

static void
fill(kpi_store *store, const scene *s, int turned)
{
	kpi_error error = KPI_ERROR_INIT;

	ck_assert_int_eq(kpi_store_begin(store, &error), KPI_OK);
	for (size_t i = 0; i < s->count; i++)
		add(store, &s->made.all[turned ? s->count - 1 - i : i]);
	for (size_t i = 0; i < s->activity_count; i++)
		ck_assert_msg(
		    kpi_store_add_activity(store, &s->activities[i].record,
			&error) == KPI_OK,
		    "%s", error.text);
	ck_assert_int_eq(kpi_store_commit(store, &error), KPI_OK);
}

static void
check_counts(const scene *s, kpi_store *store, const kpi_query *query,
    const times *t)
{
	char text[200], instant[INSTANT_TEXT];
	kpi_figure f;

	instant_text(instant, s->as_of);
	(void)snprintf(text, sizeof(text),
	    "contacts_per_agent as_of=%s "
	    "contacts_per_agent_denominator=logged_in",
	    instant);
	f = ask(store, query, text);
	ck_assert_int_eq(f.denominator, t->logged_in);
	(void)snprintf(text, sizeof(text),
	    "contacts_per_agent as_of=%s "
	    "contacts_per_agent_denominator=staffed",
	    instant);
	f = ask(store, query, text);
	ck_assert_int_eq(f.denominator, t->staffed);
	(void)snprintf(text, sizeof(text),
	    "contacts_per_agent as_of=%s "
	    "contacts_per_agent_denominator=staffed_hours",
	    instant);
	f = ask(store, query, text);
	ck_assert_int_eq(f.denominator, t->state[0] + t->state[1]);
	if (f.denominator > 0)
		ck_assert_double_eq(f.value,
		    3600000.0 * (double)f.numerator / (double)f.denominator);
}

/* Rows where there is nothing may be there, for the time of others. */
static void
check_idle(const scene *s, kpi_store *store, const kpi_query *query,
    int64_t first, times all[AGENTS][BUCKETS])
{
	kpi_result *result = ask_rows(store, query, s->idle);
	int64_t seen = 0, there = 0;

	for (uint64_t row = 0; row < kpi_result_rows(result); row++) {
		const kpi_figure f = figure_at(result, row);
		const size_t bucket = s->length == 0
		    ? 0
		    : (size_t)((kpi_result_begin(result, row) - first) /
			  s->length);
		const times *t;
		size_t agent = 0;

		while (s->by_agent &&
		    !same_text(kpi_result_group(result, row, 0), agents[agent]))
			agent++;
		t = &all[agent][bucket];
		ck_assert_msg(f.numerator == t->state[1] &&
			f.denominator == t->legs &&
			f.no_activity == t->legs_no_activity &&
			f.unknown == t->legs_unknown,
		    "%s: %lld / %lld, expected %lld / %lld", s->idle,
		    (long long)f.numerator, (long long)f.denominator,
		    (long long)t->state[1], (long long)t->legs);
		if (t->legs > 0)
			ck_assert_double_eq(f.value,
			    (double)f.numerator / (double)f.denominator);
		seen += f.numerator + f.denominator + f.no_activity + f.unknown;
	}
	for (size_t a = 0; a < AGENTS; a++)
		for (size_t i = 0; i < BUCKETS; i++)
			there += all[a][i].state[1] + all[a][i].legs +
			    all[a][i].legs_no_activity +
			    all[a][i].legs_unknown;
	ck_assert_int_eq(seen, there);
	kpi_result_free(result);
}

static void
check_case(uint64_t seed)
{
	static times all[AGENTS][BUCKETS];
	kpi_store *store = new_store();
	kpi_query *query;
	kpi_result *result;
	int64_t from = INT64_MAX, until, first;
	uint64_t row = 0;
	scene s;

	make_scene(&s, seed);
	fill(store, &s, 0);
	until = s.until == KPI_UNKNOWN ? s.as_of : least(s.until, s.as_of);
	/* Nothing begins before the first of them, but rings may. */
	for (size_t i = 0; i < s.count; i++)
		from = least(from, s.made.all[i].started_at);
	for (size_t i = 0; i < s.activity_count; i++)
		from = least(from, s.activities[i].record.started_at);
	from -= 2 * 900000;
	if (s.from > from)
		from = s.from;
	if (s.known_from > from)
		from = s.known_from;
	first = s.length == 0 ? from : from / s.length * s.length;
	memset(all, 0, sizeof(all));
	if (s.length > 0 && (until - first) / s.length >= BUCKETS)
		until = first + (BUCKETS - 1) * s.length;
	if (s.length > 0 && s.until == KPI_UNKNOWN && until < s.as_of)
		s.until = until;
	for (size_t a = 0; a < AGENTS && from < until; a++)
		if (is_kept(&s, a))
			add_agent(&s, a, from, until, first,
			    all[s.by_agent ? a : 0]);
	query = query_of(&s);
	result = ask_rows(store, query, s.text);
	for (size_t a = 0; a < AGENTS; a++)
		for (size_t i = 0; i < BUCKETS; i++)
			if (!is_empty(&all[a][i]))
				check_row(&s, result, row++, &all[a][i],
				    agents[a],
				    first + (int64_t)i * s.length);
	if (!s.by_agent && s.length == 0) {
		ck_assert_uint_eq(kpi_result_rows(result), 1);
		if (s.parts == 14 && !s.summed && s.directions == 15 &&
		    s.known_from == KPI_UNKNOWN)
			check_counts(&s, store, query, &all[0][0]);
	} else {
		ck_assert_msg(kpi_result_rows(result) == row,
		    "%s: %llu rows, expected %llu", s.text,
		    (unsigned long long)kpi_result_rows(result),
		    (unsigned long long)row);
	}
	kpi_result_free(result);
	check_idle(&s, store, query, first, all);
	kpi_query_free(query);
	kpi_store_close(store);
	random_interactions_free(&s.made);
}

START_TEST(random_agents_spend_their_time_as_every_moment_says)
{
	const uint32_t cases = random_cases(1200);

	for (uint32_t i = 0; i < cases; i++)
		check_case(77000 + i);
}
END_TEST

typedef struct saved {
	unsigned char bytes[200000];
	uint64_t size;
} saved;

static void
save(saved *to, kpi_store *store, const kpi_query *query, const char *text)
{
	kpi_result *result = ask_rows(store, query, text);

	ck_assert_int_eq(kpi_result_save(result, to->bytes, sizeof(to->bytes),
			     &to->size, NULL),
	    KPI_OK);
	kpi_result_free(result);
}

static void
check_same_anywhere(uint64_t seed)
{
	static saved one, other;
	char path[] = "/tmp/kpi-agents-XXXXXX";
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *store = new_store(), *turned;
	kpi_query *query;
	scene s;

	make_scene(&s, seed);
	query = query_of(&s);
	fill(store, &s, 0);
	save(&one, store, query, s.text);
	ck_assert_int_ge(close(mkstemp(path)), 0);
	ck_assert_msg(kpi_store_open(&turned, path, NULL, &error) == KPI_OK,
	    "%s", error.text);
	fill(turned, &s, 1);
	save(&other, turned, query, s.text);
	kpi_store_close(turned);
	ck_assert_uint_eq(one.size, other.size);
	ck_assert_mem_eq(one.bytes, other.bytes, (size_t)one.size);
	ck_assert_int_eq(kpi_store_open(&turned, path, NULL, &error), KPI_OK);
	save(&other, turned, query, s.text);
	ck_assert_uint_eq(one.size, other.size);
	ck_assert_mem_eq(one.bytes, other.bytes, (size_t)one.size);
	kpi_store_close(turned);
	ck_assert_int_eq(unlink(path), 0);
	kpi_store_close(store);
	kpi_query_free(query);
	random_interactions_free(&s.made);
}

START_TEST(order_and_file_do_not_matter)
{
	for (uint64_t seed = 1; seed <= 12; seed++)
		check_same_anywhere(seed * 31);
}
END_TEST

/* More legs than a chunk holds, in and out of their order. */
START_TEST(borders_of_chunks_do_not_matter)
{
	static saved saves[3];
	const kpi_activity blank = KPI_ACTIVITY_INIT;
	kpi_query *query = new_query();

	ck_assert_int_eq(kpi_query_by(query, KPI_BY_AGENT), KPI_OK);
	ck_assert_int_eq(kpi_query_by_time(query, KPI_BUCKET_DAY), KPI_OK);
	for (int way = 0; way < 3; way++) {
		kpi_error error = KPI_ERROR_INIT;
		kpi_store *store = new_store();

		ck_assert_int_eq(kpi_store_begin(store, &error), KPI_OK);
		for (uint32_t i = 0; i < 90000; i++) {
			const uint32_t at =
			    way == 0 ? i : (uint32_t)(i * 7919ull % 90000);
			kpi_visit visit = visit_of(KPI_OUTCOME_ANSWERED, 5000,
			    1000 + at * 37 % 90000);
			kpi_interaction whole =
			    interaction_of(MONDAY + at * 10000, &visit, 1);

			visit.agent = agents[at % 3];
			add(store, &whole);
			if (way == 2 && i == 45000) {
				ck_assert_int_eq(
				    kpi_store_commit(store, &error), KPI_OK);
				ck_assert_int_eq(
				    kpi_store_begin(store, &error), KPI_OK);
			}
		}
		for (int i = 0; i < 30; i++) {
			kpi_activity a = blank;

			a.agent = agents[i % 3];
			a.state = KPI_ACTIVITY_READY;
			a.started_at = MONDAY + i / 3 * DAY + 8 * HOUR;
			a.ended_at = a.started_at + 9 * HOUR;
			ck_assert_int_eq(
			    kpi_store_add_activity(store, &a, &error), KPI_OK);
		}
		ck_assert_int_eq(kpi_store_commit(store, &error), KPI_OK);
		save(&saves[way], store, query, "occupancy");
		ck_assert_uint_eq(saves[way].size, saves[0].size);
		ck_assert_mem_eq(saves[way].bytes, saves[0].bytes,
		    (size_t)saves[0].size);
		kpi_store_close(store);
	}
	kpi_query_free(query);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("agent oracle");
	TCase *tc = tcase_create("agent oracle");

	tcase_add_test(
	    tc, random_agents_spend_their_time_as_every_moment_says);
	tcase_add_test(tc, order_and_file_do_not_matter);
	tcase_add_test(tc, borders_of_chunks_do_not_matter);
	suite_add_tcase(s, tc);
	return s;
}
