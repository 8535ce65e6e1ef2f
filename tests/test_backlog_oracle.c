/* SPDX-License-Identifier: MIT */
/* Backlogs of random interactions are what counting them one by one, in each
 * bucket anew, comes to. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "asked.h"
#include "instant_text.h"
#include "random_interactions.h"
#include "row_times.h"
#include "runner.h"

/* What an interaction comes to by the rules of kpi-metrics(7), from its
 * record alone. */
typedef struct life {
	int64_t begin, end; /* KPI_UNKNOWN: it goes on */
	int counted;        /* by its direction */
	int unknown;
	const char *channel;
} life;

static life
life_of(const kpi_interaction *i, int64_t as_of)
{
	life l = { i->started_at, KPI_UNKNOWN,
		i->direction == KPI_DIRECTION_INBOUND ||
		    i->direction == KPI_UNKNOWN,
		0, i->channel };
	const kpi_visit *v = &i->visits[i->visit_count - 1];
	row_times times[RANDOM_ROWS_MOST];
	int answered = 0;
	int64_t end;

	row_times_find(times, i);
	end = times[i->visit_count - 1].ended;
	for (uint64_t k = 0; k < i->visit_count; k++)
		answered |= i->visits[k].outcome == KPI_OUTCOME_ANSWERED;
	if (!answered && v->outcome == KPI_UNKNOWN) {
		l.unknown = 1;
		return l;
	}
	if (end != KPI_UNKNOWN) {
		l.end = end > l.begin ? end : l.begin;
		return l;
	}
	if (v->outcome != KPI_OUTCOME_WAITING &&
	    v->outcome != KPI_OUTCOME_ANSWERED) {
		l.unknown = 1;
		return l;
	}
	if (i->resolved == 0 ||
	    (i->resolved == KPI_UNKNOWN && i->resolved_at == KPI_UNKNOWN))
		return l;
	if (i->resolved_at == KPI_UNKNOWN)
		l.unknown = 1;
	else if (i->resolved_at < as_of &&
	    !(i->reopened_at > i->resolved_at && i->reopened_at < as_of))
		l.end = i->resolved_at > l.begin ? i->resolved_at : l.begin;
	return l;
}

typedef struct expected {
	int64_t open, unknown, over;
} expected;

/* `begin` and `until` of a bucket; all are of one in the range's terms. */
static expected
expect(const life *lives, size_t count, const char *channel, int any,
    int64_t from, int64_t end, int64_t at_end)
{
	expected e = { 0, 0, 0 };

	for (size_t i = 0; i < count; i++) {
		const life *l = &lives[i];
		const int same = any || (l->channel == NULL) == (channel == NULL);

		if (!l->counted || !same || l->begin >= end ||
		    l->begin >= at_end ||
		    (!any && channel != NULL &&
			strcmp(l->channel, channel) != 0))
			continue;
		if (from != KPI_UNKNOWN && l->begin < from &&
		    l->end != KPI_UNKNOWN && l->end <= from)
			continue;
		if (l->unknown)
			e.unknown++;
		else if (l->end != KPI_UNKNOWN && l->end < at_end)
			e.over++;
		else
			e.open++;
	}
	return e;
}

static void
check_figure(const kpi_result *result, uint64_t row, expected e)
{
	const kpi_figure f = figure_at(result, row);

	ck_assert_int_eq(f.numerator, e.open);
	ck_assert_int_eq(f.unknown, e.unknown);
	ck_assert_int_eq(f.not_counted, e.over);
}

static int64_t
floor_to(int64_t instant, int64_t length)
{
	return instant - (instant % length + length) % length;
}

/* All rows of one channel (`any`: of all), in the order of time. */
static uint64_t
check_channel(const kpi_result *result, uint64_t row, const life *lives,
    size_t count, const char *channel, int any, int64_t length, int64_t from,
    int64_t end)
{
	int64_t first = INT64_MAX;

	for (size_t i = 0; i < count; i++) {
		expected e = expect(
		    &lives[i], 1, channel, any, from, end, INT64_MAX);

		if (e.open + e.unknown + e.over > 0 && lives[i].begin < first)
			first = lives[i].begin;
	}
	if (first == INT64_MAX)
		return row;
	if (from != KPI_UNKNOWN && first < from)
		first = from;
	for (int64_t t = floor_to(first, length); t < end; t += length) {
		const int64_t until = t + length < end ? t + length : end;

		ck_assert_uint_lt(row, kpi_result_rows(result));
		ck_assert_int_eq(kpi_result_begin(result, row), t);
		check_figure(result, row++,
		    expect(lives, count, channel, any, from, end, until));
	}
	return row;
}

static void
check_case(uint64_t seed)
{
	random_source s = { seed };
	const random_shape shape = random_shape_any(&s);
	const int64_t length = random_one_in(&s, 2) ? DAY : HOUR;
	const int by_channel = random_one_in(&s, 2), cut = random_one_in(&s, 2);
	kpi_store_info info = KPI_STORE_INFO_INIT;
	char text[64] = "backlog", instant[INSTANT_TEXT];
	kpi_query *query = new_query();
	random_interactions made;
	kpi_store *all;
	kpi_result *result;
	int64_t from = KPI_UNKNOWN, until = KPI_UNKNOWN, as_of, end;
	uint64_t row = 0;
	life *lives;

	random_interactions_make(&made, seed, 1 + random_below(&s, 60), &shape);
	all = random_interactions_store(&made);
	ck_assert_int_eq(kpi_store_read_info(all, &info, NULL), KPI_OK);
	as_of = info.as_of;
	if (random_one_in(&s, 3)) {
		as_of = made.all[0].started_at + random_below(&s, 9000000);
		instant_text(instant, as_of);
		(void)snprintf(text, sizeof(text), "backlog as_of=%s", instant);
	}
	if (random_one_in(&s, 2))
		from = made.all[random_below(&s, (uint32_t)made.count)]
			   .started_at;
	if (random_one_in(&s, 2))
		until =
		    life_of(&made.all[random_below(&s, (uint32_t)made.count)],
			as_of)
			.end;
	if (until != KPI_UNKNOWN && until < from)
		until = from;
	end = until != KPI_UNKNOWN && until < as_of ? until : as_of;
	ck_assert_int_eq(kpi_query_between(query, from, until), KPI_OK);
	if (by_channel)
		ck_assert_int_eq(
		    kpi_query_by(query, KPI_BY_CHANNEL), KPI_OK);
	if (cut)
		ck_assert_int_eq(kpi_query_by_time(query,
				     length == DAY ? KPI_BUCKET_DAY
						   : KPI_BUCKET_HOUR),
		    KPI_OK);
	lives = calloc(made.count, sizeof(*lives));
	ck_assert_ptr_nonnull(lives);
	for (size_t i = 0; i < made.count; i++)
		lives[i] = life_of(&made.all[i], as_of);

	result = ask_rows(all, query, text);
	if (!cut && !by_channel) {
		check_figure(result, row++,
		    expect(lives, made.count, NULL, 1, from, end, end));
	} else if (!cut) {
		static const char *const names[] = { "chat", "voice", NULL };

		for (int i = 0; i < 3; i++) {
			const expected e = expect(
			    lives, made.count, names[i], 0, from, end, end);

			if (e.open + e.unknown + e.over > 0)
				check_figure(result, row++, e);
		}
	} else if (!by_channel) {
		row = check_channel(result, row, lives, made.count, NULL, 1,
		    length, from, end);
	} else {
		row = check_channel(result, row, lives, made.count, "chat", 0,
		    length, from, end);
		row = check_channel(result, row, lives, made.count, "voice", 0,
		    length, from, end);
		row = check_channel(result, row, lives, made.count, NULL, 0,
		    length, from, end);
	}
	ck_assert_uint_eq(kpi_result_rows(result), row);
	kpi_result_free(result);
	free(lives);
	kpi_query_free(query);
	kpi_store_close(all);
	random_interactions_free(&made);
}

START_TEST(random_backlogs_are_what_counting_one_by_one_finds)
{
	const uint32_t cases = random_cases(1500);

	for (uint32_t i = 0; i < cases; i++)
		check_case(1000 + i);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("backlog oracle");
	TCase *tc = tcase_create("backlog oracle");

	tcase_add_test(
	    tc, random_backlogs_are_what_counting_one_by_one_finds);
	suite_add_tcase(s, tc);
	return s;
}
