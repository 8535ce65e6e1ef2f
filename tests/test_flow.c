/* SPDX-License-Identifier: MIT */
/* resolution_mode=flow: a time's resolutions beside its arrivals. */
#include <string.h>

#include "asked.h"
#include "random_interactions.h"
#include "runner.h"

#define FLOW  "resolution_rate resolution_mode=flow"
#define LATER " as_of=2027-01-01T00:00:00Z"
#define DAYS  40

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

/* A ticket of a day after MONDAY, resolved on another; -1: it is not. */
static void
add_ticket(int day, int resolved_on)
{
	kpi_interaction ticket = KPI_INTERACTION_INIT;

	ticket.started_at = MONDAY + day * DAY + HOUR;
	ticket.resolved = resolved_on >= 0;
	if (resolved_on >= 0)
		ticket.resolved_at = MONDAY + resolved_on * DAY + 2 * HOUR;
	add(store, &ticket);
}

static void
check_day(const kpi_result *result, uint64_t row, int day, int64_t numerator,
    int64_t denominator)
{
	const kpi_figure f = figure_at(result, row);

	ck_assert_int_eq(kpi_result_begin(result, row), MONDAY + day * DAY);
	ck_assert_int_eq(f.numerator, numerator);
	ck_assert_int_eq(f.denominator, denominator);
	ck_assert_int_eq(f.unit, KPI_UNIT_RATIO);
}

START_TEST(a_resolution_counts_on_its_day_and_an_arrival_on_its_own)
{
	kpi_query *query = new_query();
	kpi_result *result;

	add_ticket(0, 1);
	add_ticket(0, 1);
	add_ticket(0, -1);
	add_ticket(1, 1);
	add_ticket(2, 4);
	ck_assert_int_eq(kpi_query_by_time(query, KPI_BUCKET_DAY), KPI_OK);
	result = ask_rows(store, query, FLOW LATER);
	ck_assert_uint_eq(kpi_result_rows(result), 4);
	check_day(result, 0, 0, 0, 3);
	check_day(result, 1, 1, 3, 1);
	check_day(result, 2, 2, 0, 1);
	check_day(result, 3, 4, 1, 0);
	ck_assert_double_eq(figure_at(result, 1).value, 3);
	ck_assert_int_eq(figure_at(result, 3).state, KPI_STATE_UNDEFINED);
	kpi_result_free(result);
	kpi_query_free(query);
}
END_TEST

/* The range holds back neither what arrived before it nor what is older. */
START_TEST(a_range_has_its_own_resolutions_whenever_they_arrived)
{
	kpi_query *query = new_query();
	kpi_result *result;

	add_ticket(0, 10);
	add_ticket(9, 30);
	add_ticket(10, 10);
	ck_assert_int_eq(kpi_query_between(query, MONDAY + 9 * DAY,
			     MONDAY + 11 * DAY),
	    KPI_OK);
	result = ask_rows(store, query, FLOW LATER);
	ck_assert_int_eq(figure_at(result, 0).numerator, 2);
	ck_assert_int_eq(figure_at(result, 0).denominator, 2);
	kpi_result_free(result);
	kpi_query_free(query);
}
END_TEST

START_TEST(without_a_time_it_is_resolved_where_it_arrived)
{
	kpi_query *query = new_query();
	kpi_interaction ticket = KPI_INTERACTION_INIT;
	kpi_result *result;

	ticket.started_at = MONDAY;
	ticket.resolved = 1;
	add(store, &ticket);
	ck_assert_int_eq(kpi_query_by_time(query, KPI_BUCKET_DAY), KPI_OK);
	result = ask_rows(store, query, FLOW LATER);
	check_day(result, 0, 0, 1, 1);
	kpi_result_free(result);
	kpi_query_free(query);
}
END_TEST

START_TEST(the_first_resolution_stands_where_it_was)
{
	kpi_query *query = new_query();
	kpi_interaction ticket = KPI_INTERACTION_INIT;
	kpi_result *result;

	ticket.started_at = MONDAY;
	ticket.first_resolved_at = MONDAY + DAY;
	ticket.reopened_at = MONDAY + 2 * DAY;
	ticket.resolved_at = MONDAY + 3 * DAY;
	add(store, &ticket);
	ck_assert_int_eq(kpi_query_by_time(query, KPI_BUCKET_DAY), KPI_OK);
	result = ask_rows(store, query, FLOW LATER);
	check_day(result, 1, 3, 1, 0);
	kpi_result_free(result);
	result = ask_rows(store, query, FLOW LATER " resolution_state=first");
	check_day(result, 1, 1, 1, 0);
	kpi_result_free(result);
	kpi_query_free(query);
}
END_TEST

/* Days with 2, 4, 6, 8, 10 resolutions of 5 arrivals each. */
START_TEST(bounds_are_by_day_over_what_each_day_has)
{
	kpi_figure f;

	for (int day = 0; day < 5; day++) {
		for (int i = 0; i < 5; i++)
			add_ticket(day, -1);
		for (int i = 0; i < 2 * (day + 1); i++)
			add_ticket(-9, day);
	}
	f = ask(store, NULL, FLOW LATER);
	ck_assert_int_eq(f.numerator, 30);
	ck_assert_int_eq(f.denominator, 55);
	ck_assert(f.lower != f.lower);
	f = ask(store, NULL, FLOW LATER " bounds_by=day");
	/* R = 6/11, sum (X - R N)^2 over the six days = 43720/121, t(5). */
	ck_assert_near(f.lower, -0.427755896, 1e-8);
	ck_assert_near(f.upper, 1.518664986, 1e-8);
}
END_TEST

static int
is_resolved(const kpi_interaction *i, int64_t as_of)
{
	if (i->resolved == KPI_UNKNOWN && i->resolved_at == KPI_UNKNOWN)
		return 0;
	if (i->resolved == 0 ||
	    (i->resolved_at != KPI_UNKNOWN && i->resolved_at >= as_of))
		return 0;
	return i->reopened_at == KPI_UNKNOWN || i->resolved_at == KPI_UNKNOWN ||
	    i->reopened_at <= i->resolved_at || i->reopened_at >= as_of;
}

/* Which are not counted by direction is told by the figure beside it. */
static void
check_random(uint64_t seed)
{
	random_source r = { seed };
	random_shape shape = random_shape_any(&r);
	random_interactions made;
	kpi_query *query = new_query();
	const int64_t from = MONDAY + random_below(&r, 5) * DAY;
	const int64_t until = from + (1 + random_below(&r, DAYS)) * DAY;
	const int64_t as_of = INT64_C(1798761600000);
	int64_t resolved = 0, arrived = 0;
	kpi_result *result;
	int64_t sums[2] = { 0, 0 };

	random_interactions_make(
	    &made, seed, 1 + random_below(&r, 400), &shape);
	for (size_t i = 0; i < made.count; i++) {
		const kpi_interaction *one = &made.all[i];
		const int64_t at = one->resolved_at == KPI_UNKNOWN
		    ? one->started_at
		    : one->resolved_at;

		add(store, one);
		if (one->direction == KPI_DIRECTION_OUTBOUND ||
		    one->direction == KPI_DIRECTION_INTERNAL)
			continue;
		arrived += one->started_at >= from && one->started_at < until;
		resolved += is_resolved(one, as_of) && at >= from && at < until;
	}
	ck_assert_int_eq(kpi_query_between(query, from, until), KPI_OK);
	ck_assert_int_eq(kpi_query_by_time(query, KPI_BUCKET_DAY), KPI_OK);
	ck_assert_int_eq(kpi_query_by(query, KPI_BY_AGENT), KPI_OK);
	result = ask_rows(store, query, FLOW LATER " credit=last");
	for (uint64_t row = 0; row < kpi_result_rows(result); row++) {
		sums[0] += figure_at(result, row).numerator;
		sums[1] += figure_at(result, row).denominator;
	}
	ck_assert_int_eq(sums[0], resolved);
	ck_assert_int_eq(sums[1], arrived);
	kpi_result_free(result);
	kpi_query_free(query);
	random_interactions_free(&made);
}

START_TEST(random_flows_are_what_counting_finds)
{
	for (uint64_t seed = 1; seed <= 60; seed++) {
		check_random(seed * 7);
		kpi_store_close(store);
		store = new_store();
	}
}
END_TEST

static const struct {
	const char *text, *field;
} wrong[] = {
	{ FLOW " unit=case", "unit" },
	{ FLOW " resolution_within=1d", "resolution_within" },
};

START_TEST(what_is_of_a_cohort_alone_is_refused)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_definition *d = definition_of(wrong[_i].text);
	kpi_result *result = NULL;

	ck_assert_int_eq(kpi_measure(&result, store, NULL,
			     (const kpi_definition *const *)&d, 1, &error),
	    KPI_EINVAL);
	ck_assert_str_eq(error.field, wrong[_i].field);
	kpi_definition_free(d);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("flow");
	TCase *tc = tcase_create("flow");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_test(
	    tc, a_resolution_counts_on_its_day_and_an_arrival_on_its_own);
	tcase_add_test(
	    tc, a_range_has_its_own_resolutions_whenever_they_arrived);
	tcase_add_test(tc, without_a_time_it_is_resolved_where_it_arrived);
	tcase_add_test(tc, the_first_resolution_stands_where_it_was);
	tcase_add_test(tc, bounds_are_by_day_over_what_each_day_has);
	tcase_add_test(tc, random_flows_are_what_counting_finds);
	tcase_add_loop_test(tc, what_is_of_a_cohort_alone_is_refused, 0,
	    sizeof(wrong) / sizeof(*wrong));
	suite_add_tcase(s, tc);
	return s;
}
