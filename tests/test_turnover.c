/* SPDX-License-Identifier: MIT */
/* turnover: leavers by the headcount of the roster. */
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <kpi.h>

#include "opened.h"

#define HOUR INT64_C(3600000)
#define DAY  (24 * HOUR)

static int64_t
at(const char *text)
{
	int64_t instant = 0;

	ck_assert_int_eq(kpi_instant_parse(&instant, NULL, text, NULL), KPI_OK);
	return instant;
}

static void
hire_at(const char *agent, int64_t hired_at, int64_t left_at)
{
	kpi_employment e = KPI_EMPLOYMENT_INIT;

	e.agent = agent;
	e.hired_at = hired_at;
	e.left_at = left_at;
	ck_assert_msg(kpi_store_add_employment(store, &e, &error) == KPI_OK,
	    "%s", error.text);
}

static void
hire(const char *agent, const char *hired_at, const char *left_at)
{
	hire_at(
	    agent, at(hired_at), left_at == NULL ? KPI_UNKNOWN : at(left_at));
}

/* Agents 0 to `count`, of whom the first so many leave. */
static void
hire_many(int count, int leavers, const char *hired_at, const char *left_at)
{
	char agent[32];

	ck_assert_int_eq(kpi_store_begin(store, &error), KPI_OK);
	for (int i = 0; i < count; i++) {
		(void)snprintf(agent, sizeof(agent), "%s%d", hired_at, i);
		hire(agent, hired_at, i < leavers ? left_at : NULL);
	}
	ck_assert_int_eq(kpi_store_commit(store, &error), KPI_OK);
}

static kpi_query *
query_of(const char *from, const char *until, const char *zone)
{
	kpi_query *q;

	ck_assert_int_eq(kpi_query_new(&q, NULL, &error), KPI_OK);
	if (from != NULL)
		ck_assert_int_eq(
		    kpi_query_between(q, at(from), at(until)), KPI_OK);
	if (zone != NULL)
		ck_assert_int_eq(kpi_query_time_zone(q, zone, &error), KPI_OK);
	return q;
}

static kpi_status
ask(kpi_result **out, const kpi_query *q, const char *text)
{
	kpi_definition *d;
	kpi_status status;

	ck_assert_msg(kpi_definition_parse(&d, text, NULL, &error) == KPI_OK,
	    "%s", error.text);
	status = kpi_turnover(out, store, q, d, &error);
	kpi_definition_free(d);
	return status;
}

static kpi_result *
must_ask(kpi_query *q, const char *text)
{
	kpi_result *r;

	ck_assert_msg(ask(&r, q, text) == KPI_OK, "%s", error.text);
	return r;
}

static kpi_figure
figure_of(const kpi_result *r, uint64_t row)
{
	kpi_figure f = KPI_FIGURE_INIT;

	ck_assert_int_eq(kpi_result_figure(r, row, 0, &f), KPI_OK);
	return f;
}

/* Of one row without buckets. */
static kpi_figure
turnover(const char *from, const char *until, const char *text)
{
	kpi_query *q = query_of(from, until, NULL);
	kpi_result *r = must_ask(q, text);
	const kpi_figure f = figure_of(r, 0);

	ck_assert_uint_eq(kpi_result_rows(r), 1);
	kpi_result_free(r);
	kpi_query_free(q);
	return f;
}

START_TEST(ten_of_a_hundred_in_a_quarter_are_forty_per_cent_a_year)
{
	kpi_figure f;

	open_store(_i, 0);
	/* as many come as go, at once */
	hire_many(100, 10, "2025-06-01T00:00Z", "2026-02-10T12:00Z");
	hire_many(10, 0, "2026-02-10T12:00Z", NULL);
	f = turnover("2026-01-01T00:00Z", "2026-04-01T00:00Z", "turnover");
	ck_assert_int_eq(f.state, KPI_STATE_OK);
	ck_assert_double_eq(f.value, 0.4);
	ck_assert_int_eq(f.numerator, 10);
	ck_assert_int_eq(f.denominator, 100 * 90 * DAY);
	ck_assert_int_eq(f.unit, KPI_UNIT_SHARE);
	ck_assert_int_eq(f.bounds_by, KPI_BOUNDS_NONE);
	f = turnover("2026-01-01T00:00Z", "2026-04-01T00:00Z",
	    "turnover turnover_annual=0");
	ck_assert_double_eq(f.value, 0.1);
	close_store();
}
END_TEST

START_TEST(seventeen_of_sixty_three_ever_employed_are_27_per_cent)
{
	kpi_figure f;

	open_store(0, 0);
	hire_many(50, 17, "2024-06-01T00:00Z", "2025-07-15T00:00Z");
	hire_many(13, 0, "2025-08-01T00:00Z", NULL);
	/* who left before, or came after, was never there */
	hire("early", "2020-01-01T00:00Z", "2025-01-01T00:00Z");
	hire("late", "2026-01-01T00:00Z", NULL);
	f = turnover("2025-01-01T00:00Z", "2026-01-01T00:00Z",
	    "turnover turnover_denominator=ever");
	ck_assert_int_eq(f.numerator, 17);
	ck_assert_int_eq(f.denominator, 63);
	ck_assert_double_eq_tol(100 * f.value, 26.984126984127, 1e-12);
	close_store();
}
END_TEST

/* 90 people in January and 120 from February on; who goes at the midnight
 * that ends March was there in it, and who went as it began was not. */
static void
make_quarter(void)
{
	open_store(0, 0);
	hire_many(90, 6, "2025-01-01T00:00Z", "2026-04-01T00:00Z");
	hire_many(30, 0, "2026-02-01T00:00Z", NULL);
	hire("gone", "2025-01-01T00:00Z", "2026-01-01T00:00Z");
}

static const struct {
	const char *text;
	double value;
} denominators[] = {
	{ "turnover turnover_annual=0", 6 / ((90.0 * 31 + 120.0 * 59) / 90) },
	{ "turnover", 24 / ((90.0 * 31 + 120.0 * 59) / 90) },
	{ "turnover turnover_annual=0 turnover_denominator=ends", 6 / 105.0 },
	{ "turnover turnover_annual=0 turnover_denominator=month_ends",
	    6 / 110.0 },
	{ "turnover turnover_annual=0 turnover_denominator=start", 6 / 90.0 },
	{ "turnover turnover_denominator=start", 24 / 90.0 },
	{ "turnover turnover_annual=0 turnover_denominator=ever", 6 / 120.0 },
};

START_TEST(a_denominator_is_the_headcount_that_it_says)
{
	kpi_figure f;

	make_quarter();
	f = turnover(
	    "2026-01-01T00:00Z", "2026-04-01T00:00Z", denominators[_i].text);
	ck_assert_int_eq(f.numerator, 6);
	ck_assert_double_eq_tol(f.value, denominators[_i].value, 1e-15);
	close_store();
}
END_TEST

START_TEST(months_of_the_zone_are_a_twelfth_each_whatever_their_length)
{
	kpi_query *q;
	kpi_result *r;

	open_store(0, 0);
	hire_many(100, 0, "2025-06-01T00:00Z", NULL);
	for (int month = 1; month <= 12; month++) {
		char agent[16], left[32];

		(void)snprintf(agent, sizeof(agent), "m%d", month);
		(void)snprintf(
		    left, sizeof(left), "2026-%02d-15T00:00Z", month);
		hire(agent, "2025-06-01T00:00Z", left);
		hire(agent, left, NULL);
	}
	/* 112 people are there all the time, and one goes each month */
	q = query_of("2025-12-31T23:00Z", "2026-12-31T23:00Z", "Europe/Berlin");
	ck_assert_int_eq(kpi_query_by_time(q, KPI_BUCKET_MONTH), KPI_OK);
	r = must_ask(q, "turnover");
	ck_assert_uint_eq(kpi_result_rows(r), 12);
	for (uint64_t row = 0; row < 12; row++) {
		const kpi_figure f = figure_of(r, row);

		ck_assert_int_eq(f.numerator, 1);
		ck_assert_double_eq_tol(f.value, 12 / 112.0, 1e-15);
	}
	ck_assert_int_eq(kpi_result_begin(r, 3), at("2026-03-31T22:00Z"));
	kpi_result_free(r);
	kpi_query_free(q);
	close_store();
}
END_TEST

START_TEST(employments_of_one_agent_that_overlap_are_one)
{
	kpi_figure f;

	open_store(0, 0);
	hire("ben", "2026-01-01T00:00Z", "2026-01-20T00:00Z");
	hire("ben", "2026-01-10T00:00Z", "2026-01-31T00:00Z");
	hire("ben", "2026-01-12T00:00Z", "2026-01-15T00:00Z");
	f = turnover("2026-01-01T00:00Z", "2026-02-01T00:00Z",
	    "turnover turnover_annual=0");
	ck_assert_int_eq(f.numerator, 1);
	ck_assert_int_eq(f.denominator, 30 * DAY);
	/* one that begins as another ends is a rehire */
	hire("ben", "2026-01-31T00:00Z", NULL);
	f = turnover("2026-01-01T00:00Z", "2026-02-01T00:00Z",
	    "turnover turnover_denominator=ever");
	ck_assert_int_eq(f.numerator, 1);
	ck_assert_int_eq(f.denominator, 2);
	close_store();
}
END_TEST

START_TEST(an_open_range_is_what_is_known_of_contacts)
{
	kpi_interaction call = KPI_INTERACTION_INIT;
	kpi_figure f;

	open_store(0, 0);
	f = turnover(NULL, NULL, "turnover");
	ck_assert_int_eq(f.state, KPI_STATE_NO_DATA);
	hire_many(4, 1, "2026-01-01T00:00Z", "2026-01-12T00:00Z");
	/* nothing is known of any time */
	f = turnover(NULL, NULL, "turnover");
	ck_assert_int_eq(f.state, KPI_STATE_NO_DATA);
	call.started_at = at("2026-01-11T00:00Z");
	must_add(&call);
	call.started_at = at("2026-01-13T00:00Z") - 1;
	must_add(&call);
	f = turnover(NULL, NULL, "turnover turnover_annual=0");
	ck_assert_int_eq(f.numerator, 1);
	ck_assert_int_eq(f.denominator, 7 * DAY);
	/* a range that is asked for does not end with the last call */
	f = turnover("2026-01-01T00:00Z", "2026-02-01T00:00Z",
	    "turnover turnover_annual=0");
	ck_assert_int_eq(f.denominator, (4 * 11 + 3 * 20) * DAY);
	/* but where the definition says so */
	f = turnover("2026-01-01T00:00Z", "2026-02-01T00:00Z",
	    "turnover as_of=2026-01-21T00:00:00Z turnover_annual=0");
	ck_assert_int_eq(f.denominator, (4 * 11 + 3 * 9) * DAY);
	f = turnover("2026-01-01T00:00Z", "2026-02-01T00:00Z",
	    "turnover known_from=2026-01-11T00:00:00Z turnover_annual=0");
	ck_assert_int_eq(f.denominator, (4 + 3 * 20) * DAY);
	close_store();
}
END_TEST

START_TEST(nobody_is_no_data_and_who_leaves_nobody_is_undefined)
{
	kpi_figure f;

	open_store(0, 0);
	hire("ben", "2026-03-05T00:00Z", "2026-03-06T00:00Z");
	f = turnover("2026-01-01T00:00Z", "2026-02-01T00:00Z", "turnover");
	ck_assert_int_eq(f.state, KPI_STATE_NO_DATA);
	ck_assert(isnan(f.value));
	f = turnover("2026-03-01T00:00Z", "2026-04-01T00:00Z",
	    "turnover turnover_denominator=start");
	ck_assert_int_eq(f.state, KPI_STATE_UNDEFINED);
	close_store();
}
END_TEST

START_TEST(agents_may_be_chosen_and_nothing_else)
{
	kpi_query *q = query_of("2026-01-01T00:00Z", "2026-02-01T00:00Z", NULL);
	kpi_result *r;

	open_store(0, 0);
	hire("ben", "2026-01-01T00:00Z", "2026-01-20T00:00Z");
	hire("amira", "2025-01-01T00:00Z", NULL);
	hire("zoe", "2025-01-01T00:00Z", NULL);
	ck_assert_int_eq(kpi_query_where(q, KPI_BY_AGENT, "ben"), KPI_OK);
	ck_assert_int_eq(kpi_query_where(q, KPI_BY_AGENT, "zoe"), KPI_OK);
	r = must_ask(q, "turnover");
	ck_assert_int_eq(figure_of(r, 0).denominator, (19 + 31) * DAY);
	kpi_result_free(r);
	ck_assert_int_eq(kpi_query_where_not(q, KPI_BY_AGENT, "ben"), KPI_OK);
	r = must_ask(q, "turnover");
	ck_assert_int_eq(figure_of(r, 0).denominator, 31 * DAY);
	kpi_result_free(r);
	ck_assert_int_eq(kpi_query_where(q, KPI_BY_TEAM, "night"), KPI_OK);
	ck_assert_int_eq(ask(&r, q, "turnover"), KPI_ENOTSUP);
	ck_assert_ptr_null(r);
	ck_assert_str_eq(error.field, "team");
	kpi_query_free(q);
	q = query_of(NULL, NULL, NULL);
	ck_assert_int_eq(kpi_query_by(q, KPI_BY_AGENT), KPI_OK);
	ck_assert_int_eq(ask(&r, q, "turnover"), KPI_ENOTSUP);
	ck_assert_ptr_nonnull(strstr(error.text, "grouped by agent"));
	kpi_query_free(q);
	q = query_of(NULL, NULL, NULL);
	ck_assert_int_eq(
	    kpi_query_where_outcome(q, KPI_OUTCOME_ANSWERED), KPI_OK);
	ck_assert_int_eq(ask(&r, q, "turnover"), KPI_ENOTSUP);
	kpi_query_free(q);
	close_store();
}
END_TEST

/* Of a year so short a time is no part that could be told. */
START_TEST(a_millisecond_has_no_rate_a_year)
{
	kpi_query *q;
	kpi_result *r;

	open_store(0, 0);
	hire("amira", "2026-01-01T00:00Z", "2026-02-01T00:00Z");
	ck_assert_int_eq(kpi_query_new(&q, NULL, &error), KPI_OK);
	ck_assert_int_eq(kpi_query_between(q, at("2026-01-01T00:00Z"),
			     at("2026-01-01T00:00Z") + 1),
	    KPI_OK);
	r = must_ask(q, "turnover");
	ck_assert_int_eq(figure_of(r, 0).state, KPI_STATE_NO_DATA);
	kpi_result_free(r);
	r = must_ask(q, "turnover turnover_annual=0");
	ck_assert_int_eq(figure_of(r, 0).state, KPI_STATE_OK);
	ck_assert_int_eq(figure_of(r, 0).denominator, 1);
	kpi_result_free(r);
	kpi_query_free(q);
	close_store();
}
END_TEST

START_TEST(more_rows_than_the_query_allows_are_refused)
{
	kpi_query_options options = KPI_QUERY_OPTIONS_INIT;
	kpi_query *q;
	kpi_result *r;

	open_store(0, 0);
	hire("ben", "2026-01-01T00:00Z", NULL);
	options.group_limit = 30;
	ck_assert_int_eq(kpi_query_new(&q, &options, &error), KPI_OK);
	ck_assert_int_eq(kpi_query_between(q, at("2026-01-01T00:00Z"),
			     at("2026-02-01T00:00Z")),
	    KPI_OK);
	ck_assert_int_eq(kpi_query_by_time(q, KPI_BUCKET_DAY), KPI_OK);
	ck_assert_int_eq(ask(&r, q, "turnover"), KPI_ELIMIT);
	ck_assert_ptr_null(r);
	kpi_query_free(q);
	close_store();
}
END_TEST

#define PEOPLE 40
#define DAYS   100

static uint64_t
next(uint64_t *state, uint64_t below)
{
	*state = *state * UINT64_C(6364136223846793005) + 1442695040888963407;
	return (*state >> 33) % below;
}

/* Day by day, with a mark for each agent and day: employments begin and end at
 * midnight, and those of one agent lie apart. */
START_TEST(random_rosters_are_what_counting_days_gives)
{
	const int64_t start = at("2026-01-15T00:00Z");
	uint64_t state = (uint64_t)_i * 77 + 5;
	static char there[PEOPLE][DAYS + 1];
	int leavers = 0, days = 0, ever = 0, first, last;
	char agent[16];
	kpi_figure f;
	char from[40], until[40];

	memset(there, 0, sizeof(there));
	open_store(0, 0);
	first = (int)next(&state, DAYS - 1);
	last = first + 1 + (int)next(&state, (uint64_t)(DAYS - first - 1));
	for (int p = 0; p < PEOPLE; p++) {
		int day = (int)next(&state, 60);

		(void)snprintf(agent, sizeof(agent), "a%d", p);
		while (day < DAYS) {
			const int ends = day + 1 + (int)next(&state, 50);

			hire_at(agent, start + day * DAY,
			    ends > DAYS ? KPI_UNKNOWN : start + ends * DAY);
			for (int d = day; d < ends && d < DAYS; d++)
				there[p][d] = 1;
			leavers += ends <= last && ends > first;
			ever += day < last && ends > first;
			day = ends + 1 + (int)next(&state, 30);
		}
		for (int d = first; d < last; d++)
			days += there[p][d];
	}
	ck_assert_int_eq(kpi_instant_format(NULL, start + first * DAY, from,
			     sizeof(from), NULL),
	    KPI_OK);
	ck_assert_int_eq(kpi_instant_format(NULL, start + last * DAY, until,
			     sizeof(until), NULL),
	    KPI_OK);
	f = turnover(from, until, "turnover turnover_annual=0");
	ck_assert_int_eq(f.numerator, leavers);
	ck_assert_int_eq(f.denominator, days * DAY);
	f = turnover(from, until, "turnover turnover_denominator=ever");
	ck_assert_int_eq(f.denominator, ever);
	close_store();
}
END_TEST

static Suite *
suite(void)
{
	const int ways = sizeof(denominators) / sizeof(*denominators);
	Suite *s = suite_create("turnover");
	TCase *tc = tcase_create("turnover");

	tcase_add_loop_test(
	    tc, ten_of_a_hundred_in_a_quarter_are_forty_per_cent_a_year, 0, 2);
	tcase_add_test(
	    tc, seventeen_of_sixty_three_ever_employed_are_27_per_cent);
	tcase_add_loop_test(
	    tc, a_denominator_is_the_headcount_that_it_says, 0, ways);
	tcase_add_test(
	    tc, months_of_the_zone_are_a_twelfth_each_whatever_their_length);
	tcase_add_test(tc, employments_of_one_agent_that_overlap_are_one);
	tcase_add_test(tc, an_open_range_is_what_is_known_of_contacts);
	tcase_add_test(
	    tc, nobody_is_no_data_and_who_leaves_nobody_is_undefined);
	tcase_add_test(tc, agents_may_be_chosen_and_nothing_else);
	tcase_add_test(tc, a_millisecond_has_no_rate_a_year);
	tcase_add_test(tc, more_rows_than_the_query_allows_are_refused);
	tcase_add_loop_test(
	    tc, random_rosters_are_what_counting_days_gives, 0, 30);
	suite_add_tcase(s, tc);
	return s;
}

#include "runner.h"
