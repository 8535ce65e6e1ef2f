/* SPDX-License-Identifier: MIT */
/* backlog: what has begun and has not ended, at the end of each bucket. */
#include "asked.h"
#include "runner.h"

static kpi_store *store;

static void
setup(void)
{
	store = new_store();
}

static void
teardown(void)
{
	kpi_store_close(store);
}

/* A call that begins at an hour of that Monday and lasts for minutes. */
static void
add_call(int64_t start, int64_t minutes, const char *agent)
{
	add_calls(store,
	    (call){ start, KPI_OUTCOME_ANSWERED, 0,
		minutes < 0 ? KPI_UNKNOWN : minutes * MINUTE, NULL, agent,
		NULL },
	    1);
}

static kpi_query *
hours(int from, int until)
{
	kpi_query *query = new_query();

	ck_assert_int_eq(kpi_query_by_time(query, KPI_BUCKET_HOUR), KPI_OK);
	ck_assert_int_eq(kpi_query_between(query,
			     from < 0 ? KPI_UNKNOWN : at(from, 0),
			     until < 0 ? KPI_UNKNOWN : at(until, 0)),
	    KPI_OK);
	return query;
}

/* The values of the rows, and that each is the hour after the one before. */
static void
check_hours(const kpi_query *query, const char *text, int first,
    const int64_t *values, uint64_t count)
{
	kpi_result *result = ask_rows(store, query, text);

	ck_assert_uint_eq(kpi_result_rows(result), count);
	for (uint64_t i = 0; i < count; i++) {
		const kpi_figure f = figure_at(result, i);

		ck_assert_int_eq(
		    kpi_result_begin(result, i), at(first + (int)i, 0));
		ck_assert_int_eq(f.state, KPI_STATE_OK);
		ck_assert_int_eq(f.numerator, values[i]);
		ck_assert_int_eq(f.denominator, values[i]);
		ck_assert_double_eq(f.value, (double)values[i]);
	}
	kpi_result_free(result);
}

/* 8:10-8:20, 8:50-11:05, 9:30-9:40, and 10:00 to no end. */
static void
add_morning(void)
{
	add_call(at(8, 10), 10, "amira");
	add_call(at(8, 50), 135, "amira");
	add_call(at(9, 30), 10, "ben");
	add_call(at(10, 0), -1, "ben");
}

START_TEST(a_backlog_is_what_is_open_when_the_bucket_ends)
{
	kpi_query *query = hours(-1, -1);

	add_morning();
	check_hours(query, "backlog", 8, (const int64_t[]){ 1, 1, 2, 1 }, 4);
	kpi_query_free(query);
}
END_TEST

START_TEST(what_began_before_the_range_is_not_lost)
{
	kpi_query *query = hours(9, 11);

	add_morning();
	check_hours(query, "backlog", 9, (const int64_t[]){ 1, 2 }, 2);
	kpi_query_free(query);
}
END_TEST

START_TEST(the_last_bucket_ends_with_the_range)
{
	kpi_query *query = hours(-1, -1);

	add_morning();
	ck_assert_int_eq(
	    kpi_query_between(query, at(9, 0), at(9, 35)), KPI_OK);
	check_hours(query, "backlog", 9, (const int64_t[]){ 2 }, 1);
	kpi_query_free(query);
}
END_TEST

START_TEST(without_buckets_it_is_that_of_the_end_of_the_range)
{
	kpi_query *query = new_query();

	add_morning();
	ck_assert_int_eq(ask(store, query, "backlog").numerator, 1);
	ck_assert_int_eq(
	    kpi_query_between(query, KPI_UNKNOWN, at(10, 30)), KPI_OK);
	ck_assert_int_eq(ask(store, query, "backlog").numerator, 2);
	ck_assert_int_eq(
	    kpi_query_between(query, at(7, 0), at(8, 0)), KPI_OK);
	ck_assert_int_eq(ask(store, query, "backlog").numerator, 0);
	kpi_query_free(query);
}
END_TEST

START_TEST(it_is_as_it_stood_at_as_of)
{
	add_morning();
	ck_assert_int_eq(
	    ask(store, NULL, "backlog as_of=2026-03-02T09:35:00Z").numerator,
	    2);
	ck_assert_int_eq(
	    ask(store, NULL, "backlog as_of=2026-03-02T08:00:00Z").numerator,
	    0);
}
END_TEST

START_TEST(what_ends_as_a_bucket_begins_is_in_the_backlog_before_it)
{
	kpi_query *query = hours(-1, 11);

	add_call(at(8, 30), 30, NULL);
	add_call(at(9, 0), 60, NULL);
	add_call(at(10, 30), 30, NULL);
	add_call(at(11, 1), 1, NULL);
	check_hours(query, "backlog", 8, (const int64_t[]){ 1, 1, 1 }, 3);
	kpi_query_free(query);
}
END_TEST

START_TEST(an_hour_with_nothing_open_is_zero_and_not_no_data)
{
	kpi_query *query = hours(-1, -1);

	add_call(at(8, 0), 5, NULL);
	add_call(at(11, 0), 5, NULL);
	check_hours(query, "backlog", 8, (const int64_t[]){ 0, 0, 0, 0 }, 4);
	kpi_query_free(query);
}
END_TEST

/* A ticket: answered, and not known to have ended. */
static void
add_ticket(int64_t flag, int64_t resolved_at, int64_t reopened_at)
{
	kpi_visit visit =
	    visit_of(KPI_OUTCOME_ANSWERED, 5 * MINUTE, KPI_UNKNOWN);
	kpi_interaction whole = interaction_of(at(8, 0), &visit, 1);

	whole.resolved = flag;
	whole.resolved_at = resolved_at;
	whole.reopened_at = reopened_at;
	add(store, &whole);
}

static const struct {
	int64_t flag, resolved_at, reopened_at; /* hours */
	int64_t open, unknown;
} tickets[] = {
	{ KPI_UNKNOWN, KPI_UNKNOWN, KPI_UNKNOWN, 1, 0 },
	{ KPI_UNKNOWN, 9, KPI_UNKNOWN, 0, 0 },
	{ 1, 9, KPI_UNKNOWN, 0, 0 },
	{ 0, 9, KPI_UNKNOWN, 1, 0 },
	{ 1, 9, 10, 1, 0 },
	{ 1, 11, 10, 0, 0 },
	{ 1, 13, KPI_UNKNOWN, 1, 0 },
	{ 1, KPI_UNKNOWN, KPI_UNKNOWN, 0, 1 },
};

static int64_t
hour_or_unknown(int64_t hour)
{
	return hour == KPI_UNKNOWN ? KPI_UNKNOWN : at((int)hour, 0);
}

START_TEST(where_rows_know_no_end_a_resolution_that_stands_is_it)
{
	kpi_figure f;

	add_ticket(tickets[_i].flag, hour_or_unknown(tickets[_i].resolved_at),
	    hour_or_unknown(tickets[_i].reopened_at));
	f = ask(store, NULL, "backlog as_of=2026-03-02T12:00:00Z");
	ck_assert_int_eq(f.numerator, tickets[_i].open);
	ck_assert_int_eq(f.unknown, tickets[_i].unknown);
	ck_assert_int_eq(
	    f.not_counted, 1 - tickets[_i].open - tickets[_i].unknown);
}
END_TEST

START_TEST(an_end_that_is_given_is_the_end_whatever_was_resolved)
{
	kpi_visit visit =
	    visit_of(KPI_OUTCOME_ANSWERED, KPI_UNKNOWN, KPI_UNKNOWN);
	kpi_interaction whole = interaction_of(at(8, 0), &visit, 1);

	visit.ended_at = at(9, 0);
	whole.resolved = 0;
	whole.reopened_at = at(10, 0);
	add(store, &whole);
	ck_assert_int_eq(
	    ask(store, NULL, "backlog as_of=2026-03-02T08:30:00Z").numerator,
	    1);
	ck_assert_int_eq(ask(store, NULL, "backlog").numerator, 0);
}
END_TEST

START_TEST(a_backlog_reaches_the_end_of_all_time)
{
	const int64_t last = INT64_C(253402300799999);
	kpi_query *query = new_query();
	kpi_result *result;

	ck_assert_int_eq(kpi_query_by_time(query, KPI_BUCKET_HOUR), KPI_OK);
	add_call(last - 90 * MINUTE, -1, NULL);
	result = ask_rows(store, query, "backlog as_of=9999-12-31T23:59:59Z");
	ck_assert_uint_eq(kpi_result_rows(result), 2);
	ck_assert_int_eq(
	    kpi_result_begin(result, 1), last - HOUR + 1);
	ck_assert_int_eq(figure_at(result, 1).numerator, 1);
	kpi_result_free(result);
	kpi_query_free(query);
}
END_TEST

START_TEST(who_left_nobody_knows_when_is_unknown)
{
	kpi_figure f;

	add_calls(store,
	    (call){ at(8, 0), KPI_OUTCOME_ABANDONED, KPI_UNKNOWN, KPI_UNKNOWN,
		NULL, NULL, NULL },
	    2);
	add_calls(store,
	    (call){ at(8, 0), KPI_UNKNOWN, SECOND, KPI_UNKNOWN, NULL, NULL,
		NULL },
	    1);
	add_calls(store,
	    (call){ at(8, 0), KPI_OUTCOME_WAITING, KPI_UNKNOWN, KPI_UNKNOWN,
		NULL, NULL, NULL },
	    1);
	f = ask(store, NULL, "backlog as_of=2026-03-02T12:00:00Z");
	ck_assert_int_eq(f.numerator, 1);
	ck_assert_int_eq(f.unknown, 3);
}
END_TEST

START_TEST(agents_with_equal_credit_add_up_to_the_total)
{
	kpi_query *query = hours(-1, -1);
	kpi_visit visits[2];
	kpi_interaction whole = interaction_of(at(8, 0), visits, 2);
	kpi_result *result;
	int64_t sum = 0;

	add_morning();
	visits[0] = visit_of(KPI_OUTCOME_ANSWERED, 0, MINUTE);
	visits[1] = visit_of(KPI_OUTCOME_ANSWERED, 0, KPI_UNKNOWN);
	visits[0].agent = "amira";
	visits[1].agent = "ben";
	visits[1].queue = "second";
	add(store, &whole);
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_AGENT), KPI_OK);
	result = ask_rows(store, query, "backlog credit=equal");
	ck_assert_uint_eq(kpi_result_rows(result), 8);
	for (uint64_t i = 0; i < 8; i++)
		if (kpi_result_begin(result, i) == at(10, 0))
			sum += figure_at(result, i).numerator;
	ck_assert_int_eq(sum, 3 * 720720);
	kpi_result_free(result);
	kpi_query_free(query);
}
END_TEST

static kpi_status
merge_ranges(int32_t bucket, int64_t middle, const char *asked)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_query *query = new_query();
	kpi_result *into, *from;
	kpi_status status;

	ck_assert_int_eq(kpi_query_by_time(query, bucket), KPI_OK);
	ck_assert_int_eq(kpi_query_between(query, at(8, 0), middle), KPI_OK);
	into = ask_rows(store, query, asked);
	ck_assert_int_eq(kpi_query_between(query, middle, at(11, 0)), KPI_OK);
	from = ask_rows(store, query, asked);
	status = kpi_result_merge(into, from, &error);
	if (status == KPI_OK && bucket == KPI_BUCKET_HOUR)
		ck_assert_int_eq(figure_at(into, 2).numerator, 2);
	kpi_result_free(into);
	kpi_result_free(from);
	kpi_query_free(query);
	return status;
}

START_TEST(levels_of_two_instants_do_not_add_up)
{
	add_morning();
	ck_assert_int_eq(
	    merge_ranges(KPI_BUCKET_HOUR, at(9, 0), "backlog"), KPI_OK);
	ck_assert_int_eq(merge_ranges(KPI_BUCKET_HOUR, at(9, 30), "backlog"),
	    KPI_EMISMATCH);
	ck_assert_int_eq(
	    merge_ranges(KPI_BUCKET_NONE, at(9, 0), "backlog"), KPI_EMISMATCH);
	ck_assert_int_eq(
	    merge_ranges(KPI_BUCKET_NONE, at(9, 0), "contacts"), KPI_OK);
}
END_TEST

START_TEST(more_rows_than_groups_are_allowed_are_refused)
{
	kpi_query_options options = KPI_QUERY_OPTIONS_INIT;
	kpi_error error = KPI_ERROR_INIT;
	kpi_definition *definition = definition_of("backlog");
	const kpi_definition *const asked = definition;
	kpi_result *result;
	kpi_query *query;

	add_call(at(0, 0), -1, NULL);
	add_call(at(23, 0), 5, NULL);
	options.group_limit = 23;
	ck_assert_int_eq(kpi_query_new(&query, &options, &error), KPI_OK);
	ck_assert_int_eq(kpi_query_by_time(query, KPI_BUCKET_HOUR), KPI_OK);
	ck_assert_int_eq(
	    kpi_measure(&result, store, query, &asked, 1, &error), KPI_ELIMIT);
	ck_assert_ptr_null(result);
	kpi_query_free(query);
	kpi_definition_free(definition);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("backlog");
	TCase *tc = tcase_create("backlog");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(tc, a_backlog_is_what_is_open_when_the_bucket_ends);
	tcase_add_test(tc, what_began_before_the_range_is_not_lost);
	tcase_add_test(tc, the_last_bucket_ends_with_the_range);
	tcase_add_test(
	    tc, without_buckets_it_is_that_of_the_end_of_the_range);
	tcase_add_test(tc, it_is_as_it_stood_at_as_of);
	tcase_add_test(
	    tc, what_ends_as_a_bucket_begins_is_in_the_backlog_before_it);
	tcase_add_test(tc, an_hour_with_nothing_open_is_zero_and_not_no_data);
	tcase_add_loop_test(tc,
	    where_rows_know_no_end_a_resolution_that_stands_is_it, 0,
	    (int)(sizeof(tickets) / sizeof(*tickets)));
	tcase_add_test(
	    tc, an_end_that_is_given_is_the_end_whatever_was_resolved);
	tcase_add_test(tc, a_backlog_reaches_the_end_of_all_time);
	tcase_add_test(tc, who_left_nobody_knows_when_is_unknown);
	tcase_add_test(tc, agents_with_equal_credit_add_up_to_the_total);
	tcase_add_test(tc, levels_of_two_instants_do_not_add_up);
	tcase_add_test(tc, more_rows_than_groups_are_allowed_are_refused);
	suite_add_tcase(s, tc);
	return s;
}
